"""Named sets of the offices' world: levels of an office, roles of its people."""

from django.db import models


class OfficeLevel(models.TextChoices):
    """Level of a KPU office; each reports to the one above it."""

    NATIONAL = "nasional", "KPU RI"
    PROVINCE = "provinsi", "KPU Provinsi"
    CITY = "kabkota", "KPU Kabupaten/Kota"


class Role(models.TextChoices):
    """Roles of the office's PPID structure that sign in (the report, section 2b), and the office's administrator."""

    EDITOR = "editor", "Editor"
    LIAISON = "tim_penghubung", "Tim Penghubung"
    PPID = "ppid", "PPID"
    SUPERIOR = "atasan_ppid", "Atasan PPID"
    DESK = "desk_pelayanan", "Desk Pelayanan"
    ADMIN = "admin_kantor", "Administrator kantor"


class TimeZone(models.TextChoices):
    """The three time zones of Indonesia; an office's dates and hours are in its own."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


class FAQTopic(models.TextChoices):
    """What a frequent question is about."""

    REQUEST = "permohonan", "Permohonan informasi"
    OBJECTION = "keberatan", "Keberatan dan sengketa"
    PUBLIC_INFORMATION = "informasi_publik", "Jenis informasi publik"
    SITE = "situs", "Memakai situs ini"
    ELECTION = "pemilu", "Pemilu dan Pemilihan"
