"""Files by downloads, and one file's days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from django.db.models import Min, Sum
from django.urls import reverse

from analytics import rankings
from analytics.dashboard.asking import PARAM_LEVEL, Asked
from analytics.dashboard.days import VISITS_NOTE, month_label, month_period
from analytics.dashboard.tables import (
    DAY,
    NUMBER,
    SHARE,
    Cell,
    Column,
    Row,
    SmallTable,
    Table,
    percent,
    trend,
)
from analytics.enums import Referrer
from analytics.figures import NATIONAL, totals
from analytics.models import DocumentDay
from analytics.periods import Period
from documents.models import OfficeDocument
from home.templatetags.eppid import angka

SHORT_SOURCES = {
    Referrer.DIRECT: "langsung",
    Referrer.THIS_SITE: "situs ini",
    Referrer.SEARCH_ENGINE: "mesin pencari",
    Referrer.SOCIAL: "media sosial",
    Referrer.OTHER_SITE: "situs lain",
    Referrer.UNKNOWN: "tidak diketahui",
}


class Downloads(Table):
    """Files that may be named, the most downloaded first."""

    name = "unduhan"
    title = "Unduhan menurut berkas"
    empty = "Belum ada berkas yang diunduh dalam periode ini."

    @property
    def columns(self) -> Sequence[Column]:
        """File, downloads, people, movement, sources."""
        return [
            Column("peringkat", "Peringkat", NUMBER),
            Column("berkas", "Berkas"),
            Column("unduhan", "Unduhan", NUMBER),
            Column("pengunduh_harian", "Pengunduh harian", NUMBER),
            Column("sebelumnya", "Periode sebelumnya", NUMBER, is_shown=False),
            Column("perubahan", "Dibanding sebelumnya", SHARE),
            Column("asal_terbanyak", "Asal terbanyak"),
            *(
                Column(f"dari_{source.value}", f"Dari {words}", NUMBER, is_shown=False)
                for source, words in SHORT_SOURCES.items()
            ),
            Column("id", "Nomor berkas", is_shown=False),
            Column("alamat", "Alamat", is_shown=False),
        ]

    @cached_property
    def ranked(self):
        """The ranking, not yet read."""
        return rankings.documents(self.asked.scope, self.asked.period, self.asked.audience.documents())

    def count(self) -> int:
        """Number of files."""
        return self.ranked.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the ranking: three queries."""
        found = list(self.ranked[start:stop])
        ids = [row["document_id"] for row in found]
        before = rankings.downloads_of(self.asked.scope, self.asked.before.period, ids) if ids else {}
        titles = dict(OfficeDocument.objects.filter(pk__in=ids).values_list("pk", "title")) if ids else {}
        return [
            self._row(number, row, titles.get(row["document_id"], "–"), before.get(row["document_id"], 0))
            for number, row in enumerate(found, start + 1)
        ]

    def _row(self, number: int, row: dict, title: str, before: int) -> Row:
        sources = rankings.sources_of(row)
        days = self.asked.url(f"{self.name}/{row['document_id']}")
        address = reverse("documents:about", args=[row["document_id"]])
        return [
            Cell(number),
            Cell(title, address),
            Cell(row["count"], days),
            Cell(row["people"], days),
            Cell(before),
            trend(row["count"], before) if self.asked.is_comparable else Cell(None),
            _most(sources, row["count"]),
            *(Cell(sources.get(source, 0)) for source in SHORT_SOURCES),
            Cell(row["document_id"]),
            Cell(address),
        ]

    @cached_property
    def unnamed(self) -> int:
        """Downloads of files that may not be named now."""
        named = self.ranked.aggregate(sum=Sum("count"))["sum"] or 0
        return max(0, totals(self.asked.scope, self.asked.period).downloads - named)

    @property
    def notes(self) -> list[str]:
        """What is not in it."""
        notes = [VISITS_NOTE]
        if self.unnamed:
            notes.append(
                f"{angka(self.unnamed)} unduhan lain adalah unduhan berkas yang kini tidak terbuka untuk umum; "
                "berkasnya tidak disebut."
            )
        return notes


class DocumentDays(SmallTable):
    """One file's downloads, day by day."""

    name = "unduhan"

    def __init__(self, asked: Asked, document: OfficeDocument):
        super().__init__(asked)
        self.document = document
        self.name = f"unduhan/{document.pk}"
        self.title = f"Unduhan “{document.title}”"

    @property
    def columns(self) -> Sequence[Column]:
        """Day, downloads, people, sources."""
        return [
            Column("tanggal", "Tanggal", DAY),
            Column("unduhan", "Unduhan", NUMBER),
            Column("pengunduh_harian", "Pengunduh harian", NUMBER),
            *(
                Column(f"dari_{source.value}", f"Dari {words}", NUMBER)
                for source, words in SHORT_SOURCES.items()
            ),
        ]

    def make(self) -> list[Row]:
        """One row a day, the newest first."""
        return [
            [
                Cell(row["day"]),
                Cell(row["count"]),
                Cell(row["people"]),
                *(Cell(rankings.sources_of(row).get(source, 0)) for source in SHORT_SOURCES),
            ]
            for row in self._days
        ]

    @cached_property
    def _days(self) -> list[dict]:
        period = self.asked.period
        rows = DocumentDay.objects.filter(
            document_id=self.document.pk, day__gte=period.first, day__lte=period.last
        )
        sources = {f"from_{source.value}": Sum(name) for source, name in DocumentDay.SOURCES.items()}
        sums = (
            self.asked.scope.limit(rows)
            .values("day")
            .annotate(count=Sum("downloads"), people=Sum("downloaders"), **sources)
        )
        return list(sums.filter(count__gt=0).order_by("-day"))

    @cached_property
    def downloads(self) -> int:
        """Downloads in the period."""
        return sum(row["count"] for row in self._days)

    @cached_property
    def downloaders(self) -> int:
        """People in the period, each once a day."""
        return sum(row["people"] for row in self._days)

    @cached_property
    def before(self) -> int:
        """Downloads in the period before."""
        asked = self.asked.before
        return rankings.downloads_of(asked.scope, asked.period, [self.document.pk]).get(self.document.pk, 0)

    @property
    def ever(self) -> int:
        """All downloads since they are counted."""
        return rankings.downloads_ever([self.document.pk]).get(self.document.pk, 0)

    @property
    def ever_url(self) -> str:
        """Where the days stand that `ever` was counted from; "" before there are any, and for officers, who read those
        of their own offices."""
        if self.asked.audience.is_officer:
            return ""
        days = DocumentDay.objects.filter(document_id=self.document.pk, downloads__gt=0)
        first = days.aggregate(first=Min("day"))["first"]
        if first is None:
            return ""
        everywhere = replace(self.asked, kept=((PARAM_LEVEL, NATIONAL),))
        return everywhere.url_of(Period(first, max(first, self.asked.today)), self.name)

    @cached_property
    def sources(self) -> list[tuple[str, int, str]]:
        """(source in words, downloads, share), the greatest first."""
        sums: dict[Referrer, int] = {}
        for row in self._days:
            for source, count in rankings.sources_of(row).items():
                sums[source] = sums.get(source, 0) + count
        ranked = sorted(sums.items(), key=lambda pair: -pair[1])
        return [(source.label, count, percent(count / self.downloads)) for source, count in ranked]

    month_columns = (Column("bulan", "Bulan"), Column("unduhan", "Unduhan", NUMBER))

    @cached_property
    def months(self) -> list[Row]:
        """Month and downloads for every month of the period; each number leads to its days."""
        sums: dict[tuple[int, int], int] = {}
        for row in self._days:
            key = row["day"].year, row["day"].month
            sums[key] = sums.get(key, 0) + row["count"]
        return [
            [
                Cell(f"{month:%Y-%m}", text=month_label(month)),
                Cell(
                    sums.get((month.year, month.month), 0),
                    self.asked.url_of(month_period(month, self.asked.period), self.name),
                ),
            ]
            for month, _ in self.asked.period.months()
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [VISITS_NOTE, "Hari tanpa unduhan tidak disebut."]


def _most(sources: dict[Referrer, int], count: int) -> Cell:
    """The greatest source in words, with its share."""
    if not sources:
        return Cell(None)
    source, most = next(iter(sources.items()))
    return Cell(SHORT_SOURCES[source], text=f"{SHORT_SOURCES[source]} ({percent(most / count)})")
