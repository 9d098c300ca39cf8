"""How wide a search looks: this office, its province, or all KPU."""

from __future__ import annotations

from home.models import Office
from search.types import SearchQuery


def scope_offices(query: SearchQuery) -> list[int] | None:
    """Primary keys of the offices that are searched; None for all of them."""
    if query.office_id is None or query.scope == "semua":
        return None
    if query.scope == "kantor":
        return [query.office_id]
    office = Office.objects.filter(pk=query.office_id).first()
    if office is None:
        return []
    return list(Office.objects.in_province_of(office).values_list("pk", flat=True))
