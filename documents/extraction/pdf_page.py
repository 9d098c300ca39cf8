"""What pdfium tells of one page of a PDF: its text layer, and what stands beside it.

Every page of every file passes here, so pdfium is asked directly where its Python helpers would make an object of each
piece of text on the page.
"""

import ctypes
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_MAX_OBJECTS = 4000
_MAX_DEPTH = 4
_INVISIBLE = 3  # PDF 32000-1, table 106: text rendering mode "neither fill nor stroke"
_PAGE_FILLING = 0.8
_SPARE = 1024


@dataclass(frozen=True)
class Layout:
    """What stands on a page besides its text."""

    coverage: float
    """Share of the page under pictures, 0 to 1."""
    hidden_text: bool
    """Whether the text lies invisible, or under a picture: the work of somebody's OCR."""
    native_dpi: float
    """Resolution of the largest picture, dots per inch."""


@dataclass(frozen=True)
class Look:
    """The text layer of a page as pdfium gives it, and the page's layout."""

    text: str
    layout: Layout


def look(page: pdfium.PdfPage, most: int) -> Look:
    """Return what stands on a page, its text cut at `most` characters. Raises PdfiumError on a damaged page."""
    return Look(_text(page, most), _layout(page))


def _text(page: pdfium.PdfPage, most: int) -> str:
    """Return the text within the page's bounds; what lies outside no reader sees."""
    textpage = page.get_textpage()
    try:
        left, bottom, right, top = page.get_bbox()
        # pdfium goes through all letters at every question, so its answer is awaited with enough room for it at once.
        room = textpage.count_chars() * 2 + _SPARE
        buffer = (ctypes.c_ushort * room)()
        units = pdfium_c.FPDFText_GetBoundedText(textpage, left, top, right, bottom, buffer, room)
        if units < room:  # else there was more; the last unit is the NUL at its end
            return bytes(memoryview(buffer)[: max(units - 1, 0)]).decode("utf-16-le", "replace")[:most]
        return textpage.get_text_bounded(errors="replace")[:most]
    finally:
        textpage.close()


def _layout(page: pdfium.PdfPage) -> Layout:
    width, height = page.get_size()
    area = max(width * height, 1.0)
    covered = largest = dpi = 0.0
    picture_at = first_text = 0
    texts: list[ctypes.c_void_p] = []
    for index, (kind, piece) in enumerate(itertools.islice(_pieces(page), _MAX_OBJECTS)):
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            first_text = first_text if texts else index
            texts.append(piece)
            continue
        picture = pdfium.PdfImage(piece, page=page)
        left, bottom, right, top = picture.get_bounds()
        share = max(0.0, right - left) * max(0.0, top - bottom) / area
        covered += share
        if share > largest:
            largest, picture_at = share, index
            dpi = 72 * picture.get_px_size()[0] / max(right - left, 1.0)
    hidden = False
    if texts and largest >= _PAGE_FILLING:
        invisible = sum(pdfium_c.FPDFTextObj_GetTextRenderMode(text) == _INVISIBLE for text in texts)
        hidden = invisible > 0.8 * len(texts) or first_text < picture_at
    return Layout(min(covered, 1.0), hidden, dpi)


def _pieces(page: pdfium.PdfPage) -> Iterator[tuple[int, ctypes.c_void_p]]:
    """Yield kind and handle of the page's pieces of text and pictures, in the order in which they are painted."""
    return _pieces_of(page.raw, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, 1)


def _pieces_of(parent, count: Callable, get: Callable, depth: int) -> Iterator[tuple[int, ctypes.c_void_p]]:
    kind_of = pdfium_c.FPDFPageObj_GetType
    for index in range(count(parent)):
        piece = get(parent, index)
        kind = kind_of(piece)
        if kind == pdfium_c.FPDF_PAGEOBJ_UNKNOWN:
            raise pdfium.PdfiumError("A piece of the page cannot be read.")
        if kind in (pdfium_c.FPDF_PAGEOBJ_TEXT, pdfium_c.FPDF_PAGEOBJ_IMAGE):
            yield kind, piece
        elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            yield from _pieces_of(
                piece, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, depth + 1
            )
