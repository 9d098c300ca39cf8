"""Replacing a file keeps the former one, closed, and never behind the back of those who approved it."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.enums import ExtractionState
from documents.services import replace_file
from documents.verification.withdrawing import withdraw_version
from home.roles import create_groups
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_store")]


@pytest.fixture
def office():
    office = factories.shared_office()
    create_groups(office)
    return office


@pytest.fixture
def document(office):
    return factories.DocumentFactory(texts=["isi lama"], office=office, file_name="lama.pdf")


def replace_by_form(client, document, **more):
    form = {
        "title": document.title,
        "collection": document.collection_id,
        "file": SimpleUploadedFile("baru.pdf", pdf_bytes(["isi baru"])),
        **more,
    }
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), form)


def test_former_file_is_kept_as_a_numbered_version(client, document, office):
    officer = factories.UserFactory(office=office, editor=True)
    client.force_login(officer)
    old_hash, old_key = document.sha256, document.file.name
    replace_by_form(client, document, replace_reason="Salah ketik")
    document.refresh_from_db()
    [version] = document.versions.all()
    assert (version.number, version.sha256, version.reason) == (1, old_hash, "Salah ketik")
    assert version.replaced_by == officer
    assert version.file_name == "lama.pdf"
    assert version.file.name == old_key
    assert version.file.storage.exists(old_key)
    assert not version.is_open
    assert document.version == 2
    assert document.filename == "baru.pdf"
    assert document.extraction_state == ExtractionState.DONE
    assert [page.text for page in document.pages.all()] == ["isi baru"]


def test_withdrawn_version_is_private_to_the_officer_who_opens_it(client, document, office):
    factories.RegulationPageFactory(files=[document])
    replace_file(document, ContentFile(pdf_bytes(["isi baru"]), name="baru.pdf"), keep_open=True)
    [version] = document.versions.all()
    assert "X-Robots-Tag" not in client.get(version.url)
    withdraw_version(document, version.number, "Salah unggah")
    client.force_login(factories.UserFactory(office=office, editor=True))
    answer = client.get(version.url)
    assert answer.status_code in (200, 302)
    assert answer["X-Robots-Tag"] == "noindex"
    assert "no-store" in answer["Cache-Control"]


def test_numbers_go_on(document):
    for text in ("kedua", "ketiga"):
        replace_file(document, ContentFile(pdf_bytes([text]), name="a.pdf"))
        document.refresh_from_db()
    assert [version.number for version in document.versions.all()] == [2, 1]
    assert document.version == 3


def test_editor_cannot_change_a_file_that_is_public(client, document, office):
    factories.RegulationPageFactory(files=[document])
    client.force_login(factories.UserFactory(office=office, editor=True))
    response = replace_by_form(client, document)
    assert "Berkas ini sedang tayang" in response.content.decode()
    document.refresh_from_db()
    assert document.filename == "lama.pdf"
    assert not document.versions.exists()


@pytest.mark.parametrize("role", ["ppid", "admin"])
def test_who_may_publish_may_replace_a_public_file(client, document, office, role):
    factories.RegulationPageFactory(files=[document])
    client.force_login(factories.UserFactory(office=office, **{role: True}))
    replace_by_form(client, document)
    document.refresh_from_db()
    assert document.filename == "baru.pdf"


def test_title_of_a_public_file_can_be_changed_by_an_editor(client, document, office):
    factories.RegulationPageFactory(files=[document])
    client.force_login(factories.UserFactory(office=office, editor=True))
    form = {"title": "Judul baru", "collection": document.collection_id}
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), form)
    document.refresh_from_db()
    assert document.title == "Judul baru"
    assert not document.versions.exists()


def test_deleting_a_document_deletes_every_file(document, django_capture_on_commit_callbacks):
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="a.pdf"))
    document.searchable_copy.save("s.pdf", ContentFile(b"x"), save=True)
    storage = document.file.storage
    keys = [document.file.name, document.searchable_copy.name, document.versions.get().file.name]
    assert all(storage.exists(key) for key in keys)
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert not any(storage.exists(key) for key in keys)
