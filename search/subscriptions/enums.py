"""How often a subscriber hears from us."""

from django.db import models


class Frequency(models.TextChoices):
    """When what is new is told, if anything is: at seven in the morning, by the office's clock."""

    DAILY = "harian", "Setiap hari"
    WEEKLY = "mingguan", "Setiap Senin"
