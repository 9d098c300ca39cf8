"""What resembles a page: its most telling words as an analysed query. Knows no engine.

The words come from the page's own record: title, summary, keywords, and the first pages of files that the public may
open. How telling a word is follows from where it stands and from how few records of the collection have it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import islice

from wagtail.models import Page

from common.citations import find_citations
from common.visibility import public
from search.language.analyse import Lexicon, analyse, mention_of
from search.language.analysis import Analysis, Concept, Variant
from search.language.stemmer import stem
from search.language.tokens import tokenize
from search.language.words import DOCUMENT_WORDS, NEWEST_WORDS, QUESTION_WORDS, STOP_WORDS
from search.records import IndexRecord
from search.types import SearchQuery

MAX_WORDS = 14
MAX_CITATIONS = 3
#: Beside typed words, what resembles counts half.
BESIDE_TEXT = 0.5
#: How much of the files is read: their subject is told at the beginning.
MAX_PAGES, MAX_CHARACTERS = 6, 15_000
#: Of the words of the text, so many are looked up in the collection: the most frequent.
CANDIDATES = 80
DESCRIBED_WORTH, TEXT_WORTH = 0.5, 0.25
DESCRIBED_SATURATION, TEXT_SATURATION = 1.0, 3.0

NOT_THERE = (
    "Halaman yang ingin dibandingkan tidak ditemukan. Cari dengan kata, atau buka halamannya lebih dulu."
)
TOO_LITTLE = "Isi halaman ini terlalu sedikit untuk dibandingkan dengan yang lain. Cari dengan kata."

_SMALL = STOP_WORDS | QUESTION_WORDS | DOCUMENT_WORDS | NEWEST_WORDS


def analysis_of(query: SearchQuery, lexicon: Lexicon) -> Analysis:
    """Everything that a query asks for: its text, what a page resembles (``similar_to``), or both.

    Empty when there is nothing to look for, and when the page that is to be resembled is not one that the public may
    see now; :func:`why_nothing` then has a sentence for the reader.
    """
    typed = analyse(query.parsed, lexicon, query.exact)
    if query.similar_to is None:
        return typed
    record = _record(query.similar_to)
    alike = likeness(record, lexicon) if record else Analysis()
    if alike.is_empty:
        return alike
    share = 1.0 if typed.is_empty else BESIDE_TEXT
    concepts = tuple(replace(concept, weight=concept.weight * share) for concept in alike.concepts)
    return replace(typed, concepts=typed.concepts + concepts, citations=typed.citations + alike.citations)


def resembled_page(query: SearchQuery) -> Page | None:
    """The page that is to be resembled, if the public may see it now."""
    return public(Page.objects.filter(pk=query.similar_to)).first() if query.similar_to is not None else None


def why_nothing(query: SearchQuery) -> str:
    """Why nothing can resemble the page, for the reader. Hidden pages and unknown ones get the same answer."""
    return TOO_LITTLE if resembled_page(query) else NOT_THERE


def likeness(record: IndexRecord, lexicon: Lexicon) -> Analysis:
    """A record's most telling words as concepts, and the instruments that its title names."""
    subject = record.heading or record.title
    written: dict[str, str] = {}  # stem -> the form in which it is looked for
    title = _count(subject, written)
    described = _count(_description(record), written)
    text = _count(f"{record.body[:MAX_CHARACTERS]}\n{_beginning(record)}", written)
    asked = dict.fromkeys([*title, *described, *(word for word, _ in text.most_common(CANDIDATES))])
    known = lexicon.known([written[word] for word in asked])
    records = {word: known[written[word]] for word in asked}
    most = max(records.values(), default=0)
    worths = {
        word: min(
            1.0,
            (word in title)
            + DESCRIBED_WORTH * described[word] / (described[word] + DESCRIBED_SATURATION)
            + TEXT_WORTH * text[word] / (text[word] + TEXT_SATURATION),
        )
        for word, count in records.items()
        if count > 1  # a word of this record alone leads nowhere
    }
    telling = sorted(worths, key=lambda word: (-worths[word] * math.log(1 + most / records[word]), word))
    concepts = [
        Concept(written[word], (Variant((written[word],)),), worths[word]) for word in telling[:MAX_WORDS]
    ]
    named = [citation for citation in find_citations(subject) if citation.is_complete][:MAX_CITATIONS]
    own = [citation for citation in find_citations(record.citation) if citation.is_complete][:1]
    concepts += [mention_of(citation) for citation in (*named, *own)]
    return Analysis(concepts=tuple(concepts), citations=tuple(named))


def _count(text: str, written: dict[str, str]) -> Counter[str]:
    """How often each stem stands in a text; words that say nothing of the subject are left out."""
    counts: Counter[str] = Counter()
    for word in tokenize(text):
        if len(word) > 2 and word.isalpha() and word not in _SMALL:
            root = stem(word)
            written.setdefault(root, word)
            counts[root] += 1
    return counts


def _description(record: IndexRecord) -> str:
    """Summary, and of an instrument the words of its subject; other entries' keywords name classes and officials."""
    return f"{record.summary}\n{record.keywords}" if record.nomor_key else record.summary


def _beginning(record: IndexRecord) -> str:
    """The first pages of the record's files."""
    pages = (page.text for page in islice(record.texts, MAX_PAGES))
    return "\n".join(pages)[:MAX_CHARACTERS]


def _record(page_id: int) -> IndexRecord | None:
    """The page's record as it is now, None when the public may not see it or it is of no searched kind."""
    from search.indexing import records_of  # which itself asks for the engine, and that for this module

    return next(iter(records_of([page_id])), None)
