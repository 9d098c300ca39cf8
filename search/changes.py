"""Changes that the search cluster has not acknowledged yet: the outbox between the database and Elasticsearch.

A row is written in the transaction of the change itself and goes when the cluster holds the page's present state.
The embedded index needs none: it lives in the same database.
"""

from __future__ import annotations

import secrets
import time

from django.db import models, transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from common.prepared import Prepared


def new_mark() -> int:
    """A number by which a row is told from a later one for the same page."""
    return secrets.randbits(62)


class IndexChange(models.Model):
    """A page whose state in the cluster is behind. ``hidden`` pages are left out of every answer until it is not.

    ``attempts`` counts failures since the change; ``next_attempt_at`` is when the next try is due; ``error`` is the
    last failure in words for the operator.
    """

    page_id = models.BigIntegerField(unique=True)
    mark = models.BigIntegerField(default=new_mark, editable=False)
    hidden = models.BooleanField(default=False, db_index=True)
    changed_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now, db_index=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "perubahan yang belum terindeks"
        verbose_name_plural = "perubahan yang belum terindeks"
        ordering = ["changed_at", "pk"]

    def __str__(self):
        return f"{self.page_id} ({self.attempts})"


#: Rows of `IndexClock`: versions of what is written to the cluster, and of the editors' tables.
INDEX_CLOCK, VOCABULARY_CLOCK = 1, 2


class IndexClock(models.Model):
    """Rows that only count up: versions for writes to the cluster, later reads of a page having higher ones; and
    changes of the editors' tables."""

    value = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "pencacah indeks"
        verbose_name_plural = "pencacah indeks"

    def __str__(self):
        return str(self.value)


def next_version() -> int:
    """Draw the next version. Draw it *before* the page is read, so that a higher version never holds an older state.

    Versions follow the clock (microseconds) where it is ahead, so that a database put back from a backup does not
    draw numbers that the cluster has seen already; they never fall when the clock does.
    """
    return advance(INDEX_CLOCK)


def advance(clock: int) -> int:
    """Draw the next number of a clock; it is the other transactions' when this one is."""
    moment = time.time_ns() // 1000
    with transaction.atomic():
        newest = Greatest(F("value") + 1, Value(moment), output_field=models.BigIntegerField())
        if not IndexClock.objects.filter(pk=clock).update(value=newest):
            IndexClock.objects.get_or_create(pk=clock)
            IndexClock.objects.filter(pk=clock).update(value=newest)
        return IndexClock.objects.values_list("value", flat=True).get(pk=clock)


def clocks() -> tuple[int, int]:
    """(version drawn last, change of the editors' tables): microseconds since 1970; 0 before the first."""
    found = dict(_clocks.rows())
    return found.get(INDEX_CLOCK, 0), found.get(VOCABULARY_CLOCK, 0)


_clocks = Prepared(
    [lambda: IndexClock.objects.filter(pk__in=(INDEX_CLOCK, VOCABULARY_CLOCK)).values_list("pk", "value")]
)
_hidden = Prepared([lambda: IndexChange.objects.filter(hidden=True).order_by().values_list("page_id")])


def hidden_pages() -> list[int]:
    """Page ids to leave out of every answer until the cluster holds their present state."""
    return [page_id for (page_id,) in _hidden.rows()]


def retry_now() -> int:
    """Make every waiting change due now and hand the work to the queue. Returns how many wait."""
    from search.tasks import apply_changes

    with transaction.atomic():
        waiting = IndexChange.objects.update(next_attempt_at=timezone.now())
        if waiting:
            apply_changes.enqueue()
    return waiting
