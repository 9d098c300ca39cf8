"""The admin's page of a file's versions: withdraw one with a reason, take that back, open and close earlier ones."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from documents import access
from documents.models import OfficeDocument
from documents.verification.models import FileRecord, FileWithdrawal
from documents.verification.withdrawing import NotPossible, set_open, take_back, withdraw_version


class WithdrawalForm(forms.Form):
    """Why a version goes, in words that the public reads."""

    alasan = forms.CharField(
        label="Alasan penarikan",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dibaca publik. Contoh: Salah unggah; lampirannya milik kantor lain.",
        error_messages={"required": "Tuliskan alasannya. Alasan ini dibaca publik."},
    )
    lupakan = forms.BooleanField(
        label="Judul dan nama berkasnya juga tidak boleh lagi dibaca publik",
        required=False,
        help_text="Catatan publikasi melupakannya untuk selamanya; ini tidak dapat dibatalkan.",
    )


def _document(request: HttpRequest, document_id: int) -> OfficeDocument:
    """Return a document that this officer works with. Raises Http404 for all others, and for a change of what the
    public reads by somebody who may not publish."""
    document = OfficeDocument.objects.filter(pk=document_id).select_related("collection").first()
    if document is None or not access.is_officer_of(request.user, document):
        raise Http404("Dokumen ini tidak ada atau bukan milik kantor Anda.")
    if request.method == "POST" and not access.may_replace_public_file(request.user, document):
        raise Http404("Hanya PPID yang dapat menarik atau membuka versi berkas.")
    return document


@require_http_methods(["GET", "HEAD", "POST"])
def versions(request: HttpRequest, document_id: int) -> HttpResponse:
    """List the versions; a POST names one (`versi`) and what to do with it (`aksi`)."""
    document = _document(request, document_id)
    number = request.POST.get("versi", "")
    chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 8 else 0
    form = WithdrawalForm(request.POST if request.POST.get("aksi") == "tarik" else None, auto_id=_ids(chosen))
    if request.method == "POST":
        try:
            if _act(request, document, chosen, form):
                return redirect("eppid_document_versions", document.pk)
        except NotPossible as error:
            messages.error(request, str(error))
    rows = _rows(document)
    for row in rows:
        typed = form.errors and row["number"] == chosen
        row["form"] = form if typed else WithdrawalForm(auto_id=_ids(row["number"]))
    context = {
        "document": document,
        "rows": rows,
        "may_decide": access.may_replace_public_file(request.user, document),
    }
    return render(request, "documents/admin/versions.html", context, status=422 if form.errors else 200)


def _ids(number: int) -> str:
    """The pattern of a form's element ids: there is one form a version on the page."""
    return f"id_{number}_%s"


def _act(request: HttpRequest, document: OfficeDocument, number: int, form: WithdrawalForm) -> bool:
    """Do what was asked, and say so. Returns False when something is missing."""
    match request.POST.get("aksi"):
        case "tarik" if form.is_valid():
            withdraw_version(
                document,
                number,
                form.cleaned_data["alasan"],
                user=request.user,
                forget_words=form.cleaned_data["lupakan"],
            )
            messages.success(request, f"Versi {number} ditarik. Publik kini membaca alasan Anda.")
        case "batal":
            take_back(document, number, user=request.user)
            messages.success(request, f"Penarikan versi {number} dibatalkan.")
        case "buka" | "tutup" as action:
            set_open(document, number, action == "buka", user=request.user)
            messages.success(
                request, f"Versi {number} {'dibuka untuk' if action == 'buka' else 'ditutup bagi'} publik."
            )
        case _:
            return False
    return True


def _rows(document: OfficeDocument) -> list[dict]:
    """Every version, the newest first, with what can be done with it."""
    public = set(FileRecord.objects.filter(document_id=document.pk).values_list("version", flat=True))
    standing = {
        row.version: row for row in FileWithdrawal.objects.filter(document=document, cancelled_at=None)
    }
    current = {
        "number": document.version,
        "url": document.url,
        "sha256": document.sha256,
        "moment": document.file_changed_at,
        "reason": "",
        "is_current": True,
        "is_open": False,
    }
    earlier = [
        {
            "number": version.number,
            "url": version.url,
            "sha256": version.sha256,
            "moment": version.replaced_at,
            "reason": version.reason,
            "is_current": False,
            "is_open": version.is_open,
        }
        for version in document.versions.all()
    ]
    return [
        {**row, "was_public": row["number"] in public, "withdrawal": standing.get(row["number"])}
        for row in [current, *earlier]
    ]
