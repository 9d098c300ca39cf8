"""Reads a picture of a page by OCR (tesseract), the right way up."""

import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from documents.extraction.cleaning import clean_text
from documents.extraction.judge import is_good_word

if TYPE_CHECKING:
    from PIL import Image

LANGUAGES = "ind+eng"
SURE = 0.80
"""A reading whose mean word confidence reaches this needs no second look."""
DOUBTFUL = 0.65
"""Below this a page's OCR text is marked as doubtful."""
_NOISE = 0.30


@dataclass(frozen=True)
class Reading:
    """What OCR made of one picture."""

    text: str
    confidence: float
    """Mean confidence of the kept words, weighted by their length, 0 to 1."""
    words: int
    rotated: int = 0
    """Degrees by which the picture was turned clockwise before it was read."""

    @property
    def worth(self) -> float:
        """What two readings of one page are compared by."""
        return sum(is_good_word(word) or word.isdigit() for word in self.text.split()) * self.confidence


@cache
def available() -> bool:
    """Tell whether tesseract with the Indonesian language data is installed on this machine."""
    if not shutil.which("tesseract"):
        return False
    listed = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False
    )
    return "ind" in listed.stdout.split() and "eng" in listed.stdout.split()


def _tesseract(picture: "Image.Image", arguments: list[str], dpi: int, seconds: float) -> str:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    finished = subprocess.run(
        ["tesseract", "-", "-", "--dpi", str(dpi), *arguments],
        input=buffer.getvalue(),
        capture_output=True,
        timeout=seconds,
        check=False,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return finished.stdout.decode("utf-8", "replace")


def _parse(table: str, rotated: int) -> Reading:
    """Put the words of tesseract's TSV together again, line by line, without the specks it took for words."""
    lines: dict[tuple, list[str]] = {}
    weight = total = 0.0
    words = 0
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != "5":
            continue
        word, confidence = cells[11].strip(), float(cells[10]) / 100
        if not any(char.isalnum() for char in word) and word not in ("-", "–", ":"):
            continue
        if confidence < _NOISE and not is_good_word(word):
            continue
        lines.setdefault((cells[2], cells[3], cells[4]), []).append(word)
        if any(char.isalnum() for char in word):
            words += 1
            weight += len(word)
            total += len(word) * confidence
    text, last = [], None
    for (block, paragraph, _line), parts in lines.items():
        if last not in (None, (block, paragraph)):
            text.append("")
        text.append(" ".join(parts))
        last = (block, paragraph)
    return Reading(clean_text("\n".join(text)), round(total / weight, 3) if weight else 0.0, words, rotated)


def _read_once(picture: "Image.Image", degrees: int, dpi: int, seconds: float) -> Reading:
    turned = picture.rotate(-degrees, expand=True) if degrees else picture
    # One column of lines of varying size: keeps "(1)" on the line that it numbers, where free layout analysis
    # (mode 3) takes the numbers of an official text for a column of their own.
    return _parse(_tesseract(turned, ["-l", LANGUAGES, "--psm", "4", "tsv"], dpi, seconds), degrees)


def _detected_rotation(picture: "Image.Image", dpi: int, seconds: float) -> int | None:
    """Return by how many degrees clockwise the picture must be turned, or None when that cannot be told."""
    for line in _tesseract(picture, ["--psm", "0"], dpi, seconds).splitlines():
        if line.startswith("Rotate:"):
            return int(line.split(":")[1])
    return None


def read_picture(picture: "Image.Image", dpi: int, seconds: float, likely: int = 0) -> Reading:
    """Read a picture of a page; a page that lies sideways or upside down is found by its poor first reading and turned.

    `likely` is the turn (degrees clockwise) to try first: neighbouring pages of a scan lie alike. Raises
    subprocess.TimeoutExpired when one pass takes longer than `seconds`.
    """
    picture = picture.convert("L")
    best = _read_once(picture, likely, dpi, seconds)
    if _is_sure(best):
        return best
    rotation = _detected_rotation(picture, dpi, seconds)
    candidates = [] if rotation is None else [rotation]
    if rotation is None and best.confidence < DOUBTFUL:
        candidates = [0, 90, 270, 180]
    for degrees in candidates:
        if degrees == likely:
            continue
        other = _read_once(picture, degrees, dpi, seconds)
        if other.worth > best.worth:
            best = other
        if _is_sure(best):
            break
    return best


def _is_sure(reading: Reading) -> bool:
    return reading.words >= 10 and reading.confidence >= SURE
