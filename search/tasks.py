"""Work of the search room in the background."""

from __future__ import annotations

from django_tasks import task
from wagtail.models import Page

from search.engines.embedded import store
from search.engines.embedded.merging import merge_small, needs_merge
from search.indexing import index_pages

QUEUE = "search"


@task(queue_name=QUEUE)
def index_page(page_id: int) -> str:
    """Bring one page's record in line with the page as it is now. Idempotent; a late one does no harm."""
    written = index_pages([page_id])
    index = store.active_index()
    if needs_merge(index):
        merge_small(index)
    return "diindeks" if written else "tidak tayang"


@task(queue_name=QUEUE)
def index_tree(page_id: int) -> str:
    """Bring a page and everything below it in line (it was moved, or its restrictions changed)."""
    page = Page.objects.filter(pk=page_id).first()
    if page is None:
        return "sudah tidak ada"
    ids = list(Page.objects.descendant_of(page, inclusive=True).order_by("pk").values_list("pk", flat=True))
    index_pages(ids)
    merge_small(store.active_index())
    return f"{len(ids)} halaman diperiksa"


@task(queue_name=QUEUE, priority=-20)
def merge_segments() -> str:
    """Merge small segments of the index."""
    return f"{merge_small(store.active_index())} penggabungan"
