"""Tells what a file is by its content, never by its name."""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_HEAD = 8192
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EXECUTABLES = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"#!")
_MARKUP = (b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?php", b"<%")
_MAX_ZIP_ENTRIES = 5000
_MAX_UNPACKED = 400 * 1024**2
_MAX_RATIO = 200


@dataclass(frozen=True)
class Kind:
    """A kind of file that offices may publish."""

    name: str
    mime_type: str
    extensions: tuple[str, ...]
    description: str
    """What people call it, in Indonesian."""


PDF = Kind("pdf", "application/pdf", ("pdf",), "PDF")
DOCX = Kind(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ("docx",),
    "dokumen Word (DOCX)",
)
XLSX = Kind(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ("xlsx",),
    "lembar kerja Excel (XLSX)",
)
PNG = Kind("png", "image/png", ("png",), "gambar PNG")
JPEG = Kind("jpeg", "image/jpeg", ("jpg", "jpeg"), "gambar JPEG")
TIFF = Kind("tiff", "image/tiff", ("tif", "tiff"), "gambar TIFF")
CSV = Kind("csv", "text/csv", ("csv",), "tabel CSV")
TXT = Kind("txt", "text/plain", ("txt",), "teks biasa")
MP4 = Kind("mp4", "video/mp4", ("mp4",), "video MP4")
WEBM = Kind("webm", "video/webm", ("webm",), "video WebM")
VTT = Kind("vtt", "text/vtt", ("vtt",), "takarir (VTT)")
KINDS = (PDF, DOCX, XLSX, PNG, JPEG, TIFF, CSV, TXT, MP4, WEBM, VTT)
VIDEOS = (MP4, WEBM)
BY_MIME_TYPE = {kind.mime_type: kind for kind in KINDS}
EXTENSIONS = tuple(extension for kind in KINDS for extension in kind.extensions)


class Refused(Exception):
    """The file may not be published; the message says why, in Indonesian."""


def _zip_kind(handle: BinaryIO) -> Kind:
    try:
        with zipfile.ZipFile(handle) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries)
            if len(entries) > _MAX_ZIP_ENTRIES or unpacked > _MAX_UNPACKED:
                raise Refused(
                    "Isi berkas terlalu besar setelah dibuka. Pecah menjadi beberapa berkas yang lebih kecil."
                )
            if unpacked > 20 * 1024**2 and unpacked > _MAX_RATIO * max(packed, 1):
                raise Refused(
                    "Berkas ditolak karena isinya mengembang tidak wajar (bom zip). "
                    "Simpan ulang dari program asalnya, atau unggah sebagai PDF."
                )
            names = {entry.filename.lower() for entry in entries}
            types = b""
            if "[content_types].xml" in names:
                entry = next(entry for entry in entries if entry.filename.lower() == "[content_types].xml")
                types = archive.open(entry).read(1024**2).lower()
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Refused("Berkas rusak dan tidak dapat dibuka. Unggah ulang dari berkas aslinya.") from error
    if b"macroenabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise Refused(
            "Dokumen bermakro tidak diterima. Simpan ulang tanpa makro (DOCX atau XLSX) atau sebagai PDF."
        )
    if "word/document.xml" in names or b"wordprocessingml.document.main" in types:
        return DOCX
    if "xl/workbook.xml" in names or b"spreadsheetml.sheet.main" in types:
        return XLSX
    raise Refused("Berkas arsip (ZIP) atau format ini tidak diterima. Unggah berkasnya satu per satu.")


def decode_text(data: bytes) -> str | None:
    """Return text of plain-text bytes (UTF-8, UTF-16 with its mark, else Windows-1252), or None when it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            return None
    if b"\x00" in data:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # A cut in the middle of the last character is no sign of another encoding.
        if error.start >= len(data) - 3 and len(data) >= _HEAD:
            return decode_text(data[: error.start])
        text = data.decode("cp1252", "replace")
    controls = sum(ord(char) < 32 and char not in "\t\n\r\f\v\x1a" for char in text)
    return text if controls <= 0.01 * max(len(text), 1) else None


def detect(handle: BinaryIO, extension: str) -> Kind:
    """Return the kind of the file by its content; `extension` only tells a CSV from other plain text.

    Raises Refused for what offices may not publish: empty, executable, with macros, legacy or locked Office files,
    archives, web pages and whatever is not known.
    """
    handle.seek(0)
    head = handle.read(_HEAD)
    handle.seek(0)
    if not head:
        raise Refused("Berkas kosong (0 bita). Periksa berkasnya, lalu unggah ulang.")
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_kind(handle)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith((b"II*\x00", b"MM\x00*")):
        return TIFF
    if head[4:8] == b"ftyp":
        return MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in handle.read():
            raise Refused(
                "Berkas dikunci dengan kata sandi. Unggah salinan yang dapat dibuka tanpa kata sandi."
            )
        raise Refused(
            "Format Office lama (.doc, .xls, .ppt) tidak diterima karena dapat membawa makro. "
            "Simpan ulang sebagai DOCX, XLSX atau PDF."
        )
    if head.startswith(EXECUTABLES):
        raise Refused("Berkas program tidak diterima.")
    text = decode_text(head)
    if text is None:
        raise Refused(
            "Jenis berkas ini tidak dikenali. Yang diterima: PDF, DOCX, XLSX, CSV, TXT, PNG, JPG dan TIFF."
        )
    if text.startswith("WEBVTT"):
        return VTT
    start = text.lstrip().lower().encode("utf-8", "ignore")
    if start.startswith(_MARKUP):
        raise Refused("Halaman web dan berkas skrip tidak diterima. Simpan sebagai PDF.")
    return CSV if extension.lower().lstrip(".") == "csv" else TXT


def detect_path(path: Path) -> Kind:
    """Return the kind of the file at `path` (see `detect`)."""
    with path.open("rb") as handle:
        return detect(handle, path.suffix)
