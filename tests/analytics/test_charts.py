"""Charts: what they say without colour, in words, in the dark, as SVG and as PNG."""

import io
import re

import pytest
from defusedxml.ElementTree import fromstring
from PIL import Image

from analytics.charts import Chart, Kind, Series, png, svg

MONTHS = ("Jan", "Feb", "Mar", "Apr")
TWO = Chart(
    "Kunjungan dan tayangan per bulan, 2026",
    MONTHS,
    (Series("Kunjungan harian", (1200.0, 900.0, 0.0, 40.0)), Series("Tayangan", (2400.0, 2000.0, 3.0, 90.0))),
)
NONE = Chart("Unduhan", MONTHS, (Series("Unduhan", (0.0,) * 4),))
CASES = [
    TWO,
    NONE,
    Chart(
        "Jenis", MONTHS, tuple(Series(f"Jenis {n}", (1.0, 2.0, 3.0, float(n))) for n in range(5)), Kind.STACK
    ),
    Chart(
        "Hari",
        tuple(f"{n} Mei" for n in range(1, 32)),
        (Series("A", (1.0,) * 31), Series("B", (2.0,) * 31)),
        Kind.LINES,
    ),
    Chart("Satu", ("1 Mei",), (Series("A", (3.0,)),), Kind.LINES),
    Chart("Urutan", ("<b>&\"'", "x" * 300), (Series("Unduhan", (9.0, 1.0)),), Kind.RANKING),
    Chart("Tanpa label", (), (Series("A", ()),), Kind.RANKING),
]


def words(picture: bytes) -> str:
    return " ".join(text.strip() for text in fromstring(picture).itertext() if text.strip())


@pytest.mark.parametrize("chart", CASES, ids=lambda chart: chart.title)
@pytest.mark.parametrize("is_narrow", [False, True])
def test_picture_is_well_formed_and_runs_and_fetches_nothing(chart, is_narrow):
    picture = svg(chart, is_narrow=is_narrow)
    root = fromstring(picture)
    assert int(root.get("width")) == (360 if is_narrow else 860)
    text = picture.decode()
    assert "<script" not in text
    assert not re.search(r"\son\w+=", text)
    addresses = re.findall(r'https?://[^"\'\s<)]+', text)
    assert set(addresses) <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}
    assert svg(chart, is_narrow=is_narrow) == picture  # the same figures, the same bytes


def test_numbers_are_written_the_indonesian_way_and_names_stand_in_words():
    text = words(svg(TWO))
    for word in ("1.200", "2.400", "Jan", "Apr", "Kunjungan harian", "Tayangan"):
        assert word in text
    assert "1,200" not in text


def test_rows_of_values_differ_without_colour():
    bars = svg(TWO).decode()
    assert "url(#motif-1)" in bars
    assert '<pattern id="motif-1"' in bars
    lines = svg(CASES[3]).decode()
    assert "stroke-dasharray:9,5" in lines.replace(" ", "")


def test_a_dark_page_gets_light_ink():
    style = svg(TWO).decode()
    dark = style.split("prefers-color-scheme")[1]
    assert "#f4efea" in dark
    assert "#1d1b1a" in style.split("prefers-color-scheme")[0]


def test_no_text_is_smaller_than_12_pixels():
    used = {"axis", "legends", "text-overlay", "no_data"}
    for sizes in re.findall(r"([^{}]*)\{[^{}]*font-size:\s*([\d.]+)px", svg(TWO).decode()):
        if any(name in sizes[0] for name in used):
            assert float(sizes[1]) >= 12, sizes


def test_nothing_to_show_is_said_in_words():
    assert "Belum ada data untuk periode ini." in words(svg(NONE))
    assert NONE.summary == "Unduhan: belum ada data."


def test_summary_names_the_highest():
    assert "kunjungan harian tertinggi 1.200 (Jan)" in TWO.summary


def _ink(picture: bytes) -> int:
    """Number of dark points."""
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:90])


def test_png_has_its_letters_without_any_font_of_the_machine():
    """The titles are the only difference, and they leave ink."""
    image = Image.open(io.BytesIO(png(TWO)))
    assert image.width == 1720
    assert image.getpixel((2, 2))[:3] == (255, 255, 255)
    wordless = Chart(" ", TWO.labels, TWO.series)
    assert _ink(png(TWO)) - _ink(png(wordless)) > 1500
