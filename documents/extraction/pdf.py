"""Reads PDF files page by page: the text layer where it is real, OCR where it is not."""

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from documents.extraction.cleaning import clean_text, drop_page_mark, drop_stamps, find_stamps
from documents.extraction.judge import Quality, judge
from documents.extraction.pdf_page import Layout, Look, look
from documents.extraction.types import (
    NOTE_DAMAGED,
    SOURCE_NONE,
    SOURCE_OCR,
    SOURCE_TEXT,
    FileFacts,
    Limits,
    PageText,
    Unreadable,
)

if TYPE_CHECKING:
    from documents.extraction.pdf_scan import Mender

_SAMPLE_PAGES = 60
_KEPT_CHARS = 4_000_000
"""Characters of sampled pages that are kept, so that these pages need not be looked at again."""
_SCAN_COVERAGE = 0.4
_FEW_WORDS = 150
_SUSPECT_LANGUAGE = 0.4


def _repair(path: Path) -> Path | None:
    """Write what can be saved of a damaged file to a temporary file; the original stays as it is."""
    import tempfile

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
        self.stamps: set[str] = set()
        self.seen: dict[int, Look] = {}
        self.mender: Mender | None = None

    def look_ahead(self) -> None:
        """Find the portal's stamps on a sample of the pages; what was seen of them is kept until they are read."""
        texts, room = [], _KEPT_CHARS
        for index in range(0, self.facts.part_count, max(1, self.facts.part_count // _SAMPLE_PAGES)):
            try:
                seen = self._look(index)
            except pdfium.PdfiumError:
                continue
            texts.append(seen.text)
            if len(seen.text) <= room:
                room -= len(seen.text)
                self.seen[index] = seen
        self.stamps = find_stamps(texts)

    def _look(self, index: int) -> Look:
        page = self.document[index]
        try:
            return look(page, self.limits.page_chars)
        finally:
            page.close()

    def read(self, number: int) -> PageText:
        """Read page `number` (from 1); a page that cannot be read comes back empty and in doubt."""
        label = f"Halaman {number}"
        try:
            seen = self.seen.pop(number - 1, None) or self._look(number - 1)
            return self._read_page(seen, number, label)
        except pdfium.PdfiumError:
            return PageText(number, label, "", SOURCE_NONE, doubt=True, note=NOTE_DAMAGED)

    def _read_page(self, seen: Look, number: int, label: str) -> PageText:
        own = drop_stamps(seen.text, self.stamps)
        quality = judge(own)
        text = "" if quality.garbage else drop_page_mark(clean_text(own), number)
        layer = PageText(number, label, text, SOURCE_TEXT if text else SOURCE_NONE)
        if text and seen.layout.hidden_text:
            layer.source, layer.confidence = SOURCE_OCR, round(quality.confidence, 3)
        if self._is_real(quality, seen.layout, text):
            return layer
        return self._mend(layer, quality, seen.layout)

    def _mend(self, layer: PageText, quality: Quality, layout: Layout) -> PageText:
        """Read the page anew as a picture."""
        from documents.extraction.pdf_scan import Mender  # with all that drawing takes: few files need it

        self.mender = self.mender or Mender(self.limits, self.stamps)
        page = self.document[layer.number - 1]
        try:
            return self.mender.mend(page, layer, quality, layout)
        finally:
            page.close()

    @staticmethod
    def _is_real(quality: Quality, layout: Layout, text: str) -> bool:
        """Tell whether the text layer says what a reader sees on the page."""
        if not text or quality.garbage:
            return False
        if layout.hidden_text:
            return not quality.oddities and quality.language >= 0.5
        if quality.words >= 20 and quality.language < _SUSPECT_LANGUAGE:
            return False  # names and codes, or a font that maps some of its letters wrong: the picture tells
        return layout.coverage < _SCAN_COVERAGE or quality.words >= _FEW_WORDS
