"""The words of an entry: what a file and its page are called, where they are, why something happened."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from common.visibility import is_public, public
from documents.models import OfficeDocument
from documents.verification import uses
from documents.verification.models import FileRecord, LedgerEntry
from home.models import Office, Withdrawal

REASON_CLOSED = "Tidak lagi terbuka untuk umum."
REASON_DETACHED = "Tidak lagi dilampirkan pada halamannya."
REASON_DELETED = "Berkasnya dihapus."
REASON_EXPIRED = "Masa tayang halamannya berakhir."
REASON_UNPUBLISHED = "Halamannya tidak lagi terbit."

NO_WORDS = {"judul": "", "nama_berkas": "", "judul_halaman": "", "alamat": ""}


class Words:
    """Names and addresses for the entries of a few documents, looked up together."""

    def __init__(self, in_use: Collection[int], records: list[FileRecord]):
        candidates = uses.pages_of(in_use)
        ids = {page for pages in candidates.values() for page in pages}
        self._pages = {page.pk: page for page in public(Page.objects.filter(pk__in=ids))} if ids else {}
        self._recorded = {record.document_id: record.page_id for record in records}
        self._places = {
            document: [pk for pk in sorted(pages) if pk in self._pages]
            for document, pages in candidates.items()
        }
        self._office_of = Office.objects.finder()
        self._former = LedgerEntry.objects.in_bulk({record.last_entry for record in records})

    def place(self, document: int) -> tuple[int | None, str]:
        """Return a public page that shows the document (the one recorded, while it does) and its office's code."""
        places = self._places.get(document, [])
        recorded = self._recorded.get(document)
        page = self._pages[recorded if recorded in places else places[0]] if places else None
        if page is None:
            return None, ""
        office = self._office_of(page)
        return page.pk, office.kode_wilayah if office else ""

    def now(self, document: OfficeDocument, reason: str) -> tuple[int | None, str, dict[str, Any]]:
        """Return page, office and words for an entry about a document that public pages show."""
        pk, office = self.place(document.pk)
        page = self._pages.get(pk)
        details = {
            "judul": document.title,
            "nama_berkas": document.filename,
            "judul_halaman": page.title if page else "",
            "alamat": (page.full_url or "") if page else "",
            "alasan": reason,
        }
        return pk, office, details

    def then(self, record: FileRecord, reason: str) -> tuple[dict[str, Any], int]:
        """Return words and size for an entry about a file that was public: as they were last told, if still known.

        A title that was given since is nobody's business any more, and what was forgotten stays forgotten.
        """
        former = self._former[record.last_entry]
        kept = former.details if former.salt else NO_WORDS
        return {**kept, "alasan": reason}, former.size

    def why_gone(self, record: FileRecord, document: OfficeDocument | None) -> str:
        """Say why a file left the public, as far as the public is told."""
        if document is None:
            return REASON_DELETED
        if document.is_withheld:
            return REASON_CLOSED
        page = Page.objects.filter(pk=record.page_id).first()
        if page is None:
            return REASON_UNPUBLISHED
        if page.live:
            over = page.expire_at is not None and page.expire_at <= timezone.now()
            if over:
                return REASON_EXPIRED
            return REASON_DETACHED if is_public(page) else REASON_CLOSED
        withdrawal = Withdrawal.objects.for_path(page.url_path)
        if withdrawal is not None:
            return withdrawal.reason
        return REASON_EXPIRED if page.expired else REASON_UNPUBLISHED
