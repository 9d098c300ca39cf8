"""A real S3 service of one's own on loopback (SeaweedFS), for development and tests.

The program is one binary that `requirements-dev.txt` brings. It answers with random keys that may do everything in one
bucket and in those whose names begin like it, and nothing else; nobody gets anything without them. A server for a test
run ends with the program that started it, however that ends, and takes its folder with it.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .environment import VENV, Stop
from .unprivileged import as_user, services_folder

BUCKET = "eppid"
UP_WITHIN = 60.0  # seconds; 3 on a free machine
DOWN_WITHIN = 3.0
MAX_VOLUMES = 20
PORTS = ("master", "master.grpc", "volume", "volume.grpc", "filer", "filer.grpc", "s3", "s3.grpc")
# Started with a pipe as standard input, nothing ever comes through it: it closes when the program behind it has ended.
UNTIL_PIPE_CLOSES = (
    'folder=$1 ports=$2; shift 2; exec 3<&0; "$@" 3<&- & server=$!; { read -r _ <&3; kill -9 $server; } & '
    'wait $server; rm -rf "$folder"; for port in $ports; do rm -f /tmp/seaweedfs-*-$port.sock; done'
)


@dataclass
class Store:
    """A server: the folder it lives in, its keys and ports, and its process where this program holds it."""

    home: Path
    access_key: str
    secret_key: str
    ports: dict[str, int]
    volumes: int = MAX_VOLUMES
    encryption_key: str = ""
    pid: int = 0
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def endpoint(self) -> str:
        """Address of the S3 service."""
        return f"http://127.0.0.1:{self.ports['s3']}"

    @property
    def variables(self) -> dict[str, str]:
        """What the site reads from its environment to use this server."""
        return {
            "S3_ENDPOINT_URL": self.endpoint,
            "S3_BUCKET": BUCKET,
            "AWS_ACCESS_KEY_ID": self.access_key,
            "AWS_SECRET_ACCESS_KEY": self.secret_key,
        }

    def kill(self) -> None:
        """Take the server away at once, as a machine that fails does; its data stays for `run_again`."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            for port in self.ports.values():  # it puts these there whatever it is told
                for left in Path("/tmp").glob(f"seaweedfs-*-{port}.sock"):
                    left.unlink(missing_ok=True)

    def run_again(self) -> None:
        """Start a server that was killed, with the same data, keys and ports."""
        _launch_held(self)


def find_program() -> Path | None:
    """Return SeaweedFS' binary: of the checkout's environment, else of this machine."""
    own = VENV / "bin" / "weed"
    found = shutil.which("weed")
    return own if own.is_file() else Path(found) if found else None


def why_not() -> str | None:
    """Return why SeaweedFS cannot be started here, or None when it can."""
    if find_program() is None:
        return "SeaweedFS tidak terpasang (dengan: .venv/bin/pip install -r requirements-dev.txt)"
    return None


def start() -> dict[str, str]:
    """Start this checkout's server where it does not run; return the site's variables. Its data and keys stay."""
    home = services_folder("seaweedfs", None)
    store = _read(home)
    if store and _runs(store):
        return store.variables
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    if store:
        store.ports = free_ports()
    else:
        store = _new(home)
    _write_files(store)
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            _command(store),
            cwd=home,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    store.pid, store.process = process.pid, process
    _save(store)
    _wait_until_up(store)
    return store.variables


def stop() -> bool:
    """Stop this checkout's server; False when it was not running."""
    store = _read(services_folder("seaweedfs", None))
    if store is None or not _runs(store):
        return False
    os.kill(store.pid, signal.SIGTERM)
    started = time.monotonic()
    while _status(store.pid, "stat") and time.monotonic() - started < 2 * DOWN_WITHIN:
        if time.monotonic() - started > DOWN_WITHIN:
            with suppress(ProcessLookupError):
                os.kill(store.pid, signal.SIGKILL)
        with suppress(
            ChildProcessError
        ):  # where it is a child of ours, it stays in the list until it is asked for
            os.waitpid(store.pid, os.WNOHANG)
        time.sleep(0.05)
    return True


@contextmanager
def throwaway(volumes: int = MAX_VOLUMES, encryption: bool = True) -> Iterator[Store]:
    """Yield a server that nobody else uses and that is gone afterwards.

    `volumes` of 64 MB are all it holds; `encryption` tells whether it can encrypt what it keeps.
    """
    if problem := why_not():
        raise Stop(f"{problem}.")
    store = _new(Path(tempfile.mkdtemp(prefix="eppid-seaweedfs-")), volumes)
    store.encryption_key = store.encryption_key if encryption else ""
    _write_files(store)
    try:
        _launch_held(store)
        yield store
    finally:
        store.kill()
        shutil.rmtree(store.home, ignore_errors=True)


def free_ports() -> dict[str, int]:
    """Return a free loopback port for each part of the server."""
    held = []
    try:
        for _ in PORTS:
            probe = socket.socket()
            held.append(probe)
            probe.bind(("127.0.0.1", 0))
        return {part: probe.getsockname()[1] for part, probe in zip(PORTS, held, strict=True)}
    finally:
        for probe in held:
            probe.close()


def answers(url: str) -> bool:
    """Tell whether this address answers 200 now."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # a proxy knows nothing of this machine
    try:
        with opener.open(url, timeout=2) as response:
            return response.status == 200
    except (OSError, ValueError):
        return False


def _new(home: Path, volumes: int = MAX_VOLUMES) -> Store:
    access_key, secret_key, encryption_key = (secrets.token_hex(size) for size in (10, 24, 24))
    return Store(home, access_key, secret_key, free_ports(), volumes, encryption_key)


def _write_files(store: Store) -> None:
    """Write who may do what. Names of buckets that begin like ours are for tests that make one."""
    (store.home / "data").mkdir(exist_ok=True)
    keys = {"accessKey": store.access_key, "secretKey": store.secret_key}
    actions = [f"{action}:{BUCKET}*" for action in ("Admin", "Read", "Write", "List", "Tagging")]
    config = store.home / "s3.json"
    config.touch(mode=0o600)
    config.write_text(
        json.dumps({"identities": [{"name": "eppid", "credentials": [keys], "actions": actions}]})
    )


def _command(store: Store) -> list[str]:
    ports = [f"-{part.replace('.grpc', '.port.grpc')}={port}" for part, port in store.ports.items()]
    ports = [option if ".grpc" in option else option.replace("=", ".port=") for option in ports]
    # One volume at a time, not seven: a volume belongs to one bucket, and there are few.
    variables = {"WEED_MASTER_VOLUME_GROWTH_COPY_1": "1"}
    if store.encryption_key:
        variables["WEED_S3_SSE_KEY"] = store.encryption_key
    program = [
        *(str(find_program()), "-logtostderr=true", "server", f"-dir={store.home / 'data'}"),
        *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-filer", "-s3", *ports),
        *(f"-s3.config={store.home / 's3.json'}", "-s3.port.iceberg=0", "-s3.port.lance=0"),
        *("-master.volumeSizeLimitMB=64", f"-volume.max={store.volumes}", "-volume.minFreeSpacePercent=0"),
        *("-master.telemetry=false", "-volume.preStopSeconds=0"),
        "-filer.disableHttp",  # it would hand out files without asking for a key
    ]
    return as_user(None, program, store.home, **variables)


def _launch_held(store: Store) -> None:
    command = [
        "bash",
        "-c",
        UNTIL_PIPE_CLOSES,
        "bash",
        str(store.home),
        " ".join(map(str, store.ports.values())),
    ]
    command += _command(store)
    with (store.home / "log").open("ab") as log:
        store.process = subprocess.Popen(
            command, cwd="/", stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
    _wait_until_up(store)


def _wait_until_up(store: Store) -> None:
    """Wait until the service answers; Stop with the log's last lines when it ends or never does."""
    deadline = time.monotonic() + UP_WITHIN
    while not answers(f"{store.endpoint}/healthz"):
        ended = store.process is not None and store.process.poll() is not None
        if ended or time.monotonic() > deadline:
            log = store.home / "log"
            lines = log.read_text(errors="replace").splitlines() if log.exists() else []
            store.kill()
            raise Stop("\n".join(["SeaweedFS tidak dapat dijalankan. Akhir catatannya:", *lines[-12:]]))
        time.sleep(0.05)


def _state_file(home: Path) -> Path:
    return home / "store.json"


def _save(store: Store) -> None:
    path = _state_file(store.home)
    path.touch(mode=0o600)
    state = {
        name: getattr(store, name) for name in ("access_key", "secret_key", "ports", "encryption_key", "pid")
    }
    path.write_text(json.dumps(state))


def _read(home: Path) -> Store | None:
    try:
        return Store(home=home, **json.loads(_state_file(home).read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _runs(store: Store) -> bool:
    """Tell whether the process that we noted is still this server."""
    if store.process is not None:
        store.process.poll()
    return bool(store.pid) and str(store.home) in _status(store.pid, "args")


def _status(pid: int, what: str) -> str:
    """Return what `ps` says of a process; "" when there is none."""
    shown = subprocess.run(["ps", "-ww", "-o", f"{what}=", "-p", str(pid)], capture_output=True, text=True)
    return shown.stdout.strip()
