"""The public pages that show documents now, with their offices."""

from collections.abc import Collection
from dataclasses import dataclass

from wagtail.models import Page

from common.visibility import public
from documents.verification import uses
from home.models import Office


@dataclass(frozen=True)
class Place:
    """A public page that shows a document: what it is called, where it is, whose it is."""

    page_id: int
    title: str
    url: str
    office: str
    office_code: str


class Places:
    """Where some documents (ids of public ones; the caller has asked) are shown, those of one office first."""

    def __init__(self, documents: Collection[int], first: Office | None = None):
        self._candidates = uses.pages_of(documents)
        ids = {page for pages in self._candidates.values() for page in pages}
        self._pages = {page.pk: page for page in public(Page.objects.filter(pk__in=ids))} if ids else {}
        self._office_of = Office.objects.finder()
        self._first = first.kode_wilayah if first else ""

    def of(self, document: int) -> list[Place]:
        """Return the public pages that show the document."""
        pages = [self._pages[pk] for pk in sorted(self._candidates.get(document, ())) if pk in self._pages]
        places = [self._place(page) for page in pages]
        return sorted(
            places, key=lambda place: (place.office_code != self._first, place.office_code, place.page_id)
        )

    def _place(self, page: Page) -> Place:
        office = self._office_of(page)
        name, code = (office.name, office.kode_wilayah) if office else ("", "")
        return Place(page.pk, page.title, page.full_url or "", name, code)
