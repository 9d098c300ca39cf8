"""How the API's documentation page writes code inside a sentence."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_CODE = re.compile(r"`([^`]+)`")


@register.filter
def kode(value: str) -> SafeString:
    """Show what stands between backticks as code; everything else is escaped."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", str(conditional_escape(value))))
