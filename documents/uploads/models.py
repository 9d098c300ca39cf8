"""Large files on their way into the storage, part by part."""

import uuid

from django.conf import settings
from django.db import models


class PendingUpload(models.Model):
    """A file of which parts have arrived; it becomes a document when all are there, or is removed after a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    """The token of the upload; it is worth something to its user only."""
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField("nama berkas", max_length=255)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    last_modified = models.BigIntegerField("diubah pada (milidetik sejak 1970)")
    first_part_sha256 = models.CharField("sidik jari bagian pertama", max_length=64)
    part_size = models.PositiveIntegerField("ukuran bagian (bita)")
    key = models.CharField("kunci di penyimpanan", max_length=255)
    storage_token = models.CharField(max_length=1024, blank=True)
    """What the storage calls the unfinished file (the upload id of S3); empty on disk."""
    sha256 = models.CharField("sidik jari", max_length=64, blank=True)
    """Set once all parts are put together and compared with what was received."""
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField("bagian terakhir tiba pada", auto_now=True, db_index=True)

    class Meta:
        verbose_name = "unggahan belum selesai"
        verbose_name_plural = "unggahan belum selesai"

    def __str__(self):
        return f"{self.file_name} ({self.pk})"

    @property
    def part_count(self) -> int:
        """How many parts the file has."""
        return -(-self.size // self.part_size)

    def part_length(self, number: int) -> int:
        """How many bytes part `number` (from 1) has; only the last one is shorter."""
        return min(self.part_size, self.size - (number - 1) * self.part_size)


class PendingPart(models.Model):
    """A part that the browser announced with its fingerprint, and mostly sent.

    What came through the site was compared with the fingerprint at once; what went straight to the bucket is compared
    when the file is complete.
    """

    upload = models.ForeignKey(PendingUpload, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_token = models.CharField(max_length=255, blank=True)
    """What the storage calls the part (the ETag of S3); empty for one that was not sent through the site."""

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="one_part_a_number")]
