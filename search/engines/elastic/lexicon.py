"""The collection's side of the analysis on Elasticsearch: how common words are, what an unknown one may have meant."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

from search.engines.elastic.connection import SEARCH_SECONDS, reaching
from search.language.analysis import Variant
from search.language.correction import SMALL_VOCABULARY, Speller, possible_parts
from search.language.lexicon import Readings
from search.language.stemmer import stem
from search.vocabulary_readings import load_readings

REMEMBERED = 300.0  # seconds a process relies on what it was told of a word
MAX_REMEMBERED = 50_000
CANDIDATES = 40

_counts: dict[tuple[str, str, str], tuple[float, int]] = {}
_lock = threading.Lock()


class ClusterLexicon:
    """A :class:`search.language.analyse.Lexicon` over one index of the cluster and the editors' tables."""

    def __init__(self, index: str):
        self.index = index
        self._readings: Readings | None = None

    def readings(self, words: Sequence[str]):
        """Runs of words that the editors' tables know."""
        if self._readings is None:
            self._readings = load_readings()
        return self._readings.find(words)

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """word -> number of records with any form of it."""
        words = set(words)
        stems = {word: stem(word) for word in words}
        counts = self.counts(set(stems.values()), "all")
        return {word: counts[stem_] for word, stem_ in stems.items()}

    def counts(self, terms: Iterable[str], field: str) -> dict[str, int]:
        """term -> number of records that have it in a field (`all`: stems, `all.exact`: written words)."""
        now = time.monotonic()
        result: dict[str, int] = {}
        missing: list[str] = []
        for term in terms:
            made, count = _counts.get((self.index, field, term), (0.0, 0))
            if made and now - made < REMEMBERED:
                result[term] = count
            else:
                missing.append(term)
        if missing:
            found = self._ask(sorted(missing), field)
            with _lock:
                if len(_counts) > MAX_REMEMBERED:
                    _counts.clear()
                for term, count in found.items():
                    if count:  # a word that is not there yet may be published the next moment
                        _counts[(self.index, field, term)] = (now, count)
            result.update({term: found.get(term, 0) for term in missing})
        return result

    def _ask(self, terms: list[str], field: str) -> dict[str, int]:
        with reaching(SEARCH_SECONDS) as client:
            answer = client.termvectors(
                index=self.index,
                doc={"all": " ".join(terms)},
                fields=[field],
                per_field_analyzer={field: "whitespace"},
                term_statistics=True,
                field_statistics=False,
                positions=False,
                offsets=False,
                payloads=False,
            )
        found = answer.body.get("term_vectors", {}).get(field, {}).get("terms", {})
        return {term: values.get("doc_freq", 0) for term, values in found.items()}

    def corrections(self, word: str) -> list[Variant]:
        """What an unknown word may have meant: near words of the collection, or words that were run together."""
        parts = self.counts(possible_parts(word), "all.exact")
        vocabulary = {part: count for part, count in parts.items() if count}
        near = self._near(word)
        enough = 1 if len(near) < CANDIDATES and not self._is_large() else 2
        vocabulary.update(near)
        return Speller(vocabulary, enough).options(word)

    def _near(self, word: str) -> dict[str, int]:
        """Written words of the collection at most two slips away, with the number of records that have them."""
        with reaching(SEARCH_SECONDS) as client:
            answer = client.search(
                index=self.index,
                size=0,
                suggest={
                    "near": {
                        "text": word,
                        "term": {
                            "field": "all.exact",
                            "analyzer": "whitespace",
                            "suggest_mode": "always",
                            "string_distance": "damerau_levenshtein",
                            "max_edits": 1 if len(word) < 7 else 2,
                            "prefix_length": 0,
                            "min_word_length": 4,
                            "size": CANDIDATES,
                            "max_inspections": 20,
                            "min_doc_freq": 0,
                            "sort": "frequency",
                        },
                    }
                },
            )
        entries = answer.body["suggest"]["near"]
        return {option["text"]: option["freq"] for entry in entries for option in entry["options"]}

    def _is_large(self) -> bool:
        """Whether a word of a single record is as likely a slip itself (some 20,000 words and more)."""
        return self.records() > SMALL_VOCABULARY // 20

    def records(self) -> int:
        """Number of records in the index (at least one, so that rarities can be computed)."""
        now = time.monotonic()
        made, count = _counts.get((self.index, "", ""), (0.0, 0))
        if not made or now - made > REMEMBERED:
            with reaching(SEARCH_SECONDS) as client:
                count = client.count(index=self.index)["count"]
            _counts[(self.index, "", "")] = (now, count)
        return max(1, count)


def forget() -> None:
    """Drop what is kept in the process (a new index, tests)."""
    with _lock:
        _counts.clear()
