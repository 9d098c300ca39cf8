"""The collection's side of the analysis: what the embedded index knows, what an unknown word may have meant."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence

from search.engines.embedded import store
from search.index_models import SearchIndex
from search.language.analysis import Variant
from search.language.correction import Speller
from search.language.lexicon import Readings
from search.language.stemmer import stem
from search.vocabulary_readings import load_readings

SPELLER_SECONDS = 300  # a process looks at the vocabulary again after this long

_spellers: dict[int, tuple[float, Speller]] = {}
_lock = threading.Lock()


class IndexLexicon:
    """A :class:`search.language.analyse.Lexicon` over one index and the editors' tables."""

    def __init__(self, index: SearchIndex):
        self.index = index
        self._readings: Readings | None = None
        self._known: dict[str, int] = {}

    def readings(self, words: Sequence[str]):
        """Runs of words that the editors' tables know."""
        if self._readings is None:
            self._readings = load_readings()
        return self._readings.find(words)

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """word -> number of records with any form of it (at least; forms are not added up)."""
        missing = [word for word in set(words) if word not in self._known]
        if missing:
            stems = {word: stem(word) for word in missing}
            forms = store.words_with_stems(sorted(set(stems.values())))
            ids = {pk for pairs in forms.values() for _, pk in pairs}
            counts = store.record_counts(self.index, sorted(ids))
            for word, stem_ in stems.items():
                self._known[word] = max((counts.get(pk, 0) for _, pk in forms.get(stem_, ())), default=0)
        return {word: self._known.get(word, 0) for word in words}

    def corrections(self, word: str) -> list[Variant]:
        """What an unknown word may have meant."""
        return speller(self.index).options(word)


def speller(index: SearchIndex) -> Speller:
    """The speller of an index, kept in the process for a while (its words are checked again when they are shown)."""
    with _lock:
        made, found = _spellers.get(index.token, (0.0, None))
        if found is None or time.monotonic() - made > SPELLER_SECONDS:
            found = Speller(dict(store.vocabulary(index)))
            _spellers.clear()
            _spellers[index.token] = (time.monotonic(), found)
        return found


def forget() -> None:
    """Drop what is kept in the process."""
    with _lock:
        _spellers.clear()
