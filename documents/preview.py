"""The first rows of a table (CSV, Excel), for the page of an open dataset.

The rows are taken when the file is read in the background, in the bounded child process; showing them costs no parsing.
"""

from dataclasses import dataclass

from documents.models import OfficeDocument

ROWS = 20
COLUMNS = 12


@dataclass(frozen=True)
class TablePreview:
    """The beginning of a table. Cells are plain text on one line; a template must escape them like any text."""

    header: list[str]
    rows: list[list[str]]
    sheet: str
    """Name of the sheet, "" for a CSV."""
    more_rows: bool
    more_columns: bool


def table_preview(document: OfficeDocument, rows: int = ROWS, columns: int = COLUMNS) -> TablePreview | None:
    """Return the first `rows` rows of the document's table, or None when it has none (or is not read yet).

    The header is the first row that fills at least half of the columns: tables often stand under a title.
    """
    stored = document.preview
    if not stored or not stored["rows"]:
        return None
    table: list[list[str]] = stored["rows"]
    width = max(map(len, table))
    start = next((index for index, row in enumerate(table[:10]) if sum(map(bool, row)) * 2 >= width), 0)
    body = table[start + 1 :]
    used = [index for index in range(width) if any(row[index] for row in table[start:])]
    shown = used[:columns]
    return TablePreview(
        header=[table[start][index] for index in shown],
        rows=[[row[index] for index in shown] for row in body[:rows]],
        sheet=stored["sheet"],
        more_rows=stored["more"] or len(body) > rows,
        more_columns=len(used) > columns,
    )
