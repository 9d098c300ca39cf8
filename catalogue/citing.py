"""Numbers and dates of entries, for the labels that are pasted on printed copies (`documents.verification.citing`)."""

from collections.abc import Collection

from catalogue.models import DIPEntryPage, RegulationPage
from documents.verification.citing import Citation


def entry_citations(pages: Collection[int]) -> dict[int, Citation]:
    """Return the citations of the regulations and DIP entries among these pages (ids)."""
    found = {}
    for regulation in RegulationPage.objects.filter(pk__in=pages):
        found[regulation.pk] = Citation(regulation.citation, regulation.tanggal_penetapan)
    for entry in DIPEntryPage.objects.filter(pk__in=pages):
        found[entry.pk] = Citation(f"DIP {entry.nomor}", entry.tanggal_informasi)
    return found
