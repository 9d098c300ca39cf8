"""`make test`: the suite on both databases, in parallel and in random order."""

import os
import subprocess
import sys

from . import postgresql
from .environment import ROOT, ensure_environment

NO_TESTS = 5  # pytest's exit code when nothing was selected


def main() -> None:
    """Run the suite; leaves with 0 only when every part passed.

    Without arguments: first the tests marked `postgres` on PostgreSQL (where it can be had), then everything on the
    embedded SQLite. With arguments, or with a DATABASE_URL of one's own: one run, as asked.
    """
    python = str(ensure_environment(["requirements.txt", "requirements-dev.txt"]))
    arguments = sys.argv[1:]
    if arguments or os.environ.get("DATABASE_URL"):
        sys.exit(run(python, arguments or parallel()))
    on_postgresql = run_on_postgresql(python)
    print("\n== Seluruh uji pada SQLite ==", flush=True)
    on_sqlite = run(python, parallel())
    if on_postgresql:
        print("Uji pada PostgreSQL gagal; lihat bagian pertama di atas.", file=sys.stderr, flush=True)
    sys.exit(on_postgresql or on_sqlite)


def run_on_postgresql(python: str) -> int:
    """Run the tests marked `postgres` on a PostgreSQL of their own; 0 when it cannot be had, with the reason."""
    if problem := postgresql.why_not():
        print(f"== Bagian PostgreSQL dilewati: {problem} ==", flush=True)
        return 0
    print("== Uji bertanda postgres pada PostgreSQL ==", flush=True)
    with postgresql.throwaway() as url:
        code = run(python, ["-m", "postgres", *parallel()], {"DATABASE_URL": url})
    return 0 if code == NO_TESTS else code


def parallel() -> list[str]:
    """Return the options that spread the suite over the machine's cores."""
    return ["-n", os.environ.get("TEST_PROCESSES") or str(min(4, os.cpu_count() or 1))]


def run(python: str, arguments: list[str], extra_env: dict[str, str] | None = None) -> int:
    """Run pytest and return its exit code."""
    env = {**os.environ, **(extra_env or {})}
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, env=env).returncode
