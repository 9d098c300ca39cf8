"""An index without texts: every row has one outcome, and none is lost."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from catalogue.enums import RelationType
from catalogue.importing.index_sheet import IndexSheet, web_address
from catalogue.importing.records import Outcome, SourceError
from catalogue.importing.runner import import_regulations
from catalogue.models import RegulationPage
from tests.factories import shared_office
from tests.importing.samples import KIP, write_lines
from tests.importing.test_import import state

HEADER = ["id", "category", "title", "description", "file_url", "url"]
FILES = "http://www.example.org/berkas"
DETAIL = "http://www.example.org/arsip/detail"
# A lookalike of KPU's index: each trap of the real one, once.
ROWS = [
    ["1", "1", "Undang-Undang Nomor 14 Tahun 2008", "Tentang Keterbukaan Informasi Publik", "UU_KIP.pdf", 1],
    ["2", "5", "Peraturan KPU Nomor 07 Tahun 2012", "Tentang :ﾠ Tahapan, Program, dan Jadual", "PKPU_07.pdf", 2],
    ["3", "5", "Peraturan Komisi Pemilihan Umum Nomor 7 Tahun 2012", "Tentang Tahapan", "PKPU_07.pdf", 3],
    ["4", "5", "Peraturan KPU No. 7 Th. 2012", "", "kecil.pdf", 4],
    ["5", "5", "Peraturan KPU Nomor 18 Tahun 2012", "Perubahan Ketiga Atas Peraturan KPU No. 07 Tahun 2012", "18", 5],
    ["6", "5", "Lampiran II Peraturan KPU Nomor 62 tahun 2009", "Tentang Formulir", "62b.pdf", 6],
    ["7", "5", "Lampiran I Peraturan KPU Nomor 62 tahun 2009", "Tentang Tahapan", "62a.pdf", 7],
    ["8", "5", "KPU Nomor 62 tahun 2009", "Tentang Pedoman\nPenyusunan", "berkas utama 62.pdf", 8],
    ["9", "5", "Peratutan KPU Nomor 6 Tahun 2009", "Perubahan", "Per_KPU_06_ 2009.pdf", 9],
    ["10", "5", "Peraturan KPU Nomor 06 Tahun 2007", "Tentang Pedoman", "Per_KPU_06_ 2009.pdf", 10],
    ["11", "6", "SE KPU Nomor 1250/KPU/VI/2014", "Perihal Kampanye", "se.pdf", 11],
    ["12", "6", "Petunjuk Teknis", "Petunjuk Teknis Verifikasi", "juknis.pdf", 12],
    ["13", "1", "RUU Tentang Penyelenggara Pemilu", "Rancangan", "ruu.pdf", 13],
    ["14", "6", "Lampiran Keputusan KPU Nomor 99/Kpts/KPU/2010", "Formulir", "l99.pdf", 14],
]  # fmt: skip
CATEGORIES = [
    ["id", "name"],
    ["1", "Undang-Undang"],
    ["5", "Peraturan KPU"],
    ["6", "Surat / Edaran / Juknis"],
]

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.fixture
def office():
    return shared_office()


def write_csv(path, rows=ROWS, header=HEADER, delimiter=",", encoding="utf-8"):
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        for *cells, file_name, number in rows:
            writer.writerow([*cells, f"{FILES}/{file_name}", f"{DETAIL}/{number}"])
    return path


@pytest.fixture
def index(tmp_path):
    with (tmp_path / "kategori.csv").open("w", newline="") as file:
        csv.writer(file).writerows(CATEGORIES)
    return write_csv(tmp_path / "indeks.csv")


def by_number(key):
    return RegulationPage.objects.get(nomor_kunci=key)


def test_every_row_has_one_outcome(office, index):
    report = import_regulations(index, office)
    assert report.rows == len(ROWS)
    counts = {str(kind): count for kind, count in report.counts.items()}
    assert counts == {"dibuat": 7, "digabung": 2, "lampiran": 2, "draf": 3, "perlu_diperiksa": 1}
    assert report.accounted == len(ROWS)
    live = RegulationPage.objects.filter(live=True).count()
    drafts = RegulationPage.objects.filter(live=False).count()
    assert (live, drafts) == (7, 3)


def test_doubles_are_merged_with_their_files(office, index):
    import_regulations(index, office)
    page = by_number("7/2012")
    assert (page.title, page.tentang) == ("PKPU Nomor 7 Tahun 2012", "Tahapan, Program, dan Jadual")
    assert page.sumber_id == "indeks#2"
    assert page.catatan.count(f"{FILES}/PKPU_07.pdf") == 1
    assert f'<a href="{FILES}/kecil.pdf">Naskah (berkas 2)</a>' in page.catatan
    assert f'<a href="{DETAIL}/2">' in page.catatan


def test_attachments_go_to_their_regulation_in_order(office, index, client):
    import_regulations(index, office)
    page = by_number("62/2009")
    assert page.tentang == "Pedoman Penyusunan"
    first, second = page.catatan.index("Lampiran I:"), page.catatan.index("Lampiran II:")
    assert first < second
    assert f"{FILES}/berkas%20utama%2062.pdf" in page.catatan
    html = client.get(page.url).content.decode()
    assert f'href="{FILES}/62a.pdf"' in html


def test_relations_are_read_from_descriptions(office, index):
    import_regulations(index, office)
    relation = by_number("18/2012").relations.get()
    assert (relation.jenis, relation.target) == (RelationType.AMENDS, by_number("7/2012"))


def test_a_file_listed_under_another_number_is_pointed_out(office, index):
    report = import_regulations(index, office)
    assert "Per_KPU_06_%202009.pdf" in by_number("6/2009").catatan
    assert "Per_KPU_06" not in by_number("6/2007").catatan
    entries = [json.loads(line) for line in report.path.read_text().splitlines()]
    [doubt] = [entry for entry in entries if entry["hasil"] == "perlu_diperiksa"]
    assert doubt["id"] == "indeks#10"
    assert "PKPU Nomor 6 Tahun 2009" in doubt["alasan"]
    assert "Per_KPU_06" in doubt["alasan"]


def test_what_names_no_regulation_is_a_draft_with_its_reason(office, index, client):
    import_regulations(index, office)
    drafts = {page.sumber_id: page for page in RegulationPage.objects.filter(live=False)}
    assert set(drafts) == {"indeks#12", "indeks#13", "indeks#14"}
    assert drafts["indeks#12"].title == "Petunjuk Teknis"
    assert f"{FILES}/juknis.pdf" in drafts["indeks#12"].catatan
    assert client.get(drafts["indeks#12"].url).status_code == 404
    notes = {key: page.latest_revision.content["title"] for key, page in drafts.items()}
    assert notes["indeks#14"] == "Lampiran Keputusan KPU Nomor 99/Kpts/KPU/2010"
    from wagtail.models import PageLogEntry

    messages = {entry.page.sumber_id: entry.message for entry in _entries(PageLogEntry, drafts)}
    assert "Rancangan" in messages["indeks#13"]
    assert "99/Kpts/KPU/2010 tidak ada di indeks ini maupun di situs" in messages["indeks#14"]


def _entries(model, drafts):
    for page in drafts.values():
        entry = model.objects.filter(page=page.pk).latest("timestamp")
        entry.page = page
        yield entry


def test_a_second_run_changes_nothing(office, index):
    import_regulations(index, office)
    before = state()
    report = import_regulations(index, office)
    assert state() == before
    assert report.rows == len(ROWS)
    assert report.counts[Outcome.KNOWN] == 10


def test_an_attachment_finds_its_regulation_on_the_site(office, index, tmp_path):
    import_regulations(index, office)
    later = write_csv(
        tmp_path / "lain.csv",
        [["1", "5", "Lampiran III Peraturan KPU Nomor 62 tahun 2009", "", "62c.pdf", 20]],
    )
    report = import_regulations(later, office)
    assert report.counts[Outcome.ATTACHED] == 1
    page = by_number("62/2009")
    assert f"{FILES}/62c.pdf" in page.catatan
    assert "62c.pdf" in page.latest_revision.content["catatan"]
    assert page.sumber_id == "indeks#8"


def test_a_regulation_with_text_gets_the_link(office, index, tmp_path):
    import_regulations(write_lines(tmp_path / "laws.jsonl", [KIP]), office)
    report = import_regulations(index, office)
    assert report.counts[Outcome.CREATED] == 6
    page = by_number("14/2008")
    assert page.sumber_id == "uu/2008/14"
    assert f"{FILES}/UU_KIP.pdf" in page.catatan
    before = state()
    import_regulations(index, office)
    assert state() == before


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-16"), ("\t", "utf-8")])
def test_sheets_as_offices_save_them(office, tmp_path, delimiter, encoding):
    path = write_csv(tmp_path / "indeks.csv", ROWS[:2], delimiter=delimiter, encoding=encoding)
    assert import_regulations(path, office).counts[Outcome.CREATED] == 2


def test_columns_of_their_own_in_excel(office, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Daftar regulasi KPU"])
    book.active.append(["No", "Jenis", "Nomor", "Tahun", "Judul"])
    book.active.append([1, "PKPU", 22.0, 2023.0, "Pengelolaan dan Pelayanan Informasi Publik"])
    book.active.append([2, "Keputusan KPU Kota Serang", "8/HK.03.1/3673/2021", 2021, "Jadwal Pelayanan"])
    book.active.append([None, None, None, None, None])
    book.save(tmp_path / "indeks.xlsx")
    assert import_regulations(tmp_path / "indeks.xlsx", office).counts[Outcome.CREATED] == 2
    assert by_number("22/2023").title == "PKPU Nomor 22 Tahun 2023"
    assert by_number("8/hk.3.1/3673/2021").jenis == "keputusan-kpu-kabkota"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"kolom,lain\n1,2\n", "tidak memuat kolom judul"),
        ("a.csv", b"", "tidak memuat kolom judul"),
        ("a.csv", b"title\n\x00\x01\x02", "bukan berkas teks"),
        ("a.xlsx", b"not a workbook", "bukan lembar Excel"),
    ],
)
def test_what_is_no_index_is_refused_in_a_sentence(tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError, match=sentence):
        IndexSheet(tmp_path / name)


def test_an_unclosed_quote_loses_no_row_silently(tmp_path):
    (tmp_path / "a.csv").write_text(
        'id,title\n1,UU Nomor 1 Tahun 2001\n2,"UU Nomor 2 Tahun 2001\n' + "x" * 40_000
    )
    sheet = IndexSheet(tmp_path / "a.csv")
    assert [row["id"] for row in sheet.rows] == ["1"]
    assert [bad.line for bad in sheet.too_long] == [3]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("http://www.kpu.go.id/a b.pdf", "http://www.kpu.go.id/a%20b.pdf"),
        ("http://www.kpu.go.id/a%20b.pdf", "http://www.kpu.go.id/a%20b.pdf"),
        ('https://x.id/"><script>', "https://x.id/%22%3E%3Cscript%3E"),
        ("javascript:alert(1)", ""),
        ("berkas.pdf", ""),
        ("http://[", ""),
        ("", ""),
    ],
)
def test_web_addresses(written, address):
    assert web_address(written) == address


REAL_INDEX = Path(__file__).resolve().parents[3] / "shared" / "files" / "produk-hukum-kpu-1-655.csv"


@pytest.mark.skipif(not REAL_INDEX.exists(), reason="KPU's own index (../shared/files) cannot be had here")
def test_kpus_own_index_adds_up(office):
    report = import_regulations(REAL_INDEX, office)
    assert report.rows == 655
    counts = {str(kind): count for kind, count in report.counts.items() if kind != Outcome.CHECK}
    assert counts == {"dibuat": 438, "digabung": 181, "lampiran": 16, "draf": 20}
    assert report.accounted == 655
    assert RegulationPage.objects.filter(live=True).count() == 438
    consolidated = by_number("3/2009")
    assert "Susunan dalam satu naskah" in consolidated.catatan
    assert consolidated.relations.get(target_text="PKPU Nomor 35 Tahun 2008").jenis == RelationType.REVOKES
    assert by_number("15/2011").catatan.count("Terjemahan bahasa Inggris") == 1
    before = state()
    import_regulations(REAL_INDEX, office)
    assert state() == before
