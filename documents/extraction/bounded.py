"""Runs one module of this room in a child process that the file it opens cannot escape from."""

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
_KEPT_ENVIRONMENT = ("PATH", "LANG", "TESSDATA_PREFIX", "LD_LIBRARY_PATH")


def run_module(module: str, order: dict, limits: Limits) -> bool:
    """Run `python -m module` with the order as its argument; tell whether it ended well within its time.

    The child has an empty environment (no secrets), a folder of its own for scratch files, and is killed with all that
    it started when `limits.wall_seconds` are over. It must call `child.confine(limits)` before it opens anything.
    """
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="eppid-kerja-") as scratch:
        process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps({**order, "limits": asdict(limits)})],
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
            return process.wait(timeout=limits.wall_seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
