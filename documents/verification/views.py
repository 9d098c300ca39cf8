"""The pages on which people verify a file: about a file, the form, the answer, the change log.

Nothing here changes anything, so the form needs no token and gives nobody a cookie.
"""

import json
from collections.abc import Callable
from functools import wraps

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from documents import access
from documents.models import OfficeDocument
from documents.verification import ledger
from documents.verification.history import histories
from documents.verification.log_filter import LogFilter
from documents.verification.lookup import look_up, read_fingerprint
from documents.verification.models import LedgerEntry
from documents.verification.places import Places
from documents.verification.qr import qr_svg
from documents.verification.telling import Told, lines
from documents.verification.uploads import TooLarge, fingerprint_of_post, max_bytes
from documents.views import NOT_FOUND
from home.models import Office

NO_FILE = "Pilih dahulu berkas yang akan diperiksa; berkas kosong tidak dapat diperiksa."
ENTRIES_PER_PAGE = 50


def _page(request: HttpRequest, name: str, status: int = 200, **context) -> HttpResponse:
    response = render(request, f"verification/{name}.html", context, status=status)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def about(request: HttpRequest, document_id: int) -> HttpResponse:
    """About one file: facts, fingerprint, QR code, history; for the public while public pages show it."""
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    in_use = document is not None and bool(access.in_public_use_among([document.pk]))
    if document is None or not (in_use or access.is_officer_of(request.user, document)):
        raise Http404(NOT_FOUND)
    history = histories([document])[document.pk]
    address = request.build_absolute_uri(reverse("verification:answer", args=[document.sha256]))
    response = _page(
        request,
        "about",
        document=document,
        history=history,
        is_public=in_use,
        places=Places([document.pk] if in_use else [], Office.objects.for_request(request)).of(document.pk),
        verification_address=address,
        qr=qr_svg(address, f"Kode QR ke halaman pemeriksaan {document.title}"),
        crumbs=[("Tentang berkas", "")],
    )
    if not in_use:
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
    return response


def says_if_withdrawn(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Wrap a way to a file: where there is nothing because the file was withdrawn, say since when and why (410)."""

    @wraps(view)
    def answer(request: HttpRequest, document_id: int, **kwargs) -> HttpResponse:
        try:
            return view(request, document_id, **kwargs)
        except Http404:
            document = OfficeDocument.objects.filter(pk__in=access.in_public_use_among([document_id])).first()
            history = histories([document])[document.pk] if document else None
            if history is None or history.withdrawal is None:
                raise
            return _page(request, "withdrawn", 410, document=document, withdrawal=history.withdrawal)

    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """The form: a file (posted only where there is no JavaScript) or a typed fingerprint (`?sha256=`)."""
    if request.method == "POST":
        try:
            fingerprint = fingerprint_of_post(request, "berkas")
        except TooLarge:
            limit = max_bytes() // 1024**2
            return _form(
                request, 413, file_error=f"Berkas lebih dari {limit} MB tidak dapat diunggah untuk diperiksa."
            )
        if not fingerprint:
            return _form(request, 422, file_error=NO_FILE)
        return redirect("verification:answer", fingerprint=fingerprint)
    typed = request.GET.get("sha256")
    if typed is None:
        return _form(request)
    try:
        return redirect("verification:answer", fingerprint=read_fingerprint(typed))
    except ValueError as error:
        return _form(request, 422, typed=typed[:200], typed_error=str(error))


def _form(request: HttpRequest, status: int = 200, **context) -> HttpResponse:
    return _page(request, "form", status, crumbs=[("Periksa keaslian berkas", "")], **context)


@require_safe
def answer(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """What is known of a fingerprint. An address that is none leads to the form with what was typed."""
    try:
        plain = read_fingerprint(fingerprint)
    except ValueError as error:
        return _form(request, 404, typed=fingerprint[:200], typed_error=str(error))
    if plain != fingerprint:
        return redirect("verification:answer", fingerprint=plain)
    office = Office.objects.for_request(request)
    crumbs = [("Periksa keaslian berkas", reverse("verification:form")), ("Hasil", "")]
    response = _page(
        request, "answer", answer=look_up(plain, office), checked_at=timezone.now(), crumbs=crumbs
    )
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """The change log, newest first, filtered as `log_filter.LogFilter` says; `?dokumen=57` is one document's."""
    form = LogFilter(request.GET)
    entries = form.narrow(LedgerEntry.objects.order_by("-number"))
    part = Paginator(entries, ENTRIES_PER_PAGE).get_page(request.GET.get("halaman"))
    rows = list(part.object_list)
    told = Told(rows)
    codes = {entry.office_code for entry in rows}
    offices = dict(Office.objects.filter(kode_wilayah__in=codes).values_list("kode_wilayah", "name"))
    shown = access.in_public_use_among({entry.document_id for entry in rows}) if rows else set()
    return _page(
        request,
        "log",
        part=part,
        rows=[
            (entry, told.words(entry), offices.get(entry.office_code, ""), entry.document_id in shown)
            for entry in rows
        ],
        document=form.value("dokumen"),
        form=form,
        head=ledger.newest(),
        crumbs=[("Periksa keaslian berkas", reverse("verification:form")), ("Catatan publikasi", "")],
    )


@require_safe
def log_lines(request: HttpRequest) -> StreamingHttpResponse:
    """The whole change log as JSON lines, from the first entry on, for everybody to check."""
    entries = LedgerEntry.objects.order_by("number").iterator(chunk_size=500)
    text = (json.dumps(line, ensure_ascii=False) + "\n" for line in lines(entries))
    response = StreamingHttpResponse(text, content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catatan-publikasi.jsonl"'
    response["Cache-Control"] = "no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response
