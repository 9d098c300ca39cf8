"""Every kind of file ends in the right texts, whatever it pretends to be."""

import unicodedata

import pytest
from PIL import Image

from documents.extraction import ocr
from documents.extraction.runner import NOTE_CRASHED, REASON_MEMORY, read_file
from documents.extraction.types import Limits
from tests.documents import samples

needs_ocr = pytest.mark.skipif(
    not ocr.available(), reason="tesseract with the Indonesian data is not installed here"
)
SENTENCE = "setiap orang berhak memperoleh informasi publik"


def sources(reading):
    return [page.source for page in reading.pages]


def test_text_layer_is_read_page_by_page(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=3))
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert [page.label for page in reading.pages] == ["Halaman 1", "Halaman 2", "Halaman 3"]
    assert sources(reading) == ["teks"] * 3
    assert "Ini halaman 2 dari peraturan" in reading.pages[1].text
    assert SENTENCE in reading.pages[2].text
    assert not any(page.doubt for page in reading.pages)
    assert reading.facts.length == 3


@needs_ocr
def test_scan_is_read_by_ocr_with_confidence(tmp_path):
    [page] = read_file(samples.scan_pdf(tmp_path / "a.pdf")).pages
    assert page.source == "ocr"
    assert SENTENCE in page.text
    assert page.confidence > 0.8
    assert not page.doubt


def test_scan_without_ocr_is_in_doubt(tmp_path):
    [page] = read_file(samples.scan_pdf(tmp_path / "a.pdf"), Limits(ocr=False)).pages
    assert (page.source, page.text, page.doubt) == ("kosong", "", True)
    assert "hasil pindai" in page.note


@needs_ocr
def test_portal_stamp_on_a_scan_is_not_its_text(tmp_path):
    reading = read_file(samples.scan_pdf(tmp_path / "a.pdf", pages=3, stamp="jdih.contoh.go.id"))
    assert sources(reading) == ["ocr"] * 3
    assert "Lembar pindaian 2" in reading.pages[1].text
    assert not any("contoh" in page.text for page in reading.pages)


def test_portal_stamp_is_dropped_from_real_text(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=4, stamp="www.contoh.orgwww.contoh.org"))
    assert sources(reading) == ["teks"] * 4
    assert not any("contoh" in page.text for page in reading.pages)


def test_address_named_once_stays(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=1, stamp="www.contoh.org"))
    assert "www.contoh.org" in reading.pages[0].text


@needs_ocr
@pytest.mark.parametrize("mapping", ["control", "cipher"])
def test_font_without_usable_mapping_is_read_by_ocr(tmp_path, mapping):
    path = samples.garbage_pdf(tmp_path / "a.pdf", mapping)
    [page] = read_file(path).pages
    assert page.source == "ocr"
    assert SENTENCE in page.text
    [unread] = read_file(path, Limits(ocr=False)).pages
    assert (unread.text, unread.doubt) == ("", True)


def test_word_placed_in_pieces_is_one_word(tmp_path):
    [page] = read_file(samples.torn_words_pdf(tmp_path / "a.pdf"), Limits(ocr=False)).pages
    assert page.text == "Peraturan Pemerintah tentang informasi"


def test_rotated_page_keeps_its_text_layer(tmp_path):
    reading = read_file(samples.rotated_pdf(tmp_path / "a.pdf"))
    assert sources(reading) == ["teks", "teks"]
    assert "Ini halaman 2" in reading.pages[1].text


@needs_ocr
@pytest.mark.parametrize("turned", [90, 180])
def test_page_lying_sideways_in_the_picture_is_turned(tmp_path, turned):
    [page] = read_file(samples.scan_pdf(tmp_path / "a.pdf", turned=turned)).pages
    assert page.source == "ocr"
    assert SENTENCE in page.text


@needs_ocr
def test_poor_foreign_ocr_layer_is_replaced(tmp_path):
    poor = [line.replace("o", "0").replace("INFORMASI", "1NF0RMAS1") for line in samples.SENTENCES]
    [page] = read_file(samples.scan_pdf(tmp_path / "a.pdf", hidden_text=poor)).pages
    assert page.source == "ocr"
    assert SENTENCE in page.text
    assert "0leh" not in page.text


def test_good_foreign_ocr_layer_is_kept_and_marked_as_ocr(tmp_path):
    reading = read_file(
        samples.scan_pdf(tmp_path / "a.pdf", hidden_text=samples.SENTENCES), Limits(ocr=False)
    )
    [page] = reading.pages
    assert page.source == "ocr"
    assert SENTENCE in page.text
    assert 0.5 < page.confidence < 1


def test_locked_file_that_opens_without_password_is_read(tmp_path):
    reading = read_file(samples.locked_pdf(tmp_path / "a.pdf"))
    assert sources(reading) == ["teks", "teks"]


def test_file_with_password_is_refused_with_a_reason(tmp_path):
    reading = read_file(samples.locked_pdf(tmp_path / "a.pdf", user_password="rahasia"))
    assert reading.pages == []
    assert "kata sandi" in reading.failure


@pytest.mark.parametrize("cut", [0.0, 0.05])
def test_damaged_file_gives_what_is_left(tmp_path, cut):
    reading = read_file(samples.damaged_pdf(tmp_path / "a.pdf", cut), Limits(ocr=False))
    assert "Ini halaman 1" in reading.pages[0].text


def test_file_that_only_begins_like_a_pdf_is_damaged(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    reading = read_file(path)
    assert reading.pages == []
    assert "rusak" in reading.failure


def test_a_thousand_tiny_images_are_no_scan(tmp_path):
    [page] = read_file(samples.tiny_images_pdf(tmp_path / "a.pdf")).pages
    assert page.source == "teks"
    assert SENTENCE in page.text


def test_metadata_with_nul_does_no_harm(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", title="Judul\x00\x01", extra="akhir"))
    assert "\x00" not in reading.pages[0].text
    assert "akhir" in reading.pages[0].text


def test_blank_page_is_no_missing_text(tmp_path):
    import pikepdf

    samples.text_pdf(tmp_path / "b.pdf", pages=1)
    with pikepdf.open(tmp_path / "b.pdf") as document:
        document.add_blank_page(page_size=samples.A4)
        document.save(tmp_path / "a.pdf")
    reading = read_file(tmp_path / "a.pdf")
    assert sources(reading) == ["teks", "kosong"]
    assert not reading.pages[1].doubt


def test_thousand_pages_are_read_in_chunks(tmp_path):
    path = samples.text_pdf(tmp_path / "a.pdf", pages=1000)
    reading = read_file(path, Limits(chunk_pages=600))
    assert [page.number for page in reading.pages] == list(range(1, 1001))
    assert "Ini halaman 1000" in reading.pages[-1].text


def test_page_limit_leaves_the_rest_out(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=5), Limits(max_pages=3))
    assert len(reading.pages) == 3
    assert reading.facts.part_count == 5


def test_sheets_are_pages_with_their_names(tmp_path):
    path = samples.workbook(
        tmp_path / "a.xlsx",
        {"DPT": [["Kecamatan", "Jumlah"], ["Serang", 1500], ["Cipocok", 2.5]], "Catatan": [["Sumber: KPU"]]},
    )
    reading = read_file(path)
    assert [page.label for page in reading.pages] == ['Lembar "DPT"', 'Lembar "Catatan"']
    assert reading.pages[0].text == "Kecamatan | Jumlah\nSerang | 1500\nCipocok | 2.5"
    assert reading.facts.length == 2
    assert reading.preview["rows"][0] == ["Kecamatan", "Jumlah"]


def test_hidden_sheet_is_reported_and_not_searched(tmp_path):
    path = samples.workbook(
        tmp_path / "a.xlsx", {"Terbuka": [["umum"]], "Gaji": [["rahasia pegawai"]]}, hidden=("Gaji",)
    )
    reading = read_file(path)
    assert "rahasia" not in "".join(page.text for page in reading.pages)
    assert '"Gaji"' in reading.facts.notices[0]


def test_long_sheet_is_cut_into_parts_that_name_their_rows(tmp_path):
    rows = [["nomor", "keterangan"], *([index, "keterangan yang panjang " * 8] for index in range(2, 400))]
    reading = read_file(samples.workbook(tmp_path / "a.xlsx", {"Data": rows}))
    assert len(reading.pages) > 2
    assert reading.pages[0].label.startswith('Lembar "Data", baris 1–')
    assert reading.pages[-1].label.endswith("–399")
    assert all(len(page.text) <= 20_000 for page in reading.pages)


def test_word_text_stands_also_in_tables_and_not_in_deleted_revisions(tmp_path):
    body = (
        samples.paragraph("Profil PPID")
        + samples.table("Visi", "Menjadi lembaga terpercaya")
        + '<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>terhapus</w:delText></w:r></w:del></w:p>'
    )
    reading = read_file(samples.word(tmp_path / "a.docx", body))
    [page] = reading.pages
    assert "Profil PPID" in page.text
    assert "Menjadi lembaga terpercaya" in page.text
    assert "terhapus" not in page.text


@needs_ocr
def test_word_file_that_only_wraps_a_scan_is_read(tmp_path):
    import io

    buffer = io.BytesIO()
    samples.page_image().save(buffer, "PNG")
    path = samples.word(
        tmp_path / "a.docx", samples.paragraph(""), parts={"word/media/image1.png": buffer.getvalue()}
    )
    [page] = read_file(path).pages
    assert page.source == "ocr"
    assert SENTENCE in page.text


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"nama;jumlah\nSerang;1,5\n", "nama | jumlah\nSerang | 1,5"),
        ('nama,jumlah\n"Se\nrang",2\n'.encode("utf-8-sig"), "nama | jumlah\nSe rang | 2"),
        ("nama\tjumlah\nCafé\t2\n".encode("cp1252"), "nama | jumlah\nCafé | 2"),
        ("nama,jumlah\nSerang,2\n".encode("utf-16"), "nama | jumlah\nSerang | 2"),
    ],
)
def test_csv_of_any_dialect(tmp_path, data, expected):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    [page] = read_file(path).pages
    assert page.text == expected


def test_plain_text_is_cut_into_parts(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Pasal yang panjang sekali.\n\n" * 3000)
    reading = read_file(path)
    assert [page.label for page in reading.pages][:2] == ["Bagian 1", "Bagian 2"]
    assert all(len(page.text) <= 20_000 for page in reading.pages)


@needs_ocr
def test_picture_is_read(tmp_path):
    samples.page_image().save(tmp_path / "a.png")
    [page] = read_file(tmp_path / "a.png").pages
    assert SENTENCE in page.text


@needs_ocr
def test_each_frame_of_a_tiff_is_a_page(tmp_path):
    first, second = (
        samples.page_image(["Lembar kesatu dari berkas"]),
        samples.page_image(["Lembar kedua dari berkas"]),
    )
    first.save(tmp_path / "a.tif", save_all=True, append_images=[second])
    reading = read_file(tmp_path / "a.tif")
    assert "kesatu" in reading.pages[0].text
    assert "kedua" in reading.pages[1].text


def test_child_out_of_memory_ends_with_a_reason(tmp_path):
    Image.new("L", (9000, 9000)).save(tmp_path / "a.png")
    reading = read_file(tmp_path / "a.png", Limits(memory_bytes=100 * 1024**2))
    assert reading.failure == REASON_MEMORY
    assert [(page.text, page.note) for page in reading.pages] == [("", NOTE_CRASHED)]


def test_child_out_of_time_ends_with_a_reason(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf"), Limits(wall_seconds=0.001))
    assert reading.failure == "Pembacaan dihentikan karena melewati batas waktu."


def test_too_much_output_ends_with_a_reason(tmp_path):
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=50), Limits(output_bytes=5000))
    assert "terlalu besar" in reading.failure
    assert len(reading.pages) < 50


@pytest.mark.parametrize(
    ("method", "second_page"),
    [("read", 2), ("_look", 1)],
    ids=["while it is read", "when the pages are looked at ahead"],
)
def test_pages_before_and_after_a_deadly_page_are_kept(tmp_path, monkeypatch, method, second_page):
    """The child is killed on page 2 (a reader that ends its process stands for a crash in native code)."""
    package = tmp_path / "site" / "documents"
    package.mkdir(parents=True)
    monkeypatch.setattr("documents.extraction.bounded._ROOT", tmp_path / "site")
    root = __import__("documents").__path__[0]
    (package / "__init__.py").write_text(f"__path__ = [{root!r}]\n")
    (tmp_path / "site" / "sitecustomize.py").write_text(
        "import os, sys\n"
        "def trap(name, page):\n"
        "    from documents.extraction import pdf\n"
        "    method = getattr(pdf.PdfReader, name)\n"
        "    setattr(pdf.PdfReader, name, lambda self, at: os._exit(139) if at == page else method(self, at))\n"
        f"trap({method!r}, {second_page})\n"
    )
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=3))
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert reading.pages[1].note == NOTE_CRASHED
    assert "Ini halaman 1" in reading.pages[0].text
    assert "Ini halaman 3" in reading.pages[2].text


def test_child_sees_no_secret(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "sangat-rahasia")
    (tmp_path / "site").mkdir()
    leak = tmp_path / "bocor.txt"
    (tmp_path / "site" / "sitecustomize.py").write_text(
        f"import os; open({str(leak)!r}, 'w').write(repr(dict(os.environ)))\n"
    )
    monkeypatch.setattr("documents.extraction.bounded._ROOT", tmp_path / "site")
    read_file(samples.text_pdf(tmp_path / "a.pdf", pages=1))
    assert "sangat-rahasia" not in leak.read_text()


def test_texts_are_nfc_and_free_of_control_characters(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        unicodedata.normalize("NFD", "Café \x0btua") + "\x1b[31m\ufeff\u200bPasal\uffa0 1" + " ayat" * 40
    )
    [page] = read_file(path).pages
    assert page.text.startswith("Café\ntua[31mPasal 1 ayat")
