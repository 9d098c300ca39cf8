"""`make services`: each engine that can be had here, and the variables that point the site at it."""

import shlex
import sys
from collections.abc import Callable

from . import elasticsearch, postgresql, seaweedfs
from .environment import Stop

ENGINES = {
    "PostgreSQL": (postgresql, "DATABASE_URL"),
    "Elasticsearch": (elasticsearch, "ELASTICSEARCH_URL"),
    "SeaweedFS": (seaweedfs, "S3_ENDPOINT_URL"),
}


def main() -> None:
    """Carry out `start` (the default) or `stop`; only shell assignments go to standard output."""
    action = sys.argv[1] if len(sys.argv) > 1 else "start"
    actions: dict[str, Callable[[], None]] = {"start": start, "stop": stop}
    if action not in actions:
        raise Stop(f"Perintah {action!r} tidak dikenal; pilih salah satu: {', '.join(actions)}.")
    actions[action]()


def start() -> None:
    """Start what can be started and say by name what cannot; leaves with 1 when there is nothing at all."""
    started = 0
    for name, (engine, variable) in ENGINES.items():
        try:
            if problem := engine.why_not():
                raise Stop(problem)
            address = engine.start()
        except Stop as stopped:  # one engine missing is no reason to go without the other
            note(f"{name} tidak dijalankan: {stopped}")
            continue
        variables = address if isinstance(address, dict) else {variable: address}
        for each, value in variables.items():
            print(f"export {each}={shlex.quote(value)}", flush=True)
        note(f"{name} berjalan di komputer ini saja. Hentikan dengan: make services-stop")
        started += 1
    if not started:
        sys.exit(1)


def stop() -> None:
    """Stop what runs."""
    for name, (engine, _) in ENGINES.items():
        try:
            note(f"{name} dihentikan." if engine.stop() else f"{name} memang tidak berjalan.")
        except Stop as stopped:
            note(f"{name} tidak dihentikan: {stopped}")


def note(text: str) -> None:
    """Tell the person something without disturbing what the shell reads."""
    print("\n".join(f"# {line}" for line in text.splitlines()), file=sys.stderr, flush=True)
