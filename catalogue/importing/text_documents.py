"""Texts of regulations as documents: a text/plain file each, with its page texts, many at once.

Their text is at hand, so no reading is queued and no signal is sent. The key in the storage follows from the
source and the text, so a run that was broken off finds its files again and leaves none behind.
"""

import hashlib
import io
import uuid
from collections.abc import Sequence

from django.core.files.base import ContentFile
from wagtail.models import Collection

from catalogue.importing.bulk_pages import index_for_admin
from documents.enums import ExtractionState
from documents.extraction.cleaning import clean_text
from documents.extraction.office import split_text, text_pages
from documents.extraction.types import PageText
from documents.models import DocumentPage, OfficeDocument

_KEY_SPACE = uuid.UUID("8f3a5c52-6d0b-5b53-9f0e-2c6f6f0a7c11")
_ROWS_A_STATEMENT = 200
PAGE_CHARACTERS = 3000
"""About a printed page, so that a hit opens near its place (an uploaded text file is cut more coarsely)."""


def create_text_documents(
    texts: Sequence[tuple[str, str, str]], collection: Collection
) -> list[OfficeDocument]:
    """Store (source id, title, text) triples as documents whose texts are read already, and return them in order.

    Call inside the transaction that uses them.
    """
    documents, pages = [], []
    for source_id, title, text in texts:
        document = _unsaved(source_id, title, text, collection)
        parts = page_texts(text)
        document.part_count = len(parts)
        document.extraction_state = ExtractionState.DONE if parts else ExtractionState.NO_TEXT
        documents.append(document)
        pages.append(parts)
    OfficeDocument.objects.bulk_create(documents)
    DocumentPage.objects.bulk_create(
        [
            DocumentPage(document=document, number=number, label=part.label[:120], text=part.text)
            for document, parts in zip(documents, pages, strict=True)
            for number, part in enumerate(parts, 1)
        ],
        batch_size=_ROWS_A_STATEMENT,
    )
    index_for_admin(OfficeDocument, documents)
    return documents


def page_texts(text: str) -> list[PageText]:
    """Cut a text into pages: at its form feeds where it has some, else between paragraphs, 3,000 characters each."""
    if "\f" in text.strip():
        return text_pages(text)
    parts = split_text(clean_text(text), PAGE_CHARACTERS)
    return [PageText(number, f"Bagian {number}", part) for number, part in enumerate(parts, 1)]


def _unsaved(source_id: str, title: str, text: str, collection: Collection) -> OfficeDocument:
    """The document of a text, with its file stored."""
    content = text.encode("utf-8")
    document = OfficeDocument(title=title[:255], collection=collection)
    document.set_file_facts(io.BytesIO(content), f"{title[:120]}.txt")
    document.extraction_due_at = None
    document.file_size = len(content)
    document.file_hash = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    document.file.name = _stored(document, source_id, content)
    return document


def _stored(document: OfficeDocument, source_id: str, content: bytes) -> str:
    """Store the file and return its key; one that is there already (from a run broken off) is used."""
    key = uuid.uuid5(_KEY_SPACE, f"{document.collection_id}\n{source_id}\n{document.sha256}").hex
    name = f"dokumen/{key[:2]}/{key}.txt"
    storage = document.file.storage
    if storage.exists(name) and storage.size(name) == len(content):
        return name
    return storage.save(name, ContentFile(content))
