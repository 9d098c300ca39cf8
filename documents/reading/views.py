"""What a file says and what it looks like: its text page by page, the small picture of its first page."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from documents.enums import TextSource
from documents.models import TEXT_PAGES_PER_VIEW
from documents.views import NOT_FOUND, readable


@require_safe
def thumbnail(request: HttpRequest, document_id: int) -> HttpResponse:
    """Send the small picture of the first page, itself and never by way of the storage: pages load it from here."""
    document, is_public = readable(request, document_id)
    if not document.thumbnail or document.is_withheld:
        raise Http404(NOT_FOUND)
    response = HttpResponse(content_type="image/webp")
    response["ETag"] = f'"{document.sha256}-gambar"'
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    if response["ETag"] in parse_etags(request.headers.get("If-None-Match", "")):
        response.status_code = 304
        return response
    try:
        with document.thumbnail.storage.open(document.thumbnail.name) as handle:
            response.content = handle.read()
    except FileNotFoundError as error:
        raise Http404(NOT_FOUND) from error
    return response


@require_safe
def text(request: HttpRequest, document_id: int) -> HttpResponse:
    """Show the document's text page by page; `?halaman=120` opens the part that holds page 120."""
    document, is_public = readable(request, document_id)
    pages = document.pages.select_related("document").order_by("number")
    paginator = Paginator(pages, TEXT_PAGES_PER_VIEW)
    wanted = request.GET.get("halaman", "")
    if wanted.isdecimal() and len(wanted) < 9:
        before = pages.filter(number__lt=int(wanted)).count()
        part = paginator.get_page(before // TEXT_PAGES_PER_VIEW + 1)
    else:
        part = paginator.get_page(request.GET.get("bagian"))
    context = {
        "document": document,
        "part": part,
        "pages": part.object_list,
        "has_ocr": pages.filter(source=TextSource.OCR).exists(),
        "is_public": is_public,
    }
    response = render(request, "documents/text.html", context)
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    if not is_public:
        response["X-Robots-Tag"] = "noindex"
    return response
