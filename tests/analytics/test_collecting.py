"""From the spool into the database: nothing is lost, nothing is counted twice."""

import datetime as dt
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction

from analytics import collecting, rollups
from analytics.enums import EventKind
from analytics.models import CollectedFile, Event, OfficeDay, StaleDay
from analytics.spool import Spool, read, spool
from tests import factories
from tests.analytics.reporting import count, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_spool")]


@pytest.fixture
def office():
    return factories.shared_office()


def test_a_killed_collector_neither_loses_nor_repeats(client, office, monkeypatch):
    report(client, office)

    def die(self, missing_ok=False):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.unlink", die)
        with pytest.raises(KeyboardInterrupt):
            collecting.collect()
    assert Event.objects.count() == CollectedFile.objects.count() == 1
    assert collecting.collect() == 0
    assert not list(spool().folder.iterdir())
    assert Event.objects.count() == 1


def test_what_a_killed_web_process_has_recorded_is_not_lost(office, settings):
    """The process dies the moment after it has answered, without any chance to tidy up."""
    line = {"k": "tayangan", "t": dt.datetime.now(dt.UTC).timestamp(), "o": office.pk, "p": 7, "d": 0}
    line |= {"b": 0, "e": 0, "r": "langsung", "a": "ponsel", "v": "0" * 16, "g": 0}
    code = (
        "import os, sys; from pathlib import Path; from analytics.spool import Spool;"
        f"Spool(Path({str(settings.ANALYTICS_SPOOL)!r})).append({line!r}); os.kill(os.getpid(), 9)"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    assert ended.returncode == -signal.SIGKILL
    assert count() == 1
    assert OfficeDay.objects.get().views == 1


def test_a_note_that_is_there_is_locked_by_who_stores_more(client, office, django_assert_num_queries):
    """Else a day that is being added up at this moment loses what another transaction is just storing."""
    day = dt.date(2026, 3, 10)
    with django_assert_num_queries(2) as captured:
        collecting.mark_stale([(office.pk, day)])
        collecting.mark_stale([(office.pk, day)])
    assert "DO UPDATE SET" in captured.captured_queries[1]["sql"]
    assert StaleDay.objects.count() == 1


def test_a_line_written_while_files_are_taken_is_in_exactly_one(tmp_path):
    ours = Spool(tmp_path)
    seen = []
    for number in range(200):
        ours.append({"n": number})
        if number % 7 == 0:
            for path in ours.take():
                seen += [event["n"] for event in read(path)]
                path.unlink()
    for path in ours.take():
        seen += [event["n"] for event in read(path)]
    assert sorted(seen) == list(range(200))


def test_lines_that_make_no_sense_cost_only_themselves(office, client):
    report(client, office)
    [path] = spool().folder.glob("*.jsonl")
    good = json.loads(path.read_text())
    odd = [
        {},
        {**good, "k": "x"},
        {**good, "o": 10**30},
        {**good, "t": "x"},
        {**good, "t": 1e300},
        {**good, "p": None},
    ]
    tomorrow = {**good, "t": good["t"] + 90_000}
    lines = [json.dumps(line) for line in (*odd, tomorrow, good)]
    path.write_text("\n".join(["{", "[1]", *lines]) + "\n")
    assert count() == 1


def test_a_full_disk_costs_the_event_and_not_the_page(client, office, settings, tmp_path, caplog):
    blocked = tmp_path / "berkas"
    blocked.write_text("")
    settings.ANALYTICS_SPOOL = blocked / "kunjungan"
    assert report(client, office).status_code == 204
    assert report(client, office).status_code == 204
    assert caplog.text.count("Visits are not recorded") == 1


def test_the_scheduler_stores_and_has_it_added_up(client, office):
    from analytics import jobs

    report(client, office)
    assert jobs.collect() == "1 kejadian disimpan"
    assert OfficeDay.objects.get().views == 1  # tasks run at once in tests
    assert not StaleDay.objects.exists()
    assert jobs.collect() == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres(only=True)
def test_events_stored_while_their_day_is_added_up_are_not_forgotten():
    office = factories.shared_office()
    day = office.today()
    collecting.mark_stale([(office.pk, day)])
    stored, may_end = threading.Event(), threading.Event()

    def store():
        with transaction.atomic():
            Event.objects.create(kind=EventKind.VIEW, at=office.day_bounds(day)[0], office_id=office.pk)
            collecting.mark_stale([(office.pk, day)])
            stored.set()
            may_end.wait(10)
        connection.close()

    def add_up():
        rollups.roll_up_stale()
        connection.close()

    threads = [threading.Thread(target=work) for work in (store, add_up)]
    threads[0].start()
    assert stored.wait(10)
    threads[1].start()
    threads[1].join(1)  # it waits for the other, or has ended without the event
    may_end.set()
    for thread in threads:
        thread.join(10)
    rollups.roll_up_stale()
    assert OfficeDay.objects.get().views == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres(only=True)
def test_a_day_may_be_added_up_by_several_at_once():
    office = factories.shared_office()
    day = office.today()
    Event.objects.create(kind=EventKind.VIEW, at=office.day_bounds(day)[0], office_id=office.pk)
    faults = []

    def add_up():
        try:
            for _ in range(20):
                rollups.roll_up(office, day)
        except Exception as fault:
            faults.append(fault)
        connection.close()

    threads = [threading.Thread(target=add_up) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not faults
    assert OfficeDay.objects.get().views == 1
