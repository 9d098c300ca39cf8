"""What officers corrected in the texts of files."""

from django.conf import settings
from django.db import models


class PageCorrection(models.Model):
    """One correction of one page's text: who, when, what stood there before.

    It belongs to the file with this fingerprint: reading the same file again keeps the newest correction of each page,
    another file knows nothing of it.
    """

    document = models.ForeignKey(
        "documents.OfficeDocument", on_delete=models.CASCADE, related_name="corrections"
    )
    number = models.PositiveIntegerField("nomor halaman")
    sha256 = models.CharField("sidik jari berkas", max_length=64)
    before = models.TextField("teks sebelumnya", blank=True)
    text = models.TextField("teks", blank=True)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    corrected_at = models.DateTimeField("dikoreksi pada")

    class Meta:
        ordering = ["-corrected_at", "-pk"]
        indexes = [models.Index(fields=["document", "sha256", "number"], name="corrections_of_a_file")]
        verbose_name = "koreksi teks"
        verbose_name_plural = "koreksi teks"

    def __str__(self):
        return f"{self.document}, halaman {self.number}"
