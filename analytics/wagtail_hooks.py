"""What Wagtail's admin learns of this room: the statistics, the typed service figures and their history."""

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from analytics.dashboard import officer_views
from analytics.service_totals import history
from analytics.service_totals.admin import ServiceTotalsAdmin

modeladmin_register(ServiceTotalsAdmin)


@hooks.register("register_log_actions")
def log_actions(actions):
    """Tell histories how a correction of the figures reads."""
    actions.register_action(history.ACTION)(history.ChangedTotals)


@hooks.register("register_admin_urls")
def admin_urls():
    """The fuller statistics."""
    return officer_views.urls()


hooks.register("register_admin_menu_item", officer_views.StatisticsItem)
