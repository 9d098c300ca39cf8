"""How a file waits, is worked on and is taken up again: the only code that moves `extraction_state`.

Every step is one conditional UPDATE or one transaction on the document's row, so that two workers never work on one
file, a task that arrives twice does nothing the second time, and a worker that dies leaves a row the scheduler finds.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from documents import thumbnails
from documents.enums import UNFINISHED_STATES, ExtractionState, TextSource
from documents.extraction import kinds
from documents.extraction.runner import MAX_CRASHES, NOTE_CRASHED, Chunk
from documents.extraction.types import PageText
from documents.models import QUEUE_PATIENCE, DocumentPage, OfficeDocument
from documents.reading import corrections
from documents.signals import document_text_ready

LEASE = timedelta(minutes=8)
"""After this long a worker that holds a file counts as dead; longer than the child process may live."""
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(minutes=1)

REASON_GIVEN_UP = "Pembacaan berkas terhenti {attempts} kali dan tidak diulang lagi."
REASON_VIDEO = "Berkas video tidak memuat teks; bacalah transkripnya."
REASON_BLANK = "Berkas ini tidak memuat teks."


def queue_new_file(document: OfficeDocument) -> None:
    """Drop the texts of the former file and put the new one in the queue (inside the caller's transaction)."""
    from documents.scanning import checking

    if document.pages.exists():
        document.pages.all().delete()
        document_text_ready.send(OfficeDocument, document=document)
    checking.enqueue(document)
    if document.extraction_state == ExtractionState.PENDING:
        enqueue(document)


def enqueue(document: OfficeDocument, priority: int = 0) -> None:
    """Put the next step of the file's reading in the queue (inside the caller's transaction)."""
    from documents.tasks import process_document

    process_document.using(priority=priority).enqueue(document.pk, str(document.extraction_token))


def claim(document_id: int, token: str) -> OfficeDocument | None:
    """Take hold of a file for one step, or return None: replaced, finished, or in other hands."""
    now = timezone.now()
    free = Q(extraction_started_at=None) | Q(extraction_started_at__lt=now - LEASE)
    taken = (
        OfficeDocument.objects.filter(
            free, pk=document_id, extraction_token=token, extraction_state__in=UNFINISHED_STATES
        )
        .order_by()
        .update(
            extraction_state=ExtractionState.RUNNING, extraction_started_at=now, extraction_due_at=now + LEASE
        )
    )
    return OfficeDocument.objects.get(pk=document_id) if taken else None


def _locked(document: OfficeDocument) -> OfficeDocument | None:
    """The row of a claimed file, locked, or None when the file was replaced or the claim was lost meanwhile."""
    return (
        OfficeDocument.objects.select_for_update()
        .filter(
            pk=document.pk,
            extraction_token=document.extraction_token,
            extraction_started_at=document.extraction_started_at,
            extraction_state=ExtractionState.RUNNING,
        )
        .first()
    )


_PROGRESS = (
    "extraction_state",
    "extraction_reason",
    "extraction_attempts",
    "extraction_token",
    "extraction_next_page",
    "extraction_started_at",
    "extraction_due_at",
    "page_count",
    "part_count",
    "notices",
    "preview",
)


def _save_progress(row: OfficeDocument) -> None:
    """Write what this module may change and nothing else: a title edited meanwhile stays, no save signal is sent."""
    OfficeDocument.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in _PROGRESS})


def _page_row(document: OfficeDocument, page: PageText) -> DocumentPage:
    return DocumentPage(
        document=document,
        number=page.number,
        label=page.label[:120],
        text=page.text,
        source=page.source,
        confidence=page.confidence,
        doubt=page.doubt,
        note=page.note[:255],
    )


@transaction.atomic
def store_chunk(document: OfficeDocument, chunk: Chunk) -> OfficeDocument | None:
    """Store what one step found, and finish the file or queue its next step.

    Returns the document when it is finished, else None.
    """
    row = _locked(document)
    if row is None:
        return None
    pages = [_page_row(row, page) for page in chunk.pages]
    corrections.keep(row, pages)
    DocumentPage.objects.bulk_create(
        pages,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["document", "number"],
        update_fields=["label", "text", "source", "confidence", "doubt", "note", "corrected_at"],
    )
    if chunk.facts:
        row.page_count, row.part_count = chunk.facts.length, chunk.facts.part_count
        row.notices = chunk.facts.notices
    if chunk.preview:
        row.preview = chunk.preview
    row.extraction_started_at = None
    hopeless = bool(chunk.failure) and row.pages.filter(note=NOTE_CRASHED).count() >= MAX_CRASHES
    if chunk.next_page is not None and not hopeless:
        row.extraction_next_page = chunk.next_page
        row.extraction_due_at = timezone.now() + QUEUE_PATIENCE
        _save_progress(row)
        enqueue(row, priority=-10)  # a long scan lets the others pass
        return None
    finish(row, chunk.failure if chunk.fatal or hopeless else "", chunk.empty)
    return row


@transaction.atomic
def restart(document: OfficeDocument) -> None:
    """Start a file's text anew: drop the texts, tell the rooms above, and queue it."""
    row = OfficeDocument.objects.select_for_update().get(pk=document.pk)
    row.start_extraction()
    _save_progress(row)
    row.pages.all().delete()
    document_text_ready.send(OfficeDocument, document=row)
    enqueue(row)


def finish(row: OfficeDocument, failure: str = "", empty: bool = False) -> None:
    """Give a file its final state with a reason, and tell the rooms above (inside the caller's transaction)."""
    row.extraction_state, row.extraction_reason = final_state(row, failure, empty)
    row.extraction_started_at = row.extraction_due_at = None
    _save_progress(row)
    document_text_ready.send(OfficeDocument, document=row)
    thumbnails.enqueue(row)


def reconsider(row: OfficeDocument) -> None:
    """Give a file that is read the state that its pages add up to now: one of them was corrected."""
    row.extraction_state, row.extraction_reason = final_state(row)
    _save_progress(row)


def final_state(row: OfficeDocument, failure: str = "", empty: bool = False) -> tuple[ExtractionState, str]:
    """Return the state that the stored pages add up to, and the reason that people read."""
    if row.kind in kinds.VIDEOS:
        return ExtractionState.NO_TEXT, REASON_VIDEO
    pages = row.pages.order_by("number")
    read = pages.exclude(text="").exclude(source=TextSource.NONE).count()
    doubtful = list(pages.filter(doubt=True).values_list("number", "note"))
    missing = max((row.part_count or 0) - pages.count(), 0)
    if not read:
        if failure:
            return ExtractionState.NO_TEXT if empty else ExtractionState.FAILED, failure
        return ExtractionState.NO_TEXT, doubtful[0][1] if doubtful else REASON_BLANK
    if not (doubtful or missing or failure):
        return ExtractionState.DONE, ""
    sentences = [failure] if failure else []
    if doubtful:
        numbers = ", ".join(str(number) for number, _note in doubtful[:10]) + (
            " …" if len(doubtful) > 10 else ""
        )
        sentences.append(f"Halaman {numbers}: {doubtful[0][1]}")
    if missing:
        sentences.append(f"{missing} dari {row.part_count} halaman tidak dibaca.")
    return ExtractionState.PARTIAL, " ".join(sentences)


@transaction.atomic
def release_after_error(document: OfficeDocument, error: Exception) -> None:
    """Count a failed attempt of ours (storage or database out of reach) and let the scheduler try again later."""
    row = _locked(document)
    if row is None:
        return
    row.extraction_attempts += 1
    row.extraction_started_at = None
    if row.extraction_attempts >= MAX_ATTEMPTS:
        give_up(row)
        return
    row.extraction_due_at = timezone.now() + RETRY_AFTER * row.extraction_attempts
    row.extraction_reason = (
        f"Percobaan {row.extraction_attempts} gagal ({type(error).__name__}); akan diulang."
    )
    _save_progress(row)


def give_up(row: OfficeDocument) -> None:
    """End a file's reading for good; what was read so far stays."""
    finish(row, REASON_GIVEN_UP.format(attempts=row.extraction_attempts))


def recover_stalled() -> str:
    """Take up files whose worker died or whose task was lost; give up after three attempts. Run by the scheduler."""
    resumed = given_up = 0
    now = timezone.now()
    overdue = OfficeDocument.objects.filter(extraction_state__in=UNFINISHED_STATES, extraction_due_at__lt=now)
    for pk in overdue.values_list("pk", flat=True)[:500]:
        with transaction.atomic():
            row = overdue.select_for_update().filter(pk=pk).first()
            if row is None:
                continue
            if row.extraction_started_at is not None:
                row.extraction_attempts += 1
            row.extraction_started_at = None
            if row.extraction_attempts >= MAX_ATTEMPTS:
                give_up(row)
                given_up += 1
                continue
            row.extraction_due_at = now + QUEUE_PATIENCE
            _save_progress(row)
            enqueue(row)
            resumed += 1
    return f"{resumed} dokumen diantrekan lagi, {given_up} dihentikan" if resumed or given_up else ""
