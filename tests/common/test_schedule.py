"""The timetable: due jobs run once, in one process at a time, and what failed or stopped is seen."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from common import schedule
from common.enums import JobState
from common.models import ScheduledJob, SchedulerHeartbeat

NOON = datetime(2026, 3, 16, 5, 0, tzinfo=UTC)  # 12.00 WIB
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def timetable(monkeypatch):
    """An empty timetable of this test's own, and the list of what ran."""
    monkeypatch.setattr(schedule, "_jobs", {})
    return []


def test_an_interval_job_runs_at_once_and_then_after_its_interval(timetable):
    schedule.every(60, "menit", lambda: timetable.append("menit"))
    with time_machine.travel(NOON, tick=False) as clock:
        assert schedule.run_due("a") == ["menit"]
        assert schedule.run_due("a") == []
        clock.shift(59)
        assert schedule.run_due("a") == []
        clock.shift(1)
        assert schedule.run_due("a") == ["menit"]
    assert timetable == ["menit", "menit"]


def test_a_daily_job_keeps_the_office_time_not_utc(timetable):
    schedule.daily(time(2, 30), "malam", lambda: timetable.append(timezone.localtime().strftime("%d %H:%M")))
    with time_machine.travel(NOON, tick=False) as clock:
        assert schedule.run_due("a") == []
        clock.move_to(datetime(2026, 3, 16, 19, 29, tzinfo=UTC))
        assert schedule.run_due("a") == []
        clock.move_to(datetime(2026, 3, 16, 19, 30, tzinfo=UTC))  # 02.30 WIB on the 17th
        assert schedule.run_due("a") == ["malam"]
    assert timetable == ["17 02:30"]


def test_missed_runs_are_made_up_for_once(timetable):
    schedule.every(60, "menit", lambda: timetable.append("menit"))
    with time_machine.travel(NOON, tick=False) as clock:
        schedule.run_due("a")
        clock.shift(timedelta(hours=5))
        schedule.run_due("a")
        schedule.run_due("a")
    assert timetable == ["menit", "menit"]


def test_a_job_that_another_process_holds_does_not_run(timetable):
    def meanwhile_elsewhere():
        timetable.append("a")
        timetable.extend(schedule.run_due("b"))

    schedule.every(60, "lama", meanwhile_elsewhere)
    with time_machine.travel(NOON, tick=False):
        assert schedule.run_due("a") == ["lama"]
    assert timetable == ["a"]


def test_only_one_of_two_processes_gets_the_lock(timetable):
    job = schedule.Job("lama", lambda: None, interval=timedelta(seconds=60))
    with time_machine.travel(NOON, tick=False):
        ScheduledJob.objects.create(name="lama", next_run=NOON)
        assert [schedule._claim(job, "a"), schedule._claim(job, "b")] == [True, False]


def test_a_dead_process_gives_the_job_back_when_its_lease_runs_out(timetable):
    schedule.every(60, "lama", lambda: timetable.append("jalan"))
    with time_machine.travel(NOON, tick=False) as clock:
        ScheduledJob.objects.create(
            name="lama",
            next_run=NOON,
            locked_by="mati",
            locked_until=NOON + schedule.LEASE,
            state=JobState.RUNNING,
        )
        assert schedule.run_due("a") == []
        assert schedule.seconds_to_next(15) == 15
        clock.shift(schedule.LEASE + timedelta(seconds=1))
        assert schedule.run_due("a") == ["lama"]


def test_a_holder_whose_lease_ran_out_does_not_free_the_next_holders_lock(timetable):
    def slow():
        ScheduledJob.objects.filter(name="lama").update(locked_by="b", state=JobState.RUNNING)

    schedule.every(60, "lama", slow)
    with time_machine.travel(NOON, tick=False):
        schedule.run_due("a")
    row = ScheduledJob.objects.get(name="lama")
    assert (row.locked_by, row.state) == ("b", JobState.RUNNING)


def test_a_failing_job_is_kept_with_its_reason_and_holds_nobody_up(timetable):
    def fails():
        raise ValueError("berkas rusak")

    schedule.every(60, "a-gagal", fails)
    schedule.every(60, "b-baik", lambda: "2 diterbitkan")
    with time_machine.travel(NOON, tick=False) as clock:
        assert schedule.run_due("a") == ["a-gagal", "b-baik"]
        clock.shift(60)
        schedule.run_due("a")
        status = schedule.status()
    bad, good = ScheduledJob.objects.order_by("name")
    assert (bad.state, bad.last_message, bad.failures_in_row) == (
        JobState.FAILED,
        "ValueError: berkas rusak",
        2,
    )
    assert (good.state, good.last_message, good.failures_in_row) == (JobState.DONE, "2 diterbitkan", 0)
    assert [job.name for job in status.failing] == ["a-gagal"]


def test_a_job_that_works_again_is_no_longer_failing(timetable):
    outcome = [ValueError("x"), None]

    def sometimes():
        if error := outcome.pop(0):
            raise error

    schedule.every(60, "kadang", sometimes)
    with time_machine.travel(NOON, tick=False) as clock:
        schedule.run_due("a")
        clock.shift(60)
        schedule.run_due("a")
        assert schedule.status().failing == []
    assert ScheduledJob.objects.get().failures_in_row == 0


def test_a_stopped_scheduler_is_seen():
    with time_machine.travel(NOON, tick=False) as clock:
        assert schedule.status().running is False
        schedule.beat("a", NOON)
        assert schedule.status() == schedule.Status(running=True, last_beat=NOON, failing=[])
        clock.shift(schedule.STOPPED_AFTER)
        assert schedule.status().running is False


def test_the_command_runs_what_is_due_and_leaves_a_sign(timetable, capsys):
    schedule.every(60, "menit", lambda: timetable.append("menit"))
    call_command("run_scheduler", once=True)
    assert timetable == ["menit"]
    assert SchedulerHeartbeat.objects.count() == 1
    assert "menit" in capsys.readouterr().out


def test_the_next_round_is_timed_to_the_next_job(timetable):
    schedule.every(5, "cepat", lambda: None)
    with time_machine.travel(NOON, tick=False):
        assert schedule.seconds_to_next(15) == 15
        schedule.run_due("a")
        assert schedule.seconds_to_next(15) == 5


def test_a_job_needs_a_positive_interval(timetable):
    with pytest.raises(ValueError, match="positive"):
        schedule.every(0, "terus", lambda: None)


def test_the_site_publishes_on_schedule_every_minute():
    job = {job.name: job for job in schedule.jobs()}["terbitkan_terjadwal"]
    assert job.interval == timedelta(minutes=1)


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_a_long_job_is_renewed_from_its_own_connection(timetable, monkeypatch):
    monkeypatch.setattr(schedule, "RENEW_EVERY", 0.01)
    leases = []

    def long_job():
        first = ScheduledJob.objects.get(name="lama").locked_until
        for _ in range(10_000):
            if (now := ScheduledJob.objects.get(name="lama").locked_until) != first:
                leases.extend([first, now])
                return

    schedule.every(60, "lama", long_job)
    schedule.run_due("a")
    assert leases
    assert leases[1] > leases[0]
    connection.close()
