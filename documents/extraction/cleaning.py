"""Makes extracted text fit to be stored, searched and shown."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher

_NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Zero-width and fill characters that some producers put inside words ("Peratu\u200bran"), soft hyphens, and control
# characters.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ud800-\udfff"
    "\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff]"
)
# Every run of spaces that is not one plain space already.
_SPACE = " \t\u00a0\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f" [{_SPACE}]+|[{_SPACE[1:]}][{_SPACE}]*")
_BROKEN = re.compile(r"[-\u00ad\x02\ufffe][ \t]*\n")
# A word is taken whole (possessive): a long one without a hyphen behind it is not tried from each of its letters.
_BREAK = re.compile(r"(?<!\w)(\w++)[-\u00ad\x02\ufffe][ \t]*\n[ \t]*(\w+)")
_SPACED_CAPITALS = re.compile(r"(?<!\S)((?:[A-Z] ){4,}[A-Z]{1,3})(?!\S)")
_CAPITALS_APART = re.compile("[A-Z] [A-Z] [A-Z] [A-Z] ")
_MANY_LINES = re.compile(r"\n{3,}")
_PAGE_MARK = re.compile(r"-\s*\d{1,4}\s*-")
_GLUED_URL = re.compile(r"(?<=\w)(?=(?:www\.|https?://))")
_DOMAIN_END = re.compile(
    r"\.(?:co|go|or|ac|sch|web|desa)?\.?(?:id|org|com|net|info)\b", re.IGNORECASE
)  # stands in every match of _DOMAIN, and is found quickly
_DOMAIN = re.compile(
    r"(?:https?://)?(?:www\.)?(?:[a-z0-9-]+\.)+(?:co|go|or|ac|sch|web|desa)?\.?(?:id|org|com|net|info)\b(?:/[^\s]*)?",
    re.IGNORECASE,
)


def _join(match: re.Match) -> str:
    """Join a word that was broken at the end of a line; a reduplication ("undang-undang") keeps its hyphen."""
    first, second = match.group(1), match.group(2)
    if first[-1].isdigit() or len(first) < 2:
        return f"{first}-\n{second}"  # "- 2 -", a list mark or a range: no broken word
    keep = second[0].isupper() or second[0].isdigit() or second.lower()[:4] in first.lower()
    return f"{first}-{second}\n" if keep else f"{first}{second}\n"


def clean_text(raw: str) -> str:
    """Return `raw` in NFC without NUL, control and invisible characters, with broken and spaced-out words joined.

    Lines stay lines, runs of spaces become one space. PostgreSQL refuses NUL, and a control character inside a word
    makes the word unfindable.
    """
    text = raw.replace("\r\n", "\n")
    text = _NEWLINES.sub("\n", raw if "\r" in text else text)
    if _BROKEN.search(text):
        text = _BREAK.sub(_join, text)
    text = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    text = "\n".join([line.strip() for line in _SPACES.sub(" ", text).split("\n")])
    if _CAPITALS_APART.search(text):
        text = _SPACED_CAPITALS.sub(lambda match: match.group(1).replace(" ", ""), text)
    return _MANY_LINES.sub("\n\n", text).strip()


def drop_page_mark(text: str, number: int) -> str:
    """Return the page's text without a line that only numbers the page ("- 7 -", or its bare number) at either end."""
    lines = text.split("\n")
    for position in (0, -1):
        if lines and (_PAGE_MARK.fullmatch(lines[position]) or lines[position] == str(number)):
            lines.pop(position)
    return "\n".join(lines).strip()


def _unglued(text: str) -> str:
    """Put a space before addresses that stand against a word."""
    return _GLUED_URL.sub(" ", text) if "www." in text or "http" in text else text


def _domains(text: str) -> list[str]:
    text = _unglued(text)
    if not _DOMAIN_END.search(text):
        return []
    words = [word for word in text.split() if _DOMAIN_END.search(word)]
    return [match.group(0) for word in words for match in _DOMAIN.finditer(word)]


def find_stamps(pages: Iterable[str]) -> set[str]:
    """Return the web addresses that a portal stamped on the pages, in lower case.

    A stamp is an address that stands on at least three pages and on at least 60 % of them ("www.legalitas.org").
    """
    count: Counter[str] = Counter()
    total = 0
    for text in pages:
        total += 1
        count.update({domain.lower() for domain in _domains(text)})
    return {domain for domain, seen in count.items() if seen >= 3 and seen >= 0.6 * total}


def drop_stamps(text: str, stamps: set[str]) -> str:
    """Return `text` without the stamped addresses, also where OCR read one letter of them wrong."""
    if not stamps:
        return text

    def replace(match: re.Match) -> str:
        found = match.group(0).lower()
        near = any(found == stamp or SequenceMatcher(None, found, stamp).ratio() > 0.85 for stamp in stamps)
        return "" if near else match.group(0)

    lines = []
    for line in text.split("\n"):
        kept = _unglued(line)
        if _DOMAIN_END.search(kept):
            kept = _DOMAIN.sub(replace, kept)
        if kept != line:
            kept = kept.strip()
            if not any(char.isalnum() for char in kept):
                continue
        lines.append(kept)
    return "\n".join(lines).strip()
