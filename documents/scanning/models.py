"""What the checks leave on a document's row and on its earlier versions."""

from django.db import models
from django.urls import reverse

from documents.enums import ScanState
from documents.names import storage_key
from documents.scanning.editions import current_edition


class CheckedVersion(models.Model):
    """A stored file with the upload that it was made from, and what is known of its safety."""

    original_file = models.FileField(
        "berkas asli", upload_to=storage_key, max_length=255, blank=True, editable=False
    )
    """The upload as it came, where the published file is a cleaned copy of it; never public."""
    original_sha256 = models.CharField(
        "sidik jari berkas asli", max_length=64, blank=True, editable=False, db_index=True
    )
    scan_state = models.CharField(
        "keadaan pemindaian",
        max_length=14,
        choices=ScanState.choices,
        default=ScanState.NOT_SCANNED,
        editable=False,
        db_index=True,
    )
    scan_reason = models.TextField("keterangan pemindaian", blank=True, editable=False)
    scanned_at = models.DateTimeField("dipindai pada", null=True, editable=False)
    checks_edition = models.PositiveSmallIntegerField(default=0, editable=False)
    """The edition of the built-in checks that looked at the file last; 0 for one stored before there were any."""

    class Meta:
        abstract = True

    @property
    def is_examined(self) -> bool:
        """Whether today's built-in checks have looked at the file; others wait for `manage.py clean_documents`."""
        return self.checks_edition >= current_edition(self.mime_type)

    @property
    def is_quarantined(self) -> bool:
        """Whether the file was found dangerous: nobody but an administrator may open it."""
        return self.scan_state == ScanState.INFECTED


class CheckedFile(CheckedVersion):
    """The current file of a document: also what it carries, and whether it has been looked at."""

    is_checked = models.BooleanField("isi sudah diperiksa", default=True, editable=False, db_index=True)
    """False from the moment a file is stored unseen until the worker has looked into it; it is not public meanwhile."""
    check_due_at = models.DateTimeField(null=True, editable=False)
    """When the scheduler asks for the next look or scan; empty while none is outstanding."""
    check_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    findings = models.JSONField("temuan sebelum terbit", default=list, blank=True, editable=False)
    removed_metadata = models.JSONField("metadata yang dihapus", default=list, blank=True, editable=False)
    kept_metadata = models.JSONField("metadata yang tetap ada", default=list, blank=True, editable=False)
    signatures = models.JSONField("tanda tangan elektronik", null=True, blank=True, editable=False)
    """What was read of each signature (`documents.scanning.signatures`); None while they have not been read."""

    class Meta:
        abstract = True

    @property
    def is_held_for_scan(self) -> bool:
        """Whether the file waits for the antivirus server, so that it is not public yet."""
        from documents.scanning import clamd

        return clamd.is_configured() and self.scan_state in (ScanState.NOT_SCANNED, ScanState.FAILED)

    @property
    def original_url(self) -> str:
        """The address of the upload as it came, for officers; "" where the published file is the upload."""
        if not self.original_file:
            return ""
        return reverse("documents:original", args=[self.pk, self.filename])

    @property
    def signature_list(self):
        """The signatures of the file as pages show them (`documents.scanning.signatures.Signature`)."""
        from documents.scanning.signatures import signatures_of

        return signatures_of(self)

    @property
    def has_broken_signature(self) -> bool:
        """Whether a signature of the file does not vouch for it as it is."""
        return any(signature.is_broken for signature in self.signature_list)

    @property
    def warnings(self) -> list[str]:
        """What an officer should know of the file before it is published, the worst first."""
        told = [f"Berkas ini dikarantina. {self.scan_reason}"] if self.is_quarantined else []
        told += [signature.sentence for signature in self.signature_list if signature.is_broken]
        told += [*self.findings, *self.notices]
        if self.kept_metadata:
            told.append(f"Ikut terbit bersama berkas: {'; '.join(self.kept_metadata)}.")
        return told
