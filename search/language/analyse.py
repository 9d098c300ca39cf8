"""From a parsed query to concepts: what each word means, what else it may be called, what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from common.citations import Citation, find_citations
from common.regulation_types import REGULATION_TYPES, type_code
from search.language.analysis import (
    ABBREVIATION,
    CORRECTED,
    JOINED,
    SYNONYM,
    TYPED,
    Analysis,
    Concept,
    Variant,
)
from search.language.query import ParsedQuery
from search.language.roots import ABBREVIATIONS
from search.language.stemmer import is_root, stem
from search.language.tokens import tokenize
from search.language.words import DOCUMENT_WORDS, NEWEST_WORDS, QUESTION_WORDS, STOP_WORDS

DOCUMENT_WORD_WEIGHT = 0.2
TYPE_WORD_WEIGHT = 0.15
QUESTION_WORD_WEIGHT = 0.1
YEAR_WORD_WEIGHT = 0.5  # a record's year counts by itself too
JOINED_WEIGHT = 0.95
MENTION_WEIGHT = 0.7
RARE = 60  # records; a word in more of them is no slip
COMMONER = 15  # times; a correction of a word that the collection has must be so much commoner
MAX_CONCEPTS = 16
MAX_VARIANTS = 12

#: Names of types that are rather a wish for the kind of document than a word of the text.
_TYPE_NAMES: tuple[tuple[str, ...], ...] = tuple(
    tuple(name.split())
    for name in (
        "peraturan pemerintah pengganti undang undang",
        "peraturan menteri keuangan",
        "peraturan pemerintah",
        "peraturan presiden",
        "keputusan presiden",
        "instruksi presiden",
        "undang undang",
        "peraturan kpu",
        "uu",
        "pp",
        "perppu",
        "perpu",
        "perpres",
        "keppres",
        "inpres",
        "pmk",
        "permenkeu",
        "pkpu",
        "perki",
        "permendagri",
        "permen",
        "kepmen",
        "perda",
        "pergub",
        "perbup",
        "perwali",
    )
)


class Lexicon(Protocol):
    """What the analysis asks of the collection and of the editors' tables."""

    def readings(self, words: Sequence[str]) -> Iterable[tuple[int, int, tuple[Variant, ...], str]]:
        """(start, end, other ways to write words[start:end], the long form as shown) from the editors' tables."""

    def known(self, words: Iterable[str]) -> dict[str, int]:
        """word -> number of records that have it in any form; 0 when the collection does not know it."""

    def corrections(self, word: str) -> list[Variant]:
        """What an unknown word may have meant, best first; a variant of two words was run together."""


@dataclass
class _Draft:
    """A concept in the making: a word of the query and what is known of it."""

    word: str
    weight: float = 1.0
    variants: list[Variant] = field(default_factory=list)
    kind: str = ""


def analyse(parsed: ParsedQuery, lexicon: Lexicon, exact: bool = False) -> Analysis:
    """Make concepts of a parsed query. ``exact`` leaves every word as it was typed."""
    required = tuple(Variant(words, exact=True) for words in parsed.phrases)
    excluded = tuple(Variant(words, exact=True) for words in parsed.excluded)
    citations = list(parsed.citations)
    drafts = [_Draft(word, variants=[Variant((word,))]) for word in parsed.loose[: MAX_CONCEPTS * 2]]
    types = _mark_types(drafts)
    newest = _mark_small_words(drafts)
    for words in parsed.phrases:
        drafts += [_Draft(word, variants=[Variant((word,))]) for word in words if word not in STOP_WORDS]
    expansions: list[str] = []
    corrections: dict[str, str] = {}
    if not exact:
        drafts, corrections = _correct(drafts, lexicon)
        _join_neighbours(drafts, lexicon)
        _widen(drafts, lexicon, expansions, citations)
    years = tuple(
        int(d.word) for d in drafts if len(d.word) == 4 and d.word.isdigit() and "1900" <= d.word <= "2100"
    )
    return Analysis(
        concepts=_concepts(drafts)
        + tuple(mention_of(citation) for citation in citations if citation.is_complete),
        required=required,
        excluded=excluded,
        citations=tuple(citations),
        types=tuple(types),
        years=years,
        newest=newest,
        expansions=tuple(dict.fromkeys(expansions)),
        corrections=corrections,
        exact=exact,
    )


def _mark_types(drafts: list[_Draft]) -> list[str]:
    """Find names of types ("UU", "peraturan pemerintah") and make their words light."""
    found = []
    words = [draft.word for draft in drafts]
    place = 0
    while place < len(words):
        for name in _TYPE_NAMES:
            if tuple(words[place : place + len(name)]) == name:
                found.append(type_code(" ".join(name)) or type_code("-".join(name)))
                for draft in drafts[place : place + len(name)]:
                    draft.weight, draft.kind = TYPE_WORD_WEIGHT, "type"
                place += len(name) - 1
                break
        place += 1
    return [code for code in dict.fromkeys(found) if code]


def _mark_small_words(drafts: list[_Draft]) -> bool:
    """Give words that ask or that name any document little weight; True when the newest is wanted."""
    newest = False
    for draft in drafts:
        if draft.kind:
            continue
        if draft.word in STOP_WORDS:
            draft.kind, draft.weight = "stop", 0.0
        elif draft.word in NEWEST_WORDS:
            draft.kind, draft.weight, newest = "newest", 0.0, True
        elif draft.word in QUESTION_WORDS:
            draft.kind, draft.weight = "question", QUESTION_WORD_WEIGHT
        elif draft.word in DOCUMENT_WORDS:
            draft.kind, draft.weight = "document", DOCUMENT_WORD_WEIGHT
    return newest


def _correct(drafts: list[_Draft], lexicon: Lexicon) -> tuple[list[_Draft], dict[str, str]]:
    """Give unknown and doubtful words the words that were probably meant."""
    content = [draft.word for draft in drafts if draft.kind != "stop" and draft.word.isalpha()]
    known = lexicon.known(content)
    named: set[int] = set()  # words that the editors' tables know are no slips
    for start, end, _, _ in lexicon.readings([draft.word for draft in drafts]):
        named.update(range(start, end))
    result: list[_Draft] = []
    corrections: dict[str, str] = {}
    for place, draft in enumerate(drafts):
        records = known.get(draft.word, 0)
        options = (
            lexicon.corrections(draft.word) if place not in named and _is_doubtful(draft, records) else []
        )
        options = [option for option in options if not records or option.records >= COMMONER * records]
        if not options:
            result.append(draft)
            continue
        best = options[0]
        corrections[draft.word] = " ".join(best.words)
        if len(best.words) > 1:
            result += [
                _Draft(word, variants=[Variant((word,), best.weight, CORRECTED)]) for word in best.words
            ]
            continue
        draft.variants += [option for option in options if len(option.words) == 1]
        draft.word = best.words[0]
        result.append(draft)
    for draft in result:
        if draft.word in STOP_WORDS and not draft.kind:
            draft.kind, draft.weight = "stop", 0.0
    return result, corrections


def _is_doubtful(draft: _Draft, records: int) -> bool:
    """Whether a word may be a slip: unknown to the collection, or rare there and in no dictionary."""
    if draft.kind == "stop" or not draft.word.isalpha() or len(draft.word) < 4 or records > RARE:
        return False
    return not (records and (draft.word in ABBREVIATIONS or is_root(stem(draft.word))))


def _join_neighbours(drafts: list[_Draft], lexicon: Lexicon) -> None:
    """ "wali kota" is also "walikota", and the other way round, where the collection writes both."""
    joined = {}
    for place in range(len(drafts) - 1):
        left, right = drafts[place], drafts[place + 1]
        if left.kind != "stop" and left.word.isalpha() and right.word.isalpha():
            joined[place] = left.word + right.word
    compounds = {
        draft.word
        for draft in drafts
        if len(draft.word) >= 7 and draft.word.isalpha() and not is_root(stem(draft.word))
    }
    splits = {word: [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)] for word in compounds}
    parts = {part for pairs in splits.values() for pair in pairs for part in pair if is_root(part)}
    known = lexicon.known(set(joined.values()) | parts)
    for place, word in joined.items():
        if known.get(word):
            for draft in drafts[place : place + 2]:
                draft.variants.append(Variant((word,), JOINED_WEIGHT, JOINED, exact=True))
    for draft in drafts:
        for pair in splits.get(draft.word, ()):
            if all(known.get(part, 0) > 1 and is_root(part) for part in pair):
                draft.variants.append(Variant(pair, JOINED_WEIGHT, JOINED))


def _widen(drafts, lexicon: Lexicon, expansions: list[str], citations: list[Citation]) -> None:
    """Add abbreviations, long forms and synonyms; a long form that cites an instrument names it."""
    words = [draft.word for draft in drafts]
    for start, end, variants, shown in lexicon.readings(words):
        covered = [draft for draft in drafts[start:end] if draft.kind != "stop"]
        if not covered:
            continue
        for draft in covered:
            draft.variants += variants
            if draft.kind == "type" and end - start > 1:
                continue
            if draft.kind in ("type", "document", "question"):
                draft.weight = max(draft.weight, 0.6)
        named = [citation for citation in find_citations(shown) if citation.is_complete]
        citations.extend(named)
        expansions.append(shown)


def _concepts(drafts: list[_Draft]) -> tuple[Concept, ...]:
    """Merge drafts of one stem, drop what carries nothing when something else does."""
    merged: dict[str, Concept] = {}
    for draft in drafts:
        if draft.kind in ("stop", "newest"):
            continue
        key = stem(draft.word)
        variants = tuple(_strongest(draft.variants)[:MAX_VARIANTS])
        if key in merged:
            before = merged[key]
            merged[key] = replace(before.with_variants(variants), weight=max(before.weight, draft.weight))
        else:
            merged[key] = Concept(draft.word, variants, draft.weight)
    concepts = list(merged.values())
    heavy = [concept for concept in concepts if concept.weight > QUESTION_WORD_WEIGHT]
    if not concepts and drafts:
        concepts = [
            Concept(draft.word, tuple(draft.variants), 0.5)
            for draft in drafts
            if draft.kind in ("stop", "newest")
        ]
    return tuple((heavy or concepts)[:MAX_CONCEPTS])


def mention_of(citation: Citation) -> Concept:
    """Texts that cite the instrument: they answer too, after the instrument itself."""
    kind = REGULATION_TYPES.get(citation.jenis)
    number, year = f"{citation.nomor_urut}{citation.number.huruf}", str(citation.tahun)
    codes = [part for code in citation.number.kode_keys for part in tokenize(code)]
    if codes:
        return Concept(f"{number}/{year}", (Variant((number, *codes, year), exact=True),), MENTION_WEIGHT)
    # The last word of the type's name keeps "UU 14/2008" apart from "PP 14/2008".
    names = dict.fromkeys([tokenize(kind.name)[-1], tokenize(kind.short)[-1]]) if kind else [""]
    variants = [
        Variant(tuple(filter(None, (name, marker, number, word, year))), exact=True)
        for name in names
        for marker in ("nomor", "no", "")
        for word in ("tahun", "")
        if name or marker
    ]
    return Concept(f"{number}/{year}", tuple(variants), MENTION_WEIGHT)


def _strongest(variants: list[Variant]) -> list[Variant]:
    best: dict[tuple[str, ...], Variant] = {}
    for variant in variants:
        kept = best.get(variant.words)
        if kept is None or kept.weight < variant.weight:
            best[variant.words] = variant
    return sorted(best.values(), key=lambda variant: (-variant.weight, variant.source != TYPED))


__all__ = ["ABBREVIATION", "SYNONYM", "Lexicon", "analyse", "mention_of"]
