"""`make run`: from a bare checkout to a running site, without any other server."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from .environment import ROOT, Stop, ensure_environment
from .supervisor import Child, Supervisor

READY_WITHIN = 90.0  # seconds the web server gets to answer for the first time


def main() -> None:
    """Prepare, serve, and leave with a code that says how it went (0 after Ctrl-C)."""
    _forgiving_output()
    os.umask(0o027)
    host = os.environ.get("HOST") or "127.0.0.1"
    port = read_port(os.environ.get("PORT"))
    refuse_busy_port(host, port)
    refuse_read_only(ROOT)
    python = ensure_environment(["requirements.txt"])
    env = child_environment(host, port)
    for step in ("check_environment", "migrate --noinput --verbosity 0", "load_demo --if-empty"):
        if subprocess.run([python, "manage.py", *step.split()], cwd=ROOT, env=env).returncode:
            raise Stop(f"Penyiapan berhenti pada langkah '{step.split()[0]}'; sebabnya tertulis di atas.")
    supervisor = Supervisor(children(str(python), host, port), cwd=str(ROOT), env=env)
    code = supervisor.run(ready=lambda: announce(supervisor, host, port))
    print(
        "Semua bagian sudah berhenti." if code == 0 else "Situs berhenti karena gangguan di atas.", flush=True
    )
    sys.exit(code)


def read_port(text: str | None) -> int:
    """Return the port to serve on (8000 when unset), or stop with a sentence."""
    if not text:
        return 8000
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise Stop(f"PORT harus berupa angka 1 sampai 65535, bukan {text!r}. Contoh: PORT=8001 make run")


def refuse_busy_port(host: str, port: int) -> None:
    """Stop with a sentence when the port cannot be had, before anything is installed or started."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            return
        except PermissionError:
            raise Stop(
                f"Port {port} hanya boleh dipakai administrator. Pakai port lain: PORT=8001 make run"
            ) from None
        except socket.gaierror:
            raise Stop(
                f"HOST {host!r} bukan alamat komputer ini. Kosongkan HOST untuk memakai 127.0.0.1."
            ) from None
        except OSError:
            other = 8001 if port != 8001 else 8002
            raise Stop(
                f"Port {port} di {host} sedang dipakai program lain. Hentikan program itu, atau pakai port lain: "
                f"PORT={other} make run (tanpa make: PORT={other} python3 bin/run.py)"
            ) from None


def refuse_read_only(root: Path) -> None:
    """Stop with a sentence when this person may not write into the checkout."""
    for folder in (root, root / "var"):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise Stop(
                f"Folder {folder} tidak dapat ditulisi oleh pengguna ini. Salin e-PPID ke folder milik Anda, "
                f"atau minta pemiliknya memberi izin."
            )


def child_environment(host: str, port: int) -> dict[str, str]:
    """Return the environment of every process: development settings unless the caller says otherwise."""
    env = dict(os.environ)
    env.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.dev")
    env["PORT"] = str(port)
    env["PYTHONUTF8"] = "1"
    env["PYTHONUNBUFFERED"] = "1"
    env.pop("PYTHONHOME", None)
    return env


def children(python: str, host: str, port: int) -> list[Child]:
    """Return the four processes of a site: pages, background work, reading of files, timetable."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    manage = [python, "manage.py"]
    worker = [*manage, "db_worker", "--no-reload", "--verbosity", "0"]
    return [
        Child(
            "Server web",
            [
                *(python, "-m", "gunicorn", "eppid.wsgi:application"),
                *("--pythonpath", str(ROOT / "site")),
                # One process: embedded SQLite has one writer, and one process needs half of the memory of two.
                *("--workers", "1", "--threads", "8", "--timeout", "120", "--graceful-timeout", "10"),
                *("--bind", address, "--log-level", "warning"),
            ],
            essential=True,
        ),
        # Files are read by a worker of their own: a long scan must not keep what was published out of the search.
        Child("Pekerja latar", [*worker, "--queue-name", "*", "--exclude-queues", "documents"]),
        Child("Pembaca berkas", [*worker, "--queue-name", "documents"]),
        Child("Penjadwal", [*manage, "run_scheduler", "--verbosity", "0"]),
    ]


def announce(supervisor: Supervisor, host: str, port: int) -> None:
    """Wait until the site answers, then say where it is and how to sign in."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}"
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not supervisor.stopping.is_set():
        if supervisor.alive("Server web") and answers(f"{address}/healthz"):
            print(banner(address), flush=True)
            return
        supervisor.stopping.wait(0.3)
    if not supervisor.stopping.is_set():
        print(
            f"Situs belum menjawab di {address} setelah {READY_WITHIN:.0f} detik; lihat pesan di atas.",
            flush=True,
        )


def answers(url: str) -> bool:
    """Tell whether this address gives an HTTP answer now."""
    opener = urllib.request.build_opener(
        urllib.request.ProxyHandler({})
    )  # a proxy knows nothing of this machine
    try:
        with opener.open(url, timeout=2) as response:
            return response.status == 200
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError):
        return False


def banner(address: str) -> str:
    """Return what the person at the terminal needs to know, and nothing else."""
    accounts = Path(os.environ.get("EPPID_VAR_DIR", ROOT / "var")) / "demo-accounts.txt"
    sign_in = (
        f"nama dan kata sandi contoh ada di {accounts} (hanya Anda yang dapat membacanya)"
        if accounts.exists()
        else "buat akun dengan: .venv/bin/python manage.py createsuperuser"
    )
    return f"""
  e-PPID sudah berjalan.

  Situs     {address}/
  Admin     {address}/admin/
  Masuk     {sign_in}
  Berhenti  tekan Ctrl-C
"""


def _forgiving_output() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
