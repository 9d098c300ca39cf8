"""Links into the reading view of a file."""

from django import template

from documents.reading.addresses import text_address

register = template.Library()


@register.simple_tag
def alamat_teks(extract, words: str = "") -> str:
    """The address of a found piece of text in the reading view, words marked; "" for one that stands in no file."""
    if not getattr(extract, "document_id", None):
        return ""
    return text_address(extract.document_id, extract.page_number or 1, (words or "")[:200])
