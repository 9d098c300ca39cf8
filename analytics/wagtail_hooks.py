"""What Wagtail's admin learns of this room: the typed service figures and their history."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from analytics.service_totals import history
from analytics.service_totals.admin import ServiceTotalsAdmin

modeladmin_register(ServiceTotalsAdmin)


@hooks.register("register_log_actions")
def log_actions(actions):
    """Tell histories how a correction of the figures reads."""
    actions.register_action(history.ACTION)(history.ChangedTotals)
