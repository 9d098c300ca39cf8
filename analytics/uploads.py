"""What was published when and of what kind: counted from what the public sees now, by the day of its publication.

Nothing is stored: what is withdrawn leaves the figures of the past too. Entries that say that information is exempted
are no uploads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, F, Min, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from analytics.figures import Scope
from analytics.periods import Period
from catalogue.enums import InformationClass
from catalogue.models import CataloguePage, ExemptedInformationPage, RegulationPage
from common.visibility import public
from home.models import Office
from home.scope import within

REGULATION, OTHER = "regulasi", "lainnya"
KINDS: dict[str, str] = {
    **{kind.value: kind.label.removeprefix("Informasi ") for kind in InformationClass},
    REGULATION: "Regulasi",
    OTHER: "Lainnya",
}


def entries(scope: Scope, period: Period, zone: ZoneInfo) -> QuerySet:
    """Entries of the catalogue that are public now and were first published in the period, with their `kind`."""
    first = dt.datetime.combine(period.first, dt.time(), tzinfo=zone)
    end = dt.datetime.combine(period.last + dt.timedelta(days=1), dt.time(), tzinfo=zone)
    found = _public_entries(scope).filter(first_published_at__gte=first, first_published_at__lt=end)
    is_regulation = RegulationPage.objects.order_by().values("pk")
    return found.annotate(
        kind=Coalesce(
            F("dipentrypage__klasifikasi"),
            Case(When(pk__in=is_regulation, then=Value(REGULATION)), default=Value(OTHER)),
            output_field=CharField(),
        )
    )


def since(scope: Scope, period: Period, zone: ZoneInfo) -> dt.date | None:
    """From what day of the period on there were entries at all: months before the first of all say nothing about a
    mean. None when there is none up to its end. Two queries at most, neither over all entries."""
    start = dt.datetime.combine(period.first, dt.time(), tzinfo=zone)
    if _public_entries(scope).filter(first_published_at__lt=start).exists():
        return period.first
    first = entries(scope, period, zone).aggregate(first=Min("first_published_at"))["first"]
    return None if first is None else first.astimezone(zone).date()


def _public_entries(scope: Scope) -> QuerySet:
    exempted = ExemptedInformationPage.objects.order_by().values("pk")
    found = public(CataloguePage.objects.all()).exclude(pk__in=exempted)
    if scope.office_ids is not None:
        offices = Office.objects.filter(pk__in=scope.office_ids).select_related("site__root_page")
        found = found.filter(within(offices))
    return found


def by_month(scope: Scope, period: Period, zone: ZoneInfo) -> Mapping[dt.date, Mapping[str, int]]:
    """Number of entries by month (its first day) and kind. Months without any are not there."""
    rows = (
        entries(scope, period, zone)
        .order_by()
        .annotate(month=TruncMonth("first_published_at", tzinfo=zone))
        .values("month", "kind")
        .annotate(count=Count("pk"))
    )
    found: dict[dt.date, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["month"].date(), dict.fromkeys(KINDS, 0))[row["kind"]] += row["count"]
    return found
