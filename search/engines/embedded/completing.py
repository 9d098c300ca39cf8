"""What somebody may be typing: titles and citations whose words begin with the typed ones.

A record's names stand folded in one column (:func:`called`), so one statement finds, ranks and checks what is public.
No posting and no text is read, and nothing is kept in the process.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Length, NullIf
from wagtail.models import Page

from catalogue.enums import RegulationStatus
from search.completing import completion_of, typed_words
from search.engines.embedded.filtering import scope_condition, visible_records
from search.index_models import SearchIndex
from search.language.tokens import tokenize
from search.records import IndexRecord
from search.types import Completion, SearchQuery

MAX_CALLED = 4_000  # characters of a record's names


def called(record: IndexRecord) -> str:
    """A record's names as they are looked for: a line each for citation, other writings, title and heading.

    Every word has a blank on either side and every line a line feed before it, so that ``" pem"`` stands where a word
    begins with it, ``" pemilu "`` where it is the word, and ``"\\n pem"`` where a name begins with it.
    """
    names = dict.fromkeys(
        " ".join(tokenize(name))
        for name in (record.citation, *record.names, record.title, record.heading)
        if name
    )
    return "".join(f"\n {name} " for name in names if name)[:MAX_CALLED]


def complete(index: SearchIndex, query: SearchQuery, limit: int) -> list[Completion]:
    """Public records of the query's scope that the text may be the beginning of, best first."""
    words = typed_words(query.text)
    if not words or limit < 1:
        return []
    records = visible_records(index).filter(scope_condition(query))
    records = _ranked(_beginning_with(records, words), words)[:limit]
    pages = Page.objects.in_bulk([record.page_id for record in records if record.page_id])
    return [
        completion_of(
            title=record.title,
            citation=record.citation,
            heading=record.heading,
            kategori=record.kategori,
            page=pages.get(record.page_id),
        )
        for record in records
    ]


def _beginning_with(records: QuerySet, words: Sequence[str]) -> QuerySet:
    for word in words:
        records = records.filter(called__contains=f" {word}")
    return records


def _ranked(records: QuerySet, words: Sequence[str]) -> QuerySet:
    """Names that begin as typed come first, then whole words, what is in force, the shorter, the newer.

    Where a number was typed, the newer come before the shorter: it is an instrument's name, and all are equally long.
    """
    phrase = " ".join(words)
    newest = F("tahun").desc(nulls_last=True)
    last = (newest, F("length")) if any(word.isdigit() for word in words) else (F("length"), newest)
    return records.annotate(
        begins=_stands(f"\n {phrase}", 2) + _stands(f"\n {words[0]}", 1),
        together=_stands(f" {phrase}", 1),
        whole=sum((_stands(f" {word} ", 1) for word in words), Value(0)),
        revoked=Case(
            When(status=RegulationStatus.REVOKED.value, then=1), default=0, output_field=IntegerField()
        ),
        length=Length(Coalesce(NullIf("heading", Value("")), F("title"))),
    ).order_by("-begins", "-together", "-whole", "revoked", *last, "pk")


def _stands(text: str, worth: int) -> Case:
    return Case(When(Q(called__contains=text), then=worth), default=0, output_field=IntegerField())
