"""`make run` before the site itself: port, Python, folder, environment."""

import ast
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from eppid_local import environment, find_newer_python, require_python, serve
from eppid_local.environment import Stop

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_a_busy_port_is_one_sentence_with_the_way_out(busy_port):
    ended = subprocess.run(
        [sys.executable, "bin/run.py"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(busy_port)},
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 1
    assert len(ended.stderr.splitlines()) == 1
    assert f"Port {busy_port}" in ended.stderr
    assert "PORT=8001 make run" in ended.stderr


@pytest.mark.parametrize(("text", "port"), [(None, 8000), ("", 8000), ("8001", 8001), ("65535", 65535)])
def test_port_from_the_environment(text, port):
    assert serve.read_port(text) == port


@pytest.mark.parametrize("text", ["delapan", "0", "65536", "80 80", "-1", "²"])
def test_an_unusable_port_is_a_sentence(text):
    with pytest.raises(Stop, match="PORT harus berupa angka"):
        serve.read_port(text)


def test_a_host_that_is_not_this_machine_is_a_sentence():
    with pytest.raises(Stop):
        serve.refuse_busy_port("192.0.2.1", 8000)


def test_an_old_python_is_told_what_it_needs(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "/tidak/ada")
    with pytest.raises(SystemExit) as stopped:
        require_python((3, 9, 2))
    assert stopped.value.code == 1
    assert "memerlukan Python 3.11" in capsys.readouterr().err


def test_a_newer_python_beside_the_old_one_is_found_and_one_that_does_not_start_is_not(tmp_path):
    broken, working = tmp_path / "rusak", tmp_path / "baik dengan spasi"
    for folder, script in ((broken, "exit 127"), (working, f'exec "{sys.executable}" "$@"')):
        folder.mkdir()
        (folder / "python3.12").write_text(f"#!/bin/sh\n{script}\n")
        (folder / "python3.12").chmod(0o755)
    assert find_newer_python(f"{broken}:{working}") == str(working / "python3.12")
    assert find_newer_python(str(broken)) is None


@pytest.mark.parametrize("name", ["run.py", "test.py", "lint.py", "services.py", "eppid_local/__init__.py"])
def test_what_runs_before_the_check_parses_on_an_old_python(name):
    ast.parse((ROOT / "bin" / name).read_text(), feature_version=(3, 4))


def test_a_folder_of_somebody_else_is_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *args: False)
    with pytest.raises(Stop, match="tidak dapat ditulisi"):
        serve.refuse_read_only(tmp_path)


def test_children_inherit_the_port_and_the_callers_settings(monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "eppid.settings.production")
    env = serve.child_environment("127.0.0.1", 8001)
    assert (env["PORT"], env["DJANGO_SETTINGS_MODULE"]) == ("8001", "eppid.settings.production")


def test_the_banner_says_where_and_how_to_sign_in(tmp_path, monkeypatch):
    monkeypatch.setenv("EPPID_VAR_DIR", str(tmp_path))
    assert "createsuperuser" in serve.banner("http://127.0.0.1:8001")
    (tmp_path / "demo-accounts.txt").write_text("editor: rahasia")
    text = serve.banner("http://127.0.0.1:8001")
    assert "http://127.0.0.1:8001/admin/" in text
    assert str(tmp_path / "demo-accounts.txt") in text
    assert "rahasia" not in text


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout in a folder with blanks, whose pinned list asks for nothing."""
    root = tmp_path / "ruang kerja kantor"
    root.mkdir()
    (root / "requirements.txt").write_text("# kosong\n")
    monkeypatch.setattr(environment, "ROOT", root)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    return root


def test_the_environment_is_made_once_and_installed_again_only_when_the_list_changes(checkout, monkeypatch):
    installs = []
    install = environment._install
    monkeypatch.setattr(environment, "_install", lambda *args: installs.append(install(*args)))
    venv = checkout / ".venv"

    python = environment.ensure_environment(["requirements.txt"], venv)
    environment.ensure_environment(["requirements.txt"], venv)
    assert len(installs) == 1
    assert subprocess.run([python, "-c", "import pip"]).returncode == 0

    (checkout / "requirements.txt").write_text("# berubah\n")
    environment.ensure_environment(["requirements.txt"], venv)
    assert len(installs) == 2

    # An installation that fails is a sentence, and is tried again the next time.
    (checkout / "requirements.txt").write_text("paket-yang-tidak-ada==1\n")
    for _ in range(2):
        with pytest.raises(Stop, match="Paket tidak dapat dipasang"):
            environment.ensure_environment(["requirements.txt"], venv)

    # An environment whose interpreter is gone is made anew.
    (checkout / "requirements.txt").write_text("# kosong\n")
    python.unlink()
    assert environment.ensure_environment(["requirements.txt"], venv).exists()


def test_a_python_without_pip_is_a_sentence(checkout, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Stop, match="apt install python3-venv"):
        environment.ensure_environment(["requirements.txt"], checkout / ".venv")
