"""Reads pages of a PDF that have no usable text layer: draws them and has them read by OCR."""

import subprocess

import pypdfium2 as pdfium
from PIL import Image, ImageStat

from documents.extraction import ocr
from documents.extraction.cleaning import drop_page_mark, drop_stamps
from documents.extraction.judge import Quality, judge
from documents.extraction.pdf_page import Layout
from documents.extraction.types import (
    NOTE_NO_OCR,
    NOTE_UNREADABLE,
    NOTE_UNSURE,
    SOURCE_OCR,
    Limits,
    PageText,
)

_MAX_PIXELS = 40_000_000


class Mender:
    """Mends the pages of one file."""

    def __init__(self, limits: Limits, stamps: set[str]):
        self.limits = limits
        self.stamps = stamps
        self.turned = 0
        """Degrees clockwise by which the page before was turned: neighbours lie alike."""

    def mend(self, page: pdfium.PdfPage, layer: PageText, quality: Quality, layout: Layout) -> PageText:
        """Read the page by OCR and keep the better of both readings."""
        if not layer.text and not quality.garbage and _is_blank(_picture(page, 50)):
            return layer
        if not (self.limits.ocr and ocr.available()):
            layer.doubt, layer.note = True, NOTE_UNREADABLE if layer.text else NOTE_NO_OCR
            return layer
        dpi = int(min(300, max(200, layout.native_dpi or 300)))
        try:
            reading = ocr.read_picture(_picture(page, dpi), dpi, self.limits.ocr_seconds, self.turned)
            self.turned = reading.rotated
        except subprocess.TimeoutExpired:
            layer.doubt, layer.note = True, NOTE_UNREADABLE
            return layer
        text = drop_page_mark(drop_stamps(reading.text, self.stamps), layer.number)
        found = judge(text)
        if layer.text and not _reads_better(found, reading, quality, layout):
            layer.doubt = layer.source == SOURCE_OCR and (layer.confidence or 0) < ocr.DOUBTFUL
            layer.note = NOTE_UNSURE if layer.doubt else ""
            return layer
        if not text:
            layer.doubt, layer.note = True, NOTE_UNREADABLE
            return layer
        doubt = reading.confidence < ocr.DOUBTFUL or found.garbage
        return PageText(
            layer.number,
            layer.label,
            text,
            SOURCE_OCR,
            reading.confidence,
            doubt,
            NOTE_UNSURE if doubt else "",
        )


def _reads_better(found: Quality, reading: ocr.Reading, quality: Quality, layout: Layout) -> bool:
    """Tell whether the own OCR says more than the text layer.

    Against somebody else's OCR the better reading wins, own first. Against real text the picture must tell clearly
    more, else it was a letterhead or a photograph.
    """
    if layout.hidden_text:
        return reading.confidence >= ocr.SURE and found.worth >= 0.95 * quality.worth
    if found.language > quality.language + 0.15 and reading.confidence >= ocr.SURE:
        return True
    return found.good_words * reading.confidence > 1.1 * quality.good_words


def _picture(page: pdfium.PdfPage, dpi: int) -> Image.Image:
    """Draw the page in grey, at a lower resolution when the page is so large that it would fill the memory."""
    width, height = page.get_size()
    scale = min(dpi / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    return page.render(scale=scale, grayscale=True).to_pil()


def _is_blank(picture: Image.Image) -> bool:
    """Tell whether a page shows nothing (an even colour, specks aside)."""
    extrema = ImageStat.Stat(picture)
    return extrema.stddev[0] < 1.5
