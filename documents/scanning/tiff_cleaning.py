"""Takes notes out of a TIFF in place: entries of its directories are dropped, what they pointed at is zeroed."""

import struct
from pathlib import Path
from typing import BinaryIO

from documents.scanning.segments import NotCleanable

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_DIRECTORIES = {34665: "Data kamera (EXIF)", 34853: "Lokasi (GPS)", 40965: "Data kamera (EXIF)"}
_REMOVED = {
    269: "Nama dokumen",
    270: "Keterangan gambar",
    271: "Kamera",
    272: "Kamera",
    285: "Nama halaman",
    305: "Perangkat lunak",
    306: "Waktu pembuatan",
    315: "Penulis",
    316: "Komputer asal",
    700: "Metadata XMP",
    33432: "Hak cipta",
    33723: "Metadata IPTC",
    34377: "Metadata IPTC",
    37724: "Data program",
    40091: "Judul lama",
    40092: "Komentar",
    40093: "Penulis",
    40094: "Kata kunci",
    40095: "Perihal",
    42016: "Data kamera (EXIF)",
    **_DIRECTORIES,
}
_MAX_DIRECTORIES = 5000
_MAX_ENTRIES = 4096
_BLOCK = 1 << 16


class _Tiff:
    def __init__(self, handle: BinaryIO):
        self.handle = handle
        head = self._read(0, 8)
        self.order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4], "")
        if not self.order:
            raise NotCleanable
        (self.first,) = struct.unpack_from(f"{self.order}L", head, 4)
        self.size = handle.seek(0, 2)

    def _read(self, at: int, length: int) -> bytes:
        self.handle.seek(at)
        data = self.handle.read(length)
        if len(data) != length:
            raise NotCleanable
        return data

    def entries(self, at: int) -> tuple[list[bytes], int]:
        """Return a directory's entries (12 bytes each) and the offset of the next directory."""
        (count,) = struct.unpack(f"{self.order}H", self._read(at, 2))
        if count > _MAX_ENTRIES:
            raise NotCleanable
        rows = self._read(at + 2, 12 * count + 4)
        (following,) = struct.unpack_from(f"{self.order}L", rows, 12 * count)
        return [rows[12 * n : 12 * n + 12] for n in range(count)], following

    def fields(self, entry: bytes) -> tuple[int, int, int]:
        """Return tag, length of the value in bytes, and the value or its offset."""
        tag, kind, count = struct.unpack_from(f"{self.order}HHL", entry)
        (value,) = struct.unpack_from(f"{self.order}L", entry, 8)
        return tag, _SIZES.get(kind, 1) * count, value

    def zero(self, at: int, length: int) -> None:
        """Overwrite what a dropped entry pointed at."""
        if at < 8 or at + length > self.size:
            raise NotCleanable
        self.handle.seek(at)
        while length > 0:
            length -= self.handle.write(bytes(min(_BLOCK, length)))

    def erase_directory(self, at: int, depth: int = 0) -> None:
        """Overwrite a directory that hangs below an entry, with all its values."""
        if depth > 3:
            raise NotCleanable
        rows, _following = self.entries(at)
        for entry in rows:
            tag, length, value = self.fields(entry)
            if tag in _DIRECTORIES:
                self.erase_directory(value, depth + 1)
            elif length > 4:
                self.zero(value, length)
        self.zero(at, 2 + 12 * len(rows) + 4)

    def clean_directory(self, at: int) -> tuple[list[str], int]:
        """Drop the notes of one frame's directory; return what was removed and where the next directory begins."""
        rows, following = self.entries(at)
        kept, removed = [], []
        for entry in rows:
            tag, length, value = self.fields(entry)
            if tag not in _REMOVED:
                kept.append(entry)
                continue
            removed.append(_REMOVED[tag])
            if tag in _DIRECTORIES:
                self.erase_directory(value)
            elif length > 4:
                self.zero(value, length)
        if removed:
            head = struct.pack(f"{self.order}H", len(kept))
            tail = struct.pack(f"{self.order}L", following)
            self.handle.seek(at)
            self.handle.write(head + b"".join(kept) + tail + bytes(12 * (len(rows) - len(kept))))
        return removed, following


def clean_tiff(path: Path) -> list[str]:
    """Take the notes of every frame out of the file at `path`, in place; return what was removed.

    Pixels, colour profile and orientation are not touched. Raises NotCleanable (the file may be half changed then; it
    is a copy to be thrown away).
    """
    removed: list[str] = []
    seen: set[int] = set()
    with path.open("r+b") as handle:
        tiff = _Tiff(handle)
        at = tiff.first
        while at:
            if at in seen or len(seen) >= _MAX_DIRECTORIES:
                raise NotCleanable
            seen.add(at)
            found, at = tiff.clean_directory(at)
            removed += found
    return list(dict.fromkeys(removed))
