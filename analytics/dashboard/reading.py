"""Pages by views, and one page's days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.db.models import Sum
from wagtail.models import Page

from analytics import rankings
from analytics.dashboard.asking import Asked
from analytics.dashboard.days import VISITS_NOTE
from analytics.dashboard.names import OfficeNames
from analytics.dashboard.tables import DAY, NUMBER, SHARE, Cell, Column, Row, SmallTable, Table, trend
from analytics.figures import totals
from analytics.models import PageDay
from home.templatetags.eppid import angka


class Pages(Table):
    """Pages that may be named, the most read first."""

    name = "halaman"
    title = "Halaman yang paling banyak dibaca"
    empty = "Belum ada halaman yang dibaca dalam periode ini."

    @property
    def columns(self) -> Sequence[Column]:
        """Page, office where there are several, views, people, movement."""
        return [
            Column("peringkat", "Peringkat", NUMBER),
            Column("halaman", "Halaman"),
            Column("kantor", "Kantor", is_shown=not self.asked.is_one_office),
            Column("tayangan", "Tayangan", NUMBER),
            Column("pembaca_harian", "Pembaca harian", NUMBER),
            Column("sebelumnya", "Periode sebelumnya", NUMBER, is_shown=False),
            Column("perubahan", "Dibanding sebelumnya", SHARE),
            Column("id", "Nomor halaman", is_shown=False),
            Column("alamat", "Alamat", is_shown=False),
        ]

    @cached_property
    def ranked(self):
        """The ranking, not yet read."""
        return rankings.pages(self.asked.scope, self.asked.period, self.asked.audience.pages())

    def count(self) -> int:
        """Number of pages."""
        return self.ranked.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the ranking: a constant number of queries."""
        found = list(self.ranked[start:stop])
        ids = [row["page_id"] for row in found]
        before = rankings.views_of(self.asked.scope, self.asked.before.period, ids) if ids else {}
        pages = Page.objects.in_bulk(ids)
        offices = OfficeNames() if pages else None
        return [
            self._row(number, row, pages.get(row["page_id"]), before.get(row["page_id"], 0), offices)
            for number, row in enumerate(found, start + 1)
        ]

    def _row(self, number: int, row: dict, page: Page | None, before: int, offices) -> Row:
        url = (page.full_url or "") if page else ""
        days = self.asked.url(f"{self.name}/{row['page_id']}")
        return [
            Cell(number),
            Cell(page.title if page else "–", url),
            Cell(offices.of(page.path) if page else ""),
            Cell(row["count"], days),
            Cell(row["people"], days),
            Cell(before),
            trend(row["count"], before) if self.asked.is_comparable else Cell(None),
            Cell(row["page_id"]),
            Cell(url),
        ]

    @cached_property
    def unnamed(self) -> int:
        """Views of what may not be named now, and of pages that no editor wrote."""
        named = self.ranked.aggregate(sum=Sum("count"))["sum"] or 0
        return max(0, totals(self.asked.scope, self.asked.period).views - named)

    @property
    def notes(self) -> list[str]:
        """What is not in it."""
        notes = [VISITS_NOTE]
        if self.unnamed:
            notes.append(
                f"{angka(self.unnamed)} tayangan lain adalah tayangan pencarian, keterangan berkas, dan halaman lain "
                "yang tidak ditulis petugas, atau halaman yang kini tidak terbuka untuk umum."
            )
        return notes


class PageDays(SmallTable):
    """One page's views, day by day."""

    def __init__(self, asked: Asked, page: Page):
        super().__init__(asked)
        self.page = page
        self.name = f"halaman/{page.pk}"
        self.title = f"Tayangan “{page.title}”"

    @property
    def columns(self) -> Sequence[Column]:
        """Day, views, people."""
        return [
            Column("tanggal", "Tanggal", DAY),
            Column("tayangan", "Tayangan", NUMBER),
            Column("pembaca_harian", "Pembaca harian", NUMBER),
        ]

    def make(self) -> list[Row]:
        """One row a day, the newest first."""
        period = self.asked.period
        rows = PageDay.objects.filter(page_id=self.page.pk, day__gte=period.first, day__lte=period.last)
        sums = self.asked.scope.limit(rows).values("day").annotate(count=Sum("views"), people=Sum("visitors"))
        return [
            [Cell(row["day"]), Cell(row["count"]), Cell(row["people"])]
            for row in sums.filter(count__gt=0).order_by("-day")
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [VISITS_NOTE, "Hari tanpa tayangan tidak disebut."]
