"""Adds a text layer to some pages of a PDF with OCRmyPDF, in a bounded child process. The input is never altered."""

import json
import sys
from pathlib import Path

from documents.extraction.bounded import run_module
from documents.extraction.types import Limits


def add_text_layer(source: Path, target: Path, pages: list[int], limits: Limits) -> bool:
    """Write to `target` a copy of `source` whose `pages` carry a text layer; tell whether that worked.

    The pages are drawn anew as pictures, upright, because their own text layer (if any) is worthless.
    """
    order = {"source": str(source), "target": str(target), "pages": pages}
    return run_module("documents.extraction.textlayer", order, limits) and target.exists()


def main() -> None:
    """Run OCRmyPDF inside this process's limits."""
    from documents.extraction.child import confine

    order = json.loads(sys.argv[1])
    confine(Limits(**order["limits"]))
    import ocrmypdf

    ocrmypdf.ocr(
        Path(order["source"]),
        Path(order["target"]),
        language=["ind", "eng"],
        pages=",".join(map(str, order["pages"])),
        force_ocr=True,
        rotate_pages=True,
        output_type="pdf",
        optimize=0,
        jobs=1,
        progress_bar=False,
    )


if __name__ == "__main__":
    main()
