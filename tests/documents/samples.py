"""Small files of the kinds that real archives hold, made here so that the suite needs nothing from outside."""

import io
import random
import re
import string
import zipfile
from pathlib import Path

import openpyxl
import pikepdf
import pypdfium2 as pdfium
import reportlab
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

A4 = (595, 842)
SENTENCES = (
    "PERATURAN KOMISI PEMILIHAN UMUM",
    "NOMOR 22 TAHUN 2023 TENTANG PENGELOLAAN DAN PELAYANAN INFORMASI PUBLIK",
    "Bahwa setiap orang berhak memperoleh informasi publik dengan cepat dan tepat waktu.",
    "Pejabat Pengelola Informasi dan Dokumentasi menyediakan informasi secara berkala.",
    "Permohonan yang ditolak dapat diajukan keberatan kepada Atasan PPID.",
    "Ditetapkan di Jakarta pada tanggal 30 Oktober 2023.",
)


def _draw_text(page: canvas.Canvas, lines, font="Helvetica", size=11, top=780):
    page.setFont(font, size)
    for index, line in enumerate(lines):
        page.drawString(60, top - index * size * 1.8, line)


def text_pdf(path: Path, pages: int = 3, extra: str = "", title: str = "", stamp: str = "") -> Path:
    """A born-digital PDF; page n says "Ini halaman n". `stamp` stands on every page as a portal puts it there."""
    page = canvas.Canvas(str(path), pagesize=A4)
    page.setTitle(title or "Peraturan")
    for number in range(1, pages + 1):
        _draw_text(page, [f"Ini halaman {number} dari peraturan. {extra}", *SENTENCES])
        if stamp:
            page.drawString(200, 20, stamp)
        page.showPage()
    page.save()
    return path


def page_image(lines=SENTENCES, size: int = 13, dpi: int = 150) -> Image.Image:
    """A picture of a typed page, as a scanner sees it."""
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=A4)
    _draw_text(page, lines, size=size)
    page.showPage()
    page.save()
    with pdfium.PdfDocument(buffer.getvalue()) as document:
        return document[0].render(scale=dpi / 72, grayscale=True).to_pil()


def scan_pdf(path: Path, pages: int = 1, stamp: str = "", turned: int = 0, hidden_text=()) -> Path:
    """A PDF of pictures. `turned` lays the page sideways in the picture, with no rotation mark in the file;
    `hidden_text` is the layer of somebody's OCR."""
    page = canvas.Canvas(str(path), pagesize=A4)
    for number in range(1, pages + 1):
        picture = page_image([f"Lembar pindaian {number}", *SENTENCES])
        if turned:
            picture = picture.rotate(turned, expand=True)
        file = path.with_suffix(f".{number}.png")
        picture.save(file)
        page.drawImage(str(file), 0, 0, *A4)
        if stamp:
            page.setFont("Helvetica", 9)
            page.drawString(250, 15, stamp)
        if hidden_text:
            layer = page.beginText(60, 780)
            layer.setTextRenderMode(3)
            layer.setFont("Helvetica", 11)
            for line in hidden_text:
                layer.textLine(line)
            page.drawText(layer)
        page.showPage()
    page.save()
    return path


def garbage_pdf(path: Path, mapping: str = "control", pages: int = 1) -> Path:
    """A PDF that looks right and whose font maps to control characters ("control") or to other letters ("cipher")."""
    font = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    pdfmetrics.registerFont(TTFont("Vera", str(font)))
    plain = path.with_suffix(".plain.pdf")
    page = canvas.Canvas(str(plain), pagesize=A4)
    for _ in range(pages):
        _draw_text(page, SENTENCES, font="Vera")
        page.showPage()
    page.save()
    letters = string.ascii_letters if mapping == "cipher" else string.ascii_letters + string.digits
    targets = list(string.ascii_lowercase * 2) if mapping == "cipher" else [chr(n) for n in range(1, 9)] * 8
    random.Random(7).shuffle(targets)
    substitutes = {f"{ord(old):04X}": f"{ord(new):04X}" for old, new in zip(letters, targets, strict=False)}
    with pikepdf.open(plain) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                cmap = item["/ToUnicode"].read_bytes().decode()
                cmap = re.sub(r"(?<=> <)[0-9A-F]{4}", lambda m: substitutes.get(m.group(), m.group()), cmap)
                item["/ToUnicode"] = document.make_stream(cmap.encode())
        document.save(path)
    return path


def torn_words_pdf(path: Path) -> Path:
    """A PDF that places "Peraturan" in pieces ("Per", "at", "u", "r", "an"), which some extractors take for words."""
    plain = path.with_suffix(".plain.pdf")
    text_pdf(plain, pages=1)
    with pikepdf.open(plain) as document:
        content = (
            b"BT /F1 12 Tf 60 700 Td [(Per) -30 (at) -40 (u) -30 (r) -40 (an) -250 (Pem) -30 (er) -40 (in) -30 (t) -40 "
            b"(ah) -250 (tent) -30 (ang) -250 (in) -30 (f) -40 (or) -30 (m) -40 (asi)] TJ ET"
        )
        document.pages[0].Contents = document.make_stream(content)
        document.save(path)
    return path


def rotated_pdf(path: Path) -> Path:
    """A born-digital PDF whose second page carries /Rotate 90."""
    plain = text_pdf(path.with_suffix(".plain.pdf"), pages=2)
    with pikepdf.open(plain) as document:
        document.pages[1].Rotate = 90
        document.save(path)
    return path


def locked_pdf(path: Path, user_password: str = "", pages: int = 2) -> Path:
    """An encrypted PDF; with an empty user password it opens for everybody, though copying is "not allowed"."""
    plain = text_pdf(path.with_suffix(".plain.pdf"), pages=pages)
    with pikepdf.open(plain) as document:
        permissions = pikepdf.Permissions(extract=False)
        encryption = pikepdf.Encryption(
            user=user_password, owner="pemilik", R=3, aes=False, metadata=False, allow=permissions
        )
        document.save(path, encryption=encryption)
    return path


def damaged_pdf(path: Path, cut: float = 0.0) -> Path:
    """A PDF whose cross-reference table points nowhere; with `cut` the end of the file is missing too."""
    data = text_pdf(path.with_suffix(".plain.pdf"), pages=2).read_bytes()
    if cut:
        path.write_bytes(data[: int(len(data) * (1 - cut))])
    else:
        path.write_bytes(data.replace(b"startxref\n", b"startxref\n9"))
    return path


def tiny_images_pdf(path: Path, count: int = 1000) -> Path:
    """A page of real text under a thousand tiny pictures: no scan."""
    dot = path.with_suffix(".png")
    Image.new("L", (4, 4), 200).save(dot)
    page = canvas.Canvas(str(path), pagesize=A4)
    _draw_text(page, SENTENCES)
    for index in range(count):
        page.drawImage(str(dot), (index % 40) * 14, (index // 40) * 14, 12, 12)
    page.showPage()
    page.save()
    return path


def signed_pdf(path: Path) -> Path:
    """A PDF with a signature field that holds a signature dictionary."""
    plain = text_pdf(path.with_suffix(".plain.pdf"), pages=1)
    with pikepdf.open(plain) as document:
        signature = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
                ByteRange=pikepdf.Array([0, 10, 20, 30]),
                Contents=pikepdf.String("00"),
            )
        )
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T=pikepdf.String("TandaTangan"),
                V=signature,
                Rect=pikepdf.Array([0, 0, 0, 0]),
                P=document.pages[0].obj,
            )
        )
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        document.save(path)
    return path


def workbook(path: Path, sheets: dict[str, list[list]], hidden: tuple[str, ...] = ()) -> Path:
    """An Excel workbook; sheets named in `hidden` are hidden."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)
    return path


_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(path: Path, body: str, parts: dict[str, bytes] | None = None, content_type: str = "") -> Path:
    """A Word document from the XML of its body; `parts` are further files of the package."""
    kind = content_type or "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?>'
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Target="word/document.xml" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
            "</Relationships>",
        )
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
        )
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return path


def paragraph(text: str) -> str:
    """The XML of a Word paragraph."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*cells: str) -> str:
    """The XML of a Word table with one row."""
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


def zip_bomb(path: Path) -> Path:
    """A workbook of a few kilobytes that unpacks to hundreds of megabytes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as entry:
            block = b"0" * (1 << 20)
            for _ in range(100):
                entry.write(block)
    return path
