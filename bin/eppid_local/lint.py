"""`make lint`: every check that needs no running site."""

import os
import subprocess
import sys

from .environment import ROOT, ensure_environment


def main() -> None:
    """Run all checks, also after one failed; leaves with 1 when any did."""
    python = ensure_environment(["requirements.txt", "requirements-dev.txt"])
    tools = python.parent
    checks = {
        "gaya": [tools / "ruff", "check", "."],
        "format": [tools / "ruff", "format", "--check", "."],
        "tipe": [python, "-m", "mypy"],
        "arah impor": [tools / "lint-imports"],
        "migrasi": [
            python,
            "manage.py",
            "makemigrations",
            "--check",
            "--dry-run",
            "--settings",
            "eppid.settings.test",
        ],
    }
    paths = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    env = {**os.environ, "PYTHONPATH": paths}
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if subprocess.run([str(part) for part in command], cwd=ROOT, env=env).returncode:
            failed.append(name)
    if failed:
        print(f"Gagal: {', '.join(failed)}", file=sys.stderr, flush=True)
        sys.exit(1)
