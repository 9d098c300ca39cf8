"""Judges whether a page's text is language, or only looks like text.

Having text is not having content: fonts without a mapping give control characters, punctuation or other letters; a
portal's footer on a scan is text, and the scan is not. The measure is the share of three-letter runs that are common
in Indonesian or English (`trigrams.txt`: the 500 commonest of 477 regulations and the 250 commonest of English
documentation). Running text scores 0.6 to 0.9, tables and lists of names 0.3 to 0.7, enciphered text below 0.1.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_WORD = re.compile(r"[^\W\d_]+")
_NOT_ALNUM = re.compile(r"[\W_]+")
_TOKEN = re.compile(r"\S+")
_CID = re.compile(r"\(cid:\d+\)")
_BAD = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ufffe\ue000-\uf8ff]")
# pdfium reports a hyphen at the end of a line as one of these: no sign of a broken font.
_LINE_END_HYPHEN = re.compile("[\x02\ufffe](?=\\s*\r?\n|$)")
# "2Ol7", "0LT": digits and letters mixed as OCR mixes them; "2a", "188.44/765", "ke-2" and "II.3" are no such thing.
_MIXED = re.compile(r"(?:\d+[A-Za-z]+\d[\dA-Za-z]*|[A-Z]*\d+[OlI]+[A-Z\d]*|[a-z]+\d[a-z]+)")

LANGUAGE_THRESHOLD = 0.2
"""Below this share of known trigrams a text is no language."""
GOOD_WORD_THRESHOLD = 0.34


@cache
def _trigrams() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("trigrams.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1 << 16)
def _runs(word: str) -> tuple[int, int]:
    """Return how many of a word's three-letter runs are common, and how many it has; words come again and again."""
    padded = f"_{word.lower()}_"
    runs = [padded[start : start + 3] for start in range(len(padded) - 2)]
    return sum(run in _trigrams() for run in runs), len(runs)


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


def judge(raw: str) -> Quality:
    """Judge the text of one page as the extractor gave it (before cleaning, which hides the signs of garbage)."""
    text = _LINE_END_HYPHEN.sub("-", raw)
    characters = len("".join(text.split()))
    bad = len(_BAD.findall(text)) + 4 * len(_CID.findall(text))
    words = [word for word in _WORD.findall(text) if len(word) >= 2]
    letters = sum(map(len, words))
    alnum = len(_NOT_ALNUM.sub("", text))
    runs = [_runs(word) for word in words if word.isascii()]
    language = sum(known for known, _ in runs) / sum(total for _, total in runs) if runs else 0.0
    tokens = _TOKEN.findall(text)
    short = sum(len(word) <= 2 for word in _WORD.findall(text))
    torn = len(words) + short >= 60 and short > 0.55 * len(_WORD.findall(text))
    garbage = characters > 0 and (
        bad > 0.05 * characters
        or (characters >= 60 and alnum < 0.4 * characters and ".." not in text and "__" not in text)
        or (letters >= 60 and language < LANGUAGE_THRESHOLD)
        or (torn and letters > 0.6 * characters)
    )
    return Quality(
        characters=characters,
        words=len(words),
        good_words=sum(map(is_good_word, words)) + sum(token.strip(".,;:()").isdigit() for token in tokens),
        language=language,
        garbage=garbage,
        oddities=sum(bool(_MIXED.fullmatch(token.strip(".,;:()[]\"'"))) for token in tokens)
        / max(1, len(tokens)),
    )
