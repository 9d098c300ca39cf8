"""Where browsers report that a page was read."""

from __future__ import annotations

import base64

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from analytics.enums import EventKind
from analytics.recording import record
from analytics.tokens import mark_of
from common.agents import agent_of, is_bot
from home.models import Office

_PICTURE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # one clear pixel
MAX_ADDRESS = 500


@csrf_exempt  # nobody is signed in by it, and it can only add one to a number that the mark names
@require_POST
def visit(request: HttpRequest) -> HttpResponse:
    """Take a report. What cannot be believed is dropped without a word: a browser does not read the answer."""
    _take(request, request.POST.get("t", ""), request.POST.get("r", "")[:MAX_ADDRESS])
    return _kept_by_nobody(HttpResponse(status=204))


@require_GET
def visit_picture(request: HttpRequest) -> HttpResponse:
    """The same for browsers without JavaScript, which fetch this picture. Where they came from stays unknown."""
    _take(request, request.GET.get("t", ""), "?")
    return _kept_by_nobody(HttpResponse(_PICTURE, content_type="image/gif"))


def _take(request: HttpRequest, token: str, came_from: str) -> None:
    mark = mark_of(token)
    office = Office.objects.for_request(request)
    if mark is None or office is None or office.pk != mark.office_id or is_bot(agent_of(request)):
        return
    # A part on another site may stand in a sandbox (WordPress puts unknown ones there), where it has no origin.
    in_sandbox = mark.kind is EventKind.EMBED and request.headers.get("Origin") == "null"
    if not in_sandbox and request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return  # another site's page reports in somebody's name
    if request.headers.get("Sec-Purpose", "").startswith("prefetch"):
        return
    record(request, mark.kind, office, page_id=mark.page_id, document_id=mark.document_id, referrer=came_from)


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
