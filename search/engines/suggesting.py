"""What a reader may have meant, told with the results: "Maksud Anda …?". The same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from search.language.correction import corrected_text
from search.types import SearchResults, Suggestion


def with_correction(
    results: SearchResults, corrections: Mapping[str, str], stands: Callable[[Iterable[str]], bool]
) -> SearchResults:
    """Tell what was searched instead of misspelt words (word -> words).

    ``stands`` says whether words stand in what this reader may find: one that stands only in what is not public is not
    told.
    """
    text = results.query.text
    if not corrections or not results.total:
        return results
    better = corrected_text(text, corrections)
    if better == text or not stands(word for phrase in corrections.values() for word in phrase.split()):
        return results
    query = replace(results.query, text=better, page=1)
    return replace(results, suggestion=Suggestion(better, query.querystring()))
