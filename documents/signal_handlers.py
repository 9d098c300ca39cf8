"""Cleans the storage up after rows are gone (Wagtail does this for the document's own file)."""

from django.db import transaction
from django.db.models.signals import post_delete

from documents.models import DocumentVersion, OfficeDocument


def _delete_later(field_file) -> None:
    if field_file:
        storage, name = field_file.storage, field_file.name
        transaction.on_commit(lambda: storage.delete(name))


def delete_made_files(sender, instance: OfficeDocument, **kwargs) -> None:
    """Delete what lies beside a deleted document's file: its upload, the searchable copy, the first page's picture."""
    _delete_later(instance.original_file)
    _delete_later(instance.searchable_copy)
    _delete_later(instance.thumbnail)


def delete_version_file(sender, instance: DocumentVersion, **kwargs) -> None:
    """Delete the files of a deleted version."""
    _delete_later(instance.original_file)
    _delete_later(instance.file)


def connect() -> None:
    """Connect the handlers; called once from AppConfig.ready()."""
    post_delete.connect(delete_made_files, sender=OfficeDocument, dispatch_uid="documents_made_files")
    post_delete.connect(delete_version_file, sender=DocumentVersion, dispatch_uid="documents_version_file")
