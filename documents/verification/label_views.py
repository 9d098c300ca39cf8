"""The label with a QR code that officers and citizens print and paste on a paper copy of a file."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from documents import access
from documents.models import OfficeDocument
from documents.verification.citing import citations
from documents.verification.history import histories
from documents.verification.places import Places
from documents.verification.qr import qr_svg
from documents.views import NOT_FOUND
from home.models import Office

LARGEST_SHEET = 12
_TOO_MANY = f"Isi jumlah label antara 1 dan {LARGEST_SHEET}."
SHORT = 16
"""Digits of the fingerprint that are enough to compare by eye, and to find the entry in the change log."""


class SheetForm(forms.Form):
    """How many labels stand on the sheet."""

    jumlah = forms.IntegerField(
        label="Jumlah label",
        required=False,
        min_value=1,
        max_value=LARGEST_SHEET,
        error_messages={"invalid": _TOO_MANY, "min_value": _TOO_MANY, "max_value": _TOO_MANY},
    )


@require_safe
def label(request: HttpRequest, document_id: int) -> HttpResponse:
    """The sheet of one file, as it is now: for the public while public pages show it, for its officers always.

    A file that was withdrawn has none: nobody should paste on paper that it is genuine.
    """
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    in_use = document is not None and bool(access.in_public_use_among([document.pk]))
    if document is None or not (in_use or access.is_officer_of(request.user, document)):
        raise Http404(NOT_FOUND)
    history = histories([document])[document.pk]
    if history.withdrawal is not None:
        context = {"document": document, "withdrawal": history.withdrawal}
        return _sent(render(request, "verification/withdrawn.html", context, status=410), in_use)
    form = SheetForm(request.GET)
    count = (form.cleaned_data["jumlah"] if form.is_valid() else None) or 1
    places = Places([document.pk] if in_use else [], Office.objects.for_request(request)).of(document.pk)
    answer = request.build_absolute_uri(reverse("verification:answer", args=[document.sha256]))
    about = request.build_absolute_uri(reverse("documents:about", args=[document.pk]))
    context = {
        "document": document,
        "is_public": in_use,
        "history": history,
        "form": form,
        "labels": range(count),
        "place": places[0] if places else None,
        "citation": next(iter(citations([place.page_id for place in places]).values()), None),
        "short": document.sha256[:SHORT],
        "verification_address": answer,
        "typed_address": about.partition("://")[2],
        "qr": qr_svg(answer, f"Kode QR ke halaman pemeriksaan {document.title}"),
        "crumbs": [("Tentang berkas", reverse("documents:about", args=[document.pk])), ("Label QR", "")],
    }
    return _sent(render(request, "verification/label.html", context), in_use)


def _sent(response: HttpResponse, in_use: bool) -> HttpResponse:
    response["Cache-Control"] = "no-cache" if in_use else "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
