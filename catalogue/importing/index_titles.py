"""Reads number, year and kind out of a row of an index whose titles are written in a dozen shapes.

"Peraturan KPU No. 10 Th. 2008", "SE KPU Nomor 1479/KPU/VIII/2014", "Peratutan KPU Nomor 8 Tahun 2012", "KPU Nomor 63
tahun 2009", "Lampiran II Peraturan KPU Nomor 62 tahun 2009", "LAW OF THE REPUBLIC OF INDONESIA NUMBER 15 YEAR 2011".
"""

import re
from dataclasses import dataclass

from catalogue.importing.relations import citation_text
from catalogue.importing.title_words import BEFORE_NUMBER
from catalogue.importing.titles import clean_title, mend_numbers, squeeze
from common.citations import Citation, find_citations, parse_number
from common.regulation_types import TYPE_PATTERN, type_code

MAX_NUMBER = 120
_OTHER = "lainnya"
_ATTACHMENT = re.compile(r"^(?P<label>lampiran(?:\s+[ivxlc]+|\s+\d+)?)\b[\s:.,-]*", re.I)
_CONSOLIDATED = re.compile(r"^susunan\s+(?:dalam\s+)?satu\s+naskah\b\s*", re.I)
_ENGLISH = re.compile(r"^law\s+of\s+the\s+republic\s+of\s+indonesia\s+number\s+(\d+)\s+year\s+(\d{4})", re.I)
_DRAFT_LAW = re.compile(r"^(?:ruu|rancangan)\b", re.I)
_NUMBER_WORD = re.compile(r"\b(?:nomor|no|nr)\b\s*[.:]*\s*", re.I)
_KIND_AHEAD = re.compile(rf"(?:{TYPE_PATTERN})(?![\w-])", re.I)
_CATEGORY_SOURCE = re.compile(r"\s*\([^)]*\)\s*$")
# Numbers that begin with letters: "M. HH-69.AH.11.01 Tahun 2008", "SE-015/01/12/2009".
_LETTERED = re.compile(
    r"\b(?:nomor|no)\b\s*[.:]*\s*(?P<number>[A-Z]{1,4}[.\-][\w.\-/ ]*?\d[\w.\-/]*?)"
    r"(?:\s+tahun\s+(?P<year>(?:19|20)\d{2})|/(?P<slash>(?:19|20)\d{2}))\b",
    re.I,
)
_EMPTY_DESCRIPTIONS = {"", "download disini", "unduh di sini", "-"}


@dataclass(frozen=True)
class TitleReading:
    """What a row's title says: the regulation's type, number and title, and what the row itself is.

    `attachment` names the row when it is no regulation of its own but belongs to one ("Lampiran II").
    """

    jenis: str
    nomor: str
    nomor_kunci: str
    tahun: int
    title: str
    tentang: str
    attachment: str = ""


class NotReadable(Exception):
    """The row names no regulation with number and year; the message is the reason for the officer."""


def kind_of_category(name: str) -> str:
    """Return the type that a category of the index stands for, or "" when it mixes several."""
    return type_code(_CATEGORY_SOURCE.sub("", squeeze(name)))


def kind_ahead(title: str) -> str:
    """Return the type that a title opens with ("Surat Edaran KPU": "se"), or ""."""
    ahead = _KIND_AHEAD.match(squeeze(title))
    return type_code(ahead.group()) if ahead else ""


def about(description: str) -> str:
    """Return a description as the part of a title after "tentang"; "" for one that says nothing."""
    cleaned = clean_title(description)
    return "" if cleaned.casefold() in _EMPTY_DESCRIPTIONS else cleaned


def read_title(title: str, description: str, category: str = "") -> TitleReading:
    """Read a row. `category` is the type of its category ("" when unknown). Raises NotReadable with the reason."""
    title = _regular(title)
    description = _regular(description)
    if _DRAFT_LAW.match(title):
        raise NotReadable("Rancangan, belum menjadi peraturan: tidak bernomor.")
    if match := _ENGLISH.match(title):
        translated = f"Undang-Undang Nomor {match[1]} Tahun {match[2]}"
        return _reading(translated, "", "uu", attachment="Terjemahan bahasa Inggris")
    if match := _ATTACHMENT.match(title):
        subject = about(description)
        label = f"{squeeze(match['label'])}: {subject}" if subject else squeeze(match["label"])
        return _reading(title[match.end() :], "", category, attachment=label[:160])
    if match := _CONSOLIDATED.match(title):
        return _reading(title[match.end() :], "", category, attachment="Susunan dalam satu naskah")
    try:
        return _reading(title, description, category)
    except NotReadable:
        # Some titles name only the kind ("Surat Edaran KPK"); then the description opens with the full name.
        head = re.split(r"\b(?:tentang|perihal)\b", description, maxsplit=1, flags=re.I)[0]
        if not _NUMBER_WORD.search(head):
            raise
        return _reading(head, description[len(head) :], category)


def _regular(text: str) -> str:
    text = mend_numbers(squeeze(text))
    text = re.sub(r"\btahun\s*(?=(?:19|20)\d{2}\b)", "Tahun ", text, flags=re.I)
    return re.sub(r"\s*/\s*", "/", text)


def _reading(title: str, description: str, category: str, attachment: str = "") -> TitleReading:
    citation = next((found for found in find_citations(title, bare=True) if found.number), None)
    if citation is None or (not citation.marked and not citation.is_complete):
        return _lettered(title, description, category, attachment)
    if citation.tahun is None:
        raise NotReadable(f"Tahunnya tidak disebut: “{title[citation.start : citation.end]}”.")
    head = title[: citation.start].strip(" .,:")
    written = BEFORE_NUMBER.sub("", title[citation.start : citation.end]).strip()
    number = citation.number
    if not number.kode:
        written = f"{number.nomor_urut}{number.huruf.upper()} Tahun {citation.tahun}"
    jenis = _kind(citation, head, category)
    key = number.key if number.tahun else f"{number.key}/{citation.tahun}"
    aside = _aside(title[citation.end :])
    return _named(jenis, head, written, key, citation.tahun, _subject(description, aside), attachment)


def _lettered(title: str, description: str, category: str, attachment: str) -> TitleReading:
    """A number that begins with letters."""
    match = _LETTERED.search(title)
    if match is None:
        raise NotReadable("Tidak ada nomor dan tahun pada judulnya.")
    head, year = title[: match.start()].strip(" .,:"), match["year"] or match["slash"]
    number = re.sub(r"(?<=\.)\s+", "", match["number"])
    written = f"{number} Tahun {year}" if match["year"] else f"{number}/{year}"
    jenis = kind_ahead(head) or category or _OTHER
    parsed = parse_number(written)
    key = parsed.key if parsed else " ".join(written.lower().split())
    return _named(jenis, head, written, key, int(year), _subject(description, ""), attachment)


def _kind(citation: Citation, head: str, category: str) -> str:
    """The type: as the title says, else as its number's code says, else that of the category.

    A decree whose code names the secretariat general is that of its head, also where the index calls it the KPU's.
    """
    kind = kind_ahead(head) or citation.jenis or category or _OTHER
    return "keputusan-sekjen" if kind == "keputusan-kpu" and "setjen" in citation.number.kode else kind


def _named(
    jenis: str, head: str, written: str, key: str, tahun: int, tentang: str, attachment: str
) -> TitleReading:
    """Types without a name of their own keep the words of the title: "Surat KPU", "Pengumuman"."""
    if len(written) > MAX_NUMBER:
        raise NotReadable(f"Nomornya lebih panjang dari {MAX_NUMBER} huruf.")
    title = f"{head} Nomor {written}" if jenis == _OTHER and head else citation_text(jenis, written, tahun)
    return TitleReading(jenis, written, key, tahun, title, tentang, attachment)


def _subject(description: str, aside: str) -> str:
    """The part after "tentang": the description without the regulation's own name, and what the title adds."""
    opening = next((found for found in find_citations(description) if found.is_complete), None)
    if opening and opening.start <= 1:
        rest = description[opening.end :].lstrip()
        description = rest if re.match(r"(?:tentang|perihal)\b", rest, re.I) else description
    return f"{about(description)} {aside}".strip()


def _aside(rest: str) -> str:
    """What a title adds in brackets behind its number: "(Sebagai Pengganti Peraturan KPU No. 35 Tahun 2008)"."""
    match = re.match(r"\s*(\((?:sebagai|pengganti|perubahan|pencabutan)\b[^)]*\))", rest, re.I)
    return match[1] if match else ""
