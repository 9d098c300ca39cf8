"""Marks the words that somebody looked for. Which forms of a word count is known to a room above, which registers."""

from collections.abc import Callable

from django.utils.html import escape

Mark = Callable[[str], str]
"""Turns plain text into safe HTML."""

_makers: list[Callable[[str], Mark | None]] = []


def register_marker(maker: Callable[[str], Mark | None]) -> None:
    """Register `maker`: it takes a query and returns what marks its words in a text and escapes all else, or None."""
    if maker not in _makers:
        _makers.append(maker)


def marker_for(query: str) -> Mark:
    """Return what makes a text safe HTML, with the words of the query marked where anybody knows how."""
    if query.strip():
        for maker in _makers:
            if found := maker(query):
                return found
    return escape
