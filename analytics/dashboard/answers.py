"""From a name in an address to a table or a chart: the same for the public pages and the admin."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from analytics.charts import Chart
from analytics.dashboard import pictures
from analytics.dashboard.asking import Asked
from analytics.dashboard.days import Daily, Monthly
from analytics.dashboard.downloads import DocumentDays, Downloads
from analytics.dashboard.exporting import CSV, JSON, MOST_ROWS, as_file, as_picture, refused
from analytics.dashboard.officers import (
    NOTHING,
    PARAM_RESULT,
    PARAM_WORDS,
    Events,
    WordDays,
    Words,
    WordsWithoutResult,
)
from analytics.dashboard.offices import ByOffice
from analytics.dashboard.origins import Devices, Hours, OriginDays, Referrers
from analytics.dashboard.reading import PageDays, Pages
from analytics.dashboard.renewed import PARAM_STATE, PARAM_UPDATE, Compliance, Renewals
from analytics.dashboard.service import Service, ServiceByOffice
from analytics.dashboard.tables import Row, Table
from analytics.dashboard.uploaded import PARAM_KIND, MonthlyUploads, Uploads

PARAM_FORMAT, PARAM_PAGE, PARAM_WIDTH, NARROW = "format", "halaman", "lebar", "sempit"
PER_PAGE = 50
LARGEST_ID = 2**31 - 1
_NOT_FOUND = "Statistik itu tidak ada."
_NUMBER = re.compile("[0-9]{1,7}")

_PLAIN = (
    Monthly,
    Daily,
    Downloads,
    Pages,
    MonthlyUploads,
    Referrers,
    Devices,
    Hours,
    Compliance,
    ByOffice,
    Service,
    ServiceByOffice,
)
_BUILT: dict[str, Callable[[Asked, QueryDict], Table]] = {
    **{table.name: (lambda asked, given, table=table: table(asked)) for table in _PLAIN},
    Uploads.name: lambda asked, given: Uploads(asked, given.get(PARAM_KIND, "")),
    OriginDays.name: lambda asked, given: OriginDays(asked, given),
    Renewals.name: lambda asked, given: Renewals(
        asked, given.get(PARAM_UPDATE, ""), given.get(PARAM_STATE, "")
    ),
}
_FOR_OFFICERS: dict[str, Callable[[Asked, QueryDict], Table]] = {
    Words.name: lambda asked, given: Words(asked),
    WordsWithoutResult.name: lambda asked, given: WordsWithoutResult(asked),
    WordDays.name: lambda asked, given: WordDays(
        asked, given.get(PARAM_WORDS, ""), given.get(PARAM_RESULT) == NOTHING
    ),
    Events.name: lambda asked, given: Events(asked, _day(given.get("hari", ""), asked.today)),
}


def table_named(name: str, asked: Asked, given: QueryDict) -> Table:
    """The table with this name; 404 when there is none for this reader."""
    build = _BUILT.get(name) or (_FOR_OFFICERS.get(name) if asked.audience.is_officer else None)
    if build is None:
        raise Http404(_NOT_FOUND)
    return build(asked, given)


def document_table(document_id: int, asked: Asked) -> DocumentDays:
    """One file's days; 404 for a file that this reader may not be told of."""
    document = None
    if document_id <= LARGEST_ID:
        document = asked.audience.documents().filter(pk=document_id).first()
    if document is None:
        raise Http404(_NOT_FOUND)
    return DocumentDays(asked, document)


def page_table(page_id: int, asked: Asked) -> PageDays:
    """One page's days; 404 for a page that this reader may not be told of."""
    page = asked.audience.pages().filter(pk=page_id).first() if page_id <= LARGEST_ID else None
    if page is None:
        raise Http404(_NOT_FOUND)
    return PageDays(asked, page)


def chart_named(name: str, asked: Asked, given: QueryDict) -> Chart:
    """The chart with this name; 404 when there is none."""
    if name == pictures.DOCUMENT:
        number = given.get("berkas", "")
        return pictures.document_chart(document_table(int(number) if _NUMBER.fullmatch(number) else 0, asked))
    if name not in pictures.DRAWINGS:
        raise Http404(_NOT_FOUND)
    return pictures.chart(name, pictures.table_of(name, asked))


def picture_response(name: str, extension: str, asked: Asked, given: QueryDict) -> HttpResponse:
    """The chart as a picture."""
    if asked.problem:
        return refused(asked.problem, "")
    chart = chart_named(name, asked, given)
    period = asked.period
    file_name = f"statistik-{name}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
    return as_picture(chart, extension, given.get(PARAM_WIDTH) == NARROW, file_name)


def file_response(request: HttpRequest, table: Table) -> HttpResponse | None:
    """The table as a file when the address asks for one, else None."""
    form = request.GET.get(PARAM_FORMAT, "")
    if form not in (CSV, JSON):
        return None
    return refused(table.asked.problem, form) if table.asked.problem else as_file(table, form)


@dataclass(frozen=True)
class Part:
    """One page of a table."""

    rows: list[Row]
    number: int
    pages: int
    count: int

    @property
    def in_files(self) -> int:
        """How many rows a file holds where that is not all, else 0."""
        return MOST_ROWS if self.count > MOST_ROWS else 0


def part_of(table: Table, given: QueryDict) -> Part:
    """The page that the address asks for; the last for a number beyond it, the first for what is no number."""
    count = table.count()
    pages = max(1, ceil(count / PER_PAGE))
    asked = given.get(PARAM_PAGE, "")
    number = min(max(int(asked), 1), pages) if _NUMBER.fullmatch(asked) else 1
    return Part(table.rows((number - 1) * PER_PAGE, number * PER_PAGE), number, pages, count)


def _day(value: str, default: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(value)
    except ValueError:
        return default
    return min(max(day, dt.date(2000, 1, 1)), default)
