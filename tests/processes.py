"""Waiting for processes that are not our children, without looking again and again."""

import os
import select


def wait_until_gone(pid: int, seconds: float = 30) -> None:
    """Wait for the end of a process; fails when it still runs after so many seconds."""
    try:
        waiting = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        assert select.select([waiting], [], [], seconds)[0], f"{pid} still runs"
    finally:
        os.close(waiting)


def processes_of(folder: object) -> list[int]:
    """Return the numbers of all other processes whose command line names the folder."""
    found = []
    for number in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{number}/cmdline", "rb") as file:
                names_it = str(folder).encode() in file.read()
        except OSError:  # it has just ended
            continue
        if names_it and int(number) != os.getpid():
            found.append(int(number))
    return found
