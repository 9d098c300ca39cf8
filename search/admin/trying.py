"""Trying the search as a visitor, and asking why a page is here or is not."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.views.generic.base import ContextMixin, View
from wagtail.models import Page

from common.visibility import is_public
from home.models import Office
from home.scope import choosable_pages, may_see_page, offices_of
from search.admin.access import SearchAdminMixin, kept_offices
from search.indexing import indexed_models
from search.service import explain, search
from search.types import MAX_ID, PARAM_EXACT, PARAM_SCOPE, PARAM_TEXT, SCOPES, SearchQuery

HITS = 10
PARAM_SITE, PARAM_PAGE_ID, PARAM_ADDRESS = "situs", "jelaskan", "alamat"
_EDIT_ADDRESS = re.compile(r"/pages/(\d+)/")


def page_at(user, address: str, office: Office | None) -> Page | None:
    """The page that somebody means by an address: of the public site (with or without host), of the editor, or an id.

    None when there is no such page, or none that this person may know of: another office's unpublished pages do not
    exist for them.
    """
    page = _page_at(address.strip(), office)
    return page if page and page.depth > 1 and (may_see_page(user, page) or is_public(page)) else None


def _page_at(address: str, office: Office | None) -> Page | None:
    try:
        parts = urlsplit(address if "//" in address or address.startswith("/") else f"//{address}")
        host = parts.hostname or ""
    except ValueError:
        return None
    edited = _EDIT_ADDRESS.search(parts.path)
    digits = address if address.isdecimal() else edited.group(1) if edited else ""
    if digits:
        return Page.objects.filter(pk=int(digits)).first() if int(digits) <= MAX_ID else None
    offices = Office.objects.select_related("site__root_page")
    holder = next((found for found in offices if found.site.hostname == host), office)
    if holder is None or "\0" in parts.path:
        return None
    path = f"{holder.home_page.url_path}{parts.path.strip('/')}".rstrip("/") + "/"
    return Page.objects.filter(url_path=path).first()


class TryView(SearchAdminMixin, ContextMixin, View):
    """The search box for editors: the first hits as a visitor sees them, each with its reasons."""

    page_title = "Uji pencarian"
    template_name = "search/admin/try.html"
    tab = "try"

    def get(self, request):
        """Show the box, and the answer to what it holds."""
        return self.render_to_response(self.get_context_data(**self._answer()))

    def _answer(self) -> dict:
        params = self.request.GET
        offices = offices_of(self.request.user)
        office = next((o for o in offices if o.kode_wilayah == params.get(PARAM_SITE)), None)
        office = office or (offices[0] if offices else None)
        asked = {name: params.get(name, "") for name in (PARAM_TEXT, PARAM_SCOPE, PARAM_EXACT)}
        query = replace(SearchQuery.from_params(asked, office=office), size=HITS)
        results = None if query.is_empty else search(query)
        address = params.get(PARAM_ADDRESS, "")[:500]
        page, problem = self._asked_page(params, address, office)
        explained = explain(query, page.pk) if page and results else None
        known = {hit.page_id for hit in results.hits} if results else set()
        return {
            "query": query,
            "results": results,
            "offices": offices,
            "office": office,
            "scopes": SCOPES,
            "address": address,
            "problem": problem,
            "explained": explained,
            "explained_page": page,
            "is_among_hits": bool(page and page.pk in known),
            "pinnable": self._pinnable([*known, *([page.pk] if page else [])]),
            "pin_url": self._pin_url(query, office),
            "base": self._base(query, office),
        }

    def _asked_page(self, params, address: str, office) -> tuple[Page | None, str]:
        number = params.get(PARAM_PAGE_ID, "")
        if not number and not address:
            return None, ""
        page = page_at(self.request.user, number or address, office)
        if page is None:
            return None, (
                "Halaman dengan alamat itu tidak ditemukan. Salin alamatnya dari peramban, misalnya "
                "/regulasi/pkpu-22-2023/."
            )
        return page, ""

    def _pinnable(self, ids: list[int]) -> set[int]:
        """Those of the pages that this person may pin."""
        if not self.request.user.has_perm("search.add_pinnedresult"):
            return set()
        kinds = ContentType.objects.get_for_models(*indexed_models()).values()
        pages = choosable_pages(self.request.user, Page.objects.filter(pk__in=ids, content_type__in=kinds))
        return set(pages.order_by().values_list("pk", flat=True))

    def _pin_url(self, query: SearchQuery, office) -> str:
        kept = kept_offices(self.request.user)
        if not query.text or not kept:
            return ""
        code = (office if office in kept else kept[0]).kode_wilayah
        return f"{reverse('search_pinnedresult_modeladmin_create')}?{urlencode({'kata': query.text, 'kantor': code})}"

    def _base(self, query: SearchQuery, office) -> str:
        pairs = {
            PARAM_TEXT: query.text,
            PARAM_SITE: office.kode_wilayah if office else "",
            PARAM_SCOPE: query.scope,
        }
        return urlencode(pairs | ({PARAM_EXACT: "1"} if query.exact else {}))
