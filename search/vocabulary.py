"""Abbreviations and synonyms that editors keep, and what the query makes of them.

Both tables are read at query time, so a change works at once and needs no rebuild.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from search.language.tokens import tokenize

ABBREVIATION_WEIGHT = 0.9
SYNONYM_WEIGHT = 0.6


class Abbreviation(models.Model):
    """A short form and one of its long forms. An ambiguous one has several rows; all readings are searched."""

    short = models.CharField("singkatan", max_length=40, help_text="Contoh: DPT")
    long = models.CharField("kepanjangan", max_length=160, help_text="Contoh: Daftar Pemilih Tetap")
    note = models.CharField("keterangan", max_length=160, blank=True)

    class Meta:
        ordering = ["short", "long"]
        constraints = [models.UniqueConstraint(fields=["short", "long"], name="one_row_an_abbreviation")]
        verbose_name = "singkatan"
        verbose_name_plural = "singkatan"

    def __str__(self):
        return f"{self.short}: {self.long}"

    def clean(self):
        """Refuse an entry without letters."""
        for name in ("short", "long"):
            if not tokenize(getattr(self, name)):
                raise ValidationError({name: "Tulis kata dengan huruf atau angka."})


class Synonym(models.Model):
    """Words of the same meaning, divided by commas. One-way: only the first is widened to the others."""

    words = models.TextField(
        "kata yang semakna",
        help_text="Pisahkan dengan koma. Contoh: unduh, download. Kata pertama paling resmi.",
    )
    one_way = models.BooleanField(
        "satu arah", default=False, help_text="Hanya kata pertama yang dicari juga dengan kata lainnya."
    )
    weight = models.FloatField(
        "bobot",
        default=SYNONYM_WEIGHT,
        help_text="0 sampai 1: seberapa dekat artinya dibanding kata yang diketik.",
    )
    note = models.CharField("keterangan", max_length=160, blank=True)

    class Meta:
        ordering = ["words"]
        verbose_name = "sinonim"
        verbose_name_plural = "sinonim"

    def __str__(self):
        return self.words

    @property
    def forms(self) -> list[str]:
        """The words as a list."""
        return [form.strip() for form in self.words.split(",") if form.strip()]

    def clean(self):
        """Refuse fewer than two words, and a weight outside 0 to 1."""
        if len([form for form in self.forms if tokenize(form)]) < 2:
            raise ValidationError({"words": "Tulis sedikitnya dua kata atau ungkapan, dipisahkan koma."})
        if not 0 < self.weight <= 1:
            raise ValidationError({"weight": "Bobot antara 0 dan 1."})
