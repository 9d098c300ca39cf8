"""What regulations do to each other, and the status that follows from it."""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from catalogue.enums import REVERSE_RELATION_LABELS, RegulationStatus, RelationType


@dataclass(frozen=True)
class StatusOn:
    """Effective status of a regulation on a date, and the regulations that made it so.

    `causes` are the relations (newest last) that the answer rests on: the revoking one, or the amending ones.
    `since` is the date from which the status holds, when known.
    """

    code: str
    on: dt.date
    since: dt.date | None = None
    causes: tuple["RegulationRelation", ...] = ()

    @property
    def label(self) -> str:
        """The status in words."""
        return RegulationStatus(self.code).label

    @property
    def is_revoked(self) -> bool:
        """Whether the regulation no longer holds on that date."""
        return self.code == RegulationStatus.REVOKED


class RegulationRelation(Orderable):
    """What one regulation does to another; stored once, read from both sides."""

    source = ParentalKey("catalogue.RegulationPage", on_delete=models.CASCADE, related_name="relations")
    jenis = models.CharField("hubungan", max_length=20, choices=RelationType.choices)
    target = models.ForeignKey(
        "catalogue.RegulationPage",
        verbose_name="peraturan",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="incoming_relations",
    )
    target_text = models.CharField(
        "atau tulis peraturannya",
        max_length=255,
        blank=True,
        help_text="Bila peraturan itu belum ada di situs ini. Contoh: UU Nomor 14 Tahun 2008",
    )
    tanggal_efektif = models.DateField(
        "berlaku sejak",
        null=True,
        blank=True,
        help_text="Kosongkan bila sama dengan mulai berlakunya peraturan ini.",
    )
    keterangan = models.CharField(
        "keterangan", max_length=255, blank=True, help_text="Contoh: Pasal 12 dan Pasal 15"
    )

    panels = [
        FieldPanel(
            "jenis", help_text="Apa yang dilakukan peraturan ini terhadap yang lain. Contoh: Mencabut"
        ),
        PageChooserPanel("target"),
        FieldPanel("target_text"),
        FieldRowPanel([FieldPanel("tanggal_efektif"), FieldPanel("keterangan")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "hubungan"
        verbose_name_plural = "hubungan"

    def clean(self):
        """Refuse a relation to nothing or to itself."""
        if not self.target_id and not self.target_text.strip():
            raise ValidationError({"target": "Pilih peraturannya, atau tulis namanya."})
        if self.target_id and self.target_id == self.source_id:
            raise ValidationError({"target": "Peraturan tidak dapat berhubungan dengan dirinya sendiri."})

    @property
    def effective_on(self) -> dt.date | None:
        """Date from which the relation works, as far as known: its own, else that of the source."""
        source = self.source
        known = self.tanggal_efektif or source.tanggal_berlaku or source.tanggal_penetapan
        return known or (dt.date(source.tahun, 1, 1) if source.tahun else None)

    def takes_effect_by(self, on: dt.date) -> bool:
        """Tell whether the relation works on the date `on`; one without any date never does."""
        return self.effective_on is not None and self.effective_on <= on

    @property
    def reverse_label(self) -> str:
        """How the target's page names the relation: "Dicabut oleh"."""
        return REVERSE_RELATION_LABELS[RelationType(self.jenis)]
