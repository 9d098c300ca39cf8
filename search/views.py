"""The public search page `/cari/`, and the suggestions below its box."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from common.agents import agent_of, is_bot
from home.models import Office
from search.completions import complete
from search.language.resembling import resembled_page
from search.query_log import log_query
from search.service import search
from search.signals import search_answered
from search.types import Completion, SearchQuery, SearchResults

#: Seconds that a cache may keep suggestions: so long a title may still be offered whose page was withdrawn.
SUGGESTIONS_AGE = 60
#: Bytes of the list of suggestions, whatever the titles: with the script (below 4.5 kB) less than 8 kB.
SUGGESTIONS_SIZE = 3_500


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Search and show; without anything asked, how to ask. Searches of the first page are counted, and the words of
    those that a person's browser asked for."""
    office = Office.objects.for_request(request)
    query = SearchQuery.from_params(request.GET, office=office)
    found = SearchResults(query=query) if query.is_empty else search(query)
    if query.text and not query.problem and query.page == 1 and request.method == "GET":
        if not is_bot(agent_of(request)):
            log_query(query.text, found.total, query.office_id, office.today() if office else None)
        search_answered.send(results, request=request, results=found)
    context = {
        "query": found.query,
        "results": found,
        "resembled": resembled_page(query),
        "show_office": query.scope != "kantor" or office is None,
        "crumbs": [("Pencarian", "")],
    }
    return render(request, "search/results.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the text in the search box may be the beginning of, as options of its list. Depends on the host alone."""
    query = SearchQuery.from_params(request.GET, office=Office.objects.for_request(request))
    response = HttpResponse(_options(complete(query), request.get_host()))
    response["Cache-Control"] = f"public, max-age={SUGGESTIONS_AGE}"
    response["X-Robots-Tag"] = "noindex"
    return response


def _options(found: list[Completion], host: str) -> str:
    """As many options, the best first, as the size allows. Addresses on this host are given without it."""
    shown, size = [], 0
    for completion in found:
        address = urlsplit(completion.url)
        url = urlunsplit(address._replace(scheme="", netloc="")) if address.netloc == host else completion.url
        item = {"completion": completion, "url": url}
        option = render_to_string("search/_suggestion.html", item)
        size += len(option.encode())
        if size > SUGGESTIONS_SIZE:
            break
        shown.append(option)
    return "".join(shown)
