"""Keeps a few child processes alive and stops all of them together."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST_WAIT = 30.0  # seconds between two restarts of a process that keeps dying
STEADY_AFTER = 60.0  # a process that lived this many seconds starts again with the shortest wait
GIVE_UP_AFTER = 5  # early deaths in a row of a process without which the rest is of no use
GRACE = 15.0  # seconds a process gets to stop by itself
PR_SET_PDEATHSIG = 1


def restart_wait(early_deaths: int) -> float:
    """Return the seconds to wait before the next start after so many early deaths in a row: 1, 2, 4 … 30."""
    return min(LONGEST_WAIT, 2.0 ** max(0, early_deaths - 1))


@dataclass
class Child:
    """One process to keep alive. `essential`: when it keeps dying, everything stops."""

    name: str
    command: list[str]
    essential: bool = False
    process: subprocess.Popen | None = None
    started: float = 0.0
    early_deaths: int = 0
    next_start: float = 0.0


@dataclass
class Supervisor:
    """Starts the children, restarts those that die, and stops all of them on Ctrl-C or SIGTERM."""

    children: list[Child]
    cwd: str
    env: dict[str, str]
    say: Callable[[str], None] = lambda text: print(text, flush=True)
    stopping: threading.Event = field(default_factory=threading.Event)
    exit_code: int = 0

    def run(self, ready: Callable[[], None] | None = None) -> int:
        """Run until told to stop; returns the exit code. `ready` is called in a thread of its own."""
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            signal.signal(number, self._told_to_stop)
        try:
            for child in self.children:
                self._start(child)
            if ready:
                threading.Thread(target=ready, daemon=True).start()
            while not self.stopping.wait(0.3):
                self._look_after()
        finally:
            self._stop_all()
        return self.exit_code

    def alive(self, name: str) -> bool:
        """Tell whether the child of this name runs now."""
        return any(c.process and c.process.poll() is None for c in self.children if c.name == name)

    def _told_to_stop(self, number, frame) -> None:
        self.stopping.set()

    def _start(self, child: Child) -> None:
        # A session of its own: Ctrl-C in the terminal reaches this program alone, which then stops the others in order.
        child.process = subprocess.Popen(
            child.command, cwd=self.cwd, env=self.env, start_new_session=True, preexec_fn=_die_with_parent()
        )
        child.started = time.monotonic()

    def _look_after(self) -> None:
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.next_start:
                    self._start(child)
            elif (code := child.process.poll()) is not None:
                child.early_deaths = 1 if now - child.started > STEADY_AFTER else child.early_deaths + 1
                child.process = None
                if child.essential and child.early_deaths >= GIVE_UP_AFTER:
                    self.say(
                        f"{child.name} berhenti {child.early_deaths} kali berturut-turut; semua dihentikan."
                    )
                    self.exit_code = 1
                    self.stopping.set()
                    return
                wait = restart_wait(child.early_deaths)
                child.next_start = now + wait
                self.say(f"{child.name} berhenti (kode {code}); dijalankan lagi dalam {wait:.0f} detik.")

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            _signal_group(process, signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process, signal.SIGKILL)
                process.wait()


def _signal_group(process: subprocess.Popen, number: int) -> None:
    try:
        os.killpg(process.pid, number)
    except (ProcessLookupError, PermissionError):
        process.send_signal(number)


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux a child is told to stop when this program is killed outright, so no orphan keeps the port."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
