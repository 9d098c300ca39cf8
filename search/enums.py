"""Named sets of the search room."""

from django.db import models


class Handling(models.TextChoices):
    """What was done about words that found nothing."""

    SYNONYM = "sinonim", "Sinonim atau singkatan ditambahkan"
    PINNED = "pilihan", "Hasil pilihan dibuat"
    PLANNED = "rencana", "Masuk rencana publikasi"
    PUBLISHED = "terbit", "Informasinya sudah diterbitkan"
    NOT_OURS = "bukan", "Bukan informasi kami"
    NOTHING = "abai", "Tidak perlu ditindaklanjuti"
