"""Which pages show which documents: the rooms above register how, for the change log to name a file's page.

This says where a file is shown, never whether it may be: that is `documents.access`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from home.models import HomePage, SOPPage


@dataclass(frozen=True)
class PageUse:
    """Rows that tie a document to a page: a queryset, and the names of the two columns."""

    rows: Callable[[], QuerySet]
    document: str
    page: str = "pk"

    def pairs(self, **ids) -> list[tuple[int, int]]:
        """Return (document, page) of the rows whose `documents` or `pages` (collections of ids) are these."""
        narrowed = {f"{getattr(self, name[:-1])}__in": wanted for name, wanted in ids.items()}
        rows = self.rows().filter(**narrowed).order_by()
        return list(rows.values_list(self.document, self.page))


_uses: list[PageUse] = []


def register_page_use(use: PageUse) -> None:
    """Register one way in which pages show documents; called in AppConfig.ready()."""
    if use not in _uses:
        _uses.append(use)


def _procedures() -> QuerySet:
    return SOPPage.objects.exclude(document=None)


def _home_pages() -> QuerySet:
    return HomePage.objects.all()


def register_shell_uses() -> None:
    """Register how the room below shows files; it cannot import this one."""
    register_page_use(PageUse(_procedures, "document_id"))
    for field in ("video_id", "video_captions_id"):
        register_page_use(PageUse(_home_pages, field))


def pages_of(documents: Collection[int]) -> dict[int, set[int]]:
    """Return the ids of the pages of each document (by id), public or not."""
    found: dict[int, set[int]] = {}
    for use in _uses if documents else ():
        for document, page in use.pairs(documents=documents):
            found.setdefault(document, set()).add(page)
    return found


def documents_of(pages: Collection[int]) -> set[int]:
    """Return the ids of the documents that these pages show, or would show."""
    return {document for use in _uses if pages for document, _page in use.pairs(pages=pages)}
