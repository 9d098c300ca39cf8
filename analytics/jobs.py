"""Timed jobs of the figures."""

from __future__ import annotations

from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from analytics import collecting, rollups
from analytics.models import StaleDay
from analytics.tasks import add_up


def collect() -> str:
    """Store what waits, and have it added up."""
    count = collecting.collect()
    waiting = DBTaskResult.objects.filter(task_path=add_up.module_path, status=TaskResultStatus.READY)
    if StaleDay.objects.exists() and not waiting.exists():
        add_up.enqueue()
    return f"{count} kejadian disimpan" if count else ""


def forget() -> str:
    """Delete what is past its term."""
    count = rollups.forget_old_events()
    return f"{count} kejadian lama dihapus" if count else ""
