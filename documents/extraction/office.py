"""Reads Word documents and plain text."""

import io
import re
import zipfile
from pathlib import Path

import kreuzberg
from PIL import Image

from documents.extraction import ocr
from documents.extraction.cleaning import clean_text
from documents.extraction.kinds import decode_text
from documents.extraction.tables import PART_CHARS, _PartReader
from documents.extraction.types import (
    NOTE_NO_OCR,
    NOTE_UNREADABLE,
    SOURCE_NONE,
    SOURCE_OCR,
    FileFacts,
    Limits,
    PageText,
    Unreadable,
)

_SCAN_SIDE = 800
"""A picture in a Word file is read by OCR from this size on, pixels a side; smaller ones are logos and icons."""
_MAX_PICTURES = 50


def split_text(text: str, size: int = PART_CHARS) -> list[str]:
    """Cut a text into parts of at most `size` characters, between paragraphs or lines where possible."""
    parts = []
    while len(text) > size:
        cut = max(text.rfind("\n\n", size // 2, size), text.rfind("\n", size * 3 // 4, size))
        cut = cut if cut > 0 else text.rfind(" ", size // 2, size)
        cut = cut if cut > 0 else size
        parts.append(text[:cut].strip())
        text = text[cut:].strip()
    parts.append(text)
    return [part for part in parts if part]


def text_pages(text: str) -> list[PageText]:
    """Return a plain text as pages: at its form feeds where it has some, else in parts of readable length."""
    sheets = [clean_text(sheet) for sheet in text.split("\f")]
    if sum(map(bool, sheets)) > 1:
        return [
            PageText(number, f"Halaman {number}", sheet) for number, sheet in enumerate(sheets, 1) if sheet
        ]
    parts = split_text("\n".join(sheets).strip())
    if len(parts) == 1:
        return [PageText(1, "Isi dokumen", parts[0])]
    return [PageText(number, f"Bagian {number}", part) for number, part in enumerate(parts, 1)]


class TextReader(_PartReader):
    """A plain-text file."""

    def __init__(self, path: Path, limits: Limits):
        text = decode_text(path.read_bytes())
        if text is None:
            raise Unreadable("rusak", "Berkas teks memakai pengodean yang tidak dapat dibaca.")
        self.facts = FileFacts(part_count=0)
        pages = text_pages(text)
        if not pages:
            raise Unreadable("kosong", "Berkas teks tidak berisi tulisan.")
        self.pages = [PageText(number, page.label, page.text) for number, page in enumerate(pages, 1)]
        self._close(limits, cut=False)


class WordReader(_PartReader):
    """A Word document, cut at its page breaks; deleted text of tracked changes is not part of it."""

    def __init__(self, path: Path, limits: Limits):
        config = kreuzberg.ExtractionConfig(
            pages=kreuzberg.PageConfig(extract_pages=True), use_cache=False, enable_quality_processing=False
        )
        try:
            result = kreuzberg.extract_file_sync(path, config=config)
        except kreuzberg.KreuzbergError as error:
            raise Unreadable("rusak", "Berkas Word rusak dan tidak dapat dibuka.") from error
        self.facts = FileFacts(part_count=0, length=self._paper_pages(path))
        self.pages = []
        contents = [page["content"] for page in result.pages or []]
        if sum(map(len, contents)) < 0.8 * len(result.content):
            contents = [result.content]  # tables that the page split lost
        parts = [part for content in contents for part in split_text(self._plain(content))]
        for number, part in enumerate(parts, start=1):
            label = "Isi dokumen" if len(parts) == 1 else f"Bagian {number}"
            self.pages.append(PageText(number, label, part))
        self._read_pictures(path, limits)
        if not self.pages:
            raise Unreadable("kosong", "Dokumen Word tidak berisi tulisan.")
        self._close(limits, cut=False)

    @staticmethod
    def _paper_pages(path: Path) -> int | None:
        """The page count that the writing program left in the file, if it did."""
        with zipfile.ZipFile(path) as archive:
            if "docProps/app.xml" not in archive.namelist():
                return None
            found = re.search(rb"<Pages>(\d{1,5})</Pages>", archive.read("docProps/app.xml"))
        return int(found.group(1)) if found else None

    @staticmethod
    def _plain(content: str) -> str:
        return clean_text(content.replace("**", "").replace("\t", " | "))

    def _read_pictures(self, path: Path, limits: Limits) -> None:
        """Read large pictures by OCR: many a Word file is only an envelope for scans."""
        with zipfile.ZipFile(path) as archive:
            names = sorted(name for name in archive.namelist() if name.startswith("word/media/"))
            for name in names[: _MAX_PICTURES * 4]:
                try:
                    picture = Image.open(io.BytesIO(archive.read(name)))
                    if min(picture.size) < _SCAN_SIDE:
                        continue
                    picture.load()
                except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
                    continue
                page = PageText(
                    len(self.pages) + 1, f"Gambar {len(self.pages) + 1}", "", SOURCE_NONE, doubt=True
                )
                if limits.ocr and ocr.available():
                    picture.thumbnail((4000, 4000))
                    reading = ocr.read_picture(picture, 200, limits.ocr_seconds)
                    page.text, page.confidence = reading.text, reading.confidence
                    page.source = SOURCE_OCR if page.text else SOURCE_NONE
                    page.doubt = bool(page.text) and reading.confidence < ocr.DOUBTFUL
                    page.note = NOTE_UNREADABLE if page.doubt else ""
                else:
                    page.note = NOTE_NO_OCR
                if page.text or page.doubt:
                    self.pages.append(page)
                if len(self.pages) >= _MAX_PICTURES:
                    break
