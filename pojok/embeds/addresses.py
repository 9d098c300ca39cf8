"""Which part shows what an address of the site shows: asked by oEmbed, and by pages that say they can be embedded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from wagtail.models import Page, Site

from catalogue.enums import CLASS_SLUGS
from catalogue.models import CataloguePage, DIPIndexPage, RegulationIndexPage
from common.visibility import public
from documents import access
from home.models import HomePage, Office, SOPPage
from pojok.embeds import options
from pojok.embeds.options import Embed, read
from pojok.parts.publications import REGULATIONS

_PAGE_IN_FRAGMENT = re.compile("(?:halaman-|page=)([1-9][0-9]{0,5})")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_VIEWS = ("documents:about", "documents:text", "search:results", "analytics:public")
"""Addresses beside the page tree whose pages say that they can be embedded."""
_PART_VIEWS = {"embed-part": "name", "embed-document": "number", "embed-chart": "name"}


@dataclass(frozen=True)
class Found:
    """A part, and whose it is. `origin` is scheme and host at which it is framed."""

    embed: Embed
    office: Office
    origin: str


def found_at(address: str, request: HttpRequest) -> Found | None:
    """The part for an address on one of this installation's sites; None for any other, and for what has none.

    Whether its content is public is asked by whoever shows it.
    """
    if "\0" in address:  # nor could PostgreSQL be asked for it
        return None
    try:
        parts = urlsplit(address)
        office = _office_of(parts, request)
    except ValueError:  # no address at all, or a port that is no number
        return None
    if office is None:
        return None
    embed = _embed_at(parts, office)
    # A frame of plain HTTP on a page of HTTPS is refused by browsers, and who is asked over HTTPS answers there.
    scheme = "https" if request.is_secure() else parts.scheme
    return Found(embed, office, f"{scheme}://{parts.netloc}") if embed else None


def _office_of(parts: SplitResult, request: HttpRequest) -> Office | None:
    """The office on whose host an address is. A host that nobody set up belongs to none, whatever answers there."""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    if parts.netloc.lower() == request.get_host().lower():
        return Office.objects.for_request(request)
    port = parts.port or _DEFAULT_PORTS[parts.scheme]
    sites = Site.objects.filter(hostname__iexact=parts.hostname)
    site = sites.filter(port=port).first() or (sites.first() if parts.port is None else None)
    return Office.objects.for_site(site)


def _embed_at(parts: SplitResult, office: Office) -> Embed | None:
    path = unquote(parts.path) or "/"
    match = _resolved(path) or _resolved(f"{path}/")  # as somebody types it
    if match is None:
        return None
    query = QueryDict(parts.query[:2000])
    if match.namespace == "pojok" and match.url_name in _PART_VIEWS:
        given = match.kwargs[_PART_VIEWS[match.url_name]]
        name = {"embed-document": options.DOCUMENT, "embed-chart": options.CHART}.get(match.url_name, given)
        if name not in options.PARTS or (name == given and name in options.WITH_TARGET):
            return None
        return read(name, given if name != given else "", query)[0]
    if embed := _of_view(match.view_name, match.kwargs, parts.fragment, query):
        return embed
    return _of_path(path, office) if match.view_name == "wagtail_serve" else None


def _resolved(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _of_view(name: str, given: dict, fragment: str, query: QueryDict) -> Embed | None:
    """The part for an address that is no page of the tree."""
    if name.startswith("documents:") and "document_id" in given:
        asked = _PAGE_IN_FRAGMENT.search(fragment)
        number = asked.group(1) if asked else query.get("halaman", "")
        page = QueryDict(mutable=True)
        page["halaman"] = number if number.isascii() and number.isdigit() else ""
        return read(options.DOCUMENT, str(given["document_id"]), page)[0]
    if name == "search:results":
        return Embed(options.SEARCH)
    if name == "analytics:public":
        return Embed(options.FIGURES)
    return None


def _of_path(path: str, office: Office) -> Embed | None:
    """The part for the page at a path of an office's site."""
    if "\0" in path:
        return None
    home = office.home_page
    url_path = home.url_path + path.lstrip("/")
    slug = path.rstrip("/").rpartition("/")[2]
    above = url_path.rstrip("/").rpartition("/")[0] + "/"
    candidates = {
        page.url_path: page
        for page in public(Page.objects.filter(url_path__in=[url_path.rstrip("/") + "/", above])).specific()
    }
    if page := candidates.get(url_path.rstrip("/") + "/"):
        return of_page(page)
    if isinstance(candidates.get(above), DIPIndexPage) and slug in CLASS_SLUGS.values():
        return of_page(candidates[above], slug)
    return None


def of_page(page: Page, slug: str = "") -> Embed | None:
    """The part for a page (of its own class) that the public sees; `slug` is that of a class below the DIP."""
    if isinstance(page, HomePage):
        return Embed(options.LATEST)
    if isinstance(page, RegulationIndexPage):
        return Embed(options.LATEST, kelas=REGULATIONS)
    if isinstance(page, DIPIndexPage):
        kelas = next((code.value for code, known in CLASS_SLUGS.items() if known == slug), "")
        return Embed(options.LATEST, kelas=kelas)
    if isinstance(page, SOPPage):
        documents = [page.document_id] if page.document_id else []
    elif isinstance(page, CataloguePage):
        documents = [attached.document_id for attached in page.attached_files]
    else:
        return None
    shown = access.in_public_use_among(documents) if documents else set()
    first = next((number for number in documents if number in shown), None)
    return Embed(options.DOCUMENT, str(first)) if first else None


def can_be_embedded(page: Page | None, request: HttpRequest) -> bool:
    """Whether there is a part for what `request` shows (`page`, or a view where that is None). Asks the database for
    nothing but the files of an entry, which its page shows anyway."""
    if getattr(request, "is_preview", False):
        return False
    if page is None:
        return bool(request.resolver_match) and request.resolver_match.view_name in _VIEWS
    if isinstance(page, CataloguePage):
        return page.files_are_public and bool(page.openable_files)
    if isinstance(page, SOPPage):
        return bool(page.document_id)
    return isinstance(page, HomePage | RegulationIndexPage | DIPIndexPage)
