"""Runs one look at a file in a bounded child process and says in one value how that ended."""

import json
import subprocess
import tempfile
from pathlib import Path

from documents.extraction.bounded import started
from documents.extraction.kinds import Kind
from documents.extraction.types import Limits
from documents.scanning.types import INTAKE_LIMITS, REASON_UNCHECKED, Inspection

_MAX_REPORT = 4 * 1024**2


def run_child(module: str, order: dict, limits: Limits) -> dict | None:
    """Run `module` in a child process with an order; return its report, or None when it crashed or took too long."""
    with tempfile.TemporaryFile() as report:
        with started(module, order, limits, report) as process:
            try:
                process.wait(timeout=limits.wall_seconds)
            except subprocess.TimeoutExpired:
                return None
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
