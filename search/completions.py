"""Suggestions while somebody types: terms of the glossary first, then titles and citations from the search engine."""

from __future__ import annotations

from dataclasses import replace

from django.utils.text import slugify

from common.visibility import public
from home.models import GlossaryPage, GlossaryTerm, Office
from search import service
from search.language.tokens import tokenize
from search.types import Completion, SearchQuery

LIMIT = 8
MAX_TERMS = 2
MIN_LETTERS = 2
#: What nobody types to find a title; saves asking.
MAX_TEXT = 120
#: Longer texts are cut at a word and end with an ellipsis.
SHOWN = 110
TERM = "Istilah"


def complete(query: SearchQuery) -> list[Completion]:
    """At most eight things that the text may be the beginning of; none for an empty text or a single letter."""
    if query.problem or len(query.text) > MAX_TEXT:
        return []
    words = tokenize(query.text)
    if sum(map(len, words)) < MIN_LETTERS:
        return []
    found = _terms(words, query.office_id) + service.complete(query, LIMIT)
    kept: dict[tuple[str, str], Completion] = {}
    for completion in found:
        kept.setdefault((completion.kind, completion.text.casefold()), completion)
    return [
        replace(completion, text=shorten(completion.text), detail=shorten(completion.detail))
        for completion in list(kept.values())[:LIMIT]
    ]


def shorten(text: str, limit: int = SHOWN) -> str:
    """The text on one line, cut at a word where it is longer than ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    cut = cut.rsplit(" ", 1)[0] if " " in cut[limit // 2 :] else cut
    return cut.rstrip(" ,;:.-–(") + "…"


def _terms(words: list[str], office_id: int | None) -> list[Completion]:
    """Terms of the glossary of which a form has words that begin with the typed ones, in their order."""
    found = [term for term in GlossaryTerm.objects.all() if any(_begins(form, words) for form in term.forms)]
    # A term that is typed whole, or begins as typed, is meant rather than one that mentions the word.
    typed = " ".join(words)
    found.sort(key=lambda term: not any(" ".join(tokenize(form)).startswith(typed) for form in term.forms))
    if not found:
        return []
    address = _glossary_address(office_id)
    return [
        Completion(
            text=_named(term, words),
            url=f"{address}#{slugify(term.term)}" if address else "",
            kind=TERM,
            detail=term.explanation,
        )
        for term in found[:MAX_TERMS]
    ]


def _named(term: GlossaryTerm, words: list[str]) -> str:
    """The term, with the form that was typed where it is another: DPT (Daftar Pemilih Tetap)."""
    if _begins(term.term, words):
        return term.term
    return f"{term.term} ({next(form for form in term.forms if _begins(form, words))})"


def _begins(form: str, words: list[str]) -> bool:
    """Whether the typed words begin words that stand in this form in the same order."""
    rest = iter(tokenize(form))
    return all(any(word.startswith(typed) for word in rest) for typed in words)


def _glossary_address(office_id: int | None) -> str:
    """The page where an office explains its terms; "" when it has none that the public may see."""
    office = (
        Office.objects.filter(pk=office_id).select_related("site__root_page").first() if office_id else None
    )
    if office is None:
        return ""
    page = public(GlossaryPage.objects.child_of(office.home_page)).order_by("path").first()
    return (page.url if page else "") or ""
