"""Who sees what of the search pages in the admin, and which office's numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from home.dashboard import WRITERS
from home.enums import Role
from home.models import Office
from home.scope import offices_of, roles_of

ALL = "semua"


def may_view(user) -> bool:
    """Everybody who works for an office may try the search and read what is searched for."""
    return user.is_superuser or bool(offices_of(user))


def kept_offices(user) -> list[Office]:
    """Offices for which the user may pin results and mark searches as dealt with."""
    return [
        office for office in offices_of(user) if user.is_superuser or roles_of(user, office) & set(WRITERS)
    ]


def may_see_health(user) -> bool:
    """The index belongs to all offices: superusers and the administrator of the topmost office look after it."""
    return user.is_superuser or any(
        office.parent_id is None and Role.ADMIN in roles_of(user, office) for office in offices_of(user)
    )


@dataclass(frozen=True)
class OfficeChoice:
    """Whose searches are shown.

    ``options`` are (code, name) that may be chosen, ``code`` is the chosen one; ``ids`` are the offices counted (None:
    all, also searches on hosts of no office); ``keeper`` is the office for which marks are set here, None when the
    user may not set any; ``shown`` the offices whose marks count.
    """

    options: list[tuple[str, str]]
    code: str
    ids: list[int] | None
    keeper: Office | None
    shown: Office | None


def choose_office(user, code: str) -> OfficeChoice:
    """Return the choice for a code from the address; an unknown or foreign code means the first own office.

    People of a topmost office also see the numbers of each office below it, and of all together.
    """
    own = offices_of(user)
    family = list(Office.objects.all()) if user.is_superuser else _with_those_below(own)
    options = [(office.kode_wilayah, office.name) for office in family]
    heads = [office for office in own if office.parent_id is None]
    if len(family) > 1 and (heads or user.is_superuser):
        options.insert(0, (ALL, "Semua kantor"))
    if code not in dict(options):
        code = options[0][0] if len(own) != 1 and options else own[0].kode_wilayah if own else ""
    if code == ALL:
        shown = heads[0] if heads else None
        ids = None if user.is_superuser else [office.pk for office in family]
    else:
        shown = next((office for office in family if office.kode_wilayah == code), None)
        ids = [shown.pk] if shown else []
    keeper = shown if shown and shown.pk in {office.pk for office in kept_offices(user)} else None
    return OfficeChoice(options, code, ids, keeper, shown)


def _with_those_below(own: list[Office]) -> list[Office]:
    found = {office.pk: office for office in own}
    heads = {office.pk for office in own if office.parent_id is None}
    if heads:
        rest = list(Office.objects.all())
        for _ in range(2):  # national, province, city
            heads |= {office.pk for office in rest if office.parent_id in heads}
        found.update({office.pk: office for office in rest if office.pk in heads and office.pk not in found})
    return sorted(found.values(), key=lambda office: office.kode_wilayah)


class SearchAdminMixin(WagtailAdminTemplateMixin):
    """What the tabs share: who may enter, and the row of tabs."""

    header_icon = "search"
    tab = ""

    def dispatch(self, request, *args, **kwargs):
        """Let in whom the tab is for."""
        if not self.may_enter(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def may_enter(self, user) -> bool:
        """Whether the tab is for this person."""
        return may_view(user)

    def get_breadcrumbs_items(self):
        """Dashboard, search, this tab."""
        return [
            {"url": reverse("wagtailadmin_home"), "label": "Dasbor"},
            {"url": reverse("eppid_search_try"), "label": "Pencarian situs"},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs):
        """Add the tabs."""
        return super().get_context_data(tabs=self._tabs(), tab=self.tab, **kwargs)

    def _tabs(self) -> list[tuple[str, str, str]]:
        tabs = [
            ("try", "Uji pencarian", "eppid_search_try"),
            ("words", "Kata terbanyak", "eppid_search_words"),
            ("nothing", "Tanpa hasil", "eppid_search_nothing"),
            ("vocabulary", "Kamus dan pilihan", "eppid_search_vocabulary"),
        ]
        if may_see_health(self.request.user):
            tabs.append(("health", "Kesehatan indeks", "eppid_search_health"))
        return tabs
