"""What the reading view shows of each page: its name, how far its text can be trusted, the text in blocks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from documents.enums import TextSource
from documents.extraction import kinds
from documents.extraction.types import PREVIEW_CELL_CHARS, PREVIEW_COLUMNS
from documents.models import DocumentPage, OfficeDocument
from documents.reading.blocks import Block, table_blocks, text_blocks
from documents.reading.highlighting import Mark

_READABILITY = (
    (0.9, "terbaca baik"),
    (0.8, "umumnya terbaca baik"),
    (0.65, "cukup terbaca, cocokkan angka dan nama"),
    (0.0, "sulit terbaca"),
)


def readability(confidence: float | None) -> str:
    """Say in words how well OCR could read a page (`confidence` 0 to 1); "" where that is not known."""
    if confidence is None:
        return ""
    return next(words for least, words in _READABILITY if confidence >= least)


def page_name(document: OfficeDocument, page: DocumentPage) -> str:
    """Return what people call the page: "Halaman 7 dari 120", a sheet's or part's own name otherwise."""
    if page.label == f"Halaman {page.number}" and document.page_count:
        return f"{page.label} dari {document.page_count}"
    return page.label


@dataclass
class ShownBlock:
    """A block with its texts as safe HTML."""

    kind: str
    name: str = ""
    """Names a table among those of its file."""
    lines: list[SafeString] = field(default_factory=list)
    header: list[SafeString] = field(default_factory=list)
    rows: list[list[SafeString]] = field(default_factory=list)


@dataclass
class ShownPage:
    """A page as the template needs it."""

    number: int
    name: str
    file_url: str
    """Where the file opens at this page; "" for kinds that know no pages."""
    is_ocr: bool
    readability: str
    doubt: bool
    note: str
    corrected_at: datetime | None
    blocks: list[ShownBlock]
    previous: int | None = None
    following: int | None = None


def _blocks(document: OfficeDocument, page: DocumentPage, has_preview: bool) -> list[Block]:
    if not page.text:
        return []
    if document.kind in (kinds.CSV, kinds.XLSX) and not page.corrected_at:
        return table_blocks(
            page.text, document.preview if has_preview else None, PREVIEW_COLUMNS, PREVIEW_CELL_CHARS
        )
    return text_blocks(page.text)


def _preview_page(document: OfficeDocument) -> int | None:
    """The number of the page that the stored first rows belong to."""
    if not document.preview:
        return None
    if not document.preview.get("sheet"):
        return 1
    label = f'Lembar "{document.preview["sheet"]}"'
    found = document.pages.filter(label__startswith=label).order_by("number")
    return found.values_list("number", flat=True).first()


def shown_pages(document: OfficeDocument, pages: Iterable[DocumentPage], mark: Mark) -> list[ShownPage]:
    """Return pages as the reading view shows them; `mark` makes their text safe HTML."""

    def safe(text: str) -> SafeString:
        return mark_safe(mark(text))  # `mark` escapes (documents.reading.highlighting)

    first_rows = _preview_page(document)
    shown = []
    for page in pages:
        blocks = [
            ShownBlock(
                block.kind,
                f"Tabel {index}, {page_name(document, page)}",
                [safe(line) for line in block.lines],
                [safe(cell) for cell in block.header],
                [[safe(cell) for cell in row] for row in block.rows],
            )
            for index, block in enumerate(_blocks(document, page, page.number == first_rows), start=1)
        ]
        shown.append(
            ShownPage(
                number=page.number,
                name=page_name(document, page),
                file_url=document.page_url(page.number) if document.is_pdf else "",
                is_ocr=page.source == TextSource.OCR,
                readability=readability(page.confidence),
                doubt=page.doubt,
                note=page.note,
                corrected_at=page.corrected_at,
                blocks=blocks,
            )
        )
    for before, after in pairwise(shown):
        before.following, after.previous = after.number, before.number
    return shown
