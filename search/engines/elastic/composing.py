"""From an analysed query to the body of one `_search`.

First every record is scored by its own words (`all`, `heading`), by its type, year, status and by being the very
instrument that was named; then the first few hundred passage by passage. Counts, filters and pages are those of one
and the same set: what covers enough of the query.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from catalogue.enums import RegulationStatus
from common.citations import Citation, code_key, parse_number
from common.regulation_types import GENERAL_TYPES
from search.engines.elastic.lexicon import ClusterLexicon
from search.engines.elastic.weights import DEFAULT, Weights
from search.language.analysis import Analysis, Concept, Variant
from search.language.stemmer import stem
from search.types import FACETS, SORT_PUBLISHED, SearchQuery

#: Facet name -> field of the index.
FACET_FIELDS = {
    "kategori": "kategori",
    "jenis": "jenis",
    "klasifikasi": "klasifikasi",
    "tahun": "tahun",
    "unit": "unit_id",
    "kantor": "office_id",
    "status": "status",
    "berkas": "formats",
}
FACET_VALUES = 1000  # of one facet; all 553 offices fit
PLACE_FIELDS = ("document", "page", "part", "parts", "label", "doubt")
PLACES_READ = 8  # passages read to find them on different pages
CLUSTER_SECONDS = "1500ms"  # the cluster gives up on a query after this long
REVOKED = RegulationStatus.REVOKED.value

Clause = dict


@dataclass(frozen=True)
class Weighed:
    """A concept with its weight in this collection: how much it matters times how rare it is."""

    concept: Concept
    mass: float


@dataclass
class Composed:
    """A query ready to be sent. ``weighed`` are the concepts that the collection knows.

    ``parts`` are the clauses whose scores add up, by name; ``second`` those of the second look. ``places`` is what the
    best passages are chosen by.
    """

    query: Clause
    parts: dict[str, Clause] = field(default_factory=dict)
    second: dict[str, Clause] = field(default_factory=dict)
    places: Clause | None = None
    weighed: tuple[Weighed, ...] = ()
    fresh: float = 0.0  # points for the newest year
    whole_worth: float = 0.0  # points for a title that says everything asked
    window: int = 0
    needed: float = 0.0  # share of the query that must be covered

    @property
    def rescore(self) -> list[dict]:
        """The second look at the first few hundred: the best passage, and a title that says everything asked."""
        if not self.second:
            return []
        second = {"bool": {"should": list(self.second.values())}}
        weights = {"query_weight": 1.0, "rescore_query_weight": 1.0}
        return [{"window_size": self.window, "query": {"rescore_query": second, **weights}}]


def compose(
    analysis: Analysis,
    query: SearchQuery,
    lexicon: ClusterLexicon,
    weights: Weights = DEFAULT,
    cover_needed: float | None = None,
) -> Composed:
    """The scored query, without scope, visibility and facets. ``cover_needed`` overrides that of the weights."""
    if query.similar_to is not None:
        weights = weights.alike()
    weighed = tuple(weigh(analysis, lexicon, weights))
    mass = sum(item.mass for item in weighed)
    scale = weights.scale * (mass or 1.0)
    needed = cover_needed or weights.cover_needed
    named = {f"named:{n}": pair for n, pair in enumerate(cited_clauses(analysis, query.parsed.numbers))}
    named |= {f"pinned:{n}": pair for n, pair in enumerate(_pinned_clauses(query.pinned))}
    parts: dict[str, Clause] = {}
    for number, item in enumerate(weighed):
        parts[f"{number}:all"] = _scored(item, analysis.exact, "all", item.mass * weights.record, weights)
        boost = item.mass * weights.title_cover
        parts[f"{number}:heading"] = _scored(item, analysis.exact, "heading", boost, weights)
    parts |= _boosts(analysis, scale, weights)
    parts |= {name: _constant(clause, weights.cited * scale * fit) for name, (clause, fit) in named.items()}
    limits = _limits(analysis, query, weighed, needed, [clause for clause, _ in named.values()])
    scored = {"bool": {"should": list(parts.values()), **limits["bool"]}}
    fresh = scale * (weights.newest_asked if analysis.newest else weights.fresh)
    passages = [
        _scored(item, analysis.exact, "passages.t", item.mass * weights.passage, weights) for item in weighed
    ]
    passages += [_phrase("passages.t", variant, 0.1) for variant in analysis.required]
    places = {"bool": {"should": passages}} if passages else None
    return Composed(
        query=_fresh(scored, fresh) if fresh else scored,
        parts=parts,
        second=_second_look(places, weighed, analysis, weights),
        places=places,
        weighed=weighed,
        fresh=fresh,
        whole_worth=weights.title_whole * mass,
        window=weights.rescored,
        needed=needed,
    )


def _limits(
    analysis: Analysis, query: SearchQuery, weighed: Sequence[Weighed], needed: float, named: list[Clause]
) -> Clause:
    """What is found: enough of the query, every quoted phrase, no excluded word; or what was named or pinned."""
    enough = _enough(weighed, analysis.exact, needed)
    filters = [_phrase("all", variant) for variant in analysis.required]
    if enough:
        filters.insert(0, enough)
    if named:
        ways = [all_of(filters), *named] if filters else named
        filters = [{"bool": {"should": ways, "minimum_should_match": 1}}]
    exclusions = [_phrase("all", variant) for variant in analysis.excluded]
    if query.similar_to is not None:
        exclusions.append({"term": {"page_id": query.similar_to}})
    return {"bool": {"filter": filters or [{"match_none": {}}], "must_not": exclusions}}


def weigh(analysis: Analysis, lexicon: ClusterLexicon, weights: Weights) -> Iterable[Weighed]:
    """Concepts with their mass; what no record has is left out."""
    stems = {
        stem(word) for concept in analysis.concepts for variant in concept.variants for word in variant.words
    }
    written = {
        word
        for concept in analysis.concepts
        for variant in concept.variants
        if variant.exact or analysis.exact
        for word in variant.words
    }
    known = lexicon.counts(stems, "all")
    known_written = lexicon.counts(written, "all.exact") if written else {}
    records = lexicon.records()
    for concept in analysis.concepts:
        counts = [
            min(
                known_written[word] if variant.exact or analysis.exact else known[stem(word)]
                for word in variant.words
            )
            for variant in concept.variants
        ]
        found = max(counts, default=0)
        if found:
            kept = tuple(v for v, count in zip(concept.variants, counts, strict=True) if count)
            rarity = math.log(1 + max(records - found + 0.5, 0.5) / (found + 0.5))
            mass = concept.weight * max(min(rarity, weights.idf_cap), 0.01) ** weights.idf_power
            yield Weighed(Concept(concept.text, kept, concept.weight), mass)


def _scored(item: Weighed, exact: bool, field_: str, boost: float, weights: Weights) -> Clause:
    """The best of a concept's variants, each at its own weight."""
    clauses = []
    for variant in item.concept.variants:
        clauses += _ways(variant, exact, field_, boost, weights)
    return clauses[0] if len(clauses) == 1 else {"dis_max": {"queries": clauses, "tie_breaker": 0.0}}


def _ways(variant: Variant, exact: bool, field_: str, boost: float, weights: Weights) -> list[Clause]:
    worth = round(boost * variant.weight, 5)
    if len(variant.words) > 1:
        return [_phrase(field_, variant, worth, exact)]
    (word,) = variant.words
    ways = [{"term": {f"{field_}.exact": {"value": word, "boost": worth}}}]
    if not (exact or variant.exact):
        ways.append({"term": {field_: {"value": stem(word), "boost": round(worth * weights.same_stem, 5)}}})
    return ways


def _phrase(field_: str, variant: Variant, boost: float = 1.0, exact: bool = False) -> Clause:
    literal = exact or variant.exact
    words = variant.words if literal else [stem(word) for word in variant.words]
    name = f"{field_}.exact" if literal else field_
    if len(words) == 1:
        return {"term": {name: {"value": words[0], "boost": boost}}}
    return {"match_phrase": {name: {"query": " ".join(words), "analyzer": "whitespace", "boost": boost}}}


def _enough(weighed: Sequence[Weighed], exact: bool, needed: float) -> Clause | None:
    """What covers enough of the query; None when the query has no concept."""
    if not weighed:
        return None
    mass = sum(item.mass for item in weighed)
    if min(item.mass for item in weighed) >= needed * mass:
        return {"bool": {"should": [any_way(item, exact) for item in weighed], "minimum_should_match": 1}}
    # Shares are single-precision numbers: a little less is as good.
    return {"function_score": {"query": cover(weighed, exact), "min_score": max(needed - 0.0005, 0.0001)}}


def cover(weighed: Sequence[Weighed], exact: bool) -> Clause:
    """A clause whose score is the share of the query's mass that a record covers."""
    mass = sum(item.mass for item in weighed)
    return {"bool": {"should": [_constant(any_way(item, exact), item.mass / mass) for item in weighed]}}


def any_way(item: Weighed, exact: bool) -> Clause:
    """A concept in whichever of its variants, unweighed."""
    flat = replace(DEFAULT, same_stem=1.0)
    ways = [_ways(variant, exact, "all", 1.0, flat)[-1] for variant in item.concept.variants]
    return ways[0] if len(ways) == 1 else {"bool": {"should": ways}}


def _boosts(analysis: Analysis, scale: float, weights: Weights) -> dict[str, Clause]:
    in_force = {"bool": {"must_not": [{"term": {"status": REVOKED}}]}}
    clauses = {"in_force": _constant(in_force, weights.in_force * scale)}
    if analysis.types:
        clauses["type"] = _constant({"terms": {"jenis": list(analysis.types)}}, weights.type_named * scale)
    if analysis.years:
        clauses["year"] = _constant({"terms": {"tahun": list(analysis.years)}}, weights.year_named * scale)
    return clauses


def _fresh(scored: Clause, factor: float) -> Clause:
    return {
        "function_score": {
            "query": scored,
            "field_value_factor": {"field": "fresh", "factor": factor, "missing": 0},
            "boost_mode": "sum",
        }
    }


def _second_look(
    places: Clause | None, weighed: Sequence[Weighed], analysis: Analysis, weights: Weights
) -> dict[str, Clause]:
    if places is None or not weighed:
        return {}
    mass = sum(item.mass for item in weighed)
    flat = replace(weights, same_stem=1.0)
    shares = []
    for item in weighed:
        ways = [
            _constant(way, item.mass / mass * variant.weight)
            for variant in item.concept.variants
            for way in _ways(variant, analysis.exact, "heading", 1.0, flat)[-1:]
        ]
        shares.append(ways[0] if len(ways) == 1 else {"dis_max": {"queries": ways}})
    whole = {
        "function_score": {
            "query": {"bool": {"should": shares}},
            "script_score": {
                "script": {
                    "source": "params.worth * Math.pow(_score, 4)",
                    "params": {"worth": round(weights.title_whole * mass, 5)},
                }
            },
            "boost_mode": "replace",
        }
    }
    return {
        "passage": {"nested": {"path": "passages", "score_mode": "max", "query": places}},
        "whole": whole,
    }


def cited_clauses(analysis: Analysis, numbers: Sequence[str]) -> list[tuple[Clause, float]]:
    """(filter, how fully the citation fits) of every instrument that was named by its number."""
    citations = list(analysis.citations)
    for text in numbers:
        if number := parse_number(text):
            citations.append(Citation("", number, 0, 0, tahun=number.tahun))
    found = []
    for citation in citations:
        if citation.number is None:
            continue
        filters: list[Clause] = [{"term": {"nomor_urut": citation.nomor_urut}}]
        if citation.tahun:
            filters.append({"term": {"tahun": citation.tahun}})
        if citation.jenis:
            kinds = GENERAL_TYPES.get(citation.jenis, {citation.jenis})
            filters.append({"terms": {"jenis": sorted(kinds)}})
        parts = {code_key(part) for part in citation.number.kode_keys}
        if citation.number.huruf:
            parts.add(f"{citation.nomor_urut}{citation.number.huruf}")
        filters += [{"term": {"nomor_parts": part}} for part in sorted(parts)]
        fit = 1.0 if citation.tahun else 0.5 if citation.jenis else 0.3
        found.append((all_of(filters), fit))
    return found


def _pinned_clauses(pinned: Sequence[int]) -> list[tuple[Clause, float]]:
    return [({"term": {"page_id": pk}}, 2.0 + len(pinned) - place) for place, pk in enumerate(pinned)]


def facet_filters(query: SearchQuery, office_ids: Mapping[str, int]) -> dict[str, Clause]:
    """Facet name -> filter of its chosen values (any of them). ``office_ids`` maps region codes to keys."""
    filters = {}
    for name, values in query.effective_filters.items():
        if values:
            filters[name] = {"terms": {FACET_FIELDS[name]: _typed(name, values, office_ids)}}
    return filters


def _typed(name: str, values: Iterable[str], office_ids: Mapping[str, int]) -> list:
    if name == "kantor":
        return [office_ids[value] for value in values if value in office_ids]
    if name in ("tahun", "unit"):
        # Superscripts and the like are digits to Python, not to the cluster.
        return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]
    return list(values)


def aggregations(filters: Mapping[str, Clause]) -> dict:
    """Counts a facet under all other facets' filters: what choosing that value alone would give."""
    result = {}
    for name in FACETS:
        others = [clause for other, clause in filters.items() if other != name]
        terms = {"terms": {"field": FACET_FIELDS[name], "size": FACET_VALUES}}
        result[name] = {"filter": all_of(others), "aggs": {"values": terms}} if others else terms
    return result


def exclusions(hidden: Sequence[int], closed_paths: Sequence[str], now: dt.datetime) -> list[Clause]:
    """What keeps out what the public may not see at this moment.

    The index holds only what was public when it was written. What has changed since is in ``hidden`` (page ids that
    wait for the cluster), in ``closed_paths`` (sections closed by a view restriction), or expires by the clock.
    """
    clauses: list[Clause] = [{"range": {"expires_at": {"lte": now.isoformat()}}}]
    if hidden:
        clauses.append({"terms": {"page_id": list(hidden)}})
    return clauses + [{"prefix": {"path": path}} for path in closed_paths]


def sort_of(query: SearchQuery, has_scores: bool) -> list:
    """The order asked for. Equal ones: the newer first, then by key, so that pages never overlap."""
    if query.sort == SORT_PUBLISHED:
        return [{"published_at": {"order": "desc", "missing": "_last"}}, {"page_id": "desc"}]
    if query.sort == "terlama":
        return [{"date": {"order": "asc", "missing": "_last"}}, "_score", {"page_id": "asc"}]
    if query.sort == "terbaru" or not has_scores:
        return [{"date": {"order": "desc", "missing": "_last"}}, "_score", {"page_id": "desc"}]
    return ["_score"]


def inner_hits(places: Clause) -> Clause:
    """A clause that finds nothing out and costs nothing: the cluster only reads from it which passages to tell.

    It stands as an optional part of a filter, which is dropped when records are collected; for the few hits that are
    returned its passages are looked up.
    """
    told = {
        "size": PLACES_READ,
        "_source": False,
        "stored_fields": ["passages.text"],
        "docvalue_fields": [f"passages.{name}" for name in PLACE_FIELDS],
    }
    nested = {"nested": {"path": "passages", "query": places, "inner_hits": told, "score_mode": "none"}}
    return {"bool": {"must": [{"match_all": {}}], "should": [nested]}}


def _constant(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": round(boost, 5)}}


def all_of(clauses: Sequence[Clause]) -> Clause:
    """All of the clauses, as a filter."""
    return clauses[0] if len(clauses) == 1 else {"bool": {"filter": list(clauses)}}
