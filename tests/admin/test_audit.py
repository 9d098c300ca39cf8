"""The report of what was done: readable, complete, the own office's."""

import pytest
from wagtail.log_actions import log

from home.withdrawals import withdraw
from tests.factories import DocumentFactory, RegulationPageFactory
from tests.workflow.test_moderation import decide, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(office, people):
    page = RegulationPageFactory(
        office=office, draft=True, title="Keputusan Loket", files=[DocumentFactory(office=office)]
    )
    submit(page, people.editor)
    decide(page, people.liaison)
    decide(page, people.ppid)
    return page


@pytest.mark.parametrize("role", ["ppid", "admin", "superior"])
def test_the_report_tells_the_whole_story(client, people, published, role):
    withdraw(published, "Keliru.", people.ppid)
    client.force_login(getattr(people, role))
    response = client.get("/admin/riwayat/?export=csv")
    text = b"".join(response.streaming_content).decode()
    for sentence in (
        "Diajukan ke “Moderasi publikasi”. Berikutnya “Pemeriksaan Tim Penghubung”",
        "Disetujui pada “Pemeriksaan Tim Penghubung”. Berikutnya “Persetujuan PPID”",
        "Disetujui pada “Persetujuan PPID”",
        "Diterbitkan",
        "Publikasi dicabut. Alasan: Keliru.",
    ):
        assert sentence in text, sentence
    assert "Keputusan Loket" in client.get("/admin/riwayat/").content.decode()


def test_files_and_deleted_pages_stay_in_the_report(client, office, people, other_people, published):
    document = DocumentFactory(office=office, title="Naskah")
    log(instance=document, action="wagtail.edit", user=people.editor)
    withdraw(published, "Keliru.", people.ppid)
    published.refresh_from_db()
    published.delete(user=people.ppid)
    client.force_login(people.admin)
    text = client.get("/admin/riwayat/").content.decode()
    assert "Naskah" in text
    assert "Keputusan Loket" in text
    client.force_login(other_people.admin)
    text = client.get("/admin/riwayat/").content.decode()
    assert "Naskah" not in text
    assert "Keputusan Loket" not in text


@pytest.mark.parametrize("role", ["editor", "liaison", "desk"])
def test_only_those_who_answer_for_publications_read_it(client, people, published, role):
    client.force_login(getattr(people, role))
    assert client.get("/admin/riwayat/").status_code == 302


@pytest.mark.parametrize(
    "address", ["workflow/", "site-history/", "page-types-usage/", "locked/", "aging-pages/"]
)
def test_wagtails_own_reports_are_for_superusers(client, people, address):
    client.force_login(people.admin)
    assert client.get(f"/admin/reports/{address}").status_code == 302
    client.force_login(people.superuser)
    assert client.get(f"/admin/reports/{address}").status_code == 200
