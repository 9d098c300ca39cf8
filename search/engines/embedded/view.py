"""All segments of an index as one address space, kept in the process while the segments stay the same."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from search.engines.embedded import store
from search.engines.embedded.segments import FIELD_COUNT, STRIDE, TEXT, Layout
from search.index_models import SearchIndex

_Key = tuple[int, int]
_layouts: dict[_Key, Layout] = {}
_views: dict[tuple[_Key, ...], View] = {}
_lock = threading.Lock()
_KEEP_VIEWS = 3


class View:
    """The slots of several segments, one after another. Slot and record numbers here are places in these arrays.

    ``record_ids`` may hold records that are gone: whoever reads the view asks the table which are still there.
    """

    def __init__(self, segments: Sequence[int], layouts: Sequence[Layout]):
        self.segments = list(segments)
        sizes = [len(layout.slot_field) for layout in layouts]
        starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self._base = dict(zip(self.segments, starts[:-1], strict=True))
        self.slots = int(starts[-1])
        self.record_ids = _join([layout.record_ids for layout in layouts], np.int64)
        self.records = len(self.record_ids)
        self.first_slot = _join(
            [layout.first_slot + base for layout, base in zip(layouts, starts[:-1], strict=True)], np.int64
        )
        self.lengths = (
            np.concatenate([layout.lengths for layout in layouts])
            if layouts
            else np.zeros((0, FIELD_COUNT), dtype=np.int32)
        )
        self.slot_field = _join([layout.slot_field for layout in layouts], np.uint8)
        self.slot_document = _join([layout.slot_document for layout in layouts], np.int64)
        self.slot_page = _join([layout.slot_page for layout in layouts], np.int32)
        self.slot_offset = _join([layout.slot_offset for layout in layouts], np.int32)
        self.slot_record = np.repeat(
            np.arange(self.records, dtype=np.int32), np.diff(np.append(self.first_slot, self.slots))
        )
        self.is_text = self.slot_field == TEXT
        # Whether the next slot carries on the same record's text, so that a window of two may lie over both.
        self.joins_next = np.zeros(self.slots, dtype=bool)
        if self.slots > 1:
            self.joins_next[:-1] = (
                (self.slot_record[1:] == self.slot_record[:-1]) & self.is_text[1:] & self.is_text[:-1]
            )

    def positions(self, ids: Sequence[int]) -> dict[int, np.ndarray]:
        """term id -> sorted positions in this view."""
        found = {}
        for term, rows in store.read_postings(ids, self.segments).items():
            parts = [positions + self._base[segment] * STRIDE for segment, positions in rows]
            found[term] = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return found

    def per_record(self, slot_values: np.ndarray) -> np.ndarray:
        """Sum of a value a slot over each record's slots."""
        return np.add.reduceat(slot_values, self.first_slot) if self.records else np.zeros(0)

    def best_per_record(self, slot_values: np.ndarray) -> np.ndarray:
        """Greatest of a value a slot over each record's slots."""
        return np.maximum.reduceat(slot_values, self.first_slot) if self.records else np.zeros(0)


def open_view(index: SearchIndex) -> View:
    """The view of an index as it is now."""
    keys = tuple(store.segment_keys(index))
    view = _views.get(keys)
    if view is not None:
        return view
    with _lock:
        missing = {pk: (pk, token) for pk, token in keys if (pk, token) not in _layouts}
        for pk, layout in store.read_layouts(missing):
            _layouts[missing[pk]] = layout
        # A segment dropped between the two reads has no layout any more; its records are in another one.
        present = [key for key in keys if key in _layouts]
        view = View([pk for pk, _ in present], [_layouts[key] for key in present])
        _views[keys] = view
        while len(_views) > _KEEP_VIEWS:
            _views.pop(next(iter(_views)))
        in_use = {key for kept in _views for key in kept}
        for key in [key for key in _layouts if key not in in_use]:
            del _layouts[key]
    return view


def forget() -> None:
    """Drop what is kept in the process (tests, and a database that was replaced)."""
    with _lock:
        _layouts.clear()
        _views.clear()


def _join(parts: Sequence[np.ndarray], dtype) -> np.ndarray:
    return np.concatenate(parts).astype(dtype) if parts else np.zeros(0, dtype=dtype)
