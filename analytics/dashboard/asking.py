"""Whose figures, of when, and for whom: read from an address."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from analytics.dashboard.audience import Audience, Public
from analytics.figures import LEVELS, NATIONAL, OFFICE, PROVINCE, Scope, scope_of
from analytics.models import OfficeDay
from analytics.periods import FIRST_YEAR, MONTHS, Period, from_params
from home.enums import OfficeLevel
from home.models import Office

PARAM_LEVEL = "tingkat"
#: Officers choose an office by its code.
PARAM_OFFICE = "kantor"
_MONTH_NUMBER = re.compile(r"[0-9]{1,2}")
_FEW_DIGITS = re.compile(r"[0-9]{1,4}")
#: Periods up to so many days are told day by day.
DAILY = 62


@dataclass(frozen=True)
class Asked:
    """A question to the figures. `base` is the address below which the tables stand, `kept` belongs to every link."""

    scope: Scope
    period: Period
    today: dt.date
    office: Office | None = None
    audience: Audience = Public()  # noqa: RUF009  (holds nothing)
    base: str = ""
    kept: tuple[tuple[str, str], ...] = ()
    problem: str = ""

    @property
    def before(self) -> Asked:
        """The same question about the period to compare with."""
        return replace(self, period=self.period.before)

    @cached_property
    def first_day(self) -> dt.date | None:
        """The first day with figures, None before there are any. One query."""
        return self.scope.limit(OfficeDay.objects.all()).aggregate(first=Min("day"))["first"]

    @property
    def is_comparable(self) -> bool:
        """Whether the period before was counted from its first day: else everything looks like growth."""
        return self.first_day is not None and self.first_day <= self.period.before.first

    @property
    def is_daily(self) -> bool:
        """Whether the period is short enough to be told day by day."""
        return self.period.days <= DAILY

    @property
    def is_one_office(self) -> bool:
        """Whether the figures are those of a single office."""
        return self.scope.office_ids is not None and len(self.scope.office_ids) == 1

    @property
    def query(self) -> str:
        """What stands behind the question mark of every link."""
        kept = urlencode(self.kept)
        return f"{self.period.parameters}&{kept}" if kept else self.period.parameters

    def url(self, name: str = "", **more: object) -> str:
        """Address of a table ("" for the overview) with the same question and `more` parameters."""
        query = "&".join(filter(None, (self.query, urlencode(more))))
        return f"{self.base}{f'{name}/' if name else ''}?{query}"

    def url_of(self, period: Period, name: str, **more: object) -> str:
        """The same for another period."""
        return replace(self, period=period).url(name, **more)

    def url_of_office(self, office: Office, name: str) -> str:
        """Address of the same table about one of the offices: on its own site, in the admin within it."""
        if self.audience.is_officer:
            return replace(self, kept=((PARAM_OFFICE, office.kode_wilayah),)).url(name)
        here = self.office is not None and office.pk == self.office.pk
        return f"{'' if here else office.site.root_url}{replace(self, kept=()).url(name)}"

    def picture_url(self, name: str, extension: str, **more: object) -> str:
        """Address of a chart."""
        query = "&".join(filter(None, (self.query, urlencode(more))))
        return f"{self.base}grafik/{name}.{extension}?{query}"


def asked_by_public(request: HttpRequest) -> Asked:
    """The question of a visitor of an office's site (of a host without office: of all)."""
    office = Office.objects.for_request(request)
    level = request.GET.get(PARAM_LEVEL, "").strip() or OFFICE
    problem = ""
    if level not in LEVELS:
        level, problem = OFFICE, "Tingkat yang diminta tidak dikenal."
    elif office and level not in levels_of(office):
        level, problem = OFFICE, f"{office.name} tidak berada di bawah satu provinsi."
    scope = Scope(NATIONAL, LEVELS[NATIONAL], None) if office is None else scope_of(office, level)
    today = office.today() if office else timezone.localdate()
    period = from_params(period_params(request.GET), today)
    return Asked(
        scope,
        period,
        today,
        office,
        base=reverse("analytics:public"),
        kept=((PARAM_LEVEL, level),) if level != OFFICE else (),
        problem=" ".join(filter(None, (period.problem, problem))),
    )


def levels_of(office: Office) -> dict[str, str]:
    """The levels at which a visitor of an office's site may read: KPU RI stands above all provinces."""
    return {
        level: label
        for level, label in LEVELS.items()
        if not (level == PROVINCE and office.level == OfficeLevel.NATIONAL)
    }


def period_params(given: Mapping[str, str]) -> dict[str, str]:
    """The period's parameters as `analytics.periods` reads them, from a form that sends all its fields at once.

    Days win over a month, a month (`bulan=3` with `tahun=2026`, or `bulan=2026-03`) over the year.
    """
    values = {name: given.get(name, "").strip() for name in ("tahun", "bulan", "dari", "sampai")}
    if values["dari"] or values["sampai"]:
        return {name: values[name] for name in ("dari", "sampai")}
    if values["bulan"]:
        if _MONTH_NUMBER.fullmatch(values["bulan"]):
            return {"bulan": f"{values['tahun']}-{int(values['bulan']):02d}"}
        return {"bulan": values["bulan"]}
    return {"tahun": values["tahun"]}


@dataclass(frozen=True)
class PeriodForm:
    """What the form offers, and what stands in it."""

    years: tuple[int, ...]
    months: tuple[tuple[int, str], ...]
    year: int
    month: int
    first: str
    last: str
    levels: tuple[tuple[str, str], ...]
    level: str


def form_of(asked: Asked, given: Mapping[str, str]) -> PeriodForm:
    """The form for a question: years from the first with figures on. What was typed and makes no sense stays in it."""
    period, this_year = asked.period, asked.today.year
    first_year = asked.first_day.year if asked.first_day else this_year
    years = tuple(range(this_year, max(FIRST_YEAR, min(first_year, period.first.year)) - 1, -1))
    is_range = period.unit == "rentang"
    form = PeriodForm(
        years,
        tuple(enumerate(MONTHS, 1)),
        period.first.year,
        period.first.month if period.unit == "bulan" else 0,
        period.first.isoformat() if is_range else "",
        period.last.isoformat() if is_range else "",
        tuple(levels_of(asked.office).items()) if asked.office else ((NATIONAL, LEVELS[NATIONAL]),),
        asked.scope.level,
    )
    return _as_typed(form, given) if period.problem else form


def _as_typed(form: PeriodForm, given: Mapping[str, str]) -> PeriodForm:
    """The form with the period that could not be told."""
    year, month = (_small_number(given.get(name, "").strip()) for name in ("tahun", "bulan"))
    return replace(
        form,
        year=year if year in form.years else form.year,
        month=month if 1 <= month <= len(MONTHS) else 0,
        first=given.get("dari", "").strip()[:10],
        last=given.get("sampai", "").strip()[:10],
    )


def _small_number(text: str) -> int:
    """A number of at most four digits, 0 for anything else."""
    return int(text) if _FEW_DIGITS.fullmatch(text) else 0
