"""Files of an office: what they are, what they say page by page, and their earlier versions."""

import uuid
from datetime import timedelta
from typing import BinaryIO

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument

from common.addresses import path_named
from documents.enums import INCOMPLETE_STATES, UNFINISHED_STATES, ExtractionState, TextSource
from documents.extraction import kinds
from documents.fingerprints import sha256_of
from documents.names import clean_file_name, storage_key
from documents.reading.addresses import text_address
from documents.scanning import intake
from documents.scanning.models import CheckedFile, CheckedVersion
from documents.storage import StoreAway, describe, discard, store_ahead

QUEUE_PATIENCE = timedelta(hours=1)
"""How long a file may wait in the queue before the scheduler puts it in again."""


def digest_of(handle: BinaryIO) -> str:
    """Return the SHA-256 of a whole file, which stands at its beginning afterwards."""
    handle.seek(0)
    sha256 = sha256_of(handle)
    handle.seek(0)
    return sha256


class OfficeDocument(CheckedFile, AbstractDocument):
    """A file with its fingerprint, its kind by content, and the state of its text."""

    file = models.FileField("berkas", upload_to=storage_key, max_length=255)
    file_name = models.CharField("nama berkas", max_length=255, blank=True, editable=False)
    mime_type = models.CharField("jenis isi", max_length=120, blank=True, editable=False)
    sha256 = models.CharField("sidik jari SHA-256", max_length=64, blank=True, editable=False, db_index=True)
    is_signed = models.BooleanField("bertanda tangan digital", default=False, editable=False)
    page_count = models.PositiveIntegerField("jumlah halaman", null=True, editable=False)
    part_count = models.PositiveIntegerField("jumlah bagian teks", null=True, editable=False)
    version = models.PositiveIntegerField("versi", default=1, editable=False)
    file_changed_at = models.DateTimeField("berkas diunggah pada", null=True, editable=False)
    notices = models.JSONField("catatan untuk petugas", default=list, blank=True, editable=False)
    preview = models.JSONField("baris awal tabel", null=True, blank=True, editable=False)

    extraction_state = models.CharField(
        "keadaan teks",
        max_length=12,
        choices=ExtractionState.choices,
        default=ExtractionState.PENDING,
        editable=False,
        db_index=True,
    )
    extraction_reason = models.TextField("keterangan keadaan teks", blank=True, editable=False)
    extraction_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    extraction_token = models.UUIDField(null=True, editable=False)
    """Names one reading of one file: what an older task brings after a replacement is thrown away."""
    extraction_next_page = models.PositiveIntegerField(default=1, editable=False)
    extraction_started_at = models.DateTimeField(null=True, editable=False)
    """When a worker took hold of the file; empty while nobody works on it."""
    extraction_due_at = models.DateTimeField(null=True, editable=False)
    """When the scheduler steps in if the file has not moved by then."""

    searchable_copy = models.FileField(upload_to=storage_key, max_length=255, blank=True, editable=False)
    """A copy of a scanned PDF with a text layer; the original is never altered."""
    searchable_pages_done = models.PositiveIntegerField(default=0, editable=False)
    searchable_ready = models.BooleanField(default=False, editable=False)

    thumbnail = models.FileField(upload_to=storage_key, max_length=255, blank=True, editable=False)
    """A small picture of the first page; made by `documents.thumbnails`, empty where there is none."""
    thumbnail_width = models.PositiveSmallIntegerField(null=True, editable=False)
    thumbnail_height = models.PositiveSmallIntegerField(null=True, editable=False)
    thumbnail_attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    thumbnail_due_at = models.DateTimeField(null=True, editable=False)
    """When the scheduler asks for the picture (again) if there is none by then."""

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"

    # --- the file -----------------------------------------------------------------------------------------------

    def save(self, *args, **kwargs):
        """Save; a new file is fingerprinted and stored first, and queued for reading in the row's transaction.

        Raises `documents.storage.StoreAway`. Whatever fails leaves neither a row nor a file.
        """
        if self.file and not getattr(self.file, "_committed", True) and not self._has_new_file:
            self._set_document_file_metadata()
        new_files = self._new_files()
        try:
            self.store_new_files()
            with transaction.atomic():
                super().save(*args, **kwargs)
                if self._has_new_file:
                    self._has_new_file = False
                    from documents.queue import queue_new_file

                    queue_new_file(self)
                    storage, outdated, self._outdated = self.file.storage, self._outdated, []
                    transaction.on_commit(lambda: [storage.delete(name) for name in outdated])
        except BaseException:
            for stored in new_files:
                discard(stored)
            raise

    def _new_files(self) -> list:
        """The files of this document that no saved row names yet."""
        return [new for new in (self.file, self.original_file) if new and not new._committed]

    def store_new_files(self) -> None:
        """Put new files into the store, ahead of the row: all of them or none. Raises StoreAway."""
        new_files = self._new_files()
        try:
            for new in new_files:
                store_ahead(new)
        except StoreAway:
            for new in new_files:
                discard(new)
            raise

    _has_new_file = False
    _known_file: object = None
    """The content whose facts have been taken: Wagtail's views ask for them more than once."""
    _outdated: list[str] = []
    """Keys of what was made of the former file (searchable copy, picture), deleted once the new one is saved."""

    def clean(self):
        """Wagtail checks the name's extension here; ours checks the content, in the form (`forms.DocumentForm`)."""

    def _set_document_file_metadata(self):
        """Take the fingerprint of a new file; Wagtail's upload views call this on every way in."""
        if self._has_new_file and self.file.file is self._known_file:
            return
        name = self.file.name
        received = intake.receive(self)
        super()._set_document_file_metadata()
        self._refusal = received.inspection.refusal if received else ""
        self.set_file_facts(self.file, name)
        intake.note(self, received)
        describe(self.file.file, self.mime_type, self.file_name)
        if self.original_file:
            self.original_sha256 = digest_of(self.original_file)
            describe(self.original_file.file, self.mime_type, self.file_name)
        self.file.seek(0)
        self._has_new_file, self._known_file = True, self.file.file

    def set_file_facts(self, handle: BinaryIO, name: str) -> None:
        """Set what is known of the file by its content, and start its text anew."""
        self.sha256 = digest_of(handle)
        try:
            kind = kinds.detect(handle, name.rpartition(".")[2])
            self.mime_type = kind.mime_type
            extension = name.rpartition(".")[2].lower()
            extension = extension if extension in kind.extensions else kind.extensions[0]
        except kinds.Refused as refused:
            # Forms refuse such a file before it gets here; a program that stores one finds the reason on the row.
            self.mime_type, extension = "application/octet-stream", ""
            self._refusal = str(refused)
        self.file_name = clean_file_name(name, extension)
        self.file_changed_at = timezone.now()
        self.is_signed, self.page_count, self.part_count = False, None, None
        self.notices, self.preview = [], None
        self._outdated = [made.name for made in (self.searchable_copy, self.thumbnail) if made]
        self.searchable_copy, self.searchable_pages_done, self.searchable_ready = "", 0, False
        self.thumbnail, self.thumbnail_width, self.thumbnail_height = "", None, None
        self.thumbnail_attempts, self.thumbnail_due_at = 0, None
        self.start_extraction()

    _refusal = ""

    def start_extraction(self) -> None:
        """Set the fields of the text's state to the beginning of a new reading (not saved here)."""
        self.extraction_token = uuid.uuid4()
        self.extraction_state = ExtractionState.FAILED if self._refusal else ExtractionState.PENDING
        self.extraction_reason = self._refusal
        self.extraction_attempts = 0
        self.extraction_next_page = 1
        self.extraction_started_at = None
        self.extraction_due_at = None if self._refusal else timezone.now() + QUEUE_PATIENCE

    @property
    def filename(self):
        """The name under which people download the file; the storage key reveals nothing."""
        return self.file_name or super().filename

    @property
    def content_type(self):
        """The kind by content, never by name."""
        return self.mime_type or "application/octet-stream"

    @property
    def kind(self) -> kinds.Kind | None:
        """The kind of the file, or None for what is not known."""
        return kinds.BY_MIME_TYPE.get(self.mime_type)

    @property
    def is_pdf(self) -> bool:
        """Whether the file is a PDF, whose pages have addresses (`#page=7`)."""
        return self.mime_type == kinds.PDF.mime_type

    # --- addresses ----------------------------------------------------------------------------------------------

    @property
    def url(self):
        """The one public address of the file; it asks for permission at every visit."""
        return path_named("documents:serve", self.pk, self.filename)

    @property
    def is_withheld(self) -> bool:
        """Whether the file must never be public, so that no page names it (`documents.access`)."""
        from documents.access import withheld_among

        return bool(withheld_among([self.pk]))

    @property
    def text_url(self) -> str:
        """The address of the reading view, or "" while there is no text."""
        if self.extraction_state in UNFINISHED_STATES or not self.has_text:
            return ""
        return reverse("documents:text", args=[self.pk])

    @property
    def has_text(self) -> bool:
        """Whether the file's text could be read at all."""
        return self.extraction_state in (ExtractionState.DONE, ExtractionState.PARTIAL)

    @property
    def searchable_url(self) -> str:
        """The address of the copy with a text layer, or "" where there is none."""
        if not self.searchable_ready:
            return ""
        return reverse("documents:searchable", args=[self.pk, self.filename])

    @property
    def thumbnail_url(self) -> str:
        """The address of the small picture of the first page, or "" where there is none."""
        return reverse("documents:thumbnail", args=[self.pk]) if self.thumbnail else ""

    def page_url(self, number: int) -> str:
        """The address that opens the file at a page: inside a PDF, else in the reading view."""
        if self.is_pdf:
            return f"{self.url}#page={number}"
        return self.page_text_url(number)

    def page_text_url(self, number: int) -> str:
        """The address of one page's text in the reading view."""
        return text_address(self.pk, number)

    # --- the text -----------------------------------------------------------------------------------------------

    @property
    def text_is_incomplete(self) -> bool:
        """Whether the public must be told that the searchable text of this file is missing or in part missing."""
        if self.kind in kinds.VIDEOS:
            return False
        return self.extraction_state in INCOMPLETE_STATES

    @property
    def text_is_pending(self) -> bool:
        """Whether the file is still on its way to being read."""
        return self.extraction_state in UNFINISHED_STATES


class DocumentPage(models.Model):
    """The text of one page (or spreadsheet sheet) of a document's current file."""

    document = models.ForeignKey(OfficeDocument, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("nomor halaman")
    label = models.CharField("nama halaman", max_length=120)
    text = models.TextField("teks", blank=True)
    source = models.CharField(max_length=8, choices=TextSource.choices, default=TextSource.TEXT)
    confidence = models.FloatField("keyakinan OCR (0 sampai 1)", null=True, blank=True)
    doubt = models.BooleanField("teks diragukan", default=False)
    note = models.CharField("sebab keraguan", max_length=255, blank=True)
    corrected_at = models.DateTimeField("dikoreksi petugas pada", null=True, blank=True)

    class Meta:
        ordering = ["document_id", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_text_a_page")]
        verbose_name = "halaman dokumen"
        verbose_name_plural = "halaman dokumen"

    def __str__(self):
        return f"{self.document}: {self.label}"

    @property
    def is_ocr(self) -> bool:
        """Whether the text was read from a picture and is not the official text."""
        return self.source == TextSource.OCR

    @property
    def url(self) -> str:
        """The address that opens the file at this page."""
        return self.document.page_url(self.number)


class DocumentVersion(CheckedVersion, models.Model):
    """An earlier file of a document, kept when the file was replaced."""

    document = models.ForeignKey(OfficeDocument, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField("versi")
    file = models.FileField(upload_to=storage_key, max_length=255)
    file_name = models.CharField("nama berkas", max_length=255)
    mime_type = models.CharField("jenis isi", max_length=120, blank=True)
    sha256 = models.CharField("sidik jari SHA-256", max_length=64)
    size = models.PositiveBigIntegerField("ukuran (bita)")
    page_count = models.PositiveIntegerField("jumlah halaman", null=True)
    uploaded_at = models.DateTimeField("diunggah pada", null=True)
    reason = models.CharField("alasan penggantian", max_length=255, blank=True)
    is_open = models.BooleanField(
        "boleh dilihat publik",
        default=False,
        help_text="Kosongkan bila versi ini diganti karena memuat data yang tidak boleh terbuka.",
    )
    replaced_at = models.DateTimeField("diganti pada", auto_now_add=True)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["document_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_number_a_version")]
        verbose_name = "versi dokumen"
        verbose_name_plural = "versi dokumen"

    def __str__(self):
        return f"{self.document}, versi {self.number}"

    @property
    def url(self) -> str:
        """The address of this version; the public may open it while the document is public and the version is open."""
        return reverse("documents:version", args=[self.document_id, self.number, self.file_name])


# Models of this room that stand beside the code that uses them.
from documents.reading.models import PageCorrection  # noqa: E402, F401
from documents.uploads.models import PendingPart, PendingUpload  # noqa: E402, F401
from documents.verification.models import FileRecord, FileWithdrawal, LedgerEntry, LedgerHead  # noqa: E402, F401
