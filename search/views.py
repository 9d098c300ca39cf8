"""The public search page `/cari/`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from home.models import Office
from search.query_log import log_query
from search.service import search
from search.types import SearchQuery, SearchResults


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search and show; without anything asked, how to ask. Searches of the first page are counted."""
    office = Office.objects.for_request(request)
    query = SearchQuery.from_params(request.GET, office=office)
    found = SearchResults(query=query) if query.is_empty else search(query)
    if query.text and not query.problem and query.page == 1 and request.method == "GET":
        log_query(query.text, found.total, query.office_id)
    context = {
        "query": found.query,
        "results": found,
        "show_office": query.scope != "kantor" or office is None,
        "crumbs": [("Pencarian", "")],
    }
    return render(request, "search/results.html", context)
