"""`manage.py clean_documents`: files from before the checks get what an upload gets today; nothing is lost of them."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.urls import reverse

from documents.enums import ScanState
from documents.models import DocumentPage, OfficeDocument
from documents.reading import corrections
from documents.scanning import older_files
from documents.services import replace_file
from documents.verification.checking import verify
from documents.verification.enums import Verdict
from documents.verification.lookup import look_up
from documents.verification.models import LedgerEntry
from documents.verification.withdrawing import take_back, withdraw_version
from tests import factories
from tests.clamav import StandIn
from tests.documents import hostile, videos
from tests.documents.test_metadata import AUTHOR, named_pdf, photo
from tests.sample_files import pdf_bytes
from tests.signing import holder, sign

pytestmark = pytest.mark.django_db


def run(*options) -> tuple[int, str]:
    """Return the exit code of the command and all it printed."""
    out = io.StringIO()
    try:
        call_command("clean_documents", *options, stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def older(data: bytes, name: str = "DPT.pdf", **fields) -> OfficeDocument:
    """A file as one was stored before the checks existed: its text read, nothing known of what it carries."""
    document = factories.DocumentFactory(
        office=factories.shared_office(), file_name=name, title="Judul terbit"
    )
    storage = document.file.storage
    storage.purge(document.file.name)
    document.file_size = len(data)
    document.sha256, document.file_hash = hashlib.sha256(data).hexdigest(), hashlib.sha1(data).hexdigest()
    document.file = storage.save(document.file.name, ContentFile(data))
    kept = ("file", "sha256", "file_hash", "file_size")
    values = {name: getattr(document, name) for name in kept} | fields
    OfficeDocument.objects.filter(pk=document.pk).update(**values)
    return OfficeDocument.objects.get(pk=document.pk)


def again(document: OfficeDocument) -> OfficeDocument:
    return OfficeDocument.objects.get(pk=document.pk)


# --- cleaning ---------------------------------------------------------------------------------------------------------


def test_cleaned_file_is_the_next_version_and_the_log_says_why(each_store, fetch):
    data = named_pdf()
    document = older(data)
    factories.RegulationPageFactory(files=[document])
    code, said = run()
    assert (code, said) == (0, "1 dari 1 berkas: 1 dibersihkan.\n")
    published = again(document)
    content = fetch(published.url).content
    assert AUTHOR.encode() not in content
    assert published.version == 2
    assert published.sha256 == hashlib.sha256(content).hexdigest() != document.sha256
    assert published.file_size == len(content)
    assert f"Penulis: {AUTHOR}" in published.removed_metadata
    [version] = published.versions.all()
    assert (version.number, version.sha256, version.reason) == (1, document.sha256, older_files.REASON)
    assert not version.is_open
    assert version.file.read() == published.original_file.read() == data
    assert fetch(version.url).status_code == fetch(published.original_url).status_code == 404
    entry = LedgerEntry.objects.last()
    assert (entry.kind, entry.version, entry.replaced_sha256) == ("diganti", 2, document.sha256)
    assert entry.details["alasan"] == older_files.REASON
    assert verify(read_files=True).faults == []


def test_printed_code_of_the_former_file_still_answers(client):
    document = older(named_pdf())
    factories.RegulationPageFactory(files=[document])
    run()
    answer = look_up(document.sha256)
    assert answer.verdict == Verdict.SUPERSEDED
    assert answer.findings[0].reason == older_files.REASON
    page = client.get(reverse("verification:answer", args=[document.sha256])).content.decode()
    assert "Pernah asli, sudah diganti" in page
    assert older_files.REASON in page
    assert look_up(again(document).sha256).verdict == Verdict.CURRENT


def test_second_run_finds_nothing_to_do():
    document = older(named_pdf())
    factories.RegulationPageFactory(files=[document])
    run()
    state = again(document).sha256, again(document).version, LedgerEntry.objects.count()
    assert run() == (0, "0 dari 0 berkas.\n")
    assert state == (again(document).sha256, again(document).version, LedgerEntry.objects.count())


def test_texts_their_corrections_and_the_picture_stay(django_capture_on_commit_callbacks):
    document = older(named_pdf())
    document.thumbnail.save("gambar.webp", ContentFile(b"gambar"))
    document.searchable_copy.save("salinan.pdf", ContentFile(named_pdf()))
    copy = document.searchable_copy.name
    page = document.pages.get(number=1)
    corrections.correct(document, 1, "Dikoreksi orang", None, corrections.state_of(document, page))
    with django_capture_on_commit_callbacks(execute=True):
        run()
    cleaned = again(document)
    assert (cleaned.extraction_state, cleaned.pages.get(number=1).text) == ("selesai", "Dikoreksi orang")
    assert [row.text for row in corrections.history(cleaned, 1)] == ["Dikoreksi orang"]
    assert cleaned.thumbnail.name == document.thumbnail.name
    assert not cleaned.searchable_copy  # it named the author
    assert not default_storage.exists(copy)


def test_reading_that_was_going_on_begins_anew(django_capture_on_commit_callbacks):
    document = older(named_pdf(), extraction_state="menunggu")
    DocumentPage.objects.filter(document=document).delete()
    with django_capture_on_commit_callbacks(execute=True):
        run()
    cleaned = again(document)
    assert (cleaned.version, cleaned.extraction_state, cleaned.extraction_reason) == (2, "selesai", "")
    assert [page.text for page in cleaned.pages.all()] == ["Daftar Pemilih Tetap", "Halaman kedua"]


def test_picture_is_cleaned_too():
    document = older(photo(), "foto.jpg", mime_type="image/jpeg")
    assert run()[0] == 0
    assert "Lokasi pengambilan gambar (GPS)" in again(document).removed_metadata


def test_file_that_carries_nothing_keeps_its_bytes_and_version():
    document = older(pdf_bytes(["isi"]), scan_state=ScanState.CLEAN)
    assert run() == (0, "1 dari 1 berkas: 1 tidak perlu diubah.\n")
    looked_at = again(document)
    assert (looked_at.version, looked_at.sha256) == (1, document.sha256)
    assert looked_at.scan_state == ScanState.CLEAN
    assert looked_at.is_examined
    assert not looked_at.versions.exists()


def test_signed_file_is_never_rewritten_and_its_signature_is_read(django_capture_on_commit_callbacks):
    root = holder("Induk Uji")
    data = sign(named_pdf(), holder("Kepala Contoh", root), root)
    document = older(data)
    with django_capture_on_commit_callbacks(execute=True):
        code, said = run()
    assert (code, said) == (0, "1 dari 1 berkas: 1 bertanda tangan, dibiarkan utuh.\n")
    signed = again(document)
    assert signed.file.read() == data
    assert (signed.version, signed.is_signed) == (1, True)
    assert f"Penulis: {AUTHOR}" in signed.kept_metadata
    assert signed.signature_list[0].signer == "Kepala Contoh"


def test_file_that_cannot_be_cleaned_is_told_and_stays():
    document = older(photo()[:-30], "a.jpg", mime_type="image/jpeg")
    code, said = run()
    assert code == 1
    assert f"MASIH MEMUAT METADATA  dokumen {document.pk} versi 1 “Judul terbit”" in said
    assert "Lokasi pengambilan gambar (GPS)" in said
    assert again(document).sha256 == document.sha256


# --- danger -----------------------------------------------------------------------------------------------------------


def test_hostile_file_is_closed_and_reported(client):
    change, words = hostile.PDFS["script when it opens"]
    document = older(hostile.pdf(change))
    factories.RegulationPageFactory(files=[document])
    assert client.get(document.url).status_code == 200
    code, said = run()
    assert code == 1
    assert f"DIKARANTINA  dokumen {document.pk} versi 1 “Judul terbit”" in said
    assert words in said
    assert said.endswith("1 dikarantina.")
    assert again(document).scan_state == ScanState.INFECTED
    assert client.get(document.url).status_code == 404
    assert LedgerEntry.objects.last().kind == "ditarik"
    assert verify().faults == []
    assert run()[0] == 0


def test_kind_that_is_no_longer_accepted_is_closed(client):
    document = older(b"<!doctype html><script>1</script>", "a.pdf", mime_type="application/octet-stream")
    factories.RegulationPageFactory(files=[document])
    code, said = run()
    assert code == 1
    assert "Halaman web dan berkas skrip tidak diterima" in said
    assert client.get(document.url).status_code == 404


def test_hostile_earlier_version_is_closed_and_an_open_one_with_names_is_told(client):
    first, second = older(hostile.pdf(hostile.PDFS["script when it opens"][0])), older(named_pdf())
    factories.RegulationPageFactory(files=[first, second])
    for document in (first, second):
        replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"), keep_open=True)
    versions = [document.versions.get() for document in (first, second)]
    assert [client.get(version.url).status_code for version in versions] == [200, 200]
    code, said = run()
    assert code == 1
    assert f"DIKARANTINA  dokumen {first.pk} versi 1" in said
    assert f"MASIH MEMUAT METADATA  dokumen {second.pk} versi 1" in said
    assert [client.get(version.url).status_code for version in versions] == [404, 200]
    assert second.versions.get().sha256 == versions[1].sha256
    assert verify(read_files=True).faults == []
    assert run()[0] == 0


# --- what must not happen ---------------------------------------------------------------------------------------------


def test_dry_run_says_the_same_and_changes_nothing():
    documents = [older(named_pdf()), older(hostile.pdf(hostile.PDFS["script when it opens"][0]))]
    before = list(OfficeDocument.objects.order_by("pk").values())
    files = sorted(key for key, _size, _when in default_storage.walk())
    code, said = run("--dry-run")
    assert code == 1
    assert "2 dari 2 berkas: 1 dibersihkan, 1 dikarantina." in said
    assert "Tidak ada yang diubah" in said
    assert list(OfficeDocument.objects.order_by("pk").values()) == before
    assert sorted(key for key, _size, _when in default_storage.walk()) == files
    assert not documents[0].versions.exists()


def test_withdrawn_file_is_not_opened_by_a_new_version(client):
    document = older(named_pdf())
    factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Salah unggah")
    assert run() == (0, "1 dari 1 berkas: 1 sedang ditarik, dilewati.\n")
    assert client.get(document.url).status_code == 410
    take_back(document, 1)
    assert run()[0] == 0
    assert again(document).version == 2


def test_upload_of_today_is_left_alone():
    document = OfficeDocument(title="Baru", file=ContentFile(named_pdf(), name="a.pdf"))
    document.collection = factories.shared_office().collection
    document.save()
    assert run() == (0, "0 dari 0 berkas.\n")


def test_interrupted_run_goes_on_where_it_stopped():
    for _number in range(3):
        older(named_pdf())
    code, said = run("--limit", "1")
    assert (code, said) == (0, "1 dari 1 berkas: 1 dibersihkan.\n2 berkas lagi menunggu putaran berikut.\n")
    assert run()[1] == "2 dari 2 berkas: 2 dibersihkan.\n"
    assert OfficeDocument.objects.filter(version=2).count() == 3


def test_kind_whose_checks_have_learned_is_looked_at_again():
    """The first edition left notes in videos; a PDF that it has seen is seen."""
    film = videos.mp4(in_film=(videos.box(b"udta", videos.said(b"\xa9ART", AUTHOR)),))
    older(film, "a.mp4", mime_type="video/mp4", checks_edition=1)
    older(named_pdf(), checks_edition=1)
    assert run() == (0, "1 dari 1 berkas: 1 dibersihkan.\n")
    assert OfficeDocument.objects.get(version=2).removed_metadata == [f"Penulis: {AUTHOR}"]


def test_named_documents_alone():
    first, second = older(named_pdf()), older(named_pdf())
    run(str(second.pk))
    assert (again(first).version, again(second).version) == (1, 2)


def test_missing_file_is_told_and_the_others_are_cleaned():
    gone, there = older(named_pdf()), older(named_pdf())
    default_storage.purge(gone.file.name)
    code, said = run()
    assert code == 1
    assert f"HILANG DARI PENYIMPANAN  dokumen {gone.pk} versi 1" in said
    assert "check_documents" in said
    assert (again(gone).version, again(there).version) == (1, 2)


def test_file_replaced_meanwhile_is_not_overwritten():
    document = older(named_pdf())
    replace_file(again(document), ContentFile(pdf_bytes(["baru"]), name="b.pdf"))
    files = {key for key, _size, _when in default_storage.walk()}
    assert older_files.examine_document(document).outcome == older_files.Outcome.OVERTAKEN
    assert again(document).version == 2
    assert {key for key, _size, _when in default_storage.walk()} == files


def test_deleting_the_document_deletes_what_two_rows_name(each_store, django_capture_on_commit_callbacks):
    document = older(named_pdf())
    run()
    with django_capture_on_commit_callbacks(execute=True):
        again(document).delete()
    assert [key for key, _size, _when in default_storage.walk()] == []


@pytest.mark.s3
def test_store_that_is_away_ends_the_run(use_bucket):
    document = older(named_pdf())
    use_bucket(endpoint_url="http://127.0.0.1:9")
    code, said = run()
    assert code == 2
    assert "Terhenti setelah 0 berkas" in said
    assert "Jalankan lagi" in said
    assert again(document).version == 1


def test_cleaned_copy_is_scanned_before_the_public_gets_it(client, settings):
    document = older(named_pdf(), scan_state=ScanState.CLEAN)
    factories.RegulationPageFactory(files=[document])
    settings.CLAMD_URL = "tcp://127.0.0.1:9"
    code, said = run()
    assert code == 2
    assert "Peladen antivirus" in said
    assert again(document).version == 1
    with StandIn() as scanner:
        settings.CLAMD_URL = scanner.url
        assert run()[0] == 0
    cleaned = again(document)
    assert (cleaned.version, cleaned.scan_state) == (2, ScanState.CLEAN)
    assert client.get(cleaned.url).status_code == 200
    assert [entry.kind for entry in LedgerEntry.objects.all()] == ["diterbitkan", "diganti"]


def test_officer_reads_that_a_file_has_not_been_looked_at(client):
    document = older(named_pdf())
    client.force_login(factories.UserFactory(superuser=True))
    address = reverse("wagtaildocs:edit", args=[document.pk])
    assert "isinya belum dilihat" in client.get(address).content.decode()
    run()
    page = client.get(address).content.decode()
    assert "isinya belum dilihat" not in page
    assert f"Penulis: {AUTHOR}" in page
