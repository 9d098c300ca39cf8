"""Reads the rows of an index sheet, CSV or XLSX, whatever its delimiter, encoding and order of columns."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from catalogue.importing.index_titles import kind_of_category
from catalogue.importing.records import BadRow, SourceError
from catalogue.importing.titles import squeeze
from documents.extraction.kinds import decode_text

#: Our name of a column, and how headers call it (letters only, small).
_COLUMNS = {
    "id": ("id", "no"),
    "category": ("category", "kategori"),
    "title": ("title", "judulpanjang", "namaperaturan"),
    "description": ("description", "deskripsi", "tentang", "perihal"),
    "url": ("fileurl", "urlberkas", "unduh", "tautanberkas"),
    "detail": ("url", "tautan", "urlhalaman"),
    "file": ("file", "berkas", "namaberkas"),
    "jenis": ("jenis", "bentuk"),
    "nomor": ("nomor",),
    "tahun": ("tahun",),
    "judul": ("judul",),
    "ringkasan": ("ringkasan", "abstrak"),
    "tanggal_penetapan": ("tanggalpenetapan", "tanggalditetapkan"),
    "tanggal_pengundangan": ("tanggalpengundangan", "tanggaldiundangkan"),
    "tempat_penetapan": ("tempatpenetapan",),
    "sumber": ("sumber",),
    "subjek": ("subjek",),
}
_MAX_CELL = 32_767  # characters, the limit of spreadsheet programs
_MAX_BYTES = 50 * 1024**2


@dataclass(frozen=True)
class IndexRow:
    """A row of the index by our column names; `line` is where it begins in the file (the row number of a sheet)."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


def read_rows(path: Path) -> tuple[list[IndexRow], list[BadRow]]:
    """Read a sheet's rows by our column names, and the rows that no sheet program could have written.

    Raises SourceError when the file is no such sheet or lacks the columns by which regulations are known.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise SourceError(f"{path.name} lebih besar dari 50 MB; lembar indeks sebesar itu tidak dibaca.")
    table = list(_xlsx(path) if path.suffix.lower() == ".xlsx" else _csv(path))
    start = next((number for number, (_, cells) in enumerate(table) if _header(cells)), None)
    if start is None:
        found = ", ".join(squeeze(str(cell)) for cell in (table[0][1] if table else [])) or "tidak ada"
        raise SourceError(
            f"{path.name} tidak memuat kolom judul (title), atau jenis, nomor, dan tahun. Kolom yang ada: {found}."
        )
    header = _header(table[start][1])
    rows, bad = [], []
    for line, cells in table[start + 1 :]:
        named = {name: str(cells[at] or "").strip() for at, name in header.items() if at < len(cells)}
        if not any(named.values()):
            continue
        if any(len(value) > _MAX_CELL for value in named.values()):
            bad.append(
                BadRow(line, "Isi sel terlalu panjang; tanda kutip tidak ditutup?", str(named)[:20_000])
            )
        else:
            rows.append(IndexRow(line, named))
    return rows, bad


def category_kinds(path: Path | None) -> dict[str, str]:
    """Which type each category id stands for (those that mix types are left out)."""
    if path is None:
        return {}
    rows = csv.DictReader(io.StringIO(decode_text(path.read_bytes()) or "", newline=""))
    kinds = {str(row.get("id", "")).strip(): kind_of_category(row.get("name") or "") for row in rows}
    return {key: kind for key, kind in kinds.items() if key and kind}


def _header(cells) -> dict[int, str] | None:
    """Which of our columns stands where, or None when this row is no header of an index."""
    known = {alias: name for name, aliases in _COLUMNS.items() for alias in aliases}
    letters = [re.sub(r"[^a-z]", "", squeeze(str(cell or "")).lower()) for cell in cells]
    found = {at: known[text] for at, text in enumerate(letters) if text in known}
    names = set(found.values())
    return found if "title" in names or {"nomor", "judul"} <= names or {"nomor", "jenis"} <= names else None


def _csv(path: Path) -> Iterator[tuple[int, list[str]]]:
    text = decode_text(path.read_bytes())
    if text is None:
        raise SourceError(f"{path.name} bukan berkas teks.")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(_MAX_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise SourceError(f"{path.name} tidak terbaca sebagai CSV mulai baris {line} ({error}).") from error


def _xlsx(path: Path) -> Iterator[tuple[int, list]]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl raises whatever the broken part raised
        raise SourceError(f"{path.name} bukan lembar Excel (XLSX) yang dapat dibuka.") from error
    sheet = book.worksheets[0]
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, [_whole(cell) for cell in cells]
    book.close()


def _whole(cell):
    """Excel keeps 2023 as 2023.0."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def sibling_categories(path: Path) -> Path | None:
    """The list of categories beside an index: a CSV whose name says so."""
    return next((other for other in sorted(path.parent.glob("*kategori*.csv")) if other != path), None)
