"""Reading the figures: whose (an office, its province, all KPU), of when, and how much. Roll-ups only, never events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from analytics.models import OfficeDay
from analytics.periods import Period
from home.enums import OfficeLevel
from home.models import Office

OFFICE, PROVINCE, NATIONAL = "kantor", "provinsi", "nasional"
LEVELS = {OFFICE: "Kantor ini", PROVINCE: "Provinsi", NATIONAL: "Seluruh KPU"}


@dataclass(frozen=True)
class Scope:
    """Whose figures: `office_ids` None stands for all offices."""

    level: str
    label: str
    office_ids: tuple[int, ...] | None

    def limit(self, rows: QuerySet, field: str = "office_id") -> QuerySet:
        """Those of the rows that belong here."""
        return rows if self.office_ids is None else rows.filter(**{f"{field}__in": self.office_ids})


def scope_of(office: Office, level: str = OFFICE) -> Scope:
    """The figures of an office, of its province (the office above with all below it), or of all. One query at most."""
    if level == NATIONAL:
        return Scope(NATIONAL, LEVELS[NATIONAL], None)
    if level == PROVINCE and office.level != OfficeLevel.NATIONAL:
        province = office if office.is_provincial or not office.parent else office.parent
        found = Office.objects.in_province_of(office).values_list("pk", flat=True)
        return Scope(PROVINCE, f"{province.name} dan kantor di bawahnya", tuple(found))
    return Scope(OFFICE, office.name, (office.pk,))


@dataclass(frozen=True)
class Totals:
    """Sums over days. `visitors` and `downloaders` count somebody once a day and office: see docs/statistics.md."""

    views: int = 0
    visitors: int = 0
    downloads: int = 0
    downloaders: int = 0
    searches: int = 0
    empty_searches: int = 0
    embeds: int = 0
    bots: int = 0


NAMES = tuple(field.name for field in fields(Totals))


@dataclass(frozen=True)
class MonthRow:
    """One month's sums. Not `is_whole`: some of its days lie outside the period, are still to come, or were over
    before counting began (then it is not `is_counted` either)."""

    month: dt.date
    is_whole: bool
    totals: Totals
    is_counted: bool = True


def days_in(scope: Scope, period: Period) -> QuerySet:
    """The rows that are summed."""
    return scope.limit(OfficeDay.objects.filter(day__gte=period.first, day__lte=period.last))


def totals(scope: Scope, period: Period) -> Totals:
    """Sums over a period. One query."""
    return _totals(days_in(scope, period).aggregate(**_sums()))


def by_month(scope: Scope, period: Period, since: dt.date | None = None) -> list[MonthRow]:
    """Sums of every month of a period, also of those without a row. One query.

    ``since`` is the first day that was counted: a mean over months before it would be too low.
    """
    rows = (
        days_in(scope, period)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(**_sums())
        .order_by()
    )
    found = {row["month"]: row for row in rows}
    made = []
    for month, is_whole in period.months():
        is_counted = since is None or since <= month
        is_over = is_whole and month_is_over(month, period)
        made.append(MonthRow(month, is_over and is_counted, _totals(found.get(month, {})), is_counted))
    return made


def by_day(scope: Scope, period: Period) -> list[tuple[dt.date, Totals]]:
    """Sums of every day that has a row, oldest first. One query."""
    rows = days_in(scope, period).values("day").annotate(**_sums()).order_by("day")
    return [(row["day"], _totals(row)) for row in rows]


def monthly_average(rows: Sequence[MonthRow], name: str) -> float | None:
    """Mean of a figure over the whole months, None when there is none."""
    values = [getattr(row.totals, name) for row in rows if row.is_whole]
    return sum(values) / len(values) if values else None


def month_is_over(month: dt.date, period: Period) -> bool:
    """Whether a month is not the running one at the period's end."""
    return not (period.is_running and (month.year, month.month) == (period.last.year, period.last.month))


def change(now: float, before: float) -> float | None:
    """Growth against before as a share (0.25: a quarter more), None when there was nothing to compare with."""
    return (now - before) / before if before else None


def _sums() -> dict[str, Sum]:
    return {f"sum_{name}": Sum(name) for name in NAMES}


def _totals(row: dict) -> Totals:
    return Totals(**{name: row.get(f"sum_{name}") or 0 for name in NAMES})
