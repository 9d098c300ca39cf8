"""The editors' tables as readings of a query, the same for every engine."""

from __future__ import annotations

from functools import lru_cache

from search.language.lexicon import Readings
from search.vocabulary import ABBREVIATION_WEIGHT, Abbreviation, Synonym


def load_readings() -> Readings:
    """The editors' tables as they are now; made ready again only when a row has changed."""
    abbreviations = tuple(Abbreviation.objects.order_by("pk").values_list("short", "long"))
    synonyms = tuple(Synonym.objects.order_by("pk").values_list("words", "one_way", "weight"))
    return _readings_of(abbreviations, synonyms)


@lru_cache(maxsize=4)
def _readings_of(abbreviations: tuple, synonyms: tuple) -> Readings:
    groups = [
        ([form.strip() for form in words.split(",")], one_way, weight) for words, one_way, weight in synonyms
    ]
    return Readings(abbreviations, groups, ABBREVIATION_WEIGHT)
