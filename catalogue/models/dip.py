"""Entries of the Daftar Informasi Publik: the columns of form Model PPID-A, and when each is due for renewal."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Page
from wagtail.search import index

from catalogue.enums import (
    CLASS_EXPLANATIONS,
    CLASS_SLUGS,
    UPDATE_PERIOD_MONTHS,
    InformationClass,
    KPUCategory,
    UpdatePeriod,
)
from catalogue.models.base import CataloguePage, MissingItem
from catalogue.panels import ClassGuidancePanel, FileFindingsPanel
from catalogue.retention import add_months, retention_end
from common.visibility import is_public

_HIERARCHICAL = re.compile(r"^\d{1,4}(\.\d{1,4}){0,4}$")


class InformationKind(models.Model):
    """A kind of information (`jenis_informasi`), in a tree: Profil, Keuangan, Tahapan Pemilu, …"""

    name = models.CharField("nama", max_length=120)
    parent = models.ForeignKey(
        "self",
        verbose_name="di bawah",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    sort_order = models.PositiveSmallIntegerField("urutan", default=0)

    panels = [FieldPanel("name"), FieldPanel("parent"), FieldPanel("sort_order")]

    class Meta:
        ordering = ["sort_order", "name"]
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="one_name_a_kind")]
        verbose_name = "jenis informasi"
        verbose_name_plural = "jenis informasi"

    def __str__(self):
        return f"{self.parent} › {self.name}" if self.parent_id else self.name

    def clean(self):
        """Refuse a kind that would stand below itself."""
        above = self.parent
        while above is not None:
            if above.pk == self.pk:
                raise ValidationError(
                    {"parent": "Jenis informasi tidak dapat berada di bawah dirinya sendiri."}
                )
            above = above.parent


def numbering_key(nomor: str) -> str:
    """Return a text by which hierarchical numbers sort as people expect: 1, 1.1, 1.2, 1.10, 2."""
    return ".".join(f"{int(part):04d}" for part in re.findall(r"\d{1,4}", nomor)[:5]) or "9999"


class DIPEntryPage(CataloguePage):
    """One row of the Daftar Informasi Publik (form Model PPID-A), with its files."""

    kategori = "informasi-publik"

    nomor = models.CharField(
        "nomor", max_length=24, help_text="Nomor dalam kelasnya, boleh bertingkat. Contoh: 3 atau 3.1"
    )
    nomor_urut = models.CharField(max_length=32, editable=False, db_index=True)
    klasifikasi = models.CharField(
        "klasifikasi",
        max_length=12,
        choices=InformationClass.choices,
        db_index=True,
        help_text="Serta-merta hanya untuk yang mengancam hajat hidup orang banyak atau ketertiban umum.",
    )
    jenis_informasi = models.ForeignKey(
        InformationKind,
        verbose_name="jenis informasi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kategori_kpu = models.CharField(
        "kategori informasi KPU", max_length=12, choices=KPUCategory.choices, default=KPUCategory.BODY
    )
    pejabat_penanggung_jawab = models.CharField(
        "pejabat penanggung jawab",
        max_length=160,
        blank=True,
        help_text="Jabatan yang menerbitkan. Contoh: Kepala Subbagian Hukum",
    )
    tanggal_penerbitan = models.DateField("tanggal penerbitan", null=True, blank=True)
    tahun_penerbitan = models.PositiveSmallIntegerField(
        "tahun penerbitan",
        null=True,
        blank=True,
        validators=[MinValueValidator(1945), MaxValueValidator(2100)],
        help_text="Cukup tahun bila tanggalnya tidak diketahui.",
    )
    tempat_penerbitan = models.CharField(
        "tempat penerbitan", max_length=80, blank=True, help_text="Contoh: Kota Serang"
    )
    softcopy = models.BooleanField("tersedia sebagai berkas digital", default=True)
    hardcopy = models.BooleanField("tersedia sebagai cetakan", default=False)
    retensi_arsip = models.CharField(
        "jangka waktu penyimpanan",
        max_length=120,
        blank=True,
        help_text="Contoh: 5 tahun, Selama berlaku, 6 bulan",
    )
    retensi_berakhir = models.DateField("penyimpanan berakhir", null=True, blank=True, editable=False)
    periode_pembaruan = models.CharField(
        "periode pembaruan",
        max_length=12,
        choices=UpdatePeriod.choices,
        blank=True,
        help_text="Informasi berkala diperbarui paling lama tiap enam bulan (UU 14/2008 Pasal 9).",
    )
    tanggal_pemutakhiran = models.DateField(
        "terakhir diperbarui",
        null=True,
        blank=True,
        help_text="Tanggal isi informasi ini terakhir diperbarui.",
    )
    jatuh_tempo_pembaruan = models.DateField(
        "pembaruan berikutnya", null=True, blank=True, editable=False, db_index=True
    )
    tautan_eksternal = models.URLField(
        "tautan luar", blank=True, help_text="Bila informasinya berada di situs lain."
    )
    sk_penetapan = models.ForeignKey(
        "catalogue.RegulationPage",
        verbose_name="keputusan penetapan DIP",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    tahun_dip = models.PositiveSmallIntegerField(
        "tahun DIP", null=True, blank=True, validators=[MinValueValidator(2008), MaxValueValidator(2100)]
    )

    content_panels = [
        MultiFieldPanel(
            [
                ClassGuidancePanel(),
                FieldRowPanel([FieldPanel("klasifikasi"), FieldPanel("nomor")]),
                TitleFieldPanel(
                    "title", heading="Nama dokumen", help_text="Contoh: Berita Acara Rekapitulasi DPT 2024"
                ),
                FieldPanel("ringkasan"),
            ],
            "Informasi",
        ),
        MultiFieldPanel(
            [
                FieldPanel("unit_kerja"),
                FieldPanel("pejabat_penanggung_jawab"),
                FieldRowPanel([FieldPanel("tanggal_penerbitan"), FieldPanel("tahun_penerbitan")]),
                FieldPanel("tempat_penerbitan"),
                FieldRowPanel([FieldPanel("softcopy"), FieldPanel("hardcopy")]),
                FieldPanel("retensi_arsip"),
            ],
            "Penguasaan dan penerbitan",
        ),
        InlinePanel("files", heading="Berkas", label="Berkas"),
        FileFindingsPanel(),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("periode_pembaruan"), FieldPanel("tanggal_pemutakhiran")])],
            "Pembaruan",
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel(
                            "jenis_informasi", help_text="Contoh: Keuangan › Laporan realisasi anggaran"
                        ),
                        FieldPanel(
                            "kategori_kpu",
                            help_text="Tahapan Pemilu: dijawab paling lama 3 hari kerja bila diminta. "
                            "Lainnya: 10 hari kerja.",
                        ),
                    ]
                ),
                PageChooserPanel(
                    "sk_penetapan", help_text="Keputusan yang menetapkan daftar ini, bila ada di situs."
                ),
                FieldPanel("tahun_dip", help_text="Tahun daftar yang memuat entri ini. Contoh: 2026"),
                FieldPanel("tautan_eksternal"),
            ],
            "Pengelompokan",
        ),
    ]
    search_fields = [
        *Page.search_fields,
        index.FilterField("klasifikasi"),
        index.FilterField("tahun_penerbitan"),
        index.FilterField("unit_kerja"),
    ]
    parent_page_types = ["catalogue.DIPIndexPage"]
    subpage_types: list[str] = []
    template = "catalogue/dip_entry_page.html"

    class Meta:
        verbose_name = "informasi publik"
        verbose_name_plural = "informasi publik"

    def derive_tanggal_informasi(self):
        """Date of publication, else the first day of its year."""
        return self.tanggal_penerbitan or (
            dt.date(self.tahun_penerbitan, 1, 1) if self.tahun_penerbitan else None
        )

    def derive_fields(self):
        """Derive numbering, year, retention and the next renewal."""
        super().derive_fields()
        self.nomor_urut = numbering_key(self.nomor or "")
        if self.tanggal_penerbitan:
            self.tahun_penerbitan = self.tanggal_penerbitan.year
        self.retensi_berakhir = retention_end(self.retensi_arsip or "", self.tanggal_informasi)
        self.jatuh_tempo_pembaruan = self.next_update_due()

    def clean(self):
        """Refuse numbers that are no numbers."""
        super().clean()
        if self.nomor and not _HIERARCHICAL.match(self.nomor):
            raise ValidationError({"nomor": "Tulis nomor seperti 3 atau 3.1, tanpa huruf."})

    def next_update_due(self) -> dt.date | None:
        """Return the date by which the content must be renewed, or None when no period runs."""
        months = UPDATE_PERIOD_MONTHS.get(self.periode_pembaruan)
        last = self.tanggal_pemutakhiran or self.tanggal_penerbitan
        return add_months(last, months) if months and last else None

    def is_overdue(self, on: dt.date) -> bool:
        """Tell whether the renewal was due before the date `on`."""
        return self.jatuh_tempo_pembaruan is not None and self.jatuh_tempo_pembaruan < on

    @property
    def overdue_now(self) -> bool:
        """Whether the renewal is overdue today, at this entry's office."""
        return self.is_overdue(self.office.today() if self.office else dt.date.today())

    @property
    def class_slug(self) -> str:
        """Address part of the entry's class: "serta-merta"."""
        return CLASS_SLUGS.get(self.klasifikasi, "")

    @property
    def class_explanation(self) -> str:
        """What the entry's class means, in one plain sentence."""
        return CLASS_EXPLANATIONS.get(self.klasifikasi, "")

    @property
    def public_sk_penetapan(self):
        """The decree that sets the list, while the public may see it; else None."""
        return self.sk_penetapan if self.sk_penetapan and is_public(self.sk_penetapan) else None

    @property
    def bentuk_informasi(self) -> str:
        """Forms in which the information is held, in words."""
        forms = [
            label for flag, label in ((self.softcopy, "berkas digital"), (self.hardcopy, "cetakan")) if flag
        ]
        return " dan ".join(forms)

    def missing_metadata(self) -> list[MissingItem]:
        """Checklist for submission: every column of Model PPID-A, and a file or a link."""
        missing = super().missing_metadata()
        if not self.pejabat_penanggung_jawab.strip():
            missing.append(
                MissingItem("pejabat_penanggung_jawab", "Isi pejabat penanggung jawab penerbitan.")
            )
        if not (self.tanggal_penerbitan or self.tahun_penerbitan):
            missing.append(MissingItem("tanggal_penerbitan", "Isi tanggal atau tahun penerbitan."))
        if not self.tempat_penerbitan.strip():
            missing.append(MissingItem("tempat_penerbitan", "Isi tempat penerbitan."))
        if not self.retensi_arsip.strip():
            missing.append(MissingItem("retensi_arsip", "Isi jangka waktu penyimpanan, misalnya “5 tahun”."))
        if not (self.softcopy or self.hardcopy):
            missing.append(MissingItem("softcopy", "Centang bentuk informasi yang tersedia."))
        if self.klasifikasi == InformationClass.BERKALA and not self.periode_pembaruan:
            missing.append(
                MissingItem("periode_pembaruan", "Pilih periode pembaruan untuk informasi berkala.")
            )
        if self.softcopy and not list(self.files.all()) and not self.tautan_eksternal:
            missing.append(MissingItem("files", "Lampirkan berkas, atau isi tautan luar."))
        return missing
