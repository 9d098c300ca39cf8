"""The ways to a file: itself, its searchable copy, an earlier version. Each asks `access` first. (Its text: `reading`.)

What somebody may not see is "not found", never "forbidden": an address must not tell that a file exists.
"""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from documents import access
from documents.delivery import begins_a_download, send_file
from documents.models import DocumentVersion, OfficeDocument
from documents.signals import document_downloaded

logger = logging.getLogger(__name__)
NOT_FOUND = "Dokumen ini tidak ada atau tidak (lagi) terbuka untuk umum."


def readable(request: HttpRequest, document_id: int) -> tuple[OfficeDocument, bool]:
    """Return the document and whether it is public. Raises Http404 for what this visitor may not see."""
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    if document is None:
        raise Http404(NOT_FOUND)
    is_public = access.is_public(document)
    if not (is_public or access.is_officer_of(request.user, document)):
        raise Http404(NOT_FOUND)
    return document, is_public


def _send(
    request: HttpRequest, document: OfficeDocument, field_file, is_public: bool, **facts
) -> HttpResponse:
    try:
        response = send_file(request, field_file, is_public=is_public, **facts)
    except FileNotFoundError as error:
        logger.error(
            "Document %s: its file %s is not in the store; see manage.py check_documents",
            document.pk,
            field_file.name,
        )
        raise Http404("Berkas tidak ditemukan di penyimpanan.") from error
    if begins_a_download(request, response):
        document_downloaded.send(OfficeDocument, document=document, request=request, is_public=is_public)
    return response


@require_safe
def serve(request: HttpRequest, document_id: int, name: str) -> HttpResponse:
    """Send the document's current file; an outdated name leads to the current one."""
    document, is_public = readable(request, document_id)
    if name != document.filename:
        return redirect(document.url)
    return _send(
        request,
        document,
        document.file,
        is_public,
        name=document.filename,
        mime_type=document.content_type,
        sha256=document.sha256,
        modified=document.file_changed_at,
    )


@require_safe
def searchable(request: HttpRequest, document_id: int, name: str) -> HttpResponse:
    """Send the copy of a scanned PDF that carries a text layer."""
    document, is_public = readable(request, document_id)
    if not document.searchable_ready:
        raise Http404(NOT_FOUND)
    if name != document.filename:
        return redirect(document.searchable_url)
    return _send(
        request,
        document,
        document.searchable_copy,
        is_public,
        name=document.filename.removesuffix(".pdf") + "-dapat-dicari.pdf",
        mime_type=document.content_type,
        sha256=f"{document.sha256}-ocr",
        modified=document.file_changed_at,
    )


@require_safe
def version(request: HttpRequest, document_id: int, number: int, name: str) -> HttpResponse:
    """Send an earlier version of the file."""
    found = (
        DocumentVersion.objects.filter(document_id=document_id, number=number)
        .select_related("document__collection")
        .first()
    )
    if found is None or not access.may_read_version(request.user, found):
        raise Http404(NOT_FOUND)
    if name != found.file_name:
        return redirect(found.url)
    return _send(
        request,
        found.document,
        found.file,
        access.is_public_version(found),
        name=found.file_name,
        mime_type=found.mime_type or "application/octet-stream",
        sha256=found.sha256,
        modified=found.uploaded_at,
    )
