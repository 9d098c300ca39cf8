"""Named values of this room."""

from django.db import models


class JobState(models.TextChoices):
    """How the last run of a job ended."""

    NEVER = "belum", "Belum pernah berjalan"
    RUNNING = "berjalan", "Sedang berjalan"
    DONE = "selesai", "Selesai"
    FAILED = "gagal", "Gagal"
