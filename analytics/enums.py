"""Codes of what is counted."""

from django.db import models


class EventKind(models.TextChoices):
    """What happened."""

    VIEW = "tayangan", "Halaman dibuka"
    DOWNLOAD = "unduhan", "Berkas diunduh"
    SEARCH = "pencarian", "Pencarian"
    EMBED = "sematan", "Bagian yang disematkan di situs lain dibuka"


class Referrer(models.TextChoices):
    """Where somebody came from; the address itself is never kept."""

    DIRECT = "langsung", "Langsung (alamat diketik, markah, atau aplikasi)"
    THIS_SITE = "situs_ini", "Halaman lain di situs ini"
    SEARCH_ENGINE = "mesin_pencari", "Mesin pencari"
    SOCIAL = "media_sosial", "Media sosial dan pesan"
    OTHER_SITE = "situs_lain", "Situs lain"
    UNKNOWN = "tidak_diketahui", "Tidak diketahui"


class Device(models.TextChoices):
    """What somebody reads with."""

    PHONE = "ponsel", "Ponsel"
    TABLET = "tablet", "Tablet"
    COMPUTER = "komputer", "Komputer"
    UNKNOWN = "tidak_diketahui", "Tidak diketahui"


class Dimension(models.TextChoices):
    """By what the events of a day are told apart in `SourceDay`."""

    REFERRER = "rujukan", "Asal kunjungan"
    DEVICE = "perangkat", "Perangkat"
    HOUR = "jam", "Jam setempat"
