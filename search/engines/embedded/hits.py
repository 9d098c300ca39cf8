"""What the embedded index tells of ranked records: their rows, and the pages of their best passages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from search.engines.embedded.segments import STRIDE
from search.engines.embedded.view import View
from search.hits import EXTRACTS, Found, Place
from search.index_models import IndexedRecord

_WORTH_SHOWING = 0.5  # of the best passage's score
_SAME = [field.name for field in fields(Found) if field.name not in ("formats", "score", "places")]


def found_records(
    view: View | None, ids: Sequence[int], scores: dict[int, float], slots: np.ndarray | None
) -> list[Found]:
    """Records in the order given. ``slots`` is the score a slot, or None without words to look for."""
    rows = IndexedRecord.objects.in_bulk(ids)
    places = _best_places(view, ids, slots) if view is not None and slots is not None else {}
    return [
        Found(
            **{name: getattr(rows[pk], name) for name in _SAME},
            formats=tuple(part for part in rows[pk].formats.split(",") if part),
            score=scores.get(pk, 0.0),
            places=tuple(places.get(pk, ())),
        )
        for pk in ids
        if pk in rows
    ]


def _best_places(view: View, ids: Sequence[int], slots: np.ndarray) -> dict[int, list[Place]]:
    """record -> its best passages, one a page."""
    number = {int(pk): place for place, pk in enumerate(view.record_ids)}
    ends = np.append(view.first_slot, view.slots)
    result: dict[int, list[Place]] = {}
    for pk in ids:
        place = number.get(pk)
        if place is None:
            continue
        first, last = int(ends[place]), int(ends[place + 1])
        own = slots[first:last]
        best = float(own.max(initial=0))
        if best <= 0:
            continue
        found: list[Place] = []
        seen: set[tuple[int, int]] = set()
        for slot in np.argsort(-own, kind="stable")[: EXTRACTS * 8]:
            if own[slot] < best * _WORTH_SHOWING or len(found) == EXTRACTS:
                break
            at = first + int(slot)
            key = (int(view.slot_document[at]), int(view.slot_page[at]))
            if key not in seen:
                seen.add(key)
                same = (view.slot_document[first:last] == key[0]) & (view.slot_page[first:last] == key[1])
                length = int(np.count_nonzero(same & view.is_text[first:last])) * STRIDE
                found.append(Place(*key, (int(view.slot_offset[at]) + STRIDE) / max(length, 1)))
        result[pk] = found
    return result
