"""Asks a ClamAV server about a file: its INSTREAM command (clamd(8)), block by block, within bounded time.

The packages that speak this protocol have not been kept up since 2014, and it is four lines of traffic.
"""

import socket
import struct
import time
from typing import BinaryIO
from urllib.parse import urlsplit

from django.conf import settings

from documents.storage import StoreAway

CONNECT_SECONDS = 5.0
WAIT_SECONDS = 120.0
"""How long one file may take, seconds; clamd's own MaxScanTime is 120."""
_BLOCK = 1 << 17
_MAX_ANSWER = 4096


class ScannerAway(Exception):
    """The server cannot be asked, or did not answer about this file; the message says why, in Indonesian."""


class TooLargeForScanner(ScannerAway):
    """The server takes no file of this size; asking again ends the same way."""


def is_configured() -> bool:
    """Tell whether the office has an antivirus server."""
    return bool(settings.CLAMD_URL)


def scan(handle: BinaryIO) -> str:
    """Return the name of what was found in the file, or "" for a clean one. Raises ScannerAway."""
    deadline = time.monotonic() + WAIT_SECONDS
    try:
        with _connect() as connection:
            refused = _send(connection, handle, deadline)
            answer = refused or _receive(connection, deadline)
    except StoreAway:
        raise
    except OSError as error:
        raise ScannerAway(
            f"Peladen antivirus tidak dapat dihubungi ({error.strerror or type(error).__name__})."
        ) from error
    if answer.endswith(" FOUND"):
        return answer.removesuffix(" FOUND").rpartition(": ")[2] or "tidak bernama"
    if answer.endswith(": OK"):
        return ""
    if "size limit exceeded" in answer:
        raise TooLargeForScanner(
            "Berkas lebih besar daripada yang diterima peladen antivirus. Minta pengelola menaikkan StreamMaxLength."
        )
    raise ScannerAway(f"Peladen antivirus menjawab: “{answer[:200] or 'tidak ada jawaban'}”.")


def _connect() -> socket.socket:
    url = urlsplit(settings.CLAMD_URL)
    if url.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(url.path)
        except OSError:
            connection.close()
            raise
        return connection
    return socket.create_connection((url.hostname, url.port), CONNECT_SECONDS)


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _send(connection: socket.socket, handle: BinaryIO, deadline: float) -> str:
    """Send the file; returns the server's answer if it hung up before the end (it does so above its size limit)."""
    try:
        connection.sendall(b"zINSTREAM\0")
        while block := handle.read(_BLOCK):
            connection.settimeout(_remaining(deadline))
            connection.sendall(struct.pack(">L", len(block)) + block)
        connection.sendall(struct.pack(">L", 0))
    except (BrokenPipeError, ConnectionResetError):
        answer = _receive(connection, deadline)
        if not answer:
            raise
        return answer
    return ""


def _receive(connection: socket.socket, deadline: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MAX_ANSWER:
        connection.settimeout(_remaining(deadline))
        block = connection.recv(_MAX_ANSWER)
        if not block:
            break
        answer += block
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
