"""A key that counts somebody once a day and identifies nobody.

It is a keyed hash of address and browser, with a salt that belongs to one office-local day and is destroyed in the
night after it, when the day is over in every time zone of the country. After that nobody, this site included, can
tell which address a key was made from, nor whether two keys of different days or offices are the same person's.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
import threading
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from analytics.models import DaySalt
from common.agents import agent_of
from home.enums import TimeZone

#: Where a day ends last: what is over here is over in the whole country.
_LAST_ZONE = ZoneInfo(TimeZone.WIB)
_salts: dict[dt.date, bytes] = {}
_lock = threading.Lock()


def wants_no_trace(request: HttpRequest) -> bool:
    """Whether the browser asks not to be tracked (DNT, Global Privacy Control)."""
    return request.headers.get("DNT") == "1" or request.headers.get("Sec-GPC") == "1"


def visitor_key(request: HttpRequest, office_id: int, day: dt.date) -> str:
    """16 hexadecimal digits for whoever asks, at this office on its local day; "" for who wants no trace."""
    if wants_no_trace(request):
        return ""
    words = f"{office_id}\0{client_address(request)}\0{agent_of(request)}"
    return hmac.new(salt_of(day), words.encode("utf-8", "replace"), hashlib.sha256).hexdigest()[:16]


def client_address(request: HttpRequest) -> str:
    """The address of the visitor's end of the connection.

    Behind TRUSTED_PROXY_COUNT proxies it is that many places from the right in X-Forwarded-For: what stands further
    left was written by the visitor.
    """
    count = settings.TRUSTED_PROXY_COUNT
    passed = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if count and passed:
        return passed[-min(count, len(passed))]
    return request.META.get("REMOTE_ADDR", "")


def salt_of(day: dt.date) -> bytes:
    """The salt of a day, made by whoever needs it first. One look into the database a process and day."""
    salt = _salts.get(day)
    if salt is None:
        with transaction.atomic():
            row, _ = DaySalt.objects.get_or_create(day=day, defaults={"salt": secrets.token_bytes(32)})
        salt = bytes(row.salt)
        with _lock:
            for old in [known for known in _salts if known < _oldest_needed()]:
                del _salts[old]
            _salts[day] = salt
    return salt


def forget_old_salts() -> int:
    """Destroy the salts of days that are over everywhere; returns how many."""
    oldest = _oldest_needed()
    with _lock:
        for day in [known for known in _salts if known < oldest]:
            del _salts[day]
    return DaySalt.objects.filter(day__lt=oldest).delete()[0]


def _oldest_needed() -> dt.date:
    """The first day that is not over everywhere."""
    return timezone.localdate(timezone=_LAST_ZONE)


def forget() -> None:
    """Drop what the process remembers (tests)."""
    with _lock:
        _salts.clear()
