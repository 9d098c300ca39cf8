"""One chart, with the numbers that it draws."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse

from analytics import periods, uploads
from analytics.figures import Totals, by_month, month_is_over, scope_of
from home.models import Office
from home.templatetags.eppid import angka

_Rows = list[tuple[dt.date, bool, int]]  # a month by its first day, whether it is over, its number


def _counted(value: Callable[[Totals], int]) -> Callable[[Office, periods.Period], _Rows]:
    """A figure that is counted day by day."""
    return lambda office, year: [
        (row.month, row.is_whole, value(row.totals)) for row in by_month(scope_of(office), year)
    ]


def _uploaded(office: Office, year: periods.Period) -> _Rows:
    found = uploads.by_month(scope_of(office), year, office.tz)
    return [
        (month, is_whole and month_is_over(month, year), sum(found.get(month, {}).values()))
        for month, is_whole in year.months()
    ]


class Kind(NamedTuple):
    """A chart that can be asked for: its title, what it counts, and how its rows are read (one query)."""

    title: str
    unit: str
    read: Callable[[Office, periods.Period], _Rows]


KINDS: dict[str, Kind] = {
    "kunjungan": Kind("Kunjungan tiap bulan", "kunjungan harian", _counted(lambda sums: sums.visitors)),
    "unduhan": Kind("Unduhan tiap bulan", "unduhan", _counted(lambda sums: sums.downloads)),
    "unggahan": Kind("Unggahan tiap bulan", "informasi", _uploaded),
    "pencarian": Kind("Pencarian tiap bulan", "pencarian", _counted(lambda sums: sums.searches)),
}
CHARTS: dict[str, str] = {name: kind.title for name, kind in KINDS.items()}
"""What can be asked for, with its title."""


class UnknownChart(ValueError):
    """There is no such chart."""


@dataclass(frozen=True)
class Chart:
    """A figure of every month of this year so far. `summary` says in words what the picture shows; `rows` are
    (month in words, number, whether the month is over)."""

    name: str
    title: str
    summary: str
    unit: str
    rows: tuple[tuple[str, int, bool], ...]
    path: str = "/statistik/"

    def as_data(self) -> dict[str, Any]:
        """The chart as JSON has it."""
        return {
            "bagian": "grafik",
            "nama": self.name,
            "judul": self.title,
            "ringkasan": self.summary,
            "satuan": self.unit,
            "gambar_url": reverse("pojok:embed-picture", args=[self.name]),
            "url": self.path,
            "isi": [
                {"bulan": month, "nilai": value, "lengkap": is_whole} for month, value, is_whole in self.rows
            ],
        }


def chart(office: Office, name: str) -> Chart:
    """The chart with this name (a key of `CHARTS`). Raises `UnknownChart`. One query."""
    if name not in CHARTS:
        raise UnknownChart(name)
    today, kind = office.today(), KINDS[name]
    year = periods.year(today.year, today)
    rows = tuple(
        (f"{periods.MONTHS[month.month - 1]} {month.year}", value, is_whole)
        for month, is_whole, value in kind.read(office, year)
    )
    highest = max(rows, key=lambda row: row[1])
    return Chart(
        name=name,
        title=kind.title,
        summary=f"{kind.title} tahun {year.first.year}. Terbanyak {highest[0]}: {angka(highest[1])} {kind.unit}."
        if highest[1]
        else f"{kind.title} tahun {year.first.year}. Belum ada yang tercatat.",
        unit=kind.unit,
        rows=rows,
    )
