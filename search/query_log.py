"""What is searched for, without who: the words, how often, by day and office."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError, connection, models, transaction
from django.db.models import F
from django.utils import timezone

MAX_LOGGED = 120
#: The office of a search on a host that belongs to none.
ALL_OFFICES = 0
_LONG_NUMBER = re.compile(r"\d(?:[ .-]?\d){8,}")  # telephone, NIK, account


class LoggedQuery(models.Model):
    """One search text on one day at one office's site: how often it was asked, how many hits it had last.

    Nothing about the person is stored. Texts that look like somebody's data (long numbers, e-mail addresses) are
    not stored at all.
    """

    day = models.DateField()
    office_id = models.BigIntegerField(default=ALL_OFFICES)
    text = models.CharField(max_length=MAX_LOGGED)
    count = models.PositiveIntegerField(default=1)
    total = models.PositiveIntegerField(default=0, help_text="Hits at the last time.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "office_id", "text"], name="one_row_a_query_and_day")
        ]
        indexes = [models.Index(fields=["office_id", "day"], name="search_log_day")]
        verbose_name = "kata yang dicari"
        verbose_name_plural = "kata yang dicari"

    def __str__(self):
        return self.text


def log_query(text: str, total: int, office_id: int | None, day: dt.date | None = None) -> None:
    """Count one search on a day (the office's; today where there is none). Silent about texts that may hold personal
    data."""
    text = " ".join(text.lower().split())[:MAX_LOGGED]
    if not text or "@" in text or _LONG_NUMBER.search(text):
        return
    day = day or timezone.localdate()
    try:
        with _short_wait():
            _count({"day": day, "office_id": office_id or ALL_OFFICES, "text": text}, total)
    except OperationalError:
        pass  # somebody writes (SQLite): a reader does not wait for a statistic


def _count(key: dict, total: int) -> None:
    if LoggedQuery.objects.filter(**key).update(count=F("count") + 1, total=total):
        return
    try:
        with transaction.atomic():
            LoggedQuery.objects.create(**key, total=total)
    except IntegrityError:
        LoggedQuery.objects.filter(**key).update(count=F("count") + 1, total=total)


@contextmanager
def _short_wait():
    """Do not wait for another writer's lock on SQLite longer than a blink."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    seconds = connection.settings_dict.get("OPTIONS", {}).get("timeout", 5)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
