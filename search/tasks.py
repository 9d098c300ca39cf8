"""Work of the search room in the background."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Page

from search.engines.elastic import connection, rebuilding, syncing
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.embedded import store
from search.engines.embedded.merging import merge_small, needs_merge
from search.indexing import index_pages

QUEUE = "search"
#: What an officer has just published is searchable before the next file is read: the one takes a blink, the other may
#: take half a minute.
FIRST = 20


@task(queue_name=QUEUE, priority=FIRST)
def index_page(page_id: int) -> str:
    """Bring one page's record in line with the page as it is now. Idempotent; a late one does no harm."""
    written = index_pages([page_id])
    index = store.active_index()
    if needs_merge(index):
        merge_small(index)
    return f"{'diindeks' if written else 'tidak tayang'}{_to_cluster([page_id])}"


@task(queue_name=QUEUE, priority=FIRST)
def index_tree(page_id: int) -> str:
    """Bring a page and everything below it in line (it was moved, or its restrictions changed)."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return "sudah tidak ada"
    ids = list(Page.objects.descendant_of(page, inclusive=True).order_by("pk").values_list("pk", flat=True))
    index_pages(ids)
    merge_small(store.active_index())
    return f"{len(ids)} halaman diperiksa{_to_cluster(ids)}"


@task(queue_name=QUEUE, priority=-20)
def merge_segments() -> str:
    """Merge small segments of the index."""
    return f"{merge_small(store.active_index())} penggabungan"


@task(queue_name=QUEUE)
def apply_changes() -> str:
    """Bring the cluster in line with every page that is due: after an import, after it was away, on request."""
    return f"{syncing.apply_due()} halaman disampaikan ke Elasticsearch"


@task(queue_name=QUEUE, priority=-10)
def build_cluster_index() -> str:
    """Build the cluster's index: a cluster that is new, or came back without its data."""
    return f"{rebuilding.rebuild()} halaman diindeks di Elasticsearch"


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
