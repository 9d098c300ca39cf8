"""What `make run`, `make test` and `make services` share. Standard library only: nothing is installed yet.

This file alone must also parse on old Pythons, so that they get a sentence instead of a syntax error.
"""

import os
import sys

OLDEST_PYTHON = (3, 11)
NEWER_NAMES = ("python3.14", "python3.13", "python3.12", "python3.11")


def find_newer_python(path):
    """Return the first Python of the required age on `path` (as in $PATH), or None."""
    for name in NEWER_NAMES:
        for folder in path.split(os.pathsep):
            candidate = os.path.join(folder, name)
            if os.access(candidate, os.X_OK) and os.path.isfile(candidate) and answers(candidate):
                return candidate
    return None


def answers(python):
    """Tell whether this interpreter really starts (a version manager leaves names that do not)."""
    quoted = "'" + python.replace("'", "'\"'\"'") + "'"
    return os.system(quoted + " -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1") == 0


def require_python(version=None):
    """Go on with Python 3.11 or newer: start again under one that is found, or stop with a sentence."""
    version = version or sys.version_info
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return
    newer = find_newer_python(os.environ.get("PATH", ""))
    if newer:
        os.execv(newer, [newer] + sys.argv)
    sys.stderr.write(
        "e-PPID memerlukan Python 3.11 atau lebih baru; yang dipakai sekarang Python %d.%d. "
        "Pasang Python yang lebih baru, lalu jalankan: python3.11 bin/run.py\n" % (version[0], version[1])
    )
    sys.exit(1)
