"""A PostgreSQL of one's own on loopback, from the system's binaries, for development and tests.

It runs as an ordinary user also when root asks for it, because PostgreSQL refuses root. Durability is off: this
database is for trying things, and is twice as fast without it.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .environment import Stop
from .unprivileged import as_user, cannot_leave_root, give, services_folder, user_among

DATABASE, ROLE = "eppid", "eppid"
FIRST_PORT, PORTS = 54320, 50
UNPRIVILEGED_USERS = ("postgres", "nobody")
FAST_NOT_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",  # socket paths have a length limit that deep checkouts exceed
}


@dataclass(frozen=True)
class Server:
    """One server: where its binaries are, where its data lives, and whose processes they are (None: ours)."""

    binaries: Path
    home: Path
    user: str | None

    @property
    def data(self) -> Path:
        """Folder of the database cluster."""
        return self.home / "data"

    @property
    def url_file(self) -> Path:
        """File with the address and password, readable by its owner only; written once the server is set up."""
        return self.home / "url"

    def command(self, name: str, *arguments: str) -> list[str]:
        """Return the command line of one of PostgreSQL's programs, run as the unprivileged user."""
        command = [str(self.binaries / name), *arguments]
        return command if self.user is None else as_user(self.user, command, self.home)


def find_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server of this machine, or None (a client alone does not count)."""
    folders = [Path(path).parent for name in ("pg_ctl",) if (path := shutil.which(name))]
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: _version(path.parent.name))
    for folder in [*reversed(debian), *folders]:
        if all((folder / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return folder
    return None


def why_not() -> str | None:
    """Return why PostgreSQL cannot be started here, or None when it can."""
    if find_binaries() is None:
        return "PostgreSQL tidak terpasang (Debian: sudo apt install postgresql)"
    if cannot_leave_root(*UNPRIVILEGED_USERS):
        return "PostgreSQL menolak dijalankan sebagai root, dan tidak ada pengguna biasa untuk menjalankannya"
    return None


def server(home: Path | None = None) -> Server:
    """Return the server of this folder (default: this checkout's), running or not."""
    binaries = find_binaries()
    if binaries is None or (problem := why_not()):
        raise Stop(f"{problem or why_not()}.")
    user = user_among(*UNPRIVILEGED_USERS)
    return Server(binaries, home or services_folder("postgresql", user), user)


def start(it: Server | None = None) -> str:
    """Start the server where it does not run (default: this checkout's); return its DATABASE_URL."""
    it = it or server()
    if is_running(it):
        return it.url_file.read_text().strip()
    if it.data.exists() and not it.url_file.exists():
        shutil.rmtree(it.home)  # the set-up was interrupted
    _make_home(it)
    port = free_port()
    fresh = not it.data.exists()
    password = secrets.token_urlsafe(24) if fresh else _password(it.url_file.read_text())
    if fresh:
        _initialise(it, password)
    settings = {**FAST_NOT_SAFE, "port": str(port)}
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in settings.items())
    log = it.home / "log"
    _run(
        it.command("pg_ctl", "-D", str(it.data), "-l", str(log), "-w", "-t", "60", "-o", options, "start"), it
    )
    if fresh:
        login = {"PGPASSWORD": password}
        where = ["-h", "127.0.0.1", "-p", str(port), "-U", ROLE]
        _run([str(it.binaries / "createdb"), *where, DATABASE], it, extra_env=login)
    url = f"postgres://{ROLE}:{password}@127.0.0.1:{port}/{DATABASE}"
    it.url_file.touch(mode=0o600)
    it.url_file.write_text(url + "\n")
    return url


def stop(it: Server | None = None) -> bool:
    """Stop the server (default: this checkout's); False when it was not running."""
    it = it or server()
    if not is_running(it):
        return False
    _run(it.command("pg_ctl", "-D", str(it.data), "-m", "fast", "-w", "stop"), it)
    return True


@contextmanager
def throwaway() -> Iterator[str]:
    """Yield the DATABASE_URL of a server that nobody else uses and that is gone afterwards."""
    it = server(Path(tempfile.mkdtemp(prefix="eppid-postgresql-")))
    try:
        yield start(it)
    finally:
        stop(it)
        shutil.rmtree(it.home, ignore_errors=True)


def is_running(it: Server) -> bool:
    """Tell whether the server of this data folder runs."""
    if not (it.data / "PG_VERSION").exists() or not it.url_file.exists():
        return False
    return (
        subprocess.run(it.command("pg_ctl", "-D", str(it.data), "status"), capture_output=True).returncode
        == 0
    )


def free_port() -> int:
    """Return a loopback port of our range that nobody listens on."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Stop(f"Tidak ada port bebas antara {FIRST_PORT} dan {FIRST_PORT + PORTS - 1} untuk PostgreSQL.")


def _initialise(it: Server, password: str) -> None:
    password_file = it.home / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    give(it.user, password_file)
    try:
        _run(
            it.command(
                *("initdb", "-D", str(it.data), "-U", ROLE, "--pwfile", str(password_file), "--no-sync"),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"),
            ),
            it,
        )
    finally:
        password_file.unlink()


def _make_home(it: Server) -> None:
    it.home.mkdir(parents=True, exist_ok=True)
    it.home.chmod(0o700)
    give(it.user, it.home)


def _run(command: list[str], it: Server, extra_env: dict[str, str] | None = None) -> None:
    env = {**os.environ, **(extra_env or {})}
    # Not captured through pipes: the server that pg_ctl leaves behind would keep them open for ever.
    with open(os.devnull, "wb") as nowhere, open(_error_file(it), "w+") as errors:
        code = subprocess.run(
            command, stdin=nowhere, stdout=nowhere, stderr=errors, env=env, cwd="/"
        ).returncode
        errors.seek(0)
        if code:
            sys.stderr.write(errors.read())
            raise Stop(
                f"PostgreSQL tidak dapat disiapkan; sebabnya tertulis di atas dan di {it.home / 'log'}."
            )


def _error_file(it: Server) -> Path:
    return it.home / "setup-errors"


def _password(url: str) -> str:
    found = re.match(r"postgres://[^:]+:([^@]+)@", url)
    if found is None:
        raise Stop(
            "Berkas alamat PostgreSQL rusak: hapus var/services/postgresql lalu jalankan make services lagi."
        )
    return found.group(1)


def _version(name: str) -> float:
    try:
        return float(name)
    except ValueError:
        return 0.0
