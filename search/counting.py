"""Where the words of a query stand in one record, counted from the page itself. Knows no engine.

An engine that keeps no positions of its own for this (Elasticsearch) explains its answers with these counts.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from search.explaining import Way, Where
from search.language.analysis import Concept, Variant
from search.language.stemmer import stem
from search.language.tokens import tokenize
from search.records import IndexRecord

MAX_WAYS = 8


@dataclass
class Counted:
    """How often each written form of something stands in each part of a record, and on which page most often."""

    times: dict[str, Counter[Where]] = field(default_factory=lambda: defaultdict(Counter))
    pages: Counter[tuple[int, int]] = field(default_factory=Counter)


class RecordWords:
    """The words of one record, part by part. Its texts are read once and kept: one record, for an editor."""

    def __init__(self, record: IndexRecord):
        self._parts: list[tuple[Where, tuple[int, int] | None, list[str]]] = [
            (Where.TITLE, None, tokenize(record.heading or record.title))
        ]
        for name in filter(None, (record.citation, *record.names)):
            self._parts.append((Where.NAME, None, tokenize(name)))
        self._parts.append((Where.SUMMARY, None, tokenize(f"{record.summary}\n{record.keywords}")))
        if record.body:
            self._parts.append((Where.TEXT, None, tokenize(record.body)))
        for page in record.texts:
            self._parts.append((Where.TEXT, (page.document_id or 0, page.number), tokenize(page.text)))

    def count(self, variant: Variant, exact: bool = False) -> Counted:
        """Every form in which a variant stands in the record."""
        counted = Counted()
        literal = exact or variant.exact
        wanted = list(variant.words) if literal else [stem(word) for word in variant.words]
        for where, page, words in self._parts:
            for form in _forms(words, wanted, literal):
                counted.times[form][where] += 1
                if page:
                    counted.pages[page] += 1
        return counted

    def ways(self, concept: Concept, exact: bool) -> tuple[tuple[Way, ...], tuple[int, int] | None]:
        """(the ways in which a concept stands in the record, worthiest first; the page with most of them)."""
        found: dict[str, tuple[float, Way]] = {}
        pages: Counter[tuple[int, int]] = Counter()
        for variant in concept.variants:
            counted = self.count(variant, exact)
            pages += counted.pages
            for form, times in counted.times.items():
                worth = variant.weight * (1.0 if form == " ".join(variant.words) else 0.8)
                if worth > found.get(form, (0.0, None))[0]:
                    found[form] = (worth, Way(form, variant.source, dict(times)))
        ordered = sorted(found.values(), key=lambda pair: (-pair[0], -sum(pair[1].times.values())))
        best = max(pages, key=lambda page: (pages[page], -page[1]), default=None)
        return tuple(way for _, way in ordered[:MAX_WAYS]), best

    def times(self, variant: Variant) -> dict[Where, int]:
        """How often a variant stands in each part, in whatever form."""
        total: Counter[Where] = Counter()
        for times in self.count(variant).times.values():
            total += times
        return dict(total)


def _forms(words: Sequence[str], wanted: Sequence[str], literal: bool) -> Iterator[str]:
    """The written forms of a run of words, as often as it stands there."""
    compared: Iterable[str] = words if literal else [stem(word) for word in words]
    compared = list(compared)
    size = len(wanted)
    first = wanted[0]
    for place, word in enumerate(compared):
        if word == first and compared[place : place + size] == list(wanted):
            yield " ".join(words[place : place + size])
