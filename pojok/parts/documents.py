"""One file: what it is and where it is read, or since when and why it is gone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.urls import reverse

from documents import access
from documents.models import OfficeDocument
from documents.verification.enums import FileState
from documents.verification.history import histories
from documents.verification.models import FileRecord, LedgerEntry
from documents.verification.places import Places
from documents.verification.telling import Told
from documents.verification.wording import REASON_CLOSED
from home.models import Office
from home.templatetags.eppid import rincian_berkas

LARGEST_ID = 2**31 - 1


class DocumentState(Enum):
    """Whether the public may open a file."""

    PUBLIC = "terbuka"
    WITHDRAWN = "ditarik"
    UNKNOWN = "tidak_dikenal"


@dataclass(frozen=True)
class DocumentPart:
    """One file. Of one that is withdrawn: since when and why, each as far as it may be told ("" and None else).

    `place_title` and `place_url` (absolute) name the page that shows
    it, `text_path` is "" while there is no text to read.
    """

    document_id: int
    state: DocumentState
    title: str = ""
    path: str = ""
    text_path: str = ""
    about_path: str = ""
    facts: str = ""
    page_count: int | None = None
    text_is_incomplete: bool = False
    thumbnail_path: str = ""
    thumbnail_size: tuple[int, int] | None = None
    updated_at: dt.datetime | None = None
    place_title: str = ""
    place_url: str = ""
    office: str = ""
    reason: str = ""
    withdrawn_at: dt.datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether the file can be opened."""
        return self.state is DocumentState.PUBLIC

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was public and is no longer."""
        return self.state is DocumentState.WITHDRAWN

    def as_data(self) -> dict[str, Any]:
        """The file as JSON has it."""
        return {
            "bagian": "dokumen",
            "id": self.document_id,
            "keadaan": self.state.value,
            "judul": self.title,
            "url": self.path,
            "teks_url": self.text_path,
            "riwayat_url": self.about_path,
            "keterangan": self.facts,
            "jumlah_halaman": self.page_count,
            "teks_mungkin_tidak_lengkap": self.text_is_incomplete,
            "gambar_url": self.thumbnail_path,
            "diperbarui": self.updated_at.isoformat() if self.updated_at else None,
            "halaman": {"judul": self.place_title, "url": self.place_url} if self.place_url else None,
            "kantor": self.office,
            "alasan": self.reason,
            "ditarik": self.withdrawn_at.isoformat() if self.withdrawn_at else None,
        }


def document(document_id: int, office: Office | None = None) -> DocumentPart:
    """What is known in public of a file, whichever office's it is; of the pages that show it those of `office` first.

    Never raises: what was never public is unknown, in the same words as what does not exist.
    """
    if not 0 < document_id <= LARGEST_ID:
        return DocumentPart(document_id, DocumentState.UNKNOWN)
    if not access.in_public_use_among([document_id]):
        return _gone(document_id)
    found = OfficeDocument.objects.get(pk=document_id)
    places = Places([document_id], office).of(document_id)
    place = places[0] if places else None
    where = {
        "title": found.title,
        "about_path": reverse("documents:about", args=[document_id]),
        "place_title": place.title if place else "",
        "place_url": place.url if place else "",
        "office": place.office if place else "",
    }
    if not access.public_among([document_id]):
        withdrawal = histories([found])[document_id].withdrawal
        return DocumentPart(
            document_id,
            DocumentState.WITHDRAWN,
            reason=withdrawal.reason if withdrawal else REASON_CLOSED,
            withdrawn_at=withdrawal.until if withdrawal else None,
            **where,
        )
    has_picture = found.thumbnail and found.thumbnail_width and found.thumbnail_height
    return DocumentPart(
        document_id,
        DocumentState.PUBLIC,
        path=found.url,
        text_path=found.text_url,
        facts=rincian_berkas(found),
        page_count=found.page_count,
        text_is_incomplete=found.text_is_incomplete,
        thumbnail_path=found.thumbnail_url if has_picture else "",
        thumbnail_size=(found.thumbnail_width, found.thumbnail_height) if has_picture else None,
        updated_at=found.file_changed_at,
        **where,
    )


def _gone(document_id: int) -> DocumentPart:
    """A file that no public page shows now: withdrawn if it once was public, as far as that may be told."""
    record = FileRecord.objects.filter(document_id=document_id).order_by("-version", "-last_entry").first()
    if record is None:
        return DocumentPart(document_id, DocumentState.UNKNOWN)
    entries = LedgerEntry.objects.in_bulk({record.first_entry, record.last_entry})
    told = Told(list(entries.values()))
    if not told.may_tell(entries[record.last_entry]):  # closed since: as if it had never been
        return DocumentPart(document_id, DocumentState.UNKNOWN)
    is_recorded = record.state == FileState.WITHDRAWN  # else the log has not caught up with the clock
    return DocumentPart(
        document_id,
        DocumentState.WITHDRAWN,
        title=told.words(entries.get(record.last_entry))["judul"],
        office=Office.objects.filter(kode_wilayah=record.office_code).values_list("name", flat=True).first()
        or "",
        reason=told.words(entries.get(record.last_entry))["alasan"] if is_recorded else REASON_CLOSED,
        withdrawn_at=record.changed_at if is_recorded else None,
    )
