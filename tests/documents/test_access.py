"""Who may open a file, in every state of the page that uses it, by every way there is to it."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.models import CollectionViewRestriction

from documents import access
from documents.models import DocumentVersion
from documents.services import replace_file
from home.roles import create_groups
from tests import factories
from tests.factories import State
from tests.sample_files import pdf_bytes
from tests.store_fixtures import follow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("each_store")]
SECRET = "kalimat yang hanya ada di dalam berkas"
PUBLIC_STATES = {State.LIVE}


@pytest.fixture
def office():
    office = factories.shared_office()
    create_groups(office)
    return office


@pytest.fixture
def document(office):
    """A document with a text, an opened earlier version and a searchable copy."""
    document = factories.DocumentFactory(texts=["lama"], office=office)
    replace_file(document, ContentFile(pdf_bytes([SECRET]), name="surat.pdf"), keep_open=True)
    document.refresh_from_db()
    document.searchable_copy.save("salinan.pdf", ContentFile(pdf_bytes([SECRET])), save=False)
    document.searchable_ready = True
    document.save()
    return document


def ways(document) -> dict[str, str]:
    """Every address under which something of the document can be had."""
    return {
        "berkas": document.url,
        "salinan": document.searchable_url,
        "versi": document.versions.get().url,
        "teks": reverse("documents:text", args=[document.pk]),
        "wagtail": reverse("wagtaildocs_serve", args=[document.pk, document.filename]),
    }


def can_open(client, document) -> set[str]:
    """The ways that lead to the document, for whoever is signed in; all others must say "not found"."""
    opened = set()
    for way, address in ways(document).items():
        response = follow(client, address)
        assert response.status_code in (200, 404), (way, response.status_code)
        if response.status_code == 200:
            opened.add(way)
        else:
            assert SECRET not in response.content.decode()
            assert document.title not in response.content.decode()
    return opened


ALL = {"berkas", "salinan", "versi", "teks", "wagtail"}


@pytest.mark.parametrize("state", [state for state in State if state is not State.DELETED])
def test_public_sees_a_file_only_while_a_public_page_uses_it(client, document, state):
    factories.RegulationPageFactory(files=[document], state=state)
    assert can_open(client, document) == (ALL if state in PUBLIC_STATES else set())


def test_file_closes_when_its_page_is_unpublished_expired_or_deleted(client, document):
    page = factories.RegulationPageFactory(files=[document])
    assert can_open(client, document) == ALL
    page.unpublish()
    assert can_open(client, document) == set()
    page.save_revision().publish()
    assert can_open(client, document) == ALL
    page.refresh_from_db()
    page.delete()
    assert can_open(client, document) == set()


def test_file_opens_at_the_hour_of_publication(client, document, time_machine):
    from datetime import timedelta

    from django.utils import timezone

    from common.jobs import publish_scheduled

    factories.RegulationPageFactory(files=[document], scheduled=True)
    assert can_open(client, document) == set()
    now = timezone.now()
    time_machine.move_to(now + timedelta(days=8))
    publish_scheduled()
    time_machine.move_to(now)  # a bucket has a clock of its own, and refuses links from the future
    assert can_open(client, document) == ALL


def test_file_of_a_page_below_a_private_section_is_closed(client, document, office):
    from wagtail.models import PageViewRestriction

    page = factories.RegulationPageFactory(files=[document])
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert can_open(client, document) == set()


def test_one_public_page_is_enough(client, document):
    factories.RegulationPageFactory(files=[document], draft=True)
    factories.RegulationPageFactory(files=[document])
    assert can_open(client, document) == ALL


@pytest.mark.parametrize("state", [State.LIVE, State.DRAFT])
def test_file_of_an_exempted_entry_is_never_public(client, document, state):
    factories.ExemptedInformationPageFactory(files=[document], state=state)
    factories.RegulationPageFactory(files=[document])
    assert can_open(client, document) == set()
    assert not access.public_documents().filter(pk=document.pk).exists()


def test_file_in_a_restricted_collection_is_closed(client, document, office):
    factories.RegulationPageFactory(files=[document])
    CollectionViewRestriction.objects.create(collection=office.collection, restriction_type="login")
    assert can_open(client, document) == set()


@pytest.mark.parametrize(
    ("role", "expected"),
    [("editor", ALL), ("liaison", ALL), ("ppid", ALL), ("admin", ALL), ("desk", set()), ("superior", set())],
)
def test_officers_of_the_office_who_work_with_files_see_drafts(client, document, office, role, expected):
    factories.RegulationPageFactory(files=[document], draft=True)
    client.force_login(factories.UserFactory(office=office, **{role: True}))
    assert can_open(client, document) == expected


def test_officer_of_another_office_is_the_public(client, document):
    other = factories.OfficeFactory()
    create_groups(other)
    client.force_login(factories.UserFactory(office=other, ppid=True))
    assert can_open(client, document) == set()
    factories.RegulationPageFactory(files=[document])
    assert can_open(client, document) == ALL


def test_superuser_sees_everything_and_inactive_officer_nothing(client, document, office):
    client.force_login(factories.UserFactory(superuser=True))
    assert can_open(client, document) == ALL
    client.logout()
    officer = factories.UserFactory(office=office, editor=True)
    officer.is_active = False
    assert not access.may_read(officer, document)


def test_closed_version_stays_with_the_officers(client, document, office):
    factories.RegulationPageFactory(files=[document])
    DocumentVersion.objects.update(is_open=False)
    assert can_open(client, document) == ALL - {"versi"}
    client.force_login(factories.UserFactory(office=office, editor=True))
    assert can_open(client, document) == ALL


def test_what_does_not_exist_looks_like_what_is_closed(client, document):
    closed = client.get(document.url)
    missing = client.get(f"/dokumen/{document.pk + 1000}/{document.filename}")
    assert closed.status_code == missing.status_code == 404
    assert closed.content.decode().replace(document.url, "") == missing.content.decode().replace(
        f"/dokumen/{document.pk + 1000}/{document.filename}", ""
    )


def test_private_answers_are_kept_by_nobody(client, document, office):
    client.force_login(factories.UserFactory(office=office, editor=True))
    for way, address in ways(document).items():
        response = client.get(address)
        if response.status_code in (301, 302) and response["Location"].startswith("/dokumen/"):
            response = client.get(response["Location"])
        assert "no-store" in response["Cache-Control"], way
        assert response["X-Robots-Tag"] == "noindex", way


def test_storage_is_not_routed(client, document, settings):
    factories.RegulationPageFactory(files=[document])
    assert client.get(settings.MEDIA_URL + document.file.name).status_code == 404
    assert client.get("/media/" + document.file.name).status_code == 404


def test_public_documents_and_is_public_agree(document, office):
    live = factories.DocumentFactory(office=office)
    factories.RegulationPageFactory(files=[live])
    factories.RegulationPageFactory(files=[document], draft=True)
    assert set(access.public_documents()) == {live}
    assert access.is_public(live)
    assert not access.is_public(document)


def test_page_asks_for_its_files_together(client, office, django_assert_max_num_queries):
    asked = []
    for count in (1, 4):
        files = [factories.DocumentFactory(office=office) for _ in range(count)]
        address = factories.RegulationPageFactory(files=files).url
        client.get(address)
        with django_assert_max_num_queries(200) as queries:
            assert client.get(address).content.count(b"row--file") == count
        asked.append(len(queries))
    assert asked[0] == asked[1]
