"""Building segments: words of records as positions.

Every record gets a run of *slots*, stretches of :data:`STRIDE` positions. A slot belongs to one field (title, name,
summary, text) and, for text, to one page of one document; the last slot of a field or page is only part filled. So
the slot of a position is ``position // STRIDE``, and field, page and record follow from the slot.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from search.engines.embedded.codec import encode_arrays
from search.language.tokens import normalize_token, raw_tokens
from search.records import IndexRecord

STRIDE = 64
TITLE, NAME, SUMMARY, TEXT = range(4)
FIELD_COUNT = 4

#: A record's text is indexed up to this many words, so that one file cannot fill the index (about 10,000 pages).
MAX_WORDS_PER_RECORD = 3_000_000


@dataclass
class Layout:
    """Arrays over the slots and records of a segment.

    ``record_ids``: primary keys of IndexedRecord; ``first_slot``: where each record's slots start; ``lengths``: words
    a field, one row a record; ``slot_field``, ``slot_document``, ``slot_page``: a value a slot (document 0: none).
    ``slot_offset``: which word of its page a slot starts with.
    """

    record_ids: np.ndarray
    first_slot: np.ndarray
    lengths: np.ndarray
    slot_field: np.ndarray
    slot_document: np.ndarray
    slot_page: np.ndarray
    slot_offset: np.ndarray

    def encode(self) -> bytes:
        """The layout as stored in Segment.layout."""
        return encode_arrays(**vars(self))


@dataclass
class BuiltSegment:
    """A finished segment: its layout, its words (local numbering), where each stands, and in how many records."""

    layout: Layout
    words: list[str]
    positions: list[np.ndarray]
    records: np.ndarray


@dataclass
class SegmentBuilder:
    """Collects records until :meth:`build`. Memory grows with the words added (about 40 bytes each)."""

    words: dict[str, int] = field(default_factory=dict)
    _raw: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _chunks: list[np.ndarray] = field(default_factory=list)
    _slots: list[tuple[int, int, int, int]] = field(default_factory=list)
    _record_ids: list[int] = field(default_factory=list)
    _first_slot: list[int] = field(default_factory=list)
    _lengths: list[list[int]] = field(default_factory=list)
    word_count: int = 0

    def __len__(self) -> int:
        return len(self._record_ids)

    def add(self, record_id: int, record: IndexRecord) -> None:
        """Take the words of one record. Its ``texts`` are consumed."""
        self._record_ids.append(record_id)
        self._first_slot.append(len(self._slots))
        lengths = [0] * FIELD_COUNT
        lengths[TITLE] = self._add_field(TITLE, record.heading or record.title)
        lengths[NAME] = sum(self._add_field(NAME, name) for name in (record.citation, *record.names) if name)
        described = "\n".join(part for part in (record.summary, record.keywords) if part)
        if described:
            lengths[SUMMARY] = self._add_field(SUMMARY, described)
        if record.body:
            lengths[TEXT] = self._add_field(TEXT, record.body)
        for page in record.texts:
            if lengths[TEXT] > MAX_WORDS_PER_RECORD:
                break
            lengths[TEXT] += self._add_field(TEXT, page.text, page.document_id or 0, page.number)
        self._lengths.append(lengths)
        self.word_count += sum(lengths)

    def _add_field(self, kind: int, text: str, document: int = 0, page: int = 0) -> int:
        numbers = self._numbers(text)
        if not len(numbers) and kind != TITLE:
            return 0
        slots = max(1, -(-len(numbers) // STRIDE))
        padded = np.full(slots * STRIDE, -1, dtype=np.int32)
        padded[: len(numbers)] = numbers
        self._chunks.append(padded)
        self._slots.extend((kind, document, page, part * STRIDE) for part in range(slots))
        return len(numbers)

    def _numbers(self, text: str) -> list[int]:
        known, words = self._raw, self.words
        numbers: list[int] = []
        for raw in raw_tokens(text):
            terms = known.get(raw)
            if terms is None:
                terms = tuple(words.setdefault(term, len(words)) for term in normalize_token(raw))
                known[raw] = terms
            numbers.extend(terms)
        return numbers

    def build(self) -> BuiltSegment:
        """Sort what was collected into postings."""
        slots = np.array(self._slots, dtype=np.int64).reshape(-1, 4)
        layout = Layout(
            record_ids=np.array(self._record_ids, dtype=np.int64),
            first_slot=np.array(self._first_slot, dtype=np.int64),
            lengths=np.array(self._lengths, dtype=np.int32).reshape(-1, FIELD_COUNT),
            slot_field=slots[:, 0].astype(np.uint8),
            slot_document=slots[:, 1],
            slot_page=slots[:, 2].astype(np.int32),
            slot_offset=slots[:, 3].astype(np.int32),
        )
        tokens = np.concatenate(self._chunks) if self._chunks else np.zeros(0, dtype=np.int32)
        order = np.argsort(tokens, kind="stable").astype(np.uint32)
        ordered = tokens[order]
        bounds = np.searchsorted(ordered, np.arange(len(self.words) + 1))
        positions = [order[bounds[i] : bounds[i + 1]] for i in range(len(self.words))]
        slot_record = np.repeat(np.arange(len(self)), np.diff(np.append(layout.first_slot, len(self._slots))))
        return BuiltSegment(
            layout, list(self.words), positions, _records_a_word(order, ordered, bounds, slot_record)
        )


def _records_a_word(order, ordered, bounds, slot_record) -> np.ndarray:
    """In how many records each word stands."""
    count = len(bounds) - 1
    start = bounds[0]
    if len(ordered) == start or not count:
        return np.zeros(count, dtype=np.int64)
    words, records = ordered[start:], slot_record[order[start:] // STRIDE]
    first = np.ones(len(words), dtype=bool)
    first[1:] = (words[1:] != words[:-1]) | (records[1:] != records[:-1])
    return np.bincount(words[first], minlength=count)
