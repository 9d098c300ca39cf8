"""Who may see a file now: the one place that decides.

A file is public exactly while a page that the public may see uses it and may show it. The rooms above register how
they use files; nothing is stored, so publication and the file's privacy cannot part. A use that must stay private
(an exempted entry, a consequence test) wins over every public use of the same file.
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

_public_uses: list[Callable[[], QuerySet]] = []
_private_uses: list[Callable[[], QuerySet]] = []


def register_public_use(provider: Callable[[], QuerySet]) -> None:
    """Register `provider`, which returns a queryset of ids of documents that public pages show now."""
    if provider not in _public_uses:
        _public_uses.append(provider)


def register_private_use(provider: Callable[[], QuerySet]) -> None:
    """Register `provider`, which returns a queryset of ids of documents that must never be public."""
    if provider not in _private_uses:
        _private_uses.append(provider)


def public_documents() -> QuerySet:
    """Return the documents (queryset of documents.OfficeDocument) that the public may see at this moment."""
    from documents.models import OfficeDocument

    allowed = Q(pk__in=[])
    for provider in _public_uses:
        allowed |= Q(pk__in=provider())
    documents = OfficeDocument.objects.filter(allowed)
    for provider in _private_uses:
        documents = documents.exclude(pk__in=provider())
    return documents


def is_public(document) -> bool:
    """Tell whether the public may see this document at this moment."""
    return public_documents().filter(pk=document.pk).exists()
