"""What a page tells programs about itself."""

from django import template

from home.registry import data_address

register = template.Library()


@register.simple_tag(takes_context=True)
def api_url(context, page=None) -> str:
    """Return where the same is to be had as JSON ("" when nowhere), for `<link rel="alternate">`."""
    request = context.get("request")
    return data_address(page or None, request) if request else ""
