"""Answers that whoever keeps them asks for anew with their fingerprint (ETag)."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

_KEPT = ("Content-Security-Policy", "Access-Control-Allow-Origin", "X-Robots-Tag")


def unless_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response with its ETag, or 304 to who has it.

    Browsers and caches put the headers of a 304 over those that they keep (RFC 9111, 3.2). So it must say of framing
    what the answer said: the site's own policy on it would turn a part that was kept into a broken frame.
    """
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    if answer is not response:
        for name in _KEPT:
            if name in response:
                answer[name] = response[name]
        answer.xframe_options_exempt = getattr(response, "xframe_options_exempt", False)
    return answer
