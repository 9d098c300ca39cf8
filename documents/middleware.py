"""What people see while the file store cannot be used: a page that says so, never an error."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from documents.storage import StoreAway

logger = logging.getLogger(__name__)
RETRY_SECONDS = 30


class StoreAwayMiddleware:
    """Answers 503 with a sentence and a hint when to try again, for whatever needed the file store and has no better
    answer of its own. Pages need no store and go on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn StoreAway into a page."""
        if not isinstance(exception, StoreAway):
            return None
        logger.error("The file store cannot be used (%s %s): %s", request.method, request.path, exception)
        return store_away(request)


def store_away(request: HttpRequest) -> HttpResponse:
    """Return the page that says that files cannot be had at the moment."""
    response = render(request, "503.html", {"was_sent": request.method == "POST"}, status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response
