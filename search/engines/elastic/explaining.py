"""Facts about one page and one query: what the cluster gave for each part, and where the words stand in the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from common.regulation_types import REGULATION_TYPES
from search.counting import RecordWords
from search.engines.elastic import composing
from search.engines.freshness import freshness
from search.explaining import (
    NOT_INDEXED,
    Asked,
    Bonus,
    Extra,
    Facts,
    excluded_present,
    is_citation,
    page_hindrance,
    page_labels,
    phrase_missing,
    query_hindrances,
    shown_words,
    too_little,
)
from search.language.analysis import Analysis
from search.records import IndexRecord
from search.types import SearchQuery

if TYPE_CHECKING:
    from search.engines.elastic.engine import ElasticEngine

LOOKED_THROUGH = 2000  # places of the list in which a page is looked for


def page_facts(engine: ElasticEngine, query: SearchQuery, page_id: int) -> Facts:
    """Facts about a page in the answer to a query, found or not."""
    from search.indexing import records_of

    if hindrance := page_hindrance(page_id):
        return Facts(page_id, hindrances=(hindrance,))
    record = next(records_of([page_id]), None)
    if record is None or not engine.holds(page_id):
        return Facts(page_id, hindrances=(NOT_INDEXED,))
    _, analysis, composed = engine.compose(query)
    place, score = engine.place_of(query, page_id, LOOKED_THROUGH)
    hindrances = query_hindrances(query, _values(record), record.office_id, record.published_at)
    if composed is None:
        extras = (Extra(Bonus.LISTED),) if place else ()
        return Facts(page_id, 0.0, place, (), extras, () if place else tuple(hindrances or [NOT_INDEXED]))
    words = RecordWords(record)
    points = engine.points_of(_scored_parts(composed), query, page_id) if place else {}
    asked = _asked(words, analysis, composed, points, engine, query)
    if place:
        points["fresh"] = composed.fresh * freshness(record.tahun)
        extras = _extras(points, analysis, record, composed)
        return Facts(page_id, score, place, asked, tuple(extras))
    hindrances += [phrase_missing(v.words) for v in analysis.required if not words.times(v)]
    hindrances += [excluded_present(v.words, times) for v in analysis.excluded if (times := words.times(v))]
    cover = _cover(asked, composed)
    needed = composed.needed
    if asked and cover < needed:
        hindrances.append(too_little(asked, cover, needed))
    return Facts(page_id, asked=asked, hindrances=tuple(hindrances or [NOT_INDEXED]))


def _values(record: IndexRecord) -> dict[str, tuple[str, ...]]:
    """The record's facet values, as the filters compare them."""
    from home.models import Office

    office = Office.objects.filter(pk=record.office_id).values_list("kode_wilayah", flat=True).first()
    single = {
        "kategori": record.kategori,
        "jenis": record.jenis,
        "klasifikasi": record.klasifikasi,
        "tahun": record.tahun,
        "unit": record.unit_id,
        "kantor": office,
        "status": record.status,
    }
    values = {name: (str(value),) if value else () for name, value in single.items()}
    return {**values, "berkas": tuple(record.formats)}


def _scored_parts(composed: composing.Composed) -> dict[str, composing.Clause]:
    """Every clause that gives points, each passage clause by itself as well."""
    parts = {**composed.parts, **composed.second}
    for number, clause in enumerate(composed.places["bool"]["should"] if composed.places else ()):
        if number < len(composed.weighed):
            nested = {"path": "passages", "score_mode": "max", "query": clause}
            parts[f"{number}:passage"] = {"nested": nested}
    return parts


def _asked(
    words: RecordWords,
    analysis: Analysis,
    composed: composing.Composed,
    points: Mapping[str, float],
    engine: ElasticEngine,
    query: SearchQuery,
) -> tuple[Asked, ...]:
    # The best passage is one for all concepts: its points are shared out by what each gives in its own best one.
    own = [points.get(f"{number}:passage", 0.0) for number in range(len(composed.weighed))]
    passage = points.get("passage", 0.0) / (sum(own) or 1.0)
    known = {item.concept.text: number for number, item in enumerate(composed.weighed)}
    counts = engine.records_with(composed.weighed, query)
    collection = engine.records()
    found, pages = [], []
    for concept in analysis.concepts:
        number = known.get(concept.text)
        ways, page = words.ways(concept, analysis.exact)
        value = 0.0
        if number is not None:
            value = (
                points.get(f"{number}:all", 0.0)
                + points.get(f"{number}:heading", 0.0)
                + own[number] * passage
            )
        found.append((concept, number, ways, value))
        pages.append(page)
    labels = page_labels([page for page in pages if page and page[0]])
    return tuple(
        Asked(
            text=shown_words(concept),
            points=value,
            ways=ways,
            records=counts[number] if number is not None else 0,
            collection=collection,
            best_page=labels.get(page, "") if page else "",
            is_citation=is_citation(concept),
        )
        for (concept, number, ways, value), page in zip(found, pages, strict=True)
    )


def _cover(asked: Sequence[Asked], composed: composing.Composed) -> float:
    masses: dict[str, float] = defaultdict(float)
    for item in composed.weighed:
        masses[shown_words(item.concept)] += item.mass
    total = sum(masses.values()) or 1.0
    return sum(masses.get(item.text, 0.0) for item in asked if item.ways) / total


def _extras(
    points: Mapping[str, float], analysis: Analysis, record: IndexRecord, composed: composing.Composed
) -> list[Extra]:
    """What counts beside the words."""
    extras = []
    if whole := points.get("whole", 0.0):
        share = (whole / composed.whole_worth) ** 0.25
        extras.append(Extra(Bonus.WHOLE_TITLE if share > 0.8 else Bonus.NEAR_WHOLE_TITLE, whole))
    if value := points.get("type", 0.0):
        kind = REGULATION_TYPES.get(record.jenis)
        extras.append(Extra(Bonus.TYPE_NAMED, value, kind.short if kind else record.jenis))
    if value := points.get("year", 0.0):
        extras.append(Extra(Bonus.YEAR_NAMED, value, str(record.tahun)))
    if value := points.get("in_force", 0.0):
        extras.append(Extra(Bonus.IN_FORCE, value))
    elif record.status == composing.REVOKED:
        extras.append(Extra(Bonus.REVOKED, 0.0))
    if value := points.get("fresh", 0.0):
        extras.append(Extra(Bonus.NEWEST_ASKED if analysis.newest else Bonus.FRESH, value, str(record.tahun)))
    by_number = sum(value for name, value in points.items() if name.startswith("named:"))
    if by_number:
        is_full = any(citation.tahun for citation in analysis.citations)
        extras.append(Extra(Bonus.NUMBER if is_full else Bonus.NUMBER_PART, by_number))
    if value := sum(value for name, value in points.items() if name.startswith("pinned:")):
        extras.append(Extra(Bonus.PINNED, value))
    return extras
