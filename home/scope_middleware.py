"""Nobody reaches another office's pages through the admin, by whatever address.

Wagtail asks for permissions view by view, and some views (chooser, usage, comparison, bulk confirmation) name pages to
everybody who may sign in. Here every address of the admin that carries the id of a page is asked the one question.
"""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from wagtail.admin.auth import permission_denied
from wagtail.models import Page

from home.scope import may_choose_page, may_see_page

_PAGE_ARGUMENTS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk")
_CHOOSER_VIEWS = ("wagtailadmin_choose_page_child", "wagtailadmin_choose_page_chosen_multiple")
#: Wagtail's reports name people, tasks and page types of every office; the office's own report is home/audit.py.
_SUPERUSER_NAMESPACES = {"wagtailadmin_reports"}


class OfficeScopeMiddleware:
    """Refuse addresses of the admin that name a page outside the signed-in person's offices."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Answer the request; the question is asked once the view is known."""
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """Ask before the view runs; None lets it run."""
        if not request.path_info.startswith(reverse("wagtailadmin_home")):
            return None  # before anybody asks who this is: public pages must not depend on a cookie
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated or user.is_superuser:
            return None
        if _SUPERUSER_NAMESPACES & set(request.resolver_match.namespaces):
            return self._refuse(request)
        page_ids = _page_ids(request, view_kwargs)
        if not page_ids:
            return None
        is_chooser = request.resolver_match.url_name in _CHOOSER_VIEWS
        allowed = may_choose_page if is_chooser else may_see_page
        if not all(allowed(user, page) for page in Page.objects.filter(pk__in=page_ids)):
            return self._refuse(request)
        return None

    def _refuse(self, request):
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            raise PermissionDenied
        return permission_denied(request)


def _page_ids(request, view_kwargs) -> set[int]:
    """Ids of pages that the address names: in its path, and for choosers and bulk actions in its query."""
    match = request.resolver_match
    values = [view_kwargs[name] for name in _PAGE_ARGUMENTS if name in view_kwargs]
    if "wagtailadmin_pages" in match.namespaces and "pk" in view_kwargs:
        values.append(view_kwargs["pk"])
    if match.url_name == "wagtailadmin_choose_page_chosen_multiple":
        values += request.GET.getlist("id")
    if match.url_name == "wagtail_bulk_action":
        values += request.GET.getlist("childOf")
    try:
        return {int(value) for value in values}
    except ValueError:
        raise Http404 from None
