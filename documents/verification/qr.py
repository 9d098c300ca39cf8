"""QR codes as SVG, made on the server: no script and no third party sees what is verified."""

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

QUIET = 4
"""Modules of white around the code, without which cameras do not find it (ISO/IEC 18004)."""


def qr_svg(address: str, label: str) -> SafeString:
    """Return an inline SVG of `address`; `label` is what a screen reader says. It scales with its box.

    Black on white whatever the reader's colours are: cameras want it so.
    """
    code = segno.make(address, error="m", micro=False)
    rows = list(code.matrix_iter(border=QUIET))
    parts = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 1
            if row[x]:
                while x + length < len(row) and row[x + length]:
                    length += 1
                parts.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    size = len(rows)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path fill="#000" d="{2}"/></svg>',
        size,
        label,
        mark_safe("".join(parts)),  # numbers and letters of path commands only
    )
