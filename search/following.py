"""What a feed and a letter share: a search as something to follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import urljoin

from wagtail.models import Page

from common.visibility import public
from home.models import Office
from search.facets import value_label, value_labels
from search.types import CATEGORIES, FACETS, SCOPES, SORT_PUBLISHED, SearchQuery

#: What an office makes public; its texts about itself and the site are no news.
PUBLICATIONS = tuple(name for name in CATEGORIES if name not in ("halaman", "tanya-jawab"))
EVERYTHING = "semua yang diumumkan"


def normalised(query: SearchQuery) -> SearchQuery:
    """What was asked, without the order, page and size of the list; equal searches become equal."""
    filters = {name: tuple(sorted(values)) for name, values in query.filters.items()}
    return SearchQuery(
        text=query.text,
        filters=filters,
        exact=query.exact,
        scope=query.scope,
        office_id=query.office_id,
        similar_to=query.similar_to,
    )


def newest_first(
    query: SearchQuery, size: int, page: int = 1, since: dt.datetime | None = None
) -> SearchQuery:
    """The same search as a list of what was made public, latest first; with ``since`` only what came after.

    Where nothing is asked, these are the publications.
    """
    filters = {"kategori": PUBLICATIONS} if query.is_empty else query.filters
    return replace(query, filters=filters, sort=SORT_PUBLISHED, size=size, page=page, since=since)


def describe(query: SearchQuery) -> str:
    """The search in words: “daftar pemilih”, Tahun: 2024, Semua kantor KPU."""
    parts = [f"“{query.text}”"] if query.text else []
    if query.similar_to:
        page = public(Page.objects.filter(pk=query.similar_to)).first()
        parts.append(f"serupa dengan “{page.title}”" if page else "serupa dengan sebuah halaman")
    labels = value_labels(query.filters)
    for name, values in query.filters.items():
        words = " atau ".join(value_label(name, value, labels) for value in values)
        parts.append(f"{FACETS[name]}: {words}")
    if not parts:
        parts.append(EVERYTHING)
    if query.scope != "kantor":
        parts.append(SCOPES[query.scope])
    return ", ".join(parts)


def address(office: Office | None, path: str, here: str = "") -> str:
    """A path as a full address on the office's own host; without an office on ``here``. Full ones stay as they are."""
    return urljoin(f"{office.site.root_url if office else here}/", path)
