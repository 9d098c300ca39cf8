"""What officers do with files besides uploading them: replace and compare."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from documents.models import DocumentVersion, OfficeDocument


def duplicates_of(document: OfficeDocument) -> Iterable[OfficeDocument]:
    """Return other documents whose file, or the upload that it was made from, is byte for byte the same."""
    if not document.sha256:
        return OfficeDocument.objects.none()
    known = {document.sha256, document.original_sha256} - {""}
    same = Q(sha256__in=known) | Q(original_sha256__in=known)
    return OfficeDocument.objects.filter(same).exclude(pk=document.pk)


def keep_version(
    document: OfficeDocument, former: OfficeDocument, user, reason: str, is_open: bool
) -> DocumentVersion:
    """Keep the former file of a document that is being replaced, as its next numbered version.

    `former` is the document as it is stored. Call inside the transaction that saves the new file.
    """
    version = DocumentVersion.objects.create(
        document=document,
        number=former.version,
        file=former.file.name,
        file_name=former.filename,
        mime_type=former.mime_type,
        sha256=former.sha256,
        size=former.file_size or 0,
        page_count=former.page_count,
        uploaded_at=former.file_changed_at or former.created_at,
        reason=reason,
        is_open=is_open,
        original_file=former.original_file.name or "",
        original_sha256=former.original_sha256,
        scan_state=former.scan_state,
        scan_reason=former.scan_reason,
        scanned_at=former.scanned_at,
        checks_edition=former.checks_edition,
        replaced_by=user if user and user.is_authenticated else None,
    )
    document.version = former.version + 1
    return version


@transaction.atomic
def replace_file(
    document: OfficeDocument, file, *, user=None, reason: str = "", keep_open: bool = False
) -> OfficeDocument:
    """Give a document a new file; the former one stays as a numbered version, closed unless `keep_open`."""
    former = OfficeDocument.objects.select_for_update().get(pk=document.pk)
    keep_version(document, former, user, reason, keep_open)
    document.file = file
    document.save()
    return document
