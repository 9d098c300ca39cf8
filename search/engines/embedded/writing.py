# ruff: noqa: SIM905 (word lists read better as text)
"""Putting records into an index and taking them out. A reader sees a record's old words or its new ones, never none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from django.db import transaction

from search.engines.embedded import store
from search.engines.embedded.completing import called
from search.engines.embedded.segments import SegmentBuilder
from search.engines.fingerprints import fingerprint
from search.index_models import IndexedRecord, SearchIndex
from search.records import IndexRecord

#: A bulk segment is written when it holds this many words (its building takes about 100 MB).
BULK_WORDS = 1_500_000
BULK_RECORDS = 2_000
#: Writing this many at once changes how queries should be planned.
MANY_RECORDS = 200

_COPIED = (
    "page_id external_id kategori title heading citation summary body jenis nomor nomor_key nomor_urut tahun"
    " klasifikasi unit_id office_id status status_note date published_at file_size file_pages ocr_doubt"
).split()
_LIMITS = {
    field.name: field.max_length
    for field in IndexedRecord._meta.concrete_fields
    if getattr(field, "max_length", None)
}


def write_records(index: SearchIndex, records: Iterable[IndexRecord]) -> int:
    """Index records, replacing those of the same pages. Memory is bounded by one segment. Returns how many."""
    count = 0
    builder, rows = SegmentBuilder(), []
    for record in records:
        builder.add(len(rows), record)
        rows.append(_row(index, record))
        if builder.word_count >= BULK_WORDS or len(rows) >= BULK_RECORDS:
            count += _write(index, builder, rows)
            builder, rows = SegmentBuilder(), []
    count += _write(index, builder, rows)
    if count >= MANY_RECORDS:
        store.refresh_statistics()
    return count


def _write(index: SearchIndex, builder: SegmentBuilder, rows: list[IndexedRecord]) -> int:
    if not rows:
        return 0
    built = builder.build()
    # A page that came twice in one batch: the later one counts.
    last = {row.page_id: place for place, row in enumerate(rows) if row.page_id is not None}
    kept = [place for place, row in enumerate(rows) if row.page_id is None or last[row.page_id] == place]
    with transaction.atomic():
        SearchIndex.objects.select_for_update().get(pk=index.pk)
        remove_pages(index, list(last))
        saved = IndexedRecord.objects.bulk_create([rows[place] for place in kept], batch_size=200)
        ids = np.zeros(len(rows), dtype=np.int64)
        ids[kept] = [row.pk for row in saved]
        built.layout.record_ids = ids
        store.write_segment(index, built)
    return len(kept)


def remove_pages(index: SearchIndex, page_ids: Sequence[int]) -> int:
    """Take pages out of an index at once. Their words are dropped at the next merge."""
    removed = 0
    for start in range(0, len(page_ids), 500):
        chunk = page_ids[start : start + 500]
        removed += IndexedRecord.objects.filter(index=index, page_id__in=chunk).delete()[0]
    return removed


def _row(index: SearchIndex, record: IndexRecord) -> IndexedRecord:
    values = {name: getattr(record, name) for name in _COPIED}
    for name, limit in _LIMITS.items():
        if isinstance(values.get(name), str):
            values[name] = values[name][:limit]
    formats = ",".join(dict.fromkeys(record.formats))
    formats = f",{formats},"[:60] if formats else ""
    return IndexedRecord(
        index=index, formats=formats, called=called(record), fingerprint=fingerprint(record), **values
    )
