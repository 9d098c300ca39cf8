"""The screen in the lobby: what stands on it, its content for the screen that is already up, and the same as JSON."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from common.visibility import public
from home.models import Office
from home.models.offices import WEEKDAYS
from home.templatetags.eppid import tanggal
from pojok import parts
from pojok.answers import unless_unchanged
from pojok.composing import shown
from pojok.models import PojokPage

NOT_FOUND = "Kantor ini tidak menayangkan Pojok Informasi Publik saat ini."
REFRESH_SECONDS = 60
#: Parameters of the address where there is no JavaScript: a page that fetched itself anew, and one that must not.
PARAM_REFRESHED, PARAM_STILL = "segar", "tetap"


def screen(page: PojokPage, request: HttpRequest) -> dict[str, Any]:
    """What the templates show of a page: a published one, or one that an editor previews."""
    office = page.office or Office.objects.for_request(request)
    now = timezone.now()
    local = now.astimezone(office.tz)
    return {
        "office": office,
        "slides": shown(page.slides, office),
        "fixed": shown(page.fixed, office),
        "hours": parts.service_hours(office, now),
        "opening_ends": _opening_ends(office, now),
        "seconds": page.seconds,
        "version": version(),
        "clock": f"{local:%H.%M}",
        "now_ms": int(now.timestamp() * 1000),
        "day_label": f"{WEEKDAYS[local.weekday()]}, {tanggal(local.date())}",
        "content_url": "" if getattr(request, "is_preview", False) else reverse("pojok:content"),
        "refresh_seconds": REFRESH_SECONDS,
        "is_refreshed": PARAM_REFRESHED in request.GET,
        "is_still": PARAM_STILL in request.GET,
    }


@cache
def version() -> str:
    """Changes when another script or stylesheet is deployed (their addresses carry their fingerprints)."""
    sheets = ("tokens", "base", "pojok", "pojok-wall", "pojok-print")
    addresses = [static("js/pojok.js"), *(static(f"css/{name}.css") for name in sheets)]
    return hashlib.sha256(" ".join(addresses).encode()).hexdigest()[:16]


@require_safe
def content(request: HttpRequest) -> HttpResponse:
    """What changes on the screen, for a screen that is up. The same bytes as long as nothing changes (ETag)."""
    response = render(request, "pojok/kiosk/content.html", screen(_page(request), request))
    return _answer(request, response)


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """The figures and texts of the screen as JSON, with absolute addresses, for programs of any site."""
    page = _page(request)
    office = page.office
    answer = {
        "judul": page.title,
        "url": reverse("wagtail_serve", args=["pojok/"]),
        "kantor": {"kode_wilayah": office.kode_wilayah, "nama": office.name, "zona_waktu": office.time_zone},
        "layanan": parts.service_hours(office).as_data(),
        "bergantian": [part.as_data() for part in shown(page.slides, office)],
        "tetap": [part.as_data() for part in shown(page.fixed, office)],
    }
    text = json.dumps(parts.absolute(answer, request), ensure_ascii=False)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return _answer(request, response)


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The service worker for a start without network. Browsers let a worker act only below its own address, so it
    stands here and not among the static files."""
    response = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    return _answer(request, response)


@cache
def _worker() -> str:
    return (settings.BASE_DIR / "static" / "js" / "pojok-luring.js").read_text()


def _page(request: HttpRequest) -> PojokPage:
    """The office's Pojok while the public may see it."""
    office = Office.objects.for_request(request)
    page = public(PojokPage.objects.child_of(office.home_page)).first() if office else None
    if page is None:
        raise Http404(NOT_FOUND)
    page._office = office  # it is at hand: no look-up
    return page


def _opening_ends(office: Office, now) -> int:
    """Until when the words on the desk hold (milliseconds since 1970), 0 when they hold on.

    Those of a closed desk hold no longer than the day: "besok" is another day after midnight.
    """
    state = office.opening_state(now)
    if (end := state.until or state.next_opening) is None:
        return 0
    midnight = office.day_bounds(office.local_day(now))[1]
    return int(min(end, midnight).timestamp() * 1000)


def _answer(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, or 304 to who has it. Whoever keeps it asks each time: what is withdrawn is gone at once."""
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    return unless_unchanged(request, response)
