"""Work of the search room in the background."""

from __future__ import annotations

from django_tasks import TaskResultStatus, task
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

import documents.tasks
from search.engines.elastic import connection, rebuilding, syncing
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.embedded import store
from search.engines.embedded.merging import merge_small, needs_merge
from search.indexing import index_pages

QUEUE = "search"
#: What may take minutes is done by the worker that reads files, so that nothing published waits for it.
LONG = documents.tasks.QUEUE
#: What an officer has just published is searchable before the next file is read: the one takes a blink, the other may
#: take half a minute.
FIRST = 20


@task(queue_name=QUEUE, priority=FIRST)
def index_page(page_id: int) -> str:
    """Bring one page's record in line with the page as it is now. Idempotent; a late one does no harm."""
    written = index_pages([page_id])
    told = _to_cluster([page_id])
    if needs_merge(store.active_index()):
        once(merge_segments)
    return f"{'diindeks' if written else 'tidak tayang'}{told}"


@task(queue_name=QUEUE, priority=FIRST)
def index_tree(page_id: int) -> str:
    """Bring a page and everything below it in line (it was moved, or its restrictions changed)."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return "sudah tidak ada"
    ids = list(Page.objects.descendant_of(page, inclusive=True).order_by("pk").values_list("pk", flat=True))
    index_pages(ids)
    told = _to_cluster(ids)
    once(merge_segments)
    return f"{len(ids)} halaman diperiksa{told}"


@task(queue_name=LONG, priority=-20)
def merge_segments() -> str:
    """Merge small segments of the index."""
    return f"{merge_small(store.active_index())} penggabungan"


@task(queue_name=QUEUE)
def apply_changes() -> str:
    """Bring the cluster in line with every page that is due: after an import, after it was away, on request."""
    return f"{syncing.apply_due()} halaman disampaikan ke Elasticsearch"


@task(queue_name=LONG, priority=-10)
def build_cluster_index() -> str:
    """Build the cluster's index: a cluster that is new, or came back without its data."""
    return f"{rebuilding.rebuild()} halaman diindeks di Elasticsearch"


def once(wanted: Task) -> bool:
    """Enqueue a task unless one of its kind is waiting or running already. Returns whether it was enqueued."""
    open_states = [TaskResultStatus.READY, TaskResultStatus.RUNNING]
    if DBTaskResult.objects.filter(task_path=wanted.module_path, status__in=open_states).exists():
        return False
    wanted.enqueue()
    return True


def _to_cluster(page_ids: list[int]) -> str:
    """Tell the cluster too; when it is away the marks stay, and the timetable tries again."""
    if not connection.is_configured():
        return ""
    try:
        for start in range(0, len(page_ids), syncing.BATCH):
            syncing.apply(page_ids[start : start + syncing.BATCH])
    except ClusterUnavailable:
        return ", menunggu Elasticsearch"
    return ""
