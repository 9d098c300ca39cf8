"""What the change log tells, and what it answers."""

from django.db import models


class EntryKind(models.TextChoices):
    """What happened to a file in public."""

    PUBLISHED = "diterbitkan", "Diterbitkan"
    REPLACED = "diganti", "Diganti"
    WITHDRAWN = "ditarik", "Ditarik"
    REOPENED = "dibuka_kembali", "Dibuka kembali"
    VERSION_OPENED = "versi_lama_dibuka", "Versi lama dibuka"
    VERSION_CLOSED = "versi_lama_ditutup", "Versi lama ditutup"


class FileState(models.TextChoices):
    """Where a fingerprint that was public at some time stands, by the change log."""

    CURRENT = "terkini", "Terkini"
    SUPERSEDED = "diganti", "Sudah diganti"
    WITHDRAWN = "ditarik", "Ditarik"


class Verdict(models.TextChoices):
    """The answer for a file that somebody brings."""

    CURRENT = "terkini", "Asli, versi terkini"
    SUPERSEDED = "diganti", "Pernah asli, sudah diganti"
    WITHDRAWN = "ditarik", "Ditarik"
    UNKNOWN = "tidak_dikenal", "Tidak dikenal"
