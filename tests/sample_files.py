"""Small real files for tests, made on the spot."""

import csv
import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def pdf_bytes(pages: list[str]) -> bytes:
    """Return a PDF with one page a text; its text can be extracted. Equal texts give equal bytes.

    It names no author and no program, so that an upload of it is published as it is.
    """
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1)
    for forget in (
        canvas.setAuthor,
        canvas.setCreator,
        canvas.setProducer,
        canvas.setSubject,
        canvas.setTitle,
    ):
        forget("")
    for text in pages or [""]:
        block = canvas.beginText(60, 780)
        for line in text.splitlines():
            block.textLine(line)
        canvas.drawText(block)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def csv_bytes(rows: list[list[str]]) -> bytes:
    """Return a comma-separated table in UTF-8."""
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue().encode()
