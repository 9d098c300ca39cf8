"""The officers' page of a file's versions: who may withdraw, with which words, and what it leads to."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from documents.services import replace_file
from documents.verification.models import FileWithdrawal, LedgerEntry
from home.roles import create_groups
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    office = factories.shared_office()
    create_groups(office)
    return office


@pytest.fixture
def document(office):
    """A public document with an earlier version that was public too."""
    document = factories.DocumentFactory(office=office)
    factories.RegulationPageFactory(files=[document])
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"), reason="Perbaikan")
    document.refresh_from_db()
    return document


@pytest.fixture
def ppid(client, office):
    user = factories.UserFactory(office=office, ppid=True)
    client.force_login(user)
    return user


def address(document) -> str:
    return reverse("eppid_document_versions", args=[document.pk])


def act(client, document, action, number, **more):
    return client.post(address(document), {"aksi": action, "versi": number, **more}, follow=True)


def test_ppid_withdraws_and_takes_back(client, document, ppid):
    response = act(client, document, "tarik", 2, alasan="Salah unggah.")
    assert "Versi 2 ditarik." in response.content.decode()
    assert FileWithdrawal.objects.get().withdrawn_by == ppid
    assert client.get(document.url).status_code == 200  # the officer
    client.logout()
    assert client.get(document.url).status_code == 410
    client.force_login(ppid)
    act(client, document, "batal", 2)
    client.logout()
    assert client.get(document.url).status_code == 200
    assert [entry.kind for entry in LedgerEntry.objects.all()][2:] == ["ditarik", "dibuka_kembali"]


def test_ppid_opens_and_closes_an_earlier_version(client, document, ppid):
    act(client, document, "buka", 1)
    assert document.versions.get().is_open
    act(client, document, "tutup", 1)
    assert not document.versions.get().is_open


def test_withdrawal_needs_a_reason_and_keeps_what_was_typed(client, document, ppid):
    response = client.post(address(document), {"aksi": "tarik", "versi": "1", "alasan": " ", "lupakan": "on"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "Tuliskan alasannya." in page
    assert "<details open>" in page
    assert not FileWithdrawal.objects.exists()


def test_words_can_be_forgotten(client, document, ppid):
    act(client, document, "tarik", 1, alasan="Memuat NIK.", lupakan="on")
    assert LedgerEntry.objects.filter(salt="").count() == 2


@pytest.mark.parametrize(
    ("action", "number"),
    [("tarik", "9"), ("tarik", "x"), ("tarik", "²"), ("buka", "7"), ("meledak", "1"), ("", "")],
)
def test_nonsense_changes_nothing(client, document, ppid, action, number):
    response = act(client, document, action, number, alasan="Alasan")
    assert response.status_code == 200
    assert not FileWithdrawal.objects.exists()


def test_version_that_was_never_public_offers_no_withdrawal(client, office, ppid):
    document = factories.DocumentFactory(office=office)
    page = client.get(address(document)).content.decode()
    assert "Belum pernah terbuka untuk umum." in page
    assert "Tarik versi 1" not in page


@pytest.mark.parametrize(
    ("role", "status"), [("editor", 200), ("liaison", 200), ("desk", 404), ("superior", 404)]
)
def test_others_of_the_office_may_look_but_not_withdraw(client, document, office, role, status):
    client.force_login(factories.UserFactory(office=office, **{role: True}))
    response = client.get(address(document))
    assert response.status_code == status
    assert "Tarik versi" not in response.content.decode()
    assert act(client, document, "tarik", 2, alasan="x").status_code == 404
    assert not FileWithdrawal.objects.exists()


def test_another_office_finds_nothing(client, document):
    other = factories.OfficeFactory()
    create_groups(other)
    client.force_login(factories.UserFactory(office=other, ppid=True))
    assert client.get(address(document)).status_code == 404
    assert act(client, document, "tarik", 2, alasan="x").status_code == 404
    client.logout()
    assert client.get(address(document)).status_code == 302


def test_document_page_leads_there(client, document, ppid):
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert address(document) in page
