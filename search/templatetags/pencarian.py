"""Links and hidden fields of the search page, made from a SearchQuery; the page itself knows no parameter names."""

from dataclasses import replace
from urllib.parse import parse_qsl

from django import template

from search.language.query import strip_field
from search.types import FACETS, SORTS

register = template.Library()


@register.filter
def exact_url(query) -> str:
    """Query string of the same search, taken literally."""
    return query.querystring(exact=True)


@register.filter
def loose_url(query) -> str:
    """Query string of the same search with words of the same meaning."""
    return query.querystring(exact=False)


@register.filter
def bare_url(query) -> str:
    """Query string of the same words without any filter, chosen or typed."""
    return replace(_without_typed_filters(query), filters={}, page=1).querystring()


@register.filter
def unlike_url(query) -> str:
    """Query string of the same search without the page that is to be resembled."""
    return query.querystring(similar_to=None)


@register.filter
def sort_options(query) -> list[dict]:
    """The ways to sort: label, query string, and which one holds."""
    return [
        {"label": label, "url": query.querystring(sort=code), "current": query.sort == code}
        for code, label in SORTS.items()
    ]


@register.filter
def filter_form_fields(results) -> list[tuple[str, str]]:
    """Hidden fields of the filter form: everything but the boxes that the form itself shows.

    Filters typed into the text (`tahun:2024`) become ticked boxes, so that unticking them works; a chosen value
    without a box (it has no hit any more) is kept hidden, so that it is not lost silently.
    """
    query = results.query
    boxes = {(facet.name, value.value) for facet in results.facets for value in facet.values}
    hidden = [
        (name, value) for name in FACETS for value in query.selected(name) if (name, value) not in boxes
    ]
    bare = replace(_without_typed_filters(query), filters={}, page=1)
    return parse_qsl(bare.querystring()) + hidden


@register.filter
def search_form_fields(query) -> list[tuple[str, str]]:
    """Hidden fields of the search box: new words start without filters, but in the same sort order and scope."""
    fresh = replace(query, text="", filters={}, exact=False, similar_to=None, page=1)
    return parse_qsl(fresh.querystring())


def _without_typed_filters(query):
    text = query.text
    for name in FACETS:
        text = strip_field(text, name)
    return replace(query, text=text)
