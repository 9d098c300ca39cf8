"""Keeping the cluster in line with the database: marks in the same transaction, tasks that work them off.

A mark (:class:`search.changes.IndexChange`) says "the cluster may be behind on this page". Working it off reads the
page as it is *then*, so late or double tasks do no harm; versions keep an older reading from replacing a newer one.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from search.changes import IndexChange, new_mark, next_version
from search.engines.elastic import administration, connection
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.elastic.writing import Written, deletions, versioned, write
from search.records import IndexRecord

logger = logging.getLogger(__name__)
WARN_EVERY = 60.0  # seconds
_warned: tuple[str, float] = ("", 0.0)

BATCH = 100
FIRST_WAIT, LONGEST_WAIT = dt.timedelta(seconds=5), dt.timedelta(minutes=10)
_ROWS = 500


def mark(page_ids: Iterable[int], *, hidden: bool = False) -> None:
    """Note, in the transaction of the change, that pages have changed. ``hidden``: out of every answer at once.

    A page that is hidden stays so until the cluster holds its present state, whatever happens to it meanwhile.
    """
    if not connection.is_configured():
        return
    now = timezone.now()
    updated = ["mark", "changed_at", "attempts", "next_attempt_at", "error"] + (["hidden"] if hidden else [])
    ids = list(dict.fromkeys(page_ids))
    for start in range(0, len(ids), _ROWS):
        IndexChange.objects.bulk_create(
            [
                IndexChange(page_id=pk, mark=new_mark(), hidden=hidden, changed_at=now, next_attempt_at=now)
                for pk in ids[start : start + _ROWS]
            ],
            update_conflicts=True,
            unique_fields=["page_id"],
            update_fields=updated,
        )


def apply(page_ids: Sequence[int]) -> Written:
    """Bring the cluster in line with what these pages are now, and take their marks away.

    Raises ClusterUnavailable, after noting the failure and when to try again.
    """
    changes = list(IndexChange.objects.filter(page_id__in=page_ids))
    try:
        written = _write(list(dict.fromkeys(page_ids)), refresh=len(page_ids) <= BATCH)
    except ClusterUnavailable as error:
        note_failure(changes, str(error))
        raise
    refused = [change for change in changes if change.page_id in written.refused]
    for change in refused:
        note_failure([change], written.refused[change.page_id])
    done = [change.mark for change in changes if change.page_id not in written.refused]
    IndexChange.objects.filter(mark__in=done).delete()
    return written


def _write(page_ids: list[int], refresh: bool) -> Written:
    from search.indexing import records_of

    written = Written()
    for index in [connection.alias(), *_being_built()]:
        version = next_version()  # drawn before the pages are read
        shown: set[int] = set()
        records = _noted(records_of(page_ids), shown)

        def actions(records=records, shown=shown, version=version) -> Iterator[dict]:
            yield from versioned(records, version)
            yield from deletions([pk for pk in page_ids if pk not in shown], version)

        result = write(index, actions(), refresh=refresh)
        written.taken += result.taken
        written.refused |= result.refused
    return written


def _noted(records: Iterable[IndexRecord], shown: set[int]) -> Iterator[IndexRecord]:
    for record in records:
        shown.add(record.page_id or 0)
        yield record


def _being_built() -> list[str]:
    """The alias of an index that is being built beside the live one; changes go to both."""
    name = administration.building_alias()
    return [name] if administration.facts(name) else []


def note_failure(changes: Sequence[IndexChange], sentence: str) -> None:
    """Note a failure of the cluster and when to try again: after 5 seconds, then ever later, at most 10 minutes."""
    now = timezone.now()
    for change in changes:
        wait = min(FIRST_WAIT * 2 ** min(change.attempts, 10), LONGEST_WAIT)
        IndexChange.objects.filter(pk=change.pk, mark=change.mark).update(
            attempts=change.attempts + 1, next_attempt_at=now + wait, error=sentence[:500]
        )
    if changes:
        _log_failure(len(changes), sentence)


def _log_failure(count: int, sentence: str) -> None:
    """Warn once a minute of the same failure: a cluster that is away fails every publication."""
    global _warned
    now = time.monotonic()
    is_news = sentence != _warned[0] or now - _warned[1] > WARN_EVERY
    if is_news:
        _warned = (sentence, now)
    logger.log(
        logging.WARNING if is_news else logging.DEBUG,
        "Elasticsearch: %s perubahan menunggu (%s)",
        count,
        sentence,
    )


def apply_due() -> int:
    """Work off every mark that is due, oldest first; returns how many. Stops at the first sign of a cluster away."""
    done = 0
    while connection.is_configured():
        due = IndexChange.objects.filter(next_attempt_at__lte=timezone.now()).order_by("changed_at", "pk")
        ids = list(due.values_list("page_id", flat=True)[:BATCH])
        if not ids:
            break
        try:
            apply(ids)
        except ClusterUnavailable as error:
            rest = list(due.exclude(page_id__in=ids)[: 20 * BATCH])
            note_failure(rest, str(error))
            break
        done += len(ids)
    return done
