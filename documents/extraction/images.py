"""Reads pictures (PNG, JPEG, TIFF with its frames) by OCR."""

import subprocess
import warnings
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from documents.extraction import ocr
from documents.extraction.cleaning import clean_text
from documents.extraction.types import (
    NOTE_DAMAGED,
    NOTE_NO_OCR,
    NOTE_UNREADABLE,
    NOTE_UNSURE,
    SOURCE_NONE,
    SOURCE_OCR,
    FileFacts,
    Limits,
    PageText,
    Unreadable,
)

_MAX_PIXELS = 100_000_000


class ImageReader:
    """An open picture; a TIFF has a page a frame."""

    def __init__(self, path: Path, limits: Limits):
        self.limits = limits
        Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                self.image = Image.open(path)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Unreadable(
                "terlalu_besar", "Gambar terlalu besar untuk dibaca (lebih dari 100 megapiksel)."
            ) from error
        except (UnidentifiedImageError, OSError, ValueError) as error:
            raise Unreadable("rusak", "Berkas gambar rusak dan tidak dapat dibuka.") from error
        frames = getattr(self.image, "n_frames", 1)
        self.facts = FileFacts(part_count=frames, length=frames)

    def read(self, number: int) -> PageText:
        """Read frame `number` (from 1)."""
        page = PageText(number, f"Halaman {number}", "", SOURCE_NONE, doubt=True)
        try:
            self.image.seek(number - 1)
            picture = ImageOps.exif_transpose(self.image.convert("L"))
        except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
            page.note = NOTE_DAMAGED
            return page
        if not (self.limits.ocr and ocr.available()):
            page.note = NOTE_NO_OCR
            return page
        picture.thumbnail((5000, 5000))
        try:
            reading = ocr.read_picture(picture, 200, self.limits.ocr_seconds)
        except subprocess.TimeoutExpired:
            page.note = NOTE_UNREADABLE
            return page
        page.text = clean_text(reading.text)
        if not page.text:
            page.note = NOTE_UNREADABLE
            return page
        page.source, page.confidence = SOURCE_OCR, reading.confidence
        page.doubt = reading.confidence < ocr.DOUBTFUL
        page.note = NOTE_UNSURE if page.doubt else ""
        return page
