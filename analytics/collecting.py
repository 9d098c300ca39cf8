"""From the spool into the database, in batches, each event once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from analytics.enums import EventKind
from analytics.models import CollectedFile, Event, StaleDay
from analytics.spool import read, spool
from home.models import Office

BATCH = 2000
#: The same of the same person within so many seconds is one (a double click, a page taken back from memory).
ONCE_WITHIN = 5
#: A request for the first bytes is a download of its own only when the same person began none for so long.
GOES_ON_FOR = 1800
_KINDS = set(EventKind.values)
_FUTURE = dt.timedelta(minutes=5)  # clocks of several machines


def collect() -> int:
    """Store everything that waits in the spool; returns how many events. May run, and be killed, at any moment."""
    offices = {office.pk: office for office in Office.objects.all()}
    return sum(_store(path, offices) for path in spool().take())


def _store(path: Path, offices: dict[int, Office]) -> int:
    """Store one file's events with the note that they are stored, in one transaction; then the file goes."""
    count, days = 0, set()
    with transaction.atomic():
        _, is_new = CollectedFile.objects.get_or_create(name=path.name)
        if is_new:
            events = _events(path, offices)
            while batch := list(islice(events, BATCH)):
                kept = list(_once(batch))
                Event.objects.bulk_create(kept)
                days |= {(event.office_id, offices[event.office_id].local_day(event.at)) for event in kept}
                count += len(kept)
            mark_stale(days)
    path.unlink(missing_ok=True)
    return count


def mark_stale(days: Iterable[tuple[int, dt.date]]) -> None:
    """Note that the figures of these (office id, local day) must be added up again.

    A note that is there already is written once more, which locks it: else whoever adds the day up at this moment takes
    the note away without seeing the events of this transaction.
    """
    rows = [StaleDay(office_id=office_id, day=day) for office_id, day in sorted(days)]
    StaleDay.objects.bulk_create(
        rows,
        update_conflicts=True,
        update_fields=["day"],
        unique_fields=["office_id", "day"],
        batch_size=500,
    )


def _events(path: Path, offices: dict[int, Office]) -> Iterator[tuple[Event, bool]]:
    """(event, whether it asked for a part of a file) for every line that makes sense."""
    latest = timezone.now() + _FUTURE
    for line in read(path):
        try:
            kind, office_id = line["k"], int(line["o"])
            at = dt.datetime.fromtimestamp(float(line["t"]), dt.UTC)
            if kind not in _KINDS or office_id not in offices or at > latest:
                continue
            event = Event(
                kind=kind,
                at=at,
                office_id=office_id,
                page_id=int(line["p"]),
                document_id=int(line["d"]),
                referrer=str(line["r"])[:15],
                device=str(line["a"])[:15],
                visitor=str(line["v"])[:16],
                is_bot=bool(line["b"]),
                is_empty=bool(line["e"]),
            )
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            continue  # written by another version of the site
        yield event, bool(line.get("g"))


def _once(batch: list[tuple[Event, bool]]) -> Iterator[Event]:
    """The events that count, without what is the same as one shortly before."""
    last = _before(batch)
    for event, is_part in sorted(batch, key=lambda pair: pair[0].at):
        if event.kind == EventKind.DOWNLOAD and is_part and not event.visitor:
            continue  # nobody can tell whose download goes on
        if event.visitor and event.kind != EventKind.SEARCH:
            key = _key(event)
            before, last[key] = last.get(key), event.at
            window = GOES_ON_FOR if is_part else ONCE_WITHIN
            if before is not None and (event.at - before).total_seconds() < window:
                continue
        yield event


def _before(batch: list[tuple[Event, bool]]) -> dict[tuple, dt.datetime]:
    """Key -> moment of the last stored event of the same, shortly before this batch."""
    visitors = {event.visitor for event, _ in batch if event.visitor}
    if not visitors:
        return {}
    window = dt.timedelta(seconds=GOES_ON_FOR)
    first, last = min(event.at for event, _ in batch), max(event.at for event, _ in batch)
    known = Event.objects.filter(
        office_id__in={event.office_id for event, _ in batch}, at__gte=first - window, at__lte=last
    )
    found: dict[tuple, dt.datetime] = {}
    for event in known.exclude(visitor="").order_by("at").iterator(chunk_size=BATCH):
        if event.visitor in visitors:
            found[_key(event)] = event.at
    return found


def _key(event: Event) -> tuple:
    return event.kind, event.office_id, event.page_id, event.document_id, event.visitor
