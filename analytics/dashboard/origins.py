"""Sources, devices and hours, and the days that they were summed from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar

from analytics import sources
from analytics.dashboard.asking import Asked
from analytics.dashboard.tables import DAY, NUMBER, SHARE, Cell, Column, Row, SmallTable, Table, percent
from analytics.enums import Dimension, EventKind
from home.office_memory import office_name

UNKNOWN_NOTE = (
    "Peramban yang meminta tidak dilacak (Do Not Track, Global Privacy Control) "
    "dihitung tanpa asal dan perangkat."
)
PARAM_DIMENSION, PARAM_VALUE, PARAM_KIND = "menurut", "nilai", "jenis"


class Origins(SmallTable):
    """Views and downloads by the values of one dimension."""

    dimension: ClassVar[Dimension]
    heading: ClassVar[str]

    def __init__(self, asked: Asked, sums: Mapping | None = None):
        super().__init__(asked)
        self._given = sums

    @property
    def columns(self) -> Sequence[Column]:
        """Value, views, their share, downloads."""
        return [
            Column("kode", "Kode", is_shown=False),
            Column(self.dimension.value, self.heading),
            Column("tayangan", "Tayangan", NUMBER),
            Column("bagian_tayangan", "Bagian", SHARE),
            Column("unduhan", "Unduhan", NUMBER),
        ]

    def make(self) -> list[Row]:
        """One row a value; numbers lead to the days."""
        sums = self._given if self._given is not None else sources.sums(self.asked.scope, self.asked.period)
        counts = sums[self.dimension]
        views = sum(row[EventKind.VIEW] for row in counts.values())
        rows = []
        for value, row in counts.items():
            share = row[EventKind.VIEW] / views if views else None
            rows.append(
                [
                    Cell(value),
                    Cell(sources.LABELS[self.dimension].get(value, value)),
                    Cell(row[EventKind.VIEW], self._days(value, EventKind.VIEW)),
                    Cell(None if share is None else round(share, 4), text=percent(share)),
                    Cell(row[EventKind.DOWNLOAD], self._days(value, EventKind.DOWNLOAD)),
                ]
            )
        return rows

    def _days(self, value: str, kind: EventKind) -> str:
        given = {PARAM_DIMENSION: self.dimension.value, PARAM_VALUE: value, PARAM_KIND: kind.value}
        return self.asked.url(OriginDays.name, **given)

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [] if self.dimension == Dimension.HOUR else [UNKNOWN_NOTE]


class Referrers(Origins):
    """Where people come from."""

    name, title = "asal", "Asal kunjungan"
    dimension, heading = Dimension.REFERRER, "Asal"


class Devices(Origins):
    """What people read with."""

    name, title = "perangkat", "Perangkat"
    dimension, heading = Dimension.DEVICE, "Perangkat"


class Hours(Origins):
    """When people read, by the clock of the office."""

    name, title = "jam", "Jam berkunjung"
    dimension, heading = Dimension.HOUR, "Jam setempat"


class OriginDays(Table):
    """The daily counts behind the sums; what the address names narrows them."""

    name = "asal-harian"
    title = "Asal, perangkat, dan jam per hari"

    def __init__(self, asked: Asked, given: Mapping[str, str] | None = None):
        super().__init__(asked)
        given = given or {}
        dimension, kind = given.get(PARAM_DIMENSION, ""), given.get(PARAM_KIND, "")
        if dimension in Dimension.values:
            self.kept[PARAM_DIMENSION] = dimension
            if given.get(PARAM_VALUE, "") in sources.LABELS[Dimension(dimension)]:
                self.kept[PARAM_VALUE] = given[PARAM_VALUE]
        if kind in {known.value for known in sources.KINDS}:
            self.kept[PARAM_KIND] = kind

    @property
    def columns(self) -> Sequence[Column]:
        """Day, office where there are several, what is counted, by what, value, count."""
        return [
            Column("tanggal", "Tanggal", DAY),
            Column("kantor", "Kantor", is_shown=not self.asked.is_one_office),
            Column("yang_dihitung", "Yang dihitung"),
            Column("menurut", "Menurut"),
            Column("nilai", "Nilai"),
            Column("jumlah", "Jumlah", NUMBER),
        ]

    @cached_property
    def _found(self):
        rows = sources.rows(self.asked.scope, self.asked.period)
        names = {PARAM_DIMENSION: "dimension", PARAM_VALUE: "value", PARAM_KIND: "kind"}
        rows = rows.filter(**{names[name]: value for name, value in self.kept.items()})
        return rows.order_by("-day", "kind", "dimension", "value", "office_id")

    def count(self) -> int:
        """Number of daily counts."""
        return self._found.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of them."""
        return [
            [
                Cell(row.day),
                Cell(office_name(row.office_id) or "–"),
                Cell(_KINDS.get(row.kind, row.kind)),
                Cell(Dimension(row.dimension).label),
                Cell(sources.LABELS[Dimension(row.dimension)].get(row.value, row.value)),
                Cell(row.count),
            ]
            for row in self._found[start:stop]
        ]


_KINDS = {EventKind.VIEW.value: "Tayangan", EventKind.DOWNLOAD.value: "Unduhan"}
