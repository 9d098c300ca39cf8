"""The cluster is away while pages change: editors work on, changes wait with their reason, and it heals by itself."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from search import healing, service
from search.changes import IndexChange, retry_now
from search.engines.elastic import administration, connection, engine, syncing
from search.engines.elastic.rebuilding import rebuild
from search.healing import report_index
from search.tasks import index_page
from search.types import SearchQuery
from tests.factories import AnnouncementPageFactory, RegulationPageFactory, UserFactory
from tests.search import gate as doubles

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch, pytest.mark.postgres]

WORD = "kelapagading"


def asked(text=WORD) -> SearchQuery:
    return SearchQuery.from_params({"q": text, "lingkup": "semua"})


@pytest.fixture
def page(gate, index):
    """A regulation that both engines know."""
    page = RegulationPageFactory(title=f"Peraturan {WORD}", tentang=WORD, quick=True)
    index(page)
    return page


class TestWriting:
    @pytest.fixture
    def editor(self, client):
        client.force_login(UserFactory(superuser=True))
        return client

    def test_the_editors_request_works_and_the_change_waits(self, editor, gate, page):
        drafted = AnnouncementPageFactory(title="Kabar mangga", draft=True)
        gate.shut()
        answer = editor.post(f"/admin/bulk/wagtailcore/page/publish/?id={drafted.pk}", {"next": "/admin/"})
        assert answer.status_code == 302
        answer = editor.post(f"/admin/pages/{page.pk}/unpublish/", {"reason": "Keliru."})
        assert answer.status_code == 302
        changes = {change.page_id: change for change in IndexChange.objects.all()}
        assert {drafted.pk, page.pk} <= set(changes)
        assert (changes[drafted.pk].hidden, changes[page.pk].hidden) == (False, True)
        assert service.search(asked("mangga")).total == 1
        assert service.search(asked()).total == 0
        assert editor.post(f"/admin/pages/{page.pk}/delete/").status_code == 302
        assert not Page.objects.filter(pk=page.pk).exists()
        assert IndexChange.objects.get(page_id=page.pk).hidden

    def test_tries_come_ever_later_and_keep_the_reason(self, gate, page, time_machine):
        start = timezone.now()
        time_machine.move_to(start, tick=False)
        gate.shut()
        assert index_page.call(page.pk) == "diindeks, menunggu Elasticsearch"
        waits = []
        for attempt in range(1, 12):
            change = IndexChange.objects.get()
            assert (change.page_id, change.attempts) == (page.pk, attempt)
            assert "tidak menjawab" in change.error
            assert change.changed_at == start
            waits.append((change.next_attempt_at - timezone.now()).total_seconds())
            assert syncing.apply_due() == 0
            assert IndexChange.objects.get().attempts == attempt  # not due yet, so not tried
            time_machine.move_to(change.next_attempt_at, tick=False)
            syncing.apply_due()
        assert waits == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]
        # A new change of the page is tried at once.
        syncing.mark([page.pk])
        change = IndexChange.objects.get()
        assert (change.attempts, change.error, change.next_attempt_at) == (0, "", timezone.now())
        gate.open()
        assert syncing.apply_due() == 1
        assert not IndexChange.objects.exists()

    def test_what_is_not_tried_while_the_cluster_is_away_waits_just_as_long(
        self, gate, page, monkeypatch, time_machine
    ):
        time_machine.move_to(timezone.now(), tick=False)
        monkeypatch.setattr(syncing, "BATCH", 2)
        syncing.mark([page.pk, *range(10**6, 10**6 + 5)])
        gate.shut()
        assert syncing.apply_due() == 0
        tried = gate.requests()
        changes = IndexChange.objects.all()
        assert {change.next_attempt_at - timezone.now() for change in changes} == {dt.timedelta(seconds=5)}
        assert all(change.error and change.attempts == 1 for change in changes)
        assert syncing.apply_due() == 0
        assert gate.requests() == tried


@pytest.mark.django_db(transaction=True)
class TestHealing:
    @pytest.fixture
    def work(self, settings):
        """Tasks wait in the database. Returns the worker, which runs all that wait."""
        settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
        return lambda: call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0)

    def test_what_waited_is_told_when_the_node_is_back(self, gate, page, work, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        gate.shut()
        drafted = AnnouncementPageFactory(title="Kabar mangga")
        page.unpublish()
        work()
        assert healing.heal() == ""
        assert IndexChange.objects.filter(attempts__gte=1).count() == 2
        gate.open()
        assert healing.heal() == ""  # nothing is due
        time_machine.shift(dt.timedelta(seconds=30))
        connection.switch.failed()
        assert healing.heal() == "Perubahan disampaikan ke Elasticsearch."
        assert healing.heal() == ""  # it is under way already
        work()
        assert not IndexChange.objects.exists()
        results = service.search(asked("mangga"))
        assert (results.engine, [hit.page_id for hit in results.hits]) == ("elasticsearch", [drafted.pk])
        assert not engine.ElasticEngine().holds(page.pk)
        assert healing.heal() == ""

    def test_an_index_that_is_gone_is_built_by_itself(self, gate, page, work):
        administration.drop(connection.alias())
        assert service.search(asked()).engine == "embedded"
        assert "penjadwal akan menyusunnya" in report_index()
        assert healing.heal() == "Indeks Elasticsearch disusun."
        assert healing.heal() == ""
        work()
        assert report_index() == healing.heal() == ""
        results = service.search(asked())
        assert (results.engine, results.total) == ("elasticsearch", 1)

    def test_a_removal_makes_no_index_of_its_own(self, gate, page):
        """It would stand in the way of the real one, whose alias has the same name."""
        administration.drop(connection.alias())
        page.unpublish()
        assert "belum ada" in IndexChange.objects.get(page_id=page.pk).error
        assert administration.facts() is None
        rebuild()
        assert administration.facts().fits
        assert retry_now() == 0

    def test_a_cluster_that_refuses_the_timetables_question_is_no_failure_of_the_timetable(self, gate, page):
        gate.answer(doubles.REFUSED)
        assert healing.heal() == ""
        assert "400" in report_index()
