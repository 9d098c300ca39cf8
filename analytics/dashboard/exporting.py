"""Tables as CSV and JSON, charts as pictures."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.http import HttpResponse, JsonResponse

from analytics.charts import Chart, png, svg
from analytics.dashboard.tables import SHARE, Cell, Column, Table
from home.exports import safe_text
from home.templatetags.eppid import angka

CSV, JSON = "csv", "json"
#: Rows of one file; what is longer is narrowed by period or office.
MOST_ROWS = 20_000
#: A picture opened by itself: it may draw itself and nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def as_file(table: Table, form: str) -> HttpResponse:
    """The table as CSV (with a byte order mark, for Excel) or JSON, for anybody to read from anywhere."""
    response = (
        _csv(table) if form == CSV else JsonResponse(_data(table), json_dumps_params={"ensure_ascii": False})
    )
    response["Content-Disposition"] = f'inline; filename="{table.file_name}.{form}"'
    if form == CSV:
        response["Content-Disposition"] = f'attachment; filename="{table.file_name}.csv"'
    response["X-Robots-Tag"] = "noindex"
    return response


def refused(problem: str, form: str) -> HttpResponse:
    """A question that makes no sense, asked by a program: no figures, and the reason."""
    if form == JSON:
        return JsonResponse({"kesalahan": problem}, status=400, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")


def as_picture(chart: Chart, extension: str, is_narrow: bool, file_name: str) -> HttpResponse:
    """The chart as SVG or PNG."""
    if extension == "svg":
        response = HttpResponse(svg(chart, is_narrow=is_narrow), content_type="image/svg+xml")
    else:
        response = HttpResponse(png(chart), content_type="image/png")
    response["Content-Disposition"] = f'inline; filename="{file_name}.{extension}"'
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response


def _csv(table: Table) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([safe_text(column.heading) for column in table.columns])
    for row in table.rows(0, MOST_ROWS):
        writer.writerow([_cell(column, cell) for column, cell in zip(table.columns, row, strict=True)])
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")


def _cell(column: Column, cell: Cell) -> Any:
    """A value as a spreadsheet takes it: days as ISO dates, shares as per cent."""
    value = cell.value
    if value is None:
        return ""
    if column.kind == SHARE and isinstance(value, int | float):
        return round(100 * value, 2)
    if isinstance(value, dt.date):
        return value.isoformat()
    return value if isinstance(value, int | float) else safe_text(value)


def _data(table: Table) -> dict[str, Any]:
    asked, period = table.asked, table.asked.period
    count = table.count()
    notes = list(table.notes)
    if count > MOST_ROWS:
        notes.append(f"Hanya {angka(MOST_ROWS)} baris pertama dari {angka(count)}.")
    return {
        "judul": table.title,
        "cakupan": asked.scope.label,
        "tingkat": asked.scope.level,
        "kantor": asked.office.kode_wilayah if asked.office else None,
        "periode": {"dari": period.first, "sampai": period.last, "berjalan": period.is_running},
        "catatan": notes,
        "kolom": [{"kunci": column.key, "judul": column.heading} for column in table.columns],
        "jumlah_baris": count,
        "baris": [
            {column.key: cell.value for column, cell in zip(table.columns, row, strict=True)}
            for row in table.rows(0, MOST_ROWS)
        ],
    }
