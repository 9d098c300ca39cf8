"""A real clamd for tests, with one signature of our own, where the program is there; and a stand-in where it is not.

Debian's `clamav-daemon` brings the program; `EPPID_CLAMD` names one that lies elsewhere. No signature database is
fetched: ours knows the EICAR test file and nothing else, which is enough to be asked the real protocol.
"""

import os
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from documents.scanning.danger import EICAR

STREAM_LIMIT = 1 << 20
"""What the real one accepts of a file, bytes; small, so that a test can exceed it."""


def clamd_program() -> str | None:
    """Return the path of clamd, or None where there is none."""
    return os.environ.get("EPPID_CLAMD") or shutil.which("clamd") or shutil.which("/usr/sbin/clamd")


@contextmanager
def real_clamd():
    """A running clamd; yields its URL."""
    with tempfile.TemporaryDirectory(prefix="eppid-clamd-") as folder:
        home = Path(folder)
        (home / "db").mkdir()
        (home / "db" / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        address = home / "clamd.sock"
        (home / "clamd.conf").write_text(
            f"LocalSocket {address}\nDatabaseDirectory {home}/db\nForeground yes\n"
            f"StreamMaxLength {STREAM_LIMIT}\nTemporaryDirectory {home}\n"
        )
        os.chmod(home, 0o755)
        process = subprocess.Popen(
            [str(clamd_program()), "-c", str(home / "clamd.conf")],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said = []
            for line in process.stdout:
                said.append(line)
                if line.startswith("Self checking"):  # its last word before it takes questions
                    break
            assert _answers(address), "".join(said)
            yield f"unix://{address}"
        finally:
            process.terminate()
            process.wait()


def _answers(address: Path) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection, suppress(OSError):
        connection.settimeout(1)
        connection.connect(str(address))
        connection.sendall(b"zPING\0")
        return connection.recv(16).startswith(b"PONG")
    return False


class StandIn(threading.Thread):
    """Speaks clamd's INSTREAM as clamd(8) describes it; `answer` overrides what it says, `b""` hangs up in silence."""

    def __init__(self, answer: bytes | None = None):
        super().__init__(daemon=True)
        self.answer = answer
        self.seen: list[int] = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self.server.getsockname()[1]}"

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.server.close()

    def run(self):
        """Answer one connection after the other until the server is closed."""
        while True:
            try:
                connection, _address = self.server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        stream = connection.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        data = b""
        while length := int.from_bytes(stream.read(4), "big"):
            data += stream.read(length)
        self.seen.append(len(data))
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in data else b"stream: OK\0"
        connection.sendall(found if self.answer is None else self.answer)
