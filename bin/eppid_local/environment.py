"""The checkout's own Python environment: made once, installed from the pinned lists, reused offline."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"


class Stop(SystemExit):
    """End the program with one sentence for the person at the keyboard (exit code 1)."""


def venv_python(venv: Path = VENV) -> Path:
    """Return the path of the environment's interpreter."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


PYTHON_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


def fingerprint(lists: list[Path], python_version: str) -> str:
    """Return what identifies an installation: the interpreter's version and the content of the pinned lists."""
    digest = hashlib.sha256(python_version.encode())
    for path in lists:
        digest.update(b"\0" + path.read_bytes())
    return digest.hexdigest()


def ensure_environment(list_names: list[str], venv: Path = VENV) -> Path:
    """Make the environment where it is missing or broken, install the pinned lists where they changed.

    A stamp beside the packages remembers what was installed, so a second start needs no network. The stamp is
    written last: an interrupted installation is repeated. Returns the environment's interpreter.
    """
    python = venv_python(venv)
    if not _works(python):
        _create(venv)
    lists = [ROOT / name for name in list_names]
    stamp = venv / f".installed-{'-'.join(Path(name).stem for name in list_names)}"
    wanted = fingerprint(lists, PYTHON_VERSION)
    if stamp.is_file() and stamp.read_text().strip() == wanted:
        return python
    print("Memasang paket yang diperlukan (hanya sekali; perlu sambungan internet) ...", flush=True)
    stamp.unlink(missing_ok=True)
    _install(python, lists)
    stamp.write_text(wanted)
    return python


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        result = subprocess.run([python, "-c", code], capture_output=True, text=True)
    except OSError:
        return False
    return result.returncode == 0 and result.stdout.strip() == PYTHON_VERSION


def _create(venv: Path) -> None:
    print(f"Membuat lingkungan Python di {venv} ...", flush=True)
    if venv.exists():
        shutil.rmtree(venv)
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if not with_pip and importlib.util.find_spec("pip") is None:
        raise Stop(
            "Python ini tidak membawa pip maupun ensurepip. Di Debian atau Ubuntu pasang dengan: "
            "sudo apt install python3-venv, lalu jalankan lagi."
        )
    options = [] if with_pip else ["--without-pip"]
    try:
        made = subprocess.run([sys.executable, "-m", "venv", *options, str(venv)])
    except OSError as error:
        raise Stop(f"Lingkungan Python tidak dapat dibuat di {venv}: {error.strerror}.") from None
    if made.returncode:
        raise Stop(f"Lingkungan Python tidak dapat dibuat di {venv}; sebabnya tertulis di atas.")


def _install(python: Path, lists: list[Path]) -> None:
    # A Python without ensurepip (Debian splits it off) has made an environment without pip: its own pip fills it.
    own_pip = subprocess.run([python, "-c", "import pip"], capture_output=True).returncode == 0
    pip = [python, "-m", "pip"] if own_pip else [sys.executable, "-m", "pip", "--python", python]
    arguments = [part for path in lists for part in ("-r", str(path))]
    command = [*pip, "install", "--disable-pip-version-check", "--no-input", "--quiet", *arguments]
    if subprocess.run(command, cwd=ROOT).returncode:
        raise Stop(
            "Paket tidak dapat dipasang; sebabnya tertulis di atas. Periksa sambungan internet "
            "(atau setelan proxy pip), lalu jalankan lagi: yang sudah terunduh tidak diunduh ulang."
        )
