"""Work that the queue does for the figures."""

from __future__ import annotations

from django_tasks import task

from analytics.rollups import roll_up_stale


@task(queue_name="default")
def add_up() -> str:
    """Add up every day that has new events. Idempotent."""
    return f"{roll_up_stale()} hari dijumlahkan"
