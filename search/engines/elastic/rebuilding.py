"""Building a fresh index beside the live one; comparing an index with the database, and mending it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from search.changes import IndexChange, next_version
from search.engines.elastic import administration, lexicon
from search.engines.elastic.connection import reaching
from search.engines.elastic.syncing import apply, mark, note_failure
from search.engines.elastic.writing import index_action, write
from search.indexing import records_of, searched_page_ids

_BATCH = 100
_MARKS = 500


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Build a fresh index and swap the alias; returns the number of records. The old index answers until then.

    An interrupted build goes on with the pages that it had not written. Changes during the build are written to both
    indices (`syncing.apply`), so nothing that was withdrawn comes back with the swap.
    """
    administration.require_free_name()
    alias = administration.building_alias()
    begun = administration.facts(alias)
    if begun and not begun.fits:
        administration.drop(alias)
        begun = None
    if begun is None:
        administration.create(alias)
    written = {pk for pk, _ in administration.fingerprints(alias)} if begun else set()
    # What waits now is read by this build anyway, unless it passed that page in an earlier, interrupted run.
    waiting = [] if begun else list(IndexChange.objects.values_list("mark", flat=True))
    _settings(alias, refresh_interval="-1")
    ids = sorted(searched_page_ids())
    left = [pk for pk in ids if pk not in written]

    def actions() -> Iterator[dict]:
        done = len(ids) - len(left)
        for start in range(0, len(left), _BATCH):
            version = next_version()
            for record in records_of(left[start : start + _BATCH]):
                yield index_action(record, version)
                done += 1
                if progress:
                    progress(done, len(ids))

    refused = write(alias, actions(), refresh=True).refused
    _settings(alias, refresh_interval="1s")
    administration.swap()
    for start in range(0, len(waiting), _MARKS):
        IndexChange.objects.filter(mark__in=waiting[start : start + _MARKS]).delete()
    mark(refused)
    for change in IndexChange.objects.filter(page_id__in=list(refused)):
        note_failure([change], refused[change.page_id])
    lexicon.forget()
    return administration.count()


def mend(missing: list[int], stale: list[int], extra: list[int]) -> None:
    """Bring pages that a comparison has named in line."""
    ids = [*missing, *stale, *extra]
    for start in range(0, len(ids), _BATCH):
        chunk = ids[start : start + _BATCH]
        mark(chunk)
        apply(chunk)


def _settings(alias: str, **values) -> None:
    with reaching() as client:
        client.indices.put_settings(index=alias, settings={"index": values})
