"""The child process: opens one file, reads its pages and reports each as one JSON line.

It runs with an empty environment and hard limits, because the file may be hostile: whatever happens here, the caller
only sees lines, an exit code or silence.
"""

import contextlib
import ctypes
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Protocol, TextIO

from documents.extraction.types import FileFacts, Limits, PageText, Unreadable


class Reader(Protocol):
    """An open file."""

    facts: FileFacts

    def read(self, number: int) -> PageText:
        """Return page `number` (from 1)."""
        ...


def open_reader(path: Path, kind: str, limits: Limits) -> Reader:
    """Open a file with the reader of its kind (a name of `kinds.KINDS`). Raises Unreadable."""
    if kind == "pdf":
        from documents.extraction.pdf import PdfReader

        return PdfReader(path, limits)
    if kind == "docx":
        from documents.extraction.office import WordReader

        return WordReader(path, limits)
    if kind == "xlsx":
        from documents.extraction.tables import WorkbookReader

        return WorkbookReader(path, limits)
    if kind == "csv":
        from documents.extraction.tables import CsvReader

        return CsvReader(path, limits)
    if kind in ("png", "jpeg", "tiff"):
        from documents.extraction.images import ImageReader

        return ImageReader(path, limits)
    from documents.extraction.office import TextReader

    return TextReader(path, limits)


def confine(limits: Limits) -> None:
    """Bind this process and all that it starts to the limits, and to the life of its parent."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    cpu = int(limits.wall_seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024**3, 1024**3))
    with contextlib.suppress(OSError, AttributeError):  # not Linux: the wall clock alone bounds an orphan
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def run(order: dict, limits: Limits, report: Callable[[dict], None]) -> None:
    """Read pages from `first_page` on until the file or the chunk's share of time and pages ends."""
    first_page, skip = order["first_page"], order["skip"]
    started = time.monotonic()
    try:
        reader = open_reader(Path(order["path"]), order["kind"], limits)
    except Unreadable as error:
        report({"event": "unreadable", "code": error.code, "reason": error.reason})
        return
    facts = reader.facts
    preview = getattr(reader, "preview", None)
    report({"event": "open", "facts": asdict(facts)})
    if preview and first_page == 1:
        report({"event": "preview", "preview": preview})
    if order["look_ahead"] and hasattr(reader, "look_ahead"):
        reader.look_ahead()
    last = min(facts.part_count, limits.max_pages)
    for done, number in enumerate(range(first_page, last + 1)):
        if done and (done >= limits.chunk_pages or time.monotonic() - started > limits.chunk_seconds):
            report({"event": "end", "next_page": number})
            return
        if number in skip:
            continue
        report({"event": "start", "page": number})
        page = reader.read(number)
        if len(page.text) > limits.page_chars:
            page.text, page.doubt = page.text[: limits.page_chars], True
            page.note = "Halaman terlalu panjang; hanya bagian awalnya yang dapat dicari."
        report({"event": "page", "page": page.as_dict()})
    report({"event": "end", "next_page": None})


def report_channel() -> TextIO:
    """Return the inherited standard output, and keep it for reports: what a library prints goes elsewhere."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return channel


def main() -> None:
    """Read the order from the command line; report on the inherited standard output and nowhere else."""
    order = json.loads(sys.argv[1])
    limits = Limits(**order["limits"])
    confine(limits)
    channel = report_channel()

    def report(event: dict) -> None:
        channel.write(json.dumps(event, ensure_ascii=True) + "\n")
        channel.flush()

    try:
        run(order, limits, report)
    except MemoryError:
        report({"event": "crash", "reason": "memori"})
        os._exit(3)


if __name__ == "__main__":
    main()
