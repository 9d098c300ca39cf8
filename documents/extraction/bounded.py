"""Runs one module of this room in a child process that the file it opens cannot escape from."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import IO

from documents.extraction.types import Limits

_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "LANG", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


@contextlib.contextmanager
def started(
    module: str, order: dict, limits: Limits, stdout: int | IO[bytes] = subprocess.DEVNULL
) -> Iterator[subprocess.Popen]:
    """Start `python -m module` with the order as its argument; at the end it is killed with all that it started.

    The child has an empty environment (no secrets) and a folder of its own for scratch files. It must call
    `child.confine(limits)` before it opens anything; its caller waits no longer than `limits.wall_seconds`.
    """
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="eppid-kerja-") as scratch:
        process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps({**order, "limits": asdict(limits)})],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
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
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            if process.stdout:
                process.stdout.close()


def run_module(module: str, order: dict, limits: Limits) -> bool:
    """Run a module as `started` does; tell whether it ended well within its time."""
    with started(module, order, limits) as process:
        try:
            return process.wait(timeout=limits.wall_seconds) == 0
        except subprocess.TimeoutExpired:
            return False
