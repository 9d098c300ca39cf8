"""The one rule of what the public may see now.

Every path to a page (listing, detail, search, count, facet, suggestion, feed, API, file) asks this rule; none has a
rule of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.query import PageQuerySet

from common.prepared import Prepared

if TYPE_CHECKING:
    from wagtail.models import Page


def public(pages: PageQuerySet) -> PageQuerySet:
    """Narrow a queryset of Wagtail pages (or of a page model) to what the public may see at this moment.

    A page is public when it is live, its expiry has not passed (also when the scheduler that unpublishes it is late)
    and neither it nor an ancestor carries a view restriction. Aliases and copies obey the same rule.
    """
    return pages.filter(Visibility().where())


class Visibility:
    """What is public at the moment at which it was made: as a condition, and for rows that have been read already."""

    def __init__(self) -> None:
        self._now = timezone.now()
        self._closed = tuple(closed_paths())

    def where(self, relation: str = "") -> Q:
        """Return the condition on pages, or on the page at the end of a ``relation`` ("source")."""
        of = f"{relation}__" if relation else ""
        condition = Q(**{f"{of}live": True}) & (
            Q(**{f"{of}expire_at__isnull": True}) | Q(**{f"{of}expire_at__gt": self._now})
        )
        for path in self._closed:
            condition &= ~Q(**{f"{of}path__startswith": path})
        return condition

    def shows(self, live: bool, expire_at: dt.datetime | None, path: str) -> bool:
        """Tell whether the public may see a page with these values of its row."""
        return live and (expire_at is None or expire_at > self._now) and not path.startswith(self._closed)


def closed_paths() -> list[str]:
    """Return the tree paths of the pages that carry a view restriction; these and all below them are not public."""
    return [path for (path,) in _closed.rows()]


def _closed_pages() -> QuerySet:
    from wagtail.models import PageViewRestriction

    return PageViewRestriction.objects.order_by().values_list("page__path")


_closed = Prepared([_closed_pages])


def public_pages_among(page_ids: Iterable[int]) -> dict[int, Page]:
    """Return those of the pages (key -> page) that the public may see at this moment, with what an address needs."""
    from wagtail.models import Page

    pages: Sequence[Page] = Page.objects.filter(pk__in=list(page_ids)).only(
        "path", "url_path", "live", "expire_at"
    )
    if not pages:
        return {}
    visibility = Visibility()
    return {page.pk: page for page in pages if visibility.shows(page.live, page.expire_at, page.path)}


def is_public(page) -> bool:
    """Tell whether the public may see this page (any Wagtail page) at this moment."""
    from wagtail.models import Page

    return public(Page.objects.filter(pk=page.pk)).exists()
