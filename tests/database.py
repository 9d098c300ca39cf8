"""A migrated SQLite database, made once a state of the migrations and copied for each test process.

Migrating takes longer than most test files. The copy is named by everything that a migration could do, so it is never
older than the migrations; `migrate` still runs on it and finds nothing to do.
"""

import fcntl
import hashlib
import re
import shutil
import sqlite3
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = (
    "common",
    "home",
    "documents",
    "catalogue",
    "search",
    "service",
    "analytics",
    "reports",
    "pojok",
    "api",
)
_IMPORT = re.compile(rf"^\s*(?:from|import) ((?:{'|'.join(ROOMS)})[\w.]*)", re.MULTILINE)


def migrations_fingerprint(root: Path = ROOT) -> str:
    """Return a name for the content of all migrations, of our modules they import, and of the pinned packages."""
    files = {path for room in ROOMS for path in (root / room / "migrations").glob("*") if path.is_file()}
    pending = [path for path in files if path.suffix == ".py"]
    while pending:
        for module in _IMPORT.findall(pending.pop().read_text()):
            for candidate in (
                (root / module.replace(".", "/")).with_suffix(".py"),
                root / module.replace(".", "/") / "__init__.py",
            ):
                if candidate.is_file() and candidate not in files and "models" not in candidate.parts:
                    files.add(candidate)
                    pending.append(candidate)
    digest = hashlib.sha256()
    for path in sorted([*files, root / "requirements.txt"]):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:20]


class Template:
    """The kept database in `folder`; whoever has acquired it may copy or make it."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.path = folder / f"migrated-{migrations_fingerprint()}.sqlite3"

    def acquire(self) -> None:
        """Wait until no other test process makes the database."""
        self._lock = (self.folder / "lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def release(self) -> None:
        """Let the next test process copy the database."""
        self._lock.close()

    def copy_to(self, target: str) -> bool:
        """Put a copy where a test process wants its database; False when there is none yet."""
        if not self.path.exists():
            return False
        shutil.copyfile(self.path, target)
        return True

    def keep(self, connection: sqlite3.Connection) -> None:
        """Keep the database behind this connection, and drop those of former migrations."""
        for old in self.folder.glob("migrated-*"):
            old.unlink(missing_ok=True)
        unfinished = self.path.with_suffix(".new")
        with sqlite3.connect(unfinished) as copy:
            connection.backup(copy)
        copy.close()
        unfinished.rename(self.path)
