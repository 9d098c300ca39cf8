"""Offices as every request asks for them: which one answers on a host, and what each is called. Both hardly change.

A change made in this process is seen at once, one made in another after `SECONDS` at most.
"""

from __future__ import annotations

import copy
import threading
import time
from typing import Any, NamedTuple

from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

SECONDS = 5.0
MOST = 2000  # hosts; anybody can make up names of hosts
_offices: dict[tuple[str, str], tuple[float, Any]] = {}
_names: tuple[float, dict[int, OfficeName]] = (0.0, {})
_lock = threading.Lock()


class OfficeName(NamedTuple):
    """What an office is called, and its region code."""

    code: str
    name: str


def recall(request: HttpRequest):
    """The office of the request's host (a copy of its own), None when it must be looked up."""
    if hasattr(request, "_wagtail_site"):
        return None  # somebody has chosen the site already
    made, office = _offices.get(_host_of(request), (0.0, None))
    if office is None or time.monotonic() - made > SECONDS:
        return None
    office = copy.copy(office)
    request._wagtail_site = office.site  # type: ignore[attr-defined]  # what Wagtail itself would look up next
    return office


def remember(request: HttpRequest, office) -> None:
    """Keep the office that was found for the request's host."""
    with _lock:
        if len(_offices) >= MOST:
            _offices.clear()
        _offices[_host_of(request)] = (time.monotonic(), copy.copy(office))


def office_names() -> dict[int, OfficeName]:
    """Primary key -> code and name of every office."""
    global _names
    made, names = _names
    if not names or time.monotonic() - made > SECONDS:
        from home.models import Office

        rows = Office.objects.order_by().values_list("pk", "kode_wilayah", "name")
        names = {pk: OfficeName(code, name) for pk, code, name in rows}
        _names = (time.monotonic(), names)
    return names


def office_name(pk: int | None) -> str:
    """What an office is called, "" for one that there is not."""
    found = office_names().get(pk) if pk else None
    return found.name if found else ""


def forget(**_kwargs) -> None:
    """Look up anew (an office or a site has changed)."""
    global _names
    with _lock:
        _offices.clear()
        _names = (0.0, {})


def connect() -> None:
    """Forget whenever an office, a site, or a site's home page changes."""
    from wagtail.models import Site

    from home.models import HomePage, Office

    for model in (Site, Office, HomePage):
        for signal in (post_save, post_delete):
            signal.connect(forget, sender=model, dispatch_uid=f"home.office_memory.{model.__name__}")


def _host_of(request: HttpRequest) -> tuple[str, str]:
    return request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", "")), request.get_port()
