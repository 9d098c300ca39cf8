"""Annual service reports (Laporan Layanan Informasi Publik)."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page
from wagtail.search import index

from catalogue.enums import ReportStatus
from catalogue.models.base import CataloguePage, MissingItem
from catalogue.panels import FileFindingsPanel


class ServiceReportPage(CataloguePage):
    """The report of a year, with its file and signature."""

    kategori = "laporan"

    tahun = models.PositiveSmallIntegerField(
        "tahun laporan", validators=[MinValueValidator(2008), MaxValueValidator(2100)], db_index=True
    )
    status_laporan = models.CharField(
        "status", max_length=16, choices=ReportStatus.choices, default=ReportStatus.DRAFT
    )
    penandatangan = models.CharField(
        "jabatan penandatangan", max_length=120, blank=True, help_text="Contoh: Atasan PPID"
    )
    tanggal_ttd = models.DateField("tanggal tanda tangan", null=True, blank=True)

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel("title", help_text="Contoh: Laporan Layanan Informasi Publik Tahun 2024"),
                FieldPanel("tahun"),
                FieldPanel("ringkasan"),
                FieldPanel("unit_kerja"),
            ],
            "Laporan",
        ),
        InlinePanel("files", heading="Berkas", label="Berkas"),
        FileFindingsPanel(),
        MultiFieldPanel(
            [
                FieldPanel("status_laporan"),
                FieldRowPanel([FieldPanel("penandatangan"), FieldPanel("tanggal_ttd")]),
            ],
            "Penandatanganan",
        ),
    ]
    search_fields = [*Page.search_fields, index.FilterField("tahun")]
    parent_page_types = ["catalogue.ReportIndexPage"]
    subpage_types: list[str] = []
    template = "catalogue/service_report_page.html"

    class Meta:
        verbose_name = "laporan layanan informasi"
        verbose_name_plural = "laporan layanan informasi"

    def derive_tanggal_informasi(self):
        """Date of the signature, else the last day of the reported year."""
        return self.tanggal_ttd or (dt.date(self.tahun, 12, 31) if self.tahun else None)

    def clean(self):
        """Refuse a signature dated inside or before the year that the report is about."""
        super().clean()
        if self.tanggal_ttd and self.tahun and self.tanggal_ttd <= dt.date(self.tahun, 12, 31):
            raise ValidationError(
                {
                    "tanggal_ttd": f"Laporan tahun {self.tahun} baru dapat ditandatangani "
                    f"setelah 31 Desember {self.tahun}."
                }
            )
        if self.status_laporan == ReportStatus.SIGNED and not self.tanggal_ttd:
            raise ValidationError(
                {"tanggal_ttd": "Isi tanggal tanda tangan untuk laporan yang sudah ditandatangani."}
            )

    def missing_metadata(self) -> list[MissingItem]:
        """Checklist for submission: the report itself."""
        missing = super().missing_metadata()
        if not list(self.files.all()):
            missing.append(MissingItem("files", "Lampirkan berkas laporan."))
        return missing
