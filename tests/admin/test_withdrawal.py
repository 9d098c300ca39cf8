"""A publication is withdrawn with a reason that its address shows from then on."""

import pytest
from wagtail.models import Page, PageLogEntry

from documents.access import is_public
from home.models import Withdrawal
from home.withdrawals import withdraw
from tests.factories import DIPEntryPageFactory, DocumentFactory, RegulationPageFactory
from tests.workflow.test_moderation import decide, submit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

REASON = "Memuat data pribadi <b>pemohon</b>."


@pytest.fixture
def regulation(office):
    return RegulationPageFactory(
        office=office, title="Keputusan Loket", files=[DocumentFactory(office=office)]
    )


def test_ppid_withdraws_with_a_reason_that_the_public_reads(client, people, regulation):
    url, document = regulation.url, regulation.files.get().document
    assert client.get(url).status_code == 200
    assert is_public(document)
    client.force_login(people.ppid)
    response = client.post(
        f"/admin/pages/{regulation.pk}/unpublish/", {"reason": REASON, "show_title": "on"}, follow=True
    )
    assert "dicabut" in response.content.decode()
    client.logout()
    gone = client.get(url)
    assert gone.status_code == 410
    text = gone.content.decode()
    assert "Keputusan Loket" in text
    assert "Memuat data pribadi &lt;b&gt;pemohon&lt;/b&gt;." in text
    assert not is_public(document)
    withdrawal = Withdrawal.objects.get()
    assert (withdrawal.withdrawn_by, withdrawal.page_id) == (people.ppid, regulation.pk)


def test_without_a_reason_nothing_happens_and_nothing_is_lost(client, people, regulation):
    client.force_login(people.ppid)
    response = client.post(f"/admin/pages/{regulation.pk}/unpublish/", {"reason": "   "})
    assert "Tuliskan alasannya" in response.content.decode()
    regulation.refresh_from_db()
    assert regulation.live
    assert not Withdrawal.objects.exists()


def test_a_title_that_must_not_be_read_is_not_shown(client, people, regulation):
    url = regulation.url
    withdraw(regulation, "Judul memuat nama pemohon.", people.ppid, show_title=False)
    text = client.get(url).content.decode()
    assert "Keputusan Loket" not in text
    assert "Judul memuat nama pemohon." in text


@pytest.mark.parametrize("role", ["editor", "liaison", "superior", "desk"])
def test_who_may_not_publish_may_not_withdraw(client, people, regulation, role):
    client.force_login(getattr(people, role))
    client.post(f"/admin/pages/{regulation.pk}/unpublish/", {"reason": REASON})
    regulation.refresh_from_db()
    assert regulation.live


def test_a_new_version_under_review_does_not_hold_up_the_withdrawal(client, people, regulation):
    submit(regulation, people.editor)
    client.force_login(people.ppid)
    client.post(f"/admin/pages/{regulation.pk}/unpublish/", {"reason": REASON, "show_title": "on"})
    regulation.refresh_from_db()
    assert not regulation.live


def test_publishing_again_ends_the_withdrawal(client, people, regulation):
    url = regulation.url
    withdraw(regulation, REASON, people.ppid)
    page = Page.objects.get(pk=regulation.pk).specific
    submit(page, people.editor)
    assert client.get(url).status_code == 410
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert client.get(url).status_code == 200


def test_a_section_takes_its_entries_along(client, office, people):
    entry = DIPEntryPageFactory(office=office)
    section = entry.get_parent()
    url = entry.url
    done = withdraw(section, REASON, people.superuser)
    assert [w.page_id for w in done] == [section.pk, entry.pk]
    assert client.get(url).status_code == 410


def test_the_address_of_a_deleted_page_keeps_the_reason(client, people, regulation):
    url = regulation.url
    withdraw(regulation, REASON, people.ppid)
    client.force_login(people.ppid)
    client.post(f"/admin/pages/{regulation.pk}/delete/")
    assert not Page.objects.filter(pk=regulation.pk).exists()
    assert client.get(url).status_code == 410


@pytest.mark.parametrize("role", ["ppid", "admin", "superuser"])
def test_a_live_page_is_not_deleted(client, people, regulation, role):
    client.force_login(getattr(people, role))
    response = client.post(f"/admin/pages/{regulation.pk}/delete/", follow=True)
    assert "Cabut dahulu dengan alasan" in response.content.decode()
    client.post(f"/admin/bulk/wagtailcore/page/delete/?id={regulation.pk}", {"next": "/admin/"})
    assert Page.objects.filter(pk=regulation.pk, live=True).exists()


def test_several_pages_are_withdrawn_for_one_reason(client, people, office):
    pages = [RegulationPageFactory(office=office) for _ in range(3)]
    query = "&".join(f"id={page.pk}" for page in pages)
    client.force_login(people.ppid)
    form = client.get(f"/admin/bulk/wagtailcore/page/unpublish/?{query}")
    assert "Alasan pencabutan" in form.content.decode()
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?{query}", {"reason": ""})
    assert Withdrawal.objects.count() == 0
    client.post(f"/admin/bulk/wagtailcore/page/unpublish/?{query}", {"reason": REASON, "show_title": "on"})
    assert set(Withdrawal.objects.values_list("page_id", "reason")) == {(page.pk, REASON) for page in pages}


def test_the_editors_api_withdraws_nothing(client, people, regulation):
    client.force_login(people.superuser)
    response = client.post(f"/admin/api/main/pages/{regulation.pk}/action/unpublish/")
    assert response.status_code == 404
    regulation.refresh_from_db()
    assert regulation.live


def test_the_history_names_the_reason(client, people, regulation):
    withdraw(regulation, REASON, people.ppid)
    entry = PageLogEntry.objects.get(action="home.withdraw")
    assert entry.user == people.ppid
    client.force_login(people.editor)
    history = client.get(f"/admin/pages/{regulation.pk}/history/").content.decode()
    assert "Publikasi dicabut. Alasan: Memuat data pribadi" in history
    assert "<b>pemohon</b>" not in history


def test_an_unknown_address_is_just_not_found(client, office):
    withdraw(RegulationPageFactory(office=office), REASON)
    assert client.get("/regulasi/tidak-ada/").status_code == 404
