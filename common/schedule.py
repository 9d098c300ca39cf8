"""The timetable: apps register jobs in AppConfig.ready(), `manage.py run_scheduler` runs them when they are due.

    from common import schedule
    schedule.every(60, "terbitkan_terjadwal", publish_scheduled)
    schedule.daily(time(2, 30), "bersihkan_antrean", prune)

A job takes no arguments and may return a short Indonesian sentence about what it did. It should be quick: long work
belongs into a task of the queue. Any number of schedulers may run; a job runs in one of them at a time (the row in
the database is the lock). A run that was missed because no scheduler ran is made up for once, not once a miss.
"""

import logging
import os
import socket
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone

from .enums import JobState
from .models import ScheduledJob, SchedulerHeartbeat

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
RENEW_EVERY = 60.0  # seconds; well below the lease
STOPPED_AFTER = timedelta(minutes=3)  # without a heartbeat for this long, the scheduler counts as stopped
HEARTBEAT_ID = 1
MESSAGE_LENGTH = 1000

Callback = Callable[[], str | None]


@dataclass(frozen=True)
class Job:
    """One entry of the timetable: either `interval` or `at` (the office's local time) is set."""

    name: str
    callback: Callback
    interval: timedelta | None = None
    at: time | None = None

    def next_after(self, moment: datetime) -> datetime:
        """Return the first due time after `moment` (aware); a daily time is in the site's own time zone."""
        if self.interval is not None:
            return moment + self.interval
        assert self.at is not None
        local = timezone.localtime(moment)
        due = local.replace(hour=self.at.hour, minute=self.at.minute, second=self.at.second, microsecond=0)
        return due if due > local else due + timedelta(days=1)


@dataclass(frozen=True)
class Status:
    """What the dashboard shows of the scheduler."""

    running: bool
    last_beat: datetime | None
    failing: list[ScheduledJob]


_jobs: dict[str, Job] = {}


def every(seconds: float, name: str, callback: Callback) -> None:
    """Run `callback` every so many seconds. The same name registered again replaces the former job."""
    if seconds <= 0:
        raise ValueError("a job's interval must be positive")
    _jobs[name] = Job(name, callback, interval=timedelta(seconds=seconds))


def daily(at: time, name: str, callback: Callback) -> None:
    """Run `callback` once a day at this local time."""
    _jobs[name] = Job(name, callback, at=at)


def jobs() -> list[Job]:
    """Return every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def status(now: datetime | None = None) -> Status:
    """Tell whether a scheduler runs, when it last gave a sign, and which jobs failed the last time."""
    now = now or timezone.now()
    beat = SchedulerHeartbeat.objects.filter(pk=HEARTBEAT_ID).values_list("beat_at", flat=True).first()
    running = beat is not None and now - beat < STOPPED_AFTER
    failing = list(ScheduledJob.objects.filter(name__in=_jobs, state=JobState.FAILED))
    return Status(running=running, last_beat=beat, failing=failing)


def process_name() -> str:
    """Return a name for this process that no other has."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def beat(process: str, started_at: datetime) -> None:
    """Leave the sign that a scheduler runs."""
    SchedulerHeartbeat.objects.update_or_create(
        pk=HEARTBEAT_ID, defaults={"beat_at": timezone.now(), "started_at": started_at, "process": process}
    )


def run_due(process: str) -> list[str]:
    """Run every job that is due and that no other process holds. Returns the names of those that ran here.

    A job that fails is logged, kept in its row and tried again at its next time; it never keeps others from running.
    """
    ran = []
    for job in jobs():
        ScheduledJob.objects.get_or_create(name=job.name, defaults={"next_run": _first_run(job)})
        if _claim(job, process):
            _run(job, process)
            ran.append(job.name)
    return ran


def seconds_to_next(longest: float) -> float:
    """Return the seconds until the next job is due, at most `longest`, at least a tenth of a second."""
    now = timezone.now()
    ours = ScheduledJob.objects.filter(name__in=_jobs).exclude(
        locked_until__gte=now
    )  # held jobs run elsewhere
    due = ours.order_by("next_run").values_list("next_run", flat=True).first()
    return longest if due is None else min(longest, max(0.1, (due - now).total_seconds()))


def _first_run(job: Job) -> datetime:
    now = timezone.now()
    return now if job.interval is not None else job.next_after(now)


def _claim(job: Job, process: str) -> bool:
    now = timezone.now()
    due = ScheduledJob.objects.filter(name=job.name, next_run__lte=now)
    free = due.filter(Q(locked_until__isnull=True) | Q(locked_until__lt=now))
    claimed = free.update(
        locked_by=process, locked_until=now + LEASE, last_started=now, state=JobState.RUNNING, last_message=""
    )
    return claimed == 1


def _run(job: Job, process: str) -> None:
    state, message = JobState.DONE, ""
    with _renewed_lease(job, process):
        try:
            message = job.callback() or ""
        except Exception as error:
            logger.exception("Scheduled job %s failed", job.name)
            state, message = JobState.FAILED, f"{type(error).__name__}: {error}"
    now = timezone.now()
    # Only the holder writes the result: one whose lease ran out meanwhile must not free another's lock.
    row = ScheduledJob.objects.filter(name=job.name, locked_by=process).first()
    if row is None:
        return
    row.state, row.last_message = state, message[:MESSAGE_LENGTH]
    row.failures_in_row = row.failures_in_row + 1 if state == JobState.FAILED else 0
    row.last_finished, row.next_run = now, job.next_after(now)
    row.locked_by, row.locked_until = "", None
    row.save()


@contextmanager
def _renewed_lease(job: Job, process: str) -> Iterator[None]:
    """Keep the lease of a long job alive from a thread (with its own connection) while the job runs."""
    done = threading.Event()

    def renew() -> None:
        try:
            while not done.wait(RENEW_EVERY):
                close_old_connections()
                held = ScheduledJob.objects.filter(name=job.name, locked_by=process)
                held.update(locked_until=timezone.now() + LEASE)
                beat_at = SchedulerHeartbeat.objects.filter(pk=HEARTBEAT_ID)
                beat_at.update(beat_at=timezone.now())
        except Exception:
            logger.exception("The lease of scheduled job %s could not be renewed", job.name)
        finally:
            connection.close()

    thread = threading.Thread(target=renew, name=f"lease-{job.name}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
