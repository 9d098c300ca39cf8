"""A large file's way in, part by part: begin or go on, take a part or give a link for it, put together, clean up.

Nothing is registered before all parts are there: an upload is a `PendingUpload` that only its user can name, and the
document's row is written by the same form, with the same checks, as for any other file.
"""

import hashlib
import logging
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.core.files import File
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from wagtail.permissions import policy_registry

from documents.models import DocumentVersion, OfficeDocument
from documents.names import clean_file_name, storage_key
from documents.storage import StoreAway
from documents.uploads.models import PendingPart, PendingUpload
from documents.uploads.parts import PartsLost, part_store

logger = logging.getLogger(__name__)
PART_BYTES = 8 * 1024**2
"""Size of a part, bytes; S3 takes none below 5 MB but the last."""
FROM_BYTES = 20 * 1024**2
"""From this size on the browser sends a file in parts."""
LIFETIME = timedelta(days=1)
"""How long an upload waits for its next part."""
MAX_UNFINISHED = 10
"""Unfinished uploads of one person; bounds what an account can fill the storage with."""
_BLOCK = 1 << 20


class UploadRefused(Exception):
    """The request is refused: HTTP status, and a sentence for the officer."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status


def may_upload(user) -> bool:
    """Tell whether this user may add or replace documents in any collection; the form asks for the very one."""
    return policy_registry.get_by_type(OfficeDocument).user_has_any_permission(user, ["add", "change"])


def _alive():
    return PendingUpload.objects.filter(touched_at__gt=timezone.now() - LIFETIME)


def begin(user, *, name: str, size: int, last_modified: int, first_sha256: str) -> PendingUpload:
    """Start an upload, or go on with the one that this user began for the same file. Raises UploadRefused, StoreAway.

    The same file is one with the same name, size, time of change and first part: what a browser can tell after its tab
    was closed.
    """
    from documents.forms import max_upload_bytes

    if not 0 < size <= max_upload_bytes():
        raise UploadRefused(
            413,
            f"Berkas terlalu besar ({filesizeformat(size)}). Paling besar {filesizeformat(max_upload_bytes())}; "
            "perkecil atau pecah menjadi beberapa berkas."
            if size > 0
            else "Berkas kosong (0 bita). Periksa berkasnya, lalu pilih lagi.",
        )
    extension = name.rpartition(".")[2] if "." in name else ""
    facts = {
        "file_name": name[-255:],
        "size": size,
        "last_modified": last_modified,
        "first_part_sha256": first_sha256,
        "part_size": PART_BYTES,
    }
    known = _alive().filter(user=user, **facts).order_by("-touched_at").first()
    if known:
        with suppress(UploadRefused):  # the bucket's own rules may have removed it: then it begins anew
            arrived(known)
            return known
    if _alive().filter(user=user).count() >= MAX_UNFINISHED:
        raise UploadRefused(
            429,
            f"Anda masih punya {MAX_UNFINISHED} unggahan yang belum selesai. Selesaikan atau batalkan salah satu; "
            "yang tidak dilanjutkan terhapus sendiri setelah satu hari.",
        )
    upload = PendingUpload(user=user, key=storage_key(None, clean_file_name(name, extension)), **facts)
    upload.storage_token = part_store().begin(upload)
    upload.save(force_insert=True)
    return upload


def find(user, token: UUID | str) -> PendingUpload:
    """Return this user's upload. Raises UploadRefused (404 for another's or none, 410 for one that expired)."""
    try:
        upload = PendingUpload.objects.filter(pk=UUID(str(token)), user=user).first()
    except ValueError:
        upload = None
    if upload is None:
        raise UploadRefused(404, "Unggahan ini tidak ada (lagi). Pilih berkasnya lagi.")
    if upload.touched_at <= timezone.now() - LIFETIME:
        raise UploadRefused(410, "Unggahan ini sudah lebih dari satu hari dan dihapus. Pilih berkasnya lagi.")
    return upload


def put(upload: PendingUpload, number: int, data: bytes, sha256: str) -> None:
    """Store one part, whatever the order; the same part again changes nothing. Raises UploadRefused, StoreAway."""
    _check_number(upload, number)
    if len(data) != upload.part_length(number) or hashlib.sha256(data).hexdigest() != sha256:
        raise UploadRefused(400, "Bagian berkas tidak tiba utuh; akan dikirim lagi.")
    stored = _announced(upload, number, sha256)
    if stored and (stored.storage_token or upload.sha256):
        return
    token = part_store().put(upload, number, data)
    with suppress(IntegrityError), transaction.atomic():  # the same part came twice at the same time
        PendingPart.objects.update_or_create(
            upload=upload, number=number, defaults={"sha256": sha256, "storage_token": token}
        )
    upload.save(update_fields=["touched_at"])


def link(upload: PendingUpload, number: int, sha256: str) -> str:
    """Return the address of the bucket that takes this part, for a minute; "" where parts come through the site.

    The link takes so many bytes and no others; that they have this fingerprint is looked at when the file is complete.
    Raises UploadRefused.
    """
    _check_number(upload, number)
    store = part_store()
    if not store.is_direct:
        return ""
    if _announced(upload, number, sha256) is None:
        with suppress(IntegrityError), transaction.atomic():
            PendingPart.objects.create(upload=upload, number=number, sha256=sha256)
    upload.save(update_fields=["touched_at"])
    return store.link(upload, number)


def _check_number(upload: PendingUpload, number: int) -> None:
    if not 1 <= number <= upload.part_count:
        raise UploadRefused(400, "Bagian berkas dengan nomor itu tidak ada.")


def _announced(upload: PendingUpload, number: int, sha256: str) -> PendingPart | None:
    """Return what is known of a part. Raises UploadRefused when it was another one, or the file is complete."""
    stored = upload.parts.filter(number=number).first()
    if (number == 1 and sha256 != upload.first_part_sha256) or (stored and stored.sha256 != sha256):
        raise UploadRefused(409, "Isi berkas berubah selama diunggah. Pilih berkasnya lagi.")
    if upload.sha256 and stored is None:
        raise UploadRefused(409, "Berkas ini sudah lengkap.")
    return stored


def arrived(upload: PendingUpload) -> list[PendingPart]:
    """Return the parts that are in the storage, by number. Raises StoreAway, and UploadRefused for a lost upload."""
    try:
        return part_store().arrived(upload, list(upload.parts.order_by("number")))
    except PartsLost as error:
        forget(upload)
        raise UploadRefused(
            410, "Unggahan ini sudah dihapus dari penyimpanan. Pilih berkasnya lagi."
        ) from error


class AssembledFile(File):
    """A file that is in the storage already, in the shape of an upload: the form checks it like any other.

    `stored_key` tells the storage not to store it again (`documents.storage`).
    """

    def __init__(self, handle, upload: PendingUpload):
        super().__init__(handle, name=upload.file_name)
        self.size = upload.size
        self.stored_key = upload.key
        with suppress(NotImplementedError):
            path = OfficeDocument._meta.get_field("file").storage.path(upload.key)
            self.temporary_file_path = lambda: path


def assemble(upload: PendingUpload) -> AssembledFile:
    """Put the parts together, compare the whole with what was received, and return it.

    What does not compare is thrown away whole. Raises UploadRefused, StoreAway.
    """
    parts = list(upload.parts.order_by("number")) if upload.sha256 else arrived(upload)
    if len(parts) != upload.part_count:
        raise UploadRefused(
            409, "Berkas belum terunggah seluruhnya. Pilih berkas yang sama untuk melanjutkan."
        )
    storage = OfficeDocument._meta.get_field("file").storage
    if not upload.sha256:
        part_store().complete(upload, parts)
    try:
        handle = storage.open(upload.key)
    except FileNotFoundError as error:
        forget(upload)
        raise UploadRefused(410, "Berkas tidak ditemukan di penyimpanan. Unggah lagi.") from error
    if not upload.sha256:
        digest = _verify(handle, upload, parts)
        if digest is None:
            handle.close()
            forget(upload)
            raise UploadRefused(409, "Berkas yang tersimpan tidak sama dengan yang dikirim. Unggah lagi.")
        upload.sha256 = digest
        upload.save(update_fields=["sha256", "touched_at"])
    return AssembledFile(handle, upload)


def _verify(handle, upload: PendingUpload, parts: list[PendingPart]) -> str | None:
    """Return the fingerprint of the whole, or None when a part, or the size, is not what was received."""
    whole = hashlib.sha256()
    for part in parts:
        own, left = hashlib.sha256(), upload.part_length(part.number)
        while left > 0 and (block := handle.read(min(_BLOCK, left))):
            whole.update(block)
            own.update(block)
            left -= len(block)
        if left or own.hexdigest() != part.sha256:
            return None
    if handle.read(1):
        return None
    handle.seek(0)
    return whole.hexdigest()


def use(upload: PendingUpload) -> bool:
    """Take the upload for a document; False when it was taken already (a second click)."""
    return bool(PendingUpload.objects.filter(pk=upload.pk).delete()[0])


def _is_used(key: str) -> bool:
    names = Q(file=key) | Q(original_file=key)
    return any(model.objects.filter(names).exists() for model in (OfficeDocument, DocumentVersion))


def forget(upload: PendingUpload) -> None:
    """Throw an upload away, with what has arrived of it. Raises StoreAway (and then keeps the row for the next try)."""
    part_store().abort(upload)
    if not _is_used(upload.key):
        OfficeDocument._meta.get_field("file").storage.delete(upload.key)
    upload.delete()


def remove_expired() -> str:
    """Remove uploads that nobody went on with for a day, and what a bucket keeps of those that no row names any more.

    Run by the scheduler.
    """
    removed = 0
    until = timezone.now() - LIFETIME
    for upload in PendingUpload.objects.filter(touched_at__lte=until)[:200]:
        try:
            forget(upload)
            removed += 1
        except StoreAway as error:
            logger.warning("Upload %s could not be removed: %s", upload.pk, error)
    try:
        known = set(PendingUpload.objects.values_list("storage_token", flat=True))
        removed += part_store().abort_others(known, until)
    except StoreAway as error:
        logger.warning("Unfinished uploads in the bucket could not be listed or removed: %s", error)
    return f"{removed} unggahan yang tidak dilanjutkan dihapus" if removed else ""
