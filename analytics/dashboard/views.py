"""The public pages below /statistik/."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.dashboard.answers import (
    document_table,
    file_response,
    page_table,
    part_of,
    picture_response,
    table_named,
)
from analytics.dashboard.asking import Asked, asked_by_public, form_of
from analytics.dashboard.one_file import summary
from analytics.dashboard.overview import overview
from analytics.dashboard.tables import Table

#: Seconds that a cache may keep an answer: so long a title may still be named whose page was withdrawn.
AGE = 60


def kept_shortly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For figures that are the same for everybody."""

    @wraps(view)
    def answer(request: HttpRequest, **kwargs) -> HttpResponse:
        response = view(request, **kwargs)
        response["Cache-Control"] = f"public, max-age={AGE}" if response.status_code == 200 else "no-cache"
        if response.get("Content-Type", "").startswith(("application/json", "text/csv", "image/")):
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return require_safe(answer)


@kept_shortly
def public(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    asked = asked_by_public(request)
    context = {"page_data": overview(asked), "crumbs": [("Statistik", "")]}
    return _page(request, "overview", asked, context)


@kept_shortly
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table, page by page, or as a file."""
    asked = asked_by_public(request)
    return _table(request, table_named(name, asked, request.GET))


@kept_shortly
def document(request: HttpRequest, document_id: int) -> HttpResponse:
    """One file's downloads."""
    found = document_table(document_id, asked_by_public(request))
    return _table(request, found, "document", **summary(found))


@kept_shortly
def page(request: HttpRequest, page_id: int) -> HttpResponse:
    """One page's views."""
    return _table(request, page_table(page_id, asked_by_public(request)))


@kept_shortly
def picture(request: HttpRequest, name: str, extension: str) -> HttpResponse:
    """A chart as a picture."""
    return picture_response(name, extension, asked_by_public(request), request.GET)


def _table(request: HttpRequest, found: Table, template: str = "table", **more) -> HttpResponse:
    if response := file_response(request, found):
        return response
    crumbs = [("Statistik", found.asked.url()), (found.title, "")]
    context = {"table": found, "part": part_of(found, request.GET), "crumbs": crumbs, **more}
    response = _page(request, template, found.asked, context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _page(request: HttpRequest, template: str, asked: Asked, context: dict) -> HttpResponse:
    form = form_of(asked, request.GET)
    return render(request, f"analytics/{template}.html", {"asked": asked, "form": form, **context})
