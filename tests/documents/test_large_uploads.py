"""Large files in parts: any order, interrupted, gone on with; nothing registered before all is there and right."""

import gc
import hashlib
import re
import tracemalloc
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents.models import OfficeDocument, PendingUpload
from documents.uploads import sessions
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
PART = 1 << 16


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """Parts of 64 kB, so that a file of a few hundred has several."""
    monkeypatch.setattr(sessions, "PART_BYTES", PART)


@pytest.fixture
def officer(client):
    user = factories.UserFactory(editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def pdf() -> bytes:
    """A readable PDF of five parts, the last one short; padding stands before its beginning's comment line ends."""
    return large_pdf(4 * PART + 1234)


def large_pdf(size: int) -> bytes:
    """A readable PDF of so many bytes."""
    data = pdf_bytes(["Daftar Pemilih Tetap Walantaka"])
    return data + b"\n%" + b"x" * (size - len(data) - 2)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def parts_of(data: bytes, size: int = PART) -> list[bytes]:
    return [data[start : start + size] for start in range(0, len(data), size)]


def begin(client, data, name="dpt.pdf", size=None, **more):
    facts = {
        "nama": name,
        "ukuran": len(data) if size is None else size,
        "diubah": 1700000000000,
        "bagian_pertama": sha(data[: sessions.PART_BYTES]),
        **more,
    }
    return client.post(reverse("eppid_upload_begin"), facts)


def put(client, begun, number, part, sha256=None):
    return client.put(
        f"{begun['alamat']}{number}/",
        part,
        content_type="application/octet-stream",
        headers={"X-Bagian-SHA256": sha256 or sha(part)},
    )


def send_all(client, data, name="dpt.pdf", order=None):
    begun = begin(client, data, name).json()
    parts = parts_of(data, begun["ukuran_bagian"])
    for number in order or range(1, len(parts) + 1):
        answer = put(client, begun, number, parts[number - 1])
        assert answer.status_code == 200, answer.content
    return begun


def save(client, token, title="Daftar pemilih", **more):
    form = {"title": title, "collection": factories.shared_office().collection.pk, "unggahan": token, **more}
    return client.post(reverse("wagtaildocs:add"), form)


def stored_files() -> list[str]:
    storage = OfficeDocument._meta.get_field("file").storage
    return [key for key, _size, _time in storage.walk() if not key.endswith(".webp")]


def test_parts_become_a_document_like_any_other(client, officer, pdf):
    begun = send_all(client, pdf)
    assert OfficeDocument.objects.count() == 0
    answer = save(client, begun["kode"])
    assert answer.status_code == 302
    document = OfficeDocument.objects.get()
    assert (document.sha256, document.file_size) == (sha(pdf), len(pdf))
    assert (document.filename, document.mime_type) == ("dpt.pdf", "application/pdf")
    assert document.uploaded_by_user == officer
    assert "Walantaka" in document.pages.get().text
    with document.file.storage.open(document.file.name) as handle:
        assert sha(handle.read()) == document.sha256
    assert not PendingUpload.objects.exists()
    assert not [key for key in stored_files() if key.startswith("unggahan/")]


@pytest.mark.parametrize("order", [[5, 4, 3, 2, 1], [3, 1, 5, 1, 2, 2, 4, 5]])
def test_wrong_order_and_double_parts_do_no_harm(client, officer, pdf, order):
    begun = send_all(client, pdf, order=order)
    save(client, begun["kode"])
    assert OfficeDocument.objects.get().sha256 == sha(pdf)


def test_interrupted_upload_goes_on_where_it_stopped(client, officer, pdf):
    first = begin(client, pdf).json()
    for number in (1, 2):
        put(client, first, number, parts_of(pdf)[number - 1])
    # The tab was closed; the same file is chosen again.
    again = begin(client, pdf).json()
    assert (again["kode"], again["tiba"]) == (first["kode"], [1, 2])
    for number in (3, 4, 5):
        put(client, again, number, parts_of(pdf)[number - 1])
    save(client, again["kode"])
    assert OfficeDocument.objects.get().sha256 == sha(pdf)


def test_another_file_of_the_same_name_starts_anew(client, officer, pdf):
    first = begin(client, pdf).json()
    other = b"%PDF-1.4 lain" + pdf[13:]
    assert begin(client, other).json()["kode"] != first["kode"]
    assert begin(client, pdf, diubah=1700000000001).json()["kode"] != first["kode"]


def test_damaged_part_is_not_taken(client, officer, pdf):
    begun = begin(client, pdf).json()
    part = parts_of(pdf)[1]
    damaged = part[:-1] + b"!"
    assert put(client, begun, 2, damaged, sha(part)).status_code == 400
    assert put(client, begun, 2, part[:-1]).status_code == 400
    assert put(client, begun, 2, part + b"x").status_code in (400, 413)
    assert put(client, begun, 0, part).status_code == 400
    assert put(client, begun, 6, part).status_code == 400
    assert client.get(begun["alamat"]).json()["tiba"] == []


def test_part_that_changes_is_refused(client, officer, pdf):
    begun = begin(client, pdf).json()
    put(client, begun, 2, parts_of(pdf)[1])
    assert put(client, begun, 2, b"y" * PART).status_code == 409
    assert put(client, begun, 1, b"y" * PART).status_code == 409


def test_missing_part_registers_nothing_and_keeps_what_was_typed(client, officer, pdf):
    begun = begin(client, pdf).json()
    for number in (1, 2, 3, 5):
        put(client, begun, number, parts_of(pdf)[number - 1])
    page = save(client, begun["kode"], title="Judul yang diketik").content.decode()
    assert "belum terunggah seluruhnya" in page
    assert 'value="Judul yang diketik"' in page
    assert not OfficeDocument.objects.exists()
    assert begin(client, pdf).json()["tiba"] == [1, 2, 3, 5]


def test_file_that_the_storage_spoilt_is_thrown_away(client, officer, pdf):
    begun = send_all(client, pdf)
    storage = OfficeDocument._meta.get_field("file").storage
    path = storage.path(f"unggahan/{begun['kode'].replace('-', '')}")
    with open(path, "r+b") as file:
        file.seek(PART + 5)
        file.write(b"spoilt")
    page = save(client, begun["kode"]).content.decode()
    assert "tidak sama dengan yang dikirim" in page
    assert not OfficeDocument.objects.exists()
    assert not PendingUpload.objects.exists()
    assert stored_files() == []


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("program.pdf", b"MZ" + b"\0" * (2 * PART), "Berkas program tidak diterima"),
        ("gambar.png", None, "isinya PDF"),
        ("laman.txt", b"<!doctype html>" + b" " * PART, "Halaman web"),
    ],
)
def test_same_checks_as_the_form_and_a_refused_file_is_gone(client, officer, pdf, name, data, words):
    begun = send_all(client, data or pdf, name)
    page = save(client, begun["kode"], title="Judul yang diketik").content.decode()
    assert words in page
    assert 'value="Judul yang diketik"' in page
    assert begun["kode"] not in page
    assert not OfficeDocument.objects.exists()
    assert not PendingUpload.objects.exists()
    assert stored_files() == []


def test_other_mistakes_cost_no_second_upload(client, officer, pdf):
    begun = send_all(client, pdf)
    page = save(client, begun["kode"], title="").content.decode()
    assert "sudah terunggah" in page
    assert re.search(rf'name="unggahan" value="{begun["kode"]}"', page)
    save(client, begun["kode"])
    assert OfficeDocument.objects.get().sha256 == sha(pdf)


def test_second_click_registers_once(client, officer, pdf):
    begun = send_all(client, pdf)
    save(client, begun["kode"])
    page = save(client, begun["kode"]).content.decode()
    assert "Unggahan ini tidak ada" in page
    assert OfficeDocument.objects.count() == 1


def test_replacing_keeps_the_former_file_as_a_version(client, officer, pdf):
    save(client, send_all(client, pdf)["kode"])
    document = OfficeDocument.objects.get()
    newer = large_pdf(3 * PART)
    begun = send_all(client, newer, "baru.pdf")
    client.post(
        reverse("wagtaildocs:edit", args=[document.pk]),
        {
            "title": "Baru",
            "collection": document.collection_id,
            "unggahan": begun["kode"],
            "replace_reason": "x",
        },
    )
    document.refresh_from_db()
    assert document.sha256 == sha(newer)
    assert document.versions.get().sha256 == sha(pdf)


# --- whose it is ------------------------------------------------------------------------------------------------------


def test_token_of_somebody_else_is_worth_nothing(client, officer, pdf):
    begun = send_all(client, pdf)
    other = Client()
    other.force_login(factories.UserFactory(editor=True))
    assert other.get(begun["alamat"]).status_code == 404
    assert put(other, begun, 1, parts_of(pdf)[0]).status_code == 404
    assert other.delete(begun["alamat"]).status_code == 404
    assert "Unggahan ini tidak ada" in save(other, begun["kode"]).content.decode()
    assert begin(other, pdf).json()["kode"] != begun["kode"]
    assert not OfficeDocument.objects.exists()


@pytest.mark.parametrize(
    "token", ["", "x", "../../etc/passwd", "0" * 40, "00000000-0000-0000-0000-000000000000"]
)
def test_odd_tokens_are_no_files(client, officer, token):
    assert save(client, token).status_code == 200
    assert not OfficeDocument.objects.exists()


def test_without_permission_nothing_begins(pdf):
    stranger = Client()
    assert begin(stranger, pdf).status_code in (302, 403)
    stranger.force_login(factories.UserFactory(desk=True))
    assert begin(stranger, pdf).status_code == 403
    assert not PendingUpload.objects.exists()


def test_foreign_collection_is_refused_by_the_form(client, officer, pdf):
    other = factories.OfficeFactory()
    begun = send_all(client, pdf)
    save(client, begun["kode"], collection=other.collection.pk)
    assert not OfficeDocument.objects.exclude(collection=factories.shared_office().collection).exists()


def test_cross_site_requests_are_refused(officer, pdf):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert begin(strict, pdf).status_code == 403


# --- bounds and cleaning up -------------------------------------------------------------------------------------------


def test_size_and_number_are_bounded(client, officer, pdf, settings, monkeypatch):
    settings.DOCUMENT_MAX_UPLOAD_BYTES = len(pdf) - 1
    answer = begin(client, pdf)
    assert answer.status_code == 413
    assert "Paling besar" in answer.json()["pesan"]
    settings.DOCUMENT_MAX_UPLOAD_BYTES = len(pdf)
    assert begin(client, pdf, size=0).status_code == 413
    monkeypatch.setattr(sessions, "MAX_UNFINISHED", 1)
    assert begin(client, pdf).status_code == 200
    assert begin(client, pdf, name="lain.pdf").status_code == 429


@pytest.mark.parametrize(
    "wrong", [{"nama": ""}, {"ukuran": "-1"}, {"ukuran": "abc"}, {"diubah": ""}, {"bagian_pertama": "zz"}]
)
def test_incomplete_requests_are_refused(client, officer, pdf, wrong):
    assert begin(client, pdf, **wrong).status_code == 400


def test_upload_is_removed_after_a_day_and_not_before(client, officer, pdf):
    begun = begin(client, pdf).json()
    put(client, begun, 1, parts_of(pdf)[0])
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        assert sessions.remove_expired() == ""
        put(client, begun, 2, parts_of(pdf)[1])
    with time_machine.travel(timezone.now() + timedelta(hours=48), tick=False):
        client.force_login(officer)
        assert put(client, begun, 3, parts_of(pdf)[2]).status_code == 410
        assert sessions.remove_expired() == "1 unggahan yang tidak dilanjutkan dihapus"
    assert stored_files() == []


def test_cleaning_up_never_takes_a_file_that_a_document_names(client, officer, pdf):
    begun = send_all(client, pdf)
    upload = PendingUpload.objects.get()
    save(client, begun["kode"])
    upload.save(force_insert=True)  # as if the program had died between two rows
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        sessions.remove_expired()
    document = OfficeDocument.objects.get()
    assert document.file.storage.exists(document.file.name)


def test_cancelled_upload_leaves_nothing(client, officer, pdf):
    begun = send_all(client, pdf)
    assert client.delete(begun["alamat"]).status_code == 200
    assert stored_files() == []
    assert client.get(begun["alamat"]).status_code == 404


def test_memory_does_not_grow_with_the_file(client, officer, monkeypatch):
    """60 MB in parts of 2 MB take no more memory than 8 MB: that of a few parts."""
    size = 2 << 20
    monkeypatch.setattr(sessions, "PART_BYTES", size)
    first, filler = large_pdf(size), b"%" + b"x" * (size - 1)

    def peak(total: int, name: str) -> int:
        begun = begin(client, first, name, size=total).json()
        tracemalloc.start()
        for number in range(1, total // size + 1):
            assert put(client, begun, number, first if number == 1 else filler).status_code == 200
            gc.collect()  # the test client's requests hold on to their bodies in circles
        assert save(client, begun["kode"]).status_code == 302
        reached = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return reached

    peak(2 * size, "pemanasan.pdf")
    small, large = peak(8 << 20, "kecil.pdf"), peak(60 << 20, "besar.pdf")
    assert large < small + size
    assert OfficeDocument.objects.order_by("pk").last().file_size == 60 << 20


def test_plain_form_works_as_before(client, officer):
    client.post(
        reverse("wagtaildocs:add"),
        {
            "title": "Biasa",
            "collection": factories.shared_office().collection.pk,
            "file": SimpleUploadedFile("a.pdf", pdf_bytes(["isi"])),
        },
    )
    assert OfficeDocument.objects.get().title == "Biasa"
    page = client.get(reverse("wagtaildocs:add_multiple")).content.decode()
    assert reverse("wagtaildocs:add") in page
