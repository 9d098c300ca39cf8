"""Withdrawn publications: the page is gone, its address says why."""

from django.conf import settings
from django.db import models
from wagtail.models import Page


class WithdrawalQuerySet(models.QuerySet):
    """Withdrawals by the address that they left behind."""

    def for_path(self, path: str) -> "Withdrawal | None":
        """Return the newest withdrawal at a page address (Wagtail `url_path`) whose page is not live again."""
        if "\0" in path:  # no page has it, and PostgreSQL refuses to be asked
            return None
        return self.filter(url_path=path).exclude(page__live=True).order_by("-withdrawn_at").first()


class Withdrawal(models.Model):
    """A publication withdrawn with a stated reason, which its public address shows from then on."""

    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="withdrawals")
    url_path = models.TextField("alamat halaman", db_index=True)
    title = models.CharField("judul", max_length=255)
    reason = models.TextField("alasan pencabutan", help_text="Alasan ini dibaca publik di alamat halaman.")
    show_title = models.BooleanField(
        "tampilkan judul",
        default=True,
        help_text="Matikan bila judulnya sendiri tidak boleh lagi dibaca publik.",
    )
    withdrawn_at = models.DateTimeField("dicabut pada", auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        ordering = ["-withdrawn_at"]
        verbose_name = "pencabutan publikasi"
        verbose_name_plural = "pencabutan publikasi"

    def __str__(self):
        return self.title
