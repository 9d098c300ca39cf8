"""`make test`: the suite on both databases, beside a real Elasticsearch and S3 service, parallel, in random order."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from . import elasticsearch, postgresql, seaweedfs
from .environment import ROOT, Stop, ensure_environment

NO_TESTS = 5  # pytest's exit code when nothing was selected


def main() -> None:
    """Run the suite; leaves with 0 only when every part passed.

    Without arguments: first the tests marked `postgres` on PostgreSQL (where it can be had), then everything on the
    embedded SQLite. With arguments, or with a DATABASE_URL of one's own: one run, as asked.
    """
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM)
    )  # so that the engines are stopped too
    python = str(ensure_environment(["requirements.txt", "requirements-dev.txt"]))
    arguments = sys.argv[1:]
    if arguments:
        sys.exit(run(python, arguments))  # a node starts when a test asks for it: tests/search_node.py
    with search_node() as node, object_store() as store:
        node |= store
        if os.environ.get("DATABASE_URL"):
            sys.exit(run(python, parallel(), node))
        on_postgresql = run_on_postgresql(python, node)
        print("\n== Seluruh uji pada SQLite ==", flush=True)
        on_sqlite = run(python, parallel(), node)
    if on_postgresql:
        print("Uji pada PostgreSQL gagal; lihat bagian pertama di atas.", file=sys.stderr, flush=True)
    sys.exit(on_postgresql or on_sqlite)


def search_node() -> AbstractContextManager[dict[str, str]]:
    """Give the variables that tell the tests of their Elasticsearch, or why there is none."""

    def start(held: ExitStack) -> dict[str, str]:
        if problem := elasticsearch.why_not():
            raise Stop(f"{problem}.")
        return {"EPPID_TEST_ELASTICSEARCH_URL": held.enter_context(elasticsearch.throwaway())}

    return _service("elasticsearch", "ELASTICSEARCH_URL", start)


def object_store() -> AbstractContextManager[dict[str, str]]:
    """Give the variables that tell the tests of their S3 service, or why there is none."""

    def start(held: ExitStack) -> dict[str, str]:
        store = held.enter_context(seaweedfs.throwaway())
        return {f"EPPID_TEST_{name}": value for name, value in store.variables.items()}

    return _service("s3", "S3_ENDPOINT_URL", start)


@contextmanager
def _service(
    mark: str, address: str, start: Callable[[ExitStack], dict[str, str]]
) -> Iterator[dict[str, str]]:
    """Yield the variables of the service that the tests with this mark need; it ends with the run.

    One that is given (its `address` is set) is used as it is: the settings of the tests pass it on. On a CI machine
    (CI=true) such tests must not be left out unnoticed: there it has to be had.
    """
    if os.environ.get(address, "").strip():
        yield {}
        return
    with ExitStack() as held:
        try:
            variables = start(held)
        except Stop as stopped:
            if os.environ.get("CI") == "true":
                raise
            print(f"== Uji bertanda {mark} dilewati: {stopped} ==", flush=True)
            variables = {f"EPPID_TEST_NO_{mark.upper()}": str(stopped)}
        yield variables


def run_on_postgresql(python: str, node: dict[str, str]) -> int:
    """Run the tests marked `postgres` on a PostgreSQL of their own; 0 when it cannot be had, with the reason."""
    if problem := postgresql.why_not():
        print(f"== Bagian PostgreSQL dilewati: {problem} ==", flush=True)
        return 0
    print("== Uji bertanda postgres pada PostgreSQL ==", flush=True)
    with postgresql.throwaway() as url:
        code = run(python, ["-m", "postgres", *parallel()], {**node, "DATABASE_URL": url})
    return 0 if code == NO_TESTS else code


def parallel() -> list[str]:
    """Return the options that spread the suite over the machine's cores."""
    return ["-n", os.environ.get("TEST_PROCESSES") or str(min(4, os.cpu_count() or 1))]


def run(python: str, arguments: list[str], extra_env: dict[str, str] | None = None) -> int:
    """Run pytest and return its exit code."""
    env = {**os.environ, **(extra_env or {})}
    return subprocess.run([python, "-m", "pytest", *arguments], cwd=ROOT, env=env).returncode
