"""Titles as archives hold them, made readable where that is safe.

What is mended here cannot be anything else: invisible characters, letters read for digits after "NOMOR" and "TAHUN",
the start of the preamble that was cut along with the title. Words and capitals stay as they are.
"""

import re
import unicodedata

# Hangul fillers are letters to Unicode, and blank to the reader (U+FFA0 stands in KPU's own index).
_FILLERS = {0x115F: " ", 0x1160: " ", 0x3164: " ", 0xFFA0: " "}
_DIGIT_LIKE = str.maketrans(
    {"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "L": "1", "|": "1", "T": "7", "S": "5"}
)
_YEAR_AS_READ = re.compile(r"\b(TAHUN\s+)([12][0-9OoQIlLTS|]{3})(?![0-9A-Za-z])", re.I)
_NUMBER_AS_READ = re.compile(r"\b((?:NOMOR|NO\.?|NR\.?)\s*:?\s*)([0-9OoQIlL|]{1,3})(?=\s+TAHUN\b)", re.I)
# A 1 read as 7 ("NOMOR 14 TAHUN 2076"): no instrument is of the 2070s.
_SEVENTIES = re.compile(r"\b((?:NOMOR|NO\.?|NR\.?)\s*\d+\s+TAHUN\s+20)7(\d)\b", re.I)
_BLESSING = r"\bDENGAN\s+RA[HK]+MAT\s+TUHAN\b"
# What follows a title in the text that it was cut from. "PRESIDEN REPUBLIK INDONESIA" alone may belong to the title;
# with a comma, or in small letters behind capitals, it opens the preamble.
_LEAKED = re.compile(
    rf"\s*(?:{_BLESSING}|\bPRESIDEN\s+REPUBLIK\s+INDONESIA\s*,\s*$|\bPresiden\s+[Rr]epublik\s+Indonesia\s*,?\s*$"
    r"|\b(?:Menimbang|Membaca|Mengingat)\b\s*:|\bPasal\s+[I1]\b\s|\bIndeks\s*$).*",
    re.S,
)
_TAIL = re.compile(r"[\s;:,_*]*(?:\*\))?[\s;:_*]*$")
_FULL_STOP = re.compile(r"(?<=\w{4})\.$")  # not that of an abbreviation
_TENTANG = re.compile(r"^(?:(?:tentang|perihal|mengenai)\b\s*:?\s*)+", re.I)
_BROKEN_OFF = re.compile(
    r"(?:^|\s)(?:ATAS|TENTANG|NOMOR|NO\.|(?:NOMOR|NO\.?)\s*\d+\s+TAHUN|DAN|DENGAN)$", re.I
)
_PREAMBLE = re.compile(rf"{_BLESSING}|\bPRESIDEN\s+REPUBLIK\b|\bMenimbang\b", re.I)
_NAMES_ITSELF = re.compile(r"\bNOMOR\s+\d+\s+TAHUN\s+\d{4}\s+TENTANG\s+")
_HEAD_OF_TEXT = 3000  # characters in which a text names itself
_LONGEST_TITLE = 900  # characters


def squeeze(text: str) -> str:
    """Return `text` on one line, without control and invisible characters, in composed form."""
    text = unicodedata.normalize("NFC", text.translate(_FILLERS))
    kept = (
        " " if unicodedata.category(char) in ("Zs", "Zl", "Zp", "Cc") else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join("".join(kept).split())


def mend_numbers(text: str) -> str:
    """Return `text` with letters that were read for digits put right ("TAHUN 2OI4", "NOMOR l2 TAHUN 1999")."""

    def year(match: re.Match) -> str:
        read = match[2].translate(_DIGIT_LIKE)
        return match[1] + (read if 1940 <= int(read) <= 2099 else match[2])

    def number(match: re.Match) -> str:
        # A lone letter may be a Roman number; a digit beside it shows what was meant.
        has_digit = any(char.isdigit() for char in match[2])
        return match[1] + (match[2].translate(_DIGIT_LIKE) if has_digit else match[2])

    return _SEVENTIES.sub(r"\g<1>1\2", _NUMBER_AS_READ.sub(number, _YEAR_AS_READ.sub(year, text)))


def clean_title(text: str) -> str:
    """Return the part of a title after "tentang", cleaned: one line, no leaked preamble, no stray signs at its end.

    Empty when nothing of it is a title ("TENTANG", "Menimbang : ...").
    """
    text = _TENTANG.sub("", squeeze(text).replace("_", " ").replace("^", ""))
    text = " ".join(text.split()).replace("( ", "(").replace(" )", ")")
    if text.isupper():
        text = re.sub(r"(?<=\w)- (?=[A-Z])", "-", text)
    text = _TAIL.sub("", _LEAKED.sub("", mend_numbers(text))).strip()
    return _FULL_STOP.sub("", text)


def complete_title(title: str, text: str) -> str:
    """Return a cleaned `title`, continued from the text that it was cut from when it breaks off in the middle.

    Titles such as "PERUBAHAN ATAS" stop at a line end of the source, and some are missing; the head of the text has
    them. Returned unchanged when the text does not help.
    """
    if title and not _BROKEN_OFF.search(title):
        return title
    head = squeeze(text[:_HEAD_OF_TEXT])
    if title:
        start = head.upper().find(title.upper())
    else:
        named = _NAMES_ITSELF.search(head)
        start = named.end() if named else -1
    if start < 0:
        return title
    continued = _PREAMBLE.split(head[start : start + _LONGEST_TITLE + 1], maxsplit=1)[0]
    return clean_title(continued) if len(continued) <= _LONGEST_TITLE else title
