"""Finds what programs wrote about themselves into a WebM or Matroska film (RFC 8794, RFC 9559), and plans how to write
over it: an element of notes becomes a Void of the same size, a name that must be there becomes empty.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from documents.scanning.edits import Edits
from documents.scanning.segments import NotCleanable
from documents.scanning.types import named, once

PLACE = "Lokasi pengambilan video (GPS)"
_EBML, _SEGMENT, _CLUSTER, _VOID, _CRC = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC, 0xBF
_SEEK_HEAD, _SEEK, _SEEK_ID = 0x114D9B74, 0x4DBB, 0x53AB
_INFO, _TRACKS, _CUES, _CHAPTERS = 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1043A770
_TAGS, _ATTACHMENTS = 0x1254C367, 0x1941A469
_LEVEL_1 = frozenset([_SEEK_HEAD, _INFO, _TRACKS, _CUES, _CHAPTERS, _TAGS, _ATTACHMENTS, _CLUSTER])
_DATE = 0x4461
_EMPTIED = {0x4D80: "Perangkat lunak", 0x5741: "Perangkat lunak"}
"""Of the information: what must be there, so that it stays, with nothing in it."""
_DROPPED = {0x7BA9: "Judul lama", 0x7384: "Nama berkas", 0x3C83AB: "Nama berkas", 0x3E83BB: "Nama berkas"}
_TAG, _SIMPLE_TAG, _TAG_NAME, _TAG_STRING = 0x7373, 0x67C8, 0x45A3, 0x4487
_TAG_LABELS = (
    ("LOCATION", PLACE),
    ("GPS", PLACE),
    ("GEO", PLACE),
    ("ARTIST", "Penulis"),
    ("AUTHOR", "Penulis"),
    ("DIRECTOR", "Penulis"),
    ("ENCODE", "Perangkat lunak"),
    ("WRITING_APP", "Perangkat lunak"),
    ("TITLE", "Judul lama"),
    ("COMMENT", "Komentar"),
    ("COPYRIGHT", "Hak cipta"),
)
_MAX_ELEMENTS = 2_000_000
_MAX_BODY = 16 * 1024**2
ATTACHED = "Ada berkas lain di dalam video ini. Periksa apakah ikut boleh diterbitkan."


@dataclass(frozen=True)
class _Element:
    id: int
    at: int
    body: int
    end: int
    is_endless: bool = False

    @property
    def size(self) -> int:
        return self.end - self.body


def plan(path: Path) -> Edits:
    """Return what must be written over, nothing where the file carries no notes. Raises NotCleanable."""
    with path.open("rb") as handle:
        return _Planner(handle).plan()


class _Planner:
    def __init__(self, handle: BinaryIO):
        self.handle = handle
        self.size = handle.seek(0, 2)
        self.edits = Edits()
        self._seen = 0

    def plan(self) -> Edits:
        elements = list(self.level_1())
        dates: list[_Element] = []
        for element in elements:
            if element.id == _TAGS:
                self.edits.removed += self._tags(element) or ["Data lain (Tags)"]
                self._void(element)
            elif element.id == _INFO:
                dates += self._information(element)
            elif element.id == _VOID:
                self._empty(element)
            elif element.id == _ATTACHMENTS:
                self.edits.notices.append(ATTACHED)
        self.edits.removed = once(self.edits.removed)
        if self.edits.removed:
            for date in dates:
                self._void(date)
            for element in elements:
                if element.id == _SEEK_HEAD:
                    self._forget_seeks(element)
            self._mend_checksums([element for element in elements if element.id in (_INFO, _SEEK_HEAD)])
        return self.edits

    # --- elements -------------------------------------------------------------------------------------------------

    def level_1(self) -> Iterator[_Element]:
        """Yield the elements of the film's one segment. Raises NotCleanable."""
        top = list(self._inside(0, self.size))
        if [element.id for element in top if element.id != _VOID] != [_EBML, _SEGMENT]:
            raise NotCleanable
        segment = next(element for element in top if element.id == _SEGMENT)
        yield from self._inside(segment.body, segment.end)

    def _inside(self, at: int, end: int) -> Iterator[_Element]:
        while at < end:
            element = self._element(at, end)
            if element.is_endless and element.id == _CLUSTER:
                element = self._bounded(element, end)
            elif element.is_endless and element.id != _SEGMENT:
                raise NotCleanable
            yield element
            at = element.end

    def _bounded(self, cluster: _Element, end: int) -> _Element:
        """A live recording does not say how long a cluster is: it ends where another element of its level begins."""
        at = cluster.body
        while at < end:
            child = self._element(at, end)
            if child.id in _LEVEL_1:
                break
            at = child.end
        return _Element(cluster.id, cluster.at, cluster.body, at)

    def _element(self, at: int, end: int) -> _Element:
        self._seen += 1
        self.handle.seek(at)
        head = self.handle.read(12)
        if self._seen > _MAX_ELEMENTS or not head:
            raise NotCleanable
        width = 9 - head[0].bit_length()
        if width > 4 or len(head) <= width or not head[width]:
            raise NotCleanable
        length_width = 9 - head[width].bit_length()
        raw = head[width : width + length_width]
        if len(raw) != length_width:
            raise NotCleanable
        length = int.from_bytes(raw, "big") & ((1 << 7 * length_width) - 1)
        is_endless = length == (1 << 7 * length_width) - 1
        body = at + width + length_width
        if is_endless:
            length = end - body
        if body + length > end:
            raise NotCleanable
        return _Element(int.from_bytes(head[:width], "big"), at, body, body + length, is_endless)

    def _read(self, element: _Element) -> bytes:
        if element.size > _MAX_BODY:
            raise NotCleanable
        self.handle.seek(element.body)
        return self.handle.read(element.size)

    def _children(self, element: _Element) -> list[_Element]:
        return list(self._inside(element.body, element.end))

    # --- notes ----------------------------------------------------------------------------------------------------

    def _void(self, element: _Element) -> None:
        """Turn an element into a Void of the same size with zeros in it."""
        length = element.end - element.at
        wide = bytes([1]) + (length - 9).to_bytes(7, "big") if length >= 9 else b""
        self.edits.blank(element.at, length, bytes([_VOID]) + (wide or bytes([0x80 | (length - 2)])))

    def _empty(self, element: _Element) -> None:
        """Space that is said to be free may hold what a program only crossed out."""
        if any(self._read(element)):
            self.edits.blank(element.body, element.size)
            self.edits.removed.append("Data sisa di ruang kosong berkas")

    def _information(self, element: _Element) -> list[_Element]:
        """Plan what becomes of the information; returns the elements that tell a time."""
        dates = []
        for child in self._children(element):
            if child.id == _DATE:
                dates.append(child)
            elif child.id in _EMPTIED and any(value := self._read(child)):
                self.edits.removed += _told(_EMPTIED[child.id], value)
                self.edits.blank(child.body, child.size)
            elif child.id in _DROPPED:
                self.edits.removed += _told(_DROPPED[child.id], self._read(child))
                self._void(child)
            elif child.id == _VOID:
                self._empty(child)
        return dates

    def _tags(self, element: _Element) -> list[str]:
        told: list[str] = []
        for tag in self._children(element):
            for simple in self._children(tag) if tag.id == _TAG else []:
                if simple.id != _SIMPLE_TAG:
                    continue
                parts = {child.id: child for child in self._children(simple)}
                if _TAG_NAME not in parts:
                    continue
                name = self._read(parts[_TAG_NAME]).decode("utf-8", "replace").strip("\0").upper()
                value = self._read(parts[_TAG_STRING]) if _TAG_STRING in parts else b""
                label = next((label for part, label in _TAG_LABELS if part in name), "")
                told += _told(label, value) if label else []
        return told

    def _forget_seeks(self, element: _Element) -> None:
        """The table of contents must not name what is no more."""
        for seek in self._children(element):
            if seek.id != _SEEK:
                continue
            parts = {child.id: child for child in self._children(seek)}
            if _SEEK_ID in parts and int.from_bytes(self._read(parts[_SEEK_ID]), "big") == _TAGS:
                self._void(seek)

    def _mend_checksums(self, elements: list[_Element]) -> None:
        """Write the checksum anew of each element whose content changes."""
        for element in elements:
            first = next(iter(self._inside(element.body, element.end)), None)
            if first is None or first.id != _CRC or first.size != 4:
                continue
            content = bytearray(self._read(element))
            for at, length, beginning in self.edits.places:
                if element.body <= at and at + length <= element.end:
                    start = at - element.body
                    content[start : start + length] = beginning.ljust(length, b"\0")
            checksum = zlib.crc32(content[first.end - element.body :])
            if struct.pack("<L", checksum) != self._read(first):
                self.edits.blank(first.body, 4, struct.pack("<L", checksum))


def _told(label: str, value: bytes) -> list[str]:
    return [label] if label == PLACE else named(label, value.decode("utf-8", "replace")) or [label]
