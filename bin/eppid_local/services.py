"""`make services`: each engine that can be had here, and the variables that point the site at it."""

import shlex
import sys

from . import postgresql
from .environment import Stop


def main() -> None:
    """Carry out `start` (the default), `stop` or `env`; only shell assignments go to standard output."""
    action = sys.argv[1] if len(sys.argv) > 1 else "start"
    actions = {"start": start, "stop": stop}
    if action not in actions:
        raise Stop(f"Perintah {action!r} tidak dikenal; pilih salah satu: {', '.join(actions)}.")
    actions[action]()


def start() -> None:
    """Start what can be started, and say by name what cannot."""
    if problem := postgresql.why_not():
        raise Stop(f"{problem}.")
    print(f"export DATABASE_URL={shlex.quote(postgresql.start())}")
    note("PostgreSQL berjalan di komputer ini saja. Hentikan dengan: make services-stop")


def stop() -> None:
    """Stop what runs."""
    note("PostgreSQL dihentikan." if postgresql.stop() else "PostgreSQL memang tidak berjalan.")


def note(text: str) -> None:
    """Tell the person something without disturbing what the shell reads."""
    print(f"# {text}", file=sys.stderr, flush=True)
