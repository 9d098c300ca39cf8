"""Whose figures an officer reads: the own offices' and those below them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from analytics.dashboard.asking import PARAM_OFFICE, Asked, period_params
from analytics.dashboard.audience import Officer
from analytics.figures import LEVELS, NATIONAL, OFFICE, PROVINCE, Scope
from analytics.periods import from_params
from home.models import Office
from home.scope import offices_of

ALL = "semua"
_TOGETHER = "Semua kantor di atas"


def may_view(user) -> bool:
    """Everybody who works for an office."""
    return user.is_superuser or bool(offices_of(user))


@dataclass(frozen=True)
class Choice:
    """The offices that may be chosen, (code, name), and the chosen one."""

    options: list[tuple[str, str]]
    code: str


def family_of(user) -> list[Office]:
    """The own offices and all below them; every office for a superuser. Two queries."""
    own = offices_of(user)
    if user.is_superuser:
        return own
    known = {office.pk: office for office in own}
    rest = list(Office.objects.select_related("site__root_page"))
    for _ in range(2):  # national, province, city
        known.update(
            {office.pk: office for office in rest if office.parent_id in known and office.pk not in known}
        )
    return sorted(known.values(), key=lambda office: office.kode_wilayah)


def asked_by_officer(request: HttpRequest) -> tuple[Asked, Choice]:
    """The question of somebody who is signed in.

    An unknown or foreign office means the first own one, and a sentence in `problem`.
    """
    family = family_of(request.user)
    options = [(office.kode_wilayah, office.name) for office in family]
    if len(family) > 1:
        options.insert(0, (ALL, "Semua kantor" if request.user.is_superuser else _TOGETHER))
    code = request.GET.get(PARAM_OFFICE, "")
    own = offices_of(request.user)
    problem = ""
    if code not in dict(options):
        problem = "Kantor yang diminta tidak dikenal, atau bukan kantor Anda." if code else ""
        code = own[0].kode_wilayah if own else ALL
    office = next((office for office in family if office.kode_wilayah == code), None)
    if office:
        scope = Scope(OFFICE, office.name, (office.pk,))
    elif request.user.is_superuser:
        scope = Scope(NATIONAL, LEVELS[NATIONAL], None)
    else:
        scope = Scope(PROVINCE, f"{len(family)} kantor", tuple(office.pk for office in family))
    today = office.today() if office else timezone.localdate()
    period = from_params(period_params(request.GET), today)
    asked = Asked(
        scope,
        period,
        today,
        office,
        audience=Officer(request.user),
        base=reverse("eppid_statistics"),
        kept=((PARAM_OFFICE, code),),
        problem=" ".join(filter(None, (period.problem, problem))),
    )
    return asked, Choice(options, code)
