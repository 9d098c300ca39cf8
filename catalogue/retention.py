"""Retention terms as officers write them, read as a date where that is possible.

Free text is normal in the field ("5 Tahun", "Selama berlaku", "6 Bulan"; Model PPID-A, column 7), so the text is
kept and a date is derived only from a number of years, months or days, or from a date or year written out.
"""

import calendar
import datetime as dt
import re

_UNITS = {"tahun": 12, "thn": 12, "th": 12, "bulan": 1, "bln": 1}
_TERM = re.compile(r"\b(\d{1,3})\s*(?:\([^)]*\)\s*)?(tahun|thn|th|bulan|bln|hari)\b", re.I)
_UNTIL_DATE = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d{2})\b")
_UNTIL_YEAR = re.compile(r"\b(?:sampai|hingga|s/?d)\.?\s*(?:dengan\s*)?(?:tahun\s*)?((?:19|20)\d{2})\b", re.I)


def add_months(day: dt.date, months: int) -> dt.date:
    """Return `day` moved by whole months; the 31st becomes the last day of a shorter month."""
    month_index = day.year * 12 + day.month - 1 + months
    year, month = divmod(month_index, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def retention_end(text: str, start: dt.date | None) -> dt.date | None:
    """Return the date on which the retention term written in `text` ends, or None where it cannot be told.

    `start` is the date of publication from which a term counts. "5 tahun" from 2021-03-02 gives 2026-03-02;
    "selama berlaku" and "permanen" give None.
    """
    if match := _UNTIL_DATE.search(text):
        day, month, year = (int(part) for part in match.groups())
        try:
            return dt.date(year, month, day)
        except ValueError:
            return None
    if match := _UNTIL_YEAR.search(text):
        return dt.date(int(match.group(1)), 12, 31)
    match = _TERM.search(text)
    if not match or start is None:
        return None
    amount, unit = int(match.group(1)), match.group(2).lower()
    try:
        if unit == "hari":
            return start + dt.timedelta(days=amount)
        return add_months(start, amount * _UNITS[unit])
    except (ValueError, OverflowError):
        return None
