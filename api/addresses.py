"""Where things are: a page's HTML address and its JSON twin, always absolute."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Page

from api.parameters import (
    DIPParameters,
    Listed,
    LogParameters,
    OnDate,
    Paged,
    Parameters,
    RegulationParameters,
    SearchParameters,
    Yearly,
)
from catalogue import models as catalogue
from catalogue.enums import CLASS_SLUGS
from common.addresses import path_named
from home import models as home

SEARCH_PAGE = "/cari/"

#: The address (name in `api.urls`) that tells the same as a page; True: one page of many, by its id.
_TWINS: dict[type[Page], tuple[str, bool]] = {
    home.HomePage: ("home", False),
    home.ProfileIndexPage: ("pages", False),
    home.ProfilePage: ("page", True),
    home.StructurePage: ("page", True),
    home.StandardPage: ("page", True),
    home.SOPIndexPage: ("sops", False),
    home.SOPPage: ("sop", True),
    home.FAQPage: ("faq", False),
    home.AnnouncementIndexPage: ("announcements", False),
    home.AnnouncementPage: ("announcement", True),
    home.GlossaryPage: ("glossary", False),
    catalogue.RegulationIndexPage: ("regulations", False),
    catalogue.RegulationPage: ("regulation", True),
    catalogue.DIPIndexPage: ("dip", False),
    catalogue.DIPEntryPage: ("dip-entry", True),
    catalogue.ExemptedIndexPage: ("exempted", False),
    catalogue.ExemptedInformationPage: ("exempted-entry", True),
    catalogue.ReportIndexPage: ("reports", False),
    catalogue.ServiceReportPage: ("report", True),
    catalogue.DatasetIndexPage: ("datasets", False),
    catalogue.OpenDatasetPage: ("dataset", True),
}
#: What the addresses understand behind the question mark; the same names as on the page.
_PARAMETERS: dict[str, type[Parameters]] = {
    "regulations": RegulationParameters,
    "regulation": OnDate,
    "dip": DIPParameters,
    "exempted": Paged,
    "reports": Yearly,
    "datasets": Listed,
}
#: Addresses of single entries by the kind that search names.
_BY_KIND = {
    "regulasi": "regulation",
    "informasi-publik": "dip-entry",
    "dikecualikan": "exempted-entry",
    "laporan": "report",
    "data-terbuka": "dataset",
    "sop": "sop",
    "pengumuman": "announcement",
}


def api_path(page: Page) -> str:
    """Return the path of a page's JSON, or "" for a page that has none. `page` is of its own class."""
    name, is_single = _TWINS.get(type(page), ("", False))
    if not name or page.pk is None:  # a preview of a page that was never saved has no id yet
        return ""
    return reverse(f"api:{name}", args=[page.pk] if is_single else [])


class Addresses:
    """Absolute addresses as the asking client reaches them."""

    def __init__(self, request: HttpRequest):
        self._request = request
        self._origin = f"{request.scheme}://{request.get_host()}"

    def absolute(self, path: str | None) -> str:
        """Return `path` with scheme and host; an address that has them already stays."""
        path = path or ""
        return path if urlsplit(path).scheme else f"{self._origin}{path}"

    def page(self, page: Page) -> str:
        """Return a page's HTML address, on its own office's site."""
        return self.absolute(page.get_url(self._request))

    def api(self, page: Page) -> str:
        """Return the address of a page's JSON, on its own office's site."""
        parts = urlsplit(self.page(page))
        return f"{parts.scheme}://{parts.netloc}{api_path(page)}"

    def named(self, name: str, *args) -> str:
        """Return the address called `name` in `api.urls`, on this site."""
        return self.absolute(path_named(f"api:{name}", *args))

    def of_kind(self, kategori: str, pk: int, page_url: str) -> str | None:
        """Return the JSON address of an entry that search found, on the site of `page_url`; None if it has none."""
        if kategori not in _BY_KIND:
            return None
        parts = urlsplit(self.absolute(page_url))
        return f"{parts.scheme}://{parts.netloc}{path_named(f'api:{_BY_KIND[kategori]}', pk)}"


def twin(page: Page | None, request: HttpRequest) -> str:
    """Return the JSON address of the page (or of the search) that `request` shows as HTML, "" if it has none.

    Registered with `home.registry` for the `<link rel="alternate">` of every page.
    """
    if page is not None:
        name = _TWINS.get(type(page), ("", False))[0]
        path, asked = api_path(page), _PARAMETERS.get(name, Parameters)
    elif request.path == SEARCH_PAGE:
        path, asked = reverse("api:search"), SearchParameters
    elif (match := request.resolver_match) and match.view_name == "verification:answer":
        path, asked = reverse("api:verification", args=[match.kwargs["fingerprint"]]), Parameters
    elif match and match.view_name == "verification:log":
        path, asked = reverse("api:publication-log"), LogParameters
    else:
        return ""
    query = request.GET.copy()
    for unknown in [name for name in query if name not in asked.model_fields]:
        del query[unknown]
    if isinstance(page, catalogue.DIPIndexPage):
        # The page of one class ("/dip/berkala/") is the list filtered by that class.
        slug = request.path.rstrip("/").rpartition("/")[2]
        for code in (code for code, known in CLASS_SLUGS.items() if known == slug):
            query["klasifikasi"] = code
    return path + (f"?{query.urlencode()}" if path and query else "")
