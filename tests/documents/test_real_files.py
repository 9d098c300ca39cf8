"""The real files of ../shared/files, each with what its README says is right. Runs where that folder is."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from documents.enums import ExtractionState
from documents.extraction import ocr
from documents.models import OfficeDocument
from documents.preview import table_preview
from tests import factories

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "files"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder ../shared/files with real files is not here"),
]
needs_ocr = pytest.mark.skipif(
    not ocr.available(), reason="tesseract with the Indonesian data is not installed here"
)


@pytest.fixture
def read(settings, monkeypatch):
    """Upload a real file and return the document with its page texts; no searchable copy is made."""
    monkeypatch.setattr("documents.searchable.is_wanted", lambda document: False)

    def _read(name: str) -> tuple[OfficeDocument, list]:
        data = (FOLDER / name).read_bytes()
        document = OfficeDocument.objects.create(
            title=name,
            file=ContentFile(data, name=name),
            collection=factories.shared_office().collection,
        )
        document.refresh_from_db()
        return document, list(document.pages.all())

    return _read


def all_text(pages) -> str:
    return " ".join(" ".join(page.text.split()) for page in pages)


def scan(*values):
    return pytest.param(*values, marks=needs_ocr)


@pytest.mark.parametrize(
    ("name", "count", "source", "known", "absent"),
    [
        ("perba-14-2008-pencabutan.pdf", 3, "teks", {2: "Undang-undang Nomor 10 Tahun 1997"}, ()),
        (
            "uu-14-2008-kip-locked.pdf",
            53,
            "teks",
            {1: "KETERBUKAAN INFORMASI PUBLIK", 2: "Informasi adalah keterangan", 36: "PENJELASAN"},
            ("legalitas",),
        ),
        (
            "kepka-3-1999-rotated-pages.pdf",
            39,
            "teks",
            {2: "MEMUTUSKAN", 36: "MACAM-MACAM LIMBAH", 39: "Diagnostik"},
            (),
        ),
        (
            "perba-7-2017-split-words.pdf",
            13,
            "teks",
            {1: "PERUBAHAN ATAS PERATURAN", 2: "Peraturan Pemerintah"},
            ("Per at u r an",),
        ),
        ("perban-8-2022-damaged.pdf", 3, "teks", {1: "INSTRUMEN AKREDITASI", 3: "Pasal 2"}, ()),
        scan(
            "kepgub-sumut-765-2017-sop-ppid-scan.pdf",
            3,
            "ocr",
            {1: "188.44/765/KPTS/2017", 3: "KEDUA : Keputusan Gubernur ini mulai berlaku"},
            (),
        ),
        scan("surat-dik-surakarta-2024-scan.pdf", 1, "ocr", {1: "SURAT KETERANGAN"}, ()),
        scan(
            "se-1904-2019-scan-footer-only-text.pdf",
            5,
            "ocr",
            {1: "Deputi Perizinan dan Inspeksi", 4: "SURAT TANDA UJI KESESUAIAN"},
            ("jdih.bapeten",),
        ),
        scan(
            "keppres-10-2024-libur-pemilu-ocr.pdf",
            2,
            "ocr",
            {1: "SALINAN", 2: "Menetapkan hari Rabu tanggal 14 Februari 2024"},
            ("2Ol7", "2OLT", "SATINAN", "INOONESIA"),
        ),
    ],
)
def test_pdf(read, name, count, source, known, absent):
    document, pages = read(name)
    assert document.extraction_state == ExtractionState.DONE, document.extraction_reason
    assert document.page_count == len(pages) == count
    assert {page.source for page in pages} == {source}
    for number, words in known.items():
        assert words in " ".join(pages[number - 1].text.split())
    for words in absent:
        assert words not in all_text(pages)


@needs_ocr
def test_fonts_without_mapping_are_read_by_ocr(read, settings):
    settings.DOCUMENT_LIMITS = {"max_pages": 1}
    document, pages = read("pp-29-2009-garbage-text.pdf")
    assert {page.source for page in pages} == {"ocr"}
    assert "TATA CARA PENENTUAN JUMLAH" in all_text(pages)
    assert document.extraction_state == ExtractionState.PARTIAL
    assert "22 dari 23 halaman tidak dibaca" in document.extraction_reason


@needs_ocr
def test_sideways_scan_is_turned(tmp_path):
    """One page that lies sideways in the picture, cut out of the 26 (they take a minute)."""
    import pikepdf

    from documents.extraction.runner import read_file

    with pikepdf.open(FOLDER / "perbup-madina-7-2025-scan-sideways.pdf") as document:
        del document.pages[:25]
        document.save(tmp_path / "a.pdf")
    [page] = read_file(tmp_path / "a.pdf").pages
    assert "NAMA KECAMATAN" in page.text
    assert "Banua Rakyat" in page.text
    assert page.source == "ocr"
    assert not page.doubt


def test_workbook_of_a_dip(read):
    document, [page] = read("dip-jabar-2023.xlsx")
    assert document.extraction_state == ExtractionState.DONE
    assert page.label == 'Lembar "DIP"'
    assert page.text.startswith("A. INFORMASI WAJIB DIUMUMKAN SECARA BERKALA")
    assert page.text.count("\nNo | ") == 3
    assert document.page_count == 1


def test_table_that_starts_below_a_title(read):
    document, [page] = read("dip-berkala-foodstation.xlsx")
    assert page.text.endswith("/")
    preview = table_preview(document)
    assert preview.header[0] == "No"
    assert preview.rows[0][1] == "Profil dan Sejarah Perusahaan"
    assert len(preview.rows) == 10


def test_csv_with_line_breaks_in_cells(read):
    document, pages = read("produk-hukum-kpu-1-655.csv")
    assert document.extraction_state == ExtractionState.DONE
    lines = [line for page in pages for line in page.text.split("\n")]
    assert len(lines) == 656
    assert "\uffa0" not in all_text(pages)
    assert pages[0].label.startswith("Baris 1–")
    assert pages[-1].label.endswith("–656")


def test_small_csv(read):
    _document, [page] = read("produk-hukum-kategori.csv")
    assert len(page.text.split("\n")) == 23


def test_vision_and_mission_stand_in_tables(read):
    _document, [page] = read("profil-ppid-foodstation.docx")
    assert "Terwujudnya pelayanan informasi publik yang transparan" in page.text
    assert "Meningkatkan pengelolaan dan pelayanan informasi publik" in page.text
    assert "**" not in page.text
