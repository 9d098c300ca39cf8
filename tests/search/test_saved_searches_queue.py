"""Letters through the real queue: one task a letter, its row and its failures without an address."""

import datetime as dt

import pytest
from django.core import mail
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from search.subscriptions import delivery, jobs
from search.subscriptions.models import SavedSearch
from tests.factories import DIPEntryPageFactory, shared_office
from tests.search.letters import path_to, subscribe

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

MONDAY = dt.datetime.fromisoformat("2026-03-16 09:00+07:00")
TUESDAY_SEVEN = dt.datetime.fromisoformat("2026-03-17 07:00+07:00")


@pytest.fixture
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture
def work(settings):
    """Tasks wait in the database. Returns the worker, which runs all that wait."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return lambda: call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0)


@pytest.fixture
def due(client, clock, work):
    """A confirmed subscription with something new, at seven o'clock; its row."""
    shared_office()
    subscribe(client)
    work()
    client.post(path_to("kelola"))
    mail.outbox.clear()
    clock.shift(dt.timedelta(minutes=1))
    DIPEntryPageFactory(title="Entri kelapagading")
    work()
    clock.move_to(TUESDAY_SEVEN, tick=False)
    return SavedSearch.objects.get()


def waiting():
    return DBTaskResult.objects.ready().filter(task_path__endswith="deliver")


def test_the_letter_waits_in_the_queue_without_an_address(client, clock, work):
    shared_office()
    subscribe(client)
    assert not mail.outbox
    assert "contoh" not in str(waiting().get().args_kwargs)
    work()
    assert len(mail.outbox) == 1


def test_the_timetable_queues_what_is_due_once(due, work):
    assert jobs.hand_over_due() == "1 surel langganan diantrekan"
    assert jobs.hand_over_due() == ""
    assert waiting().count() == 1
    work()
    assert len(mail.outbox) == 1


def test_a_task_that_waited_too_long_is_replaced_not_doubled(due, clock, work):
    jobs.hand_over_due()
    clock.shift(delivery.QUEUE_PATIENCE + dt.timedelta(minutes=1))
    jobs.hand_over_due()
    assert waiting().count() == 2
    work()
    assert len(mail.outbox) == 1


def test_a_refusal_is_tried_again_and_the_servers_words_are_not_kept(due, clock, work, settings, caplog):
    settings.EMAIL_BACKEND = "tests.search.letters.Refusing"
    tried = []
    for minute in range(60):
        clock.move_to(TUESDAY_SEVEN + dt.timedelta(minutes=minute), tick=False)
        jobs.hand_over_due()
        if waiting().exists():
            tried.append(minute)
            work()
    assert tried == [0, 5, 15, 35]
    failed = DBTaskResult.objects.failed().filter(task_path__endswith="deliver")
    kept = " ".join(task.traceback for task in failed)
    assert kept.count("NotSent: SMTPRecipientsRefused 550") == 4
    assert "contoh.id" not in (kept + caplog.text).lower()
    due.refresh_from_db()
    assert (due.failures, due.told, due.last_sent_at) == (4, {}, None)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    clock.shift(dt.timedelta(hours=2))
    jobs.hand_over_due()
    work()
    assert len(mail.outbox) == 1
    due.refresh_from_db()
    assert (due.failures, due.not_before) == (0, None)


def test_who_unsubscribes_while_the_letter_is_queued_gets_none(due, client, work):
    jobs.hand_over_due()
    client.post("/cari/langganan/berhenti/", query_params={"kunci": due.key.reveal()})
    work()
    assert not mail.outbox
