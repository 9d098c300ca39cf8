"""How every address of the API speaks HTTP: open to every origin, read only, cacheable, and asked conditionally.

The ETag is the fingerprint of the answer itself. There is no shortcut by date: a regulation's status changes when
another one revokes it, when that one is unpublished, or at midnight, and none of these touches its own row. So an
`If-None-Match` is answered exactly, and `If-Modified-Since` is not relied on.
"""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from api.problems import READ_ONLY, problem_response

READING_METHODS = ("GET", "HEAD", "OPTIONS")
MAX_AGE = 60  # seconds a cache may keep an answer: so long a withdrawn page may still be read from one
_ALLOW = ", ".join(READING_METHODS)


def open_data(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a view that answers GET with public data: adds HEAD, OPTIONS, CORS, caching and conditional requests."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = _ALLOW
            response["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method not in READING_METHODS:
            response = problem_response(request, 405, READ_ONLY)
        else:
            response = _read(view, request, args, kwargs)
        if request.method not in ("GET", "HEAD"):
            response["Allow"] = _ALLOW
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    wrapped.csrf_exempt = True  # nothing is written, and a POST deserves "read only", not "no token"
    return wrapped


def _read(view: Callable[..., HttpResponse], request: HttpRequest, args, kwargs) -> HttpResponse:
    method, request.method = request.method, "GET"  # a HEAD is a GET whose body the server leaves out
    try:
        response = view(request, *args, **kwargs)
    finally:
        request.method = method
    if response.status_code != 200:
        return response
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
