"""Records as documents of the cluster: words with their stems, passages of about 100 words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from search.engines.elastic.definition import BOUNDARY, MAX_PASSAGES
from search.engines.elastic.weights import DEFAULT, Weights
from search.engines.fingerprints import fingerprint
from search.engines.freshness import freshness
from search.language.stemmer import stem
from search.language.tokens import normalize_token, raw_tokens, tokenize
from search.records import IndexRecord, PageText

PASSAGE_LENGTH = 700  # characters, about 100 words
#: A record's text is indexed up to this many words, so that one file cannot fill the index (about 10,000 pages).
MAX_WORDS = 3_000_000
_KEPT_WORDS = 400_000

_COPIED = (
    "page_id",
    "external_id",
    "kategori",
    "title",
    "citation",
    "summary",
    "jenis",
    "nomor",
    "nomor_urut",
    "tahun",
    "klasifikasi",
    "unit_id",
    "office_id",
    "status",
    "status_note",
    "path",
    "file_size",
    "file_pages",
    "ocr_doubt",
)

_sent: dict[str, str] = {}


def document_of(record: IndexRecord, weights: Weights = DEFAULT) -> dict:
    """The document of one record. Its ``texts`` are consumed; memory grows with the record's text (twice its size)."""
    document = {name: value for name in _COPIED if (value := getattr(record, name)) not in (None, "")}
    for name in ("date", "published_at", "expires_at"):
        if value := getattr(record, name):
            document[name] = value.isoformat()
    if record.formats:
        document["formats"] = list(dict.fromkeys(record.formats))
    if record.nomor_key:
        document["nomor_parts"] = record.nomor_key.split("/")
    document["fresh"] = freshness(record.tahun)
    document["fingerprint"] = fingerprint(record)
    heading_text = record.heading or record.title
    heading = sent_words(heading_text)
    document["heading"] = " ".join(["", *heading, ""])
    document["beginning"] = " ".join(
        dict.fromkeys(
            word.partition("|")[0]
            for text in (record.title, heading_text, record.citation, *record.names)
            for word in sent_words(text)
        )
    )
    document["names"] = [
        " ".join(tokenize(name)) for name in (record.citation, record.title, heading_text) if name
    ]
    if record.heading:
        document["heading_shown"] = record.heading
    document["all"] = _head(record, heading, weights)
    document["passages"] = list(_passages(record))
    return document


def sent_words(text: str) -> list[str]:
    """The words of a text as they are sent: ``diatur|atur``, and ``warga`` where word and stem are the same.

    Most entries are one word; a raw token may hold two (undang2).
    """
    known = _sent
    if len(known) > _KEPT_WORDS:
        known.clear()
    raws = raw_tokens(text)
    try:
        return [known[raw] for raw in raws]  # after the first hundred files nearly every text
    except KeyError:
        for raw in set(raws).difference(known):
            known[raw] = " ".join(
                word if stem(word) == word else f"{word}|{stem(word)}" for word in normalize_token(raw)
            )
    return [known[raw] for raw in raws]


def _head(record: IndexRecord, heading: list[str], weights: Weights) -> list[str]:
    """What names and describes the record, as often as it is worth more than a word of the text."""
    parts = [heading] * weights.title_repeats
    names = [sent_words(name) for name in (record.citation, *record.names) if name]
    parts += names * weights.name_repeats
    parts += [sent_words(f"{record.summary}\n{record.keywords}")] * weights.summary_repeats
    return [" ".join(["", *words, BOUNDARY, ""]) for words in parts if words]


def _passages(record: IndexRecord) -> Iterator[dict]:
    total = made = 0
    own = [PageText(record.body)] if record.body else []
    for page in itertools.chain(own, record.texts):
        pieces = cut(page.text)
        for part, piece in enumerate(pieces):
            words = sent_words(piece)
            total, made = total + len(words), made + 1
            if total > MAX_WORDS or made > MAX_PASSAGES:
                return
            if words:
                last = [BOUNDARY] if part == len(pieces) - 1 else []
                passage = {"t": " ".join(["", *words, *last, ""]), "text": piece, "part": part}
                passage |= {"parts": len(pieces), "document": page.document_id or 0, "page": page.number}
                yield {**passage, "label": page.label, "doubt": page.doubt}


def cut(text: str) -> list[str]:
    """A page in pieces of about PASSAGE_LENGTH characters, between words, better between sentences."""
    pieces = []
    start = 0
    while len(text) - start > 1.5 * PASSAGE_LENGTH:
        end = start + PASSAGE_LENGTH
        for sign in ("\n\n", ".\n", ". ", "\n", " "):
            place = text.rfind(sign, start + PASSAGE_LENGTH // 2, end + PASSAGE_LENGTH // 4)
            # A word broken at a line's end stays whole.
            if place >= 0 and text[place - 1 : place] != "-":
                end = place + len(sign)
                break
        pieces.append(text[start:end])
        start = end
    return [*pieces, text[start:]]
