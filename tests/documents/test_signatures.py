"""Electronic signatures: published byte for byte, read in the worker, told plainly."""

import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.enums import IssuerState, SignatureState
from documents.models import OfficeDocument
from documents.scanning import signatures
from tests import factories
from tests.sample_files import pdf_bytes
from tests.signing import holder, sign

pytestmark = pytest.mark.django_db

ROOT = holder("Induk Uji")
SIGNER = holder("Kepala Contoh", ROOT)
PLAIN = pdf_bytes(["Keputusan Kepala tentang Contoh", "Lampiran"])
SIGNED = sign(PLAIN, SIGNER, ROOT)


@pytest.fixture
def roots(settings, tmp_path):
    """A folder of trusted roots, empty at first."""
    folder = tmp_path / "induk"
    folder.mkdir()
    settings.SIGNATURE_ROOTS_DIR = str(folder)
    return folder


def stored(data: bytes) -> OfficeDocument:
    """Store a PDF as a program would; its tasks run at once."""
    document = OfficeDocument(title="Keputusan", file=ContentFile(data, name="keputusan.pdf"))
    document.collection = factories.shared_office().collection
    document.save()
    return OfficeDocument.objects.get(pk=document.pk)


def read(data: bytes, tmp_path: Path) -> list[signatures.Signature]:
    path = tmp_path / "berkas.pdf"
    path.write_bytes(data)
    document = OfficeDocument(signatures=signatures.read_path(path))
    return document.signature_list


def test_signed_file_is_published_byte_for_byte(roots):
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        pdf.docinfo["/Author"] = "Staf Contoh"
        named = io.BytesIO()
        pdf.save(named)
    data = sign(named.getvalue(), SIGNER, ROOT)
    document = stored(data)
    assert document.file.read() == data
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.is_signed
    assert not document.original_file
    assert "Penulis: Staf Contoh" in document.kept_metadata
    assert document.removed_metadata == []


def test_unknown_issuer_is_said_plainly(roots):
    (signature,) = stored(SIGNED).signature_list
    assert signature.state == SignatureState.WHOLE
    assert signature.issuer_state == IssuerState.UNKNOWN
    assert signature.covers_whole_file
    assert signature.sentence.startswith(
        "Ditandatangani secara elektronik oleh Kepala Contoh (Lembaga Uji) pada"
    )
    assert signature.sentence.endswith("tanda tangan utuh; penerbit sertifikat tidak dapat kami periksa.")


def test_issuer_is_known_by_its_root(roots, tmp_path):
    (roots / "induk.pem").write_bytes(ROOT.pem)
    (roots / "bukan-sertifikat.crt").write_bytes(b"bukan sertifikat")
    (signature,) = read(SIGNED, tmp_path)
    assert signature.issuer_state == IssuerState.KNOWN
    assert "diterbitkan oleh Induk Uji yang kami kenali" in signature.sentence


def test_another_root_of_the_same_name_is_not_taken_for_it(roots, tmp_path):
    (roots / "induk.pem").write_bytes(holder("Induk Uji").pem)
    (signature,) = read(SIGNED, tmp_path)
    assert signature.issuer_state == IssuerState.UNKNOWN


def test_one_changed_byte_is_noticed(roots, tmp_path):
    at = SIGNED.index(b"/MediaBox")
    (signature,) = read(SIGNED[:at] + b"/MediaBoX" + SIGNED[at + 9 :], tmp_path)
    assert signature.state == SignatureState.ALTERED
    assert signature.is_broken
    assert "tetapi isi berkas telah berubah setelah itu" in signature.sentence


def test_page_changed_by_an_appended_update_is_noticed(roots, tmp_path):
    """The signed bytes are whole, yet a later revision of the file shows other words."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(SIGNED))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(
        generic.StreamObject(stream_data=b"BT /F1 12 Tf 60 700 Td (Palsu) Tj ET")
    )
    writer.update_container(page)
    target = io.BytesIO()
    writer.write(target)
    (signature,) = read(target.getvalue(), tmp_path)
    assert signature.state == SignatureState.ALTERED


def test_second_signer_does_not_break_the_first(roots, tmp_path):
    twice = sign(SIGNED, holder("Sekretaris Contoh", ROOT), ROOT, field="Tanda2", box=(50, 50, 200, 100))
    first, second = read(twice, tmp_path)
    assert (first.signer, first.state) == ("Kepala Contoh", SignatureState.ADDED_TO)
    assert (second.signer, second.state) == ("Sekretaris Contoh", SignatureState.WHOLE)
    assert not first.covers_whole_file
    assert "hanya ada tambahan yang diizinkan" in first.sentence


def test_visible_signature_with_reason(roots, tmp_path):
    data = sign(PLAIN, SIGNER, ROOT, box=(50, 50, 200, 100), reason="Menyetujui", location="Serang")
    (signature,) = read(data, tmp_path)
    assert ("Alasan", "Menyetujui") in signature.facts
    assert ("Tempat", "Serang") in signature.facts
    assert ("Sumber waktu", "jam komputer penanda tangan") in signature.facts


def test_certificate_that_was_over_when_it_signed(roots, tmp_path):
    (roots / "induk.pem").write_bytes(ROOT.pem)
    now = datetime.now(UTC)
    over = holder("Mantan Kepala", ROOT, starts=now - timedelta(days=90), ends=now - timedelta(days=30))
    (signature,) = read(sign(PLAIN, over, ROOT), tmp_path)
    assert signature.state == SignatureState.WHOLE
    assert signature.issuer_state == IssuerState.INVALID
    assert "sertifikatnya tidak berlaku pada waktu itu" in signature.sentence
    assert any("(sudah lewat)" in value for _label, value in signature.facts)


def test_garbage_for_a_signature(roots):
    """Not to be read, and still never rewritten."""
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        garbage = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                ByteRange=[0, 10, 20, 10],
                Contents=pikepdf.String(b"\x00\x01sampah"),
            )
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("Tanda1"), V=garbage)
        )
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], SigFlags=3)
        pdf.docinfo["/Author"] = "Staf Contoh"
        target = io.BytesIO()
        pdf.save(target)
    document = stored(target.getvalue())
    assert document.file.read() == target.getvalue()
    (signature,) = document.signature_list
    assert signature.state == SignatureState.UNREADABLE
    assert "tidak dapat dibaca" in signature.sentence
    assert document.has_broken_signature


@pytest.mark.parametrize("share", [0.5, 0.9, 0.99])
def test_cut_file_is_read_without_an_exception(roots, tmp_path, share):
    for signature in read(SIGNED[: int(len(SIGNED) * share)], tmp_path):
        assert signature.is_broken


def test_empty_signature_field_is_no_signature():
    with pikepdf.open(io.BytesIO(PLAIN)) as pdf:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=pikepdf.String("Tanda1")))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field])
        target = io.BytesIO()
        pdf.save(target)
    document = stored(target.getvalue())
    assert not document.is_signed
    assert document.signature_list == []


def test_officer_reads_of_a_broken_signature_before_publication(client, roots):
    at = SIGNED.index(b"/MediaBox")
    document = stored(SIGNED[:at] + b"/MediaBoX" + SIGNED[at + 9 :])
    client.force_login(factories.UserFactory(superuser=True))
    page = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert "telah berubah setelah itu" in page
    assert "Minta berkas aslinya kepada penanda tangan" in page


def test_public_reads_the_sentence_beside_the_file(client, roots):
    page = factories.RegulationPageFactory(files=[stored(SIGNED)])
    html = client.get(page.url).content.decode()
    assert "tanda tangan utuh; penerbit sertifikat tidak dapat kami periksa." in html
    assert "Rincian tanda tangan" in html


def test_api_tells_signatures(client, roots):
    document = stored(SIGNED)
    factories.RegulationPageFactory(files=[document])
    (told,) = client.get(f"/api/v1/files/{document.pk}").json()["tanda_tangan"]
    assert told["penanda_tangan"] == "Kepala Contoh"
    assert told["keadaan"]["kode"] == "utuh"
    assert told["penerbit"]["kode"] == "tidak_dikenali"
    assert told["kalimat"].endswith("tidak dapat kami periksa.")


def test_replaced_file_forgets_the_signatures_of_the_former(roots):
    document = stored(SIGNED)
    document.file = SimpleUploadedFile("baru.pdf", PLAIN)
    document.save()
    document.refresh_from_db()
    assert document.signatures is None
    assert not document.is_signed


def test_signatures_are_read_anew_after_a_root_was_added(roots, capsys):
    from django.core.management import call_command

    document = stored(SIGNED)
    (roots / "induk.pem").write_bytes(ROOT.pem)
    call_command("check_uploads", signatures=True)
    document.refresh_from_db()
    assert document.signature_list[0].issuer_state == IssuerState.KNOWN
