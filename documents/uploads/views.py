"""The addresses that the browser sends a large file to, below /admin/dokumen/unggah/. Answers are JSON.

Wagtail asks for the sign-in, Django for the CSRF token; an upload is found for its own user only.
"""

import re
from functools import wraps

from django.http import HttpRequest, JsonResponse
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from documents.storage import StoreAway
from documents.uploads import sessions
from documents.uploads.models import PendingUpload
from documents.uploads.parts import part_store

_SHA256 = re.compile("[0-9a-f]{64}")


def _answers(view):
    """Turn refusals into JSON with a sentence under "pesan"."""

    @never_cache
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> JsonResponse:
        try:
            if not sessions.may_upload(request.user):
                raise sessions.UploadRefused(403, "Akun Anda tidak boleh mengunggah dokumen.")
            return view(request, *args, **kwargs)
        except sessions.UploadRefused as refused:
            return JsonResponse({"pesan": str(refused)}, status=refused.status)
        except StoreAway:
            return JsonResponse({"pesan": "Tempat penyimpanan sedang tidak dapat dipakai."}, status=503)

    return answered


def _state(upload: PendingUpload) -> dict:
    return {
        "kode": str(upload.pk),
        "bagian": upload.part_count,
        "ukuran_bagian": upload.part_size,
        "tiba": [part.number for part in sessions.arrived(upload)],
        "langsung": part_store().is_direct,
        "alamat": reverse("eppid_upload", args=[upload.pk]),
    }


@require_POST
@_answers
def begin(request: HttpRequest) -> JsonResponse:
    """Start an upload, or tell which parts of the same file have arrived."""
    given = request.POST
    numbers = [given.get(name, "") for name in ("ukuran", "diubah")]
    name, first = given.get("nama", "").strip(), given.get("bagian_pertama", "")
    are_numbers = all(re.fullmatch("[0-9]{1,15}", number) for number in numbers)
    if not (name and are_numbers and _SHA256.fullmatch(first)) or "\x00" in name:
        raise sessions.UploadRefused(400, "Permintaan unggah tidak lengkap. Muat ulang halaman ini.")
    upload = sessions.begin(
        request.user, name=name, size=int(numbers[0]), last_modified=int(numbers[1]), first_sha256=first
    )
    return JsonResponse(_state(upload))


@require_http_methods(["GET", "DELETE"])
@_answers
def upload(request: HttpRequest, token) -> JsonResponse:
    """Tell which parts have arrived; DELETE throws the upload away."""
    found = sessions.find(request.user, token)
    if request.method == "DELETE":
        sessions.forget(found)
        return JsonResponse({})
    return JsonResponse(_state(found))


@require_http_methods(["PUT", "POST"])
@_answers
def part(request: HttpRequest, token, number: int) -> JsonResponse:
    """Take one part: its bytes as the body of a PUT, its SHA-256 in the header X-Bagian-SHA256.

    POST with the header alone asks where the part goes: to the address of the bucket under "ke", by PUT within a
    minute; or here, when that is empty.
    """
    found = sessions.find(request.user, token)
    sha256 = request.headers.get("X-Bagian-SHA256", "")
    if request.method == "POST":
        if not _SHA256.fullmatch(sha256):
            raise sessions.UploadRefused(400, "Permintaan unggah tidak lengkap. Muat ulang halaman ini.")
        return JsonResponse({"ke": sessions.link(found, number, sha256)})
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length.isdecimal() or int(length) > found.part_size:
        raise sessions.UploadRefused(413, "Bagian berkas terlalu besar.")
    try:
        data = request.read(int(length))
    except UnreadablePostError as error:
        raise sessions.UploadRefused(400, "Bagian berkas tidak tiba utuh; akan dikirim lagi.") from error
    sessions.put(found, number, data, sha256)
    return JsonResponse({"tiba": number})
