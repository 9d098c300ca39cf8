"""What somebody may be typing: names of public records whose words begin with the typed ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wagtail.models import Page

from search.completing import completion_of, typed_words
from search.engines.elastic.composing import REVOKED, Clause
from search.engines.elastic.definition import LONGEST_BEGINNING
from search.types import Completion

_SOURCE = ["page_id", "title", "citation", "kategori", "heading_shown"]


def body(text: str, filters: Sequence[Clause], exclusions: Sequence[Clause], limit: int) -> dict | None:
    """The body of the `_search` for names; None when there is nothing to look for.

    Names that begin as typed come first, then whole words, what is in force, shorter and newer ones.
    """
    words = typed_words(text)
    if not words:
        return None
    beginnings = [{"term": {"beginning": word[:LONGEST_BEGINNING]}} for word in words]
    phrase = " ".join(words)
    should: list[Clause] = [
        {"prefix": {"names": {"value": phrase, "boost": 4.0}}},
        {"prefix": {"names": {"value": words[0], "boost": 2.0}}},
        {"constant_score": {"filter": {"bool": {"must_not": [{"term": {"status": REVOKED}}]}}, "boost": 0.5}},
    ]
    should += [
        {"constant_score": {"filter": {"term": {"heading.exact": word}}, "boost": 1.0 / len(words)}}
        for word in words
    ]
    should += [{"term": {"heading.exact": {"value": word, "boost": 0.3 / len(words)}}} for word in words]
    scored = {"bool": {"should": should, "filter": [*beginnings, *filters], "must_not": list(exclusions)}}
    newer = {"field_value_factor": {"field": "fresh", "factor": 0.2, "missing": 0}, "boost_mode": "sum"}
    return {
        "query": {"function_score": {"query": scored, **newer}},
        "size": limit,
        "_source": _SOURCE,
        "track_total_hits": False,
        "timeout": "500ms",
    }


def completions(hits: Sequence[dict], pages: Mapping[int, Page]) -> list[Completion]:
    """Completions of the cluster's hits, in their order; ``pages`` are theirs (key -> page)."""
    sources = [hit["_source"] for hit in hits]
    return [
        completion_of(
            title=source["title"],
            citation=source.get("citation", ""),
            heading=source.get("heading_shown", ""),
            kategori=source["kategori"],
            page=pages.get(source["page_id"]),
        )
        for source in sources
    ]
