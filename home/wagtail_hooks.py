"""What Wagtail's admin learns of this room: withdrawal, scope, log entries, menu."""

from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from home import admin, admin_api, audit, bulk_actions, dashboard
from home.admin_views import OfficePageViewSet, refuse_deletion_of_live
from home.scope import choosable_pages
from home.viewsets import GlossaryTermViewSet
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


@hooks.register("insert_global_admin_css")
def admin_css():
    """Style what this site adds to the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


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


# --- dashboard and menu -----------------------------------------------------------------------------------------------

dashboard.register_attention(dashboard.scheduler_attention)
dashboard.register_attention(dashboard.staffing_attention)
dashboard.register_figures(dashboard.page_figures)


@hooks.register("construct_homepage_panels", order=-100)
def dashboard_panels(request, panels):
    """What waits for me first, figures last, in the place of Wagtail's panels."""
    panels[:] = dashboard.panels()


@hooks.register("construct_homepage_summary_items", order=100)
def no_summary(request, items):
    """The dashboard has its own figures."""
    items.clear()


@hooks.register("register_admin_urls")
def admin_urls():
    """The report, and the way to the homepage video."""
    return [*audit.urls(), path("video-beranda/", to_video, name="eppid_video")]


def to_video(request):
    """Send the officer to the video's part of the home page."""
    if not admin.offices_of(request.user):
        return redirect("wagtailadmin_home")
    return redirect(admin.video_address(request.user))


for item in (admin.DashboardItem, admin.VideoItem, admin.HistoryItem):
    hooks.register("register_admin_menu_item", item)

for definition in (admin.ProfileGroup, admin.OfficeGroupAdmin):
    modeladmin_register(definition)


register_snippet(GlossaryTermViewSet)


@hooks.register("construct_main_menu")
def tidy_menu(request, menu_items):
    """Leave Wagtail's reports and its own help to superusers: they speak of every office, and of Wagtail."""
    if not request.user.is_superuser:
        menu_items[:] = [item for item in menu_items if item.name not in ("reports", "help")]
