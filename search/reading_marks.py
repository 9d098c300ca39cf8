"""Marks the words of a search in the reading view of a file, in whatever form they stand there."""

from collections.abc import Callable

from search.highlight import Remembering, mark
from search.language.query import clean_text, parse_query
from search.language.stemmer import stem
from search.language.words import STOP_WORDS


def marker(query: str) -> Callable[[str], str] | None:
    """Return what escapes a text and marks the words of `query` in it, or None when there is nothing to mark."""
    parsed = parse_query(clean_text(query)[0])
    words = {word for word in (*parsed.words, *parsed.numbers) if word not in STOP_WORDS}
    words |= {word for phrase in parsed.phrases for word in phrase}
    stems = {stem(word) for word in words}
    if not stems:
        return None
    wanted = Remembering(lambda term: (1.0, term) if term in words or stem(term) in stems else None)
    return lambda text: mark(text, wanted)
