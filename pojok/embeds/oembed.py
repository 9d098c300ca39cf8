"""oEmbed 1.0 (oembed.com): a program of another site has an address of ours and asks what to show in its place."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from pojok.embeds.addresses import can_be_embedded, found_at
from pojok.embeds.content import content_of
from pojok.embeds.snippets import DEFAULT_WIDTH, frame, height_of

CACHE_AGE = (
    86_400  # seconds for which the other site may keep the frame's HTML; its content is asked for anew
)
MAX_URL = 2000
NO_URL = "Sebutkan alamat halaman kami pada parameter url."
NO_FORMAT = "Format yang kami layani: json dan xml."
NOTHING = "Alamat itu bukan halaman kami yang dapat disematkan, atau tidak (lagi) terbuka untuk umum."
_NUMBER = re.compile("[1-9][0-9]{0,5}")
#: What XML 1.0 cannot hold in any form.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The frame for `url`, no larger than `maxwidth` and `maxheight` (px), as `format` json or xml."""
    wanted = request.GET.get("format", "json").lower()
    if wanted not in ("json", "xml"):
        return _refusal(501, NO_FORMAT)
    address = request.GET.get("url", "").strip()
    if not address:
        return _refusal(400, NO_URL)
    data = _describe(address, request) if len(address) <= MAX_URL else None
    if data is None:
        return _refusal(404, NOTHING)
    response = JsonResponse(data) if wanted == "json" else _xml(data)
    response["Cache-Control"] = "public, max-age=300"
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def _describe(address: str, request: HttpRequest) -> dict[str, Any] | None:
    found = found_at(address, request)
    content = content_of(found.embed, found.office) if found else None
    if content is None or content.status == 404:
        return None
    # What is withdrawn keeps its frame: it says so, where an error would leave a hole in somebody's page.
    width = min(DEFAULT_WIDTH, _bound(request, "maxwidth"))
    height = min(height_of(content.embed), _bound(request, "maxheight"))
    return {
        "version": "1.0",
        "type": "rich",
        "title": content.title,
        "author_name": found.office.name,
        "author_url": f"{found.origin}/",
        "provider_name": f"e-PPID {found.office.name}",
        "provider_url": f"{found.origin}/",
        "cache_age": CACHE_AGE,
        "width": width,
        "height": height,
        "html": str(frame(f"{found.origin}{content.embed.path()}", content.title, height, width)),
    }


def _bound(request: HttpRequest, name: str) -> float:
    """The largest size that the other site has room for; whatever is no number is no bound."""
    typed = request.GET.get(name, "").strip()
    return int(typed) if _NUMBER.fullmatch(typed) else float("inf")


def _xml(data: dict[str, Any]) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in data.items():
        ElementTree.SubElement(root, name).text = _NOT_XML.sub("", str(value))
    content = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(content, content_type="text/xml; charset=utf-8")


def _refusal(status: int, sentence: str) -> HttpResponse:
    response = HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response


def address_for(request: HttpRequest, path: str) -> str:
    """The address that tells how to embed what stands at `path` on this host."""
    url = quote(request.build_absolute_uri(path), safe="")
    return request.build_absolute_uri(f"{reverse('oembed')}?format=json&url={url}")


def discovery(page: Page | None, request: HttpRequest) -> str:
    """The oEmbed address of what `request` shows as HTML, "" where it cannot be embedded.

    Registered with `home.registry` for the `<link rel="alternate">` of every page. What is not public is answered as
    "not found" at that address.
    """
    if not can_be_embedded(page, request):
        return ""
    return address_for(request, request.path)
