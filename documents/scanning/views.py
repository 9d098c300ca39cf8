"""The way to an upload as it came, before personal metadata was taken out: for officers alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import access
from documents.delivery import send_file
from documents.models import OfficeDocument
from documents.views import NOT_FOUND


@require_safe
def original(request: HttpRequest, document_id: int, name: str) -> HttpResponse:
    """Send the upload that the published file was made from."""
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    if document is None or not document.original_file or not access.may_read_original(request.user, document):
        raise Http404(NOT_FOUND)
    if name != document.filename:
        return redirect(reverse("documents:original", args=[document.pk, document.filename]))
    try:
        return send_file(
            request,
            document.original_file,
            name=document.filename,
            mime_type=document.content_type,
            sha256=document.original_sha256,
            modified=document.file_changed_at,
            is_public=False,
        )
    except FileNotFoundError as error:
        raise Http404("Berkas tidak ditemukan di penyimpanan.") from error
