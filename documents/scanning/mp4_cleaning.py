"""Finds what phones, cameras and programs wrote about themselves into an MP4, and plans how to write over it.

A box of notes becomes a `free` box of the same size with zeros in it, so that no offset moves and no sound or picture
is touched. A track of notes (a camera's path by GPS) goes with its samples.
"""

import re
import struct
from pathlib import Path

from documents.scanning.edits import Edits, overlap
from documents.scanning.mp4_boxes import Box, Boxes
from documents.scanning.segments import NotCleanable
from documents.scanning.types import named, once

PLACE = "Lokasi pengambilan video (GPS)"
_CONTAINERS = frozenset([b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"])
_NOTES = frozenset([b"udta", b"meta", b"uuid"])
_KEPT_NOTES = frozenset([b"kind", b"chpl", b"hnti", b"ludt", b"free", b"skip"])
"""Of `udta`: what a track is for, chapters, streaming hints, loudness."""
_KNOWN = frozenset(
    b"ftyp styp moov moof mdat free skip wide pdin mfra sidx ssix prft emsg meta uuid imda".split()
)
"""What a player needs beside the film, at the top of the file; players pass by what they do not know (4.2)."""
_TRACKS = frozenset(b"vide soun text sbtl subt clcp tmcd hint auxv odsm sdsm".split())
"""Kinds of tracks that are seen, heard, read, or keep time."""
_ENCRYPTION = frozenset(
    bytes.fromhex(uuid)
    for uuid in (
        "d08a4f1810f34a82b6c832d8aba183d3",
        "8974dbce7be74c5184f97148f9882554",
        "a2394f525a9b4f14a2446c427c648df4",
        "6d1d9b0542d544e680e2141daff757b2",
        "d4807ef2ca3946958e5426cb9e46a79f",
    )
)
"""`uuid` boxes without which a protected film cannot be played (PIFF)."""
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_LABELS = {
    **dict.fromkeys((b"\xa9xyz", b"loci"), PLACE),
    **dict.fromkeys((b"\xa9ART", b"aART", b"\xa9aut", b"\xa9wrt", b"\xa9dir", b"auth", b"perf"), "Penulis"),
    **dict.fromkeys((b"\xa9too", b"\xa9swr", b"\xa9enc"), "Perangkat lunak"),
    **dict.fromkeys((b"\xa9mak", b"\xa9mod", b"manu", b"modl"), "Kamera"),
    **dict.fromkeys((b"\xa9nam", b"titl"), "Judul lama"),
    **dict.fromkeys((b"\xa9cmt", b"desc", b"dscp", b"\xa9des"), "Komentar"),
    **dict.fromkeys((b"\xa9cpy", b"cprt"), "Hak cipta"),
    b"\xa9day": "Waktu pembuatan",
}
_KEYS = (
    ("location", PLACE),
    ("author", "Penulis"),
    ("artist", "Penulis"),
    ("make", "Kamera"),
    ("model", "Kamera"),
    ("manufacturer", "Kamera"),
    ("software", "Perangkat lunak"),
    ("encoder", "Perangkat lunak"),
    ("version", "Perangkat lunak"),
)
_LONGEST_NOTE = 4096
_LONGEST_TEXT = 1 << 20
_TEXTS = frozenset(b"text sbtl subt".split())
_PLACE_IN_TEXT = re.compile(rb"(?i)\bgps\b|\blatitude\b|[+-]\d{1,2}\.\d{3,}\s*[,;/ ]\s*[+-]?\d{1,3}\.\d{3,}")
PLACE_IN_SUBTITLES = (
    "Teks bawaan (subtitle) di dalam video ini tampaknya menyebut tempat pengambilannya (GPS). Periksa, dan hapus "
    "dengan penyunting video bila tidak boleh terbuka."
)


def plan(path: Path) -> Edits:
    """Return what must be written over, nothing where the file carries no notes. Raises NotCleanable."""
    with path.open("rb") as handle:
        return _Planner(Boxes(handle)).plan()


class _Planner:
    def __init__(self, boxes: Boxes):
        self.boxes = boxes
        self.edits = Edits()
        self.top: list[Box] = []
        self.kept: list[tuple[int, int]] = []
        self.times: list[tuple[int, int]] = []

    def plan(self) -> Edits:
        self.top = self._top()
        kinds = {box.kind for box in self.top}
        if b"moov" not in kinds:
            raise NotCleanable
        for box in self.top:
            if box.kind not in _KNOWN:
                self._free(box, [_other(box.kind)])
            else:
                self._visit(box, is_fragmented=b"moof" in kinds)
        if overlap(self.kept, self.edits.ranges()):
            raise NotCleanable  # what is seen and heard lies in a box of notes
        self.edits.removed = once(self.edits.removed)
        if self.edits.removed:
            for at, length in self.times:
                self.edits.blank(at, length)
        return self.edits

    def _top(self) -> list[Box]:
        found: list[Box] = []
        try:
            for box in self.boxes.inside(0, self.boxes.size, to_the_end=True):
                found.append(box)
        except NotCleanable:
            if not {b"moov", b"mdat"} <= {box.kind for box in found}:
                raise
        end = found[-1].end if found else 0
        left = self.boxes.size - end
        if not self.boxes.is_blank(end, self.boxes.size):  # phones append things behind the film
            self.edits.blank(end, left, b"\0\0\0\0free" if left >= 8 else b"")
            self.edits.removed.append("Data tambahan di akhir video")
        return found

    def _visit(self, box: Box, is_fragmented: bool) -> None:
        if box.kind in _NOTES:
            self._notes(box)
        elif box.kind in (b"free", b"skip"):
            self._empty(box)
        elif box.kind in (b"mvhd", b"tkhd", b"mdhd"):
            self._note_times(box)
        elif box.kind == b"cmov":
            raise NotCleanable  # a compressed header, which hides what it carries
        elif box.kind == b"trak" and self._handler(box) not in _TRACKS:
            self._track_of_notes(box, is_fragmented)
        elif box.kind in _CONTAINERS:
            if box.kind == b"trak" and self._handler(box) in _TEXTS:
                self._listen_for_places(box)
            for child in self.boxes.children(box):
                self._visit(child, is_fragmented)
        elif box.kind == b"stbl":
            self.kept += self.boxes.samples(box)

    def _listen_for_places(self, track: Box) -> None:
        """Drones write where they are as subtitles. Words are content, so they stay, and the officer is told."""
        table = self.boxes.find(track, b"mdia", b"minf", b"stbl")
        left = _LONGEST_TEXT
        for at, end in self.boxes.samples(table) if table else []:
            length = min(end - at, left)
            if length > 0 and _PLACE_IN_TEXT.search(self.boxes.read(at, length)):
                self.edits.notices.append(PLACE_IN_SUBTITLES)
                return
            left -= length

    def _handler(self, track: Box) -> bytes:
        body = self.boxes.body(self.boxes.find(track, b"mdia", b"hdlr"))
        return body[8:12]

    def _note_times(self, box: Box) -> None:
        wide = self.boxes.read(box.body, 1) == b"\x01"
        length = 16 if wide else 8
        if any(self.boxes.read(box.body + 4, length)):
            self.times.append((box.body + 4, length))

    def _empty(self, box: Box) -> None:
        """Space that is said to be free may hold what a program only crossed out."""
        if not self.boxes.is_blank(box.body, box.end):
            self.edits.blank(box.body, box.size)
            self.edits.removed.append("Data sisa di ruang kosong berkas")

    def _free(self, box: Box, told: list[str]) -> None:
        """Turn a box into free space with zeros in it."""
        self.edits.blank(box.at + 4, 4, b"free")
        self.edits.blank(box.body, box.size)
        self.edits.removed += told

    def _notes(self, box: Box) -> None:
        if box.kind == b"uuid":
            name = self.boxes.read(box.body, 16) if box.size >= 16 else b""
            if name not in _ENCRYPTION:
                self._free(box, ["Metadata XMP" if name == _XMP else _other(b"uuid")])
        elif box.kind == b"meta":
            handler, told = self._meta(box)
            if handler != b"pict":  # a picture in a film's clothes lives in this box
                self._free(box, told or [_other(b"meta")])
        else:
            for child in self.boxes.children(box):
                if child.kind in (b"free", b"skip"):
                    self._empty(child)
                elif child.kind == b"meta":
                    self._free(child, self._meta(child)[1] or [_other(b"meta")])
                elif child.kind not in _KEPT_NOTES:
                    self._free(child, self._note(child))

    def _track_of_notes(self, track: Box, is_fragmented: bool) -> None:
        table = self.boxes.find(track, b"mdia", b"minf", b"stbl")
        if table is None:
            raise NotCleanable
        ranges = self.boxes.samples(table)
        films = [box for box in self.top if box.kind == b"mdat"]
        inside = all(any(film.body <= at and end <= film.end for film in films) for at, end in ranges)
        if is_fragmented or not inside:
            raise NotCleanable
        for at, end in ranges:
            self.edits.blank(at, end - at)
        self._free(track, ["Jalur data kamera (waktu dan tempat pengambilan)"])

    # --- what is told ---------------------------------------------------------------------------------------------

    def _note(self, box: Box) -> list[str]:
        data = self.boxes.read(box.body, min(box.size, _LONGEST_NOTE))
        label = _LABELS.get(box.kind)
        if label is None:
            return [_other(box.kind)]
        return _told(label, data[4:] if box.kind[0] == 0xA9 else data[6:])

    def _meta(self, box: Box) -> tuple[bytes, list[str]]:
        """The handler of a `meta` box, and its notes, for people; a box that cannot be read has none."""
        plain = self.boxes.read(box.body, min(8, box.size))[4:8] == b"hdlr"
        try:
            parts = {
                child.kind: child for child in self.boxes.inside(box.body + (0 if plain else 4), box.end)
            }
            handler = self.boxes.body(parts[b"hdlr"])[8:12] if b"hdlr" in parts else b""
            keys = self._keys(parts[b"keys"]) if b"keys" in parts else []
            told = []
            for item in self._items(parts[b"ilst"]) if b"ilst" in parts else []:
                told += self._item(item, keys)
            return handler, told
        except (NotCleanable, struct.error):
            return b"", []

    def _items(self, box: Box) -> list[tuple[bytes, bytes]]:
        """Kind and content of the entries of an `ilst`; their kinds may be numbers."""
        found, data, at = [], self.boxes.body(box), 0
        while at + 8 <= len(data):
            size, kind = struct.unpack_from(">L4s", data, at)
            if size < 8:
                break
            found.append((kind, data[at + 8 : at + min(size, _LONGEST_NOTE)]))
            at += size
        return found

    def _keys(self, box: Box) -> list[str]:
        names, data, at = [], self.boxes.body(box), 8
        while at + 8 <= len(data):
            (size,) = struct.unpack_from(">L", data, at)
            if size < 8:
                break
            names.append(data[at + 8 : at + size].decode("utf-8", "replace"))
            at += size
        return names

    def _item(self, item: tuple[bytes, bytes], keys: list[str]) -> list[str]:
        kind, data = item
        value = data[16:] if data[4:8] == b"data" else data
        if kind in _LABELS:
            return _told(_LABELS[kind], value)
        (number,) = struct.unpack(">L", kind)
        if 1 <= number <= len(keys):
            name = keys[number - 1]
            label = next((label for part, label in _KEYS if part in name.lower()), "")
            return _told(label, value) if label else [f"Data lain ({name[:60]})"]
        return [_other(kind)]


def _told(label: str, value: bytes) -> list[str]:
    return [label] if label == PLACE else named(label, value.decode("utf-8", "replace")) or [label]


def _other(kind: bytes) -> str:
    return f"Data lain ({kind.decode('latin-1')})"
