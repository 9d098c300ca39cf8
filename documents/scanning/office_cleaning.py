"""Writes a copy of a Word or Excel file without personal metadata; every other part is copied as it is."""

import re
import shutil
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from documents.scanning.office_checks import read_part, relations
from documents.scanning.segments import NotCleanable, clean_jpeg, clean_png
from documents.scanning.types import named, once

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE_NS = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE_NS = "http://schemas.openxmlformats.org/officeDocument/2006"
_LABELS = {
    "creator": "Penulis",
    "lastModifiedBy": "Terakhir diubah oleh",
    "Company": "Instansi",
    "Manager": "Atasan",
    "Template": "Templat",
    "Application": "Perangkat lunak",
    "keywords": "Kata kunci",
    "subject": "Perihal",
    "description": "Keterangan",
    "category": "Kategori",
    "HyperlinkBase": "Alamat dasar tautan",
}
_THUMBNAIL = re.compile(rb"<Relationship [^>]*/thumbnail\"[^>]*?/>")
_TEMPLATE = re.compile(
    rb'(Type="[^"]*/attachedTemplate"[^>]*?Target=")[^"]*|(Target=")[^"]*("[^>]*/attachedTemplate)'
)


def clean_office(source: Path, target: Path, title: str) -> list[str]:
    """Write the cleaned copy to `target` and return what was removed; nothing is written when that is nothing."""
    removed: list[str] = []
    with zipfile.ZipFile(source) as archive:
        parts = _property_parts(archive)
        changed: dict[str, bytes] = {}
        for name, kind in parts.items():
            text = read_part(archive, name).decode("utf-8", "replace")
            removed += _found(text, kind)
            changed[name] = _replacement(kind, text, title)
        dropped = [name for name, kind in parts.items() if kind == "thumbnail"]
        if dropped:
            changed["_rels/.rels"] = _THUMBNAIL.sub(b"", read_part(archive, "_rels/.rels"))
        for name in archive.namelist():
            if name.lower().startswith(("word/media/", "xl/media/")):
                cleaned, found = _clean_picture(read_part(archive, name))
                if found:
                    changed[name] = cleaned
                    removed += [f"Gambar di dalam dokumen: {entry}" for entry in found]
        settings = "word/_rels/settings.xml.rels"
        if settings in archive.namelist() and b"attachedTemplate" in read_part(archive, settings):
            body = read_part(archive, settings)
            changed[settings] = _TEMPLATE.sub(_without_target, body)
            if changed[settings] != body:
                removed.append("Jalur templat di komputer penulis")
        removed = once(removed)
        if removed:
            _write(archive, target, changed, dropped)
    return removed


def _without_target(match: re.Match) -> bytes:
    before, other, after = match.groups()
    return (before or other) + b"Normal.dotm" + (after or b"")


def _property_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the parts that hold properties, each with its kind: core, extended, custom or thumbnail."""
    parts, names = {}, set(archive.namelist())
    for relation in relations(archive, "_rels/.rels"):
        kind = relation.get("Type", "").rpartition("/")[2].removesuffix("-properties")
        target = relation.get("Target", "").lstrip("/")
        if kind in ("core", "extended", "custom", "thumbnail") and target in names:
            parts[target] = kind
    return parts


def _found(text: str, kind: str) -> list[str]:
    if kind == "thumbnail":
        return ["Gambar kecil halaman pertama"]
    found = []
    for name, label in _LABELS.items():
        for value in re.findall(rf"<(?:\w+:)?{name}(?:\s[^>]*)?>([^<]+)</", text):
            if not (name == "Template" and value.startswith("Normal")):
                found += named(label, value)
    if kind == "custom":
        found += [
            f"Properti khusus: {name[:60]}" for name in re.findall(r'<property [^>]*name="([^"]+)"', text)
        ]
    return found


def _replacement(kind: str, text: str, title: str) -> bytes:
    if kind == "core":
        body = (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE_NS}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title></cp:coreProperties>"
        )
    elif kind == "custom":
        body = f'<Properties xmlns="{_OFFICE_NS}/custom-properties" xmlns:vt="{_OFFICE_NS}/docPropsVTypes"/>'
    else:
        pages = "".join(re.findall(r"<Pages>\d{1,6}</Pages>", text)[:1])
        body = f'<Properties xmlns="{_OFFICE_NS}/extended-properties">{pages}</Properties>'
    return (_DECLARATION + body).encode()


def _clean_picture(data: bytes) -> tuple[bytes, list[str]]:
    clean = {b"\xff\xd8\xff": clean_jpeg, b"\x89PNG"[:3]: clean_png}.get(data[:3])
    try:
        return clean(data) if clean else (data, [])
    except NotCleanable:
        return data, []


def _write(archive: zipfile.ZipFile, target: Path, changed: dict[str, bytes], dropped: list[str]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for entry in archive.infolist():
            if entry.filename in dropped:
                continue
            fresh = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            fresh.compress_type = zipfile.ZIP_STORED if entry.is_dir() else zipfile.ZIP_DEFLATED
            fresh.external_attr = entry.external_attr
            fresh.file_size = entry.file_size
            with copy.open(fresh, "w") as destination:
                if entry.filename in changed:
                    destination.write(changed[entry.filename])
                else:
                    with archive.open(entry) as part:
                        shutil.copyfileobj(part, destination, 1 << 20)


def stands_comparison(source: Path, target: Path) -> bool:
    """Tell whether the cleaned copy has the same parts as the original, and the same body."""
    try:
        with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
            if after.testzip() is not None:
                return False
            sums = {entry.filename: entry.CRC for entry in after.infolist()}
            bodies = [
                entry
                for entry in before.infolist()
                if entry.filename.startswith(("word/", "xl/")) and entry.filename.endswith(".xml")
            ]
            return bool(bodies) and all(sums[entry.filename] == entry.CRC for entry in bodies)
    except (zipfile.BadZipFile, OSError, ValueError, KeyError, EOFError):
        return False
