"""Withdrawing a version of a file with a reason, taking that back, opening and closing earlier versions.

Rights are checked by the caller (`documents.access.may_replace_public_file`).
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from documents.models import DocumentVersion, OfficeDocument
from documents.signals import document_text_ready
from documents.verification.models import FileRecord, FileWithdrawal, LedgerEntry
from documents.verification.recording import record

LOG_WITHDRAWN = "documents.withdraw_file"
LOG_REOPENED = "documents.reopen_file"
LOG_OPENED = "documents.open_version"
LOG_CLOSED = "documents.close_version"

NEVER_PUBLIC = "Versi ini belum pernah terbuka untuk umum, jadi tidak perlu ditarik: ganti atau hapus saja."
NO_SUCH_VERSION = "Versi itu tidak ada."


class NotPossible(ValueError):
    """What was asked makes no sense for this version; the text says why."""


@transaction.atomic
def withdraw_version(
    document: OfficeDocument, number: int, reason: str, *, user=None, forget_words: bool = False
) -> FileWithdrawal:
    """Withdraw a version that was public: the public can no longer open it and reads why.

    With `forget_words` the change log also forgets title and names of this document's entries, for ever. Raises
    NotPossible for a version that was never public. Withdrawing twice changes nothing.
    """
    document = OfficeDocument.objects.select_for_update().get(pk=document.pk)
    record([document.pk])
    if not FileRecord.objects.filter(document_id=document.pk, version=number).exists():
        raise NotPossible(NEVER_PUBLIC)
    if forget_words:
        LedgerEntry.objects.filter(document_id=document.pk).blank()
    withdrawal, is_new = FileWithdrawal.objects.get_or_create(
        document=document,
        version=number,
        cancelled_at=None,
        defaults={"reason": reason.strip(), "withdrawn_by": user},
    )
    if is_new:
        _changed(document, number, LOG_WITHDRAWN, user, reason.strip())
    return withdrawal


@transaction.atomic
def take_back(document: OfficeDocument, number: int, *, user=None) -> None:
    """Let the public open a withdrawn version again (an earlier one only if it is open)."""
    standing = FileWithdrawal.objects.filter(document=document, version=number, cancelled_at=None).first()
    if standing is None:
        return
    standing.cancelled_at = timezone.now()
    standing.save()
    _changed(document, number, LOG_REOPENED, user)


@transaction.atomic
def set_open(document: OfficeDocument, number: int, is_open: bool, *, user=None) -> None:
    """Open an earlier version to the public, or close it. Raises NotPossible when there is none."""
    version = DocumentVersion.objects.filter(document=document, number=number).first()
    if version is None:
        raise NotPossible(NO_SUCH_VERSION)
    if version.is_open != is_open:
        version.is_open = is_open
        version.save()
        _changed(document, number, LOG_OPENED if is_open else LOG_CLOSED, user)


def _changed(document: OfficeDocument, number: int, action: str, user, reason: str = "") -> None:
    log(instance=document, action=action, user=user, data={"version": number, "reason": reason})
    # Pages that show the document lose its words in the search, or get them back.
    document_text_ready.send(OfficeDocument, document=document)
