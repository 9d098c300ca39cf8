"""A table of figures: the same rows on the page, as CSV and as JSON."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from analytics.dashboard.asking import Asked
from analytics.figures import change
from home.templatetags.eppid import angka, tanggal

TEXT, NUMBER, DAY, SHARE = "teks", "angka", "hari", "bagian"
Value = str | int | float | dt.date | None


@dataclass(frozen=True)
class Column:
    """`key` names it for programs, `heading` for people. Not `is_shown`: only in the data."""

    key: str
    heading: str
    kind: str = TEXT
    is_shown: bool = True

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right."""
        return self.kind in (NUMBER, SHARE)


@dataclass(frozen=True)
class Cell:
    """A value; `url` leads to the rows that it was counted from, `text` is how it is written where that differs."""

    value: Value
    url: str = ""
    text: str = ""

    @property
    def shown(self) -> str:
        """As people read it."""
        if self.text:
            return self.text
        if self.value is None:
            return "–"
        if isinstance(self.value, dt.date):
            return tanggal(self.value)
        return angka(self.value) if isinstance(self.value, int | float) else self.value


Row = Sequence[Cell]


class Table(ABC):
    """Rows of figures that answer a question. `kept` are the parameters that narrow it further, for its address."""

    name: ClassVar[str]
    title: ClassVar[str]
    empty: ClassVar[str] = "Belum ada yang tercatat dalam periode ini."

    def __init__(self, asked: Asked):
        self.asked = asked
        self.kept: dict[str, str] = {}

    @property
    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """What every row holds."""

    @abstractmethod
    def count(self) -> int:
        """Number of rows."""

    @abstractmethod
    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the rows."""

    @property
    def notes(self) -> list[str]:
        """What must be known to read it rightly."""
        return []

    @property
    def url(self) -> str:
        """Where the whole table stands, with what narrows it."""
        return self.asked.url(self.name, **self.kept)

    @property
    def file_name(self) -> str:
        """Name of its files, without extension."""
        code = self.asked.office.kode_wilayah if self.asked.office else "semua"
        where = code if self.asked.is_one_office else f"{code}-{self.asked.scope.level}"
        period = self.asked.period
        return f"statistik-{self.name.replace('/', '-')}-{where}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"


class SmallTable(Table):
    """A table whose rows are all made at once."""

    @abstractmethod
    def make(self) -> list[Row]:
        """All rows."""

    @cached_property
    def all_rows(self) -> list[Row]:
        """All rows, made once."""
        return self.make()

    def count(self) -> int:
        """Number of rows."""
        return len(self.all_rows)

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the rows."""
        return self.all_rows[start:stop]

    def values(self, key: str) -> tuple:
        """One column's values."""
        place = [column.key for column in self.columns].index(key)
        return tuple(row[place].value for row in self.all_rows)


def percent(share: float | None) -> str:
    """A share in words: "12%", "kurang dari 1%", "lebih dari 99%" for nearly all, "–" for none."""
    if share is None:
        return "–"
    if 0 < share < 0.01:
        return "kurang dari 1%"
    if 0.99 < share < 1:
        return "lebih dari 99%"
    return f"{angka(round(100 * share))}%"


def trend(now: float, before: float) -> Cell:
    """How a figure moved against the period before: "naik 25%"; its value is the share."""
    moved = change(now, before)
    if moved is None:
        return Cell(None, text="baru" if now else "–")
    if not moved:
        return Cell(0.0, text="tetap")
    word = "naik" if moved > 0 else "turun"
    return Cell(round(moved, 4), text=f"{word} {percent(abs(moved))}")
