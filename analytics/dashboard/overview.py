"""Everything on one page: large numbers, charts with their tables, rankings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analytics import sources
from analytics.dashboard.asking import Asked
from analytics.dashboard.days import VISITS_NOTE, Daily, Monthly
from analytics.dashboard.downloads import Downloads
from analytics.dashboard.officers import Words, WordsWithoutResult
from analytics.dashboard.offices import ByOffice
from analytics.dashboard.origins import UNKNOWN_NOTE, Devices, Hours, Referrers
from analytics.dashboard.pictures import Picture, picture
from analytics.dashboard.reading import Pages
from analytics.dashboard.renewed import Compliance, Renewals
from analytics.dashboard.service import Service
from analytics.dashboard.tables import Row, Table, percent
from analytics.dashboard.uploaded import MonthlyUploads, Uploads
from analytics.figures import change, totals
from analytics.periods import year as year_of
from home.templatetags.eppid import angka

TOP = 10


@dataclass(frozen=True)
class Figure:
    """A large number: what it counts, where its rows stand, how it moved, its monthly mean."""

    label: str
    value: str
    url: str = ""
    moved: str = ""
    direction: str = ""
    average: str = ""


@dataclass(frozen=True)
class Extract:
    """The first rows of a table, with the way to all of it."""

    table: Table
    rows: Sequence[Row]


@dataclass(frozen=True)
class Section:
    """A subject: its numbers, charts and tables."""

    id: str
    title: str
    figures: Sequence[Figure] = ()
    pictures: Sequence[Picture] = ()
    extracts: Sequence[Extract] = ()
    notes: Sequence[str] = ()
    more: Sequence[tuple[str, str]] = ()
    empty: str = ""


@dataclass
class Overview:
    """The page."""

    figures: list[Figure] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def overview(asked: Asked) -> Overview:
    """All figures of a question. A constant number of queries, whatever the amount."""
    now, before = totals(asked.scope, asked.period), totals(asked.scope, asked.before.period)
    monthly, daily = Monthly(asked), Daily(asked)
    uploads, uploads_before = MonthlyUploads(asked), MonthlyUploads(asked.before)
    shown = daily if asked.is_daily else monthly
    days = asked.url(Daily.name)

    def counted(label: str, name: str, url: str) -> Figure:
        mean = monthly.average(name) if monthly.whole_months > 1 else None  # of one month it is that month
        return compared(asked, label, getattr(now, name), getattr(before, name), url, mean)

    figures = [
        counted("kunjungan harian", "visitors", days),
        counted("tayangan halaman", "views", days),
        counted("unduhan berkas", "downloads", asked.url(Downloads.name)),
        counted("pengunduh harian", "downloaders", asked.url(Downloads.name)),
        figure("unggahan", uploads.total, uploads_before.total, asked.url(Uploads.name), uploads.average),
        counted("pencarian", "searches", days),
    ]
    if asked.audience.is_officer:
        figures.append(counted("kunjungan bot", "bots", days))
    page = Overview(figures)
    page.sections = [
        Section(
            "kunjungan",
            "Kunjungan",
            pictures=[picture("kunjungan", shown)],
            notes=[VISITS_NOTE],
            more=_days_links(asked),
        ),
        *_by_office(asked),
        _uploads(uploads, uploads_before),
        _downloads(asked, shown),
        _reading(asked),
        _searching(asked, shown, now, before),
        _renewals(asked),
        _service(asked),
        _origins(asked),
    ]
    return page


def figure(label: str, now: float, before: float, url: str = "", average: float | None = None) -> Figure:
    """A number beside that of the period before, with its monthly mean."""
    moved, direction = _moved(now, before)
    mean = "" if average is None else f"rata-rata {angka(round(average, 1 if average < 100 else 0))} sebulan"
    return Figure(label, angka(now), url, moved, direction, mean)


def compared(
    asked: Asked, label: str, now: float, before: float, url: str = "", average: float | None = None
) -> Figure:
    """A counted number: what was counted only for a part of the period before says nothing about growth."""
    made = figure(label, now, before, url, average)
    return made if asked.is_comparable else replace(made, moved="", direction="")


def _moved(now: float, before: float) -> tuple[str, str]:
    """How a figure moved, in words, and the direction of the sign beside them."""
    share = change(now, before)
    if share is None:
        return ("belum ada pada periode sebelumnya", "") if now else ("", "")
    if not share:
        return f"tetap, {angka(before)} pada periode sebelumnya", "sama"
    word = "naik" if share > 0 else "turun"
    return f"{word} {percent(abs(share))} dari {angka(before)}", word


def _days_links(asked: Asked) -> list[tuple[str, str]]:
    return [
        ("Semua angka per bulan", asked.url(Monthly.name)),
        ("Semua angka per hari", asked.url(Daily.name)),
    ]


def _extract(table: Table) -> Extract:
    return Extract(table, table.rows(0, TOP))


def _by_office(asked: Asked) -> list[Section]:
    if asked.is_one_office:
        return []
    more = [("Semua kantor", asked.url(ByOffice.name))]
    return [Section("kantor", "Menurut kantor", extracts=[_extract(ByOffice(asked))], more=more)]


def _uploads(now: MonthlyUploads, before: MonthlyUploads) -> Section:
    asked = now.asked
    kinds = [
        figure(
            column.heading.lower(),
            now.of_kind(column.key),
            before.of_kind(column.key),
            asked.url(Uploads.name, jenis=column.key),
        )
        for column in now.columns[1:-1]
    ]
    return Section(
        "unggahan",
        "Unggahan",
        figures=kinds,
        pictures=[picture("unggahan", now)],
        notes=now.notes,
        more=[("Semua unggahan", asked.url(Uploads.name))],
    )


def _downloads(asked: Asked, shown: Monthly | Daily) -> Section:
    return Section(
        "unduhan",
        "Unduhan",
        pictures=[picture("unduhan", shown)],
        extracts=[_extract(Downloads(asked))],
        more=[("Semua berkas", asked.url(Downloads.name))],
    )


def _reading(asked: Asked) -> Section:
    return Section(
        "halaman",
        "Paling banyak dibaca",
        extracts=[_extract(Pages(asked))],
        more=[("Semua halaman", asked.url(Pages.name))],
    )


def _searching(asked: Asked, shown: Monthly | Daily, now, before) -> Section:
    days = asked.url(Daily.name)
    share = now.empty_searches / now.searches if now.searches else None
    figures = [
        compared(asked, "pencarian", now.searches, before.searches, days),
        compared(asked, "tanpa hasil", now.empty_searches, before.empty_searches, days),
        Figure("dari semua pencarian tanpa hasil", percent(share), days),
    ]
    extracts = (
        [_extract(Words(asked)), _extract(WordsWithoutResult(asked))] if asked.audience.is_officer else []
    )
    notes = [] if asked.audience.is_officer else ["Kata-kata yang dicari tidak ditampilkan untuk umum."]
    return Section(
        "pencarian",
        "Pencarian",
        figures=figures,
        pictures=[picture("pencarian", shown)],
        extracts=extracts,
        notes=notes,
    )


def _renewals(asked: Asked) -> Section:
    table = Compliance(asked)
    whole = table.whole
    rows = asked.url(Renewals.name)
    figures = [
        Figure("diperbarui tepat waktu", percent(whole.share), rows),
        Figure("tepat waktu", angka(whole.on_time), asked.url(Renewals.name, keadaan="tepat")),
        Figure("terlambat", angka(whole.late), asked.url(Renewals.name, keadaan="terlambat")),
    ]
    return Section(
        "pembaruan",
        "Kepatuhan pembaruan",
        figures=figures if whole.count else [],
        pictures=[picture("kepatuhan", table)] if whole.count else [],
        notes=table.notes,
        more=[("Semua informasi dan pembaruannya", rows)],
        empty="" if whole.count else Compliance.empty,
    )


def _service(asked: Asked) -> Section:
    table = Service(asked)
    figures = table.figures
    if figures is None:
        years = [
            (f"Angka tahun {year}", f"{asked.url_of(year_of(year, asked.today), '')}#layanan")
            for year in table.years
        ]
        return Section("layanan", "Layanan permohonan informasi", empty=table.empty, more=years[:3])
    before = table.before
    numbers = [
        figure("permohonan", figures.requests, before.requests if before else 0, table.url),
        figure("pemohon", figures.applicants, before.applicants if before else 0, table.url),
    ]
    if figures.days.average is not None:
        numbers.append(Figure("rata-rata hari kerja sampai dijawab", angka(figures.days.average), table.url))
    if figures.days.in_time_share is not None:
        numbers.append(Figure("dijawab tepat waktu", percent(figures.days.in_time_share), table.url))
    return Section(
        "layanan",
        f"Layanan permohonan informasi {table.year}",
        figures=numbers,
        notes=table.notes,
        more=[("Rincian permohonan dan pemohon", table.url)],
    )


def _origins(asked: Asked) -> Section:
    sums = sources.sums(asked.scope, asked.period)
    tables = [Referrers(asked, sums), Devices(asked, sums), Hours(asked, sums)]
    return Section(
        "asal",
        "Dari mana, dengan apa, pukul berapa",
        pictures=[picture(table.name, table) for table in tables],
        notes=[UNKNOWN_NOTE],
    )
