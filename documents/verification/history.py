"""The public history of a file: every version that was public, with number, dates, reason and fingerprint."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from documents.models import DocumentVersion, OfficeDocument
from documents.verification.enums import EntryKind, FileState
from documents.verification.models import FileRecord, FileWithdrawal, LedgerEntry


@dataclass(frozen=True)
class PublicVersion:
    """A version that was public. `until` and `reason` say when and why that ended; `url` opens its file."""

    number: int
    sha256: str
    state: FileState
    since: datetime
    until: datetime | None = None
    reason: str = ""
    url: str = ""

    @property
    def state_label(self) -> str:
        """The state in words."""
        return FileState(self.state).label

    @property
    def verification_url(self) -> str:
        """Where its fingerprint is verified."""
        return reverse("verification:answer", args=[self.sha256])


@dataclass(frozen=True)
class History:
    """Versions of a document that were public, the newest first."""

    current_number: int
    versions: tuple[PublicVersion, ...] = ()
    withdrawal: PublicVersion | None = None
    """The present file, if an officer withdrew it: then its reason is shown in the place of the file."""

    @property
    def current(self) -> PublicVersion | None:
        """The present file, if the log knows it as public."""
        return next((v for v in self.versions if v.number == self.current_number), None)

    @property
    def earlier(self) -> list[PublicVersion]:
        """Versions before the present file."""
        return [version for version in self.versions if version is not self.current]


def histories(documents: Collection[OfficeDocument]) -> dict[int, History]:
    """Return the history of each document by its id, in four queries. The caller has asked `access` about each."""
    ids = {document.pk for document in documents}
    records: dict[int, list[FileRecord]] = {}
    for record in FileRecord.objects.filter(document_id__in=ids):
        records.setdefault(record.document_id, []).append(record)
    if not records:
        return {document.pk: History(document.version) for document in documents}
    ends = _ends(list(records))
    opened = {
        (version.document_id, version.number): version.url
        for version in DocumentVersion.objects.filter(document__in=list(records), is_open=True)
    }
    standing = FileWithdrawal.objects.filter(document__in=list(records), cancelled_at=None)
    withdrawn = set(standing.values_list("document_id", "version"))
    found = {}
    for document in documents:
        versions = tuple(_version(record, ends, opened) for record in records.get(document.pk, ()))
        # A file that only left the public with its page is no withdrawn file: a preview shows it.
        is_withdrawn = (document.pk, document.version) in withdrawn
        current = next((v for v in versions if v.number == document.version), None)
        found[document.pk] = History(document.version, versions, current if is_withdrawn else None)
    return found


def _ends(ids: Collection[int]) -> dict[tuple[int, int, str], LedgerEntry]:
    """Return the last entry that ended each file's time as the current one."""
    ends = {}
    kinds = (EntryKind.REPLACED, EntryKind.WITHDRAWN)
    for entry in LedgerEntry.objects.filter(document_id__in=ids, kind__in=kinds).order_by("number"):
        if entry.kind == EntryKind.WITHDRAWN:
            ends[entry.document_id, entry.version, entry.sha256] = entry
        elif entry.replaced_version is not None:
            ends[entry.document_id, entry.replaced_version, entry.replaced_sha256] = entry
    return ends


def _version(record: FileRecord, ends: dict, opened: dict) -> PublicVersion:
    end = ends.get((record.document_id, record.version, record.sha256))
    over = record.state != FileState.CURRENT and end is not None
    return PublicVersion(
        number=record.version,
        sha256=record.sha256,
        state=FileState(record.state),
        since=record.published_at,
        until=end.recorded_at if over else None,
        reason=(end.details or {}).get("alasan", "") if over else "",
        url=opened.get((record.document_id, record.version), "") if record.is_open else "",
    )
