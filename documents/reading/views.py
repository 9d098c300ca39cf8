"""What a file says and what it looks like: its text page by page, the small picture of its first page."""

import re
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from documents.enums import TextSource
from documents.reading.addresses import TEXT_PAGES_PER_VIEW, text_address
from documents.reading.highlighting import marker_for
from documents.reading.pages import ShownPage, shown_pages
from documents.views import NOT_FOUND, readable

MAX_WORDS_CHARS = 200
"""Characters of a search that are marked in a text."""


@require_safe
def thumbnail(request: HttpRequest, document_id: int) -> HttpResponse:
    """Send the small picture of the first page, itself and never by way of the storage: pages load it from here."""
    document, is_public = readable(request, document_id)
    if not document.thumbnail or (not is_public and document.is_withheld):
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
        storage, key = document.thumbnail.storage, document.thumbnail.name
        response.content = b"".join(storage.read_part(key, 0, storage.stat(key)))
    except FileNotFoundError as error:
        raise Http404(NOT_FOUND) from error
    return response


@require_safe
def text(request: HttpRequest, document_id: int) -> HttpResponse:
    """Show the document's text page by page, 50 pages a view.

    `?halaman=120` opens the part that holds page 120, `?ke=120` leads to that page, `?q=` marks words.
    """
    document, is_public = readable(request, document_id)
    pages = document.pages.order_by("number")
    words = request.GET.get("q", "").replace("\x00", "")[:MAX_WORDS_CHARS].strip()
    if number := _number(request.GET.get("ke", "")):
        last = pages.values_list("number", flat=True).last() or 1
        return redirect(text_address(document.pk, min(number, last), words))
    paginator = Paginator(pages, TEXT_PAGES_PER_VIEW)
    if number := _number(request.GET.get("halaman", "")):
        before = pages.filter(number__lt=number).count()
        part = paginator.get_page(before // TEXT_PAGES_PER_VIEW + 1)
    else:
        part = paginator.get_page(request.GET.get("bagian"))
    shown = shown_pages(document, part.object_list, marker_for(words))
    facts = pages.aggregate(
        ocr=Count("pk", filter=Q(source=TextSource.OCR)), corrected=Max("corrected_at"), last=Max("number")
    )
    context = {
        "document": document,
        "part": part,
        "pages": shown,
        "last": facts["last"] or 0,
        "until": shown[-1].number if shown else 0,
        "has_ocr": bool(facts["ocr"]),
        "has_corrections": facts["corrected"] is not None,
        "words": words,
        "found": sum("<mark>" in text for page in shown for text in _texts(page)),
        "is_public": is_public,
    }
    response = render(request, "documents/text.html", context)
    response["Cache-Control"] = "public, no-cache" if is_public else "private, no-store"
    if not is_public:
        response["X-Robots-Tag"] = "noindex"
    return response


def _number(typed: str) -> int | None:
    """The page number that somebody typed or an address carries; None for anything else."""
    return int(typed) if re.fullmatch("[0-9]{1,8}", typed) and int(typed) else None


def _texts(page: ShownPage) -> Iterator[str]:
    for block in page.blocks:
        yield from (*block.lines, *block.header, *(cell for row in block.rows for cell in row))
