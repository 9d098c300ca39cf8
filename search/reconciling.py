"""Comparing the indices with the database, and rebuilding the embedded one beside itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from search.engines.elastic import administration, connection, rebuilding
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.embedded import store
from search.engines.embedded.lexicon import forget as forget_speller
from search.engines.embedded.merging import merge_small
from search.engines.embedded.writing import remove_pages, write_records
from search.engines.fingerprints import fingerprint
from search.index_models import IndexedRecord, IndexState, SearchIndex, Term
from search.indexing import index_pages, records_of, searched_page_ids
from search.language.stemmer import stem

_BATCH = 500


@dataclass(frozen=True)
class Difference:
    """What a comparison found, as page ids."""

    missing: list[int]
    stale: list[int]
    extra: list[int]

    @property
    def count(self) -> int:
        return len(self.missing) + len(self.stale) + len(self.extra)

    def __str__(self):
        return f"{len(self.missing)} belum diindeks, {len(self.stale)} berubah, {len(self.extra)} tidak tayang lagi"


def compare() -> Difference:
    """Compare every public page's present record with the embedded index (by fingerprint; no text is read)."""
    return _difference(_embedded_fingerprints(), _present_fingerprints())


def compare_cluster() -> Difference:
    """The same with the cluster's index. Raises ClusterUnavailable."""
    return _difference(dict(administration.fingerprints()), _present_fingerprints())


def reconcile() -> Difference:
    """Find and mend every difference of the embedded index; returns what was found."""
    return _mend_embedded(_present_fingerprints())


def reconcile_cluster() -> Difference:
    """Find and mend every difference of the cluster's index; returns what was found. Raises ClusterUnavailable."""
    return _mend_cluster(_present_fingerprints())


def nightly() -> str:
    """The timed job: a sentence about what was mended, "" when all was well."""
    present = _present_fingerprints()
    sentences = []
    found = _mend_embedded(present)
    if found.count:
        sentences.append(f"Indeks dicocokkan: {found}.")
    if connection.is_configured():
        try:
            found = _mend_cluster(present)
            if found.count:
                sentences.append(f"Indeks Elasticsearch dicocokkan: {found}.")
        except ClusterUnavailable as error:
            sentences.append(f"Indeks Elasticsearch belum dicocokkan: {error}")
    return " ".join(sentences)


def _present_fingerprints() -> dict[int, str]:
    """page id -> fingerprint of every page that belongs into an index now."""
    present = {}
    ids = list(searched_page_ids())
    for start in range(0, len(ids), _BATCH):
        for record in records_of(ids[start : start + _BATCH]):
            present[record.page_id] = fingerprint(record)
    return present


def _embedded_fingerprints() -> dict[int, str]:
    records = IndexedRecord.objects.filter(index=store.active_index(), page_id__isnull=False)
    return dict(records.values_list("page_id", "fingerprint"))


def _difference(known: dict[int, str], present: dict[int, str]) -> Difference:
    return Difference(
        missing=[pk for pk in present if pk not in known],
        stale=[pk for pk, digest in present.items() if known.get(pk, digest) != digest],
        extra=[pk for pk in known if pk not in present],
    )


def _mend_embedded(present: dict[int, str]) -> Difference:
    found = _difference(_embedded_fingerprints(), present)
    remove_pages(store.active_index(), found.extra)
    changed = found.missing + found.stale
    for start in range(0, len(changed), _BATCH):
        index_pages(changed[start : start + _BATCH])
    merge_small(store.active_index())
    return found


def _mend_cluster(present: dict[int, str]) -> Difference:
    found = _difference(dict(administration.fingerprints()), present)
    rebuilding.mend(found.missing, found.stale, found.extra)
    return found


def rebuild(progress: Callable[[int, int], None] | None = None) -> SearchIndex:
    """Build a fresh index beside the active one, and swap. The old one answers until the swap.

    Pages that change during the build are brought in line by a comparison after the swap.
    """
    SearchIndex.objects.filter(state=IndexState.BUILDING).delete()
    _restem()
    fresh = SearchIndex.objects.create(state=IndexState.BUILDING, version=store.INDEX_VERSION)
    ids = list(searched_page_ids())

    def counted() -> Iterator:
        for done, record in enumerate(records_of(ids), 1):
            yield record
            if progress:
                progress(done, len(ids))

    write_records(fresh, counted())
    merge_small(fresh)
    with transaction.atomic():
        old = list(SearchIndex.objects.select_for_update().filter(state=IndexState.ACTIVE))
        SearchIndex.objects.filter(pk__in=[index.pk for index in old]).update(state=IndexState.BUILDING)
        SearchIndex.objects.filter(pk=fresh.pk).update(state=IndexState.ACTIVE)
    for index in old:
        index.delete()
    _drop_unused_words()
    forget_speller()
    reconcile()
    fresh.refresh_from_db()
    return fresh


def _restem() -> None:
    """Bring the stems of all known words up to the present rules."""
    changed = []
    for term in Term.objects.all().iterator(chunk_size=5000):
        current = stem(term.text)[:40]
        if current != term.stem:
            term.stem = current
            changed.append(term)
    Term.objects.bulk_update(changed, ["stem"], batch_size=500)


def _drop_unused_words() -> None:
    """Delete words that no segment has any more."""
    from django.db.models import Exists, OuterRef

    from search.index_models import Posting

    Term.objects.filter(~Exists(Posting.objects.filter(term_id=OuterRef("pk")))).delete()
