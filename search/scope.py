"""How wide a search looks: this office, its province, or all KPU."""

from __future__ import annotations

from django.db.models import Q

from home.enums import OfficeLevel
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
    province = office.pk if office.level == OfficeLevel.PROVINCE else office.parent_id or office.pk
    return list(Office.objects.filter(Q(pk=province) | Q(parent_id=province)).values_list("pk", flat=True))
