"""Changes reach the cluster late, twice, in another order or not at all, and the newest state still wins."""

import threading
from collections.abc import Iterator

import pytest
from django.db import connection as database
from django.utils import timezone

from search.changes import IndexChange, IndexClock, next_version, retry_now
from search.engines.elastic import syncing, writing
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.writing import deletions, versioned, write
from search.indexing import records_of
from search.tasks import apply_changes, index_page
from search.types import SearchQuery
from tests.factories import AnnouncementPageFactory
from tests.search import gate as doubles

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch, pytest.mark.postgres]


def note(title: str, body: str = "isi", **kwargs):
    return AnnouncementPageFactory(title=title, ringkasan="-", body=f"<p>{body}</p>", quick=True, **kwargs)


def rewritten(page, body: str):
    """The page with other words, behind the index's back."""
    type(page).objects.filter(pk=page.pk).update(body=f"<p>{body}</p>")
    return page


def read_now(page) -> list[dict]:
    """What a task that began now would write, with the version that it would draw."""
    return list(versioned(records_of([page.pk]), next_version()))


class TestVersions:
    def test_they_rise_also_when_the_clock_stands_still_or_goes_back(self, time_machine):
        drawn = [next_version()]
        time_machine.move_to("2040-01-01", tick=False)
        drawn += [next_version() for _ in range(3)]
        time_machine.move_to("2001-01-01", tick=False)
        drawn += [next_version() for _ in range(3)]
        assert drawn == sorted(set(drawn))
        assert IndexClock.objects.count() == 1

    def test_a_restored_database_draws_above_what_the_cluster_has_seen(self):
        seen = next_version()
        IndexClock.objects.update(value=17)  # as the backup had it
        assert next_version() > seen

    @pytest.mark.django_db(transaction=True)
    def test_no_two_connections_draw_the_same(self):
        IndexClock.objects.all().delete()
        drawn: list[list[int]] = [[] for _ in range(4)]
        together = threading.Barrier(len(drawn))

        def draw(mine: list[int]) -> None:
            together.wait()
            try:
                mine += [next_version() for _ in range(15)]
            finally:
                database.close()

        threads = [threading.Thread(target=draw, args=[mine]) for mine in drawn]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(len(mine) == 15 and mine == sorted(mine) for mine in drawn)
        assert len({version for mine in drawn for version in mine}) == 60


class TestTheNewestStateWins:
    def test_a_late_task_does_not_bring_older_words_back(self, cluster, search, index):
        page = note("Kabar", "mangga")
        index(page)
        late = read_now(page)
        index(rewritten(page, "belimbing"))
        written = write(cluster, late, refresh=True)
        assert (written.taken, written.refused) == (1, {})
        assert (search("mangga").total, search("belimbing").total) == (0, 1)

    def test_a_late_task_does_not_bring_back_what_was_deleted(self, cluster, search, index):
        page = note("Kabar", "mangga")
        index(page)
        late = read_now(page)
        page.delete()
        assert not IndexChange.objects.exists()
        write(cluster, late, refresh=True)
        assert not ElasticEngine().holds(page.pk)
        assert search("mangga").total == 0

    def test_a_late_removal_does_not_take_out_what_was_published_since(self, cluster, search, index):
        page = note("Kabar", "mangga")
        index(page)
        late = list(deletions([page.pk], next_version()))
        index(page)
        write(cluster, late, refresh=True)
        assert search("mangga").total == 1

    def test_two_tasks_at_once_leave_the_newer_state(self, cluster, search, index, monkeypatch):
        """One reads the page; the page changes; another reads and writes it; then the first one writes."""
        page = note("Kabar", "mangga")
        syncing.mark([page.pk])
        really_write = syncing.write
        interrupted = []

        def write_late(index_name: str, actions: Iterator[dict], **options):
            if interrupted:
                return really_write(index_name, actions, **options)
            read = list(actions)
            interrupted.append(page)
            rewritten(page, "belimbing")
            syncing.mark([page.pk])
            syncing.apply([page.pk])
            assert not IndexChange.objects.exists()
            return really_write(index_name, read, **options)

        monkeypatch.setattr(syncing, "write", write_late)
        syncing.apply([page.pk])
        assert interrupted
        assert (search("mangga").total, search("belimbing").total) == (0, 1)

    def test_a_change_during_the_writing_keeps_its_mark(self, cluster, index, monkeypatch):
        page = note("Kabar", "mangga")
        syncing.mark([page.pk])
        really_write = syncing.write

        def change_meanwhile(index_name, actions, **options):
            written = really_write(index_name, actions, **options)
            syncing.mark([page.pk], hidden=True)
            return written

        monkeypatch.setattr(syncing, "write", change_meanwhile)
        syncing.apply([page.pk])
        assert IndexChange.objects.get().hidden

    def test_a_task_may_run_twice_or_for_nothing(self, cluster, search):
        page = note("Kabar", "mangga")
        for _ in range(2):
            index_page.call(page.pk)
        index_page.call(10**9)
        apply_changes.call()
        assert search("mangga").total == 1
        page.unpublish()
        for _ in range(2):
            index_page.call(page.pk)
        assert search("mangga").total == 0
        assert not ElasticEngine().holds(page.pk)
        assert not IndexChange.objects.exists()


class TestRefused:
    @pytest.fixture
    def three(self, cluster):
        return [note(f"Kabar {n}", f"mangga nomor{n}x") for n in range(3)]

    @pytest.fixture
    def spoilt(self, three, monkeypatch):
        """The second page becomes a document that the cluster cannot take."""
        page, real = three[1], writing.document_of

        def document_of(record, weights):
            document = real(record, weights)
            return document | {"tak_dikenal": 1} if record.page_id == page.pk else document

        monkeypatch.setattr(writing, "document_of", document_of)
        return page

    def test_a_record_is_marked_with_the_reason_and_holds_up_no_other(
        self, three, spoilt, search, time_machine
    ):
        time_machine.move_to(timezone.now(), tick=False)
        syncing.mark([page.pk for page in three])
        assert syncing.apply_due() == 3
        assert {hit.page_id for hit in search("mangga").hits} == {three[0].pk, three[2].pk}
        change = IndexChange.objects.get()
        assert (change.page_id, change.attempts) == (spoilt.pk, 1)
        assert "tak_dikenal" in change.error
        first = change.next_attempt_at
        assert first > timezone.now()
        time_machine.move_to(first, tick=False)
        syncing.apply_due()
        change.refresh_from_db()
        assert (change.attempts, change.next_attempt_at - first) == (2, 2 * syncing.FIRST_WAIT)

    def test_it_is_taken_as_soon_as_it_is_mended(self, three, spoilt, search, monkeypatch):
        syncing.mark([page.pk for page in three])
        syncing.apply_due()
        monkeypatch.undo()
        assert retry_now() == 1
        assert search("nomor1x").total == 1
        assert not IndexChange.objects.exists()

    def test_a_value_that_is_too_long_is_refused_like_any_other(self, three, search, monkeypatch):
        page, real = three[0], writing.document_of

        def document_of(record, weights):
            long = {"kategori": "x" * 40_000} if record.page_id == page.pk else {}
            return real(record, weights) | long

        monkeypatch.setattr(writing, "document_of", document_of)
        syncing.mark([page.pk for page in three])
        syncing.apply_due()
        assert IndexChange.objects.get().page_id == page.pk
        assert search("mangga").total == 2

    @pytest.mark.parametrize("status", [400, 413])
    def test_a_part_that_is_refused_as_a_whole_is_sent_in_smaller_ones(self, gate, status):
        pages = [note(f"Kabar {n}", f"mangga nomor{n}x") for n in range(5)]
        refused = {"error": {"type": "too_large", "reason": "request entity too large"}}
        gate.answer_bulk(lambda body: (status, refused) if b"nomor2x" in body else None)
        syncing.mark([page.pk for page in pages])
        syncing.apply_due()
        change = IndexChange.objects.get()
        assert (change.page_id, change.error[:4]) == (pages[2].pk, f"{status}:")
        assert ElasticEngine().search(SearchQuery(text="mangga", scope="semua")).total == 4

    def test_a_cluster_that_is_full_refuses_nobody_for_good(self, gate):
        page = note("Kabar", "mangga")
        gate.answer(doubles.BUSY, to="/_bulk")
        index_page.call(page.pk)
        change = IndexChange.objects.get()
        assert "429" in change.error
        gate.open()
        assert retry_now() == 1
        assert not IndexChange.objects.exists()
        assert ElasticEngine().holds(page.pk)
