"""States and sources of a document's text."""

from django.db import models

from documents.extraction.types import SOURCE_NONE, SOURCE_OCR, SOURCE_TEXT
from documents.scanning import types as scanning


class ExtractionState(models.TextChoices):
    """Where a file stands on its way from upload to searchable text."""

    PENDING = "menunggu", "Menunggu giliran"
    RUNNING = "diproses", "Sedang dibaca"
    DONE = "selesai", "Selesai"
    PARTIAL = "sebagian", "Teks mungkin tidak lengkap"
    NO_TEXT = "tanpa_teks", "Tidak ada teks"
    FAILED = "gagal", "Gagal dibaca"


UNFINISHED_STATES = (ExtractionState.PENDING, ExtractionState.RUNNING)
INCOMPLETE_STATES = (ExtractionState.PARTIAL, ExtractionState.NO_TEXT, ExtractionState.FAILED)


class TextSource(models.TextChoices):
    """Where a page's text came from."""

    TEXT = SOURCE_TEXT, "Teks berkas"
    OCR = SOURCE_OCR, "Hasil pindai (OCR)"
    NONE = SOURCE_NONE, "Tanpa teks"


class ScanState(models.TextChoices):
    """What is known of a file's safety: by the antivirus server, or by the checks that are built in."""

    NOT_SCANNED = "belum_dipindai", "Belum dipindai antivirus"
    CLEAN = "bersih", "Bersih menurut antivirus"
    INFECTED = "terinfeksi", "Dikarantina"
    FAILED = "gagal", "Pemindaian antivirus gagal"


class SignatureState(models.TextChoices):
    """What became of the bytes that a signature covers."""

    WHOLE = scanning.WHOLE, "Utuh sejak ditandatangani"
    ADDED_TO = scanning.ADDED_TO, "Utuh; setelahnya hanya ada tambahan yang wajar"
    ALTERED = scanning.ALTERED, "Berubah setelah ditandatangani"
    UNREADABLE = scanning.UNREADABLE, "Tanda tangan tidak dapat dibaca"


class IssuerState(models.TextChoices):
    """What is known of the certificate behind a signature."""

    KNOWN = scanning.KNOWN, "Penerbit sertifikat dikenali"
    UNKNOWN = scanning.UNKNOWN, "Penerbit sertifikat tidak dapat kami periksa"
    INVALID = scanning.INVALID, "Sertifikat tidak berlaku pada saat penandatanganan"
