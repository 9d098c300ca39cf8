"""The admin's first page: what waits for me, what needs attention, my work, shortcuts, figures.

Rooms above add what they know through `register_attention` and `register_figures`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState

from common import schedule
from home.enums import Role
from home.models import Office, OfficeGroup
from home.scope import has_role, offices_of, pages_of, roles_of, within
from home.states import LIVE_STATES, PublicationState, with_state

ROWS = 8  # rows a panel shows before it sends the reader to a list
WRITERS = (Role.EDITOR, Role.LIAISON, Role.PPID, Role.ADMIN)


@dataclass(frozen=True)
class Attention:
    """Something that somebody should mend: a sentence, why it matters, and where to go."""

    message: str
    advice: str = ""
    url: str = ""
    link: str = "Buka daftar"
    level: str = "warn"


@dataclass(frozen=True)
class Figure:
    """A number with its name and the list behind it."""

    label: str
    value: int
    url: str = ""


_attention: list[Callable[..., list[Attention]]] = []
_figures: list[Callable[..., list[Figure]]] = []


def register_attention(provider: Callable[..., list[Attention]]) -> None:
    """Register `provider(user, offices) -> list[Attention]`."""
    if provider not in _attention:
        _attention.append(provider)


def register_figures(provider: Callable[..., list[Figure]]) -> None:
    """Register `provider(user, offices) -> list[Figure]`."""
    if provider not in _figures:
        _figures.append(provider)


# --- what this room knows ---------------------------------------------------------------------------------------------


def scheduler_attention(user, offices: list[Office]) -> list[Attention]:
    """A stopped scheduler publishes and expires nothing, so everybody who writes must see it."""
    if not has_role(user, *WRITERS):
        return []
    status = schedule.status()
    items = []
    if not status.running:
        since = "belum pernah berjalan"
        if status.last_beat:
            since = f"berhenti sejak {status.last_beat.astimezone(_zone(offices)):%d-%m-%Y pukul %H.%M}"
        items.append(
            Attention(
                f"Penjadwal {since}.",
                "Terbit terjadwal dan kedaluwarsa tidak berjalan. Hubungi pengelola teknis.",
                level="bad",
            )
        )
    names = ", ".join(job.name.replace("_", " ") for job in status.failing)
    if names:
        items.append(Attention(f"Tugas terjadwal gagal: {names}.", "Hubungi pengelola teknis.", level="bad"))
    return items


def staffing_attention(user, offices: list[Office]) -> list[Attention]:
    """Steps of the moderation that nobody in an office can take."""
    managed = [o for o in offices if user.is_superuser or {Role.ADMIN, Role.PPID} & roles_of(user, o)]
    staffed = OfficeGroup.objects.filter(
        office__in=managed, role__in=(Role.LIAISON, Role.PPID), group__user__is_active=True
    ).values_list("office_id", "role")
    staffed = set(staffed)
    items = []
    for office in managed:
        empty = [role.label for role in (Role.LIAISON, Role.PPID) if (office.pk, role.value) not in staffed]
        if empty:
            items.append(
                Attention(
                    f"{office.name} belum punya petugas dengan peran {' dan '.join(empty)}.",
                    "Entri yang diajukan tidak akan sampai terbit.",
                    level="bad",
                )
            )
    return items[:ROWS]


def page_figures(user, offices: list[Office]) -> list[Figure]:
    """Pages of the offices by state."""
    pages = with_state(pages_of(user, Page.objects.filter(depth__gt=1))).order_by()
    counts = dict(pages.values_list("state_code").annotate(total=Count("pk")))
    waiting = counts.get(PublicationState.REVIEW, 0) + counts.get(PublicationState.LIVE_REVIEW, 0)
    return [
        Figure("halaman terbit", sum(counts.get(state, 0) for state in LIVE_STATES)),
        Figure("menunggu pemeriksaan", waiting),
        Figure("draf", counts.get(PublicationState.DRAFT, 0) + counts.get(PublicationState.RETURNED, 0)),
        Figure("dicabut", counts.get(PublicationState.WITHDRAWN, 0)),
    ]


def _zone(offices: list[Office]):
    return (offices[0] if offices else Office()).tz


# --- panels -----------------------------------------------------------------------------------------------------------


class WaitingPanel(Component):
    """What waits for this person's decision, oldest first."""

    order = 10
    template_name = "home/admin/dashboard/waiting.html"

    def get_context_data(self, parent_context):
        """List the running steps that this person decides."""
        user = parent_context["request"].user
        states = (
            TaskState.objects.reviewable_by(user)
            .select_related("task", "revision__user", "workflow_state__requested_by")
            .order_by("started_at")
        )
        total = states.count()
        rows = list(states[:ROWS])
        pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in rows])
        items = [
            (state, pages[int(state.workflow_state.object_id)])
            for state in rows
            if int(state.workflow_state.object_id) in pages
        ]
        return {
            "items": items,
            "total": total,
            "more": total - len(rows),
            "decides": has_role(user, Role.LIAISON, Role.PPID),
        }


class AttentionPanel(Component):
    """What needs mending, the urgent first."""

    order = 20
    template_name = "home/admin/dashboard/attention.html"

    def get_context_data(self, parent_context):
        """Collect from all rooms."""
        user = parent_context["request"].user
        offices = offices_of(user)
        items = [item for provider in _attention for item in provider(user, offices)]
        return {"items": sorted(items, key=lambda item: item.level != "bad")}


class MyWorkPanel(Component):
    """What this person began or submitted and is not done yet."""

    order = 30
    template_name = "home/admin/dashboard/my_work.html"

    def get_context_data(self, parent_context):
        """List own drafts, returned entries, and what is under way."""
        user = parent_context["request"].user
        page_type = ContentType.objects.get_for_model(Page)
        submitted = WorkflowState.objects.active().filter(requested_by=user, base_content_type=page_type)
        ids = [int(object_id) for object_id in submitted.values_list("object_id", flat=True)]
        open_pages = Page.objects.filter(
            Q(owner=user, live=False) | Q(owner=user, has_unpublished_changes=True) | Q(pk__in=ids)
        )
        if not user.is_superuser:
            open_pages = open_pages.filter(within(offices_of(user)))
        open_states = [PublicationState.RETURNED, PublicationState.REVIEW, PublicationState.LIVE_REVIEW]
        open_states += [PublicationState.LIVE_DRAFT, PublicationState.DRAFT, PublicationState.SCHEDULED]
        pages = with_state(open_pages).filter(state_code__in=open_states).select_related("content_type")
        pages = sorted(
            pages.order_by("-latest_revision_created_at")[: ROWS * 4],
            key=lambda page: page.state_code != PublicationState.RETURNED,
        )[:ROWS]
        return {
            "items": [(page, PublicationState(page.state_code).label) for page in pages],
            "writes": has_role(user, *WRITERS),
        }


class ShortcutsPanel(Component):
    """The few things an officer does every day."""

    order = 40
    template_name = "home/admin/dashboard/shortcuts.html"

    def get_context_data(self, parent_context):
        """Offer shortcuts of the first office to those who write."""
        user = parent_context["request"].user
        offices = [
            office
            for office in offices_of(user)
            if user.is_superuser or roles_of(user, office) & set(WRITERS)
        ]
        return {
            "office": offices[0] if offices else None,
            "edit_home": home_edit_url(offices[0]) if offices else "",
        }


class FiguresPanel(Component):
    """Numbers after work."""

    order = 50
    template_name = "home/admin/dashboard/figures.html"

    def get_context_data(self, parent_context):
        """Collect from all rooms."""
        user = parent_context["request"].user
        offices = offices_of(user)
        return {"figures": [figure for provider in _figures for figure in provider(user, offices)]}


def home_edit_url(office: Office) -> str:
    """Return the address at which the office's home page, its welcome text and video are edited."""
    return reverse("wagtailadmin_pages:edit", args=[office.site.root_page_id])


def panels() -> list[Component]:
    """Return the panels of the dashboard."""
    return [WaitingPanel(), AttentionPanel(), MyWorkPanel(), ShortcutsPanel(), FiguresPanel()]
