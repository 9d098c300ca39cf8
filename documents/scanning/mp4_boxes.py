"""The boxes of an MP4 file (ISO/IEC 14496-12, QuickTime), and where the samples of its tracks lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from documents.scanning.segments import NotCleanable

_MAX_BOXES = 200_000
_MAX_BODY = 64 * 1024**2
_MAX_SAMPLES = 5_000_000
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Box:
    """One box: its kind (four bytes), where it begins, where its content begins, where it ends."""

    kind: bytes
    at: int
    body: int
    end: int

    @property
    def size(self) -> int:
        """The size of the content, bytes."""
        return self.end - self.body


class Boxes:
    """Reads the boxes of an open file."""

    def __init__(self, handle: BinaryIO):
        self.handle = handle
        self.size = handle.seek(0, 2)
        self._seen = 0

    def read(self, at: int, length: int) -> bytes:
        """Return so many bytes. Raises NotCleanable for more than there are."""
        if length > _MAX_BODY:
            raise NotCleanable
        self.handle.seek(at)
        data = self.handle.read(length)
        if len(data) != length:
            raise NotCleanable
        return data

    def is_blank(self, at: int, end: int) -> bool:
        """Tell whether there is nothing but zeros from `at` to `end`."""
        return not any(any(self.read(start, min(_BLOCK, end - start))) for start in range(at, end, _BLOCK))

    def inside(self, at: int, end: int, *, to_the_end: bool = False) -> Iterator[Box]:
        """Yield the boxes from `at` to `end`. Zeros or a few bytes behind the last one are no box.

        Raises NotCleanable for what is none; with `to_the_end` a last box may say "as long as the file".
        """
        while end - at >= 8:
            self._seen += 1
            size, kind = struct.unpack(">L4s", self.read(at, 8))
            head = 8
            if size == 0 and kind == bytes(4):
                return  # QuickTime ends a list of notes so
            if size == 1:
                (size,) = struct.unpack(">Q", self.read(at + 8, 8))
                head = 16
            elif size == 0 and to_the_end:
                size = end - at
            if size < head or at + size > end or not is_kind(kind) or self._seen > _MAX_BOXES:
                raise NotCleanable
            yield Box(kind, at, at + head, at + size)
            at += size

    def children(self, box: Box) -> list[Box]:
        """Return the boxes inside a box."""
        return list(self.inside(box.body, box.end))

    def find(self, box: Box, *path: bytes) -> Box | None:
        """Return the first box that this path of kinds leads to, or None."""
        for kind in path:
            found = next((child for child in self.children(box) if child.kind == kind), None)
            if found is None:
                return None
            box = found
        return box

    def body(self, box: Box | None) -> bytes:
        """Return the content of a box. Raises NotCleanable for a missing one."""
        if box is None:
            raise NotCleanable
        return self.read(box.body, box.size)

    def samples(self, table: Box) -> list[tuple[int, int]]:
        """Return where the samples of a track lie (`stbl`): beginning and end of each chunk.

        Raises NotCleanable for tables that do not fit each other.
        """
        parts = {child.kind: child for child in self.children(table)}
        try:
            chunks = self._chunks(parts)
            sizes = self._sizes(parts)
            runs = self.body(parts.get(b"stsc"))
            (count,) = struct.unpack_from(">L", runs, 4)
            steps = [struct.unpack_from(">LLL", runs, 8 + 12 * index)[:2] for index in range(count)]
            return self._ranges(chunks, sizes, [*steps, (len(chunks) + 1, 0)])
        except (struct.error, IndexError) as error:
            raise NotCleanable from error

    def _chunks(self, parts: dict[bytes, Box]) -> list[int]:
        wide = b"co64" in parts
        body = self.body(parts[b"co64"] if wide else parts.get(b"stco"))
        (count,) = struct.unpack_from(">L", body, 4)
        return list(struct.unpack_from(f">{count}{'Q' if wide else 'L'}", body, 8))

    def _sizes(self, parts: dict[bytes, Box]) -> list[int] | tuple[int, int]:
        """The size of each sample, or one size and their number."""
        body = self.body(parts.get(b"stsz"))
        size, count = struct.unpack_from(">LL", body, 4)
        if count > _MAX_SAMPLES:
            raise NotCleanable
        return (size, count) if size else list(struct.unpack_from(f">{count}L", body, 12))

    @staticmethod
    def _ranges(chunks: list[int], sizes, steps: list[tuple[int, int]]) -> list[tuple[int, int]]:
        found, sample = [], 0
        for (first, samples), (following, _samples) in pairwise(steps):
            if not 1 <= first <= following <= len(chunks) + 1:
                raise NotCleanable
            for at in chunks[first - 1 : following - 1]:
                equal = isinstance(sizes, tuple)
                length = sizes[0] * samples if equal else sum(sizes[sample : sample + samples])
                sample += samples
                found.append((at, at + length))
        return found


def is_kind(kind: bytes) -> bool:
    """Tell whether four bytes can be the kind of a box: letters that can be printed, or Apple's ©."""
    return all(32 <= byte < 127 or byte == 0xA9 for byte in kind)
