"""What stands above the days of one file: its numbers and its chart."""

from __future__ import annotations

from typing import Any

from analytics.dashboard import pictures
from analytics.dashboard.downloads import DocumentDays
from analytics.dashboard.overview import Figure, compared
from home.templatetags.eppid import angka


def summary(found: DocumentDays) -> dict[str, Any]:
    """The numbers, the chart and its addresses, as the pages show them."""
    asked, more = found.asked, {"berkas": found.document.pk}
    return {
        "figures": [
            compared(asked, "unduhan", found.downloads, found.before),
            Figure("pengunduh harian", angka(found.downloaders)),
            Figure("unduhan sejak dihitung, di semua kantor", angka(found.ever), found.ever_url),
        ],
        "chart": pictures.document_chart(found),
        "wide": asked.picture_url(pictures.DOCUMENT, "svg", **more),
        "narrow": asked.picture_url(pictures.DOCUMENT, "svg", **more, lebar="sempit"),
        "png": asked.picture_url(pictures.DOCUMENT, "png", **more),
    }
