"""Which offices a signed-in person works for, and what of the site that lets them see in the admin.

One rule, asked by every way to a thing: list, edit form, export, chooser, search, report, bulk action. A superuser
works for every office; everybody else for the offices whose groups they are in.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Page

from common.visibility import public
from home.enums import Role
from home.models import Office, OfficeGroup


def offices_of(user) -> list[Office]:
    """Return the offices that the user works for, with site and root page; looked up once a request."""
    if not hasattr(user, "_eppid_offices"):
        offices = Office.objects.select_related("site__root_page", "collection")
        if not (user.is_active and user.is_authenticated):
            offices = offices.none()
        elif not user.is_superuser:
            offices = offices.filter(office_groups__group__user=user).distinct()
        user._eppid_offices = list(offices)
    return user._eppid_offices


def roles_of(user, office: Office) -> set[str]:
    """Return the roles (`Role` values) that the user holds in an office."""
    if not hasattr(user, "_eppid_roles"):
        links = OfficeGroup.objects.filter(group__user=user).values_list("office_id", "role")
        user._eppid_roles = set(links)
    return {role for office_id, role in user._eppid_roles if office_id == office.pk}


def has_role(user, *roles: Role) -> bool:
    """Tell whether the user holds one of the roles in any office; a superuser holds all."""
    return user.is_superuser or any(roles_of(user, office) & set(roles) for office in offices_of(user))


def users_with_role(office: Office, role: Role | str) -> QuerySet:
    """Return the active people who hold a role in an office."""
    from django.contrib.auth import get_user_model

    return get_user_model().objects.filter(
        is_active=True, groups__office_group__office=office, groups__office_group__role=role
    )


def colleagues_of(user) -> QuerySet:
    """Return the people of the user's offices; of all offices for a superuser."""
    from django.contrib.auth import get_user_model

    people = get_user_model().objects.order_by("username")
    if user.is_superuser:
        return people
    return people.filter(groups__office_group__office__in=offices_of(user)).distinct()


def within(offices: Iterable[Office], field: str = "path") -> Q:
    """Return the condition that a page (or, with `field`, the page it points to) stands in an office's tree."""
    condition = Q(pk__in=[])
    for office in offices:
        condition |= Q(**{f"{field}__startswith": office.site.root_page.path})
    return condition


def pages_of(user, pages: QuerySet) -> QuerySet:
    """Narrow a queryset of pages to the trees of the offices that the user works for."""
    return pages if user.is_superuser else pages.filter(within(offices_of(user)))


def may_see_page(user, page: Page) -> bool:
    """Tell whether a page stands in the tree of an office that the user works for; the bare root belongs to nobody."""
    return (
        user.is_superuser
        or page.depth == 1
        or any(page.path.startswith(office.site.root_page.path) for office in offices_of(user))
    )


def offices_above(user) -> list[Office]:
    """Return the offices above the user's own, up to KPU RI; their public pages may be pointed to."""
    own = {office.pk for office in offices_of(user)}
    by_id = {office.pk: office for office in Office.objects.select_related("site__root_page")}
    above = {}
    for office in offices_of(user):
        parent = by_id.get(office.parent_id)
        while parent is not None and parent.pk not in above:
            above[parent.pk] = parent
            parent = by_id.get(parent.parent_id)
    return [office for pk, office in above.items() if pk not in own]


def choosable_pages(user, pages: QuerySet) -> QuerySet:
    """Narrow pages to those that a link or relation may point to: the own trees, and what the public sees above."""
    if user.is_superuser:
        return pages
    condition = within(offices_of(user))
    above = offices_above(user)
    if above:
        condition |= Q(pk__in=public(Page.objects.filter(within(above))).order_by().values("pk"))
    return pages.filter(condition)


def may_choose_page(user, page: Page) -> bool:
    """Tell whether a link or relation of the user's may point to this page."""
    return page.depth == 1 or choosable_pages(user, Page.objects.filter(pk=page.pk)).exists()


def rows_of(user, rows: QuerySet, field: str = "office") -> QuerySet:
    """Narrow rows that belong to an office (`field` names the relation) to the user's offices."""
    return rows if user.is_superuser else rows.filter(**{f"{field}__in": offices_of(user)})
