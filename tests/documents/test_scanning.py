"""What is refused at the door, what is held back behind it, and who may open it then."""

import io
import random
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from documents import access
from documents.enums import ScanState
from documents.models import DocumentVersion, OfficeDocument
from documents.scanning import checking, clamd, intake
from documents.scanning.danger import EICAR
from documents.scanning.runner import REASON_UNCHECKED
from home.enums import Role
from tests import factories
from tests.clamav import STREAM_LIMIT, StandIn, clamd_program, real_clamd
from tests.documents import hostile, samples
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.UserFactory(superuser=True)
    client.force_login(user)
    return user


def upload(client, name, data, title="Judul yang sudah diketik"):
    form = {
        "title": title,
        "file": SimpleUploadedFile(name, data),
        "collection": factories.shared_office().collection.pk,
    }
    return client.post(reverse("wagtaildocs:add"), form)


def refuses(client, name, data, words):
    page = upload(client, name, data).content.decode()
    assert words in page
    assert "Judul yang sudah diketik" in page
    assert not OfficeDocument.objects.exists()


def stored(data: bytes, name: str = "a.pdf", **fields) -> OfficeDocument:
    """Store a file as a program would; its tasks run at once."""
    document = OfficeDocument(title="Berkas", file=ContentFile(data, name=name), **fields)
    document.collection = factories.shared_office().collection
    document.save()
    return OfficeDocument.objects.get(pk=document.pk)


# --- at the door ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", hostile.PDFS)
def test_pdf_that_acts_is_refused(client, officer, kind):
    change, words = hostile.PDFS[kind]
    refuses(client, "surat.pdf", hostile.pdf(change), words)


@pytest.mark.parametrize("kind", hostile.WORD_FILES)
def test_word_file_that_acts_is_refused(client, officer, tmp_path, kind):
    refuses(client, "surat.docx", hostile.word(tmp_path, kind), hostile.WORD_FILES[kind][2])


def test_signed_pdf_with_a_script_is_refused(client, officer):
    from tests.signing import holder, sign

    root = holder("Induk Uji")
    data = sign(hostile.pdf(hostile.PDFS["script when it opens"][0]), holder("Penanda", root), root)
    refuses(client, "a.pdf", data, "Minta penanda tangan menerbitkan ulang")


def test_locked_pdf_is_refused(client, officer, tmp_path):
    data = samples.locked_pdf(tmp_path / "a.pdf", user_password="rahasia").read_bytes()
    refuses(client, "a.pdf", data, "dikunci dengan kata sandi")


def test_pdf_with_an_owner_password_keeps_it(client, officer, tmp_path):
    import pikepdf

    upload(client, "a.pdf", samples.locked_pdf(tmp_path / "a.pdf").read_bytes())
    with pikepdf.open(OfficeDocument.objects.get().file) as published:
        assert published.is_encrypted
        assert not published.allow.extract
        assert "/Producer" not in published.docinfo


@pytest.mark.parametrize(("name", "data"), [("a.txt", EICAR), ("a.csv", b"\xef\xbb\xbf" + EICAR + b"\r\n")])
def test_the_antivirus_test_file_is_refused(client, officer, name, data):
    refuses(client, name, data, "EICAR")


def test_text_that_tells_of_the_test_file_is_none(client, officer):
    upload(client, "a.txt", b"Berkas uji antivirus: " + EICAR)
    assert OfficeDocument.objects.exists()


def test_image_bomb_is_refused_unopened(client, officer):
    refuses(client, "a.png", hostile.png_bomb(), "3600 megapiksel")


def test_tiff_of_too_many_frames_is_refused(client, officer, monkeypatch, tmp_path):
    from documents.scanning import pictures
    from documents.scanning.types import Dangerous

    frames = [Image.new("1", (8, 8), shade % 2) for shade in range(4)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    pictures.check_picture(tmp_path / "a.tif")
    monkeypatch.setattr(pictures, "MAX_FRAMES", 3)
    with pytest.raises(Dangerous, match="terlalu banyak halaman"):
        pictures.check_picture(tmp_path / "a.tif")


def test_tiff_whose_frames_go_in_a_circle_comes_to_an_end(client, officer):
    upload(client, "a.tif", hostile.endless_tiff())
    assert OfficeDocument.objects.count() <= 1


def test_excel_file_that_starts_programs_is_refused(client, officer, tmp_path):
    path = samples.workbook(tmp_path / "a.xlsx", {"A": [["=cmd|' /C calc'!A0"]]})
    refuses(client, "a.xlsx", path.read_bytes(), "DDE")


def test_harmless_actions_pass(client, officer):
    import pikepdf

    def goto(pdf):
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=[pdf.pages[0].obj, pikepdf.Name.Fit])

    upload(client, "a.pdf", hostile.pdf(goto))
    assert OfficeDocument.objects.exists()


def _originals(tmp_path) -> dict[str, bytes]:
    originals = {
        "a.pdf": samples.text_pdf(tmp_path / "a.pdf").read_bytes(),
        "a.docx": samples.word(tmp_path / "a.docx", samples.paragraph("isi")).read_bytes(),
        "a.xlsx": samples.workbook(tmp_path / "a.xlsx", {"A": [["x"]]}).read_bytes(),
    }
    for name, kind in (("a.png", "PNG"), ("a.jpg", "JPEG"), ("a.tif", "TIFF")):
        target = io.BytesIO()
        Image.effect_noise((40, 40), 50).save(target, kind)
        originals[name] = target.getvalue()
    return originals


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.png", "a.jpg", "a.tif"])
def test_broken_files_are_refused_or_stored_and_never_an_error(tmp_path, name):
    """Cut and damaged files of every kind: the look at them gives a value, whatever stands in them."""
    from documents.extraction import kinds
    from documents.scanning.child import examine

    data, chance = _originals(tmp_path)[name], random.Random(name)
    path, target = tmp_path / f"rusak-{name}", tmp_path / f"bersih-{name}"
    outcomes = set()
    for attempt in range(40):
        damaged = bytearray(data[: chance.randrange(20, len(data))] if attempt % 2 else data)
        for _change in range(chance.randrange(1, 30)):
            damaged[chance.randrange(12, len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            kind = kinds.detect_path(path)
        except kinds.Refused:
            continue
        found = examine(path, kind.name, target, "Judul")
        assert not (found.refusal and found.cleaned)
        outcomes.add(bool(found.refusal))
    assert outcomes


def test_file_that_breaks_the_child_is_refused_with_a_reason(client, officer, monkeypatch):
    from documents.extraction.types import Limits
    from documents.scanning import runner

    monkeypatch.setattr(runner, "INTAKE_LIMITS", Limits(wall_seconds=0.01))
    refuses(client, "a.pdf", pdf_bytes(["isi"]), REASON_UNCHECKED)


# --- behind the door --------------------------------------------------------------------------------------------------


def test_dangerous_file_stored_by_a_program_is_quarantined(client):
    document = stored(hostile.pdf(hostile.PDFS["program"][0]))
    factories.RegulationPageFactory(files=[document])
    assert document.scan_state == ScanState.INFECTED
    assert "menjalankan program" in document.scan_reason
    assert client.get(document.url).status_code == 404
    assert client.get(f"/api/v1/files/{document.pk}").status_code == 404


def test_only_an_administrator_opens_a_quarantined_file(client):
    document = stored(hostile.pdf(hostile.PDFS["program"][0]))
    for role in (Role.EDITOR, Role.PPID):
        client.force_login(factories.UserFactory(role=role, office=factories.shared_office()))
        for url in (document.url, f"/dokumen/{document.pk}/teks/", f"/documents/{document.pk}/a.pdf"):
            assert client.get(url).status_code == 404
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "Dikarantina." in page
    assert "menjalankan program" in page
    assert "1 berkas dikarantina" in client.get("/admin/").content.decode()
    client.force_login(factories.UserFactory(superuser=True))
    assert client.get(document.url).status_code == 200


def test_quarantined_file_stays_closed_as_an_opened_version(client):
    document = stored(hostile.pdf(hostile.PDFS["program"][0]))
    from documents import services

    factories.RegulationPageFactory(files=[document])
    services.replace_file(document, ContentFile(pdf_bytes(["bersih"]), name="b.pdf"), keep_open=True)
    document.refresh_from_db()
    version = document.versions.get()
    assert document.scan_state == ScanState.NOT_SCANNED
    assert client.get(document.url).status_code == 200
    assert version.scan_state == ScanState.INFECTED
    assert client.get(version.url).status_code == 404
    client.force_login(factories.UserFactory(role=Role.PPID, office=factories.shared_office()))
    assert client.get(version.url).status_code == 404
    client.force_login(factories.UserFactory(superuser=True))
    assert client.get(version.url).status_code == 200


def test_large_file_is_looked_at_by_the_worker(
    client, monkeypatch, settings, django_capture_on_commit_callbacks
):
    """It is stored unseen and is not public until then; what is published is the cleaned copy."""
    import pikepdf

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}
    monkeypatch.setattr(intake, "AT_ONCE_BYTES", 10)
    with pikepdf.open(io.BytesIO(pdf_bytes(["isi"]))) as pdf:
        pdf.docinfo["/Author"] = "Staf Contoh"
        target = io.BytesIO()
        pdf.save(target)
    document = stored(target.getvalue())
    factories.RegulationPageFactory(files=[document])
    assert not document.is_checked
    assert document.check_due_at is not None
    assert client.get(document.url).status_code == 404
    checking.check(document.pk, str(document.extraction_token))
    document.refresh_from_db()
    assert document.is_checked
    assert document.check_due_at is None
    published = b"".join(client.get(document.url).streaming_content)
    assert b"Staf Contoh" not in published
    assert document.original_file.read() == target.getvalue()
    assert document.file_size == len(published)


def test_large_dangerous_file_is_quarantined_by_the_worker(client, monkeypatch):
    monkeypatch.setattr(intake, "AT_ONCE_BYTES", 10)
    document = stored(hostile.pdf(hostile.PDFS["program"][0]))
    factories.RegulationPageFactory(files=[document])
    assert document.scan_state == ScanState.INFECTED
    assert client.get(document.url).status_code == 404


def test_without_an_antivirus_server_files_are_public_and_officers_are_told(client, officer):
    document = stored(pdf_bytes(["isi"]))
    page = factories.RegulationPageFactory(files=[document])
    assert client.get(document.url).status_code == 200
    assert (
        "Belum dipindai antivirus"
        in client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    )
    assert "dipindai" not in client.get(page.url).content.decode()


# --- with an antivirus server -----------------------------------------------------------------------------------------


def test_file_is_public_once_it_was_found_clean(client, settings):
    with StandIn() as server:
        settings.CLAMD_URL = server.url
        document = stored(pdf_bytes(["isi"]))
    factories.RegulationPageFactory(files=[document])
    assert document.scan_state == ScanState.CLEAN
    assert document.scanned_at is not None
    assert server.seen == [document.file_size]
    assert client.get(document.url).status_code == 200


def test_infected_file_is_withheld_everywhere(client, settings):
    with StandIn(b"stream: Win.Contoh-1 FOUND\0") as server:
        settings.CLAMD_URL = server.url
        document = stored(pdf_bytes(["isi rahasia"]))
    page = factories.RegulationPageFactory(files=[document])
    assert document.scan_state == ScanState.INFECTED
    assert "Win.Contoh-1" in document.scan_reason
    for url in (document.url, f"/dokumen/{document.pk}/teks/", f"/api/v1/files/{document.pk}"):
        assert client.get(url).status_code == 404
    assert document.filename not in client.get(page.url).content.decode()
    assert access.public_among([document.pk]) == set()


def test_file_waits_while_the_server_is_away(client, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    document = stored(pdf_bytes(["isi"]))
    factories.RegulationPageFactory(files=[document])
    assert document.scan_state == ScanState.FAILED
    assert "tidak dapat dihubungi" in document.scan_reason
    assert document.check_due_at > timezone.now()
    assert client.get(document.url).status_code == 404
    client.force_login(factories.UserFactory(superuser=True))
    assert "1 berkas belum berhasil dipindai" in client.get("/admin/").content.decode()
    assert (
        "pemindaian diulang sendiri"
        in client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    )
    client.logout()
    with StandIn() as server:
        settings.CLAMD_URL = server.url
        assert checking.check_waiting() == ""  # its pause is not over
        OfficeDocument.objects.update(check_due_at=timezone.now() - timedelta(seconds=1))
        checking.check_waiting()
    document.refresh_from_db()
    assert document.scan_state == ScanState.CLEAN
    assert document.check_due_at is None
    assert client.get(document.url).status_code == 200


@pytest.mark.parametrize("answer", [b"", b"omong kosong\0", b"stream: Can't open file ERROR\0"])
def test_odd_answer_is_no_clean_bill(settings, answer):
    with StandIn(answer) as server:
        settings.CLAMD_URL = server.url
        assert stored(pdf_bytes(["isi"])).scan_state == ScanState.FAILED


def test_files_from_before_the_server_are_scanned_by_the_scheduler(client, settings):
    document = stored(pdf_bytes(["isi"]))
    DocumentVersion.objects.create(
        document=document, number=9, file=document.file.name, file_name="a.pdf", sha256="0" * 64, size=1
    )
    factories.RegulationPageFactory(files=[document])
    with StandIn() as server:
        settings.CLAMD_URL = server.url
        assert client.get(document.url).status_code == 404
        assert "1 berkas" in checking.check_waiting()
        assert client.get(document.url).status_code == 200
    assert document.versions.get().scan_state == ScanState.CLEAN


def test_cleaned_file_and_its_upload_are_both_scanned(settings, tmp_path):
    with StandIn() as server:
        settings.CLAMD_URL = server.url
        document = stored(samples.text_pdf(tmp_path / "a.pdf").read_bytes())
    assert sorted(server.seen) == sorted([document.original_file.size, document.file.size])


@pytest.fixture(scope="module")
def clamav():
    if clamd_program() is None:
        pytest.skip("clamd is not installed here (Debian: clamav-daemon)")
    with real_clamd() as url:
        yield url


def test_real_clamd_answers(clamav, settings):
    settings.CLAMD_URL = clamav
    assert clamd.scan(io.BytesIO(b"isi biasa" * 1000)) == ""
    assert clamd.scan(io.BytesIO(EICAR)).startswith("Eicar-Test-Signature")


def test_real_clamd_refuses_what_is_too_large_for_it(clamav, settings):
    settings.CLAMD_URL = clamav
    with pytest.raises(clamd.TooLargeForScanner, match="StreamMaxLength"):
        clamd.scan(io.BytesIO(bytes(STREAM_LIMIT * 8)))


def test_real_clamd_clears_a_stored_file(clamav, settings):
    settings.CLAMD_URL = clamav
    assert stored(pdf_bytes(["isi"])).scan_state == ScanState.CLEAN


def test_entry_with_a_quarantined_file_is_not_handed_over():
    from catalogue.workflow.checks import submission_obstacles

    document = stored(hostile.pdf(hostile.PDFS["program"][0]))
    page = factories.RegulationPageFactory(files=[document], draft=True)
    assert any("dikarantina" in gap.message for gap in submission_obstacles(page))
    page = factories.RegulationPageFactory(files=[stored(pdf_bytes(["isi"]))], draft=True)
    assert not any("dikarantina" in gap.message for gap in submission_obstacles(page))


def test_command_scans_everything_that_waits(settings, capsys):
    from django.core.management import call_command

    documents = [stored(pdf_bytes([str(number)])) for number in range(2)]
    DocumentVersion.objects.create(
        document=documents[0],
        number=9,
        file=documents[0].file.name,
        file_name="a.pdf",
        sha256="0" * 64,
        size=1,
    )
    with StandIn() as server:
        settings.CLAMD_URL = server.url
        call_command("check_uploads")
    told = capsys.readouterr().out
    assert "2 berkas: Bersih menurut antivirus" in told
    assert "1 versi lama dipindai" in told
    assert OfficeDocument.objects.filter(scan_state=ScanState.CLEAN).count() == 2
