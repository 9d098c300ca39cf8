"""The collection's side of the analysis on Elasticsearch: how common words are, what an unknown one may have meant."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterable, Sequence

from search.changes import clocks
from search.engines.elastic.connection import SEARCH_SECONDS, reaching
from search.language.analysis import Variant
from search.language.correction import SMALL_VOCABULARY, Speller, possible_parts
from search.language.lexicon import Readings
from search.language.stemmer import stem
from search.vocabulary_readings import load_readings

REMEMBERED = 300.0  # seconds a process relies on what it was told of a word
#: What is *not* there is remembered while the index rests: since its last change, and only when that was so long ago
#: (seconds) that it is visible to searches. What is published is found the next moment.
RESTING, NOT_THERE_REMEMBERED = 10.0, 60.0
MAX_REMEMBERED = 50_000
CANDIDATES = 40
WRITTEN, STEMS = "all.exact", "all"

_Key = tuple[str, str, str]  # index, field, term
_counts: dict[_Key, tuple[float, int]] = {}
_absent: dict[_Key, tuple[float, int]] = {}  # (when it was asked, the index clock then)
_corrections: dict[tuple[str, str], tuple[float, int, list[Variant]]] = {}
_lock = threading.Lock()


class ClusterLexicon:
    """A :class:`search.language.analyse.Lexicon` over one index of the cluster and the editors' tables. One a query."""

    def __init__(self, index: str):
        self.index = index
        self._readings: Readings | None = None
        self._told: dict[tuple[str, str], int] = {}
        self._clocks: tuple[int, int] | None = None

    def readings(self, words: Sequence[str]):
        """Runs of words that the editors' tables know."""
        if self._readings is None:
            self._readings = load_readings(self._read_clocks()[1])
        return self._readings.find(words)

    def prepare(self, words: Sequence[str]) -> None:
        """Ask at once for all that an analysis of these words will ask for, so that it needs one request."""
        written = dict.fromkeys(words)
        written.update(dict.fromkeys(f"{left}{right}" for left, right in itertools.pairwise(words)))
        for _, _, variants, _ in self.readings(words):
            written.update(dict.fromkeys(word for variant in variants for word in variant.words))
        self._learn(
            {(field, term) for word in written for field, term in ((WRITTEN, word), (STEMS, stem(word)))}
        )

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """word -> number of records with any form of it."""
        words = set(words)
        stems = {word: stem(word) for word in words}
        counts = self.counts(set(stems.values()), STEMS)
        return {word: counts[stem_] for word, stem_ in stems.items()}

    def counts(self, terms: Iterable[str], field: str) -> dict[str, int]:
        """term -> number of records that have it in a field (`all`: stems, `all.exact`: written words)."""
        terms = set(terms)
        self._learn({(field, term) for term in terms})
        return {term: self._told[(field, term)] for term in terms}

    def _learn(self, keys: set[tuple[str, str]]) -> None:
        """Come to know these (field, term): from what the process remembers, the rest in one request."""
        now = time.monotonic()
        missing: list[tuple[str, str]] = []
        for key in keys - self._told.keys():
            made, count = _counts.get((self.index, *key), (0.0, 0))
            if made and now - made < REMEMBERED:
                self._told[key] = count
            elif self._is_remembered_absent(key, now):
                self._told[key] = 0
            else:
                missing.append(key)
        if not missing:
            return
        clock = self.clock()
        found = self._ask(sorted({term for _, term in missing}), sorted({field for field, _ in missing}))
        with _lock:
            for kept in (_counts, _absent):
                if len(kept) > MAX_REMEMBERED:
                    kept.clear()
            for key in missing:
                count = self._told[key] = found.get(key, 0)
                if count:
                    _counts[(self.index, *key)] = (now, count)
                elif _rests(clock):
                    _absent[(self.index, *key)] = (now, clock)

    def _is_remembered_absent(self, key: tuple[str, str], now: float) -> bool:
        asked, clock = _absent.get((self.index, *key), (0.0, 0))
        return bool(asked) and now - asked < NOT_THERE_REMEMBERED and clock == self.clock()

    def clock(self) -> int:
        """The index clock: what it showed when this query began to look up words."""
        return self._read_clocks()[0]

    def _read_clocks(self) -> tuple[int, int]:
        if self._clocks is None:
            self._clocks = clocks()
        return self._clocks

    def _ask(self, terms: list[str], fields: list[str]) -> dict[tuple[str, str], int]:
        with reaching(SEARCH_SECONDS) as client:
            answer = client.termvectors(
                index=self.index,
                doc={"all": " ".join(terms)},
                fields=fields,
                per_field_analyzer=dict.fromkeys(fields, "whitespace"),
                term_statistics=True,
                field_statistics=False,
                positions=False,
                offsets=False,
                payloads=False,
            )
        return {
            (field, term): values.get("doc_freq", 0)
            for field, vector in answer.body.get("term_vectors", {}).items()
            for term, values in vector["terms"].items()
        }

    def corrections(self, word: str) -> list[Variant]:
        """What an unknown word may have meant: near words of the collection, or words that were run together."""
        asked, clock, options = _corrections.get((self.index, word), (0.0, 0, []))
        if asked and time.monotonic() - asked < NOT_THERE_REMEMBERED and clock == self.clock():
            return options
        options = self._look_for_corrections(word)
        if _rests(self.clock()):
            with _lock:
                if len(_corrections) > MAX_REMEMBERED:
                    _corrections.clear()
                _corrections[(self.index, word)] = (time.monotonic(), self.clock(), options)
        return options

    def _look_for_corrections(self, word: str) -> list[Variant]:
        parts = self.counts(possible_parts(word), WRITTEN)
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
        _absent.clear()
        _corrections.clear()


def _rests(clock: int) -> bool:
    """Whether the last change is so old that searches see it. The clock shows its microsecond (`next_version`)."""
    return time.time() - clock / 1e6 > RESTING
