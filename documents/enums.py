"""States and sources of a document's text."""

from django.db import models

from documents.extraction.types import SOURCE_NONE, SOURCE_OCR, SOURCE_TEXT


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

    WHOLE = "utuh", "Utuh sejak ditandatangani"
    ADDED_TO = "utuh_ditambah", "Utuh; setelahnya hanya ada tambahan yang wajar"
    ALTERED = "berubah", "Berubah setelah ditandatangani"
    UNREADABLE = "tidak_terbaca", "Tanda tangan tidak dapat dibaca"


class IssuerState(models.TextChoices):
    """What is known of the certificate behind a signature."""

    KNOWN = "dikenali", "Penerbit sertifikat dikenali"
    UNKNOWN = "tidak_dikenali", "Penerbit sertifikat tidak dapat kami periksa"
    INVALID = "tidak_berlaku", "Sertifikat tidak berlaku pada saat penandatanganan"
