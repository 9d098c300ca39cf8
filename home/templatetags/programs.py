"""What a page tells programs about itself."""

from django import template

from home.registry import data_address, embed_address

register = template.Library()


@register.simple_tag(takes_context=True)
def api_url(context, page=None) -> str:
    """Return where the same is to be had as JSON ("" when nowhere), for `<link rel="alternate">`."""
    request = context.get("request")
    return data_address(page or None, request) if request else ""


@register.simple_tag(takes_context=True)
def embed_url(context, page=None) -> str:
    """Return where another site learns how to embed the page by oEmbed ("" when it cannot), for `<link>`."""
    request = context.get("request")
    return embed_address(page or None, request) if request else ""
