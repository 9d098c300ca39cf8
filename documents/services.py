"""What officers do with files besides uploading them: replace and compare."""

from collections.abc import Iterable

from django.db import transaction

from documents.models import DocumentVersion, OfficeDocument


def duplicates_of(document: OfficeDocument) -> Iterable[OfficeDocument]:
    """Return other documents whose file is byte for byte the same."""
    if not document.sha256:
        return OfficeDocument.objects.none()
    return OfficeDocument.objects.filter(sha256=document.sha256).exclude(pk=document.pk)


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
