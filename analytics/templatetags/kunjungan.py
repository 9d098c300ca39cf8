"""The mark that reports a view."""

from django import template

from analytics.enums import EventKind
from analytics.tokens import Mark, token_of
from home.models import Office

register = template.Library()


@register.inclusion_tag("analytics/_visit.html", takes_context=True)
def report_visit(context):
    """The mark of the page that is being rendered; nothing in a preview, or where no office answers."""
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return {"token": ""}
    office = Office.objects.for_request(request)
    if office is None:
        return {"token": ""}
    page_id = getattr(context.get("page") or None, "pk", None) or 0
    request.shown = Mark(
        EventKind.VIEW, office.pk, page_id
    )  # for programs, which report nothing (`middleware`)
    return {"token": token_of(request.shown)}
