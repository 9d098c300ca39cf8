"""Places of a file that are written over without moving anything else: how notes leave a video."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

_BLOCK = 1 << 20


@dataclass
class Edits:
    """What is written where, and what thereby leaves the file, in words for people."""

    places: list[tuple[int, int, bytes]] = field(default_factory=list)
    """Offset, length, and the bytes at the beginning of that place; zeros fill the rest."""
    removed: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What stays in the file and an officer should look at."""

    def blank(self, at: int, length: int, beginning: bytes = b"") -> None:
        """Fill a place with zeros, behind `beginning`."""
        if length > 0:
            self.places.append((at, length, beginning))

    def ranges(self) -> list[tuple[int, int]]:
        """Return beginning and end of every place, in order."""
        return sorted((at, at + length) for at, length, _beginning in self.places)

    def copy(self, source: Path, target: Path) -> None:
        """Write a copy of the file with the edits."""
        shutil.copyfile(source, target)
        with target.open("r+b") as handle:
            for at, length, beginning in self.places:
                handle.seek(at)
                handle.write(beginning)
                for left in range(length - len(beginning), 0, -_BLOCK):
                    handle.write(bytes(min(left, _BLOCK)))

    def alone_differ(self, source: Path, target: Path) -> bool:
        """Tell whether the copy is the same as the original everywhere else."""
        if source.stat().st_size != target.stat().st_size:
            return False
        with source.open("rb") as before, target.open("rb") as after:
            at = 0
            for first, end in [*self.ranges(), (source.stat().st_size,) * 2]:
                before.seek(at)
                after.seek(at)
                for left in range(first - at, 0, -_BLOCK):
                    if before.read(min(left, _BLOCK)) != after.read(min(left, _BLOCK)):
                        return False
                at = max(at, end)
        return True


def overlap(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    """Tell whether a range of one list shares a byte with one of the other (each: beginning and end)."""
    ordered = sorted(
        [(*one, 0) for one in some if one[0] < one[1]] + [(*one, 1) for one in others if one[0] < one[1]]
    )
    reached = [0, 0]
    for first, end, side in ordered:
        if first < reached[1 - side]:
            return True
        reached[side] = max(reached[side], end)
    return False
