"""Files that an office must not publish, made here."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name, String

from documents.scanning.danger import EICAR
from tests.documents import samples
from tests.sample_files import pdf_bytes


def pdf(change) -> bytes:
    """A PDF of one page after `change(pdf)`."""
    with pikepdf.open(io.BytesIO(pdf_bytes(["Isi biasa"]))) as document:
        change(document)
        target = io.BytesIO()
        document.save(target)
    return target.getvalue()


def script(_pdf=None) -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def attach(document: pikepdf.Pdf, name: str, data: bytes) -> None:
    """Put a file into a PDF as an attachment."""
    document.attachments[name] = pikepdf.AttachedFileSpec(document, data, filename=name)


def _open_action(document):
    document.Root.OpenAction = script()


def _script_in_stream(document):
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=document.make_stream(b"app.alert(1)"))


def _named_script(document):
    names = Dictionary(Names=[String("a"), document.make_indirect(script())])
    document.Root.Names = Dictionary(JavaScript=names)


def _page_action(document):
    document.pages[0].obj.AA = Dictionary(O=script())


def _chained_action(document):
    document.Root.OpenAction = Dictionary(S=Name.GoTo, D=[document.pages[0].obj, Name.Fit], Next=[script()])


def _annotation(document):
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 99, 99], A=script())
    document.pages[0].obj.Annots = document.make_indirect(pikepdf.Array([document.make_indirect(link)]))


def _field_script(document):
    field = Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=script()))
    document.Root.AcroForm = Dictionary(Fields=[document.make_indirect(field)])


def _launch(document):
    document.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _xfa(document):
    document.Root.AcroForm = Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))


def _rich_media(document):
    media = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 99, 99])
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(media)])


def _inner_pdf(document):
    attach(document, "dalam.pdf", pdf(_open_action))


def _zipped(name: str, data: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return target.getvalue()


#: name -> (change of a PDF, words of the sentence)
PDFS = {
    "script when it opens": (_open_action, "skrip (JavaScript)"),
    "script in a stream": (_script_in_stream, "skrip (JavaScript)"),
    "script in the names tree": (_named_script, "skrip (JavaScript)"),
    "script when a page opens": (_page_action, "skrip (JavaScript)"),
    "script behind another action": (_chained_action, "skrip (JavaScript)"),
    "script under a link": (_annotation, "skrip (JavaScript)"),
    "script of a form field": (_field_script, "skrip (JavaScript)"),
    "program": (_launch, "menjalankan program"),
    "XFA form": (_xfa, "formulir XFA"),
    "rich media": (_rich_media, "media aktif"),
    "program attached": (lambda pdf: attach(pdf, "a.bin", b"MZ" + bytes(100)), "program atau skrip"),
    "script attached": (lambda pdf: attach(pdf, "a.vbs", b"MsgBox 1"), "program atau skrip"),
    "test virus attached": (lambda pdf: attach(pdf, "a.txt", EICAR), "EICAR"),
    "test virus in an attached archive": (
        lambda pdf: attach(pdf, "a.zip", _zipped("b.txt", EICAR)),
        "EICAR",
    ),
    "PDF with a script attached": (_inner_pdf, "skrip (JavaScript)"),
}


def png_bomb(side: int = 60_000) -> bytes:
    """A PNG of a few bytes whose header says that it is huge."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))

    header = struct.pack(">LLBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def endless_tiff() -> bytes:
    """A TIFF whose directory of frames leads back to itself."""
    entries = [
        (256, 3, 1, 4 << 16),
        (257, 3, 1, 4 << 16),
        (262, 3, 1, 1 << 16),
        (273, 4, 1, 8),
        (279, 4, 1, 2),
    ]
    rows = b"".join(struct.pack(">HHLL", *entry) for entry in entries)
    return struct.pack(">2sHL", b"MM", 42, 8) + struct.pack(">H", len(entries)) + rows + struct.pack(">L", 8)


def _relation(kind: str, target: str) -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{base}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
#: name -> (body of a Word file, further parts, words of the sentence)
WORD_FILES = {
    "template from elsewhere": (
        "",
        {"word/_rels/settings.xml.rels": _relation("attachedTemplate", "https://contoh.test/a.dotm")},
        "mengambil isi dari luar",
    ),
    "template from a share": (
        "",
        {"word/_rels/settings.xml.rels": _relation("attachedTemplate", r"\\server\a.dotm")},
        "mengambil isi dari luar",
    ),
    "ActiveX": ("", {"word/activeX/activeX1.bin": b"x"}, "ActiveX"),
    "macro in an object": (
        "",
        {"word/embeddings/oleObject1.bin": OLE + "_VBA_PROJECT".encode("utf-16-le")},
        "objek bermakro",
    ),
    "packaged file": (
        "",
        {"word/embeddings/oleObject1.bin": OLE + "\x01Ole10Native".encode("utf-16-le")},
        "disisipkan dan tidak dapat diperiksa",
    ),
    "program": ("", {"word/embeddings/a.bin": b"MZ" + bytes(99)}, "program atau skrip"),
    "test virus": ("", {"word/embeddings/a.txt": EICAR}, "EICAR"),
    "DDE": (
        '<w:p><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\cmd.exe "/k calc" </w:instrText></w:r></w:p>',
        {},
        "DDE",
    ),
}


def word(tmp_path: Path, name: str) -> bytes:
    """The Word file of `WORD_FILES` with this name."""
    body, parts, _words = WORD_FILES[name]
    return samples.word(tmp_path / "a.docx", samples.paragraph("isi") + body, parts).read_bytes()
