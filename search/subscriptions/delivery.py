"""Letters on their way: each to be sent by one worker, again if it could not be sent, never lost.

A row is handed over with a claim, a random number that its task carries. The worker that finds the claim unchanged
takes the row by changing it; any other task of the same row, late or double, finds another number and does nothing.
What was told is noted under the worker's own claim, in one statement with the next date. A worker that dies in between
leaves the row to the timetable once its time is over: the letter is sent again, none is left out.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.utils import timezone
from django_tasks import task

from search.subscriptions import mails
from search.subscriptions.models import SavedSearch
from search.subscriptions.news import find_news

QUEUE_PATIENCE = dt.timedelta(hours=1)  # a task that has not begun by then is given up and queued again
LEASE = dt.timedelta(minutes=10)  # for one letter; far beyond EMAIL_TIMEOUT
FIRST_PAUSE = dt.timedelta(minutes=5)  # after a failure; doubles each time
LONGEST_PAUSE = dt.timedelta(hours=6)
MAX_FAILURES = 999  # counted no further


@task()
def deliver(pk: int, claim: str) -> str:
    """Send the next letter of a subscription. The task's row holds a number and a claim, never an address."""
    return deliver_next(pk, claim)


def hand_over(row: SavedSearch) -> None:
    """Queue the row's next letter. Call inside the transaction that makes it due."""
    claim = uuid.uuid4()
    SavedSearch.objects.filter(pk=row.pk).update(claim=claim, not_before=timezone.now() + QUEUE_PATIENCE)
    deliver.enqueue(row.pk, str(claim))


def is_in_hands(row: SavedSearch) -> bool:
    """Whether a task waits for the row or works on it."""
    return row.claim is not None and row.not_before is not None and row.not_before > timezone.now()


def deliver_next(pk: int, claim: str) -> str:
    """Send the letter of a row that was handed over with this claim, if it is still due. Returns what was done.

    What goes wrong is noted and raised; the timetable tries again after a while.
    """
    row = _take(pk, claim)
    if row is None:
        return "bukan giliran tugas ini"
    try:
        return _answer(row) if row.letter_wanted else _tell(row)
    except Exception:
        pause = min(FIRST_PAUSE * 2 ** min(row.failures, 10), LONGEST_PAUSE)
        _note(row, failures=min(row.failures + 1, MAX_FAILURES), not_before=timezone.now() + pause)
        raise


def _take(pk: int, claim: str) -> SavedSearch | None:
    own = uuid.uuid4()
    taken = SavedSearch.objects.filter(pk=pk, claim=claim).update(
        claim=own, not_before=timezone.now() + LEASE
    )
    if not taken:
        return None
    return SavedSearch.objects.select_related("office__site").filter(pk=pk, claim=own).first()


def _answer(row: SavedSearch) -> str:
    mails.send_answer(row)
    _note(row, letter_wanted=False)
    return "surel jawaban dikirim"


def _tell(row: SavedSearch) -> str:
    now = timezone.now()
    if row.confirmed_at is None or row.next_due_at is None or row.next_due_at > now:
        _note(row)
        return "belum waktunya"
    news = find_news(row, now)
    if news.total:
        mails.send_news(row, news)
    sent = {"last_sent_at": now} if news.total else {}
    _note(row, seen_until=news.seen_until, told=news.told, next_due_at=row.next_due(now), **sent)
    return f"{news.total} dikabarkan" if news.total else "tidak ada yang baru"


def _note(row: SavedSearch, **values) -> None:
    """Write under this worker's own claim and let the row go; a row taken over or deleted meanwhile stays as it is."""
    values = {"failures": 0, "not_before": None, "claim": None} | values
    SavedSearch.objects.filter(pk=row.pk, claim=row.claim).update(**values)
