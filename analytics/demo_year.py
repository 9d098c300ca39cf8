"""A year of made-up use of the demo offices: the same for every run, with the rhythm of weeks and office hours.

Days whose events are still kept get events, which are then added up as real ones are; of older days only the figures.
A day that has figures already is left alone, so another run only adds the days since.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from django.db import transaction
from wagtail.models import Page

from analytics.enums import Device, EventKind, Referrer
from analytics.models import Event, OfficeDay
from analytics.rollups import add_up_events, oldest_day
from common.visibility import public
from documents import access
from home.enums import OfficeLevel
from home.models import Office
from home.scope import within
from home.workdays import is_working_day
from search.query_log import LoggedQuery

DAYS = 365
#: Visitors of an ordinary working day.
_VISITORS = {OfficeLevel.CITY: 26, OfficeLevel.PROVINCE: 34, OfficeLevel.NATIONAL: 60}
_REFERRERS = {
    Referrer.SEARCH_ENGINE: 46,
    Referrer.DIRECT: 24,
    Referrer.SOCIAL: 15,
    Referrer.OTHER_SITE: 9,
    Referrer.UNKNOWN: 6,
}
_DEVICES = {Device.PHONE: 63, Device.COMPUTER: 33, Device.TABLET: 4}
#: Share of a day's use by hour of the day.
_HOURS = (2, 1, 1, 1, 1, 2, 4, 7, 12, 15, 15, 13, 8, 12, 13, 11, 8, 6, 6, 8, 9, 7, 5, 3)
#: What people look for, as they type it, with its weight and what it finds.
_WORDS = (
    *(("daftar pemilih tetap", 14, 9), ("hasil pilkada", 11, 7), ("pkpu", 9, 12), ("sop keberatan", 6, 3)),
    *(("laporan layanan informasi", 5, 4), ("jadwal tahapan", 5, 2), ("lowongan kpps", 8, 0)),
    *(("formulir pindah memilih", 7, 0), ("anggaran", 4, 2), ("nomor whatsapp ppid", 2, 0)),
)


def load_year(office: Office) -> None:
    """Fill the days before today that have no figures."""
    pages = list(
        public(Page.objects.filter(within([office])))
        .filter(depth__gt=1)
        .order_by("path")
        .values_list("pk", flat=True)
    )
    documents = list(
        access.public_documents()
        .filter(collection=office.collection_id)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    today = office.today()
    known = set(OfficeDay.objects.filter(office_id=office.pk).values_list("day", flat=True))
    kept_since = oldest_day(office)
    for number in range(DAYS, 0, -1):
        day = today - dt.timedelta(days=number)
        if day in known:
            continue
        random = Random(f"{office.kode_wilayah} {day}")
        events = list(_events(office, day, pages, documents, random))
        with transaction.atomic():
            Event.objects.bulk_create(events, batch_size=500)
            _words(office, day, random)
            add_up_events(office, day)
            if day < kept_since:
                start, end = office.day_bounds(day)
                Event.objects.filter(office_id=office.pk, at__gte=start, at__lt=end).delete()


def _events(office: Office, day: dt.date, pages: Sequence[int], documents: Sequence[int], random: Random):
    """What happens on a day."""
    midnight, _ = office.day_bounds(day)
    for number in range(_visitors(office, day, random)):
        moment = midnight + dt.timedelta(
            hours=random.choices(range(24), _HOURS)[0],
            minutes=random.randrange(60),
            seconds=random.randrange(60),
        )
        wants_no_trace = random.random() < 0.06
        common = {
            "office_id": office.pk,
            "visitor": "" if wants_no_trace else f"{random.getrandbits(48):012x}{number:04x}",
            "device": Device.UNKNOWN if wants_no_trace else _pick(_DEVICES, random),
        }
        came_from = Referrer.UNKNOWN if wants_no_trace else _pick(_REFERRERS, random)
        for step in range(random.choices((1, 2, 3, 4, 6), (42, 26, 16, 10, 6))[0]):
            moment += dt.timedelta(seconds=random.randrange(8, 150))
            source = came_from if step == 0 or wants_no_trace else Referrer.THIS_SITE
            yield Event(
                kind=EventKind.VIEW, at=moment, page_id=_favourite(pages, random), referrer=source, **common
            )
            if documents and random.random() < 0.16:
                moment += dt.timedelta(seconds=random.randrange(5, 60))
                file = _favourite(documents, random)
                yield Event(
                    kind=EventKind.DOWNLOAD,
                    at=moment,
                    document_id=file,
                    referrer=_to_file(source, random),
                    **common,
                )
            if random.random() < 0.12:
                yield Event(kind=EventKind.SEARCH, at=moment, is_empty=random.random() < 0.17, **common)
    for _ in range(random.randrange(18, 40)):
        moment = midnight + dt.timedelta(seconds=random.randrange(86_400))
        yield Event(
            kind=EventKind.VIEW,
            at=moment,
            page_id=_favourite(pages, random),
            is_bot=True,
            office_id=office.pk,
        )


def _visitors(office: Office, day: dt.date, random: Random) -> int:
    """Fewer at weekends and on holidays, more every month, most before the year's report in January and February."""
    share = 1.0 if is_working_day(day) else 0.38
    season = 1.35 if day.month in (1, 2) else 1.0
    growth = 0.8 + 0.4 * ((day.toordinal() % DAYS) / DAYS)
    return max(
        1, round(_VISITORS[OfficeLevel(office.level)] * share * season * growth * random.uniform(0.75, 1.25))
    )


def _to_file(source: Referrer, random: Random) -> Referrer:
    """Most files are opened from a page of the site, some straight from a search engine."""
    return source if random.random() < 0.35 else Referrer.THIS_SITE


def _pick(weights: dict, random: Random):
    return random.choices(list(weights), list(weights.values()))[0]


def _favourite(ids: Sequence[int], random: Random) -> int:
    """One of the ids, some much more often than others; 0 when there is none."""
    if not ids:
        return 0
    place = int(random.paretovariate(0.7)) - 1 if random.random() < 0.8 else len(ids)
    return ids[place] if place < len(ids) else random.choice(ids)


def _words(office: Office, day: dt.date, random: Random) -> None:
    """What was searched for on a day."""
    for text, weight, total in _WORDS:
        if count := round(weight * random.random() / 3):
            LoggedQuery.objects.get_or_create(
                day=day, office_id=office.pk, text=text, defaults={"count": count, "total": total}
            )
