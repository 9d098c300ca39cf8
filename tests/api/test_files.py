"""Files and their texts: facts for checking, one public address, pages that lead into the file."""

import pytest

from documents.enums import ExtractionState
from tests.factories import DocumentFactory, RegulationPageFactory


@pytest.fixture
def published(office):
    """A file of three pages on a public regulation."""
    document = DocumentFactory(file_name="dpt.pdf", texts=["Satu", "Dua", "Daftar Pemilih Tetap"])
    RegulationPageFactory(files=[document])
    return document


def test_the_facts_of_a_file(read, client, published):
    body = read(f"files/{published.pk}")
    assert (body["nama"], body["format"], body["mime_type"]) == ("dpt.pdf", "PDF", "application/pdf")
    assert (body["ukuran"], body["jumlah_halaman"]) == (published.file_size, 3)
    assert body["sha256"] == published.sha256
    assert body["keadaan_teks"] == {"kode": "selesai", "label": "Selesai"}
    assert body["url"] == f"http://testserver/dokumen/{published.pk}/dpt.pdf"
    assert client.get(body["url"]).status_code == 200
    assert client.get(body["url_teks"]).status_code == 200
    assert published.file.name not in str(body)


def test_the_text_of_each_page_leads_to_its_page_in_the_file(read, published):
    body = read(f"files/{published.pk}/pages", ukuran=2)
    assert (body["total"], [page["teks"] for page in body["data"]]) == (3, ["Satu", "Dua"])
    assert body["berikutnya"].endswith("ukuran=2&halaman=2")
    third = read(f"files/{published.pk}/pages/3")
    assert third["teks"] == "Daftar Pemilih Tetap"
    assert third["url"].endswith(f"/dokumen/{published.pk}/dpt.pdf#page=3")
    assert third["sumber"]["kode"] == "teks"


def test_a_doubtful_reading_says_so(read, office):
    document = DocumentFactory(scanned=True, extraction_reason="2 dari 2 halaman dibaca dengan OCR.")
    RegulationPageFactory(files=[document])
    page = read(f"files/{document.pk}/pages/1")
    assert page["sumber"] == {"kode": "ocr", "label": "Hasil pindai (OCR)"}
    assert page["keyakinan"] == 0.62
    facts = read(f"files/{document.pk}")
    assert facts["keterangan_teks"] == "2 dari 2 halaman dibaca dengan OCR."
    assert facts["teks_mungkin_tidak_lengkap"] is True
    assert facts["keadaan_teks"]["kode"] == ExtractionState.PARTIAL


def test_a_file_without_text_has_pages_without_words(read, office):
    document = DocumentFactory(unreadable=True)
    RegulationPageFactory(files=[document])
    assert read(f"files/{document.pk}")["url_teks"] is None
    assert [page["sumber"]["kode"] for page in read(f"files/{document.pk}/pages")["data"]] == [
        "kosong",
        "kosong",
    ]


def test_a_page_that_the_file_does_not_have(get, published):
    assert get(f"files/{published.pk}/pages/4").status_code == 404
    assert get(f"files/{published.pk}/pages/0").status_code == 404


def test_an_unused_file_is_nobodys_business(get, office):
    document = DocumentFactory(office=office)
    for path in ("", "/pages", "/pages/1"):
        assert get(f"files/{document.pk}{path}").status_code == 404
