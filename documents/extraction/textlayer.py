"""Adds a text layer to some pages of a PDF with OCRmyPDF, in a bounded child process. The input is never altered."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from documents.extraction.types import Limits

_ROOT = Path(__file__).resolve().parents[2]


def add_text_layer(source: Path, target: Path, pages: list[int], limits: Limits) -> bool:
    """Write to `target` a copy of `source` whose `pages` carry a text layer; tell whether that worked.

    The pages are drawn anew as pictures, upright, because their own text layer (if any) is worthless.
    """
    order = {"source": str(source), "target": str(target), "pages": pages, "limits": asdict(limits)}
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TESSDATA_PREFIX") if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="eppid-ocr-") as scratch:
        process = subprocess.Popen(
            [sys.executable, "-m", "documents.extraction.textlayer", json.dumps(order)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env={
                **kept,
                "PYTHONPATH": str(_ROOT),
                "TMPDIR": scratch,
                "HOME": scratch,
                "OMP_THREAD_LIMIT": "1",
            },
            start_new_session=True,
        )
        try:
            return process.wait(timeout=limits.wall_seconds) == 0 and target.exists()
        except subprocess.TimeoutExpired:
            return False
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


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
