"""Marked extracts: the piece of a text where the wanted words stand closest, escaped, with ``<mark>`` around them."""

from __future__ import annotations

import bisect
from collections.abc import Callable

from django.utils.html import escape

from search.language.tokens import token_spans

EXTRACT_LENGTH = 230
_AS_GOOD = 0.85  # of the best form of the same thing
SCANNED = 16_000  # characters of one page that are looked at, around where the engine found the words
#: word -> (worth of marking it, what of the query it stands for), or None when it is not wanted
Wanted = Callable[[str], tuple[float, str] | None]


def mark(text: str, wanted: Wanted) -> str:
    """The whole text, escaped, wanted words marked; words of a phrase share one mark."""
    return _render(text, [(start, end) for _, start, end in _found(text, wanted)])


def extract(text: str, wanted: Wanted, near: float = 0.0, length: int = EXTRACT_LENGTH) -> str:
    """The best piece of ``text`` of about ``length`` characters, or "" when no wanted word stands in it.

    ``near`` is where to look in a long text, as a share of its length (0 to 1).
    """
    offset = 0
    if len(text) > SCANNED:
        middle = int(len(text) * min(max(near, 0.0), 1.0))
        offset = max(0, min(middle - SCANNED // 2, len(text) - SCANNED))
        text = text[offset : offset + SCANNED]
    found = _found(text, wanted)
    if not found:
        return ""
    first, last = _best_window(found, length)
    start = found[first][1]
    end = found[last][2]
    spare = max(0, length - (end - start))
    left = _word_start(text, max(0, start - spare // 3))
    right = _word_end(text, min(len(text), left + max(length, end - left)))
    inside = [(s - left, e - left) for _, s, e in found if left <= s and e <= right]
    html = _render(text[left:right], inside)
    html = " ".join(html.split())
    return f"{'… ' if left or offset else ''}{html}{' …' if right < len(text) else ''}"


def _found(text: str, wanted: Wanted) -> list[tuple[float, int, int]]:
    """(worth, start, end) of wanted words; where the word itself stands, its other forms are not marked."""
    found = []
    best: dict[str, float] = {}
    for term, start, end in token_spans(text):
        match = wanted(term)
        if match:
            worth, key = match
            best[key] = max(best.get(key, 0.0), worth)
            found.append((worth, key, start, end))
    return [(worth, start, end) for worth, key, start, end in found if worth >= best[key] * _AS_GOOD]


def _best_window(found: list[tuple[float, int, int]], length: int) -> tuple[int, int]:
    """Indexes of the first and last find of the window with the most worth; each place counted, repeats less."""
    starts = [start for _, start, _ in found]
    best, best_worth = (0, 0), -1.0
    for first, (_, start, _) in enumerate(found):
        last = bisect.bisect_right(starts, start + length) - 1
        seen: dict[float, int] = {}
        worth = 0.0
        for value, _, _ in found[first : last + 1][:40]:
            seen[value] = seen.get(value, 0) + 1
            worth += value / seen[value]
        if worth > best_worth + 1e-9:
            best, best_worth = (first, last), worth
    return best


def _word_start(text: str, place: int) -> int:
    if place <= 0:
        return 0
    blank = text.find(" ", place, place + 30)
    return blank + 1 if blank >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    blank = text.rfind(" ", max(0, place - 30), place)
    return blank if blank > 0 else place


def _render(text: str, spans: list[tuple[int, int]]) -> str:
    """Escape, and mark the spans; spans with only blanks or a hyphen between them become one mark."""
    joined: list[list[int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1][1] = max(joined[-1][1], end)
        elif joined and text[joined[-1][1] : start].strip(" \n\t-") == "" and start - joined[-1][1] <= 3:
            joined[-1][1] = end
        else:
            joined.append([start, end])
    parts, last = [], 0
    for start, end in joined:
        parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
        last = end
    return "".join([*parts, escape(text[last:])])
