"""What every presenter needs: the office, the addresses, and which files may be named."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from api.addresses import Addresses
from api.schemas.common import Choice, PageLink, Unit
from api.scope import office_of


class View:
    """One request's view of its office."""

    def __init__(self, request: HttpRequest):
        self.request = request
        self.office = office_of(request)

    @cached_property
    def addresses(self) -> Addresses:
        """Absolute addresses for this client."""
        return Addresses(self.request)

    def entry(self, page: Page, kategori: str) -> dict[str, Any]:
        """Return the fields of `schemas.common.Entry`."""
        return {
            "id": page.pk,
            "kategori": kategori,
            "judul": page.title,
            "url": self.addresses.page(page),
            "api_url": self.addresses.api(page),
            "diperbarui": page.last_updated,
        }

    def link(self, page: Page | None) -> PageLink | None:
        """Return a named page; the caller has asked whether it is public."""
        if page is None:
            return None
        return PageLink(
            id=page.pk, judul=page.title, url=self.addresses.page(page), api_url=self.addresses.api(page)
        )


def label(instance, name: str) -> Choice | None:
    """Return the value of a choice field with its label; None when it is empty."""
    code = getattr(instance, name)
    return Choice(kode=code, label=str(getattr(instance, f"get_{name}_display")())) if code else None


def choice_of(choices, code: str) -> Choice:
    """Return a member of a Django choices class as code and label."""
    return Choice(kode=code, label=str(choices(code).label))


def unit(page) -> Unit | None:
    """Return the unit that holds an entry."""
    return Unit(id=page.unit_kerja.pk, nama=page.unit_kerja.name) if page.unit_kerja else None


def html(value: str) -> str:
    """Return rich text as HTML."""
    return expand_db_html(value) if value else ""
