"""Work in the background: reading a file, and making the searchable copy of a scanned one."""

import logging

from django.conf import settings
from django_tasks import task

from documents import queue, searchable, thumbnails
from documents.enums import ExtractionState
from documents.extraction import kinds
from documents.extraction.runner import Chunk, read_chunk
from documents.extraction.types import Limits
from documents.local_copy import local_copy
from documents.models import OfficeDocument

logger = logging.getLogger(__name__)
QUEUE = "documents"


def limits() -> Limits:
    """The bounds of one reading; settings.DOCUMENT_LIMITS may change single values."""
    return Limits(**getattr(settings, "DOCUMENT_LIMITS", {}))


@task(queue_name=QUEUE)
def process_document(document_id: int, token: str) -> str:
    """Read the next part of a file's text. Idempotent; `token` names the reading, an outdated one does nothing."""
    document = queue.claim(document_id, token)
    if document is None:
        return "tidak ada yang perlu dikerjakan"
    try:
        finished = queue.store_chunk(document, _read(document))
    except Exception as error:
        logger.exception("Document %s could not be processed", document_id)
        queue.release_after_error(document, error)
        return "gagal, akan diulang"
    if finished and searchable.is_wanted(finished):
        make_searchable_copy.enqueue(finished.pk, token)
    return finished.extraction_state if finished else ExtractionState.RUNNING


def _read(document: OfficeDocument) -> Chunk:
    if document.kind is None:
        return Chunk(failure="Jenis berkas tidak dikenali.", fatal=True)
    if document.kind in kinds.VIDEOS:
        return Chunk()
    with local_copy(document.file, f".{document.kind.extensions[0]}") as path:
        return read_chunk(path, document.kind, document.extraction_next_page, limits())


@task(queue_name=QUEUE, priority=-50)
def make_searchable_copy(document_id: int, token: str) -> str:
    """Give the next pages of a scanned PDF's copy a text layer, and queue the rest behind everybody else's work."""
    document = OfficeDocument.objects.filter(pk=document_id, extraction_token=token).first()
    if document is None or not searchable.is_wanted(document):
        return "tidak ada yang perlu dikerjakan"
    more = searchable.add_text_layer(document)
    if more:
        make_searchable_copy.enqueue(document_id, token)
    return "belum selesai" if more else "selesai"


@task(queue_name=QUEUE, priority=-5)
def make_thumbnail(document_id: int, token: str) -> str:
    """Draw the first page of a document as a small picture (see `documents.thumbnails`)."""
    return thumbnails.make(document_id, token)


@task(queue_name=QUEUE, priority=10)
def check_document(document_id: int, token: str) -> str:
    """Look into a file that was stored unseen, read its signatures, have it scanned (`documents.scanning.checking`)."""
    from documents.scanning import checking

    try:
        return checking.check(document_id, token)
    except Exception:
        logger.exception("Document %s could not be checked", document_id)
        return "gagal, akan diulang"
