"""Looks into Word and Excel files for what acts by itself, and for what their readers do not see at first."""

import re
import zipfile
import zlib
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from documents.scanning.danger import REASON_EICAR, check_embedded, is_test_virus
from documents.scanning.types import Dangerous, Inspection, once

_MAX_PART = 48 * 1024**2
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKAGE = "\x01Ole10Native".encode("utf-16-le")
_MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "VBA".encode("utf-16-le") + b"\x00\x00")
_CHANGES = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo|rPrChange|pPrChange|tblPrChange|sectPrChange) ")
_DDE = re.compile(rb"\bDDE(?:AUTO)?\s", re.IGNORECASE)
_AUTHORS = re.compile(rb'w(?:15)?:author="([^"]{1,200})"')
_STORY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError)
"""What reading a damaged archive raises."""
DAMAGED = "Berkas rusak dan tidak dapat diperiksa. Unggah ulang dari berkas aslinya."
_SAVE_AGAIN = "Simpan ulang tanpa itu, atau simpan sebagai PDF, lalu unggah hasilnya."
_REMOTE = re.compile(r"(?i)^(?:https?:|ftp:|\\\\|//|file://[^/])")


def check_office(path: Path, kind: str) -> Inspection:
    """Return what a Word ("docx") or Excel ("xlsx") file carries. Raises Dangerous."""
    result = Inspection()
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive)
            for name in archive.namelist():
                if name.lower().endswith(".rels"):
                    result.notices += _check_relations(archive, name)
            look = _look_at_word if kind == "docx" else _look_at_workbook
            result.notices += look(archive)
    except BROKEN as error:
        raise Dangerous(DAMAGED) from error
    result.notices = once(result.notices)
    return result


def read_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a part's bytes, bounded; b"" where there is none."""
    try:
        with archive.open(name) as part:
            return part.read(_MAX_PART)
    except KeyError:
        return b""


def _check_members(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        lower = entry.filename.lower()
        if "/activex/" in lower:
            raise Dangerous(f"Dokumen memuat kendali ActiveX. {_SAVE_AGAIN}")
        if "/macrosheets/" in lower or "/dialogsheets/" in lower:
            raise Dangerous(f"Lembar kerja memuat makro (Excel 4). {_SAVE_AGAIN}")
        if lower.endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as member:
            data = member.read(_MAX_PART)
        if is_test_virus(data):
            raise Dangerous(REASON_EICAR)
        if data.startswith(_OLE):
            _check_ole(entry.filename, data)
        elif not lower.startswith(("word/media/", "xl/media/")):
            check_embedded(entry.filename.rpartition("/")[2], data)


def _check_ole(name: str, data: bytes) -> None:
    if any(mark in data for mark in _MACROS):
        raise Dangerous(f"Dokumen memuat objek bermakro. {_SAVE_AGAIN}")
    if _PACKAGE in data:
        raise Dangerous(
            f"Dokumen memuat berkas lain yang disisipkan dan tidak dapat diperiksa. {_SAVE_AGAIN}"
        )


def relations(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """Return the relationships that a `.rels` part names; a part that is no XML names none."""
    try:
        root = ElementTree.fromstring(read_part(archive, name))
    except (ParseError, DefusedXmlException, ValueError):
        return []
    return [dict(child.attrib) for child in root]


def _check_relations(archive: zipfile.ZipFile, name: str) -> list[str]:
    notices = []
    for relation in relations(archive, name):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            continue
        if kind in ("attachedTemplate", "oleObject", "frame", "subDocument") and _REMOTE.match(target):
            raise Dangerous(
                f"Dokumen mengambil isi dari luar saat dibuka (templat atau objek tertaut). {_SAVE_AGAIN}"
            )
        if kind in ("externalLinkPath", "oleObject"):
            notices.append(f"Ada tautan ke berkas lain: “{target[:100]}”. Putuskan sebelum diterbitkan.")
    return notices


def _look_at_word(archive: zipfile.ZipFile) -> list[str]:
    notices, changed, authors = [], False, []
    for name in archive.namelist():
        if not _STORY.fullmatch(name):
            continue
        body = read_part(archive, name)
        if _DDE.search(b"".join(re.findall(rb"<w:instrText[^>]*>([^<]*)", body))) or _DDE.search(
            b" ".join(re.findall(rb'<w:fldSimple [^>]*w:instr="([^"]*)"', body))
        ):
            raise Dangerous(f"Dokumen memuat perintah DDE yang dapat menjalankan program. {_SAVE_AGAIN}")
        if _CHANGES.search(body):
            changed = True
            authors += [author.decode("utf-8", "replace") for author in _AUTHORS.findall(body)]
        if b"<w:vanish/>" in body:
            notices.append(
                "Ada teks tersembunyi di dalam dokumen. Siapa pun yang mengunduh dapat membacanya."
            )
    if changed:
        who = f" oleh {', '.join(once(authors)[:5])}" if authors else ""
        notices.append(
            f"Ada perubahan terlacak (track changes){who}. Terima atau tolak semuanya sebelum diterbitkan."
        )
    comments = read_part(archive, "word/comments.xml")
    if count := comments.count(b"<w:comment "):
        who = once([author.decode("utf-8", "replace") for author in _AUTHORS.findall(comments)])
        by = f" oleh {', '.join(who[:5])}" if who else ""
        notices.append(f"Ada {count} komentar di dalam dokumen{by}. Hapus sebelum diterbitkan.")
    if any(name.startswith("word/embeddings/") for name in archive.namelist()):
        notices.append("Ada berkas lain yang disisipkan di dalam dokumen. Siapa pun dapat membukanya.")
    return notices


def _look_at_workbook(archive: zipfile.ZipFile) -> list[str]:
    notices = []
    names = archive.namelist()
    hidden = {"baris": 0, "kolom": 0}
    for name in names:
        if not re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            continue
        body = read_part(archive, name)
        hidden["baris"] += len(re.findall(rb"<row [^>]*\bhidden=\"(?:1|true)\"", body))
        hidden["kolom"] += len(re.findall(rb"<col [^>]*\bhidden=\"(?:1|true)\"", body))
        if _DDE.search(b" ".join(re.findall(rb"<f[^>]*>([^<]*)", body))) or b"cmd|" in body:
            raise Dangerous(f"Lembar kerja memuat perintah DDE yang dapat menjalankan program. {_SAVE_AGAIN}")
    found = [f"{count} {what}" for what, count in hidden.items() if count]
    if found:
        notices.append(f"Ada {' dan '.join(found)} tersembunyi. Siapa pun yang mengunduh dapat membukanya.")
    if any(re.match(r"xl/(?:comments|threadedComments)", name) for name in names):
        notices.append("Ada komentar pada sel. Hapus sebelum diterbitkan.")
    if any(name.startswith("xl/embeddings/") for name in names):
        notices.append("Ada berkas lain yang disisipkan di dalam lembar kerja. Siapa pun dapat membukanya.")
    if any(name.startswith("xl/revisions/") for name in names):
        notices.append("Ada riwayat perubahan di dalam lembar kerja. Hapus sebelum diterbitkan.")
    return notices
