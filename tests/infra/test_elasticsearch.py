"""The Elasticsearch that `make services` and `make test` start: a real node, and what happens where it fails."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from eppid_local import elasticsearch, elasticsearch_files, services, suite
from eppid_local.environment import Stop

from tests.processes import processes_of, wait_until_gone
from tests.search_node import why_no_node

ROOT = Path(__file__).resolve().parents[2]


def wait_until_all_are_gone(folder: Path) -> None:
    """Wait for the end of every process that works for the node of this folder."""
    while pids := processes_of(folder):
        for pid in pids:
            wait_until_gone(pid)


@pytest.mark.elasticsearch
def test_a_node_answers_here_only_and_goes_with_the_program_that_is_killed():
    if elasticsearch.why_not() or elasticsearch_files.cached() is None:
        pytest.skip(f"a node cannot be started here: {elasticsearch.why_not() or why_no_node()}")
    code = "from eppid_local import elasticsearch as e\nwith e.throwaway() as url: print(url, flush=True); input()"
    program = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT / "bin",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        url = program.stdout.readline().strip()
        about = elasticsearch.ask(url)
        assert about["version"]["number"] == elasticsearch_files.VERSION
        assert about["name"] == "node-1"
        folder = Path(tempfile.gettempdir()) / about["cluster_name"]
        assert processes_of(folder)
        assert (
            elasticsearch.ask(f"{url}/_cluster/health")["number_of_nodes"] == 1
        )  # it joins no other node's cluster
        port = int(url.rpartition(":")[2])
        # Every address of 127/8 is this machine; a server bound to all interfaces would answer at each.
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port), timeout=5)
        elasticsearch._remove_orphans()  # must leave alone what somebody holds
        assert folder.exists()
        program.kill()
    wait_until_all_are_gone(folder)
    assert elasticsearch.ask(url) is None
    elasticsearch._remove_orphans()
    assert not folder.exists()


@pytest.fixture
def stand_in(tmp_path, monkeypatch):
    """`stand_in(script)`: what is in the cache is not Elasticsearch but a shell script (its output goes to the log)."""
    files = tmp_path / "eppid" / f"elasticsearch-{elasticsearch_files.VERSION}"
    (files / "bin").mkdir(parents=True)
    (files / "config").mkdir()
    (files / "config" / "users").touch()
    java = tmp_path / "jdk"
    (java / "bin").mkdir(parents=True)
    (java / "bin" / "java").touch()
    (java / "release").write_text('JAVA_VERSION="17.0.1"\nMODULES="java.base jdk.attach"\n')
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("ES_JAVA_HOME", str(java))
    return (files / "bin" / "elasticsearch-cli").write_text


@pytest.fixture
def open_folder():
    """A folder that the user gets to whom root runs Elasticsearch as (tmp_path is closed to it)."""
    with tempfile.TemporaryDirectory(prefix="eppid-services-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def folder_in(output: str) -> Path:
    """Return the folder of the node whose script printed $ES_PATH_CONF as its last line."""
    folder = Path(output.splitlines()[-1]).parents[1]
    assert folder.name.startswith(elasticsearch.PREFIX)
    return folder


def test_a_node_that_fails_shows_the_end_of_its_log_and_leaves_nothing(stand_in):
    stand_in(
        'for n in $(seq 50); do echo baris $n; done; echo kurang memori >&2; echo "$ES_PATH_CONF"; exit 78'
    )
    with pytest.raises(Stop) as stopped, elasticsearch.throwaway():
        pytest.fail("it started")
    sentence, *lines = str(stopped.value).splitlines()
    assert sentence.startswith("Elasticsearch tidak dapat dijalankan")
    assert lines[-3:-1] == ["baris 50", "kurang memori"]
    assert "baris 1" not in lines
    assert not folder_in(lines[-1]).exists()


def test_a_node_that_never_answers_is_ended_with_all_it_started(stand_in, monkeypatch):
    stand_in('bash -c "sleep 600; :" "$ES_PATH_CONF" & echo $$ > "$2"; echo "$ES_PATH_CONF"; sleep 600')
    monkeypatch.setattr(elasticsearch, "UP_WITHIN", 1.0)
    with pytest.raises(Stop) as stopped, elasticsearch.throwaway():
        pytest.fail("it started")
    folder = folder_in(str(stopped.value))
    wait_until_all_are_gone(folder)
    assert not folder.exists()


def test_each_node_has_its_own_configuration_and_never_our_environment(stand_in, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "sangat-rahasia")
    stand_in('cat "$ES_PATH_CONF"/elasticsearch.yml "$ES_PATH_CONF"/jvm.options.d/*; echo; env | grep SECRET')
    with pytest.raises(Stop) as stopped, elasticsearch.throwaway("700m"):
        pytest.fail("it started")
    said = str(stopped.value)
    assert "rahasia" not in said
    assert 'network.host: "127.0.0.1"' in said
    assert 'http.port: "0"' in said
    assert "discovery.seed_hosts: []" in said
    assert "-Xmx700m" in said


def test_services_start_what_there_is_and_name_what_there_is_not(monkeypatch, capsys):
    missing = SimpleNamespace(why_not=lambda: "Maven tidak terpasang")
    there = SimpleNamespace(why_not=lambda: None, start=lambda: "http://127.0.0.1:9280")
    monkeypatch.setattr(services, "ENGINES", {"Satu": (missing, "SATU_URL"), "Dua": (there, "DUA_URL")})
    services.start()
    printed = capsys.readouterr()
    assert printed.out == "export DUA_URL=http://127.0.0.1:9280\n"
    assert "# Satu tidak dijalankan: Maven tidak terpasang" in printed.err
    monkeypatch.setattr(services, "ENGINES", {"Satu": (missing, "SATU_URL")})
    with pytest.raises(SystemExit) as stopped:
        services.start()
    assert stopped.value.code == 1


def test_a_service_that_fails_does_not_keep_the_other_from_starting(
    stand_in, monkeypatch, capsys, open_folder
):
    stand_in('echo kurang memori; bash -c "sleep 600; :" "$ES_PATH_CONF"')
    monkeypatch.setattr(elasticsearch, "UP_WITHIN", 1.0)
    monkeypatch.setenv("EPPID_SERVICES_DIR", str(open_folder))
    there = SimpleNamespace(why_not=lambda: None, start=lambda: "postgres://127.0.0.1/eppid")
    both = {"Elasticsearch": (elasticsearch, "ELASTICSEARCH_URL"), "PostgreSQL": (there, "DATABASE_URL")}
    monkeypatch.setattr(services, "ENGINES", both)
    services.start()
    printed = capsys.readouterr()
    assert printed.out == "export DATABASE_URL=postgres://127.0.0.1/eppid\n"
    assert "# kurang memori" in printed.err
    assert (open_folder / "elasticsearch" / "console.log").exists()
    assert not processes_of(open_folder)
    assert elasticsearch.stop() is False


def test_the_suite_goes_on_without_elasticsearch_and_says_why(monkeypatch, capsys, tmp_path):
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("ES_JAVA_HOME", str(tmp_path))
    with suite.search_node() as variables:
        assert "JDK" in variables["EPPID_TEST_NO_ELASTICSEARCH"]
        assert "EPPID_TEST_ELASTICSEARCH_URL" not in variables
    assert "Uji bertanda elasticsearch dilewati: Elasticsearch memerlukan JDK" in capsys.readouterr().out


def test_a_ci_machine_without_elasticsearch_fails(monkeypatch, tmp_path):
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("ES_JAVA_HOME", str(tmp_path))
    with pytest.raises(Stop, match="JDK"), suite.search_node():
        pytest.fail("it went on")


def test_the_suite_takes_the_node_that_is_given(monkeypatch, tmp_path):
    monkeypatch.setenv("ES_JAVA_HOME", str(tmp_path))  # none could be started
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    with suite.search_node() as variables:
        assert variables == {}


def test_a_given_node_is_for_its_tests_alone_and_the_site_under_test_stays_embedded():
    code = (
        "import os, django; django.setup(); from django.conf import settings\n"
        "print(settings.ELASTICSEARCH_HOSTS, os.environ['EPPID_TEST_ELASTICSEARCH_URL'])"
    )
    environ = {name: value for name, value in os.environ.items() if name != "EPPID_TEST_ELASTICSEARCH_URL"}
    environ |= {
        "ELASTICSEARCH_URL": "http://127.0.0.1:9",
        "DJANGO_SETTINGS_MODULE": "eppid.settings.test",
        "PYTHONPATH": f"{ROOT / 'site'}:{ROOT}",
    }
    ran = subprocess.run([sys.executable, "-c", code], env=environ, cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout.strip() == "[] http://127.0.0.1:9", ran.stderr
