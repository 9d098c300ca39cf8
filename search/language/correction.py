"""Typing mistakes: the words of the collection that an unknown word may have meant."""

from __future__ import annotations

import math
from collections import defaultdict

from rapidfuzz.distance import OSA

from search.language.analysis import CORRECTED, Variant
from search.language.stemmer import is_root, stem

MIN_LENGTH = 4
MAX_LENGTH = 40
MAX_OPTIONS = 3
SMALL_VOCABULARY = 20_000  # words


class Speller:
    """Corrects against a vocabulary with frequencies (word -> records that have it)."""

    def __init__(self, vocabulary: dict[str, int]):
        self.vocabulary = vocabulary
        self._by_length: dict[int, list[str]] = defaultdict(list)
        # In a large collection a word of a single record is as likely a slip itself.
        enough = 1 if len(vocabulary) < SMALL_VOCABULARY else 2
        for word, records in vocabulary.items():
            if len(word) >= MIN_LENGTH and records >= enough:
                self._by_length[len(word)].append(word)

    def options(self, word: str) -> list[Variant]:
        """The likeliest words, best first: fewer mistakes, more records; two words when it was run together."""
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH:
            return []
        allowed = 1 if len(word) < 7 else 2
        scored: list[tuple[float, str, int]] = []
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for candidate in self._by_length.get(length, ()):
                mistakes = OSA.distance(word, candidate, score_cutoff=allowed)
                if mistakes <= allowed and candidate != word:
                    scored.append((self._score(word, candidate, mistakes), candidate, mistakes))
        scored.sort(reverse=True)
        options = []
        best = scored[0][0] if scored else 0
        for score, candidate, mistakes in scored[:MAX_OPTIONS]:
            if score >= best - 1.5:
                weight = (0.85 if mistakes == 1 else 0.75) - 0.15 * len(options)
                options.append(
                    Variant((candidate,), round(weight, 2), CORRECTED, records=self.vocabulary[candidate])
                )
        split = self._split(word)
        if split and (not scored or scored[0][2] > 1):
            rarer = min(self.vocabulary[part] for part in split)
            return [Variant(split, 0.85, CORRECTED, records=rarer), *options]
        return options

    def _score(self, word: str, candidate: str, mistakes: int) -> float:
        score = math.log10(1 + self.vocabulary[candidate]) - 2.5 * mistakes
        if candidate[0] != word[0]:
            score -= 1.0
        if candidate[-1] == word[-1]:
            score += 0.2
        if is_root(stem(candidate)):
            score += 1.0
        # Doubled, dropped or exchanged letters are the commonest slips.
        if sorted(set(candidate)) == sorted(set(word)):
            score += 0.5
        return score

    def _split(self, word: str) -> tuple[str, str] | None:
        """Two words run together, both well known; the split whose rarer half is the commonest."""
        best, best_records = None, 0
        for cut in range(3, len(word) - 2):
            left, right = word[:cut], word[cut:]
            records = min(self.vocabulary.get(left, 0), self.vocabulary.get(right, 0))
            if records > best_records and is_root(stem(left)) and is_root(stem(right)):
                best, best_records = (left, right), records
        return best
