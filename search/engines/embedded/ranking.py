"""Scoring: which records answer an analysed query, and how well. Pure arithmetic over a :class:`View`.

Each concept gives every slot a saturated frequency between 0 and 1. Three readings are added up: the whole record
with its fields (BM25F), its best passage (a window of two slots, about 128 words), and how much of the title the
query covers.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from catalogue.enums import RegulationStatus
from search.engines.embedded import store
from search.engines.embedded.segments import FIELD_COUNT, NAME, STRIDE, SUMMARY, TEXT, TITLE
from search.engines.embedded.view import View
from search.engines.embedded.weights import DEFAULT, Weights
from search.engines.freshness import freshness
from search.language.analysis import Analysis, Concept, Variant
from search.language.stemmer import stem

MAX_FORMS = 60  # forms of one stem that are read, the most typical first
REVOKED = RegulationStatus.REVOKED.value
MAX_POSITIONS = 4_000_000  # of one concept; beyond, only the first are counted


@dataclass
class Scores:
    """Result of scoring, one value a record of the view; ``slot_score`` one a slot (start of its window)."""

    score: np.ndarray
    cover: np.ndarray
    matched: np.ndarray
    slot_score: np.ndarray
    words: dict[str, tuple[float, str]]  # words that stood for the query: (worth, concept), for highlighting


class Lookup:
    """Positions of words, read once a query."""

    def __init__(self, view: View, exact: bool = False):
        self.view = view
        self.exact = exact
        self._forms: dict[str, list[tuple[str, int]]] = {}
        self._written: dict[str, int] = {}
        self._positions: dict[int, np.ndarray] = {}

    def prepare(self, variants: list[Variant]) -> None:
        """Read everything that the variants need, in few queries."""
        words = {word for variant in variants for word in variant.words}
        exact = {word for variant in variants if variant.exact or self.exact for word in variant.words}
        stems = {stem(word) for word in words - exact} | {
            stem(word) for variant in variants if not (variant.exact or self.exact) for word in variant.words
        }
        self._forms.update(store.words_with_stems(sorted(stems)))
        self._written.update(store.words_as_written(sorted(exact)))
        ids = set(self._written.values())
        for stem_ in stems:
            forms = self._forms.get(stem_, [])
            forms.sort(key=lambda form: (form[0] not in words, len(form[0])))
            del forms[MAX_FORMS:]
            ids |= {pk for _, pk in forms}
        self._positions.update(self.view.positions(sorted(ids - self._positions.keys())))

    def forms(self, word: str, exact: bool) -> list[tuple[str, np.ndarray]]:
        """(form, positions) of a word: itself, or all forms of its stem."""
        if exact or self.exact:
            pairs = [(word, self._written[word])] if word in self._written else []
        else:
            pairs = self._forms.get(stem(word), [])
        return [(form, self._positions[pk]) for form, pk in pairs if pk in self._positions]

    def word(self, word: str, exact: bool = False) -> np.ndarray:
        """All positions of a word in any form, sorted."""
        parts = [positions for _, positions in self.forms(word, exact)]
        if not parts:
            return np.zeros(0, dtype=np.int64)
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts), kind="stable")

    def phrase(self, words: tuple[str, ...], exact: bool = False) -> np.ndarray:
        """Positions of the first word where all words follow each other in one field."""
        if len(words) == 1:
            return self.word(words[0], exact)
        lists = [self.word(word, exact) for word in words]
        if any(not len(positions) for positions in lists):
            return np.zeros(0, dtype=np.int64)
        rarest = min(range(len(lists)), key=lambda place: len(lists[place]))
        found = lists[rarest] - rarest
        for place in sorted(range(len(lists)), key=lambda place: len(lists[place])):
            if place != rarest and len(found):
                found = found[_contains(lists[place], found + place)]
        # A field starts on a slot: a phrase may run over slots, but not out of its field.
        ends = found + len(words) - 1
        view = self.view
        same = (found // STRIDE == ends // STRIDE) | _same_field(view, found // STRIDE, ends // STRIDE)
        return found[same]


def score(view: View, analysis: Analysis, weights: Weights = DEFAULT) -> Scores:
    """Score every record of the view against the analysed query."""
    lookup = Lookup(view, analysis.exact)
    variants = [variant for concept in analysis.concepts for variant in concept.variants]
    lookup.prepare(variants + list(analysis.required) + list(analysis.excluded))
    words: dict[str, tuple[float, str]] = {}
    found = [(concept, levels_of(lookup, concept, weights, words)) for concept in analysis.concepts]
    found = [(concept, levels) for concept, levels in found if levels]
    sums = Sums(view, weights)
    for concept, levels in found:
        sums.add(concept.weight, levels)
    if weights.phrase:
        _add_neighbours(sums, analysis.concepts, dict(found), weights)
    combined, cover = sums.combined(), sums.cover()
    matched = (cover >= min(weights.cover_needed, 0.95 * cover.max(initial=0))) & (cover > 0)
    if analysis.required and not analysis.concepts:
        matched[:] = True
    for variant in analysis.required:
        matched &= _has(view, lookup.phrase(variant.words, variant.exact))
    for variant in analysis.excluded:
        matched &= ~_has(view, lookup.phrase(variant.words, variant.exact))
    return Scores(combined, cover, matched, sums.slots, words)


class Sums:
    """The running sums of a query over all records and slots."""

    def __init__(self, view: View, weights: Weights):
        self.view, self.weights = view, weights
        self.title_norm, self.text_norm = _length_norms(view, weights)
        self.record = np.zeros(view.records)
        self.title = np.zeros(view.records)
        self.covered = np.zeros(view.records)
        self.slots = np.zeros(view.slots, dtype=np.float32)
        self.mass = 0.0

    def add(self, weight: float, levels: list[tuple[float, np.ndarray]], covers: bool = True) -> None:
        """Add one concept, given as (worth, positions) from the worthiest down."""
        view, weights = self.view, self.weights
        record = np.zeros(view.records)
        title = np.zeros(view.records)
        found = np.zeros(view.records)
        passage = np.zeros(view.slots, dtype=np.float32)
        fields = np.zeros((view.records, FIELD_COUNT))
        texts = np.zeros(view.slots, dtype=np.float32)
        for place, (worth, positions) in enumerate(levels):
            step = worth - (levels[place + 1][0] if place + 1 < len(levels) else 0.0)
            at = positions // STRIDE
            keys = view.slot_record[at].astype(np.int64) * FIELD_COUNT + view.slot_field[at]
            fields += np.bincount(keys, minlength=view.records * FIELD_COUNT).reshape(-1, FIELD_COUNT)
            texts += np.bincount(at[view.is_text[at]], minlength=view.slots)
            frequency = (
                weights.title * fields[:, TITLE] / self.title_norm
                + weights.name * fields[:, NAME]
                + weights.summary * fields[:, SUMMARY]
                + fields[:, TEXT] / self.text_norm
            )
            record += step * frequency * (weights.saturation + 1) / (frequency + weights.saturation)
            title += step * (fields[:, TITLE] > 0)
            found += step * (frequency > 0)
            window = texts.copy()
            window[:-1] += np.where(view.joins_next[:-1], texts[1:], 0)
            passage += step * window / (window + weights.passage_saturation)
        documents = int(np.count_nonzero(found))
        idf = math.log(1 + (view.records - documents + 0.5) / (documents + 0.5))
        mass = weight * min(idf, weights.idf_cap) ** weights.idf_power
        self.record += mass * record
        self.title += mass * title
        self.slots += np.float32(mass) * passage
        if covers:
            self.covered += mass * found
            self.mass += mass

    def cover(self) -> np.ndarray:
        """Share of the query's mass that each record covers."""
        return self.covered / max(self.mass, 1e-9)

    def combined(self) -> np.ndarray:
        """The score of each record from its words."""
        view, weights = self.view, self.weights
        score = (
            weights.record * self.record
            + weights.passage * view.best_per_record(self.slots)
            + weights.title_cover * self.title / np.sqrt(view.lengths[:, TITLE] + 2)
        )
        # A title that says everything asked for, however long it is.
        share = self.title / max(self.mass, 1e-9)
        score = score + weights.title_whole * self.mass * share**4
        return score * (1 - weights.cover_share + weights.cover_share * self.cover())


def _add_neighbours(sums: Sums, concepts, found, weights: Weights) -> None:
    """Concepts that follow each other in the query and in a record count once more, together."""
    for left, right in itertools.pairwise(concepts):
        if left not in found or right not in found or min(left.weight, right.weight) < 0.5:
            continue
        first = np.unique(np.concatenate([positions for _, positions in found[left]]))
        second = np.unique(np.concatenate([positions for _, positions in found[right]]))
        if len(first) > len(second):
            near = _contains(first, second - 1) | _contains(first, second - 2)
            pairs = second[near]
        else:
            near = _contains(second, first + 1) | _contains(second, first + 2)
            pairs = first[near]
        if len(pairs):
            sums.add(weights.phrase, [(1.0, pairs)], covers=False)


def _has(view: View, positions: np.ndarray) -> np.ndarray:
    """Which records the positions stand in."""
    found = np.zeros(view.records, dtype=bool)
    found[view.slot_record[positions // STRIDE]] = True
    return found


def _length_norms(view: View, weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    titles, texts = view.lengths[:, TITLE], view.lengths[:, TEXT]
    title = (
        1
        - weights.title_length
        + weights.title_length * titles / max(1.0, titles.mean() if len(titles) else 1)
    )
    text = 1 - weights.text_length + weights.text_length * texts / max(1.0, texts.mean() if len(texts) else 1)
    return title, text


def levels_of(lookup: Lookup, concept: Concept, weights: Weights, words: dict[str, tuple[float, str]]):
    """[(weight, positions)] of a concept, heaviest first; equal weights joined."""
    found: dict[float, list[np.ndarray]] = {}
    for variant in concept.variants:
        if len(variant.words) == 1:
            word = variant.words[0]
            for form, positions in lookup.forms(word, variant.exact):
                worth = round(variant.weight * (1.0 if form == word else weights.same_stem), 3)
                found.setdefault(worth, []).append(positions)
                words[form] = max(words.get(form, (0.0, "")), (worth, concept.text))
        else:
            positions = lookup.phrase(variant.words, variant.exact)
            if len(positions):
                found.setdefault(round(variant.weight, 3), []).append(positions)
                for word in variant.words:
                    for form, _ in lookup.forms(word, variant.exact):
                        worth = variant.weight if form == word else variant.weight * weights.same_stem
                        # Each word of a phrase stands for itself: all of them are marked.
                        words.setdefault(form, (worth, f"{concept.text} {word}"))
    return [
        (worth, np.concatenate(parts)[:MAX_POSITIONS]) for worth, parts in sorted(found.items(), reverse=True)
    ]


def _contains(haystack: np.ndarray, needles: np.ndarray) -> np.ndarray:
    """Which needles stand in the sorted haystack."""
    places = np.searchsorted(haystack, needles)
    places[places == len(haystack)] = 0
    return haystack[places] == needles


def _same_field(view: View, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    last = np.minimum(last, view.slots - 1)
    return (
        (view.slot_record[first] == view.slot_record[last])
        & (view.slot_field[first] == view.slot_field[last])
        & (view.slot_document[first] == view.slot_document[last])
        & (view.slot_page[first] == view.slot_page[last])
    )


def order(
    rows, values: dict[int, float], cited: dict[int, float], analysis: Analysis, weights: Weights
) -> dict[int, float]:
    """Final score of visible rows: text, plus what the record is (type, year, status, age, being the one named)."""
    top = max((values.get(row.pk, 0.0) for row in rows), default=0.0) or 1.0
    types, years = set(analysis.types), set(analysis.years)
    result = {}
    for row in rows:
        value = values.get(row.pk, 0.0) / top
        if types and row.jenis in types:
            value += weights.type_named
        if years and row.tahun in years:
            value += weights.year_named
        if row.status == REVOKED:
            value -= weights.revoked
        value += freshness(row.tahun) * (weights.newest_asked if analysis.newest else weights.fresh)
        result[row.pk] = value + weights.cited * cited.get(row.pk, 0.0)
    return result


def records_with(view: View, stem_: str) -> set[int]:
    """Primary keys of records of the view that have a form of a stem."""
    ids = [pk for forms in store.words_with_stems([stem_]).values() for _, pk in forms]
    found: set[int] = set()
    for positions in view.positions(ids).values():
        found.update(view.record_ids[np.unique(view.slot_record[positions // STRIDE])].tolist())
    return found
