"""What only officers read: the words that were searched for, and the single events of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

from django.db.models import Count, Max, Sum

from analytics.dashboard.asking import Asked
from analytics.dashboard.tables import DAY, NUMBER, Cell, Column, Row, Table
from analytics.enums import Device, EventKind, Referrer
from analytics.models import Event
from home.office_memory import office_name
from home.templatetags.eppid import tanggal
from search.query_log import MAX_LOGGED, LoggedQuery

PARAM_WORDS, PARAM_RESULT, NOTHING = "kata", "hasil", "tanpa"
WORDS_NOTES = [
    "Kata dicatat tanpa orangnya. Teks yang memuat nomor panjang atau alamat surel tidak pernah dicatat.",
    "Kata-kata tidak pernah tampil untuk umum.",
]


class Words(Table):
    """What is searched for, the most frequent first."""

    name = "kata"
    title = "Kata yang dicari"
    empty = "Belum ada pencarian dalam periode ini."
    finds_nothing = False

    @property
    def columns(self) -> Sequence[Column]:
        """Words, how often, when last."""
        return [
            Column("kata", "Kata"),
            Column("kali", "Berapa kali", NUMBER),
            Column("hari", "Dalam berapa hari", NUMBER),
            Column("terakhir", "Terakhir", DAY),
        ]

    @cached_property
    def _words(self):
        period = self.asked.period
        rows = LoggedQuery.objects.filter(day__gte=period.first, day__lte=period.last)
        rows = self.asked.scope.limit(rows)
        rows = rows.filter(total=0) if self.finds_nothing else rows
        sums = rows.values("text").annotate(
            times=Sum("count"), days=Count("day", distinct=True), last=Max("day")
        )
        return sums.order_by("-times", "text")

    def count(self) -> int:
        """Number of texts."""
        return self._words.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of them; numbers lead to the days."""
        return [self._row(row) for row in self._words[start:stop]]

    def _row(self, row: dict) -> Row:
        narrowed = {PARAM_WORDS: row["text"]} | ({PARAM_RESULT: NOTHING} if self.finds_nothing else {})
        days = self.asked.url(WordDays.name, **narrowed)
        return [Cell(row["text"]), Cell(row["times"], days), Cell(row["days"], days), Cell(row["last"])]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return WORDS_NOTES


class WordsWithoutResult(Words):
    """What found nothing when it was last searched for on a day."""

    name = "kata-tanpa-hasil"
    title = "Kata tanpa hasil"
    empty = "Tidak ada pencarian tanpa hasil dalam periode ini."
    finds_nothing = True


class WordDays(Table):
    """The days on which one text was searched for, the newest first."""

    name = "kata-harian"
    title = "Kata per hari"
    empty = "Kata itu tidak dicari dalam periode ini."

    def __init__(self, asked: Asked, text: str, finds_nothing: bool = False):
        super().__init__(asked)
        self.text = text.replace("\x00", "")[:MAX_LOGGED]
        self.finds_nothing = finds_nothing
        self.kept[PARAM_WORDS] = self.text
        self.title = f"Kata “{self.text}” per hari"
        if finds_nothing:
            self.kept[PARAM_RESULT] = NOTHING

    @property
    def columns(self) -> Sequence[Column]:
        """Day, office where there are several, how often, how many hits."""
        return [
            Column("tanggal", "Tanggal", DAY),
            Column("kantor", "Kantor", is_shown=not self.asked.is_one_office),
            Column("kali", "Berapa kali", NUMBER),
            Column("hasil", "Hasil terakhir", NUMBER),
        ]

    @cached_property
    def _days(self):
        period = self.asked.period
        rows = LoggedQuery.objects.filter(text=self.text, day__gte=period.first, day__lte=period.last)
        rows = rows.filter(total=0) if self.finds_nothing else rows
        return self.asked.scope.limit(rows).order_by("-day", "office_id")

    def count(self) -> int:
        """Number of days, of each office."""
        return self._days.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of them."""
        return [
            [
                Cell(row.day),
                Cell(office_name(row.office_id) or "–"),
                Cell(row.count),
                Cell(row.total),
            ]
            for row in self._days[start:stop]
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return WORDS_NOTES


class Events(Table):
    """The single events of one day at one office, the newest first. Nobody's: visitor keys are not shown."""

    name = "kejadian"
    title = "Kejadian"
    empty = "Tidak ada kejadian yang masih disimpan untuk hari itu."

    def __init__(self, asked: Asked, day: dt.date):
        super().__init__(asked)
        self.day = day
        self.title = f"Kejadian {tanggal(day)}"
        self.kept["hari"] = day.isoformat()

    @property
    def columns(self) -> Sequence[Column]:
        """When, what, source, device, whether a program."""
        return [
            Column("waktu", "Waktu"),
            Column("kejadian", "Kejadian"),
            Column("yang_dibuka", "Yang dibuka"),
            Column("asal", "Asal"),
            Column("perangkat", "Perangkat"),
            Column("bot", "Bot"),
        ]

    @cached_property
    def _events(self):
        office = self.asked.office
        if office is None:
            return Event.objects.none()
        start, end = office.day_bounds(self.day)
        return Event.objects.filter(office_id=office.pk, at__gte=start, at__lt=end).order_by("-at", "-pk")

    def count(self) -> int:
        """Number of events."""
        return self._events.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of them, with the names that this officer may read."""
        found = list(self._events[start:stop])
        pages = self._names(self.asked.audience.pages(), {event.page_id for event in found})
        files = self._names(self.asked.audience.documents(), {event.document_id for event in found})
        return [self._row(event, pages, files) for event in found]

    def _names(self, named, ids: set[int]) -> dict[int, str]:
        ids.discard(0)
        return dict(named.filter(pk__in=ids).order_by().values_list("pk", "title")) if ids else {}

    def _row(self, event: Event, pages: dict[int, str], files: dict[int, str]) -> Row:
        if event.document_id:
            what = files.get(event.document_id, "berkas yang tidak terbuka untuk umum")
        elif event.page_id:
            what = pages.get(event.page_id, "halaman yang tidak terbuka untuk umum")
        else:
            what = "tanpa hasil" if event.is_empty else "–"
        zone = self.asked.office.tz
        return [
            Cell(f"{event.at.astimezone(zone):%H.%M}"),
            Cell(EventKind(event.kind).label if event.kind in EventKind.values else event.kind),
            Cell(what),
            Cell(Referrer(event.referrer).label if event.referrer in Referrer.values else event.referrer),
            Cell(Device(event.device).label if event.device in Device.values else event.device),
            Cell("ya" if event.is_bot else "tidak"),
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return ["Kejadian tidak menyebut siapa pun. Kejadian dihapus setelah masanya; angkanya tetap."]
