"""The timetable of the letters."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from search.subscriptions.delivery import hand_over
from search.subscriptions.models import SavedSearch

A_ROUND = 500  # rows that are handed over at a time; the next minute takes the next


def hand_over_due() -> str:
    """Queue a letter for everybody who is due, and once more for those whose letter could not be sent."""
    now = timezone.now()
    due = Q(confirmed_at__isnull=False, next_due_at__lte=now)
    free = Q(not_before__isnull=True) | Q(not_before__lte=now)
    rows = (
        SavedSearch.objects.known()
        .filter(free)
        .filter(due | Q(letter_wanted=True))
        .order_by("next_due_at", "pk")
    )
    count = 0
    for row in rows[:A_ROUND]:
        with transaction.atomic():
            hand_over(row)
        count += 1
    return f"{count} surel langganan diantrekan" if count else ""


def forget_unconfirmed() -> str:
    """Delete addresses that were not confirmed in time."""
    count, _ = SavedSearch.objects.forgotten().delete()
    return f"{count} alamat yang tidak dikonfirmasi dihapus" if count else ""
