"""Pinned results: pages that an office's editors put first for certain words."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from home.models import Office
from search.language.tokens import MAX_NORMAL_FORM, normal_form
from search.types import DEFAULT_SORT, SearchQuery

MAX_PINS = 5  # shown for one query; more would push what was searched for off the first screen
MAX_WORDS = 120


class PinnedResult(models.Model):
    """A page that stands first when exactly these words are searched, in any order.

    A pin holds for the office's own site; a pin of the topmost office holds for the offices below it too. It never
    shows a page that the public may not see, that a filter or the scope leaves out, or when sorted by date.
    """

    office = models.ForeignKey(
        Office, verbose_name="kantor", on_delete=models.CASCADE, related_name="pinned_results"
    )
    words = models.CharField(
        "kata yang dicari",
        max_length=MAX_WORDS,
        help_text="Berlaku bila pembaca mengetik tepat kata-kata ini; urutan bebas. Contoh: jadwal pilkada",
    )
    key = models.CharField(max_length=MAX_NORMAL_FORM, editable=False, db_index=True)
    page = models.ForeignKey(Page, verbose_name="halaman", on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(
        "urutan", default=1, help_text="Bila ada beberapa halaman untuk kata yang sama: 1 paling atas."
    )
    until = models.DateField(
        "berlaku sampai", null=True, blank=True, help_text="Hari terakhir. Kosongkan bila tanpa batas."
    )
    note = models.CharField(
        "catatan", max_length=160, blank=True, help_text="Hanya untuk petugas. Contoh: diminta Subbagian Data"
    )

    class Meta:
        ordering = ["words", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["office", "key", "page"], name="one_pin_a_page_and_words")
        ]
        verbose_name = "hasil pilihan"
        verbose_name_plural = "hasil pilihan"

    def __str__(self):
        return f"{self.words}: {self.page.title}"

    def save(self, *args, **kwargs):
        """Keep the words' normal form beside them."""
        self.key = normal_form(self.words)
        super().save(*args, **kwargs)

    def clean(self):
        """Refuse words without letters, a page that no search shows, and the same pin twice."""
        from search.indexing import indexed_models

        if not normal_form(self.words):
            raise ValidationError({"words": "Tulis kata dengan huruf atau angka."})
        if self.page_id and self.page.specific_class not in indexed_models():
            raise ValidationError(
                {
                    "page": "Halaman jenis ini tidak pernah tampil di hasil pencarian. Pilih entri atau halaman isi, "
                    "bukan daftar atau beranda."
                }
            )
        same = PinnedResult.objects.filter(
            office_id=self.office_id, page_id=self.page_id, key=normal_form(self.words)
        )
        if same.exclude(pk=self.pk).exists():
            raise ValidationError({"page": "Halaman ini sudah dipilih untuk kata-kata itu."})

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.until is not None and self.until < timezone.localdate()


def pinned_pages(query: SearchQuery) -> tuple[int, ...]:
    """Page ids that editors want first for this query: those of the own office, then of the topmost one above it.

    The whole text must be the pinned words, in any order. None when sorted by date, or when a word is excluded.
    """
    key = normal_form(query.text) if query.sort == DEFAULT_SORT else ""
    if not key or query.parsed.excluded:
        return ()
    rows = PinnedResult.objects.filter(key=key).order_by("order", "pk")
    today = timezone.localdate()
    pins = [
        (office_id, page_id)
        for office_id, page_id, until in rows.values_list("office_id", "page_id", "until")
        if until is None or until >= today
    ]
    if not pins:
        return ()
    ranked = []
    for offices in _offices(query.office_id):
        ranked += [page_id for office_id, page_id in pins if office_id in offices]
    return tuple(dict.fromkeys(ranked))[:MAX_PINS]


def with_pins(query: SearchQuery) -> SearchQuery:
    """The query with what the editors want first for it."""
    pinned = pinned_pages(query)
    return replace(query, pinned=pinned) if pinned else query


def _offices(office_id: int | None) -> list[set[int]]:
    """Whose pins hold on an office's site, the nearest first; on a site of none, those of all topmost offices."""
    parents = dict(Office.objects.values_list("pk", "parent_id"))
    if office_id is None:
        return [{pk for pk, parent in parents.items() if parent is None}]
    top = office_id
    while parents.get(top):
        top = parents[top]
    return [{office_id}, {top}]
