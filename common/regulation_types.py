"""Types of legal instruments: code, short name, full name, and how people write them.

One table for the catalogue (its choices), the citation parser and search. ``rank`` orders the types by their
place in the hierarchy of UU 12/2011 Pasal 7 (1 highest); instruments outside it come after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class RegulationType:
    """``code`` is stored and stands in URLs; ``short`` and ``name`` are shown; ``aliases`` are regular
    expressions of further ways to write it (blanks match any blanks)."""

    code: str
    short: str
    name: str
    rank: int
    aliases: tuple[str, ...] = ()


_UNDANG = r"u[nm]dang(?:\s*-?\s*u[nm]dang|\s?2|\s?\u00b2)"
_KPU = r"(?:kpu|komisi pemilihan umum)"
_KEP = r"(?:keputusan|surat keputusan|kep|sk)\.?"
_KABKOTA = r"(?:kab(?:upaten)?\.?\s*/\s*kota|kab(?:upaten)?\.?|kota)"
# A place or ministry name may stand between the type and "Nomor".
_PLACE = r"(?:(?: [a-z]+){1,4}?(?= no(?:mor)?\b|$))?"
_MINISTER = r"(?:menteri|mentri)"

REGULATION_TYPES: dict[str, RegulationType] = {
    item.code: item
    for item in (
        RegulationType("uud", "UUD", "Undang-Undang Dasar", 1, (rf"{_UNDANG} dasar",)),
        RegulationType(
            "tap-mpr",
            "TAP MPR",
            "Ketetapan Majelis Permusyawaratan Rakyat",
            2,
            (r"tap mprs?", r"ketetapan mprs?", r"ketetapan majelis permusyawaratan rakyat(?: sementara)?"),
        ),
        RegulationType("uu", "UU", "Undang-Undang", 3, (r"u\.u\.", _UNDANG)),
        RegulationType(
            "uu-darurat",
            "UU Darurat",
            "Undang-Undang Darurat",
            3,
            (r"uu\.? ?drt", rf"{_UNDANG} darurat", r"uudrt"),
        ),
        RegulationType(
            "perppu",
            "Perppu",
            "Peraturan Pemerintah Pengganti Undang-Undang",
            3,
            (r"perpu", rf"peraturan pemerintah pengganti {_UNDANG}"),
        ),
        RegulationType("pp", "PP", "Peraturan Pemerintah", 4, (r"p\.p\.", r"per(?:aturan)? pemerintah")),
        RegulationType("perpres", "Perpres", "Peraturan Presiden", 5, (r"per(?:aturan)? presiden",)),
        RegulationType(
            "keppres", "Keppres", "Keputusan Presiden", 5, (r"kep(?:utusan)? presiden", r"kepres")
        ),
        RegulationType("inpres", "Inpres", "Instruksi Presiden", 5, (r"instruksi presiden",)),
        RegulationType(
            "pkpu",
            "PKPU",
            "Peraturan Komisi Pemilihan Umum",
            6,
            (rf"per(?:aturan)? {_KPU}", r"perkpu", r"p-?kpu"),
        ),
        RegulationType(
            "perbawaslu",
            "Perbawaslu",
            "Peraturan Badan Pengawas Pemilihan Umum",
            6,
            (r"peraturan (?:bawaslu|badan pengawas pemilihan umum)",),
        ),
        RegulationType(
            "perdkpp",
            "Peraturan DKPP",
            "Peraturan Dewan Kehormatan Penyelenggara Pemilihan Umum",
            6,
            (r"peraturan dewan kehormatan penyelenggara pemilu", r"per-?dkpp"),
        ),
        RegulationType(
            "perki",
            "PERKI",
            "Peraturan Komisi Informasi",
            6,
            (r"pki", r"peraturan (?:ki|komisi informasi)(?: pusat)?"),
        ),
        RegulationType(
            "pmk",
            "PMK",
            "Peraturan Menteri Keuangan",
            6,
            (rf"per(?:aturan)? {_MINISTER} keuangan", r"permenkeu", r"permenku"),
        ),
        RegulationType(
            "kmk", "KMK", "Keputusan Menteri Keuangan", 6, (rf"keputusan {_MINISTER} keuangan", r"kepmenkeu")
        ),
        RegulationType(
            "permendagri",
            "Permendagri",
            "Peraturan Menteri Dalam Negeri",
            6,
            (rf"per(?:aturan)? {_MINISTER} dalam negeri",),
        ),
        RegulationType(
            "permen",
            "Peraturan Menteri",
            "Peraturan Menteri",
            6,
            (r"permen[a-z]{2,20}", rf"per(?:aturan)? {_MINISTER}(?:(?: [a-z]+){{1,6}}?(?= no(?:mor)?\b|$))?"),
        ),
        RegulationType(
            "kepmen",
            "Keputusan Menteri",
            "Keputusan Menteri",
            6,
            (r"kepmen[a-z]{0,20}", rf"keputusan {_MINISTER}(?:(?: [a-z]+){{1,6}}?(?= no(?:mor)?\b|$))?"),
        ),
        RegulationType(
            "perban",
            "Peraturan Badan",
            "Peraturan Badan/Lembaga",
            6,
            (r"per(?:aturan)? (?:badan|lembaga|kepala badan|arsip nasional)", r"perka"),
        ),
        RegulationType("perma", "Perma", "Peraturan Mahkamah Agung", 6, (r"peraturan mahkamah agung",)),
        RegulationType(
            "pmk-mk", "Peraturan MK", "Peraturan Mahkamah Konstitusi", 6, (r"peraturan mahkamah konstitusi",)
        ),
        RegulationType("perda", "Perda", "Peraturan Daerah", 7, (r"peraturan daerah", r"qanun")),
        RegulationType("pergub", "Pergub", "Peraturan Gubernur", 8, (r"peraturan gubernur",)),
        RegulationType("perbup", "Perbup", "Peraturan Bupati", 8, (r"peraturan bupati",)),
        RegulationType(
            "perwali",
            "Perwali",
            "Peraturan Wali Kota",
            8,
            (r"perwalkot", r"perwako", r"peraturan wali ?kota"),
        ),
        RegulationType(
            "keputusan-kpu",
            "Keputusan KPU",
            "Keputusan Komisi Pemilihan Umum",
            9,
            (rf"{_KEP} {_KPU}", rf"{_KEP} ketua {_KPU}", r"kpts? kpu"),
        ),
        RegulationType(
            "keputusan-kpu-provinsi",
            "Keputusan KPU Provinsi",
            "Keputusan KPU Provinsi/KIP Aceh",
            9,
            (rf"{_KEP} (?:ketua )?{_KPU} prov(?:insi)?\.?{_PLACE}", rf"{_KEP} kip aceh"),
        ),
        RegulationType(
            "keputusan-kpu-kabkota",
            "Keputusan KPU Kab/Kota",
            "Keputusan KPU Kabupaten/Kota",
            9,
            (rf"{_KEP} (?:ketua )?{_KPU} {_KABKOTA}{_PLACE}",),
        ),
        RegulationType(
            "keputusan-sekjen",
            "Keputusan Sekjen",
            "Keputusan Sekretaris Jenderal KPU",
            9,
            (rf"{_KEP} (?:sekjen|setjen|sekretaris jenderal)(?: {_KPU})?",),
        ),
        RegulationType(
            "keputusan-sekretaris",
            "Keputusan Sekretaris",
            "Keputusan Sekretaris KPU",
            9,
            (rf"{_KEP} sekretaris(?: {_KPU})?",),
        ),
        RegulationType("keputusan", "Keputusan", "Keputusan", 9, (r"surat keputusan", r"kpts?", r"sk")),
        RegulationType("se", "SE", "Surat Edaran", 10, (r"surat edaran", r"edaran")),
        RegulationType("sop", "SOP", "Standar Operasional Prosedur", 10, (r"standar operasional prosedur",)),
        RegulationType("mou", "Nota Kesepahaman", "Nota Kesepahaman", 10, (r"nota kesepahaman", r"mou")),
        RegulationType("berita-acara", "Berita Acara", "Berita Acara", 10, (r"berita acara", r"ba")),
        RegulationType(
            "putusan", "Putusan", "Putusan", 10, (r"putusan(?: (?:mk|ma|ptun|dkpp|bawaslu|ki))?",)
        ),
        RegulationType("lainnya", "Lainnya", "Jenis lain", 11),
    )
}

#: Codes that stand for the same family when somebody names only the general type.
GENERAL_TYPES: dict[str, frozenset[str]] = {
    "keputusan": frozenset(code for code in REGULATION_TYPES if code.startswith("keputusan"))
    | {"kmk", "kepmen"},
    "permen": frozenset({"permen", "pmk", "permendagri"}),
    "kepmen": frozenset({"kepmen", "kmk"}),
}


def _patterns() -> list[tuple[str, str]]:
    """(pattern, code) with the longest first, so that "peraturan pemerintah pengganti" beats "peraturan
    pemerintah"; general types come last, so that "peraturan menteri keuangan" is not just some minister's.
    """
    pairs = []
    for item in REGULATION_TYPES.values():
        if item.code == "lainnya":
            continue
        for alias in (
            re.escape(item.short.lower()).replace(r"\ ", " "),
            re.escape(item.name.lower()).replace(r"\ ", " "),
            *item.aliases,
        ):
            pairs.append((alias.replace(" ", r"\s+"), item.code))
    pairs.sort(key=lambda pair: (pair[1] in GENERAL_TYPES, -len(pair[0])))
    return pairs


_PAIRS = _patterns()
TYPE_PATTERN = "|".join(dict.fromkeys(f"(?:{pattern})" for pattern, _ in _PAIRS))
_COMPILED = [(re.compile(pattern, re.IGNORECASE), code) for pattern, code in _PAIRS]


def type_code(text: str) -> str:
    """The code of a type as somebody wrote it ("Undang-undang", "PKPU", "permenkeu"); "" when it is none."""
    text = text.strip()
    for pattern, code in _COMPILED:
        if pattern.fullmatch(text):
            return code
    return ""
