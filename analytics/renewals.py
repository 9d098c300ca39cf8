"""Whether public information is renewed as often as its period of renewal says, as of today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from analytics.figures import Scope
from catalogue.enums import UpdatePeriod
from catalogue.models import DIPEntryPage
from common.visibility import public
from home.models import Office
from home.scope import within


@dataclass(frozen=True)
class Compliance:
    """Entries of one period of renewal. Undated ones have no date from which the period could run."""

    period: str
    on_time: int = 0
    late: int = 0
    undated: int = 0

    @property
    def label(self) -> str:
        """The period in words."""
        return UpdatePeriod(self.period).label if self.period in UpdatePeriod.values else self.period

    @property
    def count(self) -> int:
        """All entries."""
        return self.on_time + self.late + self.undated

    @property
    def share(self) -> float | None:
        """Entries in time among those with a date, None without any."""
        dated = self.on_time + self.late
        return self.on_time / dated if dated else None


def entries(scope: Scope) -> QuerySet:
    """Public entries of the DIP that have a period of renewal."""
    found = public(DIPEntryPage.objects.all()).exclude(periode_pembaruan="")
    if scope.office_ids is not None:
        offices = Office.objects.filter(pk__in=scope.office_ids).select_related("site__root_page")
        found = found.filter(within(offices))
    return found


def compliance(scope: Scope, today: dt.date) -> list[Compliance]:
    """How many are in time, by period, in the order of the periods."""
    rows = (
        entries(scope)
        .order_by()
        .values("periode_pembaruan")
        .annotate(
            on_time=Count("pk", filter=Q(jatuh_tempo_pembaruan__gte=today)),
            late=Count("pk", filter=Q(jatuh_tempo_pembaruan__lt=today)),
            undated=Count("pk", filter=Q(jatuh_tempo_pembaruan=None)),
        )
    )
    found = {row.pop("periode_pembaruan"): row for row in rows}
    return [Compliance(period, **found[period]) for period in UpdatePeriod.values if period in found]


def together(parts: list[Compliance]) -> Compliance:
    """All periods as one."""
    return Compliance(
        "semua",
        sum(part.on_time for part in parts),
        sum(part.late for part in parts),
        sum(part.undated for part in parts),
    )
