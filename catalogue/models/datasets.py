"""Open data: datasets with a data dictionary, a licence and a period."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Orderable, Page

from catalogue.enums import LICENSE_URLS, License, UpdatePeriod
from catalogue.models.base import CataloguePage, MissingItem
from catalogue.panels import FileFindingsPanel
from catalogue.structured_data import dataset
from documents.preview import table_preview


class OpenDatasetPage(CataloguePage):
    """A dataset that anyone may use again."""

    kategori = "data-terbuka"

    lisensi = models.CharField("lisensi", max_length=12, choices=License.choices, default=License.CC_BY)
    periode_mulai = models.DateField("periode data, mulai", null=True, blank=True)
    periode_selesai = models.DateField("periode data, sampai", null=True, blank=True)
    frekuensi = models.CharField("diperbarui", max_length=12, choices=UpdatePeriod.choices, blank=True)
    walidata = models.CharField(
        "walidata", max_length=160, blank=True, help_text="Unit yang menjamin mutu data."
    )
    cakupan_wilayah = models.CharField(
        "cakupan wilayah", max_length=160, blank=True, help_text="Contoh: Kota Serang"
    )

    content_panels = [
        MultiFieldPanel(
            [
                TitleFieldPanel(
                    "title", help_text="Contoh: Data pemilih per kecamatan, Pilwalkot Serang 2024"
                ),
                FieldPanel("ringkasan", heading="Deskripsi"),
                FieldPanel("unit_kerja"),
                FieldPanel("walidata"),
            ],
            "Data",
        ),
        InlinePanel("files", heading="Berkas data", label="Berkas"),
        FileFindingsPanel(),
        InlinePanel("kolom", heading="Kamus data", label="Kolom"),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        FieldPanel("periode_mulai", help_text="Hari pertama yang dicakup data."),
                        FieldPanel(
                            "periode_selesai",
                            help_text="Hari terakhir. Sama dengan awalnya bila hanya satu hari.",
                        ),
                    ]
                ),
                FieldRowPanel(
                    [
                        FieldPanel(
                            "frekuensi", help_text="Seberapa sering data ini diganti dengan yang baru."
                        ),
                        FieldPanel(
                            "lisensi", help_text="CC BY 4.0: bebas dipakai dengan menyebut sumbernya."
                        ),
                    ]
                ),
                FieldPanel("cakupan_wilayah"),
            ],
            "Periode dan lisensi",
        ),
    ]
    search_fields = [*Page.search_fields]
    parent_page_types = ["catalogue.DatasetIndexPage"]
    subpage_types: list[str] = []
    template = "catalogue/open_dataset_page.html"

    class Meta:
        verbose_name = "data terbuka"
        verbose_name_plural = "data terbuka"

    def derive_tanggal_informasi(self):
        """End of the period that the data cover, else its start."""
        return self.periode_selesai or self.periode_mulai

    def clean(self):
        """Refuse a period that ends before it starts."""
        super().clean()
        if self.periode_mulai and self.periode_selesai and self.periode_selesai < self.periode_mulai:
            raise ValidationError({"periode_selesai": "Akhir periode tidak mungkin sebelum awalnya."})

    @property
    def license_url(self) -> str:
        """Address of the licence's text, or an empty string."""
        return LICENSE_URLS[License(self.lisensi)]

    def get_context(self, request, *args, **kwargs):
        """Add the first rows of the first file that is a table, as `preview` (None while there is none)."""
        context = super().get_context(request, *args, **kwargs)
        previews = (table_preview(attachment.document) for attachment in self.openable_files)
        context["preview"] = next((preview for preview in previews if preview), None)
        return context

    @property
    def structured_data(self) -> list[dict]:
        """What search engines may know of this page."""
        return [dataset(self)]

    def missing_metadata(self) -> list[MissingItem]:
        """Checklist for submission: file, dictionary, period."""
        missing = super().missing_metadata()
        if not list(self.files.all()):
            missing.append(MissingItem("files", "Lampirkan berkas data, sebaiknya CSV."))
        if not list(self.kolom.all()):
            missing.append(MissingItem("kolom", "Isi kamus data: satu baris untuk setiap kolom."))
        if not (self.periode_mulai or self.periode_selesai):
            missing.append(MissingItem("periode_mulai", "Isi periode data."))
        return missing


class DatasetColumn(Orderable):
    """One column of a dataset, explained."""

    page = ParentalKey(OpenDatasetPage, on_delete=models.CASCADE, related_name="kolom")
    nama = models.CharField("nama kolom", max_length=80)
    tipe = models.CharField("tipe", max_length=40, help_text="Contoh: angka bulat, teks, tanggal")
    keterangan = models.CharField("keterangan", max_length=255)
    satuan = models.CharField("satuan", max_length=40, blank=True)

    panels = [
        FieldRowPanel(
            [
                FieldPanel("nama", help_text="Persis seperti di berkas. Contoh: jumlah_pemilih"),
                FieldPanel("tipe"),
                FieldPanel("satuan", help_text="Contoh: orang"),
            ]
        ),
        FieldPanel("keterangan", help_text="Contoh: jumlah pemilih tetap per kecamatan"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "kolom"
        verbose_name_plural = "kolom"
