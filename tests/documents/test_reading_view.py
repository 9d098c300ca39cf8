"""The reading view as a reader: whole sentences, tables, marks, the way to any page; plain about what it is not."""

import re

import pytest
from bs4 import BeautifulSoup

from documents.models import DocumentPage
from documents.reading.blocks import HEADING, PARAGRAPH, TABLE, table_blocks, text_blocks
from documents.reading.pages import readability
from tests import factories

pytestmark = pytest.mark.django_db


def public_document(**kwargs):
    document = factories.DocumentFactory(office=factories.shared_office(), **kwargs)
    factories.RegulationPageFactory(files=[document])
    return document


def read(client, document, query=""):
    answer = client.get(f"{document.text_url}{query}", follow=True)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


# --- lines become paragraphs ------------------------------------------------------------------------------------------


def told(text: str) -> list[str]:
    return ["\n".join(block.lines) for block in text_blocks(text)]


def test_lines_of_a_sentence_are_joined():
    text = (
        "Setiap orang berhak memperoleh informasi publik dengan cepat dan tepat\n"
        "waktu, biaya ringan, dan cara sederhana sebagaimana diatur dalam undang-\n"
        "undang ini.\n"
        "Badan publik wajib menyediakan informasi itu pada setiap waktu layanan."
    )
    assert told(text) == [
        "Setiap orang berhak memperoleh informasi publik dengan cepat dan tepat waktu, biaya ringan, dan cara "
        "sederhana sebagaimana diatur dalam undang-undang ini.",
        "Badan publik wajib menyediakan informasi itu pada setiap waktu layanan.",
    ]


def test_points_and_articles_stand_apart():
    text = (
        "Pasal 5\n(1) Setiap orang berhak.\n(2) Hak itu dijamin:\na. oleh negara; dan\nb. oleh badan publik."
    )
    assert told(text) == [
        "Pasal 5",
        "(1) Setiap orang berhak.",
        "(2) Hak itu dijamin:",
        "a. oleh negara; dan",
        "b. oleh badan publik.",
    ]


def test_capitals_keep_their_lines_in_one_heading():
    (heading, paragraph) = text_blocks(
        "PERATURAN KOMISI PEMILIHAN UMUM\nNOMOR 22 TAHUN 2023\nDengan rahmat Tuhan."
    )
    assert (heading.kind, heading.lines) == (
        HEADING,
        ["PERATURAN KOMISI PEMILIHAN UMUM", "NOMOR 22 TAHUN 2023"],
    )
    assert paragraph.kind == PARAGRAPH


@pytest.mark.parametrize(
    "text", ["", "\n\n\n", "|", "| | |\n|---|---|", "-", "a", "A\n\nB", " | \n" * 3, "((((1)", "\u00a0"]
)
def test_odd_texts_are_told_somehow(text):
    text_blocks(text)
    table_blocks(text, {"rows": [["a", "b"]]}, 30, 300)


def test_no_word_is_lost_or_changed():
    text = "BAB I\nKETENTUAN UMUM\n1. Komisi adalah\nlembaga.\nnama | jumlah\nSerang | 5\nCurug\n\nSelesai."
    blocks = text_blocks(text)
    words = " ".join(
        " ".join([*block.lines, *(" ".join(row) for row in block.rows)]) for block in blocks
    ).split()
    assert words == text.replace("|", " ").split()


def test_table_of_a_word_file_is_a_table():
    (block,) = text_blocks("| Nama | Jumlah |\n|---|---|\n| Serang | 161645 |")
    assert (block.kind, block.rows) == (TABLE, [["Nama", "Jumlah"], ["Serang", "161645"]])


def test_first_rows_of_a_sheet_know_their_empty_cells():
    rows = [["Rekapitulasi", "", ""], ["kecamatan", "l", "p"], ["Serang", "", "5"], ["Curug", "4", "6"]]
    text = "Rekapitulasi\nkecamatan | l | p\nSerang | 5\nCurug | 4 | 6\nTaktakan | 7 | 8\nKasemen | 9 | 1"
    title, table, rest = table_blocks(text, {"rows": rows}, 30, 300)
    assert title.lines == ["Rekapitulasi"]
    assert (table.header, table.rows) == (
        ["kecamatan", "l", "p"],
        [["Serang", "", "5"], ["Curug", "4", "6"]],
    )
    assert rest.rows == [["Taktakan", "7", "8"], ["Kasemen", "9", "1"]]


def test_rows_with_missing_cells_are_lines_and_never_a_crooked_table():
    (block,) = table_blocks("Serang | 5\nCurug | 4 | 6", None, 30, 300)
    assert (block.kind, block.lines) == (PARAGRAPH, ["Serang; 5", "Curug; 4; 6"])


# --- the page ---------------------------------------------------------------------------------------------------------


def test_each_page_has_a_heading_and_ways_on(client):
    document = public_document(texts=["satu", "dua", "tiga"])
    page = read(client, document)
    assert [heading.text for heading in page.select(".page-text h2")] == [
        "Halaman 1 dari 3",
        "Halaman 2 dari 3",
        "Halaman 3 dari 3",
    ]
    links = {link.get_text(): link["href"] for link in page.select("#halaman-2 a")}
    assert links == {
        "Buka halaman ini di PDF: halaman 2 dari 3": f"{document.url}#page=2",
        "Sebelumnya: halaman 1": "#halaman-1",
        "Berikutnya: halaman 3": "#halaman-3",
    }
    assert page.html["lang"] == "id"


def test_jumping_to_a_page_leads_to_its_place(client):
    document = public_document(texts=[f"lembar {number}" for number in range(1, 121)])
    for typed, place in (("119", 119), ("7", 7), ("9999", 120)):
        answer = client.get(f"{document.text_url}?ke={typed}&q=lembar")
        assert answer.status_code == 302
        part = f"halaman={place}&" if place > 50 else ""
        assert answer["Location"] == f"{document.text_url}?{part}q=lembar#halaman-{place}"
        assert f'id="halaman-{place}"' in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("query", ["?ke=0", "?ke=-3", "?ke=abc", "?ke=²", "?ke=", "?ke=" + "9" * 40])
def test_odd_jumps_show_the_beginning(client, query):
    assert read(client, public_document(), query).select_one("#halaman-1")


def test_words_of_a_search_are_marked_in_every_form_and_nothing_else(client):
    document = public_document(
        texts=["Pemilihan umum diikuti pemilih <b>terdaftar</b>.", "Tidak ada apa-apa."]
    )
    page = read(client, document, "?q=pemilihan+-umum")
    assert [mark.text for mark in page.select(".page-text mark")] == ["Pemilihan"]
    assert not page.select(".page-text b")
    assert page.select_one('meta[name="robots"][content="noindex"]')
    assert "ditandai" in page.select_one(".reader__words").text


@pytest.mark.parametrize(
    "query",
    ["%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "%00", "%ff%fe", "-", "nomor:", "a" * 3000, "%22", "("],
)
def test_odd_words_mark_nothing_and_run_nothing(client, query):
    page = read(client, public_document(texts=["<script>alert(1)</script> isi"]), f"?q={query}")
    assert not page.select("main script:not([src])")


def test_hit_in_a_text_file_leads_to_the_marked_words(client):
    document = factories.DocumentFactory(
        office=factories.shared_office(), csv=True, rows=[["kecamatan", "pemilih"], ["Walantaka", "74120"]]
    )
    factories.OpenDatasetPageFactory(files=[document])
    page = BeautifulSoup(client.get("/cari/?q=walantaka").content, "html.parser")
    link = page.select_one(".extracts a")
    assert link["href"] == f"{document.text_url}?q=walantaka#halaman-1"
    text = BeautifulSoup(client.get(link["href"]).content, "html.parser")
    assert [mark.text for mark in text.select("td mark")] == ["Walantaka"]
    assert [cell.text for cell in text.select("thead th")] == ["kecamatan", "pemilih"]


def test_hit_in_a_pdf_offers_its_text_too(client):
    document = public_document(texts=["judul", "Walantaka memiliki gudang."])
    page = BeautifulSoup(client.get("/cari/?q=walantaka").content, "html.parser")
    assert [link["href"] for link in page.select(".extracts a")] == [
        f"{document.url}#page=2",
        f"{document.text_url}?q=walantaka#halaman-2",
    ]


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(0.97, "terbaca baik"), (0.85, "umumnya terbaca baik"), (0.7, "cukup terbaca"), (0.4, "sulit terbaca")],
)
def test_scanned_pages_say_what_they_are_and_how_well_they_read(client, confidence, words):
    document = public_document(scanned=True, confidence=confidence)
    section = read(client, document).select_one("#halaman-1")
    assert "Teks hasil pindai, bukan teks resmi; bisa keliru" in section.text
    assert words in section.text
    assert words in readability(confidence)


def test_corrected_page_says_so_with_its_date(client):
    from datetime import datetime
    from zoneinfo import ZoneInfo

    document = public_document(scanned=True)
    DocumentPage.objects.filter(document=document, number=2).update(
        corrected_at=datetime(2026, 11, 25, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    )
    page = read(client, document)
    section = page.select_one("#halaman-2").text
    assert "Teks dikoreksi petugas" in section
    assert "pada 25 November 2026" in section
    assert "bukan teks resmi" in section
    assert "dikoreksi" not in page.select_one("#halaman-1").text


def test_text_that_is_not_public_is_kept_by_nobody(client):
    document = factories.DocumentFactory(office=factories.shared_office())
    assert client.get(document.text_url).status_code == 404
    client.force_login(factories.UserFactory(editor=True))
    answer = client.get(document.text_url)
    assert answer["Cache-Control"] == "private, no-store"
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.e2e
def test_reader_is_accessible_at_any_width_and_in_the_dark(live_site, assert_accessible):
    long_word = "pertanggungjawaban" * 6
    text = f"BAB I\nKETENTUAN UMUM\n(1) Setiap orang {long_word}.\nnama | jumlah\nSerang | 5"
    scan = public_document(scanned=True, texts=[text] * 3)
    table = factories.DocumentFactory(
        office=factories.shared_office(), csv=True, rows=[[f"kolom {n}" for n in range(12)]] * 4
    )
    factories.OpenDatasetPageFactory(files=[table])
    too_wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    for document in (scan, table):
        window = live_site.open(f"/dokumen/{document.pk}/teks/?q=orang", javascript=True)
        assert_accessible(window)
        window.emulate_media(color_scheme="dark")
        assert_accessible(window)
        window.emulate_media(forced_colors="active")
        for width in (320, 640):  # 1280 px at 400 % and at 200 % zoom
            window.set_viewport_size({"width": width, "height": 640})
            assert window.evaluate(too_wide) == 0
    window = live_site.open(f"/dokumen/{scan.pk}/teks/", javascript=False)
    window.fill("#ke", "3")
    window.get_by_role("button", name="Buka").click()
    assert re.search(r"#halaman-3$", window.url)
