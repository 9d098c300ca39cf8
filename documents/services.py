"""What officers and importers do with files besides uploading them by a form."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from wagtail.models import Collection

from documents.enums import ExtractionState
from documents.extraction.office import text_pages
from documents.models import DocumentPage, DocumentVersion, OfficeDocument
from documents.queue import enqueue
from documents.signals import document_text_ready


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


@transaction.atomic
def read_again(document: OfficeDocument) -> None:
    """Start a document's text anew, after OCR was installed or the reader was improved."""
    row = OfficeDocument.objects.select_for_update().get(pk=document.pk)
    row.start_extraction()
    row.save()
    row.pages.all().delete()
    document_text_ready.send(OfficeDocument, document=row)
    enqueue(row)


@transaction.atomic
def create_text_document(title: str, text: str, collection: Collection, user=None) -> OfficeDocument:
    """Store a text (of an imported regulation) as a text/plain document whose pages are there at once.

    The text needs no reader, so nothing is queued; the pages are those that an uploaded text file would get.
    """
    document = OfficeDocument(title=title[:255], collection=collection, uploaded_by_user=user)
    document.file = ContentFile(text.encode("utf-8"), name=f"{title[:120]}.txt")
    document._set_document_file_metadata()
    document._has_new_file = False
    pages = text_pages(text)
    document.extraction_state = ExtractionState.DONE if pages else ExtractionState.NO_TEXT
    document.extraction_due_at = None
    document.part_count = len(pages)
    document.file_changed_at = timezone.now()
    document.save()
    DocumentPage.objects.bulk_create(
        [
            DocumentPage(document=document, number=number, label=page.label[:120], text=page.text)
            for number, page in enumerate(pages, 1)
        ],
        batch_size=200,
    )
    document_text_ready.send(OfficeDocument, document=document)
    return document
