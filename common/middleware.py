"""Middleware that belongs to no room."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .views_health import healthz, readyz

HEALTH_VIEWS = {"/healthz": healthz, "/readyz": readyz}


class HealthMiddleware:
    """Answers the health addresses before anything else looks at the request.

    Probes come from the machine itself or from a cluster, by an IP address that no ALLOWED_HOSTS lists and without
    https; the host check and the redirect to https would turn them away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = HEALTH_VIEWS.get(request.path_info.rstrip("/"))
        if view is None or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        return view(request)
