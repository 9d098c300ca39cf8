"""The pages of following a search by e-mail.

Opening an address changes nothing, so a mail scanner that visits every link confirms and ends nothing; only a button,
or a mail program's own "unsubscribe", does. What the key of a link opens is shown to whoever has the link; the pages
name no address, are kept by nobody, and tell no other site where the reader came from.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from home.models import Office
from search.following import describe
from search.subscriptions import signup
from search.subscriptions.enums import Frequency
from search.subscriptions.forms import FrequencyForm, SubscribeForm
from search.subscriptions.mails import PARAM_KEY
from search.subscriptions.models import SavedSearch
from search.types import SearchQuery

TEMPLATES = "search/langganan"
ONCE_MORE = (
    "Peramban Anda tidak menyebutkan dari mana formulir ini dikirim. Isian Anda masih ada; kirim sekali lagi."
)

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Pages behind a key: kept nowhere, found by no search engine, no trace in the next site's log.

    The key itself shows that the request comes from the mailbox, so neither a cookie nor a CSRF token is needed: mail
    programs have none (RFC 8058).
    """

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        response = view(request)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(never_cache(answer))


@sensitive_post_parameters("surel")
@never_cache
@csrf_exempt  # asked below, where a refusal can keep what was typed
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form, alone on a page; a POST takes it in and leads to the same answer for every address."""
    office = Office.objects.for_request(request)
    if office is None or not signup.letters_can_be_sent():
        raise Http404
    params = request.POST if request.method == "POST" else request.GET
    query = SearchQuery.from_params(params, office=office)
    form = SubscribeForm(query, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not _is_from_our_form(request):
            form.add_error(None, ONCE_MORE)
        else:
            if not form.is_trapped:
                frequency = Frequency(form.cleaned_data["frekuensi"])
                signup.subscribe(office, query, form.cleaned_data["surel"], frequency)
            return redirect(f"{reverse('search:asked')}?{form.querystring}")
    return _page(request, "formulir", query=query, form=form, status=422 if form.errors else 200)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next. Says nothing of any address."""
    office = Office.objects.for_request(request)
    limits = settings.SAVED_SEARCH_LIMITS
    return _page(
        request,
        "diminta",
        query=SearchQuery.from_params(request.GET, office=office),
        days_to_confirm=limits["days_to_confirm"],
        letters_a_day=limits["letters_per_address_and_day"],
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """One subscription: to confirm it while it waits, afterwards to change how often letters come."""
    row = _row(request)
    if row is None:
        return _page(request, "tidak_ada", status=404)
    form = FrequencyForm(request.POST or None, initial={"frekuensi": row.frequency})
    if request.method == "POST":
        if row.confirmed_at is None:
            signup.confirm(row)
            return _back(request, "mulai")
        if form.is_valid():
            signup.change_frequency(row, Frequency(form.cleaned_data["frekuensi"]))
            return _back(request, "ubah")
    done = request.GET.get("selesai", "")
    return _page(request, "kelola", row=row, query=row.query, form=form, done=done)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest) -> HttpResponse:
    """Opened: a button. Posted, by that button or by a mail program: ended, and whatever the key, the same answer."""
    if request.method == "POST":
        signup.unsubscribe(_key(request))
        return _page(request, "berhenti")
    row = _row(request)
    if row is None:
        return _page(request, "tidak_ada", status=404)
    return _page(request, "hentikan", row=row, query=row.query)


def _is_from_our_form(request: HttpRequest) -> bool:
    """Whether a page of this site sent the form: by the browser's word, or by Django's CSRF token.

    The results page carries no token, since that would give everybody who searches a cookie. Browsers name the origin
    of a form; where one does not, the form's own page is shown again, with a token.
    """
    own = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    if request.headers.get("Origin") in own:
        return True
    return CsrfViewMiddleware(lambda request: HttpResponse()).process_view(request, None, (), {}) is None


def _key(request: HttpRequest) -> str:
    return request.GET.get(PARAM_KEY, "")[:100]


def _row(request: HttpRequest) -> SavedSearch | None:
    return SavedSearch.objects.with_key(_key(request))


def _back(request: HttpRequest, done: str) -> HttpResponse:
    parameters = urlencode({PARAM_KEY: _key(request), "selesai": done})
    return redirect(f"{reverse('search:manage')}?{parameters}")


def _page(request: HttpRequest, name: str, status: int = 200, **context) -> HttpResponse:
    query = context.get("query")
    context["crumbs"] = [("Pencarian", reverse("search:results")), ("Langganan surel", "")]
    if query is not None:
        context |= {
            "what": describe(query),
            "results_url": f"{reverse('search:results')}?{query.querystring()}",
        }
    context["key"] = _key(request)
    return render(request, f"{TEMPLATES}/{name}.html", context, status=status)
