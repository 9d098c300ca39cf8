"""Figures of the office: who asked, who visited, what is there, what was taken along, what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analytics import periods, uploads
from analytics.figures import scope_of, totals
from analytics.service_totals.figures import latest_service_figures
from catalogue.home_page import public_counts
from home.models import Office
from home.templatetags.eppid import angka

FIGURES: dict[str, str] = {
    "pemohon": "pemohon tahun ini",
    "kunjungan": "kunjungan tahun ini",
    "dokumen": "dokumen publik",
    "unduhan": "unduhan tahun ini",
    "unggahan": "unggahan bulan ini",
}
"""What can be asked for, with its label."""
DEFAULT_FIGURES = ("pemohon", "kunjungan", "dokumen", "unduhan")
NOT_RECORDED = "belum dicatat"


class UnknownFigure(ValueError):
    """There is no such figure."""


@dataclass(frozen=True)
class Figure:
    """One number with what it says. `value` is None where nobody has recorded it; `since` and `until` bound its time,
    both None for what stands now."""

    name: str
    label: str
    value: int | None
    note: str
    path: str
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def text(self) -> str:
        """The number as people write it."""
        return NOT_RECORDED if self.value is None else angka(self.value)

    def as_data(self) -> dict[str, Any]:
        """The figure as JSON has it."""
        return {
            "nama": self.name,
            "label": self.label,
            "nilai": self.value,
            "keterangan": self.note,
            "url": self.path,
            "sejak": self.since.isoformat() if self.since else None,
            "sampai": self.until.isoformat() if self.until else None,
        }


def figures(office: Office, names: Sequence[str] = DEFAULT_FIGURES) -> tuple[Figure, ...]:
    """The figures with these names (keys of `FIGURES`), in this order, as of today at the office.

    Raises `UnknownFigure`. The number of queries is the same however much there is.
    """
    for name in names:
        if name not in FIGURES:
            raise UnknownFigure(name)
    today = office.today()
    year, month = periods.year(today.year, today), periods.month(today, today)
    counted = totals(scope_of(office), year) if {"kunjungan", "unduhan"} & set(names) else None
    make = {
        "pemohon": lambda: _applicants(office, year),
        "kunjungan": lambda: _figure(
            "kunjungan", counted.visitors, "tiap pengunjung dihitung sekali sehari", "/statistik/", year
        ),
        "dokumen": lambda: _figure(
            "dokumen",
            sum(count for _label, count in public_counts(office.home_page)),
            "regulasi, informasi dalam daftar, laporan, dan data terbuka",
            "/dip/",
        ),
        "unduhan": lambda: _figure("unduhan", counted.downloads, "berkas yang diunduh", "/statistik/", year),
        "unggahan": lambda: _figure("unggahan", _uploads(office, month), "", "/dip/", month),
    }
    return tuple(make[name]() for name in names)


def _figure(
    name: str, value: int | None, note: str, path: str, period: periods.Period | None = None
) -> Figure:
    since, until = (period.first, period.last) if period else (None, None)
    return Figure(name, FIGURES[name], value, note, path, since, until)


def _applicants(office: Office, this_year: periods.Period) -> Figure:
    """Who asked for information: this year, or in the newest year that has figures, which the label then names."""
    path = "/statistik/"
    found = latest_service_figures(office)
    if found is None:
        return _figure("pemohon", None, "", path, this_year)
    if found.year == this_year.first.year:
        return _figure("pemohon", found.applicants, found.source, path, this_year)
    first, last = dt.date(found.year, 1, 1), dt.date(found.year, 12, 31)
    return Figure("pemohon", f"pemohon tahun {found.year}", found.applicants, found.source, path, first, last)


def _uploads(office: Office, period: periods.Period) -> int:
    """How many entries that the public sees now were first published within the period."""
    return uploads.entries(scope_of(office), period, office.tz).count()
