"""Personal data encrypted at rest: a copy of the database alone tells nothing.

    class Applicant(models.Model):
        address = EncryptedTextField("alamat surel")

    Applicant.objects.create(address=Secret.of("nama@contoh.id"))
    applicant.address.reveal()      # "nama@contoh.id"
    str(applicant.address)          # "(terenkripsi)": what is logged, printed or shown by mistake

Keys are those of `FIELD_ENCRYPTION_KEYS` (Fernet: AES-128-CBC with HMAC-SHA256), newest first: the first one encrypts,
all of them decrypt. After them stands a key derived from `SECRET_KEY`: it serves where no other key was given, and
keeps readable what was written before one was. `manage.py rotate_field_keys` writes everything again with the first
key; then the old ones may be taken away.

Encrypted values cannot be searched. `keyed_hash` makes a column that can be asked for equality.
"""

import base64
from collections.abc import Iterator
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

HIDDEN = "(terenkripsi)"


class Unreadable(Exception):
    """A stored value was encrypted with a key that this installation no longer has. Carries no part of the value."""


class Secret:
    """An encrypted text. Only `reveal` gives the text away; nothing else that is done with it does."""

    __slots__ = ("token",)

    def __init__(self, token: str):
        self.token = token

    @classmethod
    def of(cls, text: str) -> "Secret":
        """Encrypt a text with the newest key."""
        return cls(_cipher().encrypt(text.encode()).decode())

    def reveal(self) -> str:
        """Return the text. Raises Unreadable when no key fits."""
        try:
            return _cipher().decrypt(self.token.encode()).decode()
        except InvalidToken:
            raise Unreadable("no key of FIELD_ENCRYPTION_KEYS or SECRET_KEY fits") from None

    def rotated(self) -> "Secret":
        """Return the same text encrypted with the newest key. Raises Unreadable when no key fits."""
        try:
            return Secret(_cipher().rotate(self.token.encode()).decode())
        except InvalidToken:
            raise Unreadable("no key of FIELD_ENCRYPTION_KEYS or SECRET_KEY fits") from None

    @property
    def is_current(self) -> bool:
        """Whether the newest key encrypted it."""
        try:
            _keys()[0].decrypt(self.token.encode())
        except InvalidToken:
            return False
        return True

    def __str__(self) -> str:
        return HIDDEN

    __repr__ = __str__


class EncryptedTextField(models.TextField):
    """A column of `Secret` values. A plain text is refused, so that none is stored by oversight."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Secret | None:
        """Wrap what is stored; nothing is decrypted before somebody asks for it."""
        return None if value is None else Secret(value)

    def to_python(self, value: Any) -> Any:
        """Wrap what a fixture holds: the encrypted form."""
        return value if value is None or isinstance(value, Secret) else Secret(str(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Return the encrypted form. Raises TypeError for a plain text."""
        if value is None:
            return None
        if not isinstance(value, Secret):
            raise TypeError(f"{self.name} takes a Secret: Secret.of(text)")
        return value.token

    def value_to_string(self, obj: models.Model) -> str:
        """Return the encrypted form for a fixture."""
        return self.get_prep_value(self.value_from_object(obj)) or ""


def keyed_hash(text: str, purpose: str) -> str:
    """Return 64 hexadecimal digits that stand for a text, which cannot be guessed at without `SECRET_KEY`.

    Equal texts of one purpose have equal hashes, so a column of them can be unique or counted.
    """
    return salted_hmac(f"eppid.{purpose}", text, algorithm="sha256").hexdigest()


def encrypted_fields() -> Iterator[tuple[type[models.Model], EncryptedTextField]]:
    """Every encrypted column of the site."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield model, field


def _cipher() -> MultiFernet:
    return MultiFernet(_keys())


def _keys() -> list[Fernet]:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [Fernet(key) for key in (*settings.FIELD_ENCRYPTION_KEYS, *map(_derived, secrets))]


def _derived(secret: str) -> bytes:
    """A Fernet key from the site's secret; HKDF with a label, so that no other use of the secret tells this key."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"eppid field encryption")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
