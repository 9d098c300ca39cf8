"""Where events wait for the database: lines in files below EPPID_VAR_DIR, one file a process.

Writing a line costs a system call and no query, and a line that is written survives the process. The collector
(`analytics.collecting`) takes whole files away: it renames a file under the lock that every writer holds while it
writes, so no line can be written into a file that was already read. Web processes and the collector must share the
folder (compose.yaml: the volume `var`).
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.conf import settings

logger = logging.getLogger(__name__)
OPEN, TAKEN = ".jsonl", ".diambil"


class Spool:
    """The files of one folder; this process appends to one of them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._lock = threading.Lock()
        self._descriptor: int | None = None
        self._path = folder
        self._process = 0
        self._is_failing = False

    def append(self, event: dict[str, Any]) -> None:
        """Keep an event. A disk that is full or read-only costs the event, never the visitor's page."""
        line = json.dumps(event, separators=(",", ":")).encode() + b"\n"
        with self._lock:
            try:
                self._write(line)
                self._is_failing = False
            except OSError as error:
                if not self._is_failing:
                    logger.error("Visits are not recorded: %s", error)
                self._is_failing = True
                self._close()

    def take(self) -> Iterator[Path]:
        """Take every file away from its writer and yield it, oldest first; the caller deletes what it has stored."""
        for path in sorted(self.folder.glob(f"*{OPEN}")):
            with suppress(FileNotFoundError), path.open("rb") as handle:
                fcntl.flock(handle, fcntl.LOCK_EX)
                if os.fstat(handle.fileno()).st_size:
                    path.rename(path.with_name(f"{path.stem}-{secrets.token_hex(6)}{TAKEN}"))
        yield from sorted(self.folder.glob(f"*{TAKEN}"), key=_age)

    def _write(self, line: bytes) -> None:
        if self._process != os.getpid():  # a fork must not share the parent's file position and lock
            self._descriptor = None
        for _ in range(3):
            descriptor = self._descriptor if self._descriptor is not None else self._open()
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            try:
                if self._is_still_there(descriptor):
                    os.write(descriptor, line)
                    return
            finally:
                fcntl.flock(descriptor, fcntl.LOCK_UN)
            self._close()
        raise OSError("the spool file was taken away each time")

    def _is_still_there(self, descriptor: int) -> bool:
        """Whether the file still bears its name: else the collector has it."""
        try:
            return os.stat(self._path).st_ino == os.fstat(descriptor).st_ino
        except FileNotFoundError:
            return False

    def _open(self) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process = os.getpid()
        self._path = self.folder / f"{self._process}-{secrets.token_hex(6)}{OPEN}"
        self._descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return self._descriptor

    def _close(self) -> None:
        if self._descriptor is not None:
            with suppress(OSError):
                os.close(self._descriptor)
        self._descriptor = None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


_spools: dict[Path, Spool] = {}


def spool() -> Spool:
    """The spool of this installation."""
    folder = Path(settings.ANALYTICS_SPOOL)
    if folder not in _spools:
        _spools[folder] = Spool(folder)
    return _spools[folder]


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The events of a file. A line that a full disk cut short is left out."""
    with path.open("rb") as handle:
        for number, line in enumerate(handle, 1):
            try:
                event = json.loads(line)
            except ValueError:
                logger.warning("Spool file %s, line %s cannot be read", path.name, number)
                continue
            if isinstance(event, dict):
                yield event
