"""Periods of days: how somebody asks for one, and with what it is fairly compared.

A running period is compared with the same part of the one before, and averages are over months that are over: a running
month set against a full one always looks like a decline.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from home.templatetags.eppid import tanggal

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
FIRST_YEAR = 2010  # UU 14/2008 in force; nothing was counted before
LONGEST = 10 * 366  # days
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_UNREADABLE = "Periode yang diminta tidak dapat dibaca. Contoh: 2026-01-31."
_TO_COME = "Periode yang diminta belum tiba, jadi tidak ada angkanya."
_TOO_EARLY = f"Periode yang diminta tidak dapat dimulai sebelum {FIRST_YEAR}."
_TOO_LONG = "Periode yang diminta tidak dapat lebih panjang dari sepuluh tahun."


class Unusable(ValueError):
    """A period that can be read and not be told; its text is the sentence."""


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both counted; ``unit`` is tahun, bulan or rentang. `last` is never in the future."""

    first: dt.date
    last: dt.date
    unit: str = "rentang"
    is_running: bool = False
    problem: str = ""

    @property
    def days(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """The period in words."""
        if self.unit == "tahun":
            return f"{self.first.year}{_until(self)}"
        if self.unit == "bulan":
            return f"{MONTHS[self.first.month - 1]} {self.first.year}{_until(self)}"
        return tanggal(self.first) if self.days == 1 else f"{tanggal(self.first)} sampai {tanggal(self.last)}"

    @property
    def before(self) -> Period:
        """The period to compare with: the same days of the year or month before, or as many days just before."""
        if self.unit == "tahun":
            return Period(
                _years_back(self.first), _years_back(self.last), "rentang" if self.is_running else "tahun"
            )
        if self.unit == "bulan":
            end = self.first - dt.timedelta(days=1)
            first = end.replace(day=1)
            last = min(end, first + dt.timedelta(days=self.days - 1)) if self.is_running else end
            return Period(first, last, "rentang" if self.is_running else "bulan")
        last = self.first - dt.timedelta(days=1)
        return Period(last - dt.timedelta(days=self.days - 1), last)

    def months(self) -> Iterator[tuple[dt.date, bool]]:
        """(first day of the month, whether all its days lie in the period) for each month that the period touches."""
        month = self.first.replace(day=1)
        while month <= self.last:
            end = month_end(month)
            yield month, self.first <= month and end <= self.last
            month = end + dt.timedelta(days=1)

    @property
    def parameters(self) -> str:
        """The period as it stands in an address."""
        if self.unit == "tahun":
            return f"tahun={self.first.year}"
        if self.unit == "bulan":
            return f"bulan={self.first:%Y-%m}"
        return f"dari={self.first.isoformat()}&sampai={self.last.isoformat()}"


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year(number: int, today: dt.date) -> Period:
    """A calendar year, up to today."""
    return _cut(dt.date(number, 1, 1), dt.date(number, 12, 31), "tahun", today)


def month(first: dt.date, today: dt.date) -> Period:
    """A calendar month, up to today."""
    return _cut(first.replace(day=1), month_end(first), "bulan", today)


def from_params(params: Mapping[str, str], today: dt.date) -> Period:
    """The period of `tahun`, `bulan`, or `dari` and `sampai`; this year by default.

    What makes no sense gives this year and, in `problem`, a sentence that says why.
    """
    try:
        return _asked(params, today) or year(today.year, today)
    except Unusable as why:
        problem = str(why)
    except (ValueError, OverflowError):
        problem = _UNREADABLE
    return replace(year(today.year, today), problem=problem)


def _asked(params: Mapping[str, str], today: dt.date) -> Period | None:
    if value := params.get("tahun", "").strip():
        if not _YEAR.fullmatch(value):
            raise ValueError(value)
        return year(_judged(dt.date(int(value), 1, 1), today).year, today)
    if value := params.get("bulan", "").strip():
        found = _MONTH.fullmatch(value)
        if not found:
            raise ValueError(value)
        return month(_judged(dt.date(int(found[1]), int(found[2]), 1), today), today)
    if params.get("dari", "").strip() or params.get("sampai", "").strip():
        last = _day(params, "sampai", today)
        first = _day(params, "dari", last.replace(month=1, day=1))
        if first > today:
            raise Unusable(_TO_COME)
        if first > last:
            first, last = last, first
        _judged(first, today)
        if (min(last, today) - first).days > LONGEST:
            raise Unusable(_TOO_LONG)
        return Period(first, min(last, today), is_running=last >= today)
    return None


def _judged(first: dt.date, today: dt.date) -> dt.date:
    """The first day of what is asked for. Raises Unusable when nothing can have been counted from it on."""
    if first > today:
        raise Unusable(_TO_COME)
    if first.year < FIRST_YEAR:
        raise Unusable(_TOO_EARLY)
    return first


def _day(params: Mapping[str, str], name: str, default: dt.date) -> dt.date:
    value = params.get(name, "").strip()
    return dt.date.fromisoformat(value) if value else default


def _cut(first: dt.date, last: dt.date, unit: str, today: dt.date) -> Period:
    return Period(first, max(first, min(last, today)), unit, is_running=first <= today <= last)


def _years_back(day: dt.date) -> dt.date:
    """The same day a year before; 28 February for the 29th."""
    return (
        day.replace(year=day.year - 1, day=28)
        if (day.month, day.day) == (2, 29)
        else day.replace(year=day.year - 1)
    )


def _until(period: Period) -> str:
    return f" (sampai {tanggal(period.last)})" if period.is_running else ""
