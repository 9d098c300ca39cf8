"""Reading and writing the index tables. Plain SQL where a query's time depends on it; the same on both databases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from django.db import connection, transaction
from django.db.models import Sum

from search.engines.embedded.codec import decode_arrays, decode_positions, encode_positions
from search.engines.embedded.segments import BuiltSegment, Layout
from search.index_models import IndexedRecord, IndexState, Posting, SearchIndex, Segment, Term
from search.language.stemmer import stem
from search.language.tokens import MAX_TERM

#: Raise when tokens, stems or layout change: a stored index of another version is rebuilt.
INDEX_VERSION = 1

_CHUNK = 500


def active_index(create: bool = True) -> SearchIndex | None:
    """The index that answers now; made when there is none."""
    index = SearchIndex.objects.filter(state=IndexState.ACTIVE).order_by("pk").first()
    if index is None and create:
        index = SearchIndex.objects.create(state=IndexState.ACTIVE, version=INDEX_VERSION)
    return index


def term_ids(words: Sequence[str]) -> dict[str, int]:
    """Primary keys of words, new ones added with their stem."""
    known: dict[str, int] = {}
    for chunk in _chunks(words, _CHUNK):
        known.update(Term.objects.filter(text__in=chunk).values_list("text", "pk"))
    missing = [word for word in words if word not in known]
    for chunk in _chunks(missing, _CHUNK):
        Term.objects.bulk_create(
            [Term(text=word, stem=stem(word)[:MAX_TERM]) for word in chunk],
            ignore_conflicts=True,
        )
        known.update(Term.objects.filter(text__in=chunk).values_list("text", "pk"))
    return known


def write_segment(index: SearchIndex, built: BuiltSegment) -> Segment:
    """Store a finished segment in one transaction."""
    with transaction.atomic():
        segment = Segment.objects.create(
            index=index,
            records=len(built.layout.record_ids),
            slots=len(built.layout.slot_field),
            layout=built.layout.encode(),
        )
        ids = term_ids(built.words)
        rows = (
            (ids[word], segment.pk, int(records), encode_positions(positions))
            for word, positions, records in zip(built.words, built.positions, built.records, strict=True)
            if len(positions)
        )
        insert_postings(sorted(rows))
    return segment


def insert_postings(rows: list[tuple]) -> None:
    """Add (term id, segment id, records, data) rows."""
    table = Posting._meta.db_table
    if connection.vendor == "postgresql":
        with (
            connection.cursor() as cursor,
            cursor.copy(
                f"COPY {table} (term_id, segment_id, records, data) FROM STDIN (FORMAT BINARY)"
            ) as copy,
        ):
            copy.set_types(["int8", "int8", "int4", "bytea"])
            for row in rows:
                copy.write_row(row)
    else:
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (term_id, segment_id, records, data) VALUES (%s, %s, %s, %s)", rows
            )


def refresh_statistics() -> None:
    """Tell PostgreSQL at once how full the tables have become.

    Its own analysis comes minutes later. Until then it may plan for the empty tables of before, and a search that
    takes 0.1 seconds takes 100. SQLite plans without such numbers.
    """
    if connection.vendor == "postgresql":
        tables = ", ".join(
            connection.ops.quote_name(model._meta.db_table)
            for model in (IndexedRecord, Segment, Term, Posting)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")


def segment_keys(index: SearchIndex) -> list[tuple[int, int]]:
    """(primary key, token) of an index's segments, oldest first. The pair never names another content."""
    segments = Segment.objects.filter(index=index, retired_at=None).order_by("pk")
    return list(segments.values_list("pk", "token"))


def read_layouts(ids: Iterable[int]) -> Iterator[tuple[int, Layout]]:
    """Layouts of segments."""
    for pk, data in Segment.objects.filter(pk__in=list(ids)).values_list("pk", "layout"):
        yield pk, Layout(**decode_arrays(data))


def words_with_stems(stems: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """stem -> [(word, term id)] for words of the index."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for chunk in _chunks(list(dict.fromkeys(stems)), _CHUNK):
        for text, stem_, pk in Term.objects.filter(stem__in=chunk).values_list("text", "stem", "pk"):
            found[stem_].append((text, pk))
    return found


def words_as_written(words: Sequence[str]) -> dict[str, int]:
    """word -> term id for words of the index, exactly as written."""
    found: dict[str, int] = {}
    for chunk in _chunks(list(dict.fromkeys(words)), _CHUNK):
        found.update(Term.objects.filter(text__in=chunk).values_list("text", "pk"))
    return found


def read_postings(ids: Sequence[int], segments: Sequence[int]) -> dict[int, list[tuple[int, np.ndarray]]]:
    """term id -> [(segment id, positions)], segments in the order given."""
    found: dict[int, list[tuple[int, np.ndarray]]] = defaultdict(list)
    if not ids or not segments:
        return found
    wanted = set(segments)
    rank = {segment: place for place, segment in enumerate(segments)}
    with connection.cursor() as cursor:
        for chunk in _chunks(list(ids), _CHUNK):
            marks = ",".join(["%s"] * len(chunk))
            cursor.execute(
                f"SELECT term_id, segment_id, data FROM {Posting._meta.db_table} WHERE term_id IN ({marks})",
                chunk,
            )
            for term, segment, data in cursor.fetchall():
                if segment in wanted:
                    found[term].append((segment, decode_positions(data)))
    for rows in found.values():
        rows.sort(key=lambda row: rank[row[0]])
    return found


def record_counts(index: SearchIndex, ids: Sequence[int]) -> dict[int, int]:
    """term id -> number of records that have it, in the segments of an index."""
    counts: dict[int, int] = {}
    for chunk in _chunks(list(ids), _CHUNK):
        rows = Posting.objects.filter(
            term_id__in=chunk, segment__index=index, segment__retired_at=None
        ).values("term_id")
        counts.update(rows.annotate(total=Sum("records")).values_list("term_id", "total"))
    return counts


def vocabulary(index: SearchIndex) -> Iterator[tuple[str, int]]:
    """(word, number of records that have it) of an index, numbers and single letters left out."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT t.text, SUM(p.records) FROM {Posting._meta.db_table} p"
            f" JOIN {Term._meta.db_table} t ON t.id = p.term_id"
            f" JOIN {Segment._meta.db_table} s ON s.id = p.segment_id"
            " WHERE s.index_id = %s AND s.retired_at IS NULL GROUP BY t.text",
            [index.pk],
        )
        while rows := cursor.fetchmany(5000):
            yield from ((word, int(count)) for word, count in rows if len(word) > 2 and word.isalpha())


def _chunks(items: Sequence, size: int) -> Iterator[Sequence]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
