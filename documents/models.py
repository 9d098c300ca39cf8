"""Files of an office: what they are, what they say page by page, and their earlier versions."""

from django.conf import settings
from django.db import models
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument

from documents.enums import INCOMPLETE_STATES, ExtractionState, TextSource


class OfficeDocument(AbstractDocument):
    """A file with its fingerprint, its kind by content, and the state of its text."""

    mime_type = models.CharField("jenis isi", max_length=120, blank=True, editable=False)
    sha256 = models.CharField("sidik jari SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    page_count = models.PositiveIntegerField("jumlah halaman", null=True, editable=False)
    extraction_state = models.CharField(
        "keadaan teks", max_length=12, choices=ExtractionState.choices, default=ExtractionState.PENDING, editable=False
    )
    extraction_reason = models.TextField("keterangan keadaan teks", blank=True, editable=False)
    extraction_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    extraction_started_at = models.DateTimeField(null=True, editable=False)

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"

    @property
    def text_is_incomplete(self) -> bool:
        """Whether the public must be told that the searchable text of this file is missing or in part missing."""
        return self.extraction_state in INCOMPLETE_STATES


class DocumentPage(models.Model):
    """The text of one page (or spreadsheet sheet) of a document's current file."""

    document = models.ForeignKey(OfficeDocument, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("nomor halaman")
    label = models.CharField("nama halaman", max_length=120)
    text = models.TextField("teks", blank=True)
    source = models.CharField(max_length=8, choices=TextSource.choices, default=TextSource.TEXT)
    confidence = models.FloatField("keyakinan OCR (0 sampai 1)", null=True, blank=True)

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_text_a_page")]
        verbose_name = "halaman dokumen"
        verbose_name_plural = "halaman dokumen"


class DocumentVersion(models.Model):
    """An earlier file of a document, kept when the file was replaced."""

    document = models.ForeignKey(OfficeDocument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("versi")
    file = models.FileField(upload_to="versi")
    file_name = models.CharField("nama berkas", max_length=255)
    sha256 = models.CharField("sidik jari SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    reason = models.CharField("alasan penggantian", max_length=255, blank=True)
    replaced_at = models.DateTimeField("diganti pada", auto_now_add=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["document_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_number_a_version")]
        verbose_name = "versi dokumen"
        verbose_name_plural = "versi dokumen"
