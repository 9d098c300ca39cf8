"""The S3 service that `make services` and `make test` start: private, on loopback, gone with its program."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
import requests
from eppid_local import seaweedfs, services, suite
from eppid_local.environment import Stop

from tests.processes import processes_of, wait_until_gone

ROOT = Path(__file__).resolve().parents[2]
here = pytest.mark.skipif(
    seaweedfs.why_not() is not None, reason=f"a server cannot be started here: {seaweedfs.why_not()}"
)


@pytest.mark.s3
@here
def test_a_server_answers_here_only_and_goes_with_the_program_that_is_killed():
    code = (
        "from eppid_local import seaweedfs as s\n"
        "with s.throwaway() as it: print(it.endpoint, it.home, flush=True); input()"
    )
    program = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT / "bin",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        endpoint, home = program.stdout.readline().split()
        assert requests.get(f"{endpoint}/eppid", timeout=10).status_code == 403
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", int(endpoint.rpartition(":")[2])), timeout=5)
        held = processes_of(home)
        assert held
        program.kill()
    for pid in held:
        wait_until_gone(pid)
    assert not Path(home).exists()
    assert not seaweedfs.answers(f"{endpoint}/healthz")


@pytest.mark.s3
@here
def test_the_server_that_stays_keeps_its_keys_and_data(monkeypatch):
    with tempfile.TemporaryDirectory(prefix="eppid-services-") as folder:
        monkeypatch.setenv("EPPID_SERVICES_DIR", folder)
        try:
            first = seaweedfs.start()
            assert seaweedfs.start() == first
            assert seaweedfs.stop() is True
            assert seaweedfs.stop() is False
            again = seaweedfs.start()
            assert again["AWS_SECRET_ACCESS_KEY"] == first["AWS_SECRET_ACCESS_KEY"]
            for name in ("s3.json", "store.json"):
                assert (Path(folder) / "seaweedfs" / name).stat().st_mode & 0o077 == 0
        finally:
            seaweedfs.stop()


def test_services_print_every_variable(monkeypatch, capsys):
    there = SimpleNamespace(
        why_not=lambda: None, start=lambda: {"S3_BUCKET": "eppid", "AWS_ACCESS_KEY_ID": "a b"}
    )
    monkeypatch.setattr(services, "ENGINES", {"S3": (there, "S3_ENDPOINT_URL")})
    services.start()
    assert capsys.readouterr().out == "export S3_BUCKET=eppid\nexport AWS_ACCESS_KEY_ID='a b'\n"


@pytest.fixture
def without_program(monkeypatch):
    monkeypatch.setattr(seaweedfs, "find_program", lambda: None)
    monkeypatch.delenv("S3_ENDPOINT_URL", raising=False)


def test_the_suite_goes_on_without_it_and_says_why(without_program, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    with suite.object_store() as variables:
        assert "SeaweedFS tidak terpasang" in variables["EPPID_TEST_NO_S3"]
    assert "Uji bertanda s3 dilewati: SeaweedFS" in capsys.readouterr().out


def test_a_ci_machine_without_it_fails(without_program, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Stop, match="SeaweedFS"), suite.object_store():
        pytest.fail("it went on")


def test_a_given_service_is_for_its_tests_alone_and_the_site_under_test_stays_on_disk():
    code = (
        "import os, django; django.setup(); from django.conf import settings\n"
        "print(settings.STORAGES['default']['BACKEND'], os.environ['EPPID_TEST_S3_ENDPOINT_URL'])"
    )
    environ = {name: value for name, value in os.environ.items() if not name.startswith("EPPID_TEST_S3")}
    environ |= {
        "S3_ENDPOINT_URL": "http://127.0.0.1:9",
        "S3_BUCKET": "eppid",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "DJANGO_SETTINGS_MODULE": "eppid.settings.test",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    ran = subprocess.run([sys.executable, "-c", code], env=environ, cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout.strip() == "documents.storage.DiskStorage http://127.0.0.1:9", ran.stderr
