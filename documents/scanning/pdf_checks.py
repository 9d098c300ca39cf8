"""Looks for what a PDF does by itself, and for what it carries: every object of the file is visited."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pikepdf

from documents.scanning.danger import check_embedded
from documents.scanning.types import Dangerous, Inspection, once

_MAX_ATTACHMENT = 64 * 1024**2
_COMMENTS = frozenset(
    ["/Text", "/FreeText", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret", "/Ink", "/Popup"]
)
_PRINT_AGAIN = "Cetak ulang ke PDF (menu Cetak, pilih “Simpan sebagai PDF”), lalu unggah hasilnya."
_SCRIPT = "PDF ini memuat skrip (JavaScript). "
_LAUNCH = "PDF ini dapat menjalankan program di komputer pembacanya. "
_XFA = "PDF ini formulir XFA, yang dapat memuat skrip dan tidak terbaca di kebanyakan peramban. "
_MEDIA = "PDF ini memuat media aktif (Flash atau 3D). "
_LOCKED = "Berkas dikunci dengan kata sandi. Unggah salinan yang dapat dibuka tanpa kata sandi."
_DAMAGED = "Berkas PDF rusak sehingga tidak dapat diperiksa. Unggah ulang dari berkas aslinya."


def open_pdf(source: Path | BinaryIO) -> pikepdf.Pdf:
    """Open a PDF that needs no password. Raises Dangerous for one that cannot be looked into."""
    try:
        return pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise Dangerous(_LOCKED) from error
    except (pikepdf.PdfError, ValueError, OverflowError, RecursionError) as error:
        raise Dangerous(_DAMAGED) from error


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream of the file, also the nested ones."""
    for item in pdf.objects:
        stack = [item]
        while stack:
            found = stack.pop()
            if isinstance(found, pikepdf.Array):
                values = list(found)
            elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
                yield found
                values = [value for _key, value in found.items()]
            else:
                continue
            stack += [
                value
                for value in values
                if isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)
                and not value.is_indirect
            ]


def name_of(item: pikepdf.Object, key: str) -> str:
    """Return a name that stands under a key ("/Page"); "" where something else or nothing does."""
    value = item.get(key)
    try:
        return str(value) if isinstance(value, pikepdf.Name) else ""
    except UnicodeDecodeError:
        return ""


def check_pdf(source: Path | BinaryIO, depth: int = 1) -> Inspection:
    """Return what a PDF carries. Raises Dangerous."""
    with open_pdf(source) as pdf:
        return look_into(pdf, depth)


def look_into(pdf: pikepdf.Pdf, depth: int = 1) -> Inspection:
    """Return what an open PDF carries. Raises Dangerous."""
    result = Inspection()
    danger, attachments, authors, comments = "", [], [], 0
    streams = []
    for item in dictionaries(pdf):
        danger = danger or _danger_of(item)
        kind, subtype = name_of(item, "/Type"), name_of(item, "/Subtype")
        if "/ByteRange" in item or kind in ("/Sig", "/DocTimeStamp"):
            result.signed = True
        if kind == "/EmbeddedFile" and isinstance(item, pikepdf.Stream):
            streams.append(item)
        if "/EF" in item:
            name = str(item.get("/UF", item.get("/F", "")))
            attachments.append(name)
            streams += _named_streams(item, name)
        if subtype in _COMMENTS and "/Rect" in item:
            comments += subtype != "/Popup"
            authors.append(str(item.get("/T", "")))
    if danger:
        signed = "Minta penanda tangan menerbitkan ulang berkasnya tanpa itu." if result.signed else ""
        raise Dangerous(danger + (signed or _PRINT_AGAIN))
    _check_streams(streams, depth)
    result.notices = _notices(pdf, once(attachments), comments, once(authors))
    return result


def _danger_of(item: pikepdf.Object) -> str:
    action = name_of(item, "/S")
    if "/JS" in item or action == "/JavaScript" or "/JavaScript" in item:
        return _SCRIPT
    if action in ("/Launch", "/ImportData"):
        return _LAUNCH
    if "/XFA" in item:
        return _XFA
    if name_of(item, "/Subtype") in ("/RichMedia", "/3D"):
        return _MEDIA
    return ""


def _named_streams(item: pikepdf.Object, name: str) -> list:
    files = item.get("/EF")
    if not isinstance(files, pikepdf.Dictionary):
        return []
    return [(name, stream) for _key, stream in files.items() if isinstance(stream, pikepdf.Stream)]


def _check_streams(streams: list, depth: int) -> None:
    for entry in streams:
        name, stream = entry if isinstance(entry, tuple) else ("", entry)
        try:
            data = stream.read_bytes()
        except (pikepdf.PdfError, ValueError) as error:
            raise Dangerous(
                "Lampiran di dalam PDF tidak dapat diperiksa. Hapus lampirannya, lalu unggah ulang."
            ) from error
        check_embedded(name, data[:_MAX_ATTACHMENT], depth)


def _notices(pdf: pikepdf.Pdf, attachments: list[str], comments: int, authors: list[str]) -> list[str]:
    notices = []
    if attachments:
        names = ", ".join(f"“{name[:80]}”" for name in attachments[:5])
        notices.append(
            f"Ada berkas lain di dalam PDF ini: {names}. Siapa pun yang mengunduh dapat membukanya."
        )
    if comments:
        who = f" (oleh {', '.join(author[:60] for author in authors[:5])})" if authors else ""
        notices.append(f"Ada {comments} komentar atau coretan di dalam PDF{who}. Hapus sebelum diterbitkan.")
    layers = pdf.Root.get("/OCProperties", {})
    shown = layers.get("/D", {}) if isinstance(layers, pikepdf.Dictionary) else {}
    if isinstance(shown, pikepdf.Dictionary) and len(shown.get("/OFF", [])):
        notices.append("Ada lapisan yang disembunyikan di dalam PDF; pembaca dapat menampilkannya.")
    return notices
