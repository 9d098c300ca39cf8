"""The processes of `make run`: what dies is started again, what is told to stop stops whole."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from eppid_local.supervisor import LONGEST_WAIT, restart_wait

from tests.processes import wait_until_gone

BIN = Path(__file__).resolve().parents[2] / "bin"
HEAD = f"""
import os, signal, sys
sys.path.insert(0, {str(BIN)!r})
from eppid_local import supervisor
from eppid_local.supervisor import Child, Supervisor
supervisor.restart_wait = lambda deaths: 0.0
supervisor.GRACE = 1.0
def child(name, code, **options):
    return Child(name, [sys.executable, "-u", "-c", code], **options)
def run(*children):
    sys.exit(Supervisor(list(children), cwd=".", env=dict(os.environ)).run())
"""
SLEEPER = "import os, signal; print('hidup', os.getpid(), flush=True); signal.pause()"


@pytest.fixture
def start():
    """Start a supervisor in a process of its own; it is gone when the test ends."""
    started = []

    def start(body):
        process = subprocess.Popen(
            [sys.executable, "-u", "-c", HEAD + body],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def read_pids(process, count):
    """Return the process numbers of the first `count` children that said they live."""
    pids = []
    for line in process.stdout:
        if line.startswith("hidup"):
            pids.append(int(line.split()[1]))
        if len(pids) == count:
            return pids
    raise AssertionError("the children did not start")


def is_gone(pid):
    """Tell whether no live process has this number (a zombie that waits for its parent does not live)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_all_children_stop_with_it(start, number):
    process = start(f"run(child('a', {SLEEPER!r}), child('b', {SLEEPER!r}))")
    pids = read_pids(process, 2)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert all(is_gone(pid) for pid in pids)


def test_a_child_that_dies_is_started_again(start):
    process = start(f"run(child('Pekerja', {SLEEPER!r}))")
    (first,) = read_pids(process, 1)
    os.kill(first, signal.SIGKILL)
    (second,) = read_pids(process, 1)
    assert second != first
    process.terminate()
    assert process.wait(20) == 0


def test_a_child_that_does_not_listen_is_killed(start):
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER.replace(
        "signal.pause()", "[signal.pause() for _ in iter(int, 1)]"
    )
    process = start(f"run(child('Keras kepala', {stubborn!r}))")
    (pid,) = read_pids(process, 1)
    process.terminate()
    assert process.wait(20) == 0
    assert is_gone(pid)


def test_when_the_essential_part_keeps_dying_everything_stops_and_says_so(start):
    process = start(
        f"run(child('Server web', 'raise SystemExit(3)', essential=True), child('b', {SLEEPER!r}))"
    )
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "Server web berhenti 5 kali berturut-turut" in output


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the parent-death signal is Linux's")
def test_children_do_not_outlive_a_supervisor_that_is_killed(start):
    process = start(f"run(child('a', {SLEEPER!r}))")
    (pid,) = read_pids(process, 1)
    process.kill()
    wait_until_gone(pid)


def test_waits_between_restarts_grow_and_have_an_end():
    assert [restart_wait(deaths) for deaths in (0, 1, 2, 3, 4)] == [1, 1, 2, 4, 8]
    assert restart_wait(50) == LONGEST_WAIT
