"""Facts about one page and one query: where the words stand, and what each part gave to the score.

The same arithmetic as in `ranking`, for one concept at a time, so that the points add up to the score of the hit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from common.regulation_types import REGULATION_TYPES
from search.engines.embedded.filtering import row_of
from search.engines.embedded.ranking import REVOKED, Lookup, Sums, levels_of
from search.engines.embedded.segments import NAME, STRIDE, SUMMARY, TEXT, TITLE
from search.engines.embedded.view import View
from search.engines.embedded.weights import Weights
from search.engines.freshness import freshness
from search.explaining import (
    NOT_INDEXED,
    Asked,
    Bonus,
    Extra,
    Facts,
    Way,
    Where,
    excluded_present,
    is_citation,
    page_hindrance,
    page_labels,
    phrase_missing,
    query_hindrances,
    shown_words,
    too_little,
)
from search.index_models import IndexedRecord, SearchIndex
from search.language.analysis import Analysis, Concept
from search.types import SearchQuery

if TYPE_CHECKING:
    from search.engines.embedded.engine import Answer

_FIELDS = {TITLE: Where.TITLE, NAME: Where.NAME, SUMMARY: Where.SUMMARY, TEXT: Where.TEXT}


@dataclass(frozen=True)
class _Part:
    """What one concept gives to one record, before the query's own scale."""

    concept: Concept
    record: float
    title: float
    slots: np.ndarray
    mass: float
    records: int
    page: tuple[int, int] | None  # (document, page number) with most of its words


class _Reader:
    """One record in the view: its slots, and where words stand in it."""

    def __init__(self, view: View, place: int):
        self.view, self.place = view, place
        self.first = int(view.first_slot[place])
        self.last = int(view.first_slot[place + 1]) if place + 1 < view.records else view.slots

    def times(self, positions: np.ndarray) -> dict[Where, int]:
        """How often the positions fall into each field of the record."""
        own = positions[(positions >= self.first * STRIDE) & (positions < self.last * STRIDE)] // STRIDE
        fields, counts = np.unique(self.view.slot_field[own], return_counts=True)
        return {_FIELDS[int(kind)]: int(count) for kind, count in zip(fields, counts, strict=True)}

    def page_of(self, positions: np.ndarray) -> tuple[int, int] | None:
        """(document, page number) on which most of the positions fall; None when they fall on no page."""
        own = positions[(positions >= self.first * STRIDE) & (positions < self.last * STRIDE)] // STRIDE
        own = own[self.view.slot_document[own] > 0]
        if not len(own):
            return None
        places = np.stack([self.view.slot_document[own], self.view.slot_page[own]], axis=1)
        pages, counts = np.unique(places, axis=0, return_counts=True)
        document, page = pages[int(counts.argmax())]
        return int(document), int(page)


def page_facts(
    index: SearchIndex, answer: Answer, query: SearchQuery, page_id: int, weights: Weights
) -> Facts:
    """Facts about a page in the answer to a query, found or not."""
    if hindrance := page_hindrance(page_id):
        return Facts(page_id, hindrances=(hindrance,))
    record = IndexedRecord.objects.filter(index=index, page_id=page_id).first()
    if record is None:
        return Facts(page_id, hindrances=(NOT_INDEXED,))
    rank = next((place for place, row in enumerate(answer.rows, 1) if row.pk == record.pk), 0)
    row = row_of(record)
    hindrances = query_hindrances(query, row.values, record.office_id, record.published_at)
    if answer.view is None or answer.found is None:
        extras = (Extra(Bonus.LISTED),) if rank else ()
        return Facts(page_id, 0.0, rank, (), extras, () if rank else tuple(hindrances or [NOT_INDEXED]))
    places = np.flatnonzero(answer.view.record_ids == record.pk)
    if not len(places):
        return Facts(page_id, hindrances=(NOT_INDEXED,))
    reader = _Reader(answer.view, int(places[-1]))
    lookup = Lookup(answer.view, answer.analysis.exact)
    variants = [variant for concept in answer.analysis.concepts for variant in concept.variants]
    lookup.prepare(variants + list(answer.analysis.required) + list(answer.analysis.excluded))
    present = IndexedRecord.objects.filter(index=index).values_list("pk", flat=True)
    alive = np.isin(answer.view.record_ids, np.fromiter(present, dtype=np.int64))
    parts = [_part(lookup, concept, reader, alive, weights) for concept in answer.analysis.concepts]
    top = max((answer.values.get(kept.pk, 0.0) for kept in answer.rows), default=0.0) or 1.0
    cover = float(answer.found.cover[reader.place])
    points, extras = _points(reader, parts, weights, cover, top if rank else 0.0)
    asked = _asked(lookup, reader, parts, points, int(np.count_nonzero(alive)), weights)
    if rank:
        extras += _extras(row, answer, query, page_id, record.pk, weights)
        return Facts(page_id, answer.scores.get(record.pk, 0.0), rank, asked, tuple(extras))
    hindrances += _unmet(lookup, reader, answer.analysis)
    needed = min(weights.cover_needed, 0.95 * float(answer.found.cover.max(initial=0)))
    if asked and (cover < needed or cover == 0):
        hindrances.append(too_little(asked, cover, needed or weights.cover_needed))
    return Facts(page_id, asked=asked, hindrances=tuple(hindrances))


def _part(lookup: Lookup, concept: Concept, reader: _Reader, alive: np.ndarray, weights: Weights) -> _Part:
    """Score one concept alone, as `ranking.score` does for all."""
    sums = Sums(reader.view, weights)
    levels = levels_of(lookup, concept, weights, {})
    if levels:
        sums.add(concept.weight, levels)
    return _Part(
        concept,
        float(sums.record[reader.place]),
        float(sums.title[reader.place]),
        sums.slots[reader.first : reader.last],
        sums.mass,
        int(np.count_nonzero(alive & (sums.covered > 0))),
        reader.page_of(np.concatenate([positions for _, positions in levels])) if levels else None,
    )


def _points(
    reader: _Reader, parts: Sequence[_Part], weights: Weights, cover: float, top: float
) -> tuple[list[float], list[Extra]]:
    """Each concept's share of the text score, and what the title gives as a whole. Nothing when ``top`` is 0."""
    if not top or not parts:
        return [0.0] * len(parts), []
    total = sum((part.slots for part in parts), np.zeros(reader.last - reader.first, dtype=np.float32))
    best = int(total.argmax()) if len(total) else 0
    scale = (1 - weights.cover_share + weights.cover_share * cover) / top
    by_length = weights.title_cover / np.sqrt(reader.view.lengths[reader.place, TITLE] + 2)
    points = [
        scale
        * (
            weights.record * part.record
            + weights.passage * float(part.slots[best])
            + float(by_length) * part.title
        )
        for part in parts
    ]
    mass = sum(part.mass for part in parts)
    share = sum(part.title for part in parts) / max(mass, 1e-9)
    whole = scale * weights.title_whole * mass * share**4
    return points, [
        Extra(Bonus.WHOLE_TITLE if share > 0.8 else Bonus.NEAR_WHOLE_TITLE, whole)
    ] if whole else []


def _asked(lookup, reader, parts, points, collection: int, weights: Weights) -> tuple[Asked, ...]:
    labels = page_labels([part.page for part in parts if part.page])
    result = []
    for part, value in zip(parts, points, strict=True):
        result.append(
            Asked(
                shown_words(part.concept),
                value,
                _ways(lookup, part.concept, reader, weights),
                part.records,
                collection,
                labels.get(part.page, "") if part.page else "",
                is_citation(part.concept),
            )
        )
    return tuple(result)


def _ways(lookup: Lookup, concept: Concept, reader: _Reader, weights: Weights) -> tuple[Way, ...]:
    """The forms of a concept that stand in the record, the worthiest first, each once."""
    found: dict[str, tuple[float, Way]] = {}
    for variant in concept.variants:
        if len(variant.words) == 1:
            word = variant.words[0]
            pairs = [
                (form, variant.weight * (1.0 if form == word else weights.same_stem), positions)
                for form, positions in lookup.forms(word, variant.exact)
            ]
        else:
            pairs = [(" ".join(variant.words), variant.weight, lookup.phrase(variant.words, variant.exact))]
        for form, worth, positions in pairs:
            times = reader.times(positions)
            if times and worth > found.get(form, (0.0, None))[0]:
                found[form] = (worth, Way(form, variant.source, times))
    ordered = sorted(found.values(), key=lambda pair: (-pair[0], -sum(pair[1].times.values())))
    return tuple(way for _, way in ordered)


def _unmet(lookup: Lookup, reader: _Reader, analysis: Analysis) -> list[str]:
    """Quoted phrases that are not there, and excluded words that are."""
    sentences = []
    for variant in analysis.required:
        if not reader.times(lookup.phrase(variant.words, variant.exact)):
            sentences.append(phrase_missing(variant.words))
    for variant in analysis.excluded:
        if times := reader.times(lookup.phrase(variant.words, variant.exact)):
            sentences.append(excluded_present(variant.words, times))
    return sentences


def _extras(row, answer: Answer, query: SearchQuery, page_id: int, pk: int, weights: Weights) -> list[Extra]:
    """What `ranking.order` adds to the score of the words."""
    analysis, extras = answer.analysis, []
    if row.jenis in analysis.types:
        kind = REGULATION_TYPES.get(row.jenis)
        extras.append(Extra(Bonus.TYPE_NAMED, weights.type_named, kind.short if kind else row.jenis))
    if row.tahun and row.tahun in analysis.years:
        extras.append(Extra(Bonus.YEAR_NAMED, weights.year_named, str(row.tahun)))
    if row.status == REVOKED:
        extras.append(Extra(Bonus.REVOKED, -weights.revoked))
    if row.tahun:
        kind, weight = (
            (Bonus.NEWEST_ASKED, weights.newest_asked) if analysis.newest else (Bonus.FRESH, weights.fresh)
        )
        extras.append(Extra(kind, freshness(row.tahun) * weight, str(row.tahun)))
    if fit := answer.named.get(pk):
        by_number = Bonus.NUMBER if fit >= 1 else Bonus.NUMBER_PART
        kind = Bonus.PINNED if page_id in query.pinned else by_number
        extras.append(Extra(kind, fit * weights.cited))
    return extras
