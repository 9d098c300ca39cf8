"""The query language: what somebody typed, taken apart. Anything may be typed; nothing here raises.

``"daftar pemilih tetap"`` is a phrase, ``-kampanye`` excludes, ``tahun:2024`` ``jenis:uu`` ``nomor:14``
``klasifikasi:berkala`` filter (also ``kategori:``, ``status:``, ``berkas:``). Every other sign is
punctuation: no search engine's own syntax means anything here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from common.citations import Citation, find_citations
from common.regulation_types import type_code
from search.language.tokens import tokenize

MAX_TEXT = 500
MAX_WORDS = 40

#: Facets that may be typed into the text. ``nomor`` is not a facet but may be typed too.
TYPED_FILTERS = ("jenis", "tahun", "klasifikasi", "kategori", "status", "berkas")
_ALIASES = {"no": "nomor", "thn": "tahun", "th": "tahun", "kelas": "klasifikasi", "format": "berkas"}
_FIELD = re.compile(
    r"(?<!\S)(?P<name>jenis|tahun|thn|th|klasifikasi|kelas|kategori|status|berkas|format|nomor|no)"
    r":(?:\"(?P<quoted>[^\"]*)\"|(?P<value>[^\s\"]+))",
    re.IGNORECASE,
)
_PHRASE = re.compile(r'(?P<minus>(?<!\S)-)?"(?P<phrase>[^"]*)(?:"|$)')
_MINUS = re.compile(r"(?<!\S)-(?P<word>[^\W_][^\s]*)")
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02", '"'))
_YEARS = re.compile(r"((?:1[89]|20)\d{2})(?:\s*(?:-|\.\.|\u2013)\s*((?:1[89]|20)\d{2}))?")


@dataclass(frozen=True)
class ParsedQuery:
    """The parts of a query, words folded as in the index.

    ``words`` are the loose words in the order typed; ``phrases`` and ``excluded`` are word sequences;
    ``filters`` are the facets typed inline; ``numbers`` what stood after ``nomor:``; ``citations`` the
    instruments named. ``plain`` is the text without operators, as it was typed.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    plain: str = ""
    loose: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True when there is no word, phrase, number or citation to look for."""
        return not (self.words or self.phrases or self.numbers or self.citations)


def clean_text(raw: str, limit: int = MAX_TEXT) -> tuple[str, str]:
    """(text that can be shown and stored, a sentence in Indonesian about what was wrong, or "").

    Control characters, bidirectional marks and lone surrogates go, blanks collapse, the text ends at
    ``limit`` characters (at a blank where there is one).
    """
    problem = ""
    text = raw[: limit * 8]
    kept = []
    for char in text:
        category = unicodedata.category(char)
        if category in ("Cc", "Zs", "Zl", "Zp"):
            kept.append(" ")
        elif category not in ("Cf", "Cs", "Co", "Cn"):
            kept.append(char)
    text = " ".join("".join(kept).split())
    if len(text) > limit or len(raw) > limit * 8:
        text = text[:limit]
        text = text.rsplit(" ", 1)[0] if " " in text[limit // 2 :] else text
        problem = (
            f"Kalimat pencarian terlalu panjang. Kami memakai {limit} huruf pertama; "
            "coba beberapa kata yang paling penting saja."
        )
    if text and not any(char.isalnum() for char in text):
        problem = "Pencarian ini hanya berisi tanda baca. Ketik satu kata atau lebih."
    return text, problem


@lru_cache(maxsize=512)
def parse_query(text: str) -> ParsedQuery:
    """Take a cleaned text apart."""
    text = text.translate(_QUOTES)
    filters: dict[str, list[str]] = {}
    numbers: list[str] = []
    rest = _FIELD.sub(lambda match: _take_field(match, filters, numbers), text)
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []

    def take_phrase(match: re.Match) -> str:
        words = tuple(tokenize(match["phrase"]))[:MAX_WORDS]
        if words:
            (excluded if match["minus"] else phrases).append(words)
        return " "

    def take_minus(match: re.Match) -> str:
        words = tuple(tokenize(match["word"]))[:MAX_WORDS]
        if words:
            excluded.append(words)
        return " "

    citations = tuple(find_citations(_PHRASE.sub(lambda m: " " if m["minus"] else f" {m['phrase']} ", rest)))
    rest = _MINUS.sub(take_minus, _PHRASE.sub(take_phrase, rest))
    outside, last = [], 0
    for citation in find_citations(rest):
        if citation.is_complete:
            outside.append(rest[last : citation.start])
            last = citation.end
    outside.append(rest[last:])
    return ParsedQuery(
        words=tuple(tokenize(rest))[:MAX_WORDS],
        phrases=tuple(phrases[:8]),
        excluded=tuple(excluded[:8]),
        filters={name: tuple(dict.fromkeys(values)) for name, values in filters.items()},
        numbers=tuple(numbers[:4]),
        citations=citations[:8],
        plain=" ".join(rest.split()),
        loose=tuple(tokenize(" ".join(outside)))[:MAX_WORDS],
    )


def strip_field(text: str, name: str) -> str:
    """The text without an inline filter of that name (``tahun:2024``), everything else as typed."""

    def drop(match: re.Match) -> str:
        found = match["name"].lower()
        return "" if _ALIASES.get(found, found) == name else match.group()

    return " ".join(_FIELD.sub(drop, text).split()) if ":" in text else text


def _take_field(match: re.Match, filters: dict[str, list[str]], numbers: list[str]) -> str:
    name = match["name"].lower()
    name = _ALIASES.get(name, name)
    value = (match["quoted"] if match["quoted"] is not None else match["value"]).strip().strip(",;")
    if not value:
        return " "
    if name == "nomor":
        numbers.append(value)
        return " "
    values = _field_values(name, value)
    if not values:
        return f" {value} "
    filters.setdefault(name, []).extend(values)
    return " "


def _field_values(name: str, value: str) -> list[str]:
    """The facet values that a typed filter means; empty when it is not one, so that it counts as a word."""
    if name == "tahun":
        match = _YEARS.fullmatch(value)
        if not match:
            return []
        first, last = int(match[1]), int(match[2] or match[1])
        return [str(year) for year in range(min(first, last), max(first, last) + 1)][:100]
    if name == "jenis":
        return [type_code(value) or value.lower()]
    if name == "klasifikasi":
        return [re.sub(r"[\s-]+", "_", value.lower())]
    return [re.sub(r"[\s_]+", "-", value.lower())]
