"""What the templates of the screen need: QR codes of this site's addresses, and lengths of bars."""

from django import template
from django.utils.safestring import SafeString

from documents.verification.qr import qr_svg

register = template.Library()


@register.simple_tag(takes_context=True)
def kode_qr(context, path: str, label: str) -> SafeString:
    """A QR code (inline SVG) of the absolute address of a path; `label` is what a screen reader says."""
    return qr_svg(context["request"].build_absolute_uri(path), f"Kode QR: {label}")


@register.filter
def lebar(value: int, rows) -> int:
    """The length of a bar, 0 to 100, against the highest of a chart's rows; at least 1 for what is not nothing."""
    highest = max((row[1] for row in rows), default=0)
    return max(1, round(value * 100 / highest)) if value and highest else 0
