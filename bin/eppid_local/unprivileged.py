"""Running an engine that refuses root as an ordinary user, with files that this user can reach."""

import hashlib
import os
import pwd
import shutil
import subprocess
from pathlib import Path

from .environment import ROOT


def user_among(*names: str) -> str | None:
    """Return whose processes an engine's are: None for our own; when we are root, the first of these users."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return next((name for name in names if name in known), None)


def cannot_leave_root(*names: str) -> bool:
    """Tell whether we are root and can become none of these users."""
    return os.geteuid() == 0 and not (shutil.which("setpriv") and user_among(*names))


def as_user(user: str | None, command: list[str], home: Path, **variables: str) -> list[str]:
    """Return a command line that runs `command` as this user (None: as we are), without our environment."""
    values = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8", **variables}
    return [*_drop(user), "env", "-i", *(f"{name}={value}" for name, value in values.items()), *command]


def reaches(user: str | None, folder: Path) -> bool:
    """Tell whether this user gets into the folder or, where it is still to be made, into the one above."""
    while not folder.exists():
        folder = folder.parent
    return user is None or subprocess.run([*_drop(user), "test", "-x", str(folder)]).returncode == 0


def give(user: str | None, *paths: Path) -> None:
    """Make this user the owner of these files and folders (not of what is in them)."""
    if user is not None:
        account = pwd.getpwnam(user)
        for path in paths:
            os.chown(path, account.pw_uid, account.pw_gid)


def services_folder(name: str, user: str | None) -> Path:
    """Return the folder of this checkout's server: in var/, or in /var/tmp where its user cannot get to var/."""
    folder = Path(os.environ.get("EPPID_SERVICES_DIR") or ROOT / "var" / "services") / name
    if reaches(user, folder):
        return folder
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"eppid-{mark}" / name


def _drop(user: str | None) -> list[str]:
    if user is None:
        return []
    account = pwd.getpwnam(user)
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
