"""What is new for a subscriber.

A page counts as new by the moment when it was first made public, but the search may know it, or the text of its scanned
file, hours later, and not in order. So the last two days are looked through again each time, and what was told of them
is kept by name: late pages are told, none is told twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from search.following import newest_first
from search.service import search
from search.subscriptions.models import SavedSearch
from search.types import MAX_SIZE, Hit

LATE = dt.timedelta(days=2)  # until then a publication is found, with the text of its files
SHOWN = 20  # in a letter; of the rest the number is told
MAX_PAGES = 20  # of search results that are read for one letter, after a mass import


@dataclass(frozen=True)
class News:
    """``hits`` to show, ``total`` in all; ``seen_until`` and ``told`` are what to keep once they are told."""

    hits: tuple[Hit, ...]
    total: int
    seen_until: dt.datetime
    told: dict[str, str]

    @property
    def others(self) -> int:
        """How many are not shown."""
        return self.total - len(self.hits)


def find_news(row: SavedSearch, now: dt.datetime) -> News:
    """What is public now, matches the search and was not told."""
    found: dict[str, Hit] = {}
    page, total = 1, 0
    while True:
        results = search(newest_first(row.query, MAX_SIZE, page, since=row.seen_until))
        total = results.total
        found |= {str(hit.page_id): hit for hit in results.hits}
        if page >= min(results.num_pages, MAX_PAGES):
            break
        page += 1
    unread = max(0, total - len(found))
    fresh = [hit for key, hit in found.items() if key not in row.told]
    moments = {key: hit.published_at or now for key, hit in found.items()}
    until = max(row.seen_until, now - LATE)
    if unread:
        # The newest were read. What is older is told as a number, and settled with that.
        until = max(until, min(moments.values()))
    moments |= {key: dt.datetime.fromisoformat(moment) for key, moment in row.told.items()}
    told = {key: moment.isoformat() for key, moment in moments.items() if moment > until}
    return News(tuple(fresh[:SHOWN]), len(fresh) + unread, until, told)
