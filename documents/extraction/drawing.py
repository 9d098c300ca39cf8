"""Draws one page of a PDF or picture as a WebP file, in a bounded child process."""

import json
import sys
import warnings
from pathlib import Path

from documents.extraction import kinds
from documents.extraction.bounded import run_module
from documents.extraction.types import Limits

DRAWABLE = (kinds.PDF, kinds.PNG, kinds.JPEG, kinds.TIFF)
"""Kinds whose pages can be drawn."""
_LIMITS = Limits(wall_seconds=40.0, memory_bytes=1024**3)
_MAX_SOURCE_PIXELS = 60_000_000
_QUALITIES = (75, 60, 45, 30, 15, 5)


def draw_page(
    path: Path, kind: kinds.Kind, number: int, target: Path, *, width: int, height: int, max_bytes: int
) -> bool:
    """Draw page `number` (from 1) of `path` into `target`; tell whether that worked.

    The picture fits a box of `width` by `height` pixels; one that is much taller than the box (a poster, a receipt)
    shows its top. Its quality falls until it has at most `max_bytes` (0: whatever it takes).
    """
    order = {
        "path": str(path.resolve()),
        "kind": kind.name,
        "number": number,
        "target": str(target.resolve()),
        "box": [width, height],
        "max_bytes": max_bytes,
    }
    return run_module("documents.extraction.drawing", order, _LIMITS) and target.exists()


def _open(path: Path, kind: str, number: int, width: int):
    """Return the page as a picture at least `width` pixels wide where the page has them, turned the right way."""
    from PIL import Image, ImageOps

    if kind == kinds.PDF.name:
        import pypdfium2 as pdfium

        page = pdfium.PdfDocument(path)[number - 1]
        across, down = page.get_size()
        finer = 2 if width < 500 else 1  # small pictures are drawn large and made small: letters stay smooth
        scale = min(
            finer * width / max(across, 1.0), (_MAX_SOURCE_PIXELS / 4 / max(across * down, 1.0)) ** 0.5
        )
        return page.render(scale=scale).to_pil()
    Image.MAX_IMAGE_PIXELS = _MAX_SOURCE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        picture = Image.open(path)
    picture.seek(number - 1)
    if picture.format == "JPEG":
        picture.draft("RGB", (2 * width, 2 * width))
    return ImageOps.exif_transpose(picture)


def draw(order: dict) -> None:
    """Do what `draw_page` orders, in this process."""
    from PIL import Image

    width, height = order["box"]
    picture = _open(Path(order["path"]), order["kind"], order["number"], width)
    if picture.mode in ("RGBA", "LA", "P", "PA"):
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(ground, picture)
    picture = picture.convert("RGB")
    if picture.height * width > picture.width * height:
        picture = picture.crop((0, 0, picture.width, max(round(picture.width * height / width), 1)))
    picture.thumbnail((width, height), Image.Resampling.LANCZOS)
    target = Path(order["target"])
    for quality in _QUALITIES:
        picture.save(target, "WEBP", quality=quality, method=6 if order["max_bytes"] else 2)
        if not order["max_bytes"] or target.stat().st_size <= order["max_bytes"]:
            return
    target.unlink()
    raise SystemExit("the picture cannot be made small enough")


def main() -> None:
    """Draw inside this process's limits."""
    from documents.extraction.child import confine

    order = json.loads(sys.argv[1])
    confine(Limits(**order["limits"]))
    draw(order)


if __name__ == "__main__":
    main()
