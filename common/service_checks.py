"""Asks the configured servers once, before the start: is each one there, and may we use it?"""

import secrets
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from django.db import DatabaseError, connection


class ServiceUnusable(Exception):
    """A configured server cannot be used; the text is one sentence for the operator."""


def check_database() -> None:
    """Connect to the database and ask it something."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise ServiceUnusable(
            f"DATABASE_URL tidak dapat dipakai: basis data tidak menjawab ({first_line(error)})."
        ) from error


def check_storage(storage: Storage = default_storage, *, quickly: bool = False) -> None:
    """Write, read and delete a tiny file where documents are kept; `quickly` only asks a bucket whether it is there."""
    name = f".periksa/{secrets.token_hex(8)}"
    where = (
        "S3_ENDPOINT_URL/S3_BUCKET"
        if hasattr(storage, "bucket_name")
        else f"Folder {getattr(storage, 'location', '')}"
    )
    try:
        if quickly and hasattr(storage, "ask"):
            storage.ask()
            return
        saved = storage.save(name, ContentFile(b"e-PPID"))
        try:
            with storage.open(saved) as handle:
                if handle.read() != b"e-PPID":
                    raise ServiceUnusable(f"{where} tidak dapat dipakai: berkas yang ditulis terbaca lain.")
        finally:
            getattr(storage, "purge", storage.delete)(saved)  # a bucket would keep it as a former version
    except ServiceUnusable:
        raise
    except Exception as error:  # every storage has its own exceptions
        raise ServiceUnusable(
            f"{where} tidak dapat dipakai untuk menyimpan berkas ({first_line(error)})."
        ) from error


def check_cache() -> None:
    """Write and read one value where the cache is."""
    value = secrets.token_hex(8)
    try:
        cache.set("periksa", value, 10)
        found = cache.get("periksa")
    except Exception as error:  # every cache library has its own exceptions
        raise ServiceUnusable(
            f"CACHE_URL tidak dapat dipakai: cache tidak menjawab ({first_line(error)})."
        ) from error
    if found != value and "dummy" not in settings.CACHES["default"]["BACKEND"].lower():
        raise ServiceUnusable("CACHE_URL tidak dapat dipakai: nilai yang ditulis tidak terbaca kembali.")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "storage": check_storage,
    "cache": check_cache,
}


#: What does not keep the site from serving but should be known at the start and at `/readyz`: part -> a function that
#: returns a sentence for the operator, or "". Filled by the rooms that know the part, in their AppConfig.
NOTES: dict[str, Callable[[], str]] = {}


def notes() -> dict[str, str]:
    """Part -> what the operator should know of it, "" where all is well."""
    return {part: note() for part, note in NOTES.items()}


def check_all(wait: float = 0.0, pause: Callable[[float], None] = time.sleep) -> None:
    """Run every check; with `wait` (seconds) a server that is still starting gets that long. Raises ServiceUnusable."""
    deadline = time.monotonic() + wait
    for check in CHECKS.values():
        while True:
            try:
                check()
                break
            except ServiceUnusable:
                connection.close()
                if time.monotonic() >= deadline:
                    raise
                pause(1.0)


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text, without the password of a URL that it may repeat."""
    lines = str(error).strip().splitlines()
    text = lines[0] if lines else type(error).__name__
    secrets_of_ours = {
        settings.DATABASES["default"].get("PASSWORD", ""),
        _password(settings.CACHES["default"]),
    }
    for secret in filter(None, secrets_of_ours):
        text = text.replace(secret, "***")
    return text[:200]


def _password(cache_settings: dict) -> str:
    location = cache_settings.get("LOCATION", "")
    return urlsplit(location).password or "" if isinstance(location, str) else ""
