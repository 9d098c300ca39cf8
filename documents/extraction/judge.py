"""Judges whether a page's text is language, or only looks like text.

Having text is not having content: fonts without a mapping give control characters, punctuation or other letters; a
portal's footer on a scan is text, and the scan is not. The measure is the share of three-letter runs that are common
in Indonesian or English (`trigrams.txt`: the 500 commonest of 477 regulations and the 250 commonest of English
documentation). Running text scores 0.6 to 0.9, tables and lists of names 0.3 to 0.7, enciphered text below 0.1.
"""

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"[^\W\d_]+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_CID = re.compile(r"\(cid:\d+\)")
_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ufffe\ue000-\uf8ff]")
# pdfium reports a hyphen at the end of a line as one of these: no sign of a broken font.
_LINE_END_HYPHEN = re.compile("[\x02\ufffe](?=\\s*\r?\n|$)")
# "2Ol7", "0LT": digits and letters mixed as OCR mixes them; "2a", "188.44/765", "ke-2" and "II.3" are no such thing.
_MIXED = re.compile(r"(?:\d+[A-Za-z]+\d[\dA-Za-z]*|[A-Z]*\d+[OlI]+[A-Z\d]*|[a-z]+\d[a-z]+)")

_TRIGRAMS = frozenset(Path(__file__).with_name("trigrams.txt").read_text(encoding="utf-8").split())
_SIGNS = string.punctuation

LANGUAGE_THRESHOLD = 0.2
"""Below this share of known trigrams a text is no language."""
GOOD_WORD_THRESHOLD = 0.34


@lru_cache(maxsize=1 << 16)
def _runs(word: str) -> tuple[int, int]:
    """Return how many of a word's three-letter runs are common, and how many it has; words come again and again."""
    padded = f"_{word.lower()}_"
    total = len(padded) - 2
    return len([start for start in range(total) if padded[start : start + 3] in _TRIGRAMS]), total


def is_good_word(word: str) -> bool:
    """Tell whether a word of three letters or more looks like Indonesian or English."""
    known, total = _runs(word)
    return len(word) >= 3 and known >= GOOD_WORD_THRESHOLD * total


@dataclass(frozen=True)
class Quality:
    """What a text looks like."""

    characters: int
    """Characters other than spaces."""
    words: int
    """Words of two letters or more."""
    good_words: int
    """Words of three letters or more that look like language, and numbers."""
    language: float
    """Share of known trigrams, 0 to 1."""
    garbage: bool
    """Whether the text is worthless: unmapped, enciphered or torn into letters."""
    oddities: float
    """Share of tokens that mix letters and digits as bad OCR does, 0 to 1."""

    @property
    def confidence(self) -> float:
        """How far a reading without word confidences can be trusted, 0 to 1."""
        return max(0.0, min(0.9, self.language + 0.1) - 3 * self.oddities)

    @property
    def worth(self) -> float:
        """What two readings of one page are compared by."""
        return self.good_words * max(0.0, 1 - 5 * self.oddities)


class _Token(NamedTuple):
    """What the words between two spaces add to the judgement of a text."""

    characters: int
    all_words: int
    """Runs of letters, single letters too."""
    words: int
    """Of two letters or more."""
    short: int
    """Of two letters or less."""
    letters: int
    """In words of two letters or more."""
    known: int
    runs: int
    good: int
    odd: int


@lru_cache(maxsize=1 << 16)
def _token(token: str) -> _Token:
    """Weigh one token. Nothing that is counted crosses a space, so a text is weighed by its different tokens."""
    word = token.strip(_SIGNS)
    if word.isascii() and word.isalpha():  # the usual one, on a short way
        size = len(word)
        if size == 1:
            return _Token(len(token), 1, 0, 1, 0, 0, 0, 0, 0)
        known, runs = _runs(word)
        return _Token(len(token), 1, 1, size == 2, size, known, runs, is_good_word(word), 0)
    found = _WORD.findall(token)
    words = [word for word in found if len(word) >= 2]
    weights = [_runs(word) for word in words if word.isascii()]
    return _Token(
        characters=len(token),
        all_words=len(found),
        words=len(words),
        short=sum(len(word) <= 2 for word in found),
        letters=sum(map(len, words)),
        known=sum(known for known, _ in weights),
        runs=sum(total for _, total in weights),
        good=sum(map(is_good_word, words)) + token.strip(".,;:()").isdigit(),
        odd=bool(_MIXED.fullmatch(token.strip(".,;:()[]\"'"))),
    )


def judge(raw: str) -> Quality:
    """Judge the text of one page as the extractor gave it (before cleaning, which hides the signs of garbage)."""
    text = raw
    if "\x02" in raw or "\ufffe" in raw:
        text = _LINE_END_HYPHEN.sub("-", raw)
    tokens = text.split()
    sums = [sum(column) for column in zip(*map(_token, tokens), strict=True)]
    total = _Token(*sums) if sums else _Token(*[0] * len(_Token._fields))
    bad = len(_BAD.findall(text)) + (4 * len(_CID.findall(text)) if "(cid:" in text else 0)
    language = total.known / total.runs if total.runs else 0.0
    torn = total.words + total.short >= 60 and total.short > 0.55 * total.all_words
    characters, letters = total.characters, total.letters
    garbage = characters > 0 and (
        bad > 0.05 * characters
        or (characters >= 60 and _is_punctuation(text, characters, letters))
        or (letters >= 60 and language < LANGUAGE_THRESHOLD)
        or (torn and letters > 0.6 * characters)
    )
    return Quality(
        characters=characters,
        words=total.words,
        good_words=total.good,
        language=language,
        garbage=garbage,
        oddities=total.odd / max(1, len(tokens)),
    )


def _is_punctuation(text: str, characters: int, letters: int) -> bool:
    """Tell whether a text is mostly signs that are neither letters nor digits, and no form with dotted lines."""
    if letters >= 0.4 * characters or ".." in text or "__" in text:
        return False
    return len(_NOT_ALNUM.sub("", text)) < 0.4 * characters
