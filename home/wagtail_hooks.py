"""What Wagtail's admin learns of this room: withdrawal, scope, log entries, menu."""

from wagtail import hooks
from wagtail.log_actions import LogFormatter

from home import admin_api, bulk_actions
from home.admin_views import OfficePageViewSet, refuse_deletion_of_live
from home.scope import choosable_pages
from home.withdrawals import LOG_ACTION


@hooks.register("register_admin_viewset")
def register_page_views():
    """Replace Wagtail's default views of pages (registered with order -1)."""
    return OfficePageViewSet()


@hooks.register("before_delete_page")
def withdraw_before_deleting(request, page):
    """A live page is not deleted, it is withdrawn."""
    return refuse_deletion_of_live(request, page)


@hooks.register("construct_page_chooser_queryset")
def choose_within_reach(pages, request):
    """Links and relations point to own pages, or to public ones of offices above."""
    return choosable_pages(request.user, pages)


@hooks.register("construct_admin_api", order=100)
def narrow_admin_api(router):
    """The editor's internal API names own pages and files only."""
    admin_api.register(router)


for action in bulk_actions.ACTIONS:
    hooks.register("register_bulk_action", action, order=100)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    """Name the withdrawal in histories, with its reason."""

    @actions.register_action(LOG_ACTION)
    class Withdrawn(LogFormatter):
        label = "Cabut publikasi"

        def format_message(self, log_entry):
            """Say why."""
            return f"Publikasi dicabut. Alasan: {log_entry.data.get('reason', '')}"
