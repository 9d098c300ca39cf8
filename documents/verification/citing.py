"""How the pages that show a document cite what is on them: number and date. The rooms above register what they know."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from home.models import SOPPage


@dataclass(frozen=True)
class Citation:
    """A number as people write it ("PKPU 22 Tahun 2023"), "" where there is none, and the date that belongs to it."""

    number: str = ""
    date: dt.date | None = None


Provider = Callable[[Collection[int]], dict[int, Citation]]
_providers: list[Provider] = []


def register_citations(provider: Provider) -> None:
    """Register `provider`, which returns the citations of those pages (ids) that it knows; in AppConfig.ready()."""
    if provider not in _providers:
        _providers.append(provider)


def citations(pages: Collection[int]) -> dict[int, Citation]:
    """Return what is known of these pages (ids), each in the order of the ids given."""
    found: dict[int, Citation] = {}
    for provider in _providers if pages else ():
        found.update(provider(pages))
    return {page: found[page] for page in pages if page in found}


def procedure_citations(pages: Collection[int]) -> dict[int, Citation]:
    """Number and year of procedures; the room below cannot import this one."""
    found = {}
    for page in SOPPage.objects.filter(pk__in=pages):
        year = f"/{page.tahun}" if page.tahun else ""
        found[page.pk] = Citation(f"SOP {page.nomor}{year}")
    return found
