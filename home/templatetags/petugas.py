"""Who a signed-in person is at the office: for the admin's own frame."""

from django import template

from home.enums import Role
from home.scope import offices_of, roles_of

register = template.Library()


@register.filter
def office_label(user) -> str:
    """Name of the person's office; of the first when there are several."""
    offices = offices_of(user)
    return offices[0].name if offices and not user.is_superuser else ""


@register.filter
def role_labels(user) -> str:
    """Roles of the person, in the order of `Role`: "Tim Penghubung, PPID"."""
    if user.is_superuser:
        return "Pengelola semua kantor"
    held = {role for office in offices_of(user) for role in roles_of(user, office)}
    return ", ".join(role.label for role in Role if role.value in held)
