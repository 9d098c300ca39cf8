"""How a file moves through the queue: once, in chunks, past dead workers, to a state with a reason."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from documents import queue
from documents.enums import ExtractionState
from documents.models import OfficeDocument
from documents.services import replace_file
from documents.signals import document_text_ready
from documents.tasks import process_document
from tests import factories
from tests.documents import samples
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
PAGES = ["Halaman satu", "Halaman dua", "Halaman tiga"]


@pytest.fixture
def queued(settings):
    """Tasks wait in the database until a test lets the worker run."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(timezone.now())
    return time_machine


@pytest.fixture
def ready():
    heard = []

    def hear(document, **kwargs):
        heard.append(document.pk)

    document_text_ready.connect(hear)
    yield heard
    document_text_ready.disconnect(hear)


def add(pages=PAGES, name="a.pdf", data=None) -> OfficeDocument:
    return OfficeDocument.objects.create(
        title="Berkas",
        file=ContentFile(data if data is not None else pdf_bytes(pages), name=name),
        collection=factories.shared_office().collection,
    )


def waiting():
    """The tasks of reading that wait, in the worker's order; pictures and checks of files have tests of their own."""
    names = ("process_document", "make_searchable_copy")
    return DBTaskResult.objects.ready().filter(task_path__in=[f"documents.tasks.{name}" for name in names])


def work(limit: int = 50) -> int:
    """Run waiting tasks as the worker does, in its order; return how many ran."""
    for done in range(limit):
        row = waiting().first()
        if row is None:
            return done
        args = row.args_kwargs["args"]
        row.delete()
        row.task.func(*args)
    return limit


def state(document):
    document.refresh_from_db()
    return document.extraction_state


def test_file_waits_then_is_done_and_told(each_store, queued, ready):
    document = add()
    assert state(document) == ExtractionState.PENDING
    assert document.text_url == ""
    work()
    assert state(document) == ExtractionState.DONE
    assert ready == [document.pk]
    assert [page.text for page in document.pages.all()] == PAGES


def test_long_file_yields_between_chunks(each_store, queued, settings, ready):
    settings.DOCUMENT_LIMITS = {"chunk_pages": 2}
    long, short = add(["halaman"] * 5), add(["pendek"])
    order = []
    while row := waiting().first():
        order.append(row.args_kwargs["args"][0])
        work(1)
    assert order == [long.pk, short.pk, long.pk, long.pk]
    assert state(long) == ExtractionState.DONE
    assert long.pages.count() == 5
    assert ready == [short.pk, long.pk]


def test_task_that_arrives_twice_does_nothing_the_second_time(queued, ready):
    document = add()
    token = str(document.extraction_token)
    process_document.func(document.pk, token)
    process_document.func(document.pk, token)
    assert ready == [document.pk]
    assert document.pages.count() == 3


def test_file_in_other_hands_is_left_alone(queued):
    document = add()
    assert queue.claim(document.pk, document.extraction_token) is not None
    assert queue.claim(document.pk, document.extraction_token) is None


def test_task_of_a_replaced_file_does_nothing(queued):
    document = add(["lama"])
    old_token = str(document.extraction_token)
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"))
    process_document.func(document.pk, old_token)
    assert document.pages.count() == 0
    work()
    assert [page.text for page in document.pages.all()] == ["baru"]


def test_result_that_comes_after_a_replacement_is_thrown_away(queued):
    from documents.tasks import _read

    document = add(["lama"])
    claimed = queue.claim(document.pk, document.extraction_token)
    chunk = _read(claimed)
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"))
    assert queue.store_chunk(claimed, chunk) is None
    assert document.pages.count() == 0


def test_replacing_drops_the_old_text_and_tells_at_once(queued, ready):
    document = add(["lama"])
    work()
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"))
    assert document.pages.count() == 0
    assert ready == [document.pk, document.pk]


def test_file_of_a_dead_worker_is_taken_up_again(queued, clock):
    document = add()
    waiting().delete()
    queue.claim(document.pk, document.extraction_token)
    assert queue.recover_stalled() == ""
    clock.shift(queue.LEASE + timedelta(seconds=1))
    assert "1 dokumen diantrekan lagi" in queue.recover_stalled()
    work()
    assert state(document) == ExtractionState.DONE
    assert document.extraction_attempts == 1


def test_file_whose_worker_dies_three_times_is_given_up_with_a_reason(queued, clock, ready):
    document = add()
    for _ in range(queue.MAX_ATTEMPTS):
        waiting().delete()
        assert queue.claim(document.pk, document.extraction_token) is not None
        clock.shift(queue.LEASE + timedelta(seconds=1))
        queue.recover_stalled()
    assert state(document) == ExtractionState.FAILED
    assert "3 kali" in document.extraction_reason
    assert not waiting().exists()
    assert ready == [document.pk]


def test_pages_read_before_the_worker_died_are_kept(queued, settings, clock):
    settings.DOCUMENT_LIMITS = {"chunk_pages": 1}
    document = add()
    process_document.func(document.pk, str(document.extraction_token))
    for _ in range(queue.MAX_ATTEMPTS):
        waiting().delete()
        queue.claim(document.pk, document.extraction_token)
        clock.shift(queue.LEASE + timedelta(seconds=1))
        queue.recover_stalled()
    assert state(document) == ExtractionState.PARTIAL
    assert document.pages.get().text == "Halaman satu"
    assert "2 dari 3 halaman tidak dibaca" in document.extraction_reason


def test_lost_task_is_queued_again(queued, clock):
    document = add()
    waiting().delete()
    clock.shift(timedelta(hours=2))
    queue.recover_stalled()
    work()
    assert state(document) == ExtractionState.DONE
    assert document.extraction_attempts == 0


def test_storage_out_of_reach_is_tried_again_later(each_store, queued, clock):
    document = add()
    name = document.file.name
    content = document.file.storage.open(name).read()
    document.file.storage.delete(name)
    work()
    assert state(document) == ExtractionState.RUNNING
    assert document.extraction_started_at is None
    document.file.storage.save(name, ContentFile(content))
    clock.shift(timedelta(minutes=2))
    queue.recover_stalled()
    work()
    assert state(document) == ExtractionState.DONE


def test_storage_that_lost_the_file_ends_with_a_reason(each_store, queued, clock):
    document = add()
    document.file.storage.delete(document.file.name)
    for _ in range(queue.MAX_ATTEMPTS):
        work()
        clock.shift(timedelta(minutes=5))
        queue.recover_stalled()
    assert state(document) == ExtractionState.FAILED
    assert "tidak diulang lagi" in document.extraction_reason


@pytest.mark.parametrize(
    ("make", "expected", "words"),
    [
        (lambda path: samples.locked_pdf(path, user_password="x"), ExtractionState.FAILED, "kata sandi"),
        (lambda path: samples.damaged_pdf(path, cut=0.95), ExtractionState.FAILED, "rusak"),
        (lambda path: samples.locked_pdf(path), ExtractionState.DONE, ""),
    ],
)
def test_difficult_file_ends_in_a_state_with_a_reason(queued, tmp_path, make, expected, words):
    document = add(data=make(tmp_path / "a.pdf").read_bytes())
    work()
    assert state(document) == expected
    assert words in document.extraction_reason
    assert document.extraction_due_at is None


def test_nul_and_control_characters_reach_no_row(queued, tmp_path):
    """PostgreSQL refuses NUL in a text."""
    tables = samples.workbook(tmp_path / "a.xlsx", {"Data": [["se_x0000_rang", "a\tb"]]})
    files = [
        add(data=samples.text_pdf(tmp_path / "a.pdf", title="Judul\x00\x01", extra="\x03akhir").read_bytes()),
        add(data=b"nama;jumlah\nSe\x01rang;1\n" + b"Cipocok;2\n" * 60, name="a.csv"),
        add(data=tables.read_bytes(), name="a.xlsx"),
    ]
    work()
    for document in files:
        assert state(document) == ExtractionState.DONE
        for page in document.pages.all():
            assert not {char for char in page.text if ord(char) < 32 and char != "\n"}


def test_scan_without_ocr_says_that_text_is_missing(queued, settings, tmp_path):
    settings.DOCUMENT_LIMITS = {"ocr": False}
    document = add(data=samples.scan_pdf(tmp_path / "a.pdf").read_bytes())
    work()
    assert state(document) == ExtractionState.NO_TEXT
    assert document.text_is_incomplete
    assert "hasil pindai" in document.extraction_reason


def test_one_bad_page_makes_the_text_partial(queued, settings, tmp_path):
    import pikepdf

    settings.DOCUMENT_LIMITS = {"ocr": False}
    samples.text_pdf(tmp_path / "teks.pdf", pages=2)
    samples.scan_pdf(tmp_path / "pindai.pdf")
    with pikepdf.open(tmp_path / "teks.pdf") as target, pikepdf.open(tmp_path / "pindai.pdf") as scan:
        target.pages.append(scan.pages[0])
        target.save(tmp_path / "a.pdf")
    document = add(data=(tmp_path / "a.pdf").read_bytes())
    work()
    assert state(document) == ExtractionState.PARTIAL
    assert document.extraction_reason.startswith("Halaman 3: ")
    assert document.text_is_incomplete


def test_file_on_which_the_child_always_dies_is_not_tried_for_ever(queued, settings):
    """Out of memory on whatever page: the reading ends after a few of them, and what was read before stays."""
    from documents.extraction.runner import MAX_CRASHES, NOTE_CRASHED, REASON_MEMORY, Chunk
    from documents.extraction.types import FileFacts, PageText

    document = add()
    waiting().delete()
    facts = FileFacts(part_count=1000, length=1000)
    for number in range(1, MAX_CRASHES + 1):
        claimed = queue.claim(document.pk, document.extraction_token)
        page = PageText(number, f"Halaman {number}", "", "kosong", doubt=True, note=NOTE_CRASHED)
        chunk = Chunk(facts=facts, pages=[page], next_page=number + 1, failure=REASON_MEMORY)
        queue.store_chunk(claimed, chunk)
    assert state(document) == ExtractionState.FAILED
    assert document.extraction_reason == REASON_MEMORY


def test_reading_again_starts_anew(queued, ready):
    document = add()
    work()
    queue.restart(document)
    assert state(document) == ExtractionState.PENDING
    work()
    assert state(document) == ExtractionState.DONE
    assert document.pages.count() == 3


def test_a_thousand_pages_do_not_take_the_queue(queued, tmp_path, settings):
    settings.DOCUMENT_LIMITS = {"chunk_pages": 400}
    document = add(data=samples.text_pdf(tmp_path / "a.pdf", pages=1000).read_bytes())
    assert work() == 3
    assert state(document) == ExtractionState.DONE
    assert document.pages.count() == 1000


def test_scheduler_knows_the_job():
    from common import schedule

    assert schedule._jobs["dokumen_macet"].callback is queue.recover_stalled


def test_lease_outlives_the_child():
    from documents.extraction.types import Limits

    assert queue.LEASE.total_seconds() > 2 * Limits().wall_seconds
    assert queue.LEASE < queue.QUEUE_PATIENCE
    assert timezone.now()
