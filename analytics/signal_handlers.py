"""What other rooms tell: a file was fetched, a search was answered, an office moved to another time zone."""

from __future__ import annotations

from django.db.models.signals import post_save, pre_save

from analytics.enums import EventKind
from analytics.recording import record
from analytics.rollups import recount
from documents.signals import document_downloaded
from home.models import Office
from search.signals import search_answered


def connect() -> None:
    """Listen."""
    document_downloaded.connect(_downloaded, dispatch_uid="analytics.downloaded")
    search_answered.connect(_searched, dispatch_uid="analytics.searched")
    pre_save.connect(_office_changes, sender=Office, dispatch_uid="analytics.office_changes")
    post_save.connect(_office_changed, sender=Office, dispatch_uid="analytics.office_changed")


def _downloaded(sender, document, request, is_public, **kwargs) -> None:
    if is_public:  # officers look at drafts too
        record(request, EventKind.DOWNLOAD, Office.objects.for_request(request), document_id=document.pk)


def _searched(sender, request, results, **kwargs) -> None:
    record(request, EventKind.SEARCH, Office.objects.for_request(request), is_empty=not results.total)


def _office_changes(sender, instance: Office, **kwargs) -> None:
    former = Office.objects.filter(pk=instance.pk).values_list("time_zone", flat=True).first()
    instance._moves_zone = former is not None and former != instance.time_zone


def _office_changed(sender, instance: Office, **kwargs) -> None:
    if getattr(instance, "_moves_zone", False):
        recount(instance)
