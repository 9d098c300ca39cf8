"""Typing mistakes: the words of the collection that an unknown word may have meant."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from search.language.analysis import CORRECTED, Variant
from search.language.stemmer import is_root, stem
from search.language.words import STOP_WORDS

MIN_LENGTH = 4
MAX_LENGTH = 40
MAX_OPTIONS = 3
SMALL_VOCABULARY = 20_000  # words
MAX_PARTS = 4


class Speller:
    """Corrects against a vocabulary with frequencies (word -> records that have it).

    ``enough`` is how many records a word must stand in to be offered.
    """

    def __init__(self, vocabulary: dict[str, int], enough: int = 0):
        self.vocabulary = vocabulary
        self._by_length: dict[int, list[str]] = defaultdict(list)
        # In a large collection a word of a single record is as likely a slip itself.
        enough = enough or (1 if len(vocabulary) < SMALL_VOCABULARY else 2)
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
            rarer = min(self.vocabulary.get(part, 0) for part in split if part not in STOP_WORDS)
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

    def _split(self, word: str) -> tuple[str, ...] | None:
        """Words run together: the fewest well-known words that make it up."""
        best: list[tuple[int, int, tuple[str, ...]] | None] = [None] * (len(word) + 1)
        best[0] = (0, 0, ())
        for end in range(2, len(word) + 1):
            for start in range(end - 1):
                before, part = best[start], word[start:end]
                if before is None or before[0] == MAX_PARTS or not self._is_part(part):
                    continue
                rarest = -self.vocabulary.get(part, 0)
                option = (before[0] + 1, max(before[1], rarest) if before[0] else rarest, (*before[2], part))
                if best[end] is None or option[:2] < best[end][:2]:
                    best[end] = option
        found = best[len(word)]
        return found[2] if found and found[0] > 1 else None

    def _is_part(self, part: str) -> bool:
        if part in STOP_WORDS:
            return len(part) > 2 or part in ("di", "ke")
        return len(part) > 3 and part in self.vocabulary and is_root(stem(part))


def corrected_text(text: str, corrections: Mapping[str, str]) -> str:
    """The text as it was typed, with the misspelt words replaced."""
    words = []
    for word in text.split():
        plain = "".join(char for char in word.lower() if char.isalnum())
        words.append(corrections.get(plain, word))
    return " ".join(words)


def possible_parts(word: str) -> set[str]:
    """Pieces of a word that may be words themselves, when several were run together."""
    return {
        part
        for start in range(len(word) - 3)
        for end in range(start + 4, len(word) + 1)
        if is_root(stem(part := word[start:end]))
    }
