"""A folder of files with an index sheet: files are uploaded and queued for reading."""

import csv

import pytest
from django.core.files.storage import default_storage

from catalogue.enums import FileRole
from catalogue.importing.folder import Folder
from catalogue.importing.records import BadRow, Outcome, SourceError
from catalogue.importing.runner import import_regulations
from catalogue.models import RegulationPage
from documents.enums import ExtractionState
from tests.factories import shared_office
from tests.importing.test_import import state
from tests.sample_files import pdf_bytes

HEADER = ["file", "jenis", "nomor", "tahun", "judul", "tanggal_penetapan"]

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _queue(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "QUEUES": [],
            "OPTIONS": {"id_function": "uuid.uuid4"},
        }
    }


@pytest.fixture
def office():
    return shared_office()


@pytest.fixture
def folder(tmp_path):
    def make(rows, **files):
        path = tmp_path / "keputusan"
        path.mkdir()
        with (path / "index.csv").open("w", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        for name, content in files.items():
            (path / name.replace("__", ".")).write_bytes(content)
        return path

    return make


DECREE = "Keputusan KPU Kota Serang"


def test_a_file_is_uploaded_and_waits_for_its_reading(each_store, office, folder):
    from django_tasks_db.models import DBTaskResult

    path = folder(
        [["sk8.pdf", DECREE, "8/HK.03.1/3673/2021", 2021, "Jadwal Pelayanan", "02/03/2021"]],
        sk8__pdf=pdf_bytes(["Jadwal pelayanan"]),
    )
    report = import_regulations(path, office)
    assert (report.rows, report.counts[Outcome.CREATED]) == (1, 1)
    page = RegulationPage.objects.get()
    assert page.live
    assert str(page.tanggal_penetapan) == str(page.tanggal_informasi) == "2021-03-02"
    attached = page.files.get()
    assert (attached.role, attached.document.mime_type) == (FileRole.MAIN, "application/pdf")
    assert attached.document.extraction_state == ExtractionState.PENDING
    assert attached.document.collection == office.collection
    with attached.document.file.open() as stored:
        assert stored.read() == (path / "sk8.pdf").read_bytes()
    assert DBTaskResult.objects.filter(task_path="documents.tasks.process_document").count() == 1
    before = state()
    assert import_regulations(path, office).counts[Outcome.KNOWN] == 1
    assert state() == before


def test_several_files_of_one_regulation(office, folder):
    path = folder(
        [
            ["Naskah.PDF", "PKPU", "22", 2023, "Pelayanan Informasi", ""],
            ["lampiran.pdf", "Lampiran I PKPU", "22", 2023, "Formulir", ""],
        ],
        naskah__pdf=pdf_bytes(["Naskah"]),  # the sheet spells it otherwise
        lampiran__pdf=pdf_bytes(["Formulir"]),
    )
    report = import_regulations(path, office)
    assert (report.counts[Outcome.CREATED], report.counts[Outcome.ATTACHED]) == (1, 1)
    files = RegulationPage.objects.get().files.all()
    assert [(file.role, file.label) for file in files] == [
        (FileRole.MAIN, ""),
        (FileRole.ATTACHMENT, "Lampiran I: Formulir"),
    ]


def test_files_that_cannot_be_taken_leave_a_draft_with_the_reason(each_store, office, folder):
    path = folder(
        [
            ["hilang.pdf", "PKPU", "1", 2020, "A", ""],
            ["program.pdf", "PKPU", "2", 2020, "B", ""],
            ["kosong.pdf", "PKPU", "3", 2020, "C", ""],
            ["../rahasia.txt", "PKPU", "4", 2020, "D", ""],
            ["", "PKPU", "5", 2020, "E", ""],
        ],
        program__pdf=b"MZ\x90\x00" + b"\x00" * 200,
        kosong__pdf=b"",
    )
    (path.parent / "rahasia.txt").write_text("di luar folder")
    report = import_regulations(path, office)
    assert report.counts[Outcome.DRAFTED] == 5
    assert not RegulationPage.objects.filter(live=True).exists()
    assert list(default_storage.walk()) == []
    text = report.path.read_text()
    for reason in (
        "“hilang.pdf” tidak ada",
        "program tidak diterima",
        "kosong (0 bita)",
        "rahasia.txt” tidak ada",
    ):
        assert reason in text


def test_a_file_that_no_row_names_is_reported(office, folder):
    path = folder(
        [["a.pdf", "PKPU", "1", 2020, "A", "kemarin"]], a__pdf=pdf_bytes(["A"]), lupa__pdf=pdf_bytes(["B"])
    )
    report = import_regulations(path, office)
    assert (report.counts[Outcome.CREATED], report.counts[Outcome.BAD]) == (1, 1)
    text = report.path.read_text()
    assert "lupa.pdf" in text
    assert "“kemarin” tidak terbaca" in text
    [bad] = [row for row in Folder(path) if isinstance(row, BadRow)]
    assert bad.content == "lupa.pdf"


def test_a_folder_without_an_index_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    with pytest.raises(SourceError, match=r"index\.csv"):
        Folder(tmp_path)
