"""Files stored before today's checks existed: looked at, cleaned, and closed where dangerous, as an upload is today.

A cleaned copy has other bytes, hence another fingerprint. So it becomes the document's next numbered version with a
reason, in one transaction with its entry in the change log: whoever verifies a copy of the former file reads that it
was genuine and has been replaced, and why. The former file stays with the officers. What the file shows is the same
(`child` compares both), so its texts, their corrections and its picture stay.

A version that was public keeps its bytes, because its fingerprint is what makes it that version: it is looked at, and
closed where it is dangerous.
"""

import uuid
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from documents import queue, searchable, services
from documents.enums import UNFINISHED_STATES, ScanState
from documents.extraction import kinds
from documents.local_copy import local_copy
from documents.models import DocumentVersion, OfficeDocument
from documents.scanning import checking, clamd, intake
from documents.scanning.editions import current_edition, left_behind
from documents.scanning.types import REASON_UNCHECKED, Inspection
from documents.signals import document_text_ready
from documents.storage import describe
from documents.verification.models import FileWithdrawal

LOG_CLEANED = "documents.clean_file"
LOG_QUARANTINED = "documents.quarantine_file"
REASON = "Metadata pribadi (nama, perangkat, lokasi) dihapus dari berkas; isi yang tampak tidak berubah."


class Outcome(StrEnum):
    """What became of one file."""

    NOTHING_TO_DO = "tidak perlu diubah"
    SIGNED = "bertanda tangan, dibiarkan utuh"
    CLEANED = "dibersihkan"
    CARRIES = "masih memuat metadata"
    QUARANTINED = "dikarantina"
    UNCHECKED = "tidak dapat diperiksa"
    MISSING = "hilang dari penyimpanan"
    WITHDRAWN = "sedang ditarik, dilewati"
    OVERTAKEN = "diganti orang sementara itu"


PROBLEMS = frozenset({Outcome.CARRIES, Outcome.QUARANTINED, Outcome.UNCHECKED, Outcome.MISSING})
"""What somebody should look at."""


@dataclass(frozen=True)
class Examined:
    """One file and what became of it; `detail` says why, or what the file still carries."""

    outcome: Outcome
    detail: str = ""


@dataclass(frozen=True)
class _Look:
    """What one look found: the kind (None for a kind that is not accepted), and the upload as the form would see it."""

    kind: kinds.Kind | None
    received: intake.Received


def documents_left() -> QuerySet[OfficeDocument]:
    """Return the documents whose file today's checks have not seen. Not those in quarantine, nor those not yet public
    because they wait for their first look (`checking` does that)."""
    return OfficeDocument.objects.filter(left_behind(), is_checked=True).exclude(
        scan_state=ScanState.INFECTED
    )


def versions_left() -> QuerySet[DocumentVersion]:
    """Return the earlier versions whose file today's checks have not seen."""
    return DocumentVersion.objects.filter(left_behind()).exclude(scan_state=ScanState.INFECTED)


def examine_document(document: OfficeDocument, *, write: bool = True) -> Examined:
    """Look at a document's file and do what today's upload of it would lead to; without `write` only say what that is.

    Raises `documents.storage.StoreAway` and `clamd.ScannerAway`, both before anything was changed.
    """
    try:
        look = _look(document.file, document.filename, document.title)
    except FileNotFoundError:
        return Examined(Outcome.MISSING)
    found = look.received.inspection
    try:
        if found.refusal == REASON_UNCHECKED:
            return Examined(Outcome.UNCHECKED, found.refusal)
        if found.refusal:
            return _done(not write or _quarantine(document, found), Outcome.QUARANTINED, found.refusal)
        if look.received.cleaned is None:
            outcome, detail = _left_as_it_is(found)
            return _done(not write or _note(document, look), outcome, detail)
        if _is_withdrawn(document):
            return Examined(Outcome.WITHDRAWN)
        return _publish(document, look) if write else Examined(Outcome.CLEANED)
    finally:
        if look.received.cleaned is not None:
            look.received.cleaned.close()


def examine_version(version: DocumentVersion, *, write: bool = True) -> Examined:
    """Look at an earlier version's file: close it where it is dangerous, else leave it as it is (see above).

    Without `write` only say what would become of it. Raises `documents.storage.StoreAway`.
    """
    try:
        look = _look(version.file, version.file_name, version.document.title)
    except FileNotFoundError:
        return Examined(Outcome.MISSING)
    found = look.received.inspection
    if look.received.cleaned is not None:
        look.received.cleaned.close()
    if found.refusal == REASON_UNCHECKED:
        return Examined(Outcome.UNCHECKED, found.refusal)
    if write:
        with transaction.atomic():
            row = DocumentVersion.objects.select_for_update().filter(pk=version.pk).first()
            if row is None:
                return Examined(Outcome.OVERTAKEN)
            row.checks_edition = current_edition(row.mime_type)
            if found.refusal:
                row.scan_state, row.scan_reason, row.is_open = ScanState.INFECTED, found.refusal, False
            row.save()
            if found.refusal:
                _log(row.document, LOG_QUARANTINED, row.number, found.refusal)
    if found.refusal:
        return Examined(Outcome.QUARANTINED, found.refusal)
    if found.signed:
        return Examined(Outcome.SIGNED)
    if found.carried and version.is_open:
        return Examined(Outcome.CARRIES, "; ".join(found.carried))
    return Examined(Outcome.NOTHING_TO_DO)


def _look(field_file, name: str, title: str) -> _Look:
    """Look at a stored file as the form looks at an upload. Raises FileNotFoundError, StoreAway."""
    suffix = PurePath(name).suffix.lower()
    with local_copy(field_file, suffix or ".bin") as path:
        try:
            kind = kinds.detect_path(path)
        except kinds.Refused as refused:
            return _Look(None, intake.Received(Inspection(refusal=str(refused))))
        return _Look(kind, intake.look_at_path(path, kind, title, name))


def _done(stored: bool, outcome: Outcome, detail: str) -> Examined:
    return Examined(outcome, detail) if stored else Examined(Outcome.OVERTAKEN)


def _left_as_it_is(found: Inspection) -> tuple[Outcome, str]:
    if found.signed:
        return Outcome.SIGNED, ""
    return (Outcome.CARRIES, "; ".join(found.carried)) if found.carried else (Outcome.NOTHING_TO_DO, "")


def _is_withdrawn(document: OfficeDocument) -> bool:
    """Whether an officer withdrew the present file: a new version would open its address again."""
    standing = FileWithdrawal.objects.filter(document=document, version=document.version, cancelled_at=None)
    return standing.exists()


def _locked(document: OfficeDocument) -> OfficeDocument | None:
    """The row of the document, locked, or None when its file is no longer the one that was looked at."""
    return (
        OfficeDocument.objects.select_for_update()
        .filter(pk=document.pk, version=document.version, sha256=document.sha256, file=document.file.name)
        .first()
    )


@transaction.atomic
def _quarantine(document: OfficeDocument, found: Inspection) -> bool:
    """Close the file to everybody but administrators, and tell the change log and the rooms above."""
    row = _locked(document)
    if row is None:
        return False
    row.scan_state, row.scan_reason = ScanState.INFECTED, found.refusal
    row.checks_edition, row.check_due_at = current_edition(row.mime_type), None
    row.save()
    document_text_ready.send(OfficeDocument, document=row)
    _log(row, LOG_QUARANTINED, row.version, found.refusal)
    return True


@transaction.atomic
def _note(document: OfficeDocument, look: _Look) -> bool:
    """Write down what was found in a file that stays as it is; what an antivirus server said of it stays too."""
    row = _locked(document)
    if row is None:
        return False
    found = look.received.inspection
    values = {
        "mime_type": look.kind.mime_type,
        "checks_edition": current_edition(look.kind.mime_type),
        "is_signed": found.signed,
        "findings": found.notices,
        "kept_metadata": found.carried,
        "extraction_token": row.extraction_token or uuid.uuid4(),
    }
    OfficeDocument.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
    checking.enqueue(row)  # reads the signatures of a file whose signatures nobody has looked for
    return True


def _publish(document: OfficeDocument, look: _Look) -> Examined:
    """Put the cleaned copy in the place of the file, as the document's next version."""
    cleaned = look.received.cleaned
    if clamd.is_configured():
        # Asked before and not by the worker: the public would be without the file until then.
        cleaned.seek(0)
        if name := clamd.scan(cleaned):
            reason = checking.REASON_INFECTED.format(name=name[:100])
            stored = _quarantine(document, Inspection(refusal=reason))
            return _done(stored, Outcome.QUARANTINED, reason)
    facts = checking.fingerprints_of(cleaned)
    describe(cleaned, look.kind.mime_type, document.filename)
    storage, field = document.file.storage, document.file.field
    key = storage.save(field.generate_filename(document, document.filename), cleaned)
    stored = False
    try:
        stored = _put(document, look, key, facts)
    finally:
        if not stored:
            storage.purge(key)
    return _done(stored, Outcome.CLEANED, "")


@transaction.atomic
def _put(document: OfficeDocument, look: _Look, key: str, facts: dict) -> bool:
    row = _locked(document)
    if row is None or _is_withdrawn(row):
        return False
    found, now = look.received.inspection, timezone.now()
    former = OfficeDocument.objects.get(pk=row.pk)
    former.checks_edition = current_edition(look.kind.mime_type)
    services.keep_version(row, former, None, REASON, is_open=False)
    # The upload is named twice, by the version that it was and beside its cleaned copy, where officers look for it.
    # Both rows go together with the document, and the second deletion finds nothing to do.
    if not former.original_file:
        row.original_file, row.original_sha256 = former.file.name, former.sha256
    row.file = key
    for name, value in facts.items():
        setattr(row, name, value)
    row.mime_type, row.file_changed_at = look.kind.mime_type, now
    row.is_signed, row.signatures = False, None
    row.findings, row.removed_metadata, row.kept_metadata = found.notices, found.carried, []
    row.scan_state, row.scan_reason, row.scanned_at = ScanState.NOT_SCANNED, "", None
    if clamd.is_configured():
        row.scan_state, row.scanned_at = ScanState.CLEAN, now
    row.checks_edition, row.check_due_at, row.check_attempts = current_edition(row.mime_type), None, 0
    _go_on_reading(row)
    row.corrections.filter(sha256=former.sha256).update(sha256=row.sha256)
    _log(row, LOG_CLEANED, row.version, REASON)
    return True


def _go_on_reading(row: OfficeDocument) -> None:
    """Save the row; texts that were read stay, a reading that is going on begins anew, tasks of the former file end."""
    is_read = row.extraction_state not in UNFINISHED_STATES
    kept = row.extraction_state, row.extraction_reason, row.extraction_attempts, row.extraction_next_page
    row.start_extraction()
    if is_read:
        row.extraction_state, row.extraction_reason, row.extraction_attempts, row.extraction_next_page = kept
        row.extraction_due_at = None
    copy, storage = row.searchable_copy.name, row.file.storage
    row.searchable_copy, row.searchable_pages_done, row.searchable_ready = "", 0, False
    row.save()
    document_text_ready.send(OfficeDocument, document=row)
    if copy:  # made of the former file, it says who wrote that
        transaction.on_commit(lambda: storage.delete(copy))
    if not is_read:
        queue.enqueue(row)
    elif searchable.is_wanted(row):
        from documents.tasks import make_searchable_copy

        make_searchable_copy.enqueue(row.pk, str(row.extraction_token))


def _log(document: OfficeDocument, action: str, version: int, reason: str) -> None:
    log(instance=document, action=action, data={"version": version, "reason": reason})
