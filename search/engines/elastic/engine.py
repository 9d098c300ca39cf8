"""The engine on an Elasticsearch cluster."""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from common.visibility import closed_paths, public_pages_among
from home.models import Office
from home.office_memory import office_names
from search.changes import hidden_pages, next_version
from search.engines.base import Engine
from search.engines.elastic import administration, completing, composing, connection, explaining
from search.engines.elastic.connection import SEARCH_SECONDS, ClusterUnavailable, reaching
from search.engines.elastic.definition import MAX_WINDOW
from search.engines.elastic.health import cluster_health
from search.engines.elastic.lexicon import ClusterLexicon
from search.engines.elastic.weights import DEFAULT, Weights
from search.engines.elastic.writing import deletions, versioned, write
from search.engines.suggesting import with_correction
from search.explaining import explain
from search.facets import build_facets
from search.highlight import Wanted
from search.hits import EXTRACTS, Found, Piece, Place, build_hits
from search.language.analysis import Analysis
from search.language.resembling import analysis_of, why_nothing
from search.language.stemmer import stem
from search.language.words import DOCUMENT_WORDS
from search.records import IndexRecord
from search.scope import scope_offices
from search.types import Completion, EngineHealth, Explanation, SearchQuery, SearchResults

SHOWN_EXPANSIONS = 4
WORTH_SHOWING = 0.5  # of the best passage's score
MAX_ROUNDS = 3  # of asking again without what turned out not to be public
MOST_HIDDEN = 10_000  # pages that a question can leave out; the cluster takes 65,536 values
_COPIED = {f.name for f in fields(Found)} - {
    "formats",
    "date",
    "published_at",
    "body",
    "heading",
    "score",
    "places",
}
_SOURCE = sorted(_COPIED | {"formats", "date", "published_at", "heading_shown"})


@dataclass
class Answer:
    """What the cluster answered, with what it was asked."""

    body: dict
    analysis: Analysis
    composed: composing.Composed | None

    @property
    def total(self) -> int:
        return self.body["hits"]["total"]["value"]

    @property
    def page_ids(self) -> list[int]:
        return [hit["_source"]["page_id"] for hit in self.body["hits"]["hits"]]


class ElasticEngine(Engine):
    """Elasticsearch. ``index`` is an alias or index (default: the site's).

    ``live`` False leaves out what only the site's own index needs: scope, publication, addresses. An evaluation's
    scratch index has no pages.
    """

    name = "elasticsearch"

    def __init__(
        self,
        index: str = "",
        weights: Weights = DEFAULT,
        lexicon: Callable[[str], ClusterLexicon] = ClusterLexicon,
        live: bool = True,
    ):
        self.index_name = index or connection.alias()
        self.weights = weights
        self.live = live
        self._lexicon = lexicon

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query. Raises ClusterUnavailable when the cluster does not answer in time."""
        started = time.perf_counter()
        self._require_fit()
        hidden: set[int] = set()
        for _ in range(MAX_ROUNDS):
            answer = self._ask(query, hidden)
            last = max(1, -(-min(answer.total, MAX_WINDOW) // query.size))
            if query.page > last:
                query = replace(query, page=last)
                answer = self._ask(query, hidden)
            pages = public_pages_among(answer.page_ids) if self.live else {}
            gone = set(answer.page_ids).difference(pages) if self.live else set()
            if not gone:
                break
            hidden |= gone  # changed behind the index's back: neither shown nor counted
        else:
            raise ClusterUnavailable(
                "Indeks Elasticsearch tertinggal; cocokkan dengan: manage.py reindex --reconcile"
            )
        results = self._results(query, answer, pages)
        return replace(results, engine=self.name, took_ms=round((time.perf_counter() - started) * 1000, 1))

    def index(self, records: Iterable[IndexRecord]) -> int:
        """Write records that were read just now; returns how many the cluster took."""
        version = next_version()
        actions = versioned(records, version, self.weights)
        return write(self.index_name, actions, refresh=True, is_alias=self.live).taken

    def remove(self, page_ids: Sequence[int]) -> None:
        """Take pages out of the index."""
        write(self.index_name, deletions(page_ids, next_version()), refresh=True, is_alias=self.live)

    def complete(self, query: SearchQuery, limit: int = 8) -> list[Completion]:
        """Titles and citations that the text may be the beginning of."""
        self._require_fit()
        filters, exclusions = self._limits(query, ())
        body = completing.body(query.text, filters, exclusions, 2 * limit)
        if body is None:
            return []
        hits = self._send(body, query)["hits"]["hits"]
        pages = public_pages_among(hit["_source"]["page_id"] for hit in hits)
        return completing.completions(
            [hit for hit in hits if hit["_source"]["page_id"] in pages][:limit], pages
        )

    def explain(self, query: SearchQuery, page_id: int) -> Explanation:
        """Why a page stands where it stands in the answer to a query, or why it is not in it."""
        self._require_fit()
        return explain(explaining.page_facts(self, query, page_id))

    def health(self) -> EngineHealth:
        """How the cluster and its index are, and what waits for them."""
        return cluster_health(self.name)

    def _require_fit(self) -> None:
        if self.live:
            administration.require_fit(self.index_name)

    # --- explaining ---------------------------------------------------------------------------------------------------

    def place_of(self, query: SearchQuery, page_id: int, depth: int) -> tuple[int, float]:
        """(place from 1, score) of a page among the first ``depth`` of an answer; (0, 0) when it is not there."""
        answer = self._ask(replace(query, page=1, size=depth), set())
        for place, hit in enumerate(answer.body["hits"]["hits"], 1):
            if hit["_source"]["page_id"] == page_id:
                return place, _points(hit["_score"])
        return 0, 0.0

    def points_of(
        self, parts: Mapping[str, composing.Clause], query: SearchQuery, page_id: int
    ) -> dict[str, float]:
        """What each named clause gives to one page."""
        named = [{"bool": {"must": [clause], "_name": name}} for name, clause in parts.items()]
        body = {
            "query": {"bool": {"should": named, "filter": [{"term": {"page_id": page_id}}]}},
            "size": 1,
            "_source": False,
        }
        hits = self._send(body, query, include_named_queries_score=True)["hits"]["hits"]
        return dict(hits[0].get("matched_queries", {})) if hits else {}

    def records_with(self, weighed: Sequence[composing.Weighed], query: SearchQuery) -> list[int]:
        """In how many records each concept stands, in whichever of its variants."""
        filters = {
            str(number): {"filter": composing.any_way(item, query.exact)}
            for number, item in enumerate(weighed)
        }
        if not filters:
            return []
        found = self._send({"size": 0, "aggs": filters}, query)["aggregations"]
        return [found[str(number)]["doc_count"] for number in range(len(weighed))]

    def holds(self, page_id: int) -> bool:
        """Whether the index has a record of a page."""
        with reaching(SEARCH_SECONDS) as client:
            return client.count(index=self.index_name, query={"term": {"page_id": page_id}})["count"] > 0

    def records(self) -> int:
        """Number of records in the index."""
        return self._lexicon(self.index_name).records()

    # --- asking -------------------------------------------------------------------------------------------------------

    def _ask(self, query: SearchQuery, hidden: set[int]) -> Answer:
        body, analysis, composed = self.compose(query, sorted(hidden))
        answer = self._send(body, query)
        if not answer["hits"]["total"]["value"] and composed and len(composed.weighed) > 1:
            # Nothing covers enough: what covers most is better than nothing.
            best = self._best_cover(body, composed, query)
            if 0 < best < composed.needed:
                body, *_ = self.compose(query, sorted(hidden), cover_needed=0.95 * best)
                answer = self._send(body, query)
        return Answer(answer, analysis, composed)

    def compose(
        self, query: SearchQuery, hidden: Sequence[int] = (), cover_needed: float | None = None
    ) -> tuple[dict, Analysis, composing.Composed | None]:
        """(body of the one `_search`, what the query means, its clauses).

        ``hidden`` pages are left out; ``cover_needed`` overrides the share of the query that must be covered.
        """
        parsed = query.parsed
        composed: composing.Composed | None = None
        analysis = Analysis()
        if not parsed.is_empty or query.similar_to is not None:
            lexicon = self._lexicon(self.index_name)
            lexicon.prepare([*parsed.loose, *(word for words in parsed.phrases for word in words)])
            analysis = analysis_of(query, lexicon)
            composed = composing.compose(analysis, query, lexicon, self.weights, cover_needed)
            scored = composed.query
        elif query.text and not parsed.filters:
            scored = {"match_none": {}}  # nothing but signs
        else:
            scored = {"match_all": {}}  # filters alone list what carries them
        has_scores = composed is not None
        filters, exclusions = self._limits(query, hidden)
        if composed and composed.places:
            filters.append(composing.inner_hits(composed.places))
        chosen = composing.facet_filters(query, _office_ids(query.selected("kantor")))
        body: dict[str, Any] = {
            "query": {"bool": {"must": [scored], "filter": filters, "must_not": exclusions}},
            "aggs": composing.aggregations(chosen),
            "size": query.size,
            "from": min((query.page - 1) * query.size, MAX_WINDOW - query.size),
            "track_total_hits": True,
            "timeout": composing.CLUSTER_SECONDS,
            "_source": _SOURCE,
            "sort": composing.sort_of(query, has_scores),
        }
        if chosen:
            body["post_filter"] = composing.all_of(list(chosen.values()))
        if composed and composed.rescore and body["sort"] == ["_score"]:
            body["rescore"] = composed.rescore
        return body, analysis, composed

    def _limits(self, query: SearchQuery, hidden: Sequence[int]) -> tuple[list[dict], list[dict]]:
        """(filters, exclusions) of scope, time and publication."""
        filters: list[dict] = []
        if not self.live:
            return filters, []
        offices = scope_offices(query)
        if offices is not None:
            filters.append({"terms": {"office_id": offices}})
        if query.since:
            filters.append({"range": {"published_at": {"gt": query.since.isoformat()}}})
        waiting = hidden_pages()
        if len(waiting) > MOST_HIDDEN:
            raise ClusterUnavailable("Terlalu banyak halaman menunggu Elasticsearch.")
        return filters, composing.exclusions([*waiting, *hidden], closed_paths(), timezone.now())

    def _send(self, body: dict, query: SearchQuery, **options) -> dict:
        """One `_search`. A cluster that ran out of time has not answered."""
        # The same question goes to the same copies of the shards, so that pages of one list fit together.
        key = hashlib.blake2b(repr((query.text, query.similar_to)).encode(), digest_size=8).hexdigest()
        with reaching(SEARCH_SECONDS) as client:
            answer = client.search(index=self.index_name, body=body, preference=key, **options)
        if answer.body["timed_out"]:
            raise ClusterUnavailable("Elasticsearch tidak selesai tepat waktu.")
        return answer.body

    def _best_cover(self, body: dict, composed: composing.Composed, query: SearchQuery) -> float:
        """The greatest share of the query that any record covers."""
        cover = {**body["query"]["bool"], "must": [composing.cover(composed.weighed, query.exact)]}
        found = self._send({"query": {"bool": cover}, "size": 1, "_source": False}, query)
        return _points(found["hits"]["max_score"])

    # --- reading ------------------------------------------------------------------------------------------------------

    def _results(self, query: SearchQuery, answer: Answer, pages: Mapping[int, Page]) -> SearchResults:
        records = [_found(hit) for hit in answer.body["hits"]["hits"]]
        wanted = _wanted(answer.analysis, self.weights, query.similar_to is not None)
        if self.live:
            hits = build_hits(records, wanted, query.pinned, pages)
            facets = build_facets(query, _counts(answer))
        else:
            hits, facets = build_hits(records, wanted), ()
        results = SearchResults(
            query=query,
            total=answer.total,
            hits=tuple(hits),
            facets=facets,
            expansions=answer.analysis.expansions[:SHOWN_EXPANSIONS],
            notice=why_nothing(query) if query.similar_to is not None and answer.analysis.is_empty else "",
        )
        return with_correction(
            results, answer.analysis.corrections, lambda words: self._stand_together(words, query)
        )

    def _stand_together(self, words: Iterable[str], query: SearchQuery) -> bool:
        """Whether a record that this reader may find has all of the words."""
        filters, exclusions = self._limits(query, ())
        filters += [{"term": {"all": stem(word)}} for word in dict.fromkeys(words)]
        body = {
            "query": {"bool": {"filter": filters, "must_not": exclusions}},
            "size": 3,
            "_source": ["page_id"],
        }
        hits = self._send(body, query)["hits"]["hits"]
        ids = [hit["_source"].get("page_id") for hit in hits]
        return bool(ids) and (not self.live or bool(public_pages_among(ids)))


def _office_ids(codes: Sequence[str]) -> dict[str, int]:
    """Region code -> primary key of the chosen offices."""
    if not codes:
        return {}
    return dict(Office.objects.filter(kode_wilayah__in=codes).values_list("kode_wilayah", "pk"))


def _found(hit: dict) -> Found:
    """A hit of the cluster as a found record, with its best pages."""
    source = hit["_source"]
    values = {name: source[name] for name in _COPIED if name in source}
    for name in ("page_id", "external_id"):
        values.setdefault(name, None if name == "page_id" else "")
    moment = source.get("published_at")
    return Found(
        **values,
        heading=source.get("heading_shown", ""),
        formats=tuple(source.get("formats", ())),
        date=dt.date.fromisoformat(source["date"]) if source.get("date") else None,
        published_at=dt.datetime.fromisoformat(moment) if moment else None,
        score=_points(hit["_score"]),
        places=tuple(_places(hit)),
    )


def _places(hit: dict) -> list[Place]:
    """The pages of a hit's best passages, each page once, best first."""
    inner = hit.get("inner_hits", {}).get("passages", {}).get("hits", {}).get("hits", [])
    places: list[Place] = []
    best = _points(inner[0]["_score"]) if inner else 0.0
    for passage in inner:
        if _points(passage["_score"]) < best * WORTH_SHOWING or len(places) == EXTRACTS:
            break
        told = {name.removeprefix("passages."): value[0] for name, value in passage["fields"].items()}
        if all((place.document, place.page) != (told["document"], told["page"]) for place in places):
            part, parts = told["part"], told["parts"]
            piece = Piece(told["text"], told["label"], told["doubt"], part > 0, part < parts - 1)
            places.append(Place(told["document"], told["page"], piece=piece))
    return places


def _points(score: float | str | None) -> float:
    """A score as a number; 0 for none, and for what is no number.

    A cluster that has just started was seen to give "NaN" once. One such hit must not cost the reader the answer.
    """
    return score if isinstance(score, (int, float)) and math.isfinite(score) else 0.0


def _counts(answer: Answer) -> dict[str, Counter]:
    """Facet name -> value -> count, from the aggregations."""
    counts = {}
    for name, found in answer.body["aggregations"].items():
        buckets = (found.get("values") or found)["buckets"]
        if name == "kantor":
            offices = office_names()
            known = [bucket for bucket in buckets if bucket["key"] in offices]
            pairs = [(offices[bucket["key"]].code, bucket["doc_count"]) for bucket in known]
        else:
            pairs = [(str(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
        counts[name] = Counter({value: count for value, count in pairs if value})
    return counts


def _wanted(analysis: Analysis, weights: Weights, alike: bool = False) -> Wanted:
    """Which words of a text to mark: the typed ones, their other forms, and what else stood for them.

    In what resembles a page (``alike``) nobody typed "nomor" or "tahun": these are not marked.
    """
    exact: dict[str, tuple[float, str]] = {}
    by_stem: dict[str, tuple[float, str]] = {}

    def keep(table: dict, word: str, worth: float, name: str) -> None:
        if worth > table.get(word, (0.0, ""))[0]:
            table[word] = (worth, name)

    for concept in analysis.concepts:
        for variant in concept.variants:
            for word in variant.words:
                # Each word of a phrase stands for itself: all of them are marked.
                name = concept.text if len(variant.words) == 1 else f"{concept.text} {word}"
                keep(exact, word, variant.weight, name)
                if not (variant.exact or analysis.exact):
                    keep(by_stem, stem(word), variant.weight * weights.same_stem, name)
    for citation in analysis.citations:
        if citation.number:
            keep(exact, str(citation.number.nomor_urut), 0.6, "nomor")
            for part in filter(None, (*citation.number.kode_keys, str(citation.tahun or ""))):
                keep(exact, part, 0.5, part)
    for variant in analysis.required:
        for word in variant.words:
            exact[word] = (1.0, word)
    if alike:
        exact = {word: worth for word, worth in exact.items() if word not in DOCUMENT_WORDS}
    return lambda word: exact.get(word) or by_stem.get(stem(word))
