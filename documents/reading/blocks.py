"""Turns the lines of a page into what a reader expects: paragraphs, lists of points, tables.

An extracted page is a column of printed lines. Read aloud, each line end is a pause in the middle of a sentence; so
lines that belong together are joined, and what begins something new (a point, a heading in capitals, a chapter) stays
apart. Nothing is left out and no word is changed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

PARAGRAPH, HEADING, TABLE = "paragraf", "judul", "tabel"

_POINT = re.compile(
    r"(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)]|\(?[ivxlc]{1,5}[.)]|\d+(?:\.\d+)+\.?|[-–—•▪●*·])\s+\S"
    r"|(?:BAB|BAGIAN|Bagian|Paragraf|Pasal|PASAL|Ayat|Lampiran|LAMPIRAN|DIKTUM)\s+\S{1,8}$"
    r"|(?:Menimbang|Mengingat|Memperhatikan|Memutuskan|Menetapkan|MEMUTUSKAN|KESATU|KEDUA|KETIGA|KEEMPAT|KELIMA"
    r"|KEENAM|KETUJUH|KEDELAPAN|KESEMBILAN|KESEPULUH)\b\s*:?"
)
_SENTENCE_END = re.compile(r"[.;:!?…][\"”’)]?$")
_RULE = re.compile(r"[|:\-\s]+")
_FULL = 0.72
"""A line this long, as a share of the page's usual line, was full: what follows belongs to it."""
_ENOUGH_LINES = 8
"""With fewer lines there is no telling how long a full one is."""


@dataclass
class Block:
    """A piece of a page. `lines` of a paragraph are joined already; those of a heading stay lines."""

    kind: str
    lines: list[str] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


def _cells(line: str) -> list[str]:
    """The cells of a table's line ("a | b", or "| a | b |" as Markdown has it)."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _usual_length(lines: list[str]) -> int:
    """The length of a full line of this page: nine of ten lines are no longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(len(lengths) * 0.9)] if len(lengths) >= _ENOUGH_LINES else max(lengths, default=0) + 1


def _is_heading(line: str) -> bool:
    letters = [char for char in line if char.isalpha()]
    return len(letters) >= 3 and line.isupper()


def _continues(before: str, line: str, usual: int) -> bool:
    """Tell whether a line goes on with the sentence of the line before it."""
    if _POINT.match(line):
        return False
    if len(before) < _FULL * usual:
        # A short line ends its paragraph, unless the sentence visibly goes on.
        return line[0].islower() and not _SENTENCE_END.search(before)
    return line[0].islower() or line[0].isdigit() or not _SENTENCE_END.search(before) or len(before) >= usual


def _joined(before: str, line: str) -> str:
    return before + line if before.endswith(("-", "/")) and line[0].isalnum() else f"{before} {line}"


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of a page's text, in order."""
    blocks: list[Block] = []
    lines = text.split("\n")
    usual = _usual_length(lines)
    last = ""
    for line in (line.strip() for line in lines):
        if not line:
            last = ""
            continue
        current = blocks[-1] if blocks and last else None
        if " | " in line or line.startswith("|"):
            if current is None or current.kind != TABLE:
                current = Block(TABLE)
                blocks.append(current)
            if not _RULE.fullmatch(line):
                current.rows.append(_cells(line))
        elif _is_heading(line):
            if current is None or current.kind != HEADING or _POINT.match(line):
                current = Block(HEADING)
                blocks.append(current)
            current.lines.append(line)
        elif current is not None and current.kind == PARAGRAPH and _continues(last, line, usual):
            current.lines[-1] = _joined(current.lines[-1], line)
        else:
            blocks.append(Block(PARAGRAPH, [line]))
        last = line
    return [_even(block) if block.kind == TABLE else block for block in blocks if block.lines or block.rows]


def _even(block: Block) -> Block:
    """A table whose rows have equally many cells is one; else empty cells are missing, and rows are told as lines."""
    if len({len(row) for row in block.rows}) == 1 and len(block.rows) > 1 and len(block.rows[0]) > 1:
        return block
    return Block(PARAGRAPH, ["; ".join(cell for cell in row if cell) for row in block.rows])


def table_blocks(text: str, preview: dict[str, Any] | None, columns: int, cell_chars: int) -> list[Block]:
    """Return the blocks of a sheet's text; its first rows come from `preview`, which knows the empty cells.

    `preview` (of `documents.preview`) holds the first rows of this very sheet, cut to `columns` columns and
    `cell_chars` characters a cell; a wider table is told by its text.
    """
    rows: list[list[str]] = ((preview or {}).get("rows") or [])[: text.count("\n") + 1]
    width = max(map(len, rows), default=0)
    if not 1 < width < columns or any(len(cell) >= cell_chars for row in rows for cell in row):
        return list(_sheet_lines(text.split("\n")))
    used = [index for index in range(width) if any(row[index] for row in rows)]
    start = next((index for index, row in enumerate(rows[:10]) if sum(map(bool, row)) * 2 >= width), 0)
    titles = [" ".join(filter(None, row)) for row in rows[:start]]
    blocks = [Block(PARAGRAPH, [title]) for title in titles if title]
    table = Block(TABLE, header=[rows[start][index] for index in used])
    table.rows = [[row[index] for index in used] for row in rows[start + 1 :]]
    blocks.append(table)
    return blocks + list(_sheet_lines(text.split("\n")[len(rows) :]))


def _sheet_lines(lines: list[str]) -> Iterator[Block]:
    rows = [_cells(line) for line in lines if line.strip()]
    if rows:
        yield _even(Block(TABLE, rows=rows))
