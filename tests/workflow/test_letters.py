"""Who gets mail about a moderation, and what it says."""

import pytest

from home.enums import Role
from tests.factories import DocumentFactory, RegulationPageFactory
from tests.workflow.test_moderation import decide, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def regulation(office, people):
    return RegulationPageFactory(
        office=office,
        draft=True,
        title="Keputusan tentang <Loket> & Jadwal",
        files=[DocumentFactory(office=office)],
    )


def addresses(mails):
    return sorted(address for mail in mails for address in mail.to)


def test_the_reviewers_of_the_own_office_hear_that_something_waits(
    regulation, people, other_people, mailoutbox
):
    submit(regulation, people.editor)
    assert addresses(mailoutbox) == [people.liaison.email]
    letter = mailoutbox[0]
    assert letter.subject == "Menunggu pemeriksaan Anda: Keputusan tentang <Loket> & Jadwal"
    assert "“Pemeriksaan Tim Penghubung”" in letter.body
    assert "Diajukan oleh editor.serang." in letter.body
    assert f"http://localhost/admin/pages/{regulation.pk}/edit/" in letter.body
    mailoutbox.clear()
    decide(regulation, people.liaison)
    assert addresses(mailoutbox) == [people.ppid.email]


def test_links_point_to_the_host_of_the_pages_own_office(other_office, other_people, mailoutbox):
    page = RegulationPageFactory(
        office=other_office, draft=True, files=[DocumentFactory(office=other_office)]
    )
    submit(page, other_people.editor)
    assert addresses(mailoutbox) == [other_people.liaison.email]
    assert f"http://{other_office.site.hostname}/admin/pages/{page.pk}/edit/" in mailoutbox[0].body


def test_the_author_reads_why_a_version_came_back(regulation, people, mailoutbox):
    submit(regulation, people.editor)
    mailoutbox.clear()
    decide(regulation, people.liaison, "reject", comment="Tanggal & nomor < keliru.")
    assert addresses(mailoutbox) == [people.editor.email]
    assert mailoutbox[0].subject.startswith("Perlu diperbaiki: ")
    assert "Tanggal & nomor < keliru." in mailoutbox[0].body


def test_the_author_hears_of_an_approval_only_when_it_carries_a_remark(regulation, people, mailoutbox):
    submit(regulation, people.editor)
    mailoutbox.clear()
    decide(regulation, people.liaison, comment="Tambahkan abstrak lain kali.")
    assert addresses(mailoutbox) == sorted([people.editor.email, people.ppid.email])
    mailoutbox.clear()
    decide(regulation, people.ppid)
    assert regulation.live
    assert mailoutbox == []


def test_a_step_without_people_is_told_to_the_administrator(regulation, office, people, mailoutbox):
    office.group(Role.LIAISON).user_set.clear()
    submit(regulation, people.editor)
    assert addresses(mailoutbox) == [people.admin.email]
    assert "Belum ada Tim Penghubung" in mailoutbox[0].subject


def test_who_switched_a_letter_off_gets_none(regulation, people, mailoutbox):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(people.liaison)
    profile.submitted_notifications = False
    profile.save()
    submit(regulation, people.editor)
    assert mailoutbox == []


def test_people_without_an_address_or_an_account_are_passed_over(regulation, people, mailoutbox):
    people.liaison.is_active = False
    people.liaison.save()
    submit(regulation, people.editor)
    assert addresses(mailoutbox) == [people.admin.email], "nobody active holds the role"
