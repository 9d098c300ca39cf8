"""One chart, with the numbers that it draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analytics import periods
from analytics.figures import MonthRow, by_month, scope_of
from home.models import Office
from home.templatetags.eppid import angka

CHARTS: dict[str, str] = {
    "kunjungan": "Kunjungan tiap bulan",
    "unduhan": "Unduhan tiap bulan",
}
"""What can be asked for, with its title."""

_VALUE: dict[str, Callable[[MonthRow], int]] = {
    "kunjungan": lambda row: row.totals.visitors,
    "unduhan": lambda row: row.totals.downloads,
}
_UNIT = {"kunjungan": "kunjungan harian", "unduhan": "unduhan"}


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
    image_path: str = ""
    path: str = "/statistik/"

    def as_data(self) -> dict[str, Any]:
        """The chart as JSON has it."""
        return {
            "bagian": "grafik",
            "nama": self.name,
            "judul": self.title,
            "ringkasan": self.summary,
            "satuan": self.unit,
            "gambar_url": self.image_path,
            "url": self.path,
            "isi": [
                {"bulan": month, "nilai": value, "lengkap": is_whole} for month, value, is_whole in self.rows
            ],
        }


def chart(office: Office, name: str) -> Chart:
    """The chart with this name (a key of `CHARTS`). Raises `UnknownChart`. One query."""
    if name not in CHARTS:
        raise UnknownChart(name)
    today = office.today()
    year = periods.year(today.year, today)
    rows = tuple(
        (f"{periods.MONTHS[row.month.month - 1]} {row.month.year}", _VALUE[name](row), row.is_whole)
        for row in by_month(scope_of(office), year)
    )
    highest = max(rows, key=lambda row: row[1])
    return Chart(
        name=name,
        title=CHARTS[name],
        summary=f"{CHARTS[name]} tahun {year.first.year}. Terbanyak {highest[0]}: {angka(highest[1])} {_UNIT[name]}."
        if highest[1]
        else f"{CHARTS[name]} tahun {year.first.year}. Belum ada yang tercatat.",
        unit=_UNIT[name],
        rows=rows,
    )
