"""What templates need to show where a file comes from."""

from django import template

from documents.verification.history import History, histories

register = template.Library()


@register.simple_tag
def riwayat(document) -> History:
    """Return the public history of a document: `{% riwayat document as history %}`.

    A page with several files has looked them up together (`CataloguePage.public_files`).
    """
    known = getattr(document, "known_history", None)
    return known if known is not None else histories([document])[document.pk]


@register.filter
def berkelompok(fingerprint: str) -> list[str]:
    """Divide a fingerprint into groups of eight, which can be compared with a printed one."""
    return [fingerprint[start : start + 8] for start in range(0, len(fingerprint), 8)]
