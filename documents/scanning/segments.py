"""Takes cameras' and programs' notes out of JPEG and PNG pictures, without touching a pixel."""

import struct
import zlib

_ORIENTATION = 0x0112
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST tRNS pHYs sPLT acTL fcTL fdAT".split()
)
_PNG_LABELS = {b"eXIf": "Data kamera (EXIF)", b"tIME": "Waktu perubahan"}


class NotCleanable(Exception):
    """The picture is not built as its format says, so that nothing is changed in it."""


def _exif_with_orientation(orientation: int) -> bytes:
    """Return a TIFF block that says nothing but how the picture is to be turned (1 to 8)."""
    return struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)


def orientation_of(tiff: bytes) -> int:
    """Return the orientation (1 to 8) that an EXIF block names; 1 where it names none."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    try:
        if order is None:
            return 1
        (offset,) = struct.unpack_from(f"{order}L", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, offset)
        for index in range(min(count, 500)):
            tag, kind, _number = struct.unpack_from(f"{order}HHL", tiff, offset + 2 + 12 * index)
            if tag == _ORIENTATION and kind == 3:
                (value,) = struct.unpack_from(f"{order}H", tiff, offset + 10 + 12 * index)
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _jpeg_label(marker: int, body: bytes) -> str:
    if marker == 0xE1 and body.startswith(b"Exif\x00"):
        return "Data kamera (EXIF)"
    if marker == 0xE1 and b"adobe.com/xap" in body[:64]:
        return "Metadata XMP"
    if marker == 0xED:
        return "Metadata IPTC"
    return "Komentar" if marker == 0xFE else "Data program"


def _keeps(marker: int, body: bytes) -> bool:
    if marker == 0xE0:
        return body.startswith(b"JFIF\x00")
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\x00")
    return marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def clean_jpeg(data: bytes, keep_orientation: bool = True) -> tuple[bytes, list[str]]:
    """Return a JPEG without notes, and what was removed. Colour profile and compressed pixels stay byte for byte.

    Raises NotCleanable for what is no whole JPEG.
    """
    if not data.startswith(b"\xff\xd8"):
        raise NotCleanable
    kept, removed, orientation, at = [data[:2]], [], 1, 2
    while True:
        at = _next_marker(data, at)
        marker = data[at + 1]
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            if data[at + 2 :].strip(b"\x00\xff\n\r "):
                removed.append("Data tambahan di akhir gambar")
            break
        if at + 4 > len(data):
            raise NotCleanable
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(data):
            raise NotCleanable
        body = data[at + 4 : end]
        if marker == 0xDA:
            end = _end_of_scan(data, end)
        if _keeps(marker, body):
            kept.append(data[at:end])
        else:
            removed.append(_jpeg_label(marker, body))
            if marker == 0xE1 and body.startswith(b"Exif\x00\x00"):
                orientation = orientation_of(body[6:])
        at = end
    if orientation != 1 and keep_orientation:
        note = b"Exif\x00\x00" + _exif_with_orientation(orientation)
        kept.insert(1, b"\xff\xe1" + struct.pack(">H", len(note) + 2) + note)
    return b"".join(kept), list(dict.fromkeys(removed))


def _next_marker(data: bytes, at: int) -> int:
    if at >= len(data) or data[at] != 0xFF:
        raise NotCleanable
    while at + 1 < len(data) and data[at + 1] == 0xFF:  # fill bytes
        at += 1
    if at + 1 >= len(data):
        raise NotCleanable
    return at


def _end_of_scan(data: bytes, at: int) -> int:
    """Return where the compressed pixels end: at the first marker that is no stuffed byte and no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NotCleanable
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def clean_png(data: bytes) -> tuple[bytes, list[str]]:
    """Return a PNG without notes, and what was removed. Raises NotCleanable for what is no whole PNG."""
    if not data.startswith(_PNG_HEAD):
        raise NotCleanable
    kept, removed, at = [_PNG_HEAD], [], len(_PNG_HEAD)
    while True:
        if at + 12 > len(data):
            raise NotCleanable
        (length,) = struct.unpack_from(">L", data, at)
        name, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            raise NotCleanable
        if name in _PNG_KEPT:
            kept.append(data[at:end])
        else:
            removed.append(_PNG_LABELS.get(name, "Keterangan teks di dalam gambar"))
            orientation = orientation_of(data[at + 8 : end - 4]) if name == b"eXIf" else 1
            if orientation != 1:
                kept.append(_png_chunk(b"eXIf", _exif_with_orientation(orientation)))
        at = end
        if name == b"IEND":
            break
    if data[at:].strip(b"\x00\n\r "):
        removed.append("Data tambahan di akhir gambar")
    cleaned = b"".join(kept)
    return cleaned, [] if cleaned == data else list(dict.fromkeys(removed))


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))
