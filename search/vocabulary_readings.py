"""The editors' tables as readings of a query, the same for every engine."""

from __future__ import annotations

import time
from functools import lru_cache

from django.db.models.signals import post_delete, post_save

from search.changes import VOCABULARY_CLOCK, advance, clocks
from search.language.lexicon import Readings
from search.vocabulary import ABBREVIATION_WEIGHT, Abbreviation, Synonym

#: Rows changed behind the site's back (no signal) are seen after so many seconds.
SECONDS = 60.0
_last: tuple[int, float, Readings] | None = None


def load_readings(version: int | None = None) -> Readings:
    """The editors' tables as they are now; read again only when a row has changed.

    ``version`` is the tables' clock (`search.changes.clocks`), where the caller has just read it.
    """
    global _last
    version = clocks()[1] if version is None else version
    last = _last
    if last is None or last[0] != version or time.monotonic() - last[1] > SECONDS:
        last = _last = (version, time.monotonic(), _read())
    return last[2]


def connect() -> None:
    """Advance the tables' clock in the transaction that changes a row."""
    for model in (Abbreviation, Synonym):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"search.vocabulary.{model.__name__}")


def forget() -> None:
    """Read the tables anew (tests)."""
    global _last
    _last = None


def _changed(**_kwargs) -> None:
    advance(VOCABULARY_CLOCK)


def _read() -> Readings:
    abbreviations = tuple(Abbreviation.objects.order_by("pk").values_list("short", "long"))
    synonyms = tuple(Synonym.objects.order_by("pk").values_list("words", "one_way", "weight"))
    return _readings_of(abbreviations, synonyms)


@lru_cache(maxsize=4)
def _readings_of(abbreviations: tuple, synonyms: tuple) -> Readings:
    groups = [
        ([form.strip() for form in words.split(",")], one_way, weight) for words, one_way, weight in synonyms
    ]
    return Readings(abbreviations, groups, ABBREVIATION_WEIGHT)
