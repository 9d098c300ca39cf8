"""What a reviewer sees in the editor: what to do, why not yet, and the decision as the main button."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from wagtail.admin import messages
from wagtail.admin.action_menu import WorkflowMenuItem

from catalogue.workflow.models import OfficeRoleApprovalTask


def explain_review(request, page) -> None:
    """Tell a reviewer who opens a page under review what is expected, or what keeps it from being approved."""
    if request.method != "GET" or "_w_hydrate_create_view" in request.GET:
        return
    step = page.current_workflow_task
    if not isinstance(step, OfficeRoleApprovalTask) or not step.is_reviewer(page, request.user):
        return
    reasons = step.why_not_approve(page, request.user)
    if reasons:
        listed = format_html_join("", "<li>{}</li>", ((reason,) for reason in reasons))
        messages.warning(request, format_html("Belum dapat Anda setujui:<ul>{}</ul>", listed))
        return
    compare = ""
    if page.live and page.has_unpublished_changes:
        url = reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", page.latest_revision_id])
        compare = format_html(' <a href="{}">Bandingkan dengan versi terbit</a>.', url)
    messages.info(
        request,
        format_html(
            "Menunggu keputusan Anda pada tahap “{}”. Periksa isinya, lalu pilih “Setujui” atau “Minta perbaikan”.{}",
            step.name,
            compare,
        ),
    )


def decision_first(menu_items, request, context) -> None:
    """Make the approval the main button of the editor for those who may give it."""
    for item in menu_items:
        if isinstance(item, WorkflowMenuItem) and item.name == "approve" and not item.launch_modal:
            menu_items.remove(item)
            menu_items.insert(0, item)
            return
