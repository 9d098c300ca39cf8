"""The charts of the statistics: which figures each draws, and the table beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.charts import Chart, Kind, Series
from analytics.dashboard.asking import Asked
from analytics.dashboard.days import Daily, Monthly
from analytics.dashboard.downloads import DocumentDays
from analytics.dashboard.origins import Devices, Hours, Origins, Referrers
from analytics.dashboard.renewed import Compliance
from analytics.dashboard.tables import Column, Row, SmallTable
from analytics.dashboard.uploaded import MonthlyUploads
from analytics.periods import MONTHS
from analytics.uploads import KINDS

#: More months than this are drawn as lines.
MOST_BARS = 14


@dataclass(frozen=True)
class Picture:
    """A chart on a page: the addresses of its forms, and the table that it was drawn from."""

    name: str
    title: str
    text: str
    is_empty: bool
    wide: str
    narrow: str
    png: str
    table: SmallTable
    columns: Sequence[Column]
    rows: Sequence[Row]
    averages: Row | None

    @property
    def csv(self) -> str:
        """The whole table as CSV."""
        return f"{self.table.url}&format=csv"

    @property
    def json(self) -> str:
        """The whole table as JSON."""
        return f"{self.table.url}&format=json"


@dataclass(frozen=True)
class Drawing:
    """How a chart is drawn: from which table, which of its columns, under which name."""

    title: str
    table: Callable[[Asked], SmallTable]
    label: str
    keys: tuple[str, ...]
    kind: Kind = Kind.BARS


def _days_or_months(asked: Asked) -> SmallTable:
    return Daily(asked) if asked.is_daily else Monthly(asked)


DRAWINGS: dict[str, Drawing] = {
    "kunjungan": Drawing("Kunjungan dan tayangan", _days_or_months, "", ("kunjungan_harian", "tayangan")),
    "unduhan": Drawing("Unduhan", _days_or_months, "", ("unduhan", "pengunduh_harian")),
    "pencarian": Drawing("Pencarian", _days_or_months, "", ("pencarian", "pencarian_tanpa_hasil")),
    "unggahan": Drawing("Unggahan per bulan", MonthlyUploads, "bulan", tuple(KINDS), Kind.STACK),
    "kepatuhan": Drawing(
        "Kepatuhan pembaruan",
        Compliance,
        "periode",
        ("tepat_waktu", "terlambat", "belum_bertanggal"),
        Kind.STACK,
    ),
    "asal": Drawing("Asal kunjungan", Referrers, "rujukan", ("tayangan",), Kind.RANKING),
    "perangkat": Drawing("Perangkat", Devices, "perangkat", ("tayangan",), Kind.RANKING),
    "jam": Drawing("Jam berkunjung", Hours, "jam", ("tayangan",), Kind.LINES),
}
#: The chart of one file, whose id is in the address (`berkas`).
DOCUMENT = "berkas"


def table_of(name: str, asked: Asked) -> SmallTable:
    """The table that a chart draws."""
    return DRAWINGS[name].table(asked)


def chart(name: str, table: SmallTable) -> Chart:
    """The chart with this name (a key of `DRAWINGS`), of its table."""
    drawing = DRAWINGS[name]
    headings = {column.key: column.heading for column in table.columns}
    if isinstance(table, Daily):
        days = _every_day(table.asked)
        values = {
            key: dict(zip(table.values("tanggal"), table.values(key), strict=True)) for key in drawing.keys
        }
        series = [(headings[key], [values[key].get(day, 0) for day in days]) for key in drawing.keys]
        return _made(
            f"{drawing.title} per hari", table.asked, [_day(day) for day in days], series, Kind.LINES
        )
    series = [(headings[key], table.values(key)) for key in drawing.keys]
    if isinstance(table, Monthly | MonthlyUploads):
        labels = _month_labels(table.values("bulan"))
        kind = drawing.kind if len(labels) <= MOST_BARS else Kind.LINES
        title = drawing.title if drawing.title.endswith("bulan") else f"{drawing.title} per bulan"
        return _made(title, table.asked, labels, series, kind)
    labels = [_without_brackets(label) for label in table.values(drawing.label)]
    if isinstance(table, Origins):
        return _made(drawing.title, table.asked, labels, series, drawing.kind)
    return Chart(drawing.title, tuple(labels), _series(series), drawing.kind)  # of today, whatever the period


def document_chart(table: DocumentDays) -> Chart:
    """Downloads of one file, by day or by month."""
    if table.asked.is_daily:
        days = _every_day(table.asked)
        values = dict(zip(table.values("tanggal"), table.values("unduhan"), strict=True))
        labels, counts = [_day(day) for day in days], [values.get(day, 0) for day in days]
        return _made(table.title, table.asked, labels, [("Unduhan", counts)], Kind.LINES)
    months, counts = zip(*([cell.value for cell in row] for row in table.months), strict=True)
    kind = Kind.BARS if len(months) <= MOST_BARS else Kind.LINES
    return _made(table.title, table.asked, _month_labels(months), [("Unduhan", counts)], kind)


def picture(name: str, table: SmallTable) -> Picture:
    """A chart for a page, with the part of its table that it draws."""
    drawn, asked = chart(name, table), table.asked
    drawing = DRAWINGS[name]
    first = 1 if isinstance(table, Origins) else 0
    places = [
        place
        for place, column in enumerate(table.columns)
        if place == first
        or column.key in drawing.keys
        or column.key in ("jumlah", "bagian_tayangan", "kepatuhan")
    ]
    averages = getattr(table, "averages", None)
    return Picture(
        name=name,
        title=drawn.title,
        text=drawn.summary,
        is_empty=drawn.is_empty,
        wide=asked.picture_url(name, "svg"),
        narrow=asked.picture_url(name, "svg", lebar="sempit"),
        png=asked.picture_url(name, "png"),
        table=table,
        columns=[table.columns[place] for place in places],
        rows=[[row[place] for place in places] for row in table.all_rows],
        averages=[averages[place] for place in places] if averages else None,
    )


def _made(
    title: str, asked: Asked, labels: Sequence[str], series: Sequence[tuple[str, Sequence]], kind: Kind
) -> Chart:
    return Chart(f"{title}, {asked.period.label}", tuple(labels), _series(series), kind)


def _series(series: Sequence[tuple[str, Sequence]]) -> tuple[Series, ...]:
    return tuple(Series(name, tuple(float(value or 0) for value in values)) for name, values in series)


def _every_day(asked: Asked) -> list[dt.date]:
    return [asked.period.first + dt.timedelta(days=number) for number in range(asked.period.days)]


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def _month_labels(months: Sequence[str]) -> list[str]:
    """ "Jan", or "Jan 26" where the months are of several years."""
    years = {month[:4] for month in months}
    names = [MONTHS[int(month[5:]) - 1][:3] for month in months]
    if len(years) < 2:
        return names
    return [f"{name} {month[2:4]}" for name, month in zip(names, months, strict=True)]


def _without_brackets(label: str) -> str:
    return label.split(" (")[0]
