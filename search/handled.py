"""What the editors did about searches that found nothing."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from home.models import Office
from search.enums import Handling
from search.language.tokens import MAX_NORMAL_FORM
from search.query_log import MAX_LOGGED


class HandledQuery(models.Model):
    """A note that an office has dealt with words that found nothing: who, when, how.

    The words come back into the list when they find nothing again after that day.
    """

    office = models.ForeignKey(Office, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=MAX_NORMAL_FORM, help_text="Normal form of the words.")
    text = models.CharField(max_length=MAX_LOGGED, help_text="The words as they were typed most often.")
    how = models.CharField("tindakan", max_length=10, choices=Handling.choices)
    note = models.CharField("catatan", max_length=160, blank=True)
    handled_at = models.DateTimeField(default=timezone.now)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "key"], name="one_mark_an_office_and_words")]
        verbose_name = "pencarian yang sudah ditangani"
        verbose_name_plural = "pencarian yang sudah ditangani"

    def __str__(self):
        return self.text
