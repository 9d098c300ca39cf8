"""`/healthz` (this process answers) and `/readyz` (what it stands on answers too), for machines that watch the site."""

import threading
import time

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from . import schedule
from .service_checks import ServiceUnusable, check_database, check_storage, notes

REMEMBERED = 10.0  # seconds an answer of /readyz is kept: anybody may ask, and each answer writes a file
_lock = threading.Lock()
_answer: tuple[float, int, dict[str, str]] | None = None


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as this process serves requests; asks no other server."""
    return _never_cached(HttpResponse("ok", content_type="text/plain"))


def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the site can serve, 503 when it cannot; each part by name, no detail that helps an attacker.

    A stopped scheduler is told (`"scheduler": "stopped"`), like a search cluster that is away (`"search":
    "degraded"`, the embedded engine answers) and a file store that cannot be used (`"storage": "failed"`), but leaves
    the answer at 200: pages are still served, and taking every web server out of service would help nobody.
    """
    global _answer
    with _lock:
        if _answer is None or time.monotonic() - _answer[0] > REMEMBERED:
            _answer = (time.monotonic(), *examine())
        _, code, parts = _answer
    return _never_cached(JsonResponse(parts, status=code))


def examine() -> tuple[int, dict[str, str]]:
    """Check every part now. Returns the HTTP status and the state of each part."""
    parts = {
        "database": _state(check_database),
        "migrations": _migrations(),
    }
    usable = all(state == "ok" for state in parts.values())
    parts["storage"] = _state(lambda: check_storage(quickly=True))
    parts["scheduler"] = _scheduler()
    parts |= {part: "degraded" if sentence else "ok" for part, sentence in notes().items()}
    whole = all(state == "ok" for state in parts.values())
    parts["status"] = ("ok" if whole else "degraded") if usable else "unavailable"
    return (200 if usable else 503), parts


def forget() -> None:
    """Drop the kept answer, so that the next request examines anew."""
    global _answer
    _answer = None


def _state(check) -> str:
    try:
        check()
    except ServiceUnusable:
        return "failed"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        return "pending" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else "ok"
    except DatabaseError:
        return "failed"


def _scheduler() -> str:
    try:
        return "ok" if schedule.status().running else "stopped"
    except DatabaseError:
        return "unknown"


def _never_cached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
