"""A small picture of a file's first page, made in the background and kept beside the file.

The picture is a second file under a random key, reachable only at `/dokumen/<id>/gambar` and under the very rule that
governs the file. Files that must never be public have none. What has no picture (tables, Word files, a page that could
not be drawn) is shown as a sheet with the name of its kind; templates ask `document.thumbnail`.
"""

import tempfile
from datetime import timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from PIL import Image

from documents.access import withheld_documents
from documents.enums import UNFINISHED_STATES
from documents.extraction.drawing import DRAWABLE, draw_page
from documents.local_copy import local_copy
from documents.models import OfficeDocument

WIDTH, HEIGHT = 240, 340
"""The box that the picture fits, pixels: a sheet of A4 fills it, of a longer page the top is shown."""
MAX_BYTES = 12_000
MAX_ATTEMPTS = 3
PATIENCE = timedelta(hours=1)
"""How long the picture may wait in the queue before the scheduler asks for it again."""
RETRY_AFTER = timedelta(minutes=5)
A_RUN = 100
"""Pictures that one run of the scheduler asks for: older files get theirs little by little."""


def wanted() -> Q:
    """Match documents that should have a picture and have none."""
    return Q(
        thumbnail="",
        thumbnail_attempts__lt=MAX_ATTEMPTS,
        mime_type__in=[kind.mime_type for kind in DRAWABLE],
    ) & ~Q(extraction_state__in=UNFINISHED_STATES)


def enqueue(document: OfficeDocument) -> None:
    """Ask for the document's picture in a task, if it should have one (inside the caller's transaction)."""
    from documents.tasks import make_thumbnail

    row = OfficeDocument.objects.filter(wanted(), pk=document.pk)
    if row.update(thumbnail_due_at=timezone.now() + PATIENCE):
        make_thumbnail.enqueue(document.pk, str(document.extraction_token))


def make(document_id: int, token: str) -> str:
    """Draw the first page of a document's file; `token` names the reading of the file, an outdated one does nothing.

    Idempotent. A storage out of reach raises, and the scheduler tries again; a page that cannot be drawn is tried three
    times.
    """
    found = OfficeDocument.objects.filter(wanted(), pk=document_id, extraction_token=token)
    document = found.first()
    if document is None or document.kind is None or document.is_withheld:
        return "tidak ada yang perlu dikerjakan"
    same = OfficeDocument.objects.filter(pk=document.pk, extraction_token=token)
    same.update(thumbnail_due_at=timezone.now() + RETRY_AFTER)
    with (
        local_copy(document.file, f".{document.kind.extensions[0]}") as path,
        tempfile.TemporaryDirectory(prefix="eppid-gambar-") as folder,
    ):
        target = Path(folder) / "gambar.webp"
        if not draw_page(path, document.kind, 1, target, width=WIDTH, height=HEIGHT, max_bytes=MAX_BYTES):
            same.update(thumbnail_attempts=document.thumbnail_attempts + 1)
            return "tidak dapat digambar"
        return "selesai" if _store(document, target) else "berkas sudah diganti"


def _store(document: OfficeDocument, path: Path) -> bool:
    """Keep the picture with the document, unless the file was replaced or somebody else was faster."""
    with Image.open(path) as picture:
        width, height = picture.size
    storage = document.thumbnail.storage
    with path.open("rb") as handle:
        key = storage.save(document.thumbnail.field.generate_filename(document, path.name), File(handle))
    with transaction.atomic():
        stored = OfficeDocument.objects.filter(
            pk=document.pk, extraction_token=document.extraction_token, thumbnail=""
        ).update(thumbnail=key, thumbnail_width=width, thumbnail_height=height)
    if not stored:
        storage.delete(key)
    return bool(stored)


def make_missing() -> str:
    """Ask for pictures that are missing: of files from before, and where a task failed. Run by the scheduler."""
    due = Q(thumbnail_due_at=None) | Q(thumbnail_due_at__lt=timezone.now())
    missing = OfficeDocument.objects.filter(wanted(), due).exclude(pk__in=withheld_documents().values("pk"))
    asked = 0
    for document in missing.order_by("-pk")[:A_RUN]:
        with transaction.atomic():
            enqueue(document)
        asked += 1
    return f"{asked} gambar diminta" if asked else ""
