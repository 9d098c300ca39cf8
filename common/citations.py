"""Numbers and citations of Indonesian legal instruments: read, normalised, compared.

Two things are read here. A *number* stands on its own in a form or an index sheet ("8/Hk.03.1/3673/2021",
"22 Tahun 2023"): :func:`parse_number`. A *citation* stands in running text or in a search box ("UU No. 14
Tahun 2008", "pkpu 22 2023", "undang2 no 14 thn 2008"): :func:`find_citations`, which keeps pairs of number and
year together: "PKPU 8 Tahun 2019 sebagaimana diubah PKPU 12 Tahun 2023" is 8/2019 and 12/2023, not 8/2023.

Equal numbers are written differently: ``HK.03.01`` and ``HK.03.1``, ``085`` and ``85``, with or without the
Roman month. ``nomor_norm`` keeps the writing (lower case, no blanks), ``key`` is what to compare.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from common.regulation_types import TYPE_PATTERN, type_code

_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00ad\ufe58\ufe63\uff0d"), "-")
_DASHES |= {ord("\u2044"): "/", ord("\u2215"): "/", ord("\uff0f"): "/", ord("\u00a0"): " "}

_YEAR = r"(?:1[89]|20)\d{2}"
_YEAR_WORD = r"(?:tahun|thn|th)\b\s*\.?\s*[':]?\s*"
_NUMBER_WORD = r"(?:nomor|nomer|no|nr|num)\b\s*[.:]*\s*|no\.?(?=\d)"
_ORDINAL = r"\d{1,5}(?:\s?\.?\s?[a-z](?![a-z0-9.\-]))?"
_PART = r"[a-z0-9][a-z0-9.\-]*(?:\s?[.\-]\s?[a-z0-9]+)*"

_CITATION = re.compile(
    rf"""
    (?:(?<![\w./-])(?P<type>{TYPE_PATTERN})(?![\w-])
       (?:\s+(?:republik\s+indonesia|r\.?i\.?)(?!\w))?\s*[.,:]?\s*)?
    (?:(?<![\w])(?P<marker>{_NUMBER_WORD}))?
    (?(marker)|(?(type)|(?<![\w.,/-])))(?P<number>{_ORDINAL})
    (?P<codes>(?:\s*/\s*(?!(?:{_YEAR_WORD})?{_YEAR}(?![\w/])){_PART})*)
    (?:
        \s*/\s*(?:{_YEAR_WORD})?(?P<year_slash>{_YEAR})(?![\w/])
      | \s*,?\s*{_YEAR_WORD}(?P<year_word>{_YEAR})(?!\w)
      | \s+(?P<year_bare>{_YEAR})(?![\w/])
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ARTICLE = re.compile(
    r"\bpasal\s+(?P<article>\d{1,4}[a-z]?)\b(?:\s+ayat\s*\(?(?P<clause>\d{1,3}[a-z]?)\)?)?", re.I
)
_GAZETTE = re.compile(
    rf"\b(?P<kind>t?bn|t?ln)\b\s*(?:(?P<y1>{_YEAR})\s*/?\s*(?:no(?:mor)?\.?\s*)(?P<n1>\d+)"
    rf"|(?:no(?:mor)?\.?\s*)?(?P<n2>\d+)(?:\s*/\s*|\s+(?:tahun\s+)?)(?P<y2>{_YEAR}))",
    re.I,
)
_CONSTITUTION = re.compile(
    r"\b(?:uud|undang-undang\s+dasar)(?:\s+(?:negara\s+)?(?:ri|republik\s+indonesia))?"
    r"(?:\s+tahun)?\s+(?P<year>1945)\b",
    re.I,
)
_ROMAN_MONTH = re.compile(r"^(?:i|ii|iii|iv|v|vi|vii|viii|ix|x|xi|xii)$")
_SPLIT_PART = re.compile(r"(\d+)")


@dataclass(frozen=True)
class RegulationNumber:
    """The number of an instrument, taken apart.

    ``nomor`` is the leading number as written ("085.A"), ``nomor_urut`` its integer (85), ``huruf`` its
    letter ("a"), ``kode`` the parts between number and year in lower case, ``tahun`` the year or None.
    """

    nomor: str
    nomor_urut: int
    huruf: str = ""
    kode: tuple[str, ...] = ()
    tahun: int | None = None

    @property
    def nomor_norm(self) -> str:
        """Lower case without blanks: ``8/hk.03.1/3673/2021``; ``22/2023`` for "22 Tahun 2023"."""
        parts = [self.nomor.lower(), *self.kode]
        if self.tahun:
            parts.append(str(self.tahun))
        return "/".join(parts)

    @property
    def key(self) -> str:
        """What equal numbers share: no leading zeros, no Roman month
        (``85a/hk.3.1-kpt/3673/kpu-kot/2020``).
        """
        parts = [f"{self.nomor_urut}{self.huruf}", *self.kode_keys]
        if self.tahun:
            parts.append(str(self.tahun))
        return "/".join(parts)

    @property
    def kode_keys(self) -> tuple[str, ...]:
        """The code parts in comparable form, the Roman month left out."""
        return tuple(code_key(part) for part in self.kode if not _ROMAN_MONTH.match(part))

    @property
    def tokens(self) -> tuple[str, ...]:
        """Everything by which this number may be looked for: whole, by part, with and without leading
        zeros.
        """
        tokens = [self.nomor_norm, self.key, self.nomor.lower(), f"{self.nomor_urut}{self.huruf}"]
        tokens += [*self.kode, *self.kode_keys]
        if self.tahun:
            tokens += [str(self.tahun), f"{self.nomor_urut}/{self.tahun}"]
        return tuple(dict.fromkeys(tokens))


@dataclass(frozen=True)
class Citation:
    """One citation found in a text. ``jenis`` is a code of :mod:`common.regulation_types`, or "" if not said.

    ``number`` is None for an instrument that has none (the constitution). ``start`` and ``end`` are positions
    in the text that was read. ``marked`` says that "nomor" stood before the number.
    """

    jenis: str
    number: RegulationNumber | None
    start: int
    end: int
    tahun: int | None = None
    pasal: str = ""
    marked: bool = False

    @property
    def nomor_urut(self) -> int | None:
        return self.number.nomor_urut if self.number else None

    @property
    def is_complete(self) -> bool:
        """True when number and year are both known."""
        return self.number is not None and self.tahun is not None

    @property
    def token(self) -> str:
        """A short name for the instrument, e.g. ``uu/14/2008``; "" unless number and year are known."""
        if self.number is None or self.tahun is None:
            return ""
        return f"{self.jenis or '?'}/{self.number.nomor_urut}{self.number.huruf}/{self.tahun}"


def code_key(part: str) -> str:
    """A code part in comparable form: lower case, no leading zeros (``HK.03.01`` and ``HK.03.1``:
    ``hk.3.1``).
    """
    lowered = re.sub(r"\s+", "", part).lower()
    return "".join(
        piece.lstrip("0") or "0" if piece.isdigit() else piece for piece in _SPLIT_PART.split(lowered)
    )


def parse_number(text: str) -> RegulationNumber | None:
    """Read the number of an instrument from a form field or an index cell; None if there is none.

    Accepts a leading "Nomor", a type before it and blanks around the slashes; the first number counts.
    """
    for citation in find_citations(text, bare=True):
        if citation.number:
            return citation.number
    return None


def find_citations(text: str, bare: bool = False) -> list[Citation]:
    """All citations in ``text``, in order, each with its own number and year.

    A lone number counts only after a type ("UU 14") or after "nomor"; with ``bare`` any number counts. Dates
    (12/02/2024), amounts and article numbers are not citations.
    """
    text = text.translate(_DASHES)
    found = [
        Citation("uud", None, match.start(), match.end(), tahun=int(match["year"]))
        for match in _CONSTITUTION.finditer(text)
    ]
    taken = [(match.start(), match.end()) for match in _ARTICLE.finditer(text)]
    for match in _GAZETTE.finditer(text):
        taken.append((match.start(), match.end()))
        year, number = match["y1"] or match["y2"], match["n1"] or match["n2"]
        found.append(
            Citation(
                match["kind"].lower(),
                RegulationNumber(number, int(number), tahun=int(year)),
                match.start(),
                match.end(),
                tahun=int(year),
            )
        )
    taken += [(citation.start, citation.end) for citation in found]
    position = 0
    while hit := _CITATION.search(text, position):
        blocked = next(
            (end for start, end in taken if start < hit.end("number") and hit.start("number") < end), None
        )
        if blocked:
            position = max(blocked, hit.start() + 1)
            continue
        citation = _citation(hit, bare)
        if citation:
            found.append(citation)
            position = citation.end
        else:
            position = hit.end("number")
    found.sort(key=lambda citation: citation.start)
    return _with_articles(text, found)


def _citation(match: re.Match, bare: bool) -> Citation | None:
    jenis = type_code(match["type"]) if match["type"] else ""
    marked = bool(match["marker"])
    year_bare = match["year_bare"]
    if year_bare and not (jenis or marked):
        year_bare = None
    year_text = match["year_slash"] or match["year_word"] or year_bare
    codes = tuple(re.sub(r"\s+", "", part).lower() for part in match["codes"].split("/") if part.strip())
    ordinal = re.sub(r"\s+", "", match["number"])
    # Digits of any script count, as they do for the pattern that found them and for int().
    digits = "".join(takewhile(str.isdecimal, ordinal))
    letter = ordinal[len(digits) :].lstrip(".").lower()
    if not codes and not year_text:
        looks_like_year = re.fullmatch(_YEAR, digits) and not marked
        if looks_like_year or not (bare or jenis or marked):
            return None
    if not (jenis or marked) and _is_date(digits, codes, year_text):
        return None
    if len(digits) > 4 and not codes and not year_text:
        return None
    # "10/20" in prose, "1/2" in a table: not a number of an instrument unless something says so.
    lettered = any(re.search("[a-z]", code) for code in codes)
    if codes and not year_text and not lettered and not (jenis or marked or bare):
        return None
    year = int(year_text) if year_text else None
    end = match.end("number") if not codes else match.end("codes")
    if year_text:
        group = "year_slash" if match["year_slash"] else "year_word" if match["year_word"] else "year_bare"
        end = match.end(group)
    number = RegulationNumber(ordinal, int(digits), letter, codes, year)
    start = match.start("type") if jenis else match.start("marker") if marked else match.start("number")
    return Citation(jenis or _type_from_codes(codes), number, start, end, tahun=year, marked=marked)


def _is_date(day: str, codes: tuple[str, ...], year: str | None) -> bool:
    """12/02/2024 is a date: two short numbers and a year joined by slashes."""
    return bool(
        year
        and len(codes) == 1
        and codes[0].isdigit()
        and len(codes[0]) <= 2
        and 1 <= int(codes[0]) <= 12
        and 1 <= int(day) <= 31
    )


def _type_from_codes(codes: tuple[str, ...]) -> str:
    """The type that the code parts give away: PMK.01 a finance minister's rule, Kpts/KPU a KPU decision."""
    joined = "/".join(codes)
    if re.search(r"\bpmk\b", joined):
        return "pmk"
    if re.search(r"\bkmk\b", joined):
        return "kmk"
    if re.search(r"\bkpts?\b", joined):
        if "setjen" in joined or "sekjen" in joined:
            return "keputusan-sekjen"
        if re.search(r"kpu-?kot|kpu-?kab", joined):
            return "keputusan-kpu-kabkota"
        if re.search(r"kpu-?prov", joined):
            return "keputusan-kpu-provinsi"
        if re.search(r"\bkpu\b", joined):
            return "keputusan-kpu"
    return ""


def _with_articles(text: str, citations: list[Citation]) -> list[Citation]:
    """Give each citation the article named right before or after it ("pasal 59 uu no.32 tahun 2004")."""
    result = []
    articles = list(_ARTICLE.finditer(text))
    for citation in citations:
        near = next(
            (a for a in articles if 0 <= citation.start - a.end() <= 3 or 0 <= a.start() - citation.end <= 3),
            None,
        )
        if near:
            citation = Citation(
                citation.jenis,
                citation.number,
                citation.start,
                citation.end,
                citation.tahun,
                near["article"].lower(),
                citation.marked,
            )
        result.append(citation)
    return result
