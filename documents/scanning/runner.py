"""Runs one look at a file in a bounded child process and says in one value how that ended."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from documents.extraction.kinds import Kind
from documents.extraction.types import Limits
from documents.scanning.types import INTAKE_LIMITS, REASON_UNCHECKED, Inspection

_ROOT = Path(__file__).resolve().parents[2]
_MAX_REPORT = 4 * 1024**2


def run_child(module: str, order: dict, limits: Limits) -> dict | None:
    """Run `module` in a child process with an order; return its report, or None when it crashed or took too long."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    with (
        tempfile.TemporaryDirectory(prefix="eppid-periksa-") as scratch,
        tempfile.TemporaryFile() as report,
    ):
        process = subprocess.Popen(
            [sys.executable, "-m", module, json.dumps({**order, "limits": asdict(limits)})],
            stdin=subprocess.DEVNULL,
            stdout=report,
            stderr=subprocess.DEVNULL,
            cwd=scratch,
            env={**kept, "PYTHONPATH": str(_ROOT), "TMPDIR": scratch, "HOME": scratch},
            start_new_session=True,
        )
        try:
            process.wait(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        report.seek(0)
        try:
            return json.loads(report.read(_MAX_REPORT))
        except ValueError:
            return None


def inspect_path(
    path: Path, kind: Kind, target: Path | None = None, title: str = "", limits: Limits | None = None
) -> Inspection:
    """Look at the file at `path`; write a copy without personal metadata to `target` where there is some to remove.

    Never raises for what the file does: one that breaks the child process is refused.
    """
    order = {"path": str(path), "kind": kind.name, "target": str(target or ""), "title": title[:200]}
    report = run_child("documents.scanning.child", order, limits or INTAKE_LIMITS)
    return Inspection(**report) if report is not None else Inspection(refusal=REASON_UNCHECKED)
