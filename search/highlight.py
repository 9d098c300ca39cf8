"""Marked extracts: the piece of a text where the wanted words stand closest, escaped, with ``<mark>`` around them."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Callable
from html import escape

from search.language.tokens import SPAN, span_terms

_WORDS = re.compile(f"({SPAN.pattern})")
EXTRACT_LENGTH = 230
_AS_GOOD = 0.85  # of the best form of the same thing
#: Characters of one page that are looked at, around where the engine found the words: first few, then more.
SCANNED_FIRST, SCANNED = 1_600, 16_000
#: word -> (worth of marking it, what of the query it stands for), or None when it is not wanted
Wanted = Callable[[str], tuple[float, str] | None]


def mark(text: str, wanted: Wanted) -> str:
    """The whole text, escaped, wanted words marked; words of a phrase share one mark."""
    return _render(text, [(start, end) for _, start, end in _found(text, wanted)])


def extract(text: str, wanted: Wanted, near: float = 0.0, length: int = EXTRACT_LENGTH) -> str:
    """The best piece of ``text`` of about ``length`` characters, or "" when no wanted word stands in it.

    ``near`` is where to look in a long text, as a share of its length (0 to 1).
    """
    offset, piece, found = 0, text, []
    for scanned in (max(SCANNED_FIRST, len(text) // 8), SCANNED):
        offset, piece = _around(text, near, min(scanned, SCANNED))
        found = _found(piece, wanted)
        if found or piece == text:
            break
    if not found:
        return ""
    whole, text = len(text), piece
    first, last = _best_window(found, length)
    start = found[first][1]
    end = found[last][2]
    spare = max(0, length - (end - start))
    left = _word_start(text, max(0, start - spare // 3))
    right = _word_end(text, min(len(text), left + max(length, end - left)))
    inside = [(s - left, e - left) for _, s, e in found if left <= s and e <= right]
    html = _render(text[left:right], inside)
    html = " ".join(html.split())
    return f"{'… ' if left or offset else ''}{html}{' …' if right < len(text) or offset + len(text) < whole else ''}"


def _around(text: str, near: float, length: int) -> tuple[int, str]:
    """(offset, piece) of about ``length`` characters around a share of the text, cut at blanks."""
    if len(text) <= length:
        return 0, text
    middle = int(len(text) * min(max(near, 0.0), 1.0))
    start = max(0, min(middle - length // 2, len(text) - length))
    start = _word_start(text, start)
    return start, text[start : _word_end(text, start + length)]


class Remembering:
    """A :data:`Wanted` that remembers what it decided of each written word: texts repeat their words."""

    def __init__(self, wanted: Wanted):
        self._wanted = wanted
        self._decided: set[str] = set()
        self._matches: dict[str, list[tuple[float, str]]] = {}  # of the written words that are wanted

    def __call__(self, term: str) -> tuple[float, str] | None:
        return self._wanted(term)

    def found(self, text: str) -> list[tuple[float, str, int, int]]:
        """(worth, what it stands for, start, end) of every wanted word of a text."""
        # Cut at once, word and what follows it in turn: a step for each of some thousand words would take longest.
        pieces = _WORDS.split(text)
        words = pieces[1::2]
        for raw in set(words) - self._decided:
            self._decided.add(raw)
            if matches := [found for term in span_terms(raw) if (found := self._wanted(term))]:
                self._matches[raw] = matches
        places = [place for place, raw in enumerate(words) if raw in self._matches]
        if not places:
            return []
        ends = list(itertools.accumulate(map(len, pieces)))
        return [
            (worth, key, ends[2 * place], ends[2 * place + 1])
            for place in places
            for worth, key in self._matches[words[place]]
        ]


def _found(text: str, wanted: Wanted) -> list[tuple[float, int, int]]:
    """(worth, start, end) of wanted words; where the word itself stands, its other forms are not marked."""
    found = (wanted if isinstance(wanted, Remembering) else Remembering(wanted)).found(text)
    best: dict[str, float] = {}
    for worth, key, _, _ in found:
        best[key] = max(best.get(key, 0.0), worth)
    return [(worth, start, end) for worth, key, start, end in found if worth >= best[key] * _AS_GOOD]


def _best_window(found: list[tuple[float, int, int]], length: int) -> tuple[int, int]:
    """Indexes of the first and last find of the window with the most worth; each place counted, repeats less."""
    starts = [start for _, start, _ in found]
    seen: dict[float, int] = {}
    best, best_worth, worth, end = (0, 0), -1.0, 0.0, 0
    for first, (value, start, _) in enumerate(found):
        last = bisect.bisect_right(starts, start + length)
        for added, _, _ in found[
            end:last
        ]:  # the n-th of a kind adds, and later takes away, an n-th of its worth
            seen[added] = seen.get(added, 0) + 1
            worth += added / seen[added]
        end = last
        if worth > best_worth + 1e-9:
            best, best_worth = (first, last - 1), worth
        worth -= value / seen[value]
        seen[value] -= 1
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
