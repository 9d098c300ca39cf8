"""Asking for letters, confirming, changing, ending. Whoever asks learns nothing about who follows what.

An address is anybody's to type. So the answer on the page is the same for every address, one letter goes there with
none of the words that were typed, and nothing else is sent before somebody with access to the mailbox says yes.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from home.models import Office
from search.following import normalised
from search.subscriptions.delivery import hand_over, is_in_hands
from search.subscriptions.enums import Frequency
from search.subscriptions.models import SavedSearch, address_hash, hash_of
from search.types import SearchQuery

_NO_MAIL = {"console", "dummy"}


def letters_can_be_sent() -> bool:
    """Whether mail leaves this site. Where it would only be printed into the log, no address may be asked for."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in _NO_MAIL


def subscribe(office: Office, query: SearchQuery, email: str, frequency: Frequency) -> None:
    """Note the wish, and have a letter sent that asks for confirmation (or says that it was given long ago).

    A second click within minutes changes nothing; beyond the limits in `SAVED_SEARCH_LIMITS` nothing is kept or sent.
    """
    querystring = normalised(query).querystring()
    now = timezone.now()
    pause = dt.timedelta(minutes=settings.SAVED_SEARCH_LIMITS["minutes_between_letters"])
    with transaction.atomic():
        Office.objects.select_for_update(no_key=True).get(
            pk=office.pk
        )  # one at a time: limits and second clicks are counted
        row = SavedSearch.objects.filter(
            office=office, address_hash=address_hash(email), query_hash=hash_of(querystring)
        ).first() or SavedSearch.start(office, querystring, email, frequency)
        if (row.letters and row.letter_asked_at > now - pause) or _too_many(office, row.address_hash, now):
            return
        row.letter_wanted, row.letter_asked_at, row.letters = True, now, row.letters + 1
        changed = ["letter_wanted", "letter_asked_at", "letters"]
        if row.confirmed_at is None:
            row.frequency, row.seen_until = frequency, now
            changed += ["frequency", "seen_until"]
        row.save(update_fields=None if row.pk is None else changed)
        if not is_in_hands(row):  # else that task, or the timetable after it, sends this letter too
            hand_over(row)


def confirm(row: SavedSearch) -> None:
    """Begin to tell. A second time does no harm."""
    now = timezone.now()
    SavedSearch.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, next_due_at=row.next_due(now), letter_wanted=False
    )


def change_frequency(row: SavedSearch, frequency: Frequency) -> None:
    """Tell as often as this from now on."""
    row.frequency = frequency
    SavedSearch.objects.filter(pk=row.pk, confirmed_at__isnull=False).update(
        frequency=frequency, next_due_at=row.next_due(timezone.now())
    )


def unsubscribe(key: str) -> None:
    """Delete whatever this key opens, if anything."""
    SavedSearch.objects.filter(key_hash=hash_of(key)).delete()


def _too_many(office: Office, address: str, now: dt.datetime) -> bool:
    limits = settings.SAVED_SEARCH_LIMITS
    asked = SavedSearch.objects.filter(letter_asked_at__gt=now - dt.timedelta(days=1))
    to_address = asked.filter(address_hash=address).aggregate(sum=Sum("letters"))["sum"] or 0
    of_office = asked.filter(office=office, letter_asked_at__gt=now - dt.timedelta(hours=1)).count()
    return (
        to_address >= limits["letters_per_address_and_day"]
        or of_office >= limits["letters_per_office_and_hour"]
    )
