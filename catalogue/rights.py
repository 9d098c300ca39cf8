"""Rights of the roles on the catalogue's rows that are no pages."""

from django.db.models import Q

from home.enums import Role
from home.forms import register_office_rows
from home.roles import register_model_right


def register_catalogue_rights() -> None:
    """Consequence tests are written by Tim Penghubung and PPID, and seen by nobody at the desk."""
    from catalogue.models import ConsequenceTest

    register_office_rows(ConsequenceTest, lambda office: Q(kantor=office))
    register_model_right(
        "catalogue.view_consequencetest", Role.EDITOR, Role.LIAISON, Role.PPID, Role.SUPERIOR, Role.ADMIN
    )
    for action in ("add", "change"):
        register_model_right(f"catalogue.{action}_consequencetest", Role.LIAISON, Role.PPID)
    for action in ("add", "change", "delete"):
        register_model_right(f"catalogue.{action}_informationkind", Role.ADMIN, topmost_only=True)
