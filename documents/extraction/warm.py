"""Has children forked from a process that has its libraries loaded already (`forkserver.py`)."""

import atexit
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from documents.extraction.forkserver import MAX_ORDER, STARTED

_PATIENCE = 30.0
"""How long a server may take to load and fork, or to end a killed child, seconds."""


class Child:
    """A running child; what `subprocess.Popen` offers of it that is used here."""

    def __init__(self, channel: socket.socket, stdout: IO[bytes] | None):
        self._channel = channel
        self.stdout = stdout
        self.returncode: int | None = None

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once it ended. Raises subprocess.TimeoutExpired when that takes longer."""
        if self.returncode is None:
            self._channel.settimeout(timeout)
            try:
                said = self._channel.recv(16)
            except TimeoutError as error:
                raise subprocess.TimeoutExpired("child", timeout or 0) from error
            except OSError:
                said = b""
            self.returncode = (
                int(said) if said else -signal.SIGKILL
            )  # the server died, and its children with it
        return self.returncode

    def kill(self) -> None:
        """End it with all that it started, unless it ended already."""
        if self.returncode is None:
            with contextlib.suppress(OSError):
                self._channel.shutdown(socket.SHUT_WR)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.wait(_PATIENCE)
        self._channel.close()


class _Server:
    def __init__(self, root: Path, environ: dict[str, str]):
        self.root = root
        self._orders, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "documents.extraction.forkserver", str(its.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=root,
                env=environ,
                pass_fds=[its.fileno()],
                start_new_session=True,
            )

    def start(self, message: bytes, stdout: int) -> socket.socket:
        """Have a child started; return its channel. Raises OSError when the server does not answer."""
        channel, its = socket.socketpair()
        try:
            with its:
                socket.send_fds(self._orders, [message], [its.fileno(), stdout])
            channel.settimeout(_PATIENCE)
            if channel.recv(len(STARTED)) != STARTED:
                raise ConnectionResetError
        except OSError:
            channel.close()
            raise
        return channel

    def leave(self) -> None:
        """Close this process' end of the socket; at the last end the server ends."""
        self._orders.close()

    def end(self) -> None:
        """End it with its children."""
        self.leave()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


_lock = threading.Lock()
_server: _Server | None = None


def start(
    module: str, order: str, scratch: str, root: Path, environ: dict[str, str], stdout: int | IO[bytes]
) -> Child | None:
    """Fork a child that runs `module` with `order` in the folder `scratch`; None when that cannot be had here.

    `stdout` is as for Popen. One server serves this process; it is started when it is first needed, or was lost.
    """
    message = json.dumps({"module": module, "order": order, "scratch": scratch}).encode()
    if len(message) > MAX_ORDER or not hasattr(socket, "SOCK_SEQPACKET"):
        return None
    reading = None
    if stdout == subprocess.PIPE:
        reading, writing = os.pipe()
    elif stdout == subprocess.DEVNULL:
        writing = os.open(os.devnull, os.O_WRONLY)
    else:
        writing = os.dup(stdout if isinstance(stdout, int) else stdout.fileno())
    try:
        channel = _ask(message, writing, root, environ)
    finally:
        os.close(writing)
    if channel is None:
        if reading is not None:
            os.close(reading)
        return None
    return Child(channel, None if reading is None else os.fdopen(reading, "rb", buffering=0))


def _ask(message: bytes, stdout: int, root: Path, environ: dict[str, str]) -> socket.socket | None:
    global _server
    with _lock:
        for _attempt in range(2):
            try:
                if _server is None or _server.root != root:
                    _end()
                    _server = _Server(root, environ)
                return _server.start(message, stdout)
            except OSError:
                _end()
    return None


@atexit.register
def _end() -> None:
    """End the server, if there is one."""
    global _server
    if _server is not None:
        _server.end()
        _server = None


def _forget() -> None:
    """Leave the server to the process from which this one was forked."""
    global _lock, _server
    _lock = threading.Lock()
    if _server is not None:
        _server.leave()
        _server = None


os.register_at_fork(after_in_child=_forget)
