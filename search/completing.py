"""What completions have in common whatever engine finds them: the words that are asked for, and how one is shown."""

from __future__ import annotations

from wagtail.models import Page

from search.language.tokens import tokenize
from search.language.words import STOP_WORDS
from search.types import CATEGORIES, Completion

MAX_WORDS = 12
#: Typed between a type and its number; an instrument's name may have them or not.
_BETWEEN = frozenset("nomor no tahun thn".split())  # noqa: SIM905


def typed_words(text: str) -> list[str]:
    """The words that must be there. Small words, and those between type and number, are not asked for."""
    words = tokenize(text)
    if len(words) > MAX_WORDS:
        return []
    telling = [word for word in words if word not in STOP_WORDS and word not in _BETWEEN]
    return list(dict.fromkeys(telling or words))


def completion_of(*, title: str, citation: str, heading: str, kategori: str, page: Page | None) -> Completion:
    """A record as a completion: an instrument by its citation, with its subject below; anything else by its title."""
    text, detail = title, ""
    if citation:
        text = citation
        detail = heading or ("" if citation in title else title)
    return Completion(
        text=text,
        url=(page.url if page else "") or "",
        kind=CATEGORIES.get(kategori, kategori),
        detail=detail,
    )
