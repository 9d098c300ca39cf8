"""What of an entry the public is told now: its words only while they may be told."""

from collections.abc import Collection, Iterable
from typing import Any

from documents import access
from documents.verification.models import LedgerEntry
from documents.verification.wording import NO_WORDS

UNTOLD = {**NO_WORDS, "alasan": ""}


class Told:
    """The words of some entries, and whether they may be told (`documents.access.untold_in_history`)."""

    def __init__(self, entries: Collection[LedgerEntry]):
        documents = {entry.document_id for entry in entries}
        pages = {entry.page_id for entry in entries} - {None}
        self._documents, self._pages = (
            access.untold_in_history(documents, pages) if entries else (set(), set())
        )

    def may_tell(self, entry: LedgerEntry) -> bool:
        """Whether the entry's words are still known and may be read."""
        return bool(entry.salt) and not (entry.document_id in self._documents or entry.page_id in self._pages)

    def words(self, entry: LedgerEntry | None) -> dict[str, str]:
        """Return the words, each "" where they must not be told."""
        return dict(entry.details) if entry is not None and self.may_tell(entry) else dict(UNTOLD)

    def line(self, entry: LedgerEntry) -> dict[str, Any]:
        """Return the entry as the public file has it: what is hashed, the hash, and the words with their salt."""
        told = self.may_tell(entry)
        return {
            **entry.core(),
            "hash": entry.hash,
            "keterangan": entry.details if told else None,
            "garam": entry.salt if told else None,
        }


def lines(entries: Iterable[LedgerEntry], batch: int = 500) -> Iterable[dict[str, Any]]:
    """Yield the lines of many entries; asks what may be told once a batch."""
    waiting: list[LedgerEntry] = []
    for entry in entries:
        waiting.append(entry)
        if len(waiting) == batch:
            yield from _lines(waiting)
            waiting = []
    yield from _lines(waiting)


def _lines(entries: list[LedgerEntry]) -> Iterable[dict[str, Any]]:
    told = Told(entries)
    return [told.line(entry) for entry in entries]
