"""An officer corrects what a machine read. The file is never touched; only the text that is searched and read aloud.

A correction belongs to one file (by fingerprint): it survives every new reading of that file, and a replaced file
starts without. Each is kept with who, when, and what stood there before.
"""

import hashlib
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.permissions import policy_registry

from documents.enums import TextSource
from documents.extraction.cleaning import clean_text
from documents.extraction.types import Limits
from documents.models import DocumentPage, OfficeDocument
from documents.reading.models import PageCorrection
from documents.signals import document_text_ready

LOG_ACTION = "documents.correct_text"
MAX_CHARS = Limits.page_chars


class Conflict(Exception):
    """Somebody else changed the page meanwhile; `page` is what stands there now, None when the file was replaced."""

    def __init__(self, page: DocumentPage | None):
        super().__init__("the page is no longer what the officer saw")
        self.page = page


class NotNow(Exception):
    """The page cannot be corrected at this moment; the message says why, in Indonesian."""


def may_correct(user, document: OfficeDocument) -> bool:
    """Tell whether this user may correct the document's text: whoever may change the document in its collection."""
    policy = policy_registry.get_by_type(OfficeDocument)
    return user.is_active and policy.user_has_permission_for_instance(user, "change", document)


def in_order(document: OfficeDocument) -> QuerySet[DocumentPage]:
    """Return the document's pages, those in doubt first, then as they follow each other."""
    return document.pages.order_by("-doubt", "number")


def next_doubtful(document: OfficeDocument, after: int) -> int | None:
    """Return the number of the next page in doubt behind page `after`, else the first, or None."""
    numbers = list(document.pages.filter(doubt=True).order_by("number").values_list("number", flat=True))
    return next((number for number in numbers if number > after), numbers[0] if numbers else None)


def state_of(document: OfficeDocument, page: DocumentPage) -> str:
    """Return what a form carries to tell whether the page is still the one that the officer looked at."""
    return hashlib.sha256(f"{document.sha256}\n{page.number}\n{page.text}".encode()).hexdigest()[:32]


def history(document: OfficeDocument, number: int) -> QuerySet[PageCorrection]:
    """Return the corrections of one page of the current file, newest first."""
    return document.corrections.filter(sha256=document.sha256, number=number).select_related("corrected_by")


@transaction.atomic
def correct(document: OfficeDocument, number: int, text: str, user, seen: str) -> bool:
    """Give a page the text that an officer typed; return False when that changes nothing.

    Saving a page in doubt as it stands confirms it. `seen` is `state_of()` the page when the officer began. Raises
    Conflict (nothing is stored) and NotNow.
    """
    row = OfficeDocument.objects.select_for_update().get(pk=document.pk)
    page = row.pages.filter(number=number).first()
    if row.text_is_pending:
        raise NotNow(
            "Berkas ini sedang dibaca ulang. Simpan lagi setelah selesai; yang Anda ketik tetap ada."
        )
    if page is None or state_of(row, page) != seen:
        raise Conflict(page if row.sha256 == document.sha256 else None)
    text = clean_text(text)
    if text == page.text and not page.doubt:
        return False
    now = timezone.now()
    PageCorrection.objects.create(
        document=row,
        number=number,
        sha256=row.sha256,
        before=page.text,
        text=text,
        corrected_by=user,
        corrected_at=now,
    )
    _put(page, text, now)
    page.save(update_fields=["text", "source", "doubt", "note", "corrected_at"])
    from documents.queue import reconsider

    reconsider(row)
    document_text_ready.send(OfficeDocument, document=row)
    log(instance=row, action=LOG_ACTION, user=user, data={"halaman": page.label})
    return True


def _put(page: DocumentPage, text: str, moment) -> None:
    page.text, page.corrected_at, page.doubt, page.note = text, moment, False, ""
    if page.source == TextSource.NONE and text:
        page.source = TextSource.OCR  # read from a picture, by a person: not the official text either


def keep(document: OfficeDocument, pages: Sequence[DocumentPage]) -> None:
    """Put the newest corrections into pages just read (not saved here): a machine never overrules a person."""
    numbers = [page.number for page in pages]
    for correction in _newest(document, numbers):
        page = next(page for page in pages if page.number == correction.number)
        _put(page, correction.text, correction.corrected_at)


def _newest(document: OfficeDocument, numbers: Iterable[int]) -> list[PageCorrection]:
    found = document.corrections.filter(sha256=document.sha256, number__in=list(numbers))
    return list({row.number: row for row in found.order_by("corrected_at", "pk")}.values())
