"""What makes the cluster whole again by itself: it was away, it is new, or it came back without its data."""

from __future__ import annotations

import logging

from django.utils import timezone
from django_tasks import TaskResultStatus

from search.changes import IndexChange
from search.engines.elastic import administration, connection
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.elastic.health import index_problem, unavailable

logger = logging.getLogger(__name__)


def heal() -> str:
    """The timed job: hand what is due to the worker; "" when nothing is."""
    from search import tasks

    if not connection.is_configured():
        return ""
    try:
        index = administration.facts()
    except ClusterUnavailable:
        return ""
    if index is None:
        return "Indeks Elasticsearch disusun." if _enqueue(tasks.build_cluster_index) else ""
    connection.switch.worked()
    if IndexChange.objects.filter(next_attempt_at__lte=timezone.now()).exists() and _enqueue(
        tasks.apply_changes
    ):
        return "Perubahan disampaikan ke Elasticsearch."
    return ""


def report_index() -> str:
    """A sentence for the operator when the cluster's index is not what this release makes; "" when all is well."""
    if not connection.is_configured():
        return ""
    try:
        index = administration.facts()
    except ClusterUnavailable as error:
        return unavailable(error)
    return index_problem(index)


def _enqueue(task) -> bool:
    """Enqueue a task unless one of its kind is waiting or running already."""
    if _is_under_way(task):
        return False
    task.enqueue()
    return True


def _is_under_way(task) -> bool:
    from django_tasks_db.models import DBTaskResult

    open_states = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    return DBTaskResult.objects.filter(task_path=task.module_path, status__in=open_states).exists()
