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

from documents.extraction import forkserver, warm
from documents.extraction.types import Limits

_ROOT = Path(__file__).resolve().parents[2]
_KEPT_ENVIRONMENT = ("PATH", "LANG", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


@contextlib.contextmanager
def started(
    module: str, order: dict, limits: Limits, stdout: int | IO[bytes] = subprocess.DEVNULL
) -> Iterator[subprocess.Popen | warm.Child]:
    """Run a module with the order as its argument; at the end its process is killed with all that it started.

    The child has an empty environment (no secrets) and a folder of its own for scratch files. It must call
    `child.confine(limits)` before it opens anything; its caller waits no longer than `limits.wall_seconds`. It is
    forked from a process that has loaded the module already where there can be one, else it is `python -m module`.
    """
    text = json.dumps({**order, "limits": asdict(limits)})
    environ = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    environ |= {"PYTHONPATH": str(_ROOT), "OMP_THREAD_LIMIT": "1"}
    with tempfile.TemporaryDirectory(prefix="eppid-kerja-") as scratch:
        process: subprocess.Popen | warm.Child | None = None
        if module in forkserver.MODULES:
            process = warm.start(module, text, scratch, _ROOT, environ, stdout)
        if process is None:
            process = _cold(module, text, scratch, environ, stdout)
        try:
            yield process
        finally:
            _end(process)


def _cold(
    module: str, text: str, scratch: str, environ: dict[str, str], stdout: int | IO[bytes]
) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", module, text],
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.DEVNULL,
        cwd=scratch,
        env={**environ, "TMPDIR": scratch, "HOME": scratch},
        start_new_session=True,
    )


def _end(process: subprocess.Popen | warm.Child) -> None:
    if isinstance(process, warm.Child):
        process.kill()
    else:
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
