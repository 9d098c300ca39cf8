"""The change log: entries that are only ever added, its head, and where each fingerprint stands by it.

No entry points to a document, page or office by a foreign key: it outlives what it tells of.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from documents.verification.canonical import NO_HASH, details_digest, digest, moment
from documents.verification.enums import EntryKind, FileState

ONLY_ADDED = "Entri catatan publikasi tidak dapat diubah atau dihapus."


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an entry of the change log."""

    def __init__(self):
        super().__init__(ONLY_ADDED)


class LedgerQuerySet(models.QuerySet):
    """Entries, which can be read and added."""

    def update(self, **kwargs):
        """Refused: entries stay as they are."""
        raise AppendOnlyError

    def delete(self):
        """Refused: entries stay."""
        raise AppendOnlyError

    def bulk_update(self, *args, **kwargs):
        """Refused: entries stay as they are."""
        raise AppendOnlyError

    def blank(self) -> int:
        """Forget the words of these entries (titles, names, addresses, reasons) for ever; the chain still holds.

        The one change an entry can undergo (the database's own guard knows it too). Returns how many had words.
        """
        return models.QuerySet.update(self.exclude(salt=""), details=None, salt="")


class LedgerEntry(models.Model):
    """One thing that happened to a file in public."""

    number = models.PositiveBigIntegerField("nomor", primary_key=True)
    recorded_at = models.DateTimeField("saat")
    kind = models.CharField("peristiwa", max_length=20, choices=EntryKind.choices)
    office_code = models.CharField("kode wilayah kantor", max_length=4, blank=True, db_index=True)
    document_id = models.PositiveBigIntegerField("nomor dokumen", db_index=True)
    page_id = models.PositiveBigIntegerField("nomor halaman", null=True, db_index=True)
    version = models.PositiveIntegerField("versi")
    sha256 = models.CharField("sidik jari SHA-256", max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    replaced_version = models.PositiveIntegerField("versi yang diganti", null=True)
    replaced_sha256 = models.CharField("sidik jari versi yang diganti", max_length=64, blank=True)
    details = models.JSONField("keterangan", null=True)
    """Words that can be forgotten: `judul`, `nama_berkas`, `judul_halaman`, `alamat`, `alasan`. None once forgotten."""
    salt = models.CharField("garam", max_length=32, blank=True)
    details_digest = models.CharField("sidik jari keterangan", max_length=64)
    previous_hash = models.CharField("hash entri sebelumnya", max_length=64, default=NO_HASH)
    hash = models.CharField("hash", max_length=64)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        base_manager_name = "objects"
        verbose_name = "entri catatan publikasi"
        verbose_name_plural = "catatan publikasi"
        default_permissions = ()

    def __str__(self):
        return f"{self.number}. {self.get_kind_display()}"

    def save(self, *args, **kwargs):
        """Add a new entry; refuses to change one."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, force_insert=True)

    def delete(self, *args, **kwargs):
        """Refused: entries stay."""
        raise AppendOnlyError

    def seal(self, previous_hash: str) -> None:
        """Join the entry to the one before it: set the fingerprint of its words, and its hash."""
        self.details_digest = details_digest(self.salt, self.details or {})
        self.previous_hash = previous_hash
        self.hash = digest(self.core())

    def core(self) -> dict[str, Any]:
        """Return what the hash is computed over, in the names that the public file uses."""
        return {
            "nomor": self.number,
            "saat": moment(self.recorded_at),
            "peristiwa": self.kind,
            "kantor": self.office_code,
            "dokumen": self.document_id,
            "halaman": self.page_id,
            "versi": self.version,
            "sha256": self.sha256,
            "ukuran": self.size,
            "versi_diganti": self.replaced_version,
            "sha256_diganti": self.replaced_sha256,
            "sidik_keterangan": self.details_digest,
            "sebelumnya": self.previous_hash,
        }


class LedgerHead(models.Model):
    """The newest entry. Its one row is the lock by which writers queue, and shows when the log's end was cut off."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NO_HASH)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.number} {self.hash}"


class FileRecord(models.Model):
    """Where a fingerprint stands that was public at some time. Follows from the entries alone."""

    document_id = models.PositiveBigIntegerField(db_index=True)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    state = models.CharField(max_length=10, choices=FileState.choices)
    is_open = models.BooleanField(default=False)
    """Whether the file of a superseded version can be opened while its document is in public use."""
    page_id = models.PositiveBigIntegerField(null=True, db_index=True)
    """A page that shows the document; while it is public, one that does now."""
    office_code = models.CharField(max_length=4, blank=True)
    published_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    first_entry = models.PositiveBigIntegerField()
    last_entry = models.PositiveBigIntegerField()
    """The entry that says why it stands so; also the one with its words."""

    class Meta:
        ordering = ["document_id", "-version", "-first_entry"]
        constraints = [
            models.UniqueConstraint(
                fields=["document_id", "version", "sha256"], name="one_record_a_public_file"
            )
        ]
        default_permissions = ()

    def __str__(self):
        return f"{self.document_id} versi {self.version}: {self.state}"


class FileWithdrawal(models.Model):
    """A version of a file that an officer withdrew with a reason: it is no longer delivered, its entry stays."""

    document = models.ForeignKey(
        "documents.OfficeDocument",
        on_delete=models.CASCADE,
        related_name="withdrawals",
        verbose_name="dokumen",
    )
    version = models.PositiveIntegerField("versi")
    reason = models.TextField("alasan penarikan")
    withdrawn_at = models.DateTimeField("ditarik pada", default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_at = models.DateTimeField("dibuka kembali pada", null=True)

    class Meta:
        ordering = ["-withdrawn_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "version"],
                condition=models.Q(cancelled_at=None),
                name="one_withdrawal_a_version",
            )
        ]
        default_permissions = ()
        verbose_name = "penarikan berkas"
        verbose_name_plural = "penarikan berkas"

    def __str__(self):
        return f"{self.document_id} versi {self.version}"
