"""The work that a stored file still needs: a look at one that was stored unseen, its signatures, the antivirus scan.

`check_due_at` on the row says that something is outstanding; the scheduler asks again for what failed. Each step is
idempotent and names the file by the reading's token, so that what comes late for a replaced file does nothing.
"""

import hashlib
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents.enums import ScanState
from documents.local_copy import local_copy
from documents.models import DocumentVersion, OfficeDocument
from documents.scanning import clamd, intake, signatures
from documents.signals import document_text_ready

BATCH = 50
"""Tasks that the scheduler puts into the queue at once."""
PATIENCE = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=1)

_NOTED = (
    *("is_checked", "checks_edition", "scan_state", "scan_reason", "is_signed"),
    *("findings", "removed_metadata", "kept_metadata"),
)
REASON_INFECTED = (
    "Antivirus menemukan “{name}” di dalam berkas ini. Hapus berkasnya, periksa komputer asalnya, lalu unggah "
    "berkas yang bersih."
)


def is_outstanding(document: OfficeDocument) -> bool:
    """Tell whether a file still needs something that is done here."""
    return not document.is_checked or _needs_signatures(document) or _needs_scan(document)


def _needs_signatures(document: OfficeDocument) -> bool:
    return document.is_signed and document.is_pdf and document.signatures is None


def _needs_scan(row) -> bool:
    return clamd.is_configured() and row.scan_state in (ScanState.NOT_SCANNED, ScanState.FAILED)


def enqueue(document: OfficeDocument) -> None:
    """Put what a new file needs in the queue (inside the caller's transaction)."""
    if not is_outstanding(document):
        return
    from documents.tasks import check_document

    due = timezone.now() + PATIENCE
    OfficeDocument.objects.filter(pk=document.pk).update(check_due_at=due)
    check_document.enqueue(document.pk, str(document.extraction_token))


def check(document_id: int, token: str) -> str:
    """Do what is outstanding for one file; returns a sentence for the task's record."""
    document = OfficeDocument.objects.filter(pk=document_id, extraction_token=token).first()
    if document is None:
        return "tidak ada yang perlu dikerjakan"
    if not document.is_checked and document.kind is not None:
        document = _look(document)
    if document is not None and _needs_signatures(document):
        found = signatures.read(document.file)
        _store(document, signatures=found)
    if document is not None and _needs_scan(document):
        _scan(document)
    return document.get_scan_state_display() if document is not None else "berkas sudah diganti"


def _store(document: OfficeDocument, **values) -> OfficeDocument | None:
    """Write what was found, unless the file was replaced meanwhile; tells the rooms above when access may change."""
    with transaction.atomic():
        row = OfficeDocument.objects.select_for_update().filter(pk=document.pk).first()
        if row is None or row.extraction_token != document.extraction_token:
            return None
        access_changes = {"is_checked", "scan_state"} & set(values)
        for name, value in values.items():
            setattr(row, name, value)
            setattr(document, name, value)
        due = timezone.now() + PATIENCE if is_outstanding(row) else None
        OfficeDocument.objects.filter(pk=row.pk).update(**{"check_due_at": due, **values})
        if access_changes:
            document_text_ready.send(OfficeDocument, document=row)
        return row


def _look(document: OfficeDocument) -> OfficeDocument | None:
    """Look into a file that was stored unseen, and publish its cleaned copy in its place."""
    with local_copy(document.file, f".{document.kind.extensions[0]}") as path:
        received = intake.look_at_path(path, document.kind, document.title, document.filename)
    intake.note(document, received)
    values = {name: getattr(document, name) for name in _NOTED}
    if received.cleaned is None:
        return _store(document, **values)
    upload, upload_sha256 = document.file.name, document.sha256
    document.file.save(document.filename, received.cleaned, save=False)
    stored = _store(
        document,
        **values,
        file=document.file.name,
        original_file=upload,
        original_sha256=upload_sha256,
        **fingerprints_of(received.cleaned),
    )
    if stored is None:
        document.file.storage.delete(document.file.name)
    return stored


def fingerprints_of(file: File) -> dict:
    """Return what a document's row keeps of its file's bytes: both fingerprints and the size."""
    sha256, sha1 = hashlib.sha256(), hashlib.sha1(usedforsecurity=False)
    for block in file.chunks(1 << 20):
        sha256.update(block)
        sha1.update(block)
    return {"sha256": sha256.hexdigest(), "file_hash": sha1.hexdigest(), "file_size": file.size}


def scan_verdict(row) -> tuple[ScanState, str]:
    """Ask the antivirus server about a document's or version's file, and its upload where that is another file."""
    try:
        for stored in filter(None, (row.original_file, row.file)):
            with stored.storage.open(stored.name, "rb") as handle:
                if name := clamd.scan(handle):
                    return ScanState.INFECTED, REASON_INFECTED.format(name=name[:100])
    except clamd.ScannerAway as error:
        return ScanState.FAILED, str(error)
    except FileNotFoundError:
        return ScanState.FAILED, "Berkas tidak ditemukan di penyimpanan."
    return ScanState.CLEAN, ""


def _scan(document: OfficeDocument) -> None:
    state, reason = scan_verdict(document)
    now = timezone.now()
    attempts = 0 if state != ScanState.FAILED else min(document.check_attempts + 1, 1000)
    pause = min(timedelta(minutes=1) * attempts, LONGEST_PAUSE)
    _store(
        document,
        scan_state=state,
        scan_reason=reason,
        scanned_at=now,
        check_attempts=attempts,
        check_due_at=now + pause if state == ScanState.FAILED else None,
    )


def waiting() -> Q:
    """Match documents for which something is outstanding."""
    outstanding = Q(is_checked=False) | Q(is_signed=True, signatures__isnull=True)
    if clamd.is_configured():
        outstanding |= Q(scan_state__in=(ScanState.NOT_SCANNED, ScanState.FAILED))
    return outstanding


def check_waiting() -> str:
    """Put what is due in the queue, and scan earlier versions. Run by the scheduler."""
    from documents.tasks import check_document

    now = timezone.now()
    due = OfficeDocument.objects.filter(waiting()).filter(Q(check_due_at=None) | Q(check_due_at__lt=now))
    asked = 0
    for pk, token in due.order_by("check_due_at", "pk").values_list("pk", "extraction_token")[:BATCH]:
        with transaction.atomic():
            OfficeDocument.objects.filter(pk=pk).update(check_due_at=now + PATIENCE)
            check_document.enqueue(pk, str(token))
        asked += 1
    scanned = scan_versions() if clamd.is_configured() else 0
    return (
        f"{asked} berkas diantrekan untuk diperiksa, {scanned} versi lama dipindai"
        if asked or scanned
        else ""
    )


def scan_versions() -> int:
    """Scan some earlier versions that have not been found clean; returns how many."""
    done = 0
    again_before = timezone.now() - LONGEST_PAUSE
    states = Q(scan_state=ScanState.NOT_SCANNED) | Q(scan_state=ScanState.FAILED, scanned_at__lt=again_before)
    for version in DocumentVersion.objects.filter(states).order_by("scanned_at", "pk")[:BATCH]:
        state, reason = scan_verdict(version)
        DocumentVersion.objects.filter(pk=version.pk).update(
            scan_state=state, scan_reason=reason, scanned_at=timezone.now()
        )
        done += 1
        if state == ScanState.FAILED:
            break  # the server is away; the next round tries again
    return done
