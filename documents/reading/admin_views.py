"""The admin's pages for correcting a file's text: its pages, one page beside its picture, the picture."""

import difflib
import tempfile
from pathlib import Path

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents.extraction.drawing import DRAWABLE, draw_page
from documents.local_copy import local_copy
from documents.models import DocumentPage, OfficeDocument
from documents.reading import corrections
from documents.reading.pages import page_name, readability

PAGES_A_LIST = 100
PICTURE_WIDTH, PICTURE_HEIGHT = 1240, 4000
"""The box of the page's picture, pixels: a sheet of A4 is drawn at 150 dots an inch."""


class CorrectionForm(forms.Form):
    """A page's text, and which text the officer had before them."""

    teks = forms.CharField(
        label="Teks halaman ini",
        required=False,
        strip=False,
        max_length=corrections.MAX_CHARS,
        error_messages={"max_length": "Teks terlalu panjang: paling banyak %(limit_value)d huruf."},
    )
    terlihat = forms.CharField(widget=forms.HiddenInput, max_length=64)


def _document(request: HttpRequest, document_id: int) -> OfficeDocument:
    """Return a document whose text this officer may correct. Raises Http404 for all others."""
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    if document is None or not corrections.may_correct(request.user, document):
        raise Http404("Dokumen ini tidak ada atau bukan milik kantor Anda.")
    return document


def _page(document: OfficeDocument, number: int) -> DocumentPage:
    page = document.pages.filter(number=number).first() if number < 10**9 else None
    if page is None:
        raise Http404("Berkas ini tidak punya halaman dengan nomor itu.")
    return page


@require_safe
def pages(request: HttpRequest, document_id: int) -> HttpResponse:
    """List the pages of a document, those in doubt first."""
    document = _document(request, document_id)
    part = Paginator(corrections.in_order(document), PAGES_A_LIST).get_page(request.GET.get("p"))
    rows = [
        {"page": page, "name": page_name(document, page), "readability": readability(page.confidence)}
        for page in part.object_list
    ]
    context = {
        "document": document,
        "part": part,
        "rows": rows,
        "doubtful": document.pages.filter(doubt=True).count(),
        "first_doubtful": corrections.next_doubtful(document, 0),
    }
    return render(request, "documents/admin/pages.html", context)


def page(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Show one page beside its picture and take its corrected text."""
    document = _document(request, document_id)
    shown = _page(document, number)
    conflict = None
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        initial={"teks": shown.text, "terlihat": corrections.state_of(document, shown)},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["teks"]
        try:
            changed = corrections.correct(
                document, number, typed, request.user, form.cleaned_data["terlihat"]
            )
        except corrections.NotNow as error:
            form.add_error("teks", str(error))
        except corrections.Conflict as error:
            conflict = error.page
            form = _after_conflict(document, typed, error.page)
        else:
            return _saved(request, document, shown, changed)
    doubtful = corrections.next_doubtful(document, number)
    context = {
        "document": document,
        "page": shown,
        "name": page_name(document, shown),
        "readability": readability(shown.confidence),
        "form": form,
        "conflict": conflict,
        "history": _history(document, number),
        "has_picture": document.kind in DRAWABLE,
        "previous": document.pages.filter(number__lt=number).order_by("-number").first(),
        "following": document.pages.filter(number__gt=number).order_by("number").first(),
        "next_doubtful": doubtful if doubtful != number else None,
        "doubtful": document.pages.filter(doubt=True).count(),
    }
    return render(request, "documents/admin/page.html", context, status=409 if conflict else 200)


def _after_conflict(document: OfficeDocument, typed: str, current: DocumentPage | None) -> CorrectionForm:
    """Keep what was typed; saving it once more, having seen the other text, is a decision."""
    state = corrections.state_of(document, current) if current else ""
    form = CorrectionForm({"teks": typed, "terlihat": state or "-"})
    form.is_valid()
    reason = (
        "Petugas lain menyimpan halaman ini setelah Anda membukanya. Yang Anda ketik belum disimpan dan masih ada di "
        "sini. Bandingkan dengan teks yang tersimpan di bawah, lalu simpan lagi bila teks Anda yang dipakai."
        if current
        else "Berkas ini sudah diganti dengan berkas lain. Yang Anda ketik tidak disimpan; salin bila masih perlu, "
        "lalu buka lagi daftar halamannya."
    )
    form.add_error("teks", reason)
    return form


def _saved(request: HttpRequest, document: OfficeDocument, page: DocumentPage, changed: bool) -> HttpResponse:
    messages.success(
        request, f"{page.label} disimpan." if changed else f"{page.label}: tidak ada yang berubah."
    )
    if "lanjut" in request.POST:
        following = corrections.next_doubtful(document, page.number)
        if following is not None:
            return redirect("eppid_document_page", document.pk, following)
        messages.info(request, "Tidak ada lagi halaman yang diragukan pada berkas ini.")
        return redirect("eppid_document_pages", document.pk)
    return redirect(f"{reverse('eppid_document_page', args=[document.pk, page.number])}#teks-halaman")


def _history(document: OfficeDocument, number: int) -> list[dict]:
    """The page's corrections with what each took out and put in, newest first."""
    return [
        {"row": row, "changes": _changes(row.before, row.text)}
        for row in corrections.history(document, number)[:50]
    ]


def _changes(before: str, after: str) -> list[tuple[str, str]]:
    """Lines that one correction took out ("-") and put in ("+")."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [(line[0], line[1:]) for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")][:200]


@require_safe
def picture(request: HttpRequest, document_id: int, number: int) -> HttpResponse:
    """Draw the page for the officer who corrects it; kept by nobody."""
    document = _document(request, document_id)
    _page(document, number)
    if document.kind not in DRAWABLE:
        raise Http404("Berkas ini tidak bergambar.")
    with (
        local_copy(document.file, f".{document.kind.extensions[0]}") as path,
        tempfile.TemporaryDirectory(prefix="eppid-halaman-") as folder,
    ):
        target = Path(folder) / "halaman.webp"
        drawn = draw_page(
            path, document.kind, number, target, width=PICTURE_WIDTH, height=PICTURE_HEIGHT, max_bytes=0
        )
        if not drawn:
            raise Http404("Halaman ini tidak dapat digambar.")
        response = HttpResponse(target.read_bytes(), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
