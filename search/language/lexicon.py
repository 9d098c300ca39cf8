"""The editors' abbreviations and synonyms as readings of a query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from search.language.analysis import ABBREVIATION, SYNONYM, Variant
from search.language.stemmer import stem
from search.language.tokens import tokenize

MAX_SPAN = 6


@lru_cache(maxsize=20_000)
def form_words(text: str) -> tuple[str, ...]:
    """The words of a form, as the index has them."""
    return tuple(tokenize(text))


class Readings:
    """All rows of the two tables, ready to be looked up. Cheap to make: one for each query."""

    def __init__(
        self,
        abbreviations: Iterable[tuple[str, str]],
        synonyms: Iterable[tuple[Sequence[str], bool, float]],
        abbreviation_weight: float,
    ):
        self._entries: dict[tuple[str, ...], list[tuple[Variant, str]]] = defaultdict(list)
        self._by_stem: dict[tuple[str, ...], list[tuple[Variant, str]]] = defaultdict(list)
        for short, long in abbreviations:
            short_words, long_words = form_words(short), form_words(long)
            if short_words and long_words:
                self._add(short_words, long_words, abbreviation_weight, ABBREVIATION, long)
                self._add(long_words, short_words, abbreviation_weight, ABBREVIATION, short)
        for forms, one_way, weight in synonyms:
            words = [(form_words(form), form) for form in forms]
            for place, (from_words, _) in enumerate(words):
                if not from_words or (one_way and place):
                    continue
                for to_words, shown in words:
                    if to_words and to_words != from_words:
                        self._add(from_words, to_words, weight, SYNONYM, shown)

    def _add(self, from_words, to_words, weight: float, source: str, shown: str) -> None:
        exact = source == ABBREVIATION and len(to_words) == 1
        entry = (Variant(to_words[:12], weight, source, exact=exact), shown)
        self._entries[from_words].append(entry)
        if source == SYNONYM:
            self._by_stem[tuple(stem(word) for word in from_words)].append(entry)

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, tuple[Variant, ...], str]]:
        """(start, end, variants, shown) for every run of words that an entry knows, longest first.

        A run inside a longer known run is left out: "UU KIP" is not also "KIP (Aceh)".
        """
        taken: list[tuple[int, int]] = []
        for size in range(min(MAX_SPAN, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                end = start + size
                if any(a <= start and end <= b for a, b in taken):
                    continue
                run = tuple(words[start:end])
                # A synonym also stands for the other forms of its words: menggusur as gusur.
                entries = self._entries.get(run) or self._by_stem.get(tuple(stem(word) for word in run))
                if entries:
                    taken.append((start, end))
                    for variant, shown in entries:
                        yield start, end, (variant,), shown
