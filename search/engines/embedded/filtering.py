"""What the public may see of the records that matched, and how the filters narrow them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from django.db.models import F, Q, QuerySet
from wagtail.models import Page

from common.visibility import public
from home.models import Office
from search.index_models import IndexedRecord, IndexState, SearchIndex
from search.scope import scope_offices
from search.types import FACETS, SearchQuery

#: Up to here record ids go into the statement; beyond, all visible records are read and matched here.
_MAX_IDS = 20_000
_COLUMNS = (
    "pk",
    "kategori",
    "jenis",
    "klasifikasi",
    "tahun",
    "unit_id",
    "office_id",
    "status",
    "formats",
    "date",
    "published_at",
)


@dataclass(frozen=True)
class Row:
    """The facet values of one visible record; each a tuple, since a record may have several file formats."""

    pk: int
    values: dict[str, tuple[str, ...]]
    date: str
    published: str
    status: str
    jenis: str
    tahun: int


def visible_records(index: SearchIndex) -> QuerySet:
    """Records whose page the public may see at this moment. An evaluation's scratch index has no pages at all."""
    records = IndexedRecord.objects.filter(index=index)
    if index.state == IndexState.SCRATCH:
        return records
    # Not the bare column: with it SQLite would try every public page with every record asked for, one by one (with
    # 2,000 of 6,000 records two seconds, so ten milliseconds).
    return records.alias(page=F("page_id") + 0).filter(
        page__in=public(Page.objects.all()).order_by().values("pk")
    )


def visible_rows(index: SearchIndex, query: SearchQuery, record_ids: np.ndarray | None) -> list[Row]:
    """Facet rows of the visible records among ``record_ids`` (None: of all), within the query's scope."""
    records = visible_records(index).filter(scope_condition(query))
    wanted: set[int] | None = None
    if record_ids is not None:
        if not len(record_ids):
            return []
        if len(record_ids) <= _MAX_IDS:
            # Whole numbers of our own, written out: thousands of parameters take longer than the query.
            ids = ",".join(str(int(pk)) for pk in record_ids)
            records = records.extra(where=[f"{IndexedRecord._meta.db_table}.id IN ({ids})"])
        else:
            wanted = set(record_ids.tolist())
    codes = dict(Office.objects.values_list("pk", "kode_wilayah"))
    return [
        _row(values, codes)
        for values in records.values_list(*_COLUMNS).iterator(chunk_size=5000)
        if wanted is None or values[0] in wanted
    ]


def row_of(record: IndexedRecord) -> Row:
    """The facet row of one record, whoever may see it."""
    codes = dict(Office.objects.filter(pk=record.office_id).values_list("pk", "kode_wilayah"))
    return _row(tuple(getattr(record, name) for name in _COLUMNS), codes)


def _row(values: tuple, codes: dict[int, str]) -> Row:
    pk, kategori, jenis, klasifikasi, tahun, unit, office, status, formats, date, published = values
    facets = {
        "kategori": (kategori,),
        "jenis": (jenis,) if jenis else (),
        "klasifikasi": (klasifikasi,) if klasifikasi else (),
        "tahun": (str(tahun),) if tahun else (),
        "unit": (str(unit),) if unit else (),
        "kantor": (codes[office],) if office in codes else (),
        "status": (status,) if status else (),
        "berkas": tuple(part for part in formats.split(",") if part),
    }
    return Row(
        pk,
        facets,
        date.isoformat() if date else "",
        published.isoformat() if published else "",
        status,
        jenis,
        tahun or 0,
    )


def scope_condition(query: SearchQuery) -> Q:
    """The offices that are searched, and since when something must be public."""
    since = Q(published_at__gt=query.since) if query.since else Q()
    offices = scope_offices(query)
    return since if offices is None else since & Q(office_id__in=offices)


def narrow(rows: Sequence[Row], query: SearchQuery) -> tuple[list[Row], dict[str, Counter]]:
    """Rows that pass all filters, and for each facet how many rows carry each value under all *other* filters.

    So a count is what one gets by choosing that value alone, and the counts of the chosen values of a facet with
    one value a record add up to the total.
    """
    filters = {name: frozenset(values) for name, values in query.effective_filters.items() if values}
    kept: list[Row] = []
    almost: dict[str, list[Row]] = {name: [] for name in filters}
    for row in rows:
        failed = [name for name, wanted in filters.items() if not wanted.intersection(row.values[name])]
        if not failed:
            kept.append(row)
        elif len(failed) == 1:
            almost[failed[0]].append(row)
    counts = {
        name: Counter(chain.from_iterable(row.values[name] for row in chain(kept, almost.get(name, ()))))
        for name in FACETS
    }
    return kept, counts
