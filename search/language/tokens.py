"""Cutting text into words, the same way for what is indexed and for what is typed.

A token is a run of letters and digits in lower case without accents. Everything else separates: a regulation
number such as ``8/HK.03.01/3673/2021`` becomes ``8 hk 3 1 3673 2021``, found whole as a phrase and by each
part, and leading zeros do not matter. Reduplication written with a figure (``undang2``) becomes two words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: Longer runs of letters (words run together by OCR) are cut: the width of the index column.
MAX_TERM = 40
#: Characters of a text's normal form: the width of the columns that hold one.
MAX_NORMAL_FORM = 400

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "'\u2018\u2019\u02bc\u00b4`"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPECIAL = {**dict.fromkeys(_DASHES, "-"), **dict.fromkeys(_INVISIBLE, ""), "\u00b2": "2"}
_SPECIALS = re.compile(f"[{''.join(_SPECIAL)}]")

_TOKEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?![\d.]*\d)|[^\W_]+")
_PLAIN_TOKEN = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9.]*[0-9])|[a-z0-9]+")  # the same of ASCII, sooner
_WORD_APOSTROPHE = re.compile(rf"(?<=[^\W\d_])[{_APOSTROPHES}](?=[^\W\d_])")
_HYPHEN_BREAK = re.compile(r"-[ \t]*\r?\n[ \t]*(?=[^\W\d_])")
_SPACED_LETTERS = re.compile(r"(?<![^\W\d_])[^\W\d_](?: [^\W\d_]){3,}(?![^\W\d_])")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_MAYBE_SPACED = re.compile(r" [A-Za-z] [A-Za-z] [A-Za-z]")
_MARKS = re.compile(r"[\u0300-\u036f]+")
_REDUPLICATED = re.compile(r"([a-z]{3,})2([a-z]{0,3})")
_OCR_YEAR = re.compile(r"[12il][0-9oil]{3}")


def fold(text: str) -> str:
    """Lower case, compatibility forms and accents folded, one kind of dash, nothing invisible."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", _SPECIALS.sub(_plain_sign, text))
        text = _MARKS.sub("", text)
    return text.lower()


def _plain_sign(match: re.Match) -> str:
    return _SPECIAL[match.group()]


def mend(text: str) -> str:
    """Join what typesetting and OCR cut where that is safe: words broken at a line end, letters set apart.

    A hyphen at a line end is kept when it joins a doubled word ("undang-" / "undang").
    """
    if "-" in text:
        text = _HYPHEN_BREAK.sub(_join_break, text)
    if _MAYBE_SPACED.search(text):
        text = _SPACED_LETTERS.sub(lambda match: match.group().replace(" ", ""), text)
    return text


def _join_break(match: re.Match) -> str:
    text = match.string
    word = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())
    if word is None:
        return "-"
    left, right = word.group(), text[match.end() : match.end() + 3]
    # A capital before the hyphen is a code (KPU-Kot), an equal beginning a doubled word (undang-undang).
    return "-" if left[-1].isupper() or left[:3].lower() == right.lower() else ""


def normalize_token(raw: str) -> tuple[str, ...]:
    """The index terms of one raw token (already folded): usually itself."""
    if raw.isalpha():
        return (raw[:MAX_TERM],)
    if raw.isdigit():
        return (raw.lstrip("0") or "0",) if len(raw) < 20 else (raw[:MAX_TERM],)
    if "." in raw:
        return (raw.replace(".", "").lstrip("0") or "0",)
    match = _REDUPLICATED.fullmatch(raw)
    if match:
        return (match[1], match[1] + match[2])
    if _OCR_YEAR.fullmatch(raw) and sum(ch.isdigit() for ch in raw) >= 2:
        year = raw.replace("o", "0").replace("i", "1").replace("l", "1")
        if "1800" <= year <= "2100":
            return (year,)
    return (raw[:MAX_TERM],)


def raw_tokens(text: str) -> list[str]:
    """Raw tokens of ``text``; pass each through :func:`normalize_token` (callers cache that)."""
    folded = fold(mend(text))
    if "'" in folded or "`" in folded or not folded.isascii():
        folded = _WORD_APOSTROPHE.sub("", folded)
    return (_PLAIN_TOKEN if folded.isascii() else _TOKEN).findall(folded)


def tokenize(text: str) -> list[str]:
    """The index terms of ``text``, in order."""
    return [term for raw in raw_tokens(text) for term in normalize_token(raw)]


def normal_form(text: str) -> str:
    """What two texts share when they ask with the same words: each term once, in alphabetical order.

    At most :data:`MAX_NORMAL_FORM` characters, so that it fits a column.
    """
    return " ".join(sorted(set(tokenize(text))))[:MAX_NORMAL_FORM]


#: A run of text that holds one raw token or more, as it stands.
SPAN = re.compile(rf"\d{{1,3}}(?:\.\d{{3}})+(?![\d.]*\d)|[^\W_]+(?:[{_APOSTROPHES}][^\W\d_]+)*")


def token_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of each token in the text as it stands, for highlighting. One entry a term."""
    for match in SPAN.finditer(text):
        for term in span_terms(match[0]):
            yield term, match.start(), match.end()


@lru_cache(maxsize=200_000)
def span_terms(span: str) -> tuple[str, ...]:
    """The index terms of one :data:`SPAN` as it stands in a text."""
    folded = fold(span)
    for mark in _APOSTROPHES:
        folded = folded.replace(mark, "")
    return tuple(term for raw in _TOKEN.findall(folded) for term in normalize_token(raw))
