"""Exempted information (DIK): what, on which ground, with which consequences, and until when."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
    TitleFieldPanel,
)
from wagtail.models import Orderable, Page
from wagtail.search import index

from catalogue.enums import Article17, ExemptionStatus
from catalogue.models.base import CataloguePage, MissingItem
from catalogue.models.consequence import ConsequenceTest
from catalogue.workflow.publication import hold_back
from common.visibility import is_public
from home.enums import OfficeLevel

#: Log action with which the scheduler publishes (common/jobs.py, Wagtail's publish_scheduled).
SCHEDULED_ACTION = "wagtail.publish.scheduled"


class ExemptedInformationPage(CataloguePage):
    """One row of the list of exempted information; its file stays private for ever, also its text."""

    kategori = "dikecualikan"
    files_are_public = False

    lingkup_materi = models.TextField(
        "bagian yang dikecualikan",
        help_text="Sebut tepat bagiannya, bukan seluruh dokumen. Contoh: nomor induk kependudukan dan tanda tangan.",
    )
    dokumen_induk = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="dokumen induk",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Hanya untuk petugas. Berkas dan isinya tidak pernah ditampilkan atau dicari publik.",
    )
    konsekuensi_dibuka = models.TextField("akibat bila dibuka", blank=True)
    konsekuensi_ditutup = models.TextField("manfaat bila ditutup", blank=True)
    kepentingan_publik = models.TextField("kepentingan publik", blank=True)
    hasil_penyeimbangan = models.TextField("hasil penyeimbangan", blank=True)
    jangka_waktu = models.CharField(
        "jangka waktu",
        max_length=200,
        help_text="Contoh: 5 tahun, atau sampai ada persetujuan tertulis pemiliknya.",
    )
    tanggal_berakhir = models.DateField("berakhir pada", null=True, blank=True)
    peristiwa_berakhir = models.CharField("atau berakhir saat", max_length=200, blank=True)
    keputusan_penetapan = models.ForeignKey(
        "catalogue.RegulationPage",
        verbose_name="keputusan kantor yang lebih tinggi",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    nomor_keputusan = models.CharField(
        "atau tulis nomor keputusannya",
        max_length=160,
        blank=True,
        help_text="Contoh: Keputusan KPU 169/Kpts/KPU/2015",
    )
    tingkat_penetap = models.CharField(
        "ditetapkan oleh",
        max_length=10,
        choices=[choice for choice in OfficeLevel.choices if choice[0] != OfficeLevel.CITY],
        blank=True,
        help_text="KPU Kab/Kota tidak dapat mengecualikan sendiri (PKPU 22/2023 Pasal 24–25).",
    )
    tanggal_keputusan = models.DateField("tanggal keputusan", null=True, blank=True)
    uji_konsekuensi = models.ForeignKey(
        ConsequenceTest,
        verbose_name="uji konsekuensi",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entries",
    )
    status_pengecualian = models.CharField(
        "status", max_length=20, choices=ExemptionStatus.choices, default=ExemptionStatus.IN_FORCE
    )

    content_panels = [
        MultiFieldPanel(
            [
                HelpPanel(
                    content="Tulis tepat apa yang dikecualikan. Bagian lain dari dokumen tetap terbuka: "
                    "yang dikecualikan cukup dihitamkan."
                ),
                TitleFieldPanel("title", heading="Informasi yang dikecualikan"),
                FieldPanel("ringkasan"),
                FieldPanel("lingkup_materi"),
                FieldPanel("dokumen_induk"),
                FieldPanel("unit_kerja"),
            ],
            "Informasi",
        ),
        InlinePanel("dasar_hukum", heading="Dasar hukum pengecualian", label="Dasar hukum"),
        MultiFieldPanel(
            [
                FieldPanel(
                    "konsekuensi_dibuka",
                    help_text="Apa yang terjadi bila publik membacanya. Contoh: NIK dapat dipakai membuka rekening.",
                ),
                FieldPanel(
                    "konsekuensi_ditutup",
                    help_text="Apa yang terlindungi. Contoh: data pribadi pemilih tidak disalahgunakan.",
                ),
                FieldPanel(
                    "kepentingan_publik",
                    help_text="Mengapa publik mungkin perlu tahu. Contoh: memeriksa keabsahan dukungan calon.",
                ),
                FieldPanel(
                    "hasil_penyeimbangan",
                    help_text="Mana yang lebih besar, dan mengapa. Contoh: cukup jumlah dukungan yang dibuka.",
                ),
            ],
            "Konsekuensi",
        ),
        MultiFieldPanel(
            [
                FieldPanel("jangka_waktu"),
                FieldRowPanel(
                    [
                        FieldPanel("tanggal_berakhir", help_text="Bila tanggalnya pasti. Contoh: 31-12-2029"),
                        FieldPanel(
                            "peristiwa_berakhir", help_text="Contoh: pemiliknya memberi persetujuan tertulis"
                        ),
                    ]
                ),
                FieldPanel("status_pengecualian"),
            ],
            "Jangka waktu",
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "uji_konsekuensi",
                    help_text="Dibuat Tim Penghubung atau PPID di menu Info Dikecualikan, Uji konsekuensi. "
                    "Tanpa uji yang selesai, PPID tidak dapat menyetujui entri ini.",
                ),
                PageChooserPanel("keputusan_penetapan"),
                FieldPanel("nomor_keputusan"),
                FieldRowPanel([FieldPanel("tingkat_penetap"), FieldPanel("tanggal_keputusan")]),
            ],
            "Uji konsekuensi dan keputusan",
        ),
    ]
    search_fields = [*Page.search_fields, index.FilterField("status_pengecualian")]
    parent_page_types = ["catalogue.ExemptedIndexPage"]
    subpage_types: list[str] = []
    template = "catalogue/exempted_information_page.html"

    class Meta:
        verbose_name = "informasi dikecualikan"
        verbose_name_plural = "informasi dikecualikan"

    def derive_tanggal_informasi(self):
        """Date of the decision that exempts."""
        return self.tanggal_keputusan

    def clean(self):
        """Refuse a term that ends before it starts."""
        super().clean()
        if (
            self.tanggal_keputusan
            and self.tanggal_berakhir
            and self.tanggal_berakhir <= self.tanggal_keputusan
        ):
            raise ValidationError({"tanggal_berakhir": "Tanggal berakhir harus sesudah tanggal keputusan."})

    @cached_property
    def pasal_17(self) -> list[str]:
        """Labels of the grounds of Pasal 17 on which the entry rests, in order."""
        letters = sorted({basis.pasal_17 for basis in self.dasar_hukum.all() if basis.pasal_17})
        return [Article17(letter).label for letter in letters]

    def status_on(self, on: dt.date) -> str:
        """Return the ExemptionStatus on a date: one whose end date has come is over, whatever was last typed."""
        if (
            self.status_pengecualian == ExemptionStatus.IN_FORCE
            and self.tanggal_berakhir
            and self.tanggal_berakhir <= on
        ):
            return ExemptionStatus.ENDED
        return self.status_pengecualian

    @property
    def status_today(self) -> str:
        """ExemptionStatus today, at this entry's office."""
        return self.status_on(self.office.today() if self.office else dt.date.today())

    @property
    def status_label(self) -> str:
        """Status today in words."""
        return ExemptionStatus(self.status_today).label

    @property
    def public_keputusan(self):
        """The decision that exempts, while the public may see its page; else None (its number is still named)."""
        decision = self.keputusan_penetapan
        return decision if decision and is_public(decision) else None

    def publish(self, revision, *args, log_action=True, **kwargs):
        """Publish a version; a scheduled one whose test or decision no longer holds is held back instead."""
        if log_action == SCHEDULED_ACTION and (gaps := revision.as_object().exemption_gaps()):
            hold_back(revision, gaps)
            return
        super().publish(revision, *args, log_action=log_action, **kwargs)

    def exemption_gaps(self) -> list[MissingItem]:
        """Return why this entry may not be published as exempted yet (empty when it may).

        Needs a concluded consequence test that exempts, and the decision of an office that may exempt: KPU RI or a
        province, above the office of this entry (PKPU 22/2023 Pasal 24 to 26, PKPU 4/2025).
        """
        gaps = []
        test = self.uji_konsekuensi
        if test is None:
            gaps.append(
                MissingItem("uji_konsekuensi", "Pilih uji konsekuensi yang menjadi dasar pengecualian.")
            )
        elif not test.is_concluded:
            steps = ", ".join(test.missing_steps)
            gaps.append(
                MissingItem(
                    "uji_konsekuensi", f"Uji konsekuensi belum selesai: langkah {steps} masih kosong."
                )
            )
        elif not test.exempts:
            gaps.append(MissingItem("uji_konsekuensi", "Uji konsekuensi menyimpulkan informasi ini terbuka."))
        if not (self.keputusan_penetapan_id or self.nomor_keputusan.strip()):
            gaps.append(
                MissingItem("keputusan_penetapan", "Pilih atau tulis keputusan yang menetapkan pengecualian.")
            )
        if not self.tanggal_keputusan:
            gaps.append(MissingItem("tanggal_keputusan", "Isi tanggal keputusan."))
        if not self.tingkat_penetap:
            gaps.append(
                MissingItem("tingkat_penetap", "Pilih kantor yang menetapkan: KPU RI atau KPU Provinsi.")
            )
        elif self.office and not self._decided_above(self.office.level):
            gaps.append(
                MissingItem(
                    "tingkat_penetap",
                    "Pengecualian harus ditetapkan kantor yang lebih tinggi dari kantor ini.",
                )
            )
        return gaps

    def _decided_above(self, level: str) -> bool:
        """KPU RI decides for itself; a province needs KPU RI; a city or regency needs a province or KPU RI."""
        if level == OfficeLevel.CITY:
            return self.tingkat_penetap in (OfficeLevel.PROVINCE, OfficeLevel.NATIONAL)
        return self.tingkat_penetap == OfficeLevel.NATIONAL or (
            # PKPU 4/2025 gives KPU Provinsi a test procedure of its own.
            level == OfficeLevel.PROVINCE and self.tingkat_penetap == OfficeLevel.PROVINCE
        )

    def missing_metadata(self) -> list[MissingItem]:
        """Checklist for submission: the columns of the public table; the test and decision have their own step."""
        missing = super().missing_metadata()
        if not any(basis.pasal_17 for basis in self.dasar_hukum.all()):
            missing.append(MissingItem("dasar_hukum", "Isi dasar hukum, termasuk huruf Pasal 17 UU 14/2008."))
        if not self.konsekuensi_dibuka.strip():
            missing.append(MissingItem("konsekuensi_dibuka", "Jelaskan akibat bila informasi dibuka."))
        if not self.konsekuensi_ditutup.strip():
            missing.append(MissingItem("konsekuensi_ditutup", "Jelaskan manfaat bila informasi ditutup."))
        if not (self.tanggal_berakhir or self.peristiwa_berakhir.strip()):
            missing.append(MissingItem("tanggal_berakhir", "Isi kapan atau saat apa pengecualian berakhir."))
        return missing


class LegalBasis(Orderable):
    """A legal ground of an exemption: a law with article, clause and letter, and the letter of Pasal 17."""

    page = ParentalKey(ExemptedInformationPage, on_delete=models.CASCADE, related_name="dasar_hukum")
    pasal_17 = models.CharField(
        "alasan menurut Pasal 17 UU 14/2008", max_length=1, choices=Article17.choices, blank=True
    )
    undang_undang = models.CharField(
        "undang-undang",
        max_length=160,
        default="UU Nomor 14 Tahun 2008",
        help_text="Contoh: UU Nomor 27 Tahun 2022",
    )
    pasal = models.CharField("pasal", max_length=12, blank=True)
    ayat = models.CharField("ayat", max_length=12, blank=True)
    huruf = models.CharField("huruf", max_length=12, blank=True)
    keterangan = models.CharField("keterangan", max_length=255, blank=True)

    panels = [
        FieldPanel("pasal_17"),
        FieldPanel("undang_undang"),
        FieldRowPanel(
            [
                FieldPanel("pasal", help_text="Contoh: 17"),
                FieldPanel("ayat", help_text="Contoh: 2"),
                FieldPanel("huruf", help_text="Contoh: h"),
            ]
        ),
        FieldPanel("keterangan", help_text="Contoh: rahasia pribadi, riwayat kesehatan"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "dasar hukum"
        verbose_name_plural = "dasar hukum"

    def __str__(self):
        parts = [self.undang_undang]
        parts += [
            f"{name} {value}"
            for name, value in (("Pasal", self.pasal), ("ayat", self.ayat), ("huruf", self.huruf))
            if value
        ]
        return " ".join(parts)
