"""Cleans the storage up after rows are gone (Wagtail does this for the document's own file)."""

from django.db import transaction
from django.db.models.signals import post_delete

from documents.models import DocumentVersion, OfficeDocument


def _delete_later(field_file) -> None:
    if field_file:
        storage, name = field_file.storage, field_file.name
        transaction.on_commit(lambda: storage.delete(name))


def delete_searchable_copy(sender, instance: OfficeDocument, **kwargs) -> None:
    """Delete the searchable copy of a deleted document."""
    _delete_later(instance.searchable_copy)


def delete_version_file(sender, instance: DocumentVersion, **kwargs) -> None:
    """Delete the file of a deleted version."""
    _delete_later(instance.file)


def connect() -> None:
    """Connect the handlers; called once from AppConfig.ready()."""
    post_delete.connect(
        delete_searchable_copy, sender=OfficeDocument, dispatch_uid="documents_searchable_copy"
    )
    post_delete.connect(delete_version_file, sender=DocumentVersion, dispatch_uid="documents_version_file")
