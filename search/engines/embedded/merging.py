"""Keeping the number of segments small, and dropping the words of records that are gone.

Segments fall into classes by size, each eight times the one before. When a class holds more than a few, they become
one segment of the next. So a record is rewritten a handful of times however many follow it, and a query reads a few
dozen segments at most.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from search.engines.embedded import store
from search.engines.embedded.codec import decode_positions, encode_positions
from search.engines.embedded.segments import STRIDE, Layout
from search.index_models import IndexedRecord, Posting, SearchIndex, Segment

FACTOR = 8
KEEP_RETIRED = timedelta(minutes=2)
MAX_SLOTS = 4_000_000  # a segment beyond this is not merged any more (positions are 32 bits wide)
_ROWS = 2_000


def size_class(slots: int) -> int:
    """Class of a segment: 0 up to 64 slots (a short file), then one more for each factor of eight."""
    return max(0, math.ceil(math.log(max(slots, 1) / 64, FACTOR)))


def merge_small(index: SearchIndex) -> int:
    """Merge until no class is crowded, and drop what was merged a while ago. Returns how many merges were made."""
    for segment in Segment.objects.filter(index=index, retired_at__lt=timezone.now() - KEEP_RETIRED):
        _drop(segment)
    merges = 0
    while group := _crowded(index):
        if merge(index, group) is None and _crowded(index) == group:
            break  # somebody else is at it
        merges += 1
    return merges


def _drop(segment: Segment) -> None:
    """Delete a segment with its words, a part at a time: others write to the same file meanwhile."""
    terms = (
        Posting.objects.filter(segment_id=segment.pk).order_by("term_id").values_list("term_id", flat=True)
    )
    while last := list(terms[_ROWS - 1 : _ROWS]):
        Posting.objects.filter(segment_id=segment.pk, term_id__lte=last[0]).delete()
    segment.delete()


def needs_merge(index: SearchIndex) -> bool:
    """True when a class holds as many segments as are merged."""
    return bool(_crowded(index))


def _crowded(index: SearchIndex) -> list[int]:
    classes: dict[int, list[int]] = defaultdict(list)
    for pk, slots in (
        Segment.objects.filter(index=index, retired_at=None).order_by("pk").values_list("pk", "slots")
    ):
        if slots < MAX_SLOTS // FACTOR:
            classes[size_class(slots)].append(pk)
    return next((members for _, members in sorted(classes.items()) if len(members) >= FACTOR), [])


def merge(index: SearchIndex, segments: Sequence[int]) -> Segment | None:
    """Write the living records of some segments as one new segment; the old ones are retired.

    Large segments take half a minute, so everything is written in short transactions, and publishing waits for none of
    it. Until the last one the new segment counts as retired: no query reads it, and when this process dies, it goes
    like one. Returns None when nothing lives in them, or when they were merged by somebody else meanwhile.
    """
    layouts = dict(store.read_layouts(segments))
    if len(layouts) != len(segments):
        return None
    new_slots, layout = _joined_layout(segments, layouts, _alive(index, layouts))
    merged = None
    if len(layout.record_ids):
        merged = Segment.objects.create(
            index=index,
            records=len(layout.record_ids),
            slots=len(layout.slot_field),
            layout=layout.encode(),
            retired_at=timezone.now(),
        )
        for rows in _batches(_posting_rows(merged, layout, _joined_postings(segments, new_slots))):
            with transaction.atomic():
                if not Segment.objects.filter(pk=merged.pk).update(retired_at=timezone.now()):
                    return None
                store.insert_postings(rows)
    with transaction.atomic():
        SearchIndex.objects.select_for_update().get(pk=index.pk)
        old = Segment.objects.filter(pk__in=segments, retired_at=None)
        mine = Segment.objects.filter(pk=merged.pk) if merged else None
        if old.count() < len(segments) or (mine is not None and not mine.update(retired_at=None)):
            return None
        old.update(retired_at=timezone.now())
    return merged


def _posting_rows(
    merged: Segment, layout: Layout, postings: Iterator[tuple[int, np.ndarray]]
) -> Iterator[tuple[int, int, int, bytes]]:
    """Rows of the new segment's words."""
    slot_record = np.repeat(
        np.arange(len(layout.record_ids)), np.diff(np.append(layout.first_slot, len(layout.slot_field)))
    )
    for term, positions in postings:
        records = len(np.unique(slot_record[positions // STRIDE]))
        yield term, merged.pk, records, encode_positions(positions.astype(np.uint32))


def _batches(rows: Iterator) -> Iterator[list]:
    while batch := list(itertools.islice(rows, _ROWS)):
        yield batch


def _alive(index: SearchIndex, layouts: dict[int, Layout]) -> np.ndarray:
    ids = np.concatenate([layout.record_ids for layout in layouts.values()])
    found: list[int] = []
    for start in range(0, len(ids), 500):
        chunk = [int(pk) for pk in ids[start : start + 500]]
        found += IndexedRecord.objects.filter(index=index, pk__in=chunk).values_list("pk", flat=True)
    return np.array(found, dtype=np.int64)


def _joined_layout(
    segments, layouts: dict[int, Layout], alive: np.ndarray
) -> tuple[dict[int, np.ndarray], Layout]:
    """The layout of the new segment, and for each old one the new place of each slot (-1: gone)."""
    new_slots: dict[int, np.ndarray] = {}
    parts: dict[str, list[np.ndarray]] = defaultdict(list)
    next_slot = 0
    for pk in segments:
        layout = layouts[pk]
        ends = np.append(layout.first_slot, len(layout.slot_field))
        kept = np.isin(layout.record_ids, alive)
        kept_slots = np.repeat(kept, np.diff(ends))
        places = np.full(len(kept_slots), -1, dtype=np.int64)
        places[kept_slots] = next_slot + np.arange(int(kept_slots.sum()))
        new_slots[pk] = places
        next_slot += int(kept_slots.sum())
        parts["record_ids"].append(layout.record_ids[kept])
        parts["first_slot"].append(places[layout.first_slot[kept]])
        parts["lengths"].append(layout.lengths[kept])
        for name in ("slot_field", "slot_document", "slot_page", "slot_offset"):
            parts[name].append(getattr(layout, name)[kept_slots])
    return new_slots, Layout(**{name: np.concatenate(arrays) for name, arrays in parts.items()})


def _joined_postings(segments, new_slots: dict[int, np.ndarray]) -> Iterator[tuple[int, np.ndarray]]:
    """(term, positions in the new segment), term by term, reading no more than one batch of rows at a time."""
    marks = ",".join(["%s"] * len(segments))
    table = Posting._meta.db_table
    order = {pk: place for place, pk in enumerate(segments)}
    last = -1
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT term_id FROM {table} WHERE segment_id IN ({marks}) AND term_id > %s"
                f" ORDER BY term_id LIMIT {_ROWS}",
                [*segments, last],
            )
            terms = [row[0] for row in cursor.fetchall()]
            if not terms:
                return
            cursor.execute(
                f"SELECT term_id, segment_id, data FROM {table}"
                f" WHERE segment_id IN ({marks}) AND term_id > %s AND term_id <= %s",
                [*segments, last, terms[-1]],
            )
            rows = sorted(cursor.fetchall(), key=lambda row: (row[0], order[row[1]]))
        last = terms[-1]
        place = 0
        while place < len(rows):
            term, parts = rows[place][0], []
            while place < len(rows) and rows[place][0] == term:
                _, segment, data = rows[place]
                positions = decode_positions(data)
                slots = new_slots[segment][positions // STRIDE]
                moved = slots * STRIDE + positions % STRIDE
                parts.append(moved[slots >= 0])
                place += 1
            positions = np.concatenate(parts)
            if len(positions):
                yield term, positions
