"""What is searched for, and what finds nothing: numbers from the log, which knows no person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Max, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from home.models import Office
from search.handled import HandledQuery
from search.language.tokens import normal_form
from search.query_log import LoggedQuery

PERIODS = (7, 30, 90, 365)
DEFAULT_PERIOD = 30
#: Texts that are read and grouped, the most frequent first; the totals count all.
MAX_TEXTS = 3000
ROWS = 100  # on the page; an export has all that were read


@dataclass
class Words:
    """One thing searched for, however it was typed.

    ``text`` is its most frequent spelling, ``spellings`` all of them; ``count`` how often, ``without`` how often
    without a result; days are the last ones on which it found nothing and something.
    """

    key: str
    text: str
    count: int = 0
    without: int = 0
    last: dt.date | None = None
    last_without: dt.date | None = None
    last_found: dt.date | None = None
    spellings: list[str] = field(default_factory=list)
    mark: HandledQuery | None = None

    @property
    def finds_now(self) -> bool:
        """Whether it found something after it last found nothing."""
        return bool(self.last_found and self.last_without and self.last_found > self.last_without)

    @property
    def is_handled(self) -> bool:
        """Whether somebody dealt with it, and it has not come up again since that day."""
        if self.mark is None:
            return False
        return self.last_without is None or self.last_without <= timezone.localdate(self.mark.handled_at)


@dataclass(frozen=True)
class Totals:
    """All searches of a period: how many, and how many of them without a result."""

    count: int
    without: int


def first_day(days: int, today: dt.date | None = None) -> dt.date:
    """First day of a period of so many days that ends today."""
    return (today or timezone.localdate()) - dt.timedelta(days=days - 1)


def logged(ids: Sequence[int] | None, since: dt.date):
    """Rows of the log of some offices (None: all) since a day."""
    rows = LoggedQuery.objects.filter(day__gte=since)
    return rows if ids is None else rows.filter(office_id__in=ids)


def totals(ids: Sequence[int] | None, since: dt.date) -> Totals:
    """Count all searches. One statement."""
    sums = logged(ids, since).aggregate(
        times=Coalesce(Sum("count"), 0), missed=Coalesce(Sum("count", filter=Q(total=0)), 0)
    )
    return Totals(sums["times"], sums["missed"])


def most_frequent(ids: Sequence[int] | None, since: dt.date) -> list[Words]:
    """What is searched for most, the most frequent first. One statement."""
    return sorted(_grouped(_texts(ids, since).order_by("-times", "text")), key=lambda w: (-w.count, w.text))


def without_result(ids: Sequence[int] | None, since: dt.date, office: Office | None) -> list[Words]:
    """What found nothing, the most frequent first, with the marks of ``office``. Two statements.

    What has found something since comes last.
    """
    found = _grouped(_texts(ids, since).filter(missed__gt=0).order_by("-missed", "text"))
    marks = {mark.key: mark for mark in _marks(office)}
    for words in found:
        words.mark = marks.get(words.key)
    return sorted(found, key=lambda words: (words.finds_now, -words.without, words.text))


def _marks(office: Office | None) -> Iterable[HandledQuery]:
    if office is None:
        return ()
    return HandledQuery.objects.filter(office=office).select_related("handled_by")


def _texts(ids: Sequence[int] | None, since: dt.date):
    nothing = Q(total=0)
    return (
        logged(ids, since)
        .values("text")
        .annotate(
            times=Sum("count"),
            missed=Coalesce(Sum("count", filter=nothing), 0),
            last=Max("day"),
            last_missed=Max("day", filter=nothing),
            last_found=Max("day", filter=~nothing),
        )
    )


def _grouped(texts) -> list[Words]:
    """Texts that ask with the same words, together."""
    groups: dict[str, Words] = {}
    for row in texts[:MAX_TEXTS]:
        key = normal_form(row["text"])
        if not key:
            continue
        words = groups.setdefault(key, Words(key, row["text"]))
        words.count += row["times"]
        words.without += row["missed"]
        words.last = _later(words.last, row["last"])
        words.last_without = _later(words.last_without, row["last_missed"])
        words.last_found = _later(words.last_found, row["last_found"])
        words.spellings.append(row["text"])
    return list(groups.values())


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return max(filter(None, (one, other)), default=None)
