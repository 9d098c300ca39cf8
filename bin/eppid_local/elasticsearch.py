"""A real Elasticsearch of one's own on loopback, for development and tests.

It runs as an ordinary user also when root asks for it, because Elasticsearch refuses root. Each node has a folder of
its own for configuration, data and logs; the program files are shared (`elasticsearch_files`). Nodes for a test run
end with the program that started them, however that ends: the block that holds them stops them, `atexit` does where
the block was left behind, a pipe that closes tells them to stop where the program was killed, and the folder that such
a program leaves among the temporary files goes when the next node starts.
"""

import atexit
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from . import elasticsearch_files
from .elasticsearch_files import cache_folder, find_java, locked, place
from .environment import ROOT, Stop
from .unprivileged import as_user, cannot_leave_root, give, reaches, services_folder, user_among

UNPRIVILEGED_USERS = ("nobody",)
PORTS = "9280-9299"  # of nodes that stay; those of a test run take any that is free
TEST_HEAP = "512m"
QUICK_START = ("-XX:TieredStopAtLevel=1",)  # compiles lightly: up in half the time, slower once warm
UP_WITHIN = 180.0  # seconds; 10 on a free machine
DOWN_WITHIN = 30.0
# Started with a pipe as standard input, nothing ever comes through it: it closes when the program behind it has ended.
UNTIL_PIPE_CLOSES = 'exec 3<&0; "$@" 3<&- & node=$!; { read -r _ <&3; kill $node; } & wait $node'
PREFIX = "eppid-elasticsearch-"
ONLY_HERE = {
    "network.host": "127.0.0.1",
    "node.portsfile": "true",  # says which ports it took
    "xpack.security.enabled": "false",
    "cluster.routing.allocation.disk.threshold_enabled": "false",  # a full disk of a developer is no reason to refuse
}


@dataclass
class Node:
    """One node: the folder it lives in, where its program files are, and its process where this program holds it."""

    home: Path
    files: Path
    user: str | None
    process: subprocess.Popen | None = field(default=None, repr=False)

    @property
    def url_file(self) -> Path:
        """File with the address of a node that stays."""
        return self.home / "url"

    @property
    def pid_file(self) -> Path:
        """File with the process number of the node, which the node itself writes and removes."""
        return self.home / "run" / "pid"


@dataclass
class Cluster:
    """Several nodes on this machine: `urls[0]` belongs to `nodes[0]`, and so on."""

    nodes: list[Node]
    urls: list[str]

    def stop(self, number: int) -> None:
        """Take a node away at once, as a machine that fails does."""
        _kill(self.nodes[number])


def why_not() -> str | None:
    """Return why Elasticsearch cannot be started here, or None when it can (fetched first, if need be)."""
    if cannot_leave_root(*UNPRIVILEGED_USERS):
        return (
            "Elasticsearch menolak dijalankan sebagai root, dan tidak ada pengguna biasa untuk menjalankannya"
        )
    return elasticsearch_files.why_not()


def own() -> Node:
    """Return this checkout's node, running or not; its program files may still have to be fetched."""
    user = user_among(*UNPRIVILEGED_USERS)
    home = services_folder("elasticsearch", user)
    return Node(home, home / "files", user)


def start(heap: str = "1g") -> str:
    """Start this checkout's node where it does not run; return its address. Its data stays from start to start."""
    node = own()
    with locked(cache_folder() / "services.lock"):
        if is_running(node):
            return node.url_file.read_text().strip()
        node.files = _files_for(node.user, node.home)
        settings = {
            "cluster.name": "eppid",
            "discovery.type": "single-node",
            "http.port": PORTS,
            "transport.port": "0",
        }
        _set_up(node, (f"-Xms{heap}", f"-Xmx{heap}"), settings)
        node.process = _launch(node)  # in a session of its own, so it stays
        try:
            url = _wait_until_up(node)
        except BaseException:
            _kill(node)
            raise
        node.url_file.write_text(url + "\n")
        return url


def stop() -> bool:
    """Stop this checkout's node; False when it was not running."""
    node = own()
    if not is_running(node):
        return False
    pid = _read_pid(node)
    os.kill(pid, signal.SIGTERM)
    if not _wait_until_gone(node, pid):
        os.kill(pid, signal.SIGKILL)
        _wait_until_gone(node, pid)
    node.url_file.unlink(missing_ok=True)
    return True


def is_running(node: Node) -> bool:
    """Tell whether this node, which was started to stay, runs."""
    pid = _read_pid(node)
    return pid is not None and node.url_file.exists() and str(node.home) in _command_line(pid)


@contextmanager
def throwaway(heap: str = TEST_HEAP, java: tuple[str, ...] = QUICK_START) -> Iterator[str]:
    """Yield the address of a node that nobody else uses and that is gone afterwards.

    `heap` is the memory of its Java, as Java writes it. For measurements: `throwaway("2g", java=())`.
    """
    with cluster(1, heap, java) as alone:
        yield alone.urls[0]


@contextmanager
def cluster(nodes: int = 3, heap: str = TEST_HEAP, java: tuple[str, ...] = QUICK_START) -> Iterator[Cluster]:
    """Yield a cluster of so many nodes, all of them joined, that is gone afterwards (750 MB of memory a node)."""
    user = user_among(*UNPRIVILEGED_USERS)
    with _folder(user) as folder, ExitStack() as held:
        files = _files_for(user, folder)
        members = [Node(folder / f"node-{number}", files, user) for number in range(1, nodes + 1)]
        first, *others = members
        # The first founds the cluster by itself and the others join it there; from then on they are all alike.
        java = (*java, f"-Xms{heap}", f"-Xmx{heap}")
        _set_up_member(first, java, {"cluster.initial_master_nodes": [first.home.name]}, seeds=[])
        held.enter_context(_held(first))
        urls = [_wait_until_up(first)]
        for node in others:
            seed = (first.home / "logs" / "transport.ports").read_text().split()[0]
            _set_up_member(node, java, {}, seeds=[seed])
            held.enter_context(_held(node))
        urls += [_wait_until_up(node) for node in others]
        health = ask(
            f"{urls[0]}/_cluster/health?wait_for_nodes={nodes}&wait_for_events=languid&timeout=60s",
            timeout=70,
        )
        if health is None or health["timed_out"]:
            raise Stop(f"Klaster Elasticsearch dengan {nodes} simpul tidak terbentuk: {health}")
        yield Cluster(members, urls)


def shared_throwaway(owner: int) -> str:
    """Return the address of one node for all processes of a test run, started at the first call.

    It lives in a process of its own until the process `owner`, which outlives all the others of the run, has ended.
    """
    url_file = cache_folder() / f"run-{owner}.url"
    with locked(cache_folder() / f"run-{owner}.lock"):
        if url_file.exists() and ask(url := url_file.read_text()):
            return url
        keeper = subprocess.Popen(
            [sys.executable, "-m", __name__, str(owner)],
            cwd=ROOT / "bin",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        url = keeper.stdout.readline().strip()
        if not url:
            raise Stop(keeper.communicate()[1].strip() or "Elasticsearch tidak dapat dijalankan.")
        url_file.write_text(url)
        return url


def keep_for(owner: int) -> None:
    """Print the address of a throwaway node and hold it until the process `owner` has ended."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        with throwaway() as url:
            print(url, flush=True)
            while _command_line(owner):
                time.sleep(0.5)
    finally:
        for path in cache_folder().glob(f"run-{owner}.*"):
            path.unlink(missing_ok=True)


def ask(url: str, timeout: float = 5) -> dict | None:
    """Return what the node answers to GET, or None when it gives no answer that can be used."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # a proxy knows nothing of this machine
    try:
        with opener.open(url, timeout=timeout) as response:
            return json.load(response)
    except (OSError, ValueError):
        return None


def _files_for(user: str | None, home: Path) -> Path:
    """Return program files that this user reaches: those of the cache, or links to them in `home`."""
    files = elasticsearch_files.files()
    if reaches(user, files):
        return files
    place(files, home / "files")
    return home / "files"


def _set_up_member(node: Node, java: tuple[str, ...], settings: dict[str, Any], seeds: list[str]) -> None:
    names = {
        "cluster.name": node.home.parent.name,
        "node.name": node.home.name,
        "discovery.seed_hosts": seeds,
    }
    _set_up(node, java, {**names, "http.port": "0", "transport.port": "0", **settings})  # 0: any that is free


def _set_up(node: Node, java: tuple[str, ...], settings: dict[str, Any]) -> None:
    """Make the node's folder: configuration written afresh, data kept."""
    config = node.home / "config"
    for old in (config, node.home / "logs", node.home / "run"):
        shutil.rmtree(old, ignore_errors=True)
    folders = [node.home / name for name in ("data", "logs", "run", "snapshots", "tmp")]
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    node.home.chmod(0o700)
    shutil.copytree(node.files / "config", config)
    places = {"path.data": "data", "path.logs": "logs", "path.repo": "snapshots"}
    lines = {**ONLY_HERE, **{name: str(node.home / place) for name, place in places.items()}, **settings}
    text = "".join(f"{name}: {json.dumps(value)}\n" for name, value in lines.items())
    (config / "elasticsearch.yml").write_text(text)
    (config / "jvm.options.d").mkdir()
    (config / "jvm.options.d" / "eppid.options").write_text("\n".join(java))
    give(node.user, node.home, *folders, config, *config.rglob("*"))


def _launch(node: Node, before: tuple[str, ...] = (), stdin: int = subprocess.DEVNULL) -> subprocess.Popen:
    """Start the launcher, which starts the node; what both print goes to a file in the node's folder."""
    program = ["bash", str(node.files / "bin" / "elasticsearch-cli"), "-p", str(node.pid_file)]
    variables = {
        "ES_JAVA_HOME": str(find_java()),
        "ES_PATH_CONF": str(node.home / "config"),
        "ES_TMPDIR": str(node.home / "tmp"),
        "CLI_JAVA_OPTS": "-XX:TieredStopAtLevel=1",
        "CLI_NAME": "server",
        "CLI_LIBS": "lib/tools/server-cli",
    }
    command = as_user(node.user, [*before, *program], node.home, **variables)
    with (node.home / "console.log").open("wb") as console:
        return subprocess.Popen(
            command, cwd="/", stdin=stdin, stdout=console, stderr=console, start_new_session=True
        )


def _wait_until_up(node: Node) -> str:
    """Return the node's address as soon as it has taken its port; Stop with the log's last lines when it ends."""
    ports = node.home / "logs" / "http.ports"
    deadline = time.monotonic() + UP_WITHIN
    while not ports.exists():
        if (node.process and node.process.poll() is not None) or time.monotonic() > deadline:
            raise Stop(_failure(node))
        time.sleep(0.1)
    return f"http://{ports.read_text().split()[0]}"


def _failure(node: Node) -> str:
    lines = (node.home / "console.log").read_text(errors="replace").splitlines()
    return "\n".join(["Elasticsearch tidak dapat dijalankan. Akhir catatannya:", *lines[-20:]])


@contextmanager
def _held(node: Node) -> Iterator[None]:
    """Run a node that does not outlive this program: it stops when the pipe to it closes, for whatever reason."""
    node.process = _launch(node, ("bash", "-c", UNTIL_PIPE_CLOSES, "bash"), subprocess.PIPE)
    end = partial(_kill, node)
    atexit.register(end)
    try:
        yield
    finally:
        end()
        atexit.unregister(end)


def _kill(node: Node) -> None:
    """End a node that this program started, at once."""
    if node.process is None:
        return
    pid = _read_pid(node)
    with suppress(ProcessLookupError):
        os.killpg(node.process.pid, signal.SIGKILL)
    if node.process.stdin:
        node.process.stdin.close()
    node.process.wait()
    _wait_until_gone(node, pid)
    node.process = None


def _read_pid(node: Node) -> int | None:
    try:
        return int(node.pid_file.read_text())
    except (OSError, ValueError):
        return None


def _wait_until_gone(node: Node, pid: int | None, seconds: float = DOWN_WITHIN) -> bool:
    """Wait until the node's process has ended; False when it has not within so many seconds."""
    deadline = time.monotonic() + seconds
    while pid and str(node.home) in _command_line(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _command_line(pid: int) -> str:
    """Return the command line of a process; empty when there is none, or when it has ended and waits to be noticed."""
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    return subprocess.run(
        ["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True
    ).stdout.strip()


@contextmanager
def _folder(user: str | None) -> Iterator[Path]:
    """Yield a folder for throwaway nodes; first remove those whose program was killed before it could do so."""
    with locked(cache_folder() / "throwaway.lock"):
        _remove_orphans()
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        owner = (folder / "owner").open("w")
        fcntl.flock(owner, fcntl.LOCK_EX)  # held as long as this program lives
    give(user, folder)
    try:
        yield folder
    finally:
        _remove(folder)
        owner.close()


def _remove_orphans() -> None:
    for mark in Path(tempfile.gettempdir()).glob(f"{PREFIX}*/owner"):
        with suppress(OSError), mark.open("r+") as owner:  # OSError: held, or somebody else's
            fcntl.flock(owner, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(owner.fileno()).st_uid == os.geteuid():
                _remove(mark.parent)


def _remove(folder: Path) -> None:
    """Remove a folder into which a node that is just ending may still write."""
    for _ in range(50):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


if __name__ == "__main__":
    keep_for(int(sys.argv[1]))
