"""Dates, numbers, sizes and data as Indonesian readers and machines expect them, whatever the browser's language."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from django.utils import timezone, translation

from home.templatetags import eppid

NBSP = "\u00a0"


@pytest.mark.parametrize("language", ["id", "en"])
def test_dates_are_indonesian_in_every_language(language):
    with translation.override(language):
        assert eppid.tanggal(dt.date(2024, 8, 1)) == "1 Agustus 2024"


def test_a_moment_is_shown_on_the_local_day():
    late_in_utc = dt.datetime(2024, 12, 31, 18, 30, tzinfo=dt.UTC)  # 1.30 on New Year's Day in Jakarta
    with timezone.override("Asia/Jakarta"):
        assert eppid.tanggal(late_in_utc) == "1 Januari 2025"
        assert eppid.tanggal_iso(late_in_utc) == "2025-01-01"
        assert eppid.tanggal_jam(late_in_utc) == "1 Januari 2025 pukul 01.30"


@pytest.mark.parametrize("nothing", [None, "", "kemarin"])
def test_what_is_no_date_shows_nothing(nothing):
    assert eppid.tanggal(nothing) == ""
    assert eppid.tanggal_iso(nothing) == ""


def test_a_year_is_not_dressed_up_as_a_day():
    assert eppid.tanggal_atau_tahun(dt.date(2021, 1, 1)) == "2021"
    assert eppid.tanggal_atau_tahun(dt.date(2021, 1, 2)) == "2 Januari 2021"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (493123, "493.123"),
        (1.2, "1,2"),
        (1234.50, "1.234,5"),
        (-1500, "-1.500"),
        ("tiga", "tiga"),
        (None, ""),
    ],
)
def test_numbers(value, shown):
    assert eppid.angka(value) == shown


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        (0, "0 bita"),
        (999, "999 bita"),
        (46_000, "46 kB"),
        (320_400, "320 kB"),
        (999_600, "1 MB"),
        (1_200_000, "1,2 MB"),
        (14_900_000, "15 MB"),
        (2_000_000_000, "2 GB"),
        (None, ""),
    ],
)
def test_file_sizes(size, shown):
    assert eppid.ukuran(size) == shown.replace(" ", NBSP)


def test_file_facts_name_format_size_and_length():
    pdf = SimpleNamespace(file_extension="pdf", file_size=1_200_000, page_count=14)
    csv = SimpleNamespace(file_extension="csv", file_size=None, page_count=None)
    assert eppid.rincian_berkas(pdf).replace(NBSP, " ") == "PDF, 1,2 MB, 14 halaman"
    assert eppid.rincian_berkas(csv) == "CSV"


def test_json_ld_cannot_close_its_element_and_stays_the_same_data():
    data = {"name": "</script><script>alert(1)</script>", "b": "<!-- & \u2028 'x'"}
    written = eppid.json_ld(data)
    assert "<" not in written
    assert "&" not in written
    assert "\u2028" not in written
    assert json.loads(written) == data


def test_pager_shows_ends_and_neighbours_and_keeps_filters(rf):
    context = {"request": rf.get("/regulasi/?jenis=pkpu&halaman=6")}
    pager = eppid.pager(context, 6, 12)
    assert [number for number, _ in pager["links"]] == [1, None, 5, 6, 7, None, 12]
    assert pager["links"][0][1] == "?jenis=pkpu"
    assert pager["next_url"] == "?jenis=pkpu&halaman=7"
    assert eppid.pager(context, 1, 1)["previous_url"] == ""
