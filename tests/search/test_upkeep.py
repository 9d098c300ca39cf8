"""The index follows the pages: told by signals, merged, rebuilt, compared."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from documents.models import DocumentPage
from documents.queue import enqueue
from documents.signals import document_text_ready
from search.engines.embedded import merging, store
from search.engines.embedded.merging import merge_small
from search.engines.embedded.writing import write_records
from search.index_models import IndexedRecord, IndexState, Posting, SearchIndex, Segment, Term
from search.indexing import index_pages
from search.reconciling import compare, rebuild, reconcile
from search.records import IndexRecord
from search.tasks import LONG, index_page, merge_segments
from tests.factories import AnnouncementPageFactory, DIPEntryPageFactory, DocumentFactory, OfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def note(title: str, body: str = "isi", **kwargs):
    return AnnouncementPageFactory(title=title, ringkasan="-", body=f"<p>{body}</p>", **kwargs)


def test_publishing_an_edit_replaces_the_old_words(search):
    page = note("Kabar", "mangga")
    page.body = "<p>belimbing</p>"
    page.save_revision()
    assert (search("mangga").total, search("belimbing").total) == (1, 0)
    page.save_revision().publish()
    assert (search("mangga").total, search("belimbing").total) == (0, 1)


def test_deleting_a_tree_takes_all_of_it_out(search):
    page = note("Kabar", "mangga")
    page.get_parent().delete()
    assert search("mangga").total == 0
    assert not IndexedRecord.objects.filter(page_id=page.pk).exists()


def test_moving_a_page_changes_its_office(search):
    page = note("Kabar", "mangga")
    other = OfficeFactory(kode_wilayah="3604")
    assert search("mangga", office=other).total == 0
    page.move(note("Lain", office=other).get_parent(), pos="last-child")
    assert search("mangga", office=other).total == 1


def test_a_file_that_is_read_later_is_found_then(search):
    document = DocumentFactory(texts=["", ""])
    page = DIPEntryPageFactory(title="Pindaian", files=[document])
    DocumentPage.objects.filter(document=document, number=2).update(text="Hasil pindai mangga")
    assert search("mangga").total == 0
    document_text_ready.send(type(document), document=document)
    (hit,) = search("mangga").hits
    assert (hit.page_id, hit.extracts[0].page_number) == (page.pk, 2)


def test_a_task_may_run_twice_late_or_for_nothing(search):
    page = note("Kabar", "mangga")
    for _ in range(2):
        index_page.call(page.pk)
    assert search("mangga").total == IndexedRecord.objects.filter(page_id=page.pk).count() == 1
    page.unpublish()
    index_page.call(page.pk)
    index_page.call(10**9)
    assert search("mangga").total == 0


def test_merging_keeps_every_answer_and_drops_what_is_gone(search, monkeypatch):
    pages = [note(f"Kabar {n}", f"buah mangga nomor{n}x", quick=True) for n in range(20)]
    for page in pages:
        index_pages([page.pk])
    index_pages([pages[3].pk])
    pages[4].unpublish()
    index = store.active_index()
    before = [hit.title for hit in search("buah mangga", ukuran="50").hits]
    count = Segment.objects.filter(index=index, retired_at=None).count()
    assert merge_small(index) >= 1
    assert Segment.objects.filter(index=index, retired_at=None).count() < count
    assert [hit.title for hit in search("buah mangga", ukuran="50").hits] == before
    assert search("nomor7x").total == 1
    assert search('"buah mangga nomor7x"').total == 1
    # What was merged stays for queries under way, and is dropped later with the words of gone pages.
    monkeypatch.setattr(merging, "KEEP_RETIRED", -merging.KEEP_RETIRED)
    merge_small(index)
    assert not Segment.objects.filter(retired_at__isnull=False).exists()
    gone = Term.objects.get(text="nomor4x")
    assert not Posting.objects.filter(term_id=gone.pk).exists()


def test_a_publication_leaves_merging_to_the_worker_that_may_take_long(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    pages = [note(f"Kabar {n}", "mangga", quick=True) for n in range(merging.FACTOR + 1)]
    for page in pages:
        index_page.call(page.pk)
    waiting = DBTaskResult.objects.filter(task_path=merge_segments.module_path)
    assert [task.queue_name for task in waiting] == [LONG]
    assert merging.needs_merge(store.active_index())


def test_what_changes_during_a_merge_is_not_lost_and_two_merges_do_not_double(search, monkeypatch):
    pages = [note(f"Kabar {n}", f"buah mangga nomor{n}x", quick=True) for n in range(9)]
    for page in pages[:8]:
        index_pages([page.pk])
    index = store.active_index()
    segments = list(Segment.objects.filter(index=index, retired_at=None).values_list("pk", flat=True))
    real = store.insert_postings

    def insert_postings(rows):
        """Before the new segment is whole, a page goes, one comes, and another process merges the same."""
        monkeypatch.setattr(store, "insert_postings", real)
        real(rows)
        pages[0].unpublish()
        index_pages([pages[0].pk])
        index_pages([pages[8].pk])
        assert search("buah mangga").total == 8  # nothing of the half segment is read
        assert merging.merge(index, segments) is not None

    monkeypatch.setattr(store, "insert_postings", insert_postings)
    assert merging.merge(index, segments) is None
    assert search("buah mangga", ukuran="50").total == 8
    assert search("nomor0x").total == 0
    assert search("nomor8x").total == 1
    assert Segment.objects.filter(index=index, retired_at=None).count() == 2


def test_a_rebuild_swaps_a_fresh_index_in(search):
    page = note("Kabar", "mangga")
    old = store.active_index()
    Page.objects.filter(pk=page.pk).update(title="Kabar baru")
    withdrawn = note("Ditarik", "mangga")
    Page.objects.filter(pk=withdrawn.pk).update(live=False)
    fresh = rebuild()
    assert fresh.pk != old.pk
    assert list(SearchIndex.objects.values_list("pk", "state")) == [(fresh.pk, IndexState.ACTIVE)]
    assert [hit.title for hit in search("mangga").hits] == ["Kabar baru"]
    assert not IndexedRecord.objects.filter(page_id=withdrawn.pk).exists()


def test_the_old_index_answers_while_the_new_one_is_built(search, monkeypatch):
    note("Kabar", "mangga")
    answers = []
    rebuild(progress=lambda done, total: answers.append(search("mangga").total))
    assert answers
    assert set(answers) == {1}


def test_reconcile_finds_and_mends_every_difference(search):
    missing, stale, extra = (note(f"Kabar {name}", "mangga") for name in ("satu", "dua", "tiga"))
    assert compare().count == 0
    IndexedRecord.objects.filter(page_id=missing.pk).delete()
    Page.objects.filter(pk=stale.pk).update(title="Kabar berubah")
    Page.objects.filter(pk=extra.pk).update(live=False)
    found = reconcile()
    assert (found.missing, found.stale, found.extra) == ([missing.pk], [stale.pk], [extra.pk])
    assert {hit.title for hit in search("mangga").hits} == {"Kabar satu", "Kabar berubah"}
    assert compare().count == 0


def test_the_command_rebuilds_or_compares():
    note("Kabar", "mangga")
    out = StringIO()
    call_command("reindex", stdout=out)
    assert "per detik" in out.getvalue()
    out = StringIO()
    call_command("reindex", "--reconcile", stdout=out)
    assert "sudah sama" in out.getvalue()


@pytest.mark.postgres(only=True)
def test_postgresql_plans_for_a_full_index_as_soon_as_it_is_full():
    """Statistics of the empty tables of before made one query of the judged set take 106 seconds."""
    index = SearchIndex.objects.create(state=IndexState.SCRATCH, version=store.INDEX_VERSION)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE search_posting, search_indexedrecord")
    write_records(
        index,
        (
            IndexRecord(external_id=str(number), kategori="regulasi", title=f"Peraturan {number}")
            for number in range(250)
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'search_indexedrecord'")
        assert cursor.fetchone()[0] >= 250


def test_what_was_just_published_is_indexed_before_files_are_read(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    document = DocumentFactory(texts=["Isi"])
    DBTaskResult.objects.all().delete()
    enqueue(document)
    index_page.enqueue(1)
    assert DBTaskResult.objects.ready().first().task_path == index_page.module_path
