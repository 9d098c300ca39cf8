"""Writes a copy of a PDF without personal metadata. Pages stay as they are, byte for byte."""

from pathlib import Path

import pikepdf
import pypdfium2 as pdfium

from documents.scanning.pdf_checks import dictionaries, name_of
from documents.scanning.segments import NotCleanable, clean_jpeg
from documents.scanning.types import named, once

_LABELS = {
    "/Author": "Penulis",
    "/Creator": "Perangkat lunak",
    "/Producer": "Perangkat lunak",
    "/Company": "Instansi",
    "/Manager": "Atasan",
    "/Keywords": "Kata kunci",
    "/Subject": "Perihal",
    "/Title": "Judul lama",
}
_XMP_LABELS = {
    "dc:creator": "Penulis",
    "xmp:CreatorTool": "Perangkat lunak",
    "pdf:Producer": "Perangkat lunak",
}
_KEPT_XMP = ("pdfaid:part", "pdfaid:conformance", "pdfaid:rev", "pdfuaid:part", "dc:language")
_PRIVATE = ("/PieceInfo", "/LastModified")
_MAX_PICTURE = 32 * 1024**2


def metadata_of(pdf: pikepdf.Pdf, title: str = "") -> list[str]:
    """Return the personal metadata that the file carries, for people to read. A title equal to `title` is none."""
    found = []
    for key, value in pdf.docinfo.items():
        if key == "/Title" and str(value) == title:
            continue
        if key in _LABELS:
            found += named(_LABELS[key], value)
        elif not key.endswith("Date") and key not in ("/Trapped", "/SourceModified"):
            found += named(f"Data lain ({key.strip('/')})", value)
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            for key, label in _XMP_LABELS.items():
                value = xmp.get(key)
                for one in value if isinstance(value, list | set | tuple) else [value] if value else []:
                    found += named(label, one)
    except Exception:  # whatever stands in a broken XMP packet, lxml and pikepdf differ in what they raise
        found.append("Metadata XMP yang rusak")
    return once(found)


def clean_pdf(pdf: pikepdf.Pdf, source: Path, target: Path, title: str) -> list[str]:
    """Write the cleaned copy to `target` and return what was removed; nothing is written when that is nothing.

    Removed: the document information (the title is set to `title`), XMP packets of the file and its parts (claims of
    PDF/A and PDF/UA stay), private data of programs, and what cameras write into JPEG pictures.
    """
    removed = metadata_of(pdf, title)
    kept = _kept_claims(pdf)
    for item in dictionaries(pdf):
        if "/Metadata" in item:
            if item.objgen != pdf.Root.objgen:
                removed.append("Metadata bagian berkas (XMP)")
            del item["/Metadata"]
        for key in _PRIVATE:
            if key in item and name_of(item, "/Type") in ("/Page", "/Catalog", ""):
                del item[key]
                if key == "/PieceInfo":
                    removed.append("Data internal perangkat lunak")
        removed += _clean_picture(item)
    removed = once(removed)
    if not removed:
        return []
    _set_information(pdf, title, kept)
    if pdf.is_encrypted:  # open to all, but with an owner's password: the restrictions stay
        pdf.save(target, compress_streams=False, encryption=True, fix_metadata_version=False)
    else:
        pdf.save(
            target,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return removed


def _kept_claims(pdf: pikepdf.Pdf) -> dict:
    try:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            return {key: xmp[key] for key in _KEPT_XMP if key in xmp}
    except Exception:  # see metadata_of
        return {}


def _set_information(pdf: pikepdf.Pdf, title: str, kept: dict) -> None:
    if "/Metadata" in pdf.Root:
        del pdf.Root["/Metadata"]
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    if title:
        pdf.docinfo["/Title"] = title
    if not (title or kept):
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if title:
            xmp["dc:title"] = title
        for key, value in kept.items():
            xmp[key] = value


def _clean_picture(item: pikepdf.Object) -> list[str]:
    """Take a camera's notes out of one JPEG picture of the file; its pixels are not touched."""
    if not isinstance(item, pikepdf.Stream) or name_of(item, "/Filter") != "/DCTDecode":
        return []
    if int(item.get("/Length", 0)) > _MAX_PICTURE:
        return []
    data = bytes(item.read_raw_bytes())
    if b"Exif\x00" not in data[:65536] and b"http://ns.adobe.com/xap" not in data[:200_000]:
        return []
    try:
        cleaned, removed = clean_jpeg(data, keep_orientation=False)
    except NotCleanable:
        return []
    if not removed:
        return []
    parameters = item.get("/DecodeParms")
    item.write(cleaned, filter=pikepdf.Name("/DCTDecode"), decode_parms=parameters)
    return [f"Gambar di dalam PDF: {entry}" for entry in removed]


def stands_comparison(source: Path, target: Path) -> bool:
    """Tell whether the cleaned copy has the same pages as the original, with the same content streams and text."""
    try:
        with pikepdf.open(source) as before, pikepdf.open(target) as after:
            if len(before.pages) != len(after.pages):
                return False
            pairs = zip(before.pages, after.pages, strict=True)
            if any(_content(one) != _content(other) for one, other in pairs):
                return False
        with pdfium.PdfDocument(target) as document:
            return len(document) > 0 and all(document.get_page_size(n) for n in range(len(document)))
    except (pikepdf.PdfError, pdfium.PdfiumError, ValueError):
        return False


def _content(page: pikepdf.Page) -> list[bytes]:
    contents = page.obj.get("/Contents")
    if contents is None:
        return []
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [bytes(stream.read_raw_bytes()) for stream in streams if isinstance(stream, pikepdf.Stream)]
