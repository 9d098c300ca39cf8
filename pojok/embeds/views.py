"""Parts in a frame on any site, the same as JSON, and the stylesheet of their colour.

Only these may be framed by others. They set no cookie and ask for none: what they answer depends on the address alone.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from analytics.charts import Chart, Series, svg
from analytics.enums import EventKind
from analytics.tokens import Mark, token_of
from home.models import Office
from pojok import parts
from pojok.answers import unless_unchanged
from pojok.embeds import options
from pojok.embeds.content import LONG, NOT_THERE_TEXT, Content, content_of, not_there
from pojok.embeds.oembed import address_for
from pojok.embeds.options import TARGETS, Embed, read
from pojok.embeds.themes import stylesheet, stylesheet_path
from pojok.parts import absolute

FOR_EVER = 31_536_000  # seconds: a year, the longest that caches promise
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors *"
)
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
UNCOUNTED = "hitung"
"""With `hitung=0` a part is shown without being counted: while somebody turns its pages, and on the builder page."""


@require_safe
def part(request: HttpRequest, name: str) -> HttpResponse:
    """One of the parts that need nothing but their name."""
    return _answer(request, name if name not in options.WITH_TARGET else "")


@require_safe
def document(request: HttpRequest, number: str) -> HttpResponse:
    """One document with a page of its text."""
    return _answer(request, options.DOCUMENT, number)


@require_safe
def chart(request: HttpRequest, name: str) -> HttpResponse:
    """One chart with the numbers that it draws."""
    return _answer(request, options.CHART, name)


@require_safe
def colour(request: HttpRequest, colour: str) -> HttpResponse:
    """The stylesheet of a colour. Whatever the colour, it can be read."""
    response = HttpResponse(stylesheet(colour), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The drawing of a chart, of the same numbers as stand beside it; `lebar=sempit` for a narrow frame."""
    office = Office.objects.for_request(request)
    try:
        found = parts.chart(office, name) if office else None
    except parts.UnknownChart:
        found = None
    if found is None:
        return HttpResponse(NOT_THERE_TEXT, status=404, content_type="text/plain; charset=utf-8")
    drawn = Chart(
        found.title,
        tuple(month.partition(" ")[0] for month, _, _ in found.rows),
        (Series(found.unit, tuple(value for _, value, _ in found.rows)),),
    )
    content = svg(drawn, is_narrow=request.GET.get("lebar") == "sempit")
    response = HttpResponse(content, content_type="image/svg+xml")
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Cache-Control"] = f"public, max-age={LONG}"
    response["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, name: str, target: str = "") -> HttpResponse:
    embed, notes = read(name, target, request.GET)
    office = Office.objects.for_request(request)
    content = content_of(embed, office) if office else not_there(embed)
    content.notes[:0] = notes
    wanted = request.GET.get("format", "")
    if wanted not in ("", "html", "json"):
        content.notes.append("“format” hanya html atau json; dipakai html.")
    response = _json(request, content, office) if wanted == "json" else _framed(request, content, office)
    response["Cache-Control"] = f"public, max-age={content.max_age}"
    response["X-Robots-Tag"] = "noindex"
    return unless_unchanged(request, response)


def _json(request: HttpRequest, content: Content, office: Office | None) -> HttpResponse:
    """The same as the frame shows, for programs on any site."""
    data = {**content.data, "sumber": office.name if office else "", "catatan": content.notes}
    if content.status != 404:
        data |= {"sematan_url": content.embed.path(), "parameter": content.embed.options}
    response = JsonResponse(
        absolute(data, request), status=content.status, json_dumps_params={"ensure_ascii": False}
    )
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _framed(request: HttpRequest, content: Content, office: Office | None) -> HttpResponse:
    embed = content.embed
    token = ""
    if office and content.status == 200 and request.GET.get(UNCOUNTED) != "0":
        # Read by `analytics.middleware`: programs report nothing themselves.
        request.shown = Mark(EventKind.EMBED, office.pk, document_id=content.document_id)
        token = token_of(request.shown)
    html = render_to_string(
        f"pojok/embed/{content.template}.html",
        {
            "content": content,
            "embed": embed,
            "office": office,
            "token": token,
            "oembed": address_for(request, embed.path()) if content.status == 200 else "",
            "theme_path": stylesheet_path(embed.warna),
            "target": TARGETS[embed.buka],
            **_turning(embed, content),
            **content.context,
        },
    )
    response = HttpResponse(html, status=content.status)
    response["Content-Security-Policy"] = POLICY
    response.xframe_options_exempt = True
    return response


def _turning(embed: Embed, content: Content) -> dict:
    """Addresses of the pages before and after, and what the form for a page number takes along."""
    reader = content.context.get("reader")
    if reader is None:
        return {}
    kept = {name: value for name, value in embed.params().items() if name != "halaman"}

    def at(number: int | None) -> str:
        return embed.at_page(number).path(**{UNCOUNTED: 0}) if number else ""

    return {
        "previous_path": at(reader.previous),
        "following_path": at(reader.following),
        "kept_params": [*kept.items(), (UNCOUNTED, "0")],
    }
