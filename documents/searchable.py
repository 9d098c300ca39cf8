"""The searchable copy of a scanned or mixed PDF: a second file beside the untouched original."""

import tempfile
from pathlib import Path

from django.core.files import File
from django.db import transaction

from documents.enums import TextSource
from documents.extraction import ocr
from documents.extraction.textlayer import add_text_layer as run_ocrmypdf
from documents.extraction.types import Limits
from documents.local_copy import local_copy
from documents.models import OfficeDocument

PAGES_A_STEP = 8
"""Pages of one step; a long scan yields to other work between its steps."""
STEP_SECONDS = 240.0
MAX_PAGES = 600


def _scanned_pages(document: OfficeDocument) -> list[int]:
    pages = document.pages.filter(source=TextSource.OCR).order_by("number")
    return list(pages.values_list("number", flat=True))


def is_wanted(document: OfficeDocument) -> bool:
    """Tell whether a copy with a text layer is still to be made: for PDFs with scanned pages, never for signed ones."""
    if document.searchable_ready or not document.is_pdf or document.is_signed or document.text_is_pending:
        return False
    return ocr.available() and 0 < len(_scanned_pages(document)) <= MAX_PAGES


def add_text_layer(document: OfficeDocument) -> bool:
    """Give the next scanned pages of the copy a text layer; return whether pages remain.

    A step that fails (an encrypted or damaged file that OCRmyPDF refuses) ends the work without a copy: the page texts
    are there all the same.
    """
    remaining = [number for number in _scanned_pages(document) if number > document.searchable_pages_done]
    step, rest = remaining[:PAGES_A_STEP], remaining[PAGES_A_STEP:]
    begun = bool(document.searchable_copy)
    source = document.searchable_copy if begun else document.file
    with local_copy(source, ".pdf") as path, tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "salinan.pdf"
        done = run_ocrmypdf(path, target, step, Limits(wall_seconds=STEP_SECONDS))
        with target.open("rb") if done else tempfile.TemporaryFile() as handle, transaction.atomic():
            row = OfficeDocument.objects.select_for_update().filter(pk=document.pk).first()
            if row is None or row.extraction_token != document.extraction_token:
                return False
            former = row.searchable_copy.name
            if done:
                row.searchable_copy.save("salinan.pdf", File(handle), save=False)
                row.searchable_pages_done = step[-1]
                row.searchable_ready = not rest
            else:
                row.searchable_copy = ""
            changed = ("searchable_copy", "searchable_pages_done", "searchable_ready")
            OfficeDocument.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in changed})
            if former:
                storage = row.searchable_copy.storage
                transaction.on_commit(lambda: storage.delete(former))
    return done and bool(rest)
