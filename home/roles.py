"""Groups and permissions of an office's people, created by code.

Each role of `home.enums.Role` becomes one permission group an office. Rights on pages hang on the office's home page,
rights on files on its collection, so no group reaches another office. Rights on rows without a tree (units, tests,
terms) are model permissions; their lists and forms are narrowed to the own office by `home.scope`.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from home.enums import Role
from home.models import Office, OfficeGroup

_WRITE = ("add", "change")
_DECIDE = (*_WRITE, "publish", "lock", "unlock")

#: Rights on every page of the office's tree.
PAGE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: _WRITE,
    Role.LIAISON: _WRITE,
    Role.PPID: _DECIDE,
    Role.ADMIN: _DECIDE,
    Role.SUPERIOR: (),
    Role.DESK: (),
}
#: Rights on the documents and images of the office's collection.
FILE_RIGHTS: dict[Role, tuple[str, ...]] = {
    role: ("add", "change", "choose") if rights else () for role, rights in PAGE_RIGHTS.items()
}
_FILE_MODELS = (("wagtaildocs", "document"), ("wagtailimages", "image"))


@dataclass(frozen=True)
class ModelRight:
    """A model permission of some roles; `topmost_only` keeps it to the office that nobody stands above."""

    permission: str
    roles: frozenset[Role]
    topmost_only: bool = False


_model_rights: list[ModelRight] = []


def register_model_right(permission: str, *roles: Role, topmost_only: bool = False) -> None:
    """Give roles a model permission ("app.codename"); rooms above register theirs in AppConfig.ready().

    Rows that all offices share (terms of the glossary) are changed only at the topmost office of an installation.
    """
    right = ModelRight(permission, frozenset(roles), topmost_only)
    if right not in _model_rights:
        _model_rights.append(right)


def register_home_rights() -> None:
    """Rights on the rows of this room."""
    register_model_right("wagtailadmin.access_admin", *Role)
    register_model_right("home.view_office", *Role)
    register_model_right("home.change_office", Role.ADMIN)
    register_model_right("home.view_workunit", *Role)
    for action in ("add", "change", "delete"):
        register_model_right(f"home.{action}_workunit", Role.ADMIN)
        register_model_right(f"home.{action}_glossaryterm", Role.ADMIN, topmost_only=True)


def group_name(office: Office, role: Role) -> str:
    """Return the name of a group as the administrator reads it: "PPID – KPU Kota Serang (3673)"."""
    return f"{role.label} – {office.name} ({office.kode_wilayah})"[:150]


@transaction.atomic
def create_groups(office: Office) -> dict[Role, Group]:
    """Create the office's groups with their rights and return them by role.

    Idempotent: what is missing is added; rights that an administrator added by hand stay.
    """
    groups = {role: _group(office, role) for role in Role}
    for role, group in groups.items():
        _grant_pages(office, role, group)
        _grant_files(office, role, group)
        group.permissions.add(*_model_permissions(office, role))
    return groups


def _group(office: Office, role: Role) -> Group:
    link = OfficeGroup.objects.select_related("group").filter(office=office, role=role).first()
    if link is None:
        group, _ = Group.objects.get_or_create(name=group_name(office, role))
        link = OfficeGroup.objects.create(office=office, role=role, group=group)
    return link.group


def _grant_pages(office: Office, role: Role, group: Group) -> None:
    codenames = [f"{right}_page" for right in PAGE_RIGHTS[role]]
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=codenames
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=office.home_page, permission=permission)


def _grant_files(office: Office, role: Role, group: Group) -> None:
    if office.collection is None:
        return
    for app_label, model in _FILE_MODELS:
        codenames = [f"{right}_{model}" for right in FILE_RIGHTS[role]]
        for permission in Permission.objects.filter(
            content_type__app_label=app_label, codename__in=codenames
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=office.collection, permission=permission
            )


def _model_permissions(office: Office, role: Role) -> list[Permission]:
    wanted = [
        right.permission.split(".")
        for right in _model_rights
        if role in right.roles and not (right.topmost_only and office.parent_id)
    ]
    found = Permission.objects.filter(
        content_type__app_label__in={app_label for app_label, _ in wanted},
        codename__in={codename for _, codename in wanted},
    ).select_related("content_type")
    pairs = {tuple(pair) for pair in wanted}
    return [p for p in found if (p.content_type.app_label, p.codename) in pairs]
