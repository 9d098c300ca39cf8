"""Reads PDF files page by page: the text layer where it is real, OCR where it is not."""

import itertools
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageStat

from documents.extraction import ocr
from documents.extraction.cleaning import clean_text, drop_page_mark, drop_stamps, find_stamps
from documents.extraction.judge import Quality, judge
from documents.extraction.types import (
    SOURCE_NONE,
    SOURCE_OCR,
    SOURCE_TEXT,
    FileFacts,
    Limits,
    PageText,
    Unreadable,
)

_MAX_OBJECTS = 4000
_SAMPLE_PAGES = 60
_MAX_PIXELS = 40_000_000
_SCAN_COVERAGE = 0.4
_FEW_WORDS = 150
_SUSPECT_LANGUAGE = 0.4
_INVISIBLE = 3  # PDF 32000-1, table 106: text rendering mode "neither fill nor stroke"

NOTE_NO_OCR = (
    "Halaman hasil pindai; teksnya belum dapat dibaca karena pembaca pindaian (OCR) tidak terpasang."
)
NOTE_UNREADABLE = "Sebagian isi halaman tidak terbaca."
NOTE_UNSURE = "Teks dibaca dari gambar dan mungkin keliru."
NOTE_DAMAGED = "Halaman rusak dan tidak dapat dibaca."


@dataclass(frozen=True)
class _Layout:
    """What stands on a page besides its text."""

    coverage: float
    """Share of the page under pictures, 0 to 1."""
    hidden_text: bool
    """Whether the text lies invisible, or under a picture: the work of somebody's OCR."""
    native_dpi: float
    """Resolution of the largest picture, dots per inch."""


def _layout(page: pdfium.PdfPage) -> _Layout:
    width, height = page.get_size()
    area = max(width * height, 1.0)
    if page.get_rotation() in (90, 270):
        width, height = height, width
    covered = largest = dpi = 0.0
    first_text = picture_at = None
    texts = invisible = 0
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_TEXT]
    for index, item in enumerate(itertools.islice(page.get_objects(filter=kinds, max_depth=4), _MAX_OBJECTS)):
        if item.type == pdfium_c.FPDF_PAGEOBJ_TEXT:
            texts += 1
            invisible += pdfium_c.FPDFTextObj_GetTextRenderMode(item.raw) == _INVISIBLE
            first_text = index if first_text is None else first_text
            continue
        left, bottom, right, top = item.get_bounds()
        share = max(0.0, right - left) * max(0.0, top - bottom) / area
        covered += share
        if share > largest:
            largest, picture_at = share, index
            pixels = item.get_px_size()[0] if isinstance(item, pdfium.PdfImage) else 0
            dpi = 72 * pixels / max(right - left, 1.0)
    hidden = texts > 0 and largest >= 0.8
    hidden = hidden and (invisible > 0.8 * texts or (first_text or 0) < (picture_at or 0))
    return _Layout(min(covered, 1.0), hidden, dpi)


def _repair(path: Path) -> Path | None:
    """Write what can be saved of a damaged file to a temporary file; the original stays as it is."""
    import pikepdf

    handle = tempfile.NamedTemporaryFile(suffix=".pdf", delete=False)  # noqa: SIM115  (lives as long as the process)
    handle.close()
    try:
        with pikepdf.open(path, attempt_recovery=True) as repaired:
            repaired.save(handle.name)
    except pikepdf.PdfError:
        return None
    return Path(handle.name)


def _open(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise Unreadable(
                "sandi",
                "Berkas dikunci dengan kata sandi. Unggah salinan yang dapat dibuka tanpa kata sandi.",
            ) from error
    repaired = _repair(path)
    if repaired is not None:
        try:
            return pdfium.PdfDocument(repaired)
        except pdfium.PdfiumError:
            pass
    raise Unreadable("rusak", "Berkas PDF rusak dan tidak dapat dibuka. Unggah ulang dari berkas aslinya.")


class PdfReader:
    """An open PDF file."""

    def __init__(self, path: Path, limits: Limits):
        self.limits = limits
        self.document = _open(path)
        self.facts = FileFacts(
            part_count=len(self.document),
            length=len(self.document),
        )
        if not self.facts.part_count:
            raise Unreadable("kosong", "Berkas PDF tidak memiliki halaman.")
        self.stamps = self._find_stamps()
        self.turned = 0

    def _raw_text(self, page: pdfium.PdfPage) -> str:
        textpage = page.get_textpage()
        try:
            return textpage.get_text_bounded(errors="replace")[: self.limits.page_chars]
        finally:
            textpage.close()

    def _find_stamps(self) -> set[str]:
        step = max(1, self.facts.part_count // _SAMPLE_PAGES)
        texts = []
        for index in range(0, self.facts.part_count, step):
            try:
                page = self.document[index]
                texts.append(self._raw_text(page))
                page.close()
            except pdfium.PdfiumError:
                continue
        return find_stamps(texts)

    def read(self, number: int) -> PageText:
        """Read page `number` (from 1); a page that cannot be read comes back empty and in doubt."""
        label = f"Halaman {number}"
        try:
            page = self.document[number - 1]
        except pdfium.PdfiumError:
            return PageText(number, label, "", SOURCE_NONE, doubt=True, note=NOTE_DAMAGED)
        try:
            return self._read_page(page, number, label)
        except pdfium.PdfiumError:
            return PageText(number, label, "", SOURCE_NONE, doubt=True, note=NOTE_DAMAGED)
        finally:
            page.close()

    def _read_page(self, page: pdfium.PdfPage, number: int, label: str) -> PageText:
        raw = self._raw_text(page)
        own = drop_stamps(raw, self.stamps)
        quality = judge(own)
        layout = _layout(page)
        text = "" if quality.garbage else drop_page_mark(clean_text(own), number)
        layer = PageText(number, label, text, SOURCE_TEXT if text else SOURCE_NONE)
        if text and layout.hidden_text:
            layer.source, layer.confidence = SOURCE_OCR, round(quality.confidence, 3)
        if self._is_real(quality, layout, text):
            return layer
        return self._mend(page, layer, quality, layout)

    @staticmethod
    def _is_real(quality: Quality, layout: _Layout, text: str) -> bool:
        """Tell whether the text layer says what a reader sees on the page."""
        if not text or quality.garbage:
            return False
        if layout.hidden_text:
            return not quality.oddities and quality.language >= 0.5
        if quality.words >= 20 and quality.language < _SUSPECT_LANGUAGE:
            return False  # names and codes, or a font that maps some of its letters wrong: the picture tells
        return layout.coverage < _SCAN_COVERAGE or quality.words >= _FEW_WORDS

    def _mend(self, page: pdfium.PdfPage, layer: PageText, quality: Quality, layout: _Layout) -> PageText:
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
        if layer.text and not self._reads_better(found, reading, quality, layout):
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

    @staticmethod
    def _reads_better(found: Quality, reading: ocr.Reading, quality: Quality, layout: _Layout) -> bool:
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
