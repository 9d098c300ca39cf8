"""Reads a file in a bounded child process and says in one value how that ended."""

import contextlib
import json
import os
import selectors
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from documents.extraction.bounded import started
from documents.extraction.kinds import Kind, Refused, detect_path
from documents.extraction.types import SOURCE_NONE, FileFacts, Limits, PageText
from documents.extraction.warm import Child

MAX_CRASHES = 5
"""Pages on which the child may die before the rest of the file is given up."""

NOTE_CRASHED = "Halaman ini tidak dapat dibaca."
REASON_TIME = "Pembacaan dihentikan karena melewati batas waktu."
REASON_MEMORY = "Pembacaan dihentikan karena melewati batas memori."
REASON_CRASH = "Pembacaan terhenti karena isi berkas bermasalah."
REASON_OUTPUT = "Pembacaan dihentikan karena teks yang dihasilkan terlalu besar."


@dataclass
class Chunk:
    """What one run of the child process found."""

    facts: FileFacts | None = None
    """What is known of the file; None when it could not be opened."""
    preview: dict | None = None
    pages: list[PageText] = field(default_factory=list)
    next_page: int | None = None
    """Where the next chunk begins; None when the file is read to its end (or cannot be)."""
    failure: str = ""
    """Reason in Indonesian why the reading ended early; empty when it did not."""
    fatal: bool = False
    """Whether the file as a whole cannot be read (another try would end the same way)."""
    empty: bool = False
    """Whether it cannot be read because nothing is in it."""


def _events(process: subprocess.Popen | Child, limits: Limits) -> Iterator[dict]:
    """Yield the child's reports until it ends; raises TimeoutError and OverflowError at the limits."""
    assert process.stdout is not None
    deadline = time.monotonic() + limits.wall_seconds
    pending = b""
    received = 0
    descriptor = process.stdout.fileno()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while True:
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not selector.select(remaining):
                raise TimeoutError
            data = os.read(descriptor, 1 << 16)
            if not data:
                return
            received += len(data)
            if received > limits.output_bytes:
                raise OverflowError
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                with contextlib.suppress(ValueError):  # a line cut by the child's death
                    yield json.loads(line)


def read_chunk(
    path: Path, kind: Kind, first_page: int = 1, limits: Limits | None = None, skip: tuple[int, ...] = ()
) -> Chunk:
    """Read pages of `path` from `first_page` on, until the file or the chunk's share of time ends.

    Never raises for what the file does: a crash, a timeout or a lack of memory on one page marks that page as
    unreadable and points `next_page` behind it; before the first page it makes the chunk's failure fatal.
    """
    limits = limits or Limits()
    order = {
        "path": str(path.resolve()),
        "kind": kind.name,
        "first_page": first_page,
        "skip": list(skip),
        "look_ahead": True,
    }
    chunk, reached = _run_child(order, limits)
    if chunk.failure and chunk.facts and not chunk.fatal and not reached:
        # It died over a page that it only looked at ahead: page by page, that page will be found, and the others kept.
        chunk, reached = _run_child({**order, "look_ahead": False}, limits)
    if chunk.failure and not chunk.fatal:
        _step_over(chunk, reached or first_page)
    return chunk


def _run_child(order: dict, limits: Limits) -> tuple[Chunk, int | None]:
    """Let one child process read; return what it found, and the page at which it was when it died."""
    chunk = Chunk()
    started_page: int | None = None
    failure = ""
    ended = False
    with started("documents.extraction.child", order, limits, subprocess.PIPE) as process:
        try:
            for event in _events(process, limits):
                name = event["event"]
                if name == "open":
                    chunk.facts = FileFacts(**event["facts"])
                elif name == "preview":
                    chunk.preview = event["preview"]
                elif name == "start":
                    started_page = event["page"]
                elif name == "page":
                    chunk.pages.append(PageText(**event["page"]))
                elif name == "unreadable":
                    chunk.failure, chunk.fatal = event["reason"], True
                    chunk.empty = event["code"] == "kosong"
                    return chunk, None
                elif name == "crash":
                    failure = REASON_MEMORY
                elif name == "end":
                    chunk.next_page, ended = event["next_page"], True
        except TimeoutError:
            failure = REASON_TIME
        except OverflowError:
            failure = REASON_OUTPUT
    if ended:
        return chunk, None
    chunk.failure, chunk.fatal = failure or REASON_CRASH, chunk.facts is None
    if chunk.pages and chunk.pages[-1].number == started_page:
        started_page += 1
    return chunk, started_page


def _step_over(chunk: Chunk, broken: int) -> None:
    """Mark the page over which the child died as unreadable, and go on behind it."""
    assert chunk.facts is not None
    if broken > chunk.facts.part_count:
        return  # it died when all was read
    chunk.pages.append(PageText(broken, f"Halaman {broken}", "", SOURCE_NONE, doubt=True, note=NOTE_CRASHED))
    chunk.next_page = broken + 1 if broken < chunk.facts.part_count else None


@dataclass
class Reading:
    """A whole file's reading: all chunks together."""

    kind: Kind | None = None
    facts: FileFacts | None = None
    preview: dict | None = None
    pages: list[PageText] = field(default_factory=list)
    failure: str = ""


def read_file(path: Path, limits: Limits | None = None) -> Reading:
    """Read a whole file, chunk after chunk. For commands and tests; the queue stores chunk by chunk (tasks.py)."""
    limits = limits or Limits()
    reading = Reading()
    try:
        reading.kind = detect_path(path)
    except Refused as refused:
        return replace(reading, failure=str(refused))
    following: int | None = 1
    crashes = 0
    while following is not None:
        chunk = read_chunk(path, reading.kind, following, limits)
        reading.pages += chunk.pages
        reading.facts = chunk.facts or reading.facts
        reading.preview = chunk.preview or reading.preview
        if chunk.failure:
            reading.failure, crashes = chunk.failure, crashes + 1
        following = None if chunk.fatal or crashes >= MAX_CRASHES else chunk.next_page
    return reading
