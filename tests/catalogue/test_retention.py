"""Retention terms: free text of the officers, read as a date only where it says one."""

import datetime as dt

import pytest

from catalogue.retention import add_months, retention_end

START = dt.date(2021, 3, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5 Tahun", dt.date(2026, 3, 31)),
        ("5 (lima) tahun", dt.date(2026, 3, 31)),
        ("6 Bulan", dt.date(2021, 9, 30)),
        ("11 bln", dt.date(2022, 2, 28)),
        ("90 hari", dt.date(2021, 6, 29)),
        ("sampai tahun 2030", dt.date(2030, 12, 31)),
        ("s/d 2027", dt.date(2027, 12, 31)),
        ("sampai 17-10-2024", dt.date(2024, 10, 17)),
        ("sampai 31/02/2024", None),
        ("Selama berlaku", None),
        ("Permanen", None),
        ("", None),
        ("999 tahun 999 tahun", dt.date(3020, 3, 31)),
    ],
)
def test_retention_end(text, expected):
    assert retention_end(text, START) == expected


def test_a_term_without_a_start_has_no_end():
    assert retention_end("5 tahun", None) is None


def test_a_term_beyond_the_calendar_has_no_end():
    assert retention_end("900 tahun", dt.date(9500, 1, 1)) is None


def test_month_ends_are_kept_inside_the_month():
    assert add_months(dt.date(2024, 1, 31), 1) == dt.date(2024, 2, 29)
    assert add_months(dt.date(2023, 12, 15), 1) == dt.date(2024, 1, 15)
