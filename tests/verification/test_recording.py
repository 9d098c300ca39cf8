"""What the change log records: every way in which a file becomes public or stops being so, and nothing else."""

import datetime as dt

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from common.jobs import publish_scheduled
from documents.models import DocumentVersion
from documents.services import replace_file
from documents.verification.enums import FileState
from documents.verification.models import AppendOnlyError, FileRecord, LedgerEntry, LedgerHead
from documents.verification.recording import reconcile
from documents.verification.withdrawing import NotPossible, set_open, take_back, withdraw_version
from home.roles import create_groups
from home.withdrawals import withdraw
from tests import factories
from tests.factories import State
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    return factories.DocumentFactory(office=office, title="Naskah", file_name="naskah.pdf")


def log() -> list[tuple[str, int]]:
    """What happened, and to which version."""
    return [(entry.kind, entry.version) for entry in LedgerEntry.objects.all()]


def replaced(document, text="baru", **more):
    replace_file(document, ContentFile(pdf_bytes([text]), name="baru.pdf"), **more)
    document.refresh_from_db()
    return document


def test_publication_is_recorded_with_its_words(document, office):
    page = factories.RegulationPageFactory(files=[document])
    [entry] = LedgerEntry.objects.all()
    assert (entry.kind, entry.version, entry.sha256) == ("diterbitkan", 1, document.sha256)
    assert (entry.document_id, entry.page_id, entry.office_code) == (document.pk, page.pk, "3673")
    assert entry.details == {
        "judul": "Naskah",
        "nama_berkas": "naskah.pdf",
        "judul_halaman": page.title,
        "alamat": page.full_url,
        "alasan": "",
    }
    record = FileRecord.objects.get()
    assert (record.state, record.first_entry, record.page_id) == (FileState.CURRENT, 1, page.pk)


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED])
def test_what_was_never_public_is_not_recorded(document, state):
    factories.RegulationPageFactory(files=[document], state=state)
    replaced(document)
    reconcile()
    assert log() == []


@pytest.mark.parametrize("state", [State.LIVE, State.DRAFT])
def test_file_of_an_exempted_entry_is_not_recorded(document, office, state):
    factories.ExemptedInformationPageFactory(dokumen_induk=document, state=state)
    factories.ExemptedInformationPageFactory(files=[factories.DocumentFactory(office=office)], state=state)
    factories.RegulationPageFactory(files=[document])
    assert log() == []


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (State.EXPIRED, "Masa tayang halamannya berakhir."),
        (State.WITHDRAWN, "Halamannya tidak lagi terbit."),
        (State.PRIVATE, "Tidak lagi terbuka untuk umum."),
        (State.DELETED, "Tidak lagi dilampirkan pada halamannya."),
    ],
)
def test_withdrawal_follows_the_page_at_once(document, state, reason):
    factories.RegulationPageFactory(files=[document], state=state)
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]
    assert LedgerEntry.objects.last().details["alasan"] == reason
    assert FileRecord.objects.get().state == FileState.WITHDRAWN


def test_reason_of_a_withdrawn_page_is_told(document):
    page = factories.RegulationPageFactory(files=[document])
    withdraw(page, "Memuat lampiran yang keliru.")
    last = LedgerEntry.objects.last()
    assert (last.kind, last.details["alasan"]) == ("ditarik", "Memuat lampiran yang keliru.")
    assert last.details["judul"] == "Naskah"


def test_a_title_that_must_not_be_read_is_forgotten_everywhere(document):
    page = factories.RegulationPageFactory(files=[document])
    withdraw(page, "Judul memuat nama orang.", show_title=False)
    first, last = LedgerEntry.objects.all()
    assert (first.details, first.salt) == (None, "")
    assert last.details == {
        "judul": "", "nama_berkas": "", "judul_halaman": "", "alamat": "", "alasan": "Judul memuat nama orang."
    }  # fmt: skip


def test_publishing_again_is_recorded(document):
    page = factories.RegulationPageFactory(files=[document])
    page.unpublish()
    page.save_revision().publish()
    assert log() == [("diterbitkan", 1), ("ditarik", 1), ("dibuka_kembali", 1)]


def test_replacement_names_both_files_and_why(document):
    factories.RegulationPageFactory(files=[document])
    old = document.sha256
    replaced(document, reason="Salah ketik pada Pasal 4")
    assert log() == [("diterbitkan", 1), ("diganti", 2)]
    last = LedgerEntry.objects.last()
    assert (last.replaced_version, last.replaced_sha256, last.sha256) == (1, old, document.sha256)
    assert last.details["alasan"] == "Salah ketik pada Pasal 4"
    states = dict(FileRecord.objects.values_list("sha256", "state"))
    assert states == {old: FileState.SUPERSEDED, document.sha256: FileState.CURRENT}


def test_replacement_through_the_form_is_recorded(client, document, office):
    create_groups(office)
    factories.RegulationPageFactory(files=[document])
    client.force_login(factories.UserFactory(office=office, ppid=True))
    form = {
        "title": document.title,
        "collection": document.collection_id,
        "file": SimpleUploadedFile("baru.pdf", pdf_bytes(["isi baru"])),
        "replace_reason": "Salah unggah",
        "keep_open": "on",
    }
    client.post(reverse("wagtaildocs:edit", args=[document.pk]), form)
    assert log() == [("diterbitkan", 1), ("diganti", 2), ("versi_lama_dibuka", 1)]


def test_versions_replaced_before_publication_are_not_named(document):
    replaced(document)
    factories.RegulationPageFactory(files=[document])
    assert log() == [("diterbitkan", 2)]


def test_file_replaced_while_its_page_was_away_is_recorded_as_replaced(document):
    page = factories.RegulationPageFactory(files=[document])
    page.unpublish()
    replaced(document)
    page.save_revision().publish()
    assert log() == [("diterbitkan", 1), ("ditarik", 1), ("diganti", 2)]
    assert FileRecord.objects.get(version=1).state == FileState.SUPERSEDED


def test_exempting_a_public_file_withdraws_it_without_a_word(document, office):
    factories.RegulationPageFactory(files=[document])
    factories.ExemptedInformationPageFactory(dokumen_induk=document, draft=True)
    last = LedgerEntry.objects.last()
    assert (last.kind, last.details["alasan"]) == ("ditarik", "Tidak lagi terbuka untuk umum.")


def test_consequence_test_withdraws_its_sheet(document):
    factories.RegulationPageFactory(files=[document])
    factories.ConsequenceTestFactory(lembar_pengujian=document)
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]


def test_restrictions_close_and_open(document, office):
    page = factories.RegulationPageFactory(files=[document])
    restriction = PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    restriction.delete()
    closed = CollectionViewRestriction.objects.create(collection=office.collection, restriction_type="login")
    closed.delete()
    again = [("ditarik", 1), ("dibuka_kembali", 1)]
    assert log() == [("diterbitkan", 1), *again, *again]


def test_deleted_file_is_recorded(document):
    page = factories.RegulationPageFactory(files=[document])
    page.files.all().delete()
    document.delete()
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]


def test_file_taken_off_its_page_is_recorded(document, office):
    page = factories.RegulationPageFactory(files=[document])
    other = factories.DocumentFactory(office=office)
    attached = page.files.first()
    attached.document = other
    page.files = [attached]
    page.save_revision().publish()
    kinds = {(entry.kind, entry.document_id) for entry in LedgerEntry.objects.all()}
    assert kinds == {("diterbitkan", document.pk), ("ditarik", document.pk), ("diterbitkan", other.pk)}


def test_file_exchanged_on_a_procedure_is_recorded(document, office):
    page = factories.SOPPageFactory(document=document)
    page.document = factories.DocumentFactory(office=office)
    page.save_revision().publish()
    assert sorted(kind for kind, _ in log()) == ["ditarik", "diterbitkan", "diterbitkan"]


def test_second_page_keeps_a_file_public_and_becomes_its_place(document):
    first = factories.RegulationPageFactory(files=[document])
    second = factories.RegulationPageFactory(files=[document])
    first.unpublish()
    assert log() == [("diterbitkan", 1)]
    assert FileRecord.objects.get().page_id == second.pk
    second.unpublish()
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]


def test_page_that_moves_into_a_closed_section_withdraws(document, office):
    page = factories.RegulationPageFactory(files=[document])
    closed = factories.section_of(office, type(factories.DIPEntryPageFactory().get_parent().specific))
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page.move(closed, pos="last-child")
    assert log()[0] == ("diterbitkan", 1)
    assert log()[-1] == ("ditarik", 1)


def test_what_flips_by_the_clock_is_found(document, time_machine):
    page = factories.RegulationPageFactory(files=[document])
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() + dt.timedelta(hours=1))
    assert reconcile() == ""
    time_machine.move_to(timezone.now() + dt.timedelta(hours=2))
    assert reconcile() == "1 perubahan dicatat"
    assert reconcile() == ""
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]
    assert LedgerEntry.objects.last().details["alasan"] == "Masa tayang halamannya berakhir."
    publish_scheduled()
    assert len(log()) == 2


def test_scheduled_publication_is_recorded_at_its_hour(document, time_machine):
    factories.RegulationPageFactory(files=[document], scheduled=True)
    time_machine.move_to(timezone.now() + dt.timedelta(days=8))
    publish_scheduled()
    [entry] = LedgerEntry.objects.all()
    assert entry.recorded_at.date() == timezone.now().date()


def test_files_that_became_public_past_every_signal_are_found(document):
    page = factories.RegulationPageFactory(files=[document], draft=True)
    type(page).objects.filter(pk=page.pk).update(live=True)
    assert log() == []
    assert reconcile() == "1 perubahan dicatat"
    assert log() == [("diterbitkan", 1)]


# --- earlier versions and withdrawals ---------------------------------------------------------------------------------


def test_opening_and_closing_an_earlier_version(document):
    factories.RegulationPageFactory(files=[document])
    replaced(document)
    set_open(document, 1, True)
    set_open(document, 1, False)
    assert log()[2:] == [("versi_lama_dibuka", 1), ("versi_lama_ditutup", 1)]
    with pytest.raises(NotPossible):
        set_open(document, 9, True)


def test_withdrawn_current_file_is_recorded_and_comes_back(document):
    factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Salah unggah.")
    withdraw_version(document, 1, "Dua kali.")
    assert log() == [("diterbitkan", 1), ("ditarik", 1)]
    assert LedgerEntry.objects.last().details["alasan"] == "Salah unggah."
    take_back(document, 1)
    assert log()[2:] == [("dibuka_kembali", 1)]


def test_file_after_a_withdrawn_one_is_published_not_a_replacement(document):
    factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Salah unggah.")
    replaced(document)
    assert log() == [("diterbitkan", 1), ("ditarik", 1), ("diterbitkan", 2)]
    assert FileRecord.objects.get(version=1).state == FileState.WITHDRAWN


def test_withdrawn_earlier_version_and_back(document):
    factories.RegulationPageFactory(files=[document])
    replaced(document, keep_open=True)
    withdraw_version(document, 1, "Memuat NIK.")
    assert log()[-1] == ("ditarik", 1)
    assert FileRecord.objects.get(version=1).state == FileState.WITHDRAWN
    DocumentVersion.objects.get().save()
    assert log()[-1] == ("ditarik", 1)
    set_open(document, 1, False)
    take_back(document, 1)
    assert log()[-1] == ("dibuka_kembali", 1)
    assert FileRecord.objects.get(version=1).state == FileState.SUPERSEDED


def test_version_that_was_never_public_cannot_be_withdrawn(document):
    replaced(document)
    factories.RegulationPageFactory(files=[document])
    with pytest.raises(NotPossible):
        withdraw_version(document, 1, "Keliru.")


def test_withdrawal_may_forget_the_words(document):
    factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Judul memuat NIK.", forget_words=True)
    first, last = LedgerEntry.objects.all()
    assert first.details is None
    assert last.details["judul"] == ""
    assert last.details["alasan"] == "Judul memuat NIK."


# --- only ever added --------------------------------------------------------------------------------------------------


def test_entries_cannot_be_changed_or_deleted(document):
    factories.RegulationPageFactory(files=[document])
    entry = LedgerEntry.objects.get()
    entry.sha256 = "0" * 64
    for attempt in (
        entry.save,
        entry.delete,
        LedgerEntry.objects.all().delete,
        lambda: LedgerEntry.objects.update(version=2),
        lambda: LedgerEntry.objects.bulk_update([entry], ["sha256"]),
        lambda: LedgerEntry._base_manager.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


def test_entry_and_publication_stand_or_fall_together(document, monkeypatch):
    from documents.verification import recording

    def broken(entries):
        raise RuntimeError

    page = factories.RegulationPageFactory(files=[document], draft=True)
    monkeypatch.setattr(recording, "append", broken)
    with pytest.raises(RuntimeError):
        page.save_revision().publish()
    page.refresh_from_db()
    assert not page.live
    assert log() == []


def test_number_of_queries_does_not_grow_with_the_files(office, django_assert_max_num_queries):
    def publish(count):
        files = [factories.DocumentFactory(office=office) for _ in range(count)]
        page = factories.RegulationPageFactory(files=files, draft=True)
        LedgerHead.objects.get_or_create(pk=1)
        with django_assert_max_num_queries(2000) as asked:
            type(page).objects.filter(pk=page.pk).update(live=True)
            reconcile()
        return len(asked)

    publish(1)
    assert publish(8) <= publish(2) + 1
