"""Adding up the events of a day: idempotent, as often as one likes, while the events are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Q
from django.utils import timezone

from analytics.collecting import mark_stale
from analytics.enums import Dimension, EventKind
from analytics.models import CollectedFile, DocumentDay, Event, OfficeDay, PageDay, SourceDay, StaleDay
from analytics.visitors import forget_old_salts
from home.models import Office

_PEOPLE = Q(is_bot=False)
_KNOWN = _PEOPLE & ~Q(visitor="") & ~Q(kind=EventKind.EMBED)  # an embedded part is read at another site
FILES_KEPT = dt.timedelta(days=7)
DELETED_AT_ONCE = 20_000


def oldest_day(office: Office) -> dt.date:
    """The first day whose events are surely all still there; the figures of older days are final."""
    return office.today() - dt.timedelta(days=settings.ANALYTICS_KEEP_DAYS - 1)


def roll_up_stale(limit: int | None = None) -> int:
    """Add up every day that has new events; returns how many days."""
    offices = {office.pk: office for office in Office.objects.all()}
    stale = list(StaleDay.objects.order_by("day", "office_id")[:limit])
    for row in stale:
        with transaction.atomic():
            # Away first: what is stored from now on notes the day anew.
            StaleDay.objects.filter(pk=row.pk).delete()
            if office := offices.get(row.office_id):
                _roll_up(office, row.day)
    return len(stale)


def roll_up(office: Office, day: dt.date) -> None:
    """Add up one local day of an office. A day whose events are gone keeps its figures."""
    with transaction.atomic():
        _roll_up(office, day)


def _roll_up(office: Office, day: dt.date) -> None:
    if day >= oldest_day(office):
        # One after the other: the task and the command may add up the same day.
        Office.objects.select_for_update(no_key=True).filter(pk=office.pk).first()
        add_up_events(office, day)


def add_up_events(office: Office, day: dt.date) -> None:
    """Set a day's figures to what its events add up to, however old it is: for who knows that they are all there."""
    start, end = office.day_bounds(day)
    events = Event.objects.filter(office_id=office.pk, at__gte=start, at__lt=end).order_by()
    key = {"office_id": office.pk, "day": day}
    for model, rows in (
        (OfficeDay, _office_day(events)),
        (PageDay, _pages(events)),
        (DocumentDay, _documents(events)),
        (SourceDay, _sources(events, start)),
    ):
        model.objects.filter(**key).delete()
        model.objects.bulk_create([model(**key, **row) for row in rows], batch_size=500)


def _office_day(events: models.QuerySet) -> list[dict]:
    def count(kind: EventKind, **more) -> Count:
        return Count("pk", filter=_PEOPLE & Q(kind=kind, **more))

    row = events.aggregate(
        views=count(EventKind.VIEW),
        visitors=Count("visitor", distinct=True, filter=_KNOWN),
        downloads=count(EventKind.DOWNLOAD),
        downloaders=Count("visitor", distinct=True, filter=_KNOWN & Q(kind=EventKind.DOWNLOAD)),
        searches=count(EventKind.SEARCH),
        empty_searches=count(EventKind.SEARCH, is_empty=True),
        embeds=count(EventKind.EMBED),
        # A search was fetched as a page, which is counted already.
        bots=Count("pk", filter=Q(is_bot=True) & ~Q(kind=EventKind.SEARCH)),
    )
    return [row] if any(row.values()) else []


def _pages(events: models.QuerySet) -> Iterator[dict]:
    views = events.filter(_PEOPLE, kind=EventKind.VIEW)
    return (
        views.values("page_id")
        .annotate(views=Count("pk"), visitors=Count("visitor", distinct=True, filter=_KNOWN))
        .iterator()
    )


def _documents(events: models.QuerySet) -> Iterator[dict]:
    uses = events.filter(_PEOPLE, document_id__gt=0)
    downloads = Q(kind=EventKind.DOWNLOAD)
    return (
        uses.values("document_id")
        .annotate(
            downloads=Count("pk", filter=downloads),
            downloaders=Count("visitor", distinct=True, filter=_KNOWN & downloads),
            embeds=Count("pk", filter=Q(kind=EventKind.EMBED)),
            **{
                field: Count("pk", filter=downloads & Q(referrer=source))
                for source, field in DocumentDay.SOURCES.items()
            },
        )
        .iterator()
    )


def _sources(events: models.QuerySet, start: dt.datetime) -> Iterator[dict]:
    """Views and downloads by referrer, device and hour of the day that began at ``start``."""
    told = events.filter(_PEOPLE, kind__in=(EventKind.VIEW, EventKind.DOWNLOAD))
    for dimension, field in ((Dimension.REFERRER, "referrer"), (Dimension.DEVICE, "device")):
        for row in told.values("kind", value=models.F(field)).annotate(count=Count("pk")):
            yield {"dimension": dimension, **row}
    # Hours are counted between moments: SQLite would ask Python for the local hour of every single event.
    moments = [start + dt.timedelta(hours=number) for number in range(25)]
    counts = {
        f"{number:02d}": Count("pk", filter=Q(at__gte=moments[number], at__lt=moments[number + 1]))
        for number in range(24)
    }
    for row in told.values("kind").annotate(**counts):
        for hour in counts:
            if row[hour]:
                yield {"kind": row["kind"], "dimension": Dimension.HOUR, "value": hour, "count": row[hour]}


def recount(office: Office) -> None:
    """Note every day that can still be added up again (the office's time zone has changed)."""
    first, today = oldest_day(office), office.today()
    days = [first + dt.timedelta(days=number) for number in range((today - first).days + 2)]
    mark_stale((office.pk, day) for day in days)


def forget_old_events() -> int:
    """Delete events past their term, old salts, and notes of files taken; returns how many events.

    What is not yet added up is added up first.
    """
    roll_up_stale()
    oldest = timezone.now() - dt.timedelta(
        days=settings.ANALYTICS_KEEP_DAYS + 1
    )  # "+ 1": whole days in any zone
    deleted = 0
    while ids := list(Event.objects.filter(at__lt=oldest).values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        deleted += Event.objects.filter(pk__gte=min(ids), pk__lte=max(ids), at__lt=oldest).delete()[0]
    forget_old_salts()
    CollectedFile.objects.filter(collected_at__lt=timezone.now() - FILES_KEPT).delete()
    return deleted
