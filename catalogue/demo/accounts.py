"""One demo account a role, with a password made on the spot and kept in a file that only its owner reads."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model

from home.enums import Role
from home.models import Office

ACCOUNTS = {
    "editor": Role.EDITOR,
    "penghubung": Role.LIAISON,
    "ppid": Role.PPID,
    "atasan": Role.SUPERIOR,
    "desk": Role.DESK,
    "admin": Role.ADMIN,
}
# Without letters and digits that look alike: people type these from a screen or a printout.
_ALPHABET = "abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679"
_LENGTH = 14
_HEAD = """\
# Akun contoh e-PPID, dibuat untuk pemasangan ini saja. Hanya untuk mencoba.
# Masuk di /admin/ pada alamat situs. Kolom: nama pengguna, kata sandi, peran.
"""


class NotInProduction(Exception):
    """Demo accounts are refused in a real installation; the message says so."""


def accounts_file() -> Path:
    """Where the names and passwords stand."""
    return Path(settings.VAR_DIR) / "demo-accounts.txt"


def create_accounts(office: Office) -> list[str]:
    """Create the accounts that are missing, write their passwords, and return their names.

    Accounts that exist keep their passwords. Raises NotInProduction in production settings.
    """
    if settings.ENVIRONMENT == "production":
        raise NotInProduction(
            "Akun contoh tidak dibuat pada pemasangan sesungguhnya. Pakai: manage.py createsuperuser"
        )
    users = get_user_model()
    made: dict[str, str] = {}
    for name, role in ACCOUNTS.items():
        if users.objects.filter(username=name).exists():
            continue
        made[name] = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        user = users.objects.create_user(
            username=name,
            email=f"{name}@example.id",
            password=made[name],
            first_name=role.label,
            last_name="(contoh)",
        )
        user.groups.add(office.group(role))
    if made:
        _write(made)
    return list(made)


def _write(made: dict[str, str]) -> None:
    """Write the file anew, readable by its owner alone; lines of accounts that stay are kept."""
    path = accounts_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [
        line
        for line in (path.read_text().splitlines() if path.exists() else [])
        if line and not line.startswith("#") and line.split()[0] not in made
    ]
    lines = kept + [f"{name:<12} {password:<16} {ACCOUNTS[name].label}" for name, password in made.items()]
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_HEAD + "\n".join(lines) + "\n")
