"""What an entry does to the record of a fingerprint: the one rule, used when entries are written and when replayed."""

from collections.abc import Iterable

from documents.verification.enums import EntryKind, FileState
from documents.verification.models import FileRecord, LedgerEntry

Key = tuple[int, int, str]


class Records:
    """Records of fingerprints in memory, by document, version and fingerprint."""

    def __init__(self, records: Iterable[FileRecord] = ()):
        self._by_document: dict[int, dict[Key, FileRecord]] = {}
        self.changed: dict[Key, FileRecord] = {}
        for record in records:
            self._keep(record)

    def of(self, document: int) -> list[FileRecord]:
        """Return the records of a document, the oldest first."""
        return sorted(self._by_document.get(document, {}).values(), key=lambda r: (r.version, r.first_entry))

    def find(self, document: int, version: int | None, sha256: str) -> FileRecord | None:
        """Return one record, or None."""
        return self._by_document.get(document, {}).get((document, version or 0, sha256))

    def all(self) -> list[FileRecord]:
        """Return every record."""
        return [record for records in self._by_document.values() for record in records.values()]

    def apply(self, entry: LedgerEntry) -> None:
        """Let a sealed entry take effect. An entry about a file that no entry made public is taken as it stands."""
        record = self.find(entry.document_id, entry.version, entry.sha256) or self._new(entry)
        match entry.kind:
            case EntryKind.PUBLISHED | EntryKind.REPLACED:
                record.state, record.is_open = FileState.CURRENT, False
            case EntryKind.WITHDRAWN:
                record.state, record.is_open = FileState.WITHDRAWN, False
            case EntryKind.REOPENED:
                others = (r for r in self.of(entry.document_id) if r is not record)
                superseded = any(other.state == FileState.CURRENT for other in others)
                record.state = FileState.SUPERSEDED if superseded else FileState.CURRENT
            case EntryKind.VERSION_OPENED:
                record.state, record.is_open = FileState.SUPERSEDED, True
            case EntryKind.VERSION_CLOSED:
                record.is_open = False
        self._touch(record, entry)
        if entry.kind == EntryKind.REPLACED:
            former = self.find(entry.document_id, entry.replaced_version, entry.replaced_sha256)
            if former is not None and former is not record:
                former.state = FileState.SUPERSEDED
                self._touch(former, entry)

    def _new(self, entry: LedgerEntry) -> FileRecord:
        record = FileRecord(
            document_id=entry.document_id,
            version=entry.version,
            sha256=entry.sha256,
            page_id=entry.page_id,
            office_code=entry.office_code,
            published_at=entry.recorded_at,
            first_entry=entry.number,
        )
        self._keep(record)
        return record

    def _keep(self, record: FileRecord) -> None:
        key = (record.document_id, record.version, record.sha256)
        self._by_document.setdefault(record.document_id, {})[key] = record

    def _touch(self, record: FileRecord, entry: LedgerEntry) -> None:
        record.changed_at, record.last_entry = entry.recorded_at, entry.number
        self.changed[record.document_id, record.version, record.sha256] = record
