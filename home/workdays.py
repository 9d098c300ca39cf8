"""Working days of Indonesian government offices.

Saturdays, Sundays, national holidays and collective leave (cuti bersama) are no working days. The dates come from the
`holidays` library; the joint decree of three ministers (SKB 3 Menteri) sets them anew every year.
"""

import datetime as dt
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _holidays_of(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("ID", years=year, categories=("public", "government")))


def is_working_day(day: dt.date) -> bool:
    """Tell whether offices work on this date."""
    return day.weekday() < 5 and day not in _holidays_of(day.year)
