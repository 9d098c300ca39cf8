"""Visits, downloads and searches by month and by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from analytics.dashboard.asking import Asked
from analytics.dashboard.tables import DAY, NUMBER, Cell, Column, Row, SmallTable
from analytics.figures import MonthRow, Totals, by_day, by_month, monthly_average
from analytics.periods import MONTHS, Period, month_end
from home.templatetags.eppid import angka

VISITS_NOTE = (
    "Kunjungan dan pengunduh dihitung sekali sehari di setiap kantor: "
    "orang yang datang pada tiga hari terhitung tiga."
)
_FIGURES = {
    "visitors": "Kunjungan harian",
    "views": "Tayangan",
    "downloads": "Unduhan",
    "downloaders": "Pengunduh harian",
    "searches": "Pencarian",
    "empty_searches": "Tanpa hasil",
    "embeds": "Sematan dibuka",
    "bots": "Kunjungan bot",
}
_KEYS = {
    "visitors": "kunjungan_harian",
    "views": "tayangan",
    "downloads": "unduhan",
    "downloaders": "pengunduh_harian",
    "searches": "pencarian",
    "empty_searches": "pencarian_tanpa_hasil",
    "embeds": "sematan",
    "bots": "bot",
}


def names_of(asked: Asked) -> list[str]:
    """The figures that are told: programs only to officers."""
    return [name for name in _FIGURES if name != "bots" or asked.audience.is_officer]


def figure_columns(asked: Asked) -> list[Column]:
    """A column a figure."""
    return [Column(_KEYS[name], _FIGURES[name], NUMBER) for name in names_of(asked)]


def month_label(month: dt.date) -> str:
    """ "Maret 2026"."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def month_period(month: dt.date, period: Period) -> Period:
    """The part of a month that lies in a period."""
    first, last = max(month, period.first), min(month_end(month), period.last)
    whole = first == month and (last == month_end(month) or (period.is_running and last == period.last))
    return Period(first, last, "bulan" if whole else "rentang")


class Monthly(SmallTable):
    """Sums of every month, and their mean."""

    name = "bulanan"
    title = "Kunjungan, unduhan, dan pencarian per bulan"

    @property
    def columns(self) -> Sequence[Column]:
        """Month, figures, whether the month is whole."""
        return [
            Column("bulan", "Bulan"),
            *figure_columns(self.asked),
            Column("bulan_penuh", "Bulan penuh", is_shown=False),
        ]

    def make(self) -> list[Row]:
        """One row a month; each number leads to its days."""
        since = self.asked.first_day or dt.date.max
        self.months: list[MonthRow] = by_month(self.asked.scope, self.asked.period, since)
        return [self._row(row) for row in self.months]

    def _row(self, row: MonthRow) -> Row:
        part = month_period(row.month, self.asked.period)
        url = self.asked.url_of(part, Daily.name)
        label = month_label(row.month)
        if not row.is_whole:
            label += " (belum penuh)" if row.is_counted else " (belum dihitung penuh)"
        numbers = [Cell(getattr(row.totals, name), url) for name in names_of(self.asked)]
        return [Cell(f"{row.month:%Y-%m}", text=label), *numbers, Cell("ya" if row.is_whole else "tidak")]

    def average(self, name: str) -> float | None:
        """Mean of a figure over the whole months, None when there is none."""
        return monthly_average((self.all_rows and self.months) or [], name)

    @property
    def whole_months(self) -> int:
        """Number of months that the averages are over."""
        return sum(row.is_whole for row in self.all_rows and self.months)

    @property
    def averages(self) -> Row | None:
        """The last row of the table on the page."""
        if not self.whole_months:
            return None
        means = [self.average(name) for name in names_of(self.asked)]
        return [
            Cell(None, text=f"Rata-rata {angka(self.whole_months)} bulan penuh"),
            *(Cell(round(mean or 0, 1)) for mean in means),
            Cell(""),
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [
            VISITS_NOTE,
            "Rata-rata hanya memakai bulan yang sudah penuh dan dihitung sejak hari pertamanya.",
        ]


class Daily(SmallTable):
    """Sums of every day that has any."""

    name = "harian"
    title = "Kunjungan, unduhan, dan pencarian per hari"

    @property
    def columns(self) -> Sequence[Column]:
        """Day and figures."""
        return [Column("tanggal", "Tanggal", DAY), *figure_columns(self.asked)]

    def make(self) -> list[Row]:
        """One row a day, the newest first."""
        return [
            self._row(day, totals) for day, totals in reversed(by_day(self.asked.scope, self.asked.period))
        ]

    def _row(self, day: dt.date, totals: Totals) -> Row:
        if not self.asked.is_one_office:
            url = self.asked.url_of(Period(day, day), "kantor")
        elif self.asked.audience.is_officer:
            url = self.asked.url("kejadian", hari=day.isoformat())
        else:
            url = ""
        return [Cell(day), *(Cell(getattr(totals, name), url) for name in names_of(self.asked))]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [VISITS_NOTE, "Hari tanpa kegiatan tidak disebut."]
