"""The one place where the service figures of a year are read, wherever they come from.

Until an office keeps a register, an officer types its totals (`ServiceTotals`). A register takes over office by office:
it is registered as a `ServiceSource`, and what it knows of an office and year replaces what was typed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from django.utils import timezone

from analytics.figures import Scope, scope_of
from analytics.models import ServiceTotals
from analytics.service_totals.groupings import GROUPINGS, Grouping, answered
from home.models import Office

TYPED = "angka yang diisi petugas"
REGISTER = "dari register"


@dataclass(frozen=True)
class WorkingDays:
    """Working days from complete request to written notice, over `answered` requests; None where nobody knows.

    `in_time` of `in_time_of` answers kept the legal time; the latter is smaller than `answered` where some offices did
    not say.
    """

    answered: int = 0
    average: Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    in_time: int | None = None
    in_time_of: int = 0

    @property
    def in_time_share(self) -> float | None:
        """Answers in time as a share (1.0: all), None when unknown."""
        return self.in_time / self.in_time_of if self.in_time is not None and self.in_time_of else None


@dataclass(frozen=True)
class Breakdown:
    """A breakdown in words, for tables and charts: `rows` are (label, count), and add up to `total`."""

    field: str
    name: str
    basis: str
    rows: tuple[tuple[str, int], ...]
    total: int


@dataclass(frozen=True)
class ServiceFigures:
    """The service of one year. Counts are by code of `enums`; an empty breakdown was not recorded.

    By sex and occupation add up to `applicants`, by channel and decision to `requests`. `offices` is how many offices
    these are the figures of; `updated` the day of the newest of them.
    """

    year: int
    requests: int
    applicants: int
    by_sex: Mapping[str, int] = field(default_factory=dict)
    by_occupation: Mapping[str, int] = field(default_factory=dict)
    by_channel: Mapping[str, int] = field(default_factory=dict)
    by_decision: Mapping[str, int] = field(default_factory=dict)
    by_refusal_reason: Mapping[str, int] = field(default_factory=dict)
    days: WorkingDays = WorkingDays()
    source: str = REGISTER
    updated: dt.date | None = None
    note: str = ""
    offices: int = 1

    @property
    def breakdowns(self) -> list[Breakdown]:
        """The breakdowns that were recorded, in words."""
        return [self.breakdown(grouping) for grouping in GROUPINGS if getattr(self, grouping.field)]

    def breakdown(self, grouping: Grouping) -> Breakdown:
        """One breakdown in words, in the order of its choices."""
        counts = grouping.ordered(getattr(self, grouping.field))
        rows = tuple((grouping.label(code), count) for code, count in counts.items())
        return Breakdown(grouping.field, grouping.name, grouping.basis, rows, sum(counts.values()))


class ServiceSource(Protocol):
    """A register that knows the figures of some offices."""

    def figures(self, scope: Scope, year: int) -> Mapping[int, ServiceFigures]:
        """Figures by office id, of those offices of the scope that it knows. A constant number of queries."""

    def years(self, scope: Scope) -> Collection[int]:
        """Years of which it knows figures of an office of the scope. A constant number of queries."""


_sources: list[ServiceSource] = []


def register_service_source(source: ServiceSource) -> None:
    """Let a register take over from what is typed, office by office; of several the first registered wins."""
    if source not in _sources:
        _sources.append(source)


def service_figures(whose: Scope | Office, year: int) -> ServiceFigures | None:
    """The figures of an office, or the sums over a scope's offices; None when nobody has any. One query a source."""
    return combined(figures_by_office(_scope(whose), year).values())


def figures_by_office(scope: Scope, year: int) -> dict[int, ServiceFigures]:
    """The figures of each office that has any, by its id: what `service_figures` adds up. One query a source."""
    typed = scope.limit(ServiceTotals.objects.filter(year=year).order_by("pk"))
    found = {row.office_id: figures_of(row) for row in typed}
    for source in reversed(_sources):
        found.update(source.figures(scope, year))
    return found


def service_years(whose: Scope | Office) -> list[int]:
    """The years with figures, newest first. One query a source."""
    scope = _scope(whose)
    found = set(scope.limit(ServiceTotals.objects.order_by()).values_list("year", flat=True).distinct())
    for source in _sources:
        found.update(source.years(scope))
    return sorted(found, reverse=True)


def latest_service_figures(whose: Scope | Office) -> ServiceFigures | None:
    """The figures of the newest year that has any. Two queries a source."""
    years = service_years(whose)
    return service_figures(whose, years[0]) if years else None


def combined(parts: Iterable[ServiceFigures]) -> ServiceFigures | None:
    """Figures of several offices as one: sums, days weighted by answers, and "not stated" for what some left out."""
    parts = list(parts)
    if len(parts) < 2:
        return parts[0] if parts else None
    return ServiceFigures(
        year=parts[0].year,
        requests=sum(part.requests for part in parts),
        applicants=sum(part.applicants for part in parts),
        days=_combined_days([part.days for part in parts]),
        source=" dan ".join(sorted({part.source for part in parts})),
        updated=max((part.updated for part in parts if part.updated), default=None),
        offices=sum(part.offices for part in parts),
        **{grouping.field: _combined_counts(grouping, parts) for grouping in GROUPINGS},
    )


def figures_of(row: ServiceTotals) -> ServiceFigures:
    """What an officer typed, as figures."""
    count = answered(row.by_decision)
    return ServiceFigures(
        year=row.year,
        requests=row.requests,
        applicants=row.applicants,
        days=WorkingDays(
            answered=count,
            average=row.days_average,
            shortest=row.days_shortest,
            longest=row.days_longest,
            in_time=row.in_time,
            in_time_of=0 if row.in_time is None else count,
        ),
        source=TYPED,
        updated=timezone.localdate(row.updated_at),
        note=row.note,
        **{grouping.field: grouping.ordered(counts) for grouping, counts in _recorded(row)},
    )


def _recorded(row: ServiceTotals):
    for grouping in GROUPINGS:
        if counts := getattr(row, grouping.field):
            yield grouping, counts


def _scope(whose: Scope | Office) -> Scope:
    return scope_of(whose) if isinstance(whose, Office) else whose


def _combined_counts(grouping: Grouping, parts: Sequence[ServiceFigures]) -> dict[str, int]:
    given = [getattr(part, grouping.field) for part in parts]
    if not any(given):
        return {}
    sums: dict[str, int] = {}
    for part, counts in zip(parts, given, strict=True):
        if not (counts or grouping.is_required):
            counts = {"tidak_disebutkan": getattr(part, grouping.total)}
        for code, count in counts.items():
            sums[code] = sums.get(code, 0) + count
    return grouping.ordered(sums)


def _combined_days(parts: Sequence[WorkingDays]) -> WorkingDays:
    timed = [part for part in parts if part.average is not None and part.answered]
    punctual = [part for part in parts if part.in_time is not None]
    weighted = sum((part.average * part.answered for part in timed), Decimal(0))
    weight = sum(part.answered for part in timed)
    return WorkingDays(
        answered=sum(part.answered for part in parts),
        average=(weighted / weight).quantize(Decimal("0.01")) if weight else None,
        shortest=min((part.shortest for part in parts if part.shortest is not None), default=None),
        longest=max((part.longest for part in parts if part.longest is not None), default=None),
        in_time=sum(part.in_time for part in punctual) if punctual else None,
        in_time_of=sum(part.in_time_of for part in punctual),
    )
