"""Spreadsheets of the admin's lists, safe to open: nothing in a cell runs."""

import datetime as dt
import re

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.html import strip_tags

# What spreadsheet programs take for the start of a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Characters that the XLSX format refuses.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def safe_text(value: str) -> str:
    """Return a text that no spreadsheet program reads as a formula, without characters that XLSX refuses."""
    text = _CONTROL.sub("", value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


class SafeSpreadsheetMixin:
    """For Wagtail's SpreadsheetExportMixin: safe cells, local times, a CSV that programs read as UTF-8."""

    def preprocess_field_value(self, field, value, export_format):
        """Return the value as a cell may hold it: numbers and dates as they are, all else as safe text."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "ya" if value else "tidak"
        if isinstance(value, dt.datetime):
            local = timezone.localtime(value) if timezone.is_aware(value) else value
            return (
                local.replace(tzinfo=None) if export_format == self.FORMAT_XLSX else f"{local:%Y-%m-%d %H:%M}"
            )
        if isinstance(value, int | float | dt.date | dt.time):
            return value
        return safe_text(strip_tags(force_str(value)) if hasattr(value, "__html__") else force_str(value))

    def write_csv_response(self, queryset):
        """Stream the CSV with a byte order mark, without which Excel misreads letters beyond ASCII."""

        def chunks():
            yield "\ufeff"
            yield from self.stream_csv(queryset)

        response = StreamingHttpResponse(chunks(), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.get_filename()}.csv"'
        return response
