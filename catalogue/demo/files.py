"""Files of the demo: PDFs with text, a scan without, tables. The same input gives the same bytes."""

import csv
import io
import textwrap
from collections.abc import Sequence

import openpyxl
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from documents.models import OfficeDocument
from home.models import Office

NOTICE = "CONTOH untuk peragaan e-PPID. Bukan naskah resmi KPU Kota Serang."
_MARGIN = 62  # points
_LINE = 16  # points
_WRAP = 84  # characters
_SCAN_DPI = 110
_WHITE_FROM = 160  # grey level; a scanner set to black and white
_PAGE_PIXELS = (int(8.27 * _SCAN_DPI), int(11.69 * _SCAN_DPI))

Pages = Sequence[Sequence[str]]
"""Paragraphs by page."""


def text_pdf(title: str, pages: Pages) -> bytes:
    """Return a PDF with a text layer: a title on its first page, a notice and the page number on each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1, pageCompression=1, lang="id-ID")
    canvas.setTitle(title)
    canvas.setAuthor("Contoh e-PPID")
    width, height = A4
    for number, paragraphs in enumerate(pages, 1):
        y = height - _MARGIN
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(_MARGIN, height - 36, NOTICE)
        if number == 1:
            canvas.setFont("Helvetica-Bold", 15)
            for line in textwrap.wrap(title, 58):
                canvas.drawString(_MARGIN, y, line)
                y -= _LINE * 1.3
            y -= _LINE
        canvas.setFont("Helvetica", 11)
        for paragraph in paragraphs:
            for line in textwrap.wrap(paragraph, _WRAP):
                canvas.drawString(_MARGIN, y, line)
                y -= _LINE
            y -= _LINE * 0.6
        canvas.setFont("Helvetica", 9)
        canvas.drawCentredString(width / 2, 32, f"Halaman {number} dari {len(pages)}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scanned_pdf(title: str, pages: Pages) -> bytes:
    """Return a PDF of pictures only, as a scanner makes it: its text can be read by OCR alone."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    font, heading = ImageFont.load_default(22), ImageFont.load_default(30)
    for paragraphs in pages:
        picture = Image.new("L", _PAGE_PIXELS, 250)
        draw, y = ImageDraw.Draw(picture), 70
        draw.text((70, 30), NOTICE, font=ImageFont.load_default(16), fill=90)
        for line in textwrap.wrap(title, 46):
            draw.text((70, y), line, font=heading, fill=20)
            y += 40
        for paragraph in paragraphs:
            y += 18
            for line in textwrap.wrap(paragraph, 66):
                draw.text((70, y), line, font=font, fill=30)
                y += 30
        packed = io.BytesIO()
        picture.point(lambda grey: 255 if grey > _WHITE_FROM else 0).save(packed, "PNG", optimize=True)
        canvas.drawImage(ImageReader(packed), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def csv_file(header: Sequence[str], rows: Sequence[Sequence]) -> bytes:
    """Return a CSV as spreadsheet programs here open it: UTF-8 with its mark, commas."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    return buffer.getvalue().encode("utf-8-sig")


def xlsx_file(sheet_name: str, header: Sequence[str], rows: Sequence[Sequence]) -> bytes:
    """Return an Excel workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = sheet_name
    for row in (header, *rows):
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def stored(office: Office, title: str, name: str, content: bytes) -> OfficeDocument:
    """Return the office's document with this title; it is stored, and put in the queue for reading, when missing."""
    document = OfficeDocument.objects.filter(collection=office.collection, title=title).first()
    if document is None:
        document = OfficeDocument(title=title, collection=office.collection)
        document.file = ContentFile(content, name=name)
        document.save()
    return document
