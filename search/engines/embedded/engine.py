"""The embedded engine: no server, the same answers on SQLite and on PostgreSQL."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from search.engines.base import Engine
from search.engines.embedded import store
from search.engines.embedded.citing import cited_records
from search.engines.embedded.completing import complete
from search.engines.embedded.explaining import page_facts
from search.engines.embedded.filtering import Row, narrow, visible_rows
from search.engines.embedded.health import index_health
from search.engines.embedded.hits import found_records
from search.engines.embedded.lexicon import IndexLexicon
from search.engines.embedded.ranking import Scores, order, records_with, score
from search.engines.embedded.view import View, open_view
from search.engines.embedded.weights import DEFAULT, Weights
from search.engines.embedded.writing import remove_pages, write_records
from search.engines.suggesting import with_correction
from search.explaining import explain
from search.facets import build_facets
from search.highlight import Wanted
from search.hits import build_hits
from search.index_models import IndexedRecord, SearchIndex
from search.language.analyse import Lexicon
from search.language.analysis import Analysis
from search.language.resembling import analysis_of, why_nothing
from search.language.stemmer import stem
from search.language.words import DOCUMENT_WORDS
from search.records import IndexRecord
from search.types import (
    SORT_PUBLISHED,
    Completion,
    EngineHealth,
    Explanation,
    SearchQuery,
    SearchResults,
)

SHOWN_EXPANSIONS = 4


@dataclass
class Answer:
    """The ranked list before it is cut into pages."""

    rows: list[Row]
    scores: dict[int, float]
    counts: dict
    analysis: Analysis
    view: View | None = None
    found: Scores | None = None
    values: dict[int, float] = field(default_factory=dict)  # score of the words alone, before `ranking.order`
    named: dict[int, float] = field(default_factory=dict)  # records named by number or pinned, and how fully


class EmbeddedEngine(Engine):
    """Positional segments in tables (see `index_models`), ranked in the process."""

    name = "embedded"

    def __init__(
        self,
        index: SearchIndex | None = None,
        weights: Weights = DEFAULT,
        lexicon: Callable[[SearchIndex], Lexicon] = IndexLexicon,
    ):
        self._index = index
        self.weights = weights
        self._lexicon = lexicon

    @property
    def index_row(self) -> SearchIndex:
        """The index that is asked and written: the active one unless another was given."""
        return self._index or store.active_index()

    def index(self, records: Iterable[IndexRecord]) -> int:
        """Put records into the index."""
        return write_records(self.index_row, records)

    def remove(self, page_ids: Sequence[int]) -> None:
        """Take pages out of the index."""
        remove_pages(self.index_row, list(page_ids))

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query. Opens no transaction: on SQLite that would wait for whoever writes."""
        started = time.perf_counter()
        results = self._search(query)
        return replace(results, engine=self.name, took_ms=round((time.perf_counter() - started) * 1000, 1))

    def explain(self, query: SearchQuery, page_id: int) -> Explanation:
        """Why a page stands where it stands in the answer to a query, or why it is not in it."""
        index = self.index_row
        facts = page_facts(index, self._answer(index, query), query, page_id, self._weights(query))
        return explain(facts)

    def health(self) -> EngineHealth:
        """How the index is: complete, of this version, compared last night."""
        return index_health(self.name, self._index)

    def complete(self, query: SearchQuery, limit: int = 8) -> list[Completion]:
        """Titles and citations that the text may be the beginning of."""
        return complete(self.index_row, query, limit)

    def _search(self, query: SearchQuery) -> SearchResults:
        index = self.index_row
        answer = self._answer(index, query)
        total = len(answer.rows)
        query = replace(query, page=min(query.page, max(1, -(-total // query.size))))
        ids = [row.pk for row in answer.rows[(query.page - 1) * query.size : query.page * query.size]]
        slots = answer.found.slot_score if answer.found else None
        wanted = _wanted(answer.found, answer.analysis, query.similar_to is not None)
        hits = build_hits(found_records(answer.view, ids, answer.scores, slots), wanted, query.pinned)
        results = SearchResults(
            query=query,
            total=total,
            hits=tuple(hits),
            facets=build_facets(query, answer.counts),
            expansions=answer.analysis.expansions[:SHOWN_EXPANSIONS],
            notice=why_nothing(query) if _has_no_model(query, answer.analysis) else "",
        )
        return with_correction(results, answer.analysis.corrections, lambda words: _stand_in(answer, words))

    def _weights(self, query: SearchQuery) -> Weights:
        """The weights that hold for a query."""
        return self.weights if query.similar_to is None else self.weights.alike()

    def _answer(self, index: SearchIndex, query: SearchQuery) -> Answer:
        parsed = query.parsed
        if parsed.is_empty and query.similar_to is None:
            # Filters alone list what carries them; a text of nothing but signs finds nothing.
            rows = visible_rows(index, query, None if not query.text or query.parsed.filters else np.zeros(0))
            kept, counts = narrow(rows, query)
            if query.sort == SORT_PUBLISHED:
                kept = _sorted(kept, {}, query.sort)
            else:
                kept.sort(key=lambda row: (row.date, row.pk), reverse=query.sort != "terlama")
            return Answer(kept, {}, counts, Analysis())
        analysis = analysis_of(query, self._lexicon(index))
        if _has_no_model(query, analysis):
            kept, counts = narrow([], query)
            return Answer(kept, {}, counts, analysis)
        weights = self._weights(query)
        view = open_view(index)
        found = score(view, analysis, weights)
        cited = cited_records(index, analysis, parsed.numbers)
        cited.update(_pinned(index, query.pinned))
        places = np.flatnonzero(found.matched | np.isin(view.record_ids, list(cited)))
        rows = _without(visible_rows(index, query, view.record_ids[places]), index, query.similar_to)
        kept, counts = narrow(rows, query)
        values = dict(zip(view.record_ids[places].tolist(), found.score[places].tolist(), strict=True))
        scores = order(kept, values, cited, analysis, weights)
        kept = _sorted(kept, scores, query.sort)
        return Answer(kept, scores, counts, analysis, view, found, values, cited)


def _has_no_model(query: SearchQuery, analysis: Analysis) -> bool:
    """Whether a page is to be resembled that is not there, or says too little."""
    return query.similar_to is not None and analysis.is_empty


def _without(rows: list[Row], index: SearchIndex, page_id: int | None) -> list[Row]:
    """The rows but that of a page: nothing resembles itself."""
    if page_id is None:
        return rows
    own = set(IndexedRecord.objects.filter(index=index, page_id=page_id).values_list("pk", flat=True))
    return [row for row in rows if row.pk not in own]


def _sorted(rows: list[Row], scores: dict[int, float], sort: str) -> list[Row]:
    if sort == SORT_PUBLISHED:
        return sorted(rows, key=lambda row: (row.published, row.pk), reverse=True)
    if sort == "terbaru":
        return sorted(rows, key=lambda row: (row.date, scores[row.pk], row.pk), reverse=True)
    if sort == "terlama":
        return sorted(rows, key=lambda row: (row.date or "9999", -scores[row.pk], row.pk))
    return sorted(rows, key=lambda row: (-scores[row.pk], _newest_first(row.date), row.pk))


def _newest_first(date: str) -> int:
    return -int(date.replace("-", "")) if date else 0


def _pinned(index: SearchIndex, page_ids: Sequence[int]) -> dict[int, float]:
    """Records that editors put first: primary key -> a fit above that of any citation, falling in their order."""
    records = IndexedRecord.objects.filter(index=index, page_id__in=page_ids) if page_ids else ()
    return {record.pk: 2.0 + len(page_ids) - page_ids.index(record.page_id) for record in records}


def _wanted(found: Scores | None, analysis: Analysis, alike: bool) -> Wanted:
    """Which words of a text to mark: those that stood for the query, and the parts of the numbers in it.

    ``alike``: nobody typed the words, so those that any document has ("nomor", "tahun") would only distract.
    """
    words = dict(found.words) if found else {}
    if alike:
        words = {word: worth for word, worth in words.items() if word not in DOCUMENT_WORDS}
    for citation in analysis.citations:
        if citation.number:
            words.setdefault(str(citation.number.nomor_urut), (0.6, "nomor"))
            for part in filter(None, (*citation.number.kode_keys, str(citation.tahun or ""))):
                words.setdefault(part, (0.5, part))
    for variant in analysis.required:
        for word in variant.words:
            words[word] = (1.0, word)
    return words.get


def _stand_in(answer: Answer, words: Iterable[str]) -> bool:
    """Whether every word stands in a record of the answer, all of which are public."""
    pks = {row.pk for row in answer.rows}
    return not any(pks.isdisjoint(records_with(answer.view, stem(word))) for word in words)
