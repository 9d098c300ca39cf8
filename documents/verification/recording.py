"""What became public, was replaced or withdrawn, found by comparing "public now" with the change log.

`documents.access` decides at every request what is public, so no single line of code makes a file public. Whatever may
have flipped it calls :func:`record` in its own transaction with the documents concerned (`signal_handlers`); what flips
by the clock alone is found by :func:`reconcile`, which the scheduler runs. Both write entries only where the log says
something else than the rule, so calling them once too often does nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from documents import access
from documents.models import DocumentVersion, OfficeDocument
from documents.verification import uses, wording
from documents.verification.enums import EntryKind, FileState
from documents.verification.ledger import append
from documents.verification.models import FileRecord, FileWithdrawal, LedgerEntry
from documents.verification.transitions import Records

BATCH = 300


def record_pages(page_ids: Collection[int]) -> int:
    """Record what changed for the documents that these pages show or showed. Returns the number of entries."""
    shown = set(FileRecord.objects.filter(page_id__in=page_ids).values_list("document_id", flat=True))
    return record(shown | uses.documents_of(page_ids))


def record(document_ids: Iterable[int]) -> int:
    """Record what changed for these documents. Returns the number of entries written."""
    ids = sorted(set(document_ids))
    return sum(_record(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))


@transaction.atomic
def _record(ids: list[int]) -> int:
    comparison = _Comparison(ids)
    if not comparison.matters:
        return 0
    entries = [entry for document in ids for entry in comparison.entries(document)]
    for entry in append(entries):
        comparison.records.apply(entry)
    comparison.save_records()
    return len(entries)


class _Comparison:
    """The log and the present of a few documents, side by side."""

    def __init__(self, ids: list[int]):
        self.records = Records(FileRecord.objects.filter(document_id__in=ids))
        self.in_use = access.in_public_use_among(ids)
        self.matters = bool(self.in_use or self.records.all())
        if not self.matters:
            return
        self.now = timezone.now()
        self.public = access.public_among(self.in_use)
        self.documents = OfficeDocument.objects.in_bulk(ids)
        standing = FileWithdrawal.objects.filter(document__in=ids, cancelled_at=None)
        self.withdrawals = {(row.document_id, row.version): row.reason for row in standing}
        self.versions: dict[int, dict[int, DocumentVersion]] = {}
        for version in DocumentVersion.objects.filter(document__in=ids).order_by("number"):
            self.versions.setdefault(version.document_id, {})[version.number] = version
        self.words = wording.Words(self.public | self.in_use, self.records.all())

    def entries(self, document: int) -> list[LedgerEntry]:
        """What must be written for one document."""
        records = self.records.of(document)
        found: list[LedgerEntry] = []
        if document in self.public:
            found += self._current(self.documents[document], records)
        for record in records:
            if record.state != FileState.WITHDRAWN:
                found += self._gone(record)
        if document in self.in_use:
            found += self._earlier(self.documents[document], records)
        return found

    def _current(self, document: OfficeDocument, records: list[FileRecord]) -> list[LedgerEntry]:
        """The file that is public now, where the log does not say so yet."""
        known = self.records.find(document.pk, document.version, document.sha256)
        if known is not None and known.state == FileState.CURRENT:
            return []
        facts = {"version": document.version, "sha256": document.sha256, "size": document.file_size or 0}
        former = next((r for r in reversed(records) if r is not known and r.state == FileState.CURRENT), None)
        if known is not None and former is None:
            return [self._entry(EntryKind.REOPENED, document, **facts)]
        former = former or self._not_withdrawn_by_officer(records)
        if former is None:
            return [self._entry(EntryKind.PUBLISHED, document, **facts)]
        kept = self.versions.get(document.pk, {}).get(former.version)
        return [
            self._entry(
                EntryKind.REPLACED,
                document,
                reason=kept.reason if kept else "",
                replaced_version=former.version,
                replaced_sha256=former.sha256,
                **facts,
            )
        ]

    def _not_withdrawn_by_officer(self, records: list[FileRecord]) -> FileRecord | None:
        """The newest file that left the public with its page and not for its own sake: now it is replaced."""
        newest = records[-1] if records else None
        return newest if newest and (newest.document_id, newest.version) not in self.withdrawals else None

    def _gone(self, record: FileRecord) -> list[LedgerEntry]:
        """A file that the log calls public and that is no longer, or that an officer withdrew."""
        reason = self.withdrawals.get((record.document_id, record.version))
        document = self.documents.get(record.document_id)
        if reason is None:
            if record.state != FileState.CURRENT or record.document_id in self.public:
                return []
            reason = self.words.why_gone(record, document)
        return [self._about(EntryKind.WITHDRAWN, record, reason)]

    def _earlier(self, document: OfficeDocument, records: list[FileRecord]) -> list[LedgerEntry]:
        """Earlier versions that were opened, closed, or whose withdrawal was taken back."""
        found = []
        versions = self.versions.get(document.pk, {})
        for number, version in versions.items():
            if not version.is_open or (document.pk, number) in self.withdrawals or number >= document.version:
                continue  # one that is being kept this moment is still the current file
            known = self.records.find(document.pk, number, version.sha256)
            if known is None or not known.is_open:
                facts = {"version": number, "sha256": version.sha256, "size": version.size}
                found.append(self._entry(EntryKind.VERSION_OPENED, document, **facts))
        for record in records:
            if record.version == document.version or (document.pk, record.version) in self.withdrawals:
                continue
            version = versions.get(record.version)
            if record.is_open and not (version and version.is_open):
                found.append(self._about(EntryKind.VERSION_CLOSED, record, ""))
            elif (
                record.state == FileState.WITHDRAWN
                and document.pk in self.public
                and not (version and version.is_open)
                and self._was_withdrawn_for_itself(record)
            ):
                found.append(self._about(EntryKind.REOPENED, record, ""))
        return found

    def _was_withdrawn_for_itself(self, record: FileRecord) -> bool:
        """Whether an officer withdrew this version and took that back."""
        return FileWithdrawal.objects.filter(
            document=record.document_id, version=record.version, cancelled_at__isnull=False
        ).exists()

    def _entry(self, kind: EntryKind, document: OfficeDocument, *, reason: str = "", **facts) -> LedgerEntry:
        """An entry about a document that public pages show now, in the words of now."""
        page, office, details = self.words.now(document, reason)
        return LedgerEntry(
            kind=kind,
            recorded_at=self.now,
            document_id=document.pk,
            page_id=page,
            office_code=office,
            details=details,
            **facts,
        )

    def _about(self, kind: EntryKind, record: FileRecord, reason: str) -> LedgerEntry:
        """An entry about a file that was public, in the words of the time when it was."""
        details, size = self.words.then(record, reason)
        return LedgerEntry(
            kind=kind,
            recorded_at=self.now,
            document_id=record.document_id,
            page_id=record.page_id,
            office_code=record.office_code,
            version=record.version,
            sha256=record.sha256,
            size=size,
            details=details,
        )

    def save_records(self) -> None:
        """Store the records that entries changed, and under which page a public file is to be found."""
        for record in self.records.all():
            if record.document_id in self.public and record.state == FileState.CURRENT:
                page, office = self.words.place(record.document_id)
                if (record.page_id, record.office_code) != (page, office):
                    record.page_id, record.office_code = page, office
                    self.records.changed[record.document_id, record.version, record.sha256] = record
        changed = self.records.changed.values()
        FileRecord.objects.bulk_create([r for r in changed if r.pk is None])
        FileRecord.objects.bulk_update(
            [r for r in changed if r.pk is not None and r.pk],
            ["state", "is_open", "page_id", "office_code", "changed_at", "last_entry"],
            batch_size=100,
        )


def unrecorded() -> QuerySet:
    """Return the documents that are public now while the log does not say so."""
    known = FileRecord.objects.filter(
        document_id=OuterRef("pk"),
        version=OuterRef("version"),
        sha256=OuterRef("sha256"),
        state=FileState.CURRENT,
    )
    return access.public_documents().exclude(Exists(known))


def outdated() -> QuerySet:
    """Return the records of files that the log calls public and that are no longer."""
    public = access.public_documents().order_by().values("pk")
    return FileRecord.objects.filter(state=FileState.CURRENT).exclude(document_id__in=public)


def _versions_to_look_at() -> set[int]:
    """Documents with an earlier version whose openness the log does not know yet."""
    known = FileRecord.objects.filter(
        document_id=OuterRef("document_id"), version=OuterRef("number"), sha256=OuterRef("sha256")
    )
    opened = DocumentVersion.objects.filter(is_open=True).exclude(Exists(known.filter(is_open=True)))
    in_use = access.documents_in_public_use().order_by().values("pk")
    return set(opened.filter(document__in=in_use).values_list("document_id", flat=True))


def reconcile() -> str:
    """Write what flipped by the clock or past every signal. Run by the scheduler; returns a sentence, or ""."""
    ids = set(unrecorded().values_list("pk", flat=True))
    ids |= set(outdated().values_list("document_id", flat=True)) | _versions_to_look_at()
    written = record(ids)
    return f"{written} perubahan dicatat" if written else ""
