"""Reads tables: workbooks sheet by sheet, CSV in blocks of rows; and the first rows of each as a preview."""

import csv
import datetime
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl

from documents.extraction.cleaning import clean_text
from documents.extraction.kinds import decode_text
from documents.extraction.types import (
    PREVIEW_CELL_CHARS,
    PREVIEW_COLUMNS,
    PREVIEW_ROWS,
    SOURCE_NONE,
    FileFacts,
    Limits,
    PageText,
    Unreadable,
)

PART_CHARS = 20_000
"""A sheet or table longer than this, in characters, is cut into parts, so that a hit points near its row."""
_MAX_ROWS = 200_000
_MAX_COLUMNS = 500

Row = list[str]


def cell_text(value: Any) -> str:
    """Return a cell's value as a reader sees it: on one line, without control characters."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return " ".join(clean_text(str(value)).split())


def _parts(rows: Iterable[tuple[int, Row]], limits: Limits) -> Iterator[tuple[int, int, str]]:
    """Cut numbered rows into (first row, last row, text) of about PART_CHARS characters each."""
    lines: list[str] = []
    size = first = last = 0
    for number, row in rows:
        line = " | ".join(cell for cell in row if cell)[: limits.page_chars]
        if not line:
            continue
        if lines and size + len(line) > PART_CHARS:
            yield first, last, "\n".join(lines)
            lines, size = [], 0
        first = number if not lines else first
        last = number
        lines.append(line)
        size += len(line) + 1
    if lines:
        yield first, last, "\n".join(lines)


def _preview(rows: list[Row], sheet: str, more: bool) -> dict:
    rows = [[cell[:PREVIEW_CELL_CHARS] for cell in row[:PREVIEW_COLUMNS]] for row in rows]
    width = max(map(len, rows), default=0)
    while rows and width and not any(len(row) >= width and row[width - 1] for row in rows):
        width -= 1
    return {"sheet": sheet, "rows": [(row + [""] * width)[:width] for row in rows], "more": more}


class _PartReader:
    """A file whose pages are made when it is opened."""

    facts: FileFacts
    pages: list[PageText]
    preview: dict | None = None

    def read(self, number: int) -> PageText:
        """Return page `number` (from 1)."""
        return self.pages[number - 1]

    def _close(self, limits: Limits, cut: bool) -> None:
        if cut or len(self.pages) > limits.max_pages:
            self.facts.notices.append("Tabel sangat panjang; hanya bagian awalnya yang dapat dicari.")
            del self.pages[limits.max_pages :]
            self.pages[-1].doubt = True
            self.pages[-1].note = "Baris-baris berikutnya tidak dibaca karena tabel terlalu panjang."
        self.facts.part_count = len(self.pages)


class WorkbookReader(_PartReader):
    """An Excel workbook: each visible sheet is a page that carries the sheet's name."""

    def __init__(self, path: Path, limits: Limits):
        try:
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        except (
            zipfile.BadZipFile,
            KeyError,
            ValueError,
            TypeError,
            OSError,
            SyntaxError,
            AttributeError,
        ) as error:
            raise Unreadable("rusak", "Berkas Excel rusak dan tidak dapat dibuka.") from error
        self.facts = FileFacts(part_count=0)
        self.pages = []
        cut = False
        hidden = []
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                hidden.append(sheet.title)
                continue
            self.facts.length = (self.facts.length or 0) + 1
            sheet.reset_dimensions()  # a file may claim a million columns
            rows: list[tuple[int, Row]] = []
            values = sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS)
            for number, row in enumerate(itertools.islice(values, _MAX_ROWS + 1), start=1):
                cells = [cell_text(value) for value in row]
                if any(cells):
                    rows.append((number, cells))
                cut = cut or number > _MAX_ROWS
            if self.preview is None and rows:
                first = [row for _number, row in rows[:PREVIEW_ROWS]]
                self.preview = _preview(first, sheet.title, len(rows) > PREVIEW_ROWS)
            self._add_sheet(sheet.title, rows, limits)
        if hidden:
            names = ", ".join(f'"{name}"' for name in hidden[:10])
            self.facts.notices.append(
                f"Ada lembar tersembunyi: {names}. Siapa pun yang mengunduh dapat membukanya."
            )
        if not self.pages:
            raise Unreadable("kosong", "Lembar kerja tidak memuat lembar yang terlihat.")
        self._close(limits, cut)

    def _add_sheet(self, title: str, rows: list[tuple[int, Row]], limits: Limits) -> None:
        label = f'Lembar "{clean_text(title)}"'
        parts = list(_parts(rows, limits))
        for first, last, text in parts:
            name = label if len(parts) == 1 else f"{label}, baris {first}–{last}"
            self.pages.append(PageText(len(self.pages) + 1, name, text))
        if not parts:
            self.pages.append(PageText(len(self.pages) + 1, label, "", SOURCE_NONE))


def read_csv(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text; its delimiter is found from its beginning (Excel here writes semicolons)."""
    sample = text[:20_000]
    try:
        dialect: Any = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
        if sample.count(";") > sample.count(","):
            dialect = type("Semicolon", (csv.excel,), {"delimiter": ";"})
    dialect.doublequote = True
    csv.field_size_limit(1_000_000)
    for row in csv.reader(text.replace("\x00", "").splitlines(keepends=True), dialect):
        yield [cell_text(value) for value in row[:_MAX_COLUMNS]]


class CsvReader(_PartReader):
    """A CSV table in blocks of rows."""

    def __init__(self, path: Path, limits: Limits):
        text = decode_text(path.read_bytes())
        if text is None:
            raise Unreadable("rusak", "Berkas CSV bukan teks yang dapat dibaca.")
        self.facts = FileFacts(part_count=0)
        try:
            numbered = list(itertools.islice(enumerate(read_csv(text), start=1), _MAX_ROWS + 1))
        except csv.Error as error:
            raise Unreadable("rusak", "Berkas CSV tidak dapat diuraikan menjadi tabel.") from error
        rows = [(number, row) for number, row in numbered if any(row)]
        if not rows:
            raise Unreadable("kosong", "Berkas CSV tidak berisi data.")
        self.preview = _preview([row for _number, row in rows[:PREVIEW_ROWS]], "", len(rows) > PREVIEW_ROWS)
        parts = list(_parts(rows, limits))
        self.pages = [
            PageText(index, f"Baris {first}–{last}", part)
            for index, (first, last, part) in enumerate(parts, start=1)
        ]
        self._close(limits, len(numbered) > _MAX_ROWS)
