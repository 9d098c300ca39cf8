"""One page of a file's text, short enough for a frame on another site."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from documents.models import OfficeDocument
from documents.reading.highlighting import marker_for
from documents.reading.pages import ShownBlock, ShownPage, shown_pages

MAX_CHARS = 8_000
"""Of HTML that a page of text brings along; the rest is read on the office's own site."""
_AROUND = 9  # characters of markup about a line or a cell


@dataclass(frozen=True)
class Reader:
    """A page of a file as the frame shows it. `previous` and `following` are page numbers, None at the ends."""

    page: ShownPage
    text: str
    last: int
    previous: int | None
    following: int | None
    is_cut: bool
    full_path: str

    def as_data(self) -> dict[str, Any]:
        """The page as JSON has it: its whole text."""
        return {
            "nomor": self.page.number,
            "nama": self.page.name,
            "teks": self.text,
            "hasil_pindai": self.page.is_ocr,
            "diragukan": self.page.doubt,
            "halaman_terakhir": self.last,
            "url": self.full_path,
        }


def reader_of(document: OfficeDocument, wanted: int) -> Reader | None:
    """The page with this number, or the nearest before it; None while there is no text. Three queries at most.

    Whether the public may read the file has been asked by the caller.
    """
    numbers = list(document.pages.order_by("number").values_list("number", flat=True))
    if not (numbers and document.text_url):
        return None
    place = max(0, bisect_right(numbers, wanted) - 1)
    row = document.pages.get(number=numbers[place])
    (page,) = shown_pages(document, [row], marker_for(""))
    blocks, is_cut = _cut(page.blocks)
    return Reader(
        page=replace(page, blocks=blocks),
        text=row.text,
        last=numbers[-1],
        previous=numbers[place - 1] if place else None,
        following=numbers[place + 1] if place + 1 < len(numbers) else None,
        is_cut=is_cut,
        full_path=document.page_text_url(row.number),
    )


def _cut(blocks: list[ShownBlock]) -> tuple[list[ShownBlock], bool]:
    """As many lines and rows as there is room for."""
    left, kept = MAX_CHARS, []
    for block in blocks:
        shown = replace(block, lines=[], rows=[])
        for line in block.lines:
            size = len(line) + _AROUND
            if size > left:
                if not kept and not shown.lines:  # one endless line, with nothing before it
                    kept.append(replace(shown, lines=[_beginning(line)]))
                elif shown.lines:
                    kept.append(shown)
                return kept, True
            shown.lines.append(line)
            left -= size
        left -= sum(len(cell) + _AROUND for cell in block.header)
        for row in block.rows:
            size = sum(len(cell) + _AROUND for cell in row)
            if size > left:
                return [*kept, shown] if shown.rows else kept, True
            shown.rows.append(row)
            left -= size
        kept.append(shown)
    return kept, False


def _beginning(line: SafeString) -> SafeString:
    """The first words of safe HTML that holds no elements (`marker_for("")` only escapes)."""
    words = (
        line[:MAX_CHARS].rpartition(" ")[0]
        or line[: MAX_CHARS // 2].rpartition("&")[0]
        or line[: MAX_CHARS // 2]
    )
    return mark_safe(f"{words} …")
