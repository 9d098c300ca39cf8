"""Rights of the roles on the typed figures."""

from home.enums import Role
from home.roles import register_model_right


def register_service_totals_rights() -> None:
    """Everybody of an office reads its rows; PPID and administrators write them (`admin` asks for which office)."""
    register_model_right("analytics.view_servicetotals", *Role)
    for action in ("add", "change"):
        register_model_right(f"analytics.{action}_servicetotals", Role.PPID, Role.ADMIN)
