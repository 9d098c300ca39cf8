"""Children forked for each file are as alone as freshly started ones, and leave nothing behind."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from documents.extraction import forkserver, warm
from documents.extraction.runner import REASON_TIME, read_file
from documents.extraction.types import Limits
from tests.documents import samples
from tests.processes import wait_until_gone

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def before_each_page(tmp_path, monkeypatch):
    """Run a piece of Python in the child before it reads a page; `report` is an open file of the test."""

    def _run(code: str) -> Path:
        package = tmp_path / "site" / "documents"
        package.mkdir(parents=True)
        monkeypatch.setattr("documents.extraction.bounded._ROOT", tmp_path / "site")
        root = __import__("documents").__path__[0]
        report = tmp_path / "laporan.txt"
        (package / "__init__.py").write_text(f"__path__ = [{root!r}]\n")
        (tmp_path / "site" / "sitecustomize.py").write_text(
            "import json, os, signal, subprocess\n"
            "from documents.extraction import pdf\n"
            "read = pdf.PdfReader.read\n"
            "def trap(self, number):\n"
            f"    report = open({str(report)!r}, 'a')\n"
            + "".join(f"    {line}\n" for line in code.splitlines())
            + "    report.close()\n"
            "    return read(self, number)\n"
            "pdf.PdfReader.read = trap\n"
        )
        return report

    return _run


def test_a_child_that_hangs_is_killed_with_what_it_started(tmp_path, before_each_page):
    report = before_each_page(
        "program = subprocess.Popen(['tail', '-f', '/dev/null'])\n"
        "report.write(f'{os.getpid()} {program.pid}'); report.flush()\n"
        "signal.pause()"
    )
    reading = read_file(samples.text_pdf(tmp_path / "a.pdf", pages=1), Limits(wall_seconds=3))
    assert reading.failure == REASON_TIME
    child, program = map(int, report.read_text().split())
    wait_until_gone(child)
    wait_until_gone(program)


def test_a_child_holds_nothing_that_belongs_to_others(tmp_path, before_each_page):
    """Not the socket of the orders, nor the channels of its siblings: else a hostile file could give orders."""
    report = before_each_page(
        "held = {int(name): os.readlink(f'/proc/self/fd/{name}') for name in os.listdir('/proc/self/fd')\n"
        "        if os.path.exists(f'/proc/self/fd/{name}') or int(name) < 3}\n"
        "report.write(json.dumps([os.getpid(), os.getcwd(), sorted(held.values())]) + chr(10))"
    )
    path = samples.text_pdf(tmp_path / "a.pdf", pages=1)
    assert read_file(path).pages[0].text
    assert read_file(path).pages[0].text
    first, second = map(json.loads, report.read_text().splitlines())
    assert first[0] != second[0]
    assert first[1] != second[1]
    assert not Path(first[1]).exists()
    for held in (first[2], second[2]):
        assert not [name for name in held if name.startswith("socket:")]
        assert len({name for name in held if name.startswith("pipe:")}) == 1


def test_reading_goes_on_when_the_server_is_lost(tmp_path):
    path = samples.text_pdf(tmp_path / "a.pdf", pages=1)
    read_file(path)
    lost = warm._server._process
    os.kill(lost.pid, signal.SIGKILL)
    wait_until_gone(lost.pid)
    assert "Ini halaman 1" in read_file(path).pages[0].text
    assert warm._server._process.pid != lost.pid


def test_files_are_read_without_a_server_too(tmp_path, monkeypatch):
    monkeypatch.setattr(forkserver, "MODULES", ())
    assert "Ini halaman 1" in read_file(samples.text_pdf(tmp_path / "a.pdf", pages=1)).pages[0].text


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL])
def test_the_server_ends_with_the_process_that_started_it(tmp_path, end):
    path = samples.text_pdf(tmp_path / "a.pdf", pages=1)
    code = (
        "import pathlib, signal\n"
        "from documents.extraction import runner, warm\n"
        f"assert runner.read_file(pathlib.Path({str(path)!r})).pages[0].text\n"
        "print(warm._server._process.pid, flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE) as caller:
        server = int(caller.stdout.readline())
        caller.send_signal(end)
    wait_until_gone(server)
