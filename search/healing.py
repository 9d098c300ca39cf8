"""What makes the cluster whole again by itself: it was away, it is new, or it came back without its data."""

from __future__ import annotations

import logging

from django.utils import timezone

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
        return "Indeks Elasticsearch disusun." if tasks.once(tasks.build_cluster_index) else ""
    connection.switch.worked()
    if IndexChange.objects.filter(next_attempt_at__lte=timezone.now()).exists() and tasks.once(
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
