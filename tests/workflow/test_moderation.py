"""Two approvals, then live: who may decide what, and which version goes live."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import TaskState, WorkflowState

from catalogue.models import RegulationPage
from catalogue.workflow.models import OfficeRoleApprovalTask
from home.enums import Role
from tests.factories import (
    ConsequenceTestFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    RegulationPageFactory,
    SOPPageFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def submit(page, user, **changes):
    """Save the page's newest version as `user` and submit it."""
    page = page.get_latest_revision_as_object()
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision(user=user)
    page.get_workflow().start(page, user)
    return page


def decide(page, user, action="approve", **kwargs):
    """Press a button of the current step, as the views do: only what is offered."""
    page.refresh_from_db()
    task, state = page.current_workflow_task, page.current_workflow_task_state
    if action not in {name for name, *_ in task.get_actions(page, user)}:
        raise PermissionDenied
    task.on_action(state, user, action, **kwargs)
    page.refresh_from_db()


@pytest.fixture
def regulation(office, people):
    return RegulationPageFactory(
        office=office, draft=True, owner=people.editor, files=[DocumentFactory(office=office)]
    )


def test_an_entry_goes_live_after_tim_penghubung_and_ppid(regulation, people):
    submit(regulation, people.editor)
    assert not regulation.live
    decide(regulation, people.liaison)
    assert not regulation.live
    decide(regulation, people.ppid)
    assert regulation.live
    assert regulation.live_revision == regulation.latest_revision


@pytest.mark.parametrize("role", ["editor", "ppid", "superior", "desk", "admin"])
def test_only_tim_penghubung_decides_at_the_first_step(regulation, people, role):
    submit(regulation, people.editor)
    with pytest.raises(PermissionDenied):
        decide(regulation, getattr(people, role))


@pytest.mark.parametrize("role", ["editor", "liaison", "superior", "desk", "admin"])
def test_only_ppid_decides_at_the_second_step(regulation, people, role):
    submit(regulation, people.editor)
    decide(regulation, people.liaison)
    with pytest.raises(PermissionDenied):
        decide(regulation, getattr(people, role))
    assert not regulation.live


def test_the_people_of_another_office_decide_nothing(regulation, people, other_people):
    submit(regulation, people.editor)
    with pytest.raises(PermissionDenied):
        decide(regulation, other_people.liaison)
    assert not TaskState.objects.reviewable_by(other_people.liaison).exists()
    assert TaskState.objects.reviewable_by(people.liaison).count() == 1
    state = regulation.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, other_people.liaison, "approve")


def test_a_page_of_the_shell_takes_the_same_two_steps(office, people):
    page = SOPPageFactory(office=office, draft=True)
    submit(page, people.editor)
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert page.live


def test_a_rejection_needs_words_and_returns_the_entry(regulation, people):
    submit(regulation, people.editor)
    with pytest.raises(PermissionDenied):
        decide(regulation, people.liaison, "reject", comment="  ")
    decide(regulation, people.liaison, "reject", comment="Tanggal penetapan keliru.")
    state = regulation.current_workflow_state
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    regulation.get_latest_revision_as_object().save_revision(user=people.editor)
    state.resume(people.editor)
    decide(regulation, people.liaison)
    decide(regulation, people.ppid)
    assert regulation.live


def test_a_draft_saved_after_the_last_approval_stays_a_draft(regulation, people):
    submit(regulation, people.editor, tentang="Yang disetujui")
    decide(regulation, people.liaison)
    decide(regulation, people.ppid)
    later = regulation.get_latest_revision_as_object()
    later.tentang = "Yang belum disetujui"
    later.save_revision(user=people.editor)
    live = RegulationPage.objects.get(pk=regulation.pk)
    assert live.tentang == "Yang disetujui"
    assert live.has_unpublished_changes


def test_a_change_between_the_steps_takes_the_first_approval_again(regulation, people):
    submit(regulation, people.editor, tentang="Versi pertama")
    decide(regulation, people.liaison)
    mended = regulation.get_latest_revision_as_object()
    mended.tentang = "Diubah PPID"
    mended.save_revision(user=people.ppid)
    decide(regulation, people.ppid)
    assert not regulation.live, "Tim Penghubung has not seen the new text"
    assert regulation.current_workflow_task.role == Role.LIAISON
    decide(regulation, people.liaison)
    decide(regulation, people.ppid)
    assert regulation.live
    assert RegulationPage.objects.get(pk=regulation.pk).tentang == "Diubah PPID"


def test_a_reviewer_who_mends_the_text_approves_their_own_version_at_the_first_step(regulation, people):
    submit(regulation, people.editor, tentang="Versi pertama")
    mended = regulation.get_latest_revision_as_object()
    mended.tentang = "Diperbaiki Tim Penghubung"
    mended.save_revision(user=people.liaison)
    decide(regulation, people.liaison)
    decide(regulation, people.ppid)
    assert RegulationPage.objects.get(pk=regulation.pk, live=True).tentang == "Diperbaiki Tim Penghubung"


def test_nobody_alone_brings_a_version_live(office, people):
    people.ppid.groups.add(office.group(Role.LIAISON))
    page = RegulationPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    submit(page, people.ppid)
    decide(page, people.ppid)
    with pytest.raises(PermissionDenied):
        decide(page, people.ppid)
    assert not page.live
    assert "Anda menulis versi ini" in page.current_workflow_task.why_not_approve(page, people.ppid)[0]


def test_ppid_approves_what_ppid_wrote_once_tim_penghubung_has_approved_it(office, people):
    page = RegulationPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    submit(page, people.ppid)
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert page.live


def test_the_second_person_can_be_switched_off_for_a_small_office(office, people):
    OfficeRoleApprovalTask.objects.update(four_eyes=False)
    people.ppid.groups.add(office.group(Role.LIAISON))
    page = RegulationPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    submit(page, people.ppid)
    decide(page, people.ppid)
    decide(page, people.ppid)
    assert page.live


def test_a_version_under_review_is_not_overwritten_by_an_open_editor(regulation, people):
    page = submit(regulation, people.editor, tentang="Yang diperiksa")
    under_review = page.latest_revision
    page.tentang = "Ditimpa dari tab lain"
    page.save_revision(user=people.editor, overwrite_revision=under_review)
    under_review.refresh_from_db()
    assert under_review.content["tentang"] == "Yang diperiksa"
    assert page.latest_revision != under_review


def test_a_gap_that_opened_meanwhile_stops_the_approval(regulation, people):
    submit(regulation, people.editor, ringkasan="")
    with pytest.raises(PermissionDenied):
        decide(regulation, people.liaison)
    decide(regulation, people.liaison, "reject", comment="Ringkasan kosong.")


# --- exempted information ---------------------------------------------------------------------------------------------


@pytest.fixture
def exempted(office):
    return lambda **fields: ExemptedInformationPageFactory(office=office, draft=True, **fields)


def test_exempted_information_goes_live_with_test_and_decision(exempted, people):
    page = exempted()
    submit(page, people.editor)
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert page.live


@pytest.mark.parametrize(
    "gap",
    [
        {"uji_konsekuensi": None},
        {"nomor_keputusan": ""},
        {"tingkat_penetap": ""},
        {"tanggal_keputusan": None},
    ],
)
def test_ppid_cannot_approve_an_exemption_that_lacks_test_or_decision(exempted, people, gap):
    page = exempted(**gap)
    submit(page, people.editor)
    decide(page, people.liaison)
    assert page.current_workflow_task.why_not_approve(page, people.ppid)
    with pytest.raises(PermissionDenied):
        decide(page, people.ppid)
    state = page.current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, people.ppid, "approve")
    with pytest.raises(PermissionDenied):
        state.approve(user=people.ppid)
    page.refresh_from_db()
    assert not page.live
    assert page.workflow_in_progress


@pytest.mark.parametrize("change", [{"langkah_e": ""}, {"hasil": ""}, {"hasil": "terbuka"}])
def test_an_unfinished_or_opposite_test_stops_the_exemption(exempted, office, people, change):
    page = exempted(uji_konsekuensi=ConsequenceTestFactory(kantor=office, **change))
    submit(page, people.editor)
    decide(page, people.liaison)
    with pytest.raises(PermissionDenied):
        decide(page, people.ppid)


# --- schedules --------------------------------------------------------------------------------------------------------


def test_the_approved_version_goes_live_at_its_hour_in_the_offices_zone(office, people, time_machine):
    from common.jobs import publish_scheduled

    office.time_zone = "Asia/Jayapura"
    office.save()
    time_machine.move_to(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC), tick=False)
    page = DIPEntryPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    nine_there = dt.datetime(2026, 11, 3, 9, 0, tzinfo=office.tz)
    submit(page, people.editor, go_live_at=nine_there)
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert not page.live
    assert page.scheduled_revision == page.latest_revision
    approved = page.scheduled_revision

    time_machine.move_to(dt.datetime(2026, 11, 2, 23, 59, tzinfo=dt.UTC), tick=False)
    publish_scheduled()
    page.refresh_from_db()
    assert not page.live

    time_machine.move_to(dt.datetime(2026, 11, 3, 0, 1, tzinfo=dt.UTC), tick=False)
    publish_scheduled()
    page.refresh_from_db()
    assert page.live
    assert page.live_revision == approved


def test_nobody_edits_what_waits_for_its_hour(office, people, time_machine, client):
    time_machine.move_to(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC), tick=False)
    page = DIPEntryPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    submit(page, people.editor, go_live_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    decide(page, people.liaison)
    decide(page, people.ppid)
    lock = page.get_lock()
    assert lock.for_user(people.editor)
    assert lock.for_user(people.ppid)


def test_an_expired_entry_is_unpublished_by_the_clock(office, time_machine):
    from common.jobs import publish_scheduled

    time_machine.move_to(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC), tick=False)
    page = DIPEntryPageFactory(office=office, expire_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    assert page.live
    time_machine.move_to(dt.datetime(2026, 11, 3, 0, 1, tzinfo=dt.UTC), tick=False)
    publish_scheduled()
    page.refresh_from_db()
    assert not page.live
    assert page.expired


def test_a_scheduled_exemption_that_lost_its_ground_is_held_back(
    exempted, office, people, time_machine, mailoutbox
):
    from common.jobs import publish_scheduled

    time_machine.move_to(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC), tick=False)
    test = ConsequenceTestFactory(kantor=office)
    page = exempted(uji_konsekuensi=test)
    submit(page, people.editor, go_live_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert page.revisions.filter(approved_go_live_at__isnull=False).exists()
    test.hasil = "terbuka"
    test.save()
    mailoutbox.clear()
    time_machine.move_to(dt.datetime(2026, 11, 3, 0, 1, tzinfo=dt.UTC), tick=False)
    publish_scheduled()
    page.refresh_from_db()
    assert not page.live
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert [mail.to for mail in mailoutbox] == [[people.ppid.email]]
    assert "Uji konsekuensi menyimpulkan informasi ini terbuka." in mailoutbox[0].body


# --- files ------------------------------------------------------------------------------------------------------------


def replace_file(user, document):
    """Upload another file for a document, as the admin's form does; return the form."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from wagtail.documents.forms import get_document_form

    from documents.models import OfficeDocument
    from tests.sample_files import pdf_bytes

    upload = SimpleUploadedFile("lain.pdf", pdf_bytes(["Isi yang tidak pernah diperiksa"]), "application/pdf")
    data = {"title": document.title, "collection": document.collection_id, "tags": ""}
    form_class = get_document_form(OfficeDocument)
    return form_class(data, {"file": upload}, instance=OfficeDocument.objects.get(pk=document.pk), user=user)


def test_the_file_of_an_entry_under_review_or_approved_is_not_swapped(office, people, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC), tick=False)
    document = DocumentFactory(office=office)
    page = RegulationPageFactory(office=office, draft=True, files=[document])
    assert replace_file(people.editor, document).is_valid(), "a draft's file is the author's own business"
    submit(page, people.editor, go_live_at=dt.datetime(2026, 11, 3, tzinfo=dt.UTC))
    assert "sedang diperiksa" in str(replace_file(people.editor, document).errors["file"])
    decide(page, people.liaison)
    decide(page, people.ppid)
    assert page.scheduled_revision
    assert "sudah disetujui" in str(replace_file(people.editor, document).errors["file"])
    assert replace_file(people.ppid, document).is_valid()
