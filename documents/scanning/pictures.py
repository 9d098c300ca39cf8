"""Checks and cleans pictures (PNG, JPEG, TIFF), and looks for places in videos."""

import hashlib
import re
import shutil
import warnings
from pathlib import Path

from PIL import ExifTags, Image, UnidentifiedImageError

from documents.scanning.segments import clean_jpeg, clean_png
from documents.scanning.tiff_cleaning import clean_tiff
from documents.scanning.types import Dangerous, named, once

MAX_PIXELS = 100_000_000
"""Of one frame; a photograph has 12 to 50 million, an A3 scan at 600 dpi has 70."""
MAX_FRAMES = 3000
_MAX_TOTAL = 40 * MAX_PIXELS
_BOMB = (
    "Gambar terlalu besar ({megapixels} megapiksel; paling besar 100). Perkecil ukurannya atau pindai dengan "
    "resolusi lebih rendah, lalu unggah ulang."
)
_FRAMES = "Gambar TIFF ini memuat terlalu banyak halaman. Pecah menjadi beberapa berkas."
_BROKEN = "Berkas gambar rusak dan tidak dapat dibuka. Unggah ulang dari berkas aslinya."
_EXIF_LABELS = {
    ExifTags.Base.Artist: "Penulis",
    ExifTags.Base.Copyright: "Hak cipta",
    ExifTags.Base.Make: "Kamera",
    ExifTags.Base.Model: "Kamera",
    ExifTags.Base.Software: "Perangkat lunak",
    ExifTags.Base.HostComputer: "Komputer asal",
    ExifTags.Base.XPAuthor: "Penulis",
}
_VIDEO_HEAD = 32 * 1024**2
_VIDEO_PLACE = re.compile(rb"[+-]\d{1,2}\.\d{2,}[+-]\d{1,3}\.\d{2,}")
_VIDEO_MARKS = (b"\xa9xyz", b"location.ISO6709", b"loci")


def check_picture(path: Path) -> None:
    """Look at a picture's size before a pixel of it is unpacked. Raises Dangerous for an image bomb."""
    Image.MAX_IMAGE_PIXELS = None  # the bound here is our own, with words of its own
    try:
        with warnings.catch_warnings(), Image.open(path) as picture:
            warnings.simplefilter("ignore")
            total = 0
            for number in range(MAX_FRAMES + 1):
                try:
                    picture.seek(number)
                except EOFError:
                    return
                pixels = picture.size[0] * picture.size[1]
                total += pixels
                if pixels > MAX_PIXELS or total > _MAX_TOTAL:
                    raise Dangerous(_BOMB.format(megapixels=max(pixels, total) // 1_000_000))
                if picture.format != "TIFF":
                    return
            raise Dangerous(_FRAMES)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        raise Dangerous(_BROKEN) from error


def carried_by(path: Path) -> list[str]:
    """Return who and what a picture names, for people to read."""
    found: list[str] = []
    try:
        with Image.open(path) as picture:
            exif = picture.getexif()
            for tag, label in _EXIF_LABELS.items():
                value = exif.get(tag, "")
                found += named(
                    label, value.decode("utf-16-le", "replace") if isinstance(value, bytes) else value
                )
            if exif.get_ifd(ExifTags.IFD.GPSInfo):
                found.append("Lokasi pengambilan gambar (GPS)")
    except (OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError):
        pass  # what EXIF readers raise for broken notes; they are taken out all the same
    return once(found)


def clean_picture(source: Path, target: Path, kind: str) -> list[str]:
    """Write the cleaned copy to `target` and return what was removed; nothing is written when that is nothing.

    Raises NotCleanable.
    """
    if kind == "tiff":
        shutil.copyfile(source, target)
        removed = clean_tiff(target)
    else:
        data, removed = (clean_jpeg if kind == "jpeg" else clean_png)(source.read_bytes())
        if removed:
            target.write_bytes(data)
    return once(carried_by(source) + removed) if removed else []


def stands_comparison(source: Path, target: Path) -> bool:
    """Tell whether the cleaned copy shows the same frames, pixel by pixel."""
    try:
        with Image.open(source) as before, Image.open(target) as after:
            frames = getattr(before, "n_frames", 1)
            if frames != getattr(after, "n_frames", 1):
                return False
            return all(_digest(before, number) == _digest(after, number) for number in range(frames))
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError):
        return False


def _digest(picture: Image.Image, number: int) -> tuple:
    if number:
        picture.seek(number)
    orientation = picture.getexif().get(ExifTags.Base.Orientation, 1)
    profile = picture.info.get("icc_profile", b"")
    return picture.size, picture.mode, orientation, profile, hashlib.sha256(picture.tobytes()).digest()


def place_in_video(path: Path) -> list[str]:
    """Tell whether a video says where it was taken; looks at its beginning and end, where phones write that."""
    size = path.stat().st_size
    with path.open("rb") as handle:
        head = handle.read(_VIDEO_HEAD)
        handle.seek(max(size - _VIDEO_HEAD, 0))
        tail = handle.read(_VIDEO_HEAD) if size > _VIDEO_HEAD else b""
    for part in (head, tail):
        if any(mark in part for mark in _VIDEO_MARKS) and _VIDEO_PLACE.search(part):
            return [
                "Video ini menyebut tempat pengambilannya (GPS) dan tidak dapat kami bersihkan. "
                "Hapus lokasinya dengan aplikasi galeri atau penyunting video sebelum diterbitkan."
            ]
    return []
