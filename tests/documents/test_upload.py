"""Every way in: what is refused, in which words, and what a stored file knows of itself."""

import hashlib
import io
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.enums import ExtractionState
from documents.extraction.kinds import EXTENSIONS
from documents.models import OfficeDocument
from tests import factories
from tests.documents import samples
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture
def officer(client):
    user = factories.UserFactory(superuser=True)
    client.force_login(user)
    return user


def upload(client, name, data, title="Berkas uji", **more):
    form = {"title": title, "file": SimpleUploadedFile(name, data), **more}
    form.setdefault("collection", factories.shared_office().collection.pk)
    return client.post(reverse("wagtaildocs:add"), form)


def named(disposition: str) -> str:
    """The name under which a browser keeps the download."""
    return unquote(disposition.partition("filename*=UTF-8''")[2])


def upload_many(client, name, data):
    form = {"files[]": SimpleUploadedFile(name, data), "collection": factories.shared_office().collection.pk}
    return client.post(reverse("wagtaildocs:add_multiple"), form)


def upload_in_chooser(client, name, data):
    form = {
        "document-chooser-upload-title": "Berkas uji",
        "document-chooser-upload-file": SimpleUploadedFile(name, data),
        "document-chooser-upload-collection": factories.shared_office().collection.pk,
    }
    return client.post(reverse("wagtaildocs_chooser:create"), form)


@pytest.mark.usefixtures("each_store")
@pytest.mark.parametrize("way", [upload, upload_many, upload_in_chooser])
def test_every_way_in_fingerprints_and_reads_the_file(client, officer, way):
    data = pdf_bytes(["Daftar Pemilih Tetap", "Halaman kedua"])
    way(client, "DPT Serang.pdf", data)
    document = OfficeDocument.objects.get()
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.mime_type == "application/pdf"
    assert document.file_size == len(data)
    assert document.filename == "DPT Serang.pdf"
    assert "DPT" not in document.file.name
    assert document.uploaded_by_user == officer
    assert document.extraction_state == ExtractionState.DONE
    assert document.page_count == 2
    assert [page.text for page in document.pages.all()] == ["Daftar Pemilih Tetap", "Halaman kedua"]


@pytest.mark.parametrize("way", [upload, upload_many, upload_in_chooser])
def test_every_way_in_refuses_the_same(client, officer, way):
    response = way(client, "surat.pdf", b"MZ\x90\x00" + bytes(500))
    assert OfficeDocument.objects.count() == 0
    assert "Berkas program tidak diterima" in response.content.decode().encode().decode("unicode_escape")


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("kosong.pdf", b" ", "isinya teks biasa"),
        ("lama.doc", OLE, "Format Office lama"),
        ("terkunci.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "dikunci dengan kata sandi"),
        ("laporan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(64), "isinya gambar PNG"),
        ("laporan", pdf_bytes(["isi"]), "tidak berakhiran"),
        ("laman.txt", b"<!DOCTYPE html><html><script>alert(1)</script>", "Halaman web"),
        ("gambar.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "Halaman web"),
        ("jalan.txt", b"#!/bin/sh\nrm -rf /\n", "Berkas program"),
        ("acak.pdf", bytes(range(256)) * 8, "tidak dikenali"),
        ("rusak.xlsx", b"PK\x03\x04" + b"rusak" * 50, "rusak"),
    ],
)
def test_refusal_says_what_and_why(client, officer, name, data, words):
    response = upload(client, name, data, title="Judul yang sudah diketik")
    assert OfficeDocument.objects.count() == 0
    assert words in response.content.decode()
    assert "Judul yang sudah diketik" in response.content.decode()


def test_empty_file_is_refused(client, officer):
    response = upload(client, "a.pdf", b"")
    assert response.status_code == 200
    assert OfficeDocument.objects.count() == 0


def test_macro_document_is_refused_whatever_its_name(client, officer, tmp_path):
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    path = samples.word(tmp_path / "a.docx", samples.paragraph("isi"), {"word/vbaProject.bin": b"x"}, kind)
    response = upload(client, "surat.docx", path.read_bytes())
    assert "Dokumen bermakro tidak diterima" in response.content.decode()


def test_zip_bomb_is_refused(client, officer, tmp_path):
    response = upload(client, "data.xlsx", samples.zip_bomb(tmp_path / "a.xlsx").read_bytes())
    assert "bom zip" in response.content.decode()


def test_size_limit_is_a_setting(client, officer, settings):
    settings.DOCUMENT_MAX_UPLOAD_BYTES = 100
    response = upload(client, "a.pdf", pdf_bytes(["isi"]))
    assert "Berkas terlalu besar" in response.content.decode()
    assert OfficeDocument.objects.count() == 0


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_every_extension_is_known_once(extension):
    assert EXTENSIONS.count(extension) == 1


@pytest.mark.parametrize("name", ["é" * 100 + ".pdf", "a" * 235 + ".pdf", "SK 100% “baru” + lampiran #2.pdf"])
def test_file_with_an_odd_name_can_be_fetched(client, officer, each_store, fetch, name):
    upload(client, name, pdf_bytes(["isi"]))
    document = OfficeDocument.objects.get()
    answer = fetch(document.url)
    assert answer.status_code == 200
    assert named(answer.headers["Content-Disposition"]) == document.filename
    assert answer.content.startswith(b"%PDF")


def test_same_file_is_noticed(client, officer):
    data = pdf_bytes(["isi yang sama"])
    upload(client, "a.pdf", data, title="Pertama")
    response = upload_many(client, "b.pdf", data)
    assert "Berkas yang sama sudah ada sebagai" in response.json()["form"]
    assert "Pertama" in response.json()["form"]


def test_same_file_of_another_office_is_not_told(client):
    other = factories.OfficeFactory()
    data = pdf_bytes(["isi yang sama"])
    OfficeDocument.objects.create(
        title="Rahasia tetangga", file=SimpleUploadedFile("a.pdf", data), collection=other.collection
    )
    client.force_login(factories.UserFactory(superuser=False, editor=True))
    response = upload_many(client, "b.pdf", data)
    assert "Rahasia tetangga" not in response.content.decode()


def test_file_stored_by_a_program_is_judged_too():
    document = OfficeDocument.objects.create(
        title="x",
        file=SimpleUploadedFile("a.pdf", b"MZ" + bytes(300)),
        collection=factories.shared_office().collection,
    )
    document.refresh_from_db()
    assert document.extraction_state == ExtractionState.FAILED
    assert "Berkas program" in document.extraction_reason


def test_hidden_sheets_are_told_to_the_officer(client, officer, tmp_path):
    path = samples.workbook(tmp_path / "a.xlsx", {"A": [["x"]], "Gaji": [["y"]]}, hidden=("Gaji",))
    upload(client, "a.xlsx", path.read_bytes())
    document = OfficeDocument.objects.get()
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "lembar tersembunyi" in page
    assert document.sha256 in page


def test_video_has_no_text_and_nothing_is_missing(client, officer):
    data = b"\x00\x00\x00\x18ftypmp42" + bytes(200)
    upload(client, "beranda.mp4", data)
    document = OfficeDocument.objects.get()
    assert document.extraction_state == ExtractionState.NO_TEXT
    assert not document.text_is_incomplete


def test_upload_and_its_task_are_one_transaction(officer, settings):
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    collection = factories.shared_office().collection
    waiting = DBTaskResult.objects.filter(task_path__startswith="documents.")
    with transaction.atomic():
        OfficeDocument.objects.create(
            title="x", file=SimpleUploadedFile("a.pdf", pdf_bytes(["isi"])), collection=collection
        )
        assert waiting.count() == 1
        transaction.set_rollback(True)
    assert waiting.count() == 0
    assert OfficeDocument.objects.count() == 0


def test_file_is_hashed_in_blocks(officer):
    """A file of several blocks has the fingerprint of the whole."""
    data = b"a" * (3 * (1 << 20) + 17)
    document = OfficeDocument(title="x", collection=factories.shared_office().collection)
    document.set_file_facts(io.BytesIO(data), "a.txt")
    assert document.sha256 == hashlib.sha256(data).hexdigest()
