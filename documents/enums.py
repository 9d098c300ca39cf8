"""States and sources of a document's text."""

from django.db import models


class ExtractionState(models.TextChoices):
    """Where a file stands on its way from upload to searchable text."""

    PENDING = "menunggu", "Menunggu giliran"
    RUNNING = "diproses", "Sedang dibaca"
    DONE = "selesai", "Selesai"
    PARTIAL = "sebagian", "Teks mungkin tidak lengkap"
    NO_TEXT = "tanpa_teks", "Tidak ada teks"
    FAILED = "gagal", "Gagal dibaca"


INCOMPLETE_STATES = (ExtractionState.PARTIAL, ExtractionState.NO_TEXT, ExtractionState.FAILED)


class TextSource(models.TextChoices):
    """Where a page's text came from."""

    TEXT = "teks", "Teks berkas"
    OCR = "ocr", "Hasil pindai (OCR)"
    NONE = "kosong", "Tanpa teks"
