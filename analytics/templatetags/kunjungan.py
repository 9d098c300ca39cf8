"""The mark that reports a view."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string

from analytics.enums import EventKind
from analytics.tokens import Mark, token_of
from home.models import Office

register = template.Library()


@register.simple_tag(takes_context=True)
def report_visit(context) -> str:
    """The mark of the page that is being rendered; nothing in a preview, or where no office answers."""
    request = context.get("request")
    office = None if request is None else Office.objects.for_request(request)
    if office is None or getattr(request, "is_preview", False):
        return ""
    page_id = getattr(context.get("page") or None, "pk", None) or 0
    # Programs report nothing themselves: `middleware` counts them by this.
    request.shown = Mark(EventKind.VIEW, office.pk, page_id)
    return _visit(request.shown)


@lru_cache(maxsize=4096)
def _visit(mark: Mark) -> str:
    """What stands in the page; the same at every reading."""
    return render_to_string("analytics/_visit.html", {"token": token_of(mark)})
