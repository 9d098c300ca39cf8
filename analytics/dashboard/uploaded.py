"""What was published: by month and kind, and entry by entry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from analytics import uploads
from analytics.dashboard.asking import Asked
from analytics.dashboard.days import month_label, month_period
from analytics.dashboard.names import OfficeNames
from analytics.dashboard.tables import DAY, NUMBER, Cell, Column, Row, SmallTable, Table
from analytics.figures import month_is_over
from home.templatetags.eppid import angka

NOTE = (
    "Dihitung dari yang terbuka untuk umum sekarang, menurut hari pertama terbitnya di situs ini. Yang dicabut tidak "
    "terhitung, juga untuk bulan lalu. Daftar informasi yang dikecualikan tidak termasuk."
)
PARAM_KIND = "jenis"


def zone_of(asked: Asked) -> ZoneInfo:
    """The time zone in which days are told."""
    return asked.office.tz if asked.office else ZoneInfo(timezone.get_default_timezone_name())


class MonthlyUploads(SmallTable):
    """Number of entries by month and kind."""

    name = "unggahan-bulanan"
    title = "Unggahan per bulan dan jenis"

    @property
    def columns(self) -> Sequence[Column]:
        """Month, kinds, sum."""
        kinds = [Column(kind, label, NUMBER) for kind, label in uploads.KINDS.items()]
        return [Column("bulan", "Bulan"), *kinds, Column("jumlah", "Jumlah", NUMBER)]

    @cached_property
    def counts(self) -> list[tuple]:
        """(month, whether it is over and whole, counts by kind) of every month."""
        period = self.asked.period
        found = uploads.by_month(self.asked.scope, period, zone_of(self.asked))
        none = dict.fromkeys(uploads.KINDS, 0)
        return [
            (month, is_whole and month_is_over(month, period), found.get(month, none))
            for month, is_whole in period.months()
        ]

    def make(self) -> list[Row]:
        """One row a month; each number leads to its entries."""
        rows = []
        for month, is_whole, counts in self.counts:
            part = month_period(month, self.asked.period)
            label = month_label(month) if is_whole else f"{month_label(month)} (belum penuh)"
            rows.append(
                [
                    Cell(f"{month:%Y-%m}", text=label),
                    *(
                        Cell(count, self.asked.url_of(part, Uploads.name, **{PARAM_KIND: kind}))
                        for kind, count in counts.items()
                    ),
                    Cell(sum(counts.values()), self.asked.url_of(part, Uploads.name)),
                ]
            )
        return rows

    @property
    def total(self) -> int:
        """All entries of the period."""
        return sum(sum(counts.values()) for _, _, counts in self.counts)

    def of_kind(self, kind: str) -> int:
        """All entries of a kind."""
        return sum(counts[kind] for _, _, counts in self.counts)

    @cached_property
    def _averaged(self) -> list[Mapping[str, int]]:
        """Counts of the months that a mean is over: whole, and not before the first entry of all."""
        asked = self.asked
        since = uploads.since(asked.scope, asked.period, zone_of(asked)) or dt.date.max
        return [counts for month, is_whole, counts in self.counts if is_whole and since <= month]

    @property
    def averages(self) -> Row | None:
        """Means over the whole months."""
        whole = self._averaged
        if not whole:
            return None
        means = [sum(counts[kind] for counts in whole) / len(whole) for kind in uploads.KINDS]
        return [
            Cell(None, text=f"Rata-rata {angka(len(whole))} bulan penuh"),
            *(Cell(round(mean, 1)) for mean in means),
            Cell(round(sum(means), 1)),
        ]

    @property
    def average(self) -> float | None:
        """Mean of all kinds over the whole months, None when there are not several."""
        sums = [sum(counts.values()) for counts in self._averaged]
        return sum(sums) / len(sums) if len(sums) > 1 else None

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [NOTE, "Rata-rata hanya memakai bulan yang sudah penuh, sejak unggahan pertama."]


class Uploads(Table):
    """The entries themselves, the newest first; `jenis` narrows them."""

    name = "unggahan"
    title = "Unggahan"
    empty = "Tidak ada yang terbit dalam periode ini."

    def __init__(self, asked: Asked, kind: str = ""):
        super().__init__(asked)
        self.kind = kind if kind in uploads.KINDS else ""
        if self.kind:
            self.kept[PARAM_KIND] = self.kind
            self.title = f"Unggahan: {uploads.KINDS[self.kind].lower()}"

    @property
    def columns(self) -> Sequence[Column]:
        """Day, entry, kind, office where there are several."""
        return [
            Column("terbit", "Terbit", DAY),
            Column("judul", "Judul"),
            Column("jenis", "Jenis"),
            Column("kantor", "Kantor", is_shown=not self.asked.is_one_office),
            Column("id", "Nomor halaman", is_shown=False),
            Column("alamat", "Alamat", is_shown=False),
        ]

    @cached_property
    def _entries(self):
        found = uploads.entries(self.asked.scope, self.asked.period, zone_of(self.asked))
        found = found.filter(kind=self.kind) if self.kind else found
        return found.order_by("-first_published_at", "-pk")

    def count(self) -> int:
        """Number of entries."""
        return self._entries.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the entries."""
        found = list(self._entries[start:stop])
        offices = OfficeNames() if found else None
        zone = zone_of(self.asked)
        return [
            [
                Cell(timezone.localdate(entry.first_published_at, zone)),
                Cell(entry.title, entry.full_url or ""),
                Cell(uploads.KINDS.get(entry.kind, entry.kind)),
                Cell(offices.of(entry.path)),
                Cell(entry.pk),
                Cell(entry.full_url or ""),
            ]
            for entry in found
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [NOTE]
