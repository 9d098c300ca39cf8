"""Where views and downloads came from, with what device, at what hour."""

from __future__ import annotations

from django.db.models import QuerySet, Sum

from analytics.enums import Device, Dimension, EventKind, Referrer
from analytics.figures import Scope
from analytics.models import SourceDay
from analytics.periods import Period

KINDS = (EventKind.VIEW, EventKind.DOWNLOAD)
LABELS: dict[Dimension, dict[str, str]] = {
    Dimension.REFERRER: dict(Referrer.choices),
    Dimension.DEVICE: dict(Device.choices),
    Dimension.HOUR: {f"{hour:02d}": f"{hour:02d}.00" for hour in range(24)},
}


def rows(scope: Scope, period: Period) -> QuerySet:
    """The rows that are summed."""
    return scope.limit(SourceDay.objects.filter(day__gte=period.first, day__lte=period.last)).order_by()


def sums(scope: Scope, period: Period) -> dict[Dimension, dict[str, dict[EventKind, int]]]:
    """Counts by dimension, value and kind; every known value is there. One query."""
    found = {
        dimension: {value: dict.fromkeys(KINDS, 0) for value in labels}
        for dimension, labels in LABELS.items()
    }
    for row in rows(scope, period).values("dimension", "value", "kind").annotate(sum=Sum("count")):
        counts = found[Dimension(row["dimension"])].setdefault(row["value"], dict.fromkeys(KINDS, 0))
        counts[EventKind(row["kind"])] = row["sum"]
    return found
