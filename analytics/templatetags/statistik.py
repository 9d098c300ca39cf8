"""Tables of figures, and how often files were downloaded."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from analytics.rankings import downloads_ever
from home.templatetags.eppid import angka

register = template.Library()


@register.inclusion_tag("analytics/_rows.html")
def table_of(columns, rows, title, averages=None, count=None):
    """A table of cells: `{% table_of columns rows title averages count %}`."""
    return _table(columns, rows, title, averages, count)


@register.inclusion_tag("analytics/admin/_rows.html")
def admin_table_of(columns, rows, title, averages=None, count=None):
    """The same in the admin."""
    return _table(columns, rows, title, averages, count)


def _table(columns, rows, title, averages, count) -> dict:
    return {
        "columns": columns,
        "rows": [list(zip(columns, row, strict=True)) for row in rows],
        "averages": list(zip(columns, averages, strict=True)) if averages else None,
        "label": title,
        "caption": f"{title}: {angka(count)} baris" if count is not None else title,
    }


@register.simple_tag
def count_downloads(files: Iterable) -> str:
    """Look up how often the documents of a page's files were downloaded, together: one query."""
    documents = [file.document for file in files]
    known = downloads_ever({document.pk for document in documents})
    for document in documents:
        document.known_downloads = known.get(document.pk, 0)
    return ""


@register.simple_tag
def downloaded(document) -> str:
    """ "diunduh 123 kali", "" for a file that nobody downloaded yet; looked up alone where no list did it before."""
    known = getattr(document, "known_downloads", None)
    count = downloads_ever({document.pk}).get(document.pk, 0) if known is None else known
    return f"diunduh {angka(count)} kali" if count else ""
