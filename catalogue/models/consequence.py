"""Consequence tests (uji konsekuensi): the steps of PKPU 22/2023, Pasal 25, and their conclusion."""

from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from catalogue.enums import EXEMPTING_OUTCOMES, TestOutcome, TestTrigger
from home.models import Office

#: What each step of the test holds, with an example (PKPU 22/2023 Pasal 25).
STEP_EXAMPLES = {
    "a": "Contoh: formulir dukungan calon perseorangan; memuat NIK dan tanda tangan pendukung.",
    "b": "Contoh: NIK dapat disalahgunakan untuk pinjaman daring.",
    "c": "Contoh: UU 14/2008 Pasal 17 huruf h dan UU 27/2022.",
    "d": "Contoh: publik berkepentingan memeriksa keabsahan dukungan.",
    "e": "Contoh: NIK dan tanda tangan ditutup, jumlah dukungan tiap kelurahan dibuka.",
}


class ConsequenceTest(models.Model):
    """One consequence test: who asked, who tested, steps a to f, and the sheet that records it (Pasal 24 to 26)."""

    nomor = models.CharField("nomor lembar pengujian", max_length=120)
    tanggal = models.DateField("tanggal pengujian")
    kantor = models.ForeignKey(
        Office, verbose_name="kantor pemohon uji", on_delete=models.PROTECT, related_name="+"
    )
    pemicu = models.CharField(
        "dilakukan karena", max_length=20, choices=TestTrigger.choices, default=TestTrigger.BEFORE
    )
    diajukan_melalui = models.CharField(
        "diajukan melalui",
        max_length=160,
        blank=True,
        help_text="KPU Kab/Kota mengajukan melalui KPU Provinsi.",
    )
    penguji = models.CharField("kantor penguji", max_length=160, help_text="Contoh: KPU RI")
    peserta = models.TextField("peserta", blank=True, help_text="Jabatan yang ikut menguji, satu per baris.")

    langkah_a = models.TextField("a. materi, sifat, dan lingkup", blank=True)
    langkah_b = models.TextField("b. kerugian bila dibuka", blank=True)
    langkah_c = models.TextField("c. undang-undang yang menjadi dasar", blank=True)
    langkah_d = models.TextField("d. kepentingan publik", blank=True)
    langkah_e = models.TextField("e. hasil penyeimbangan", blank=True)
    hasil = models.CharField("f. kesimpulan", max_length=12, choices=TestOutcome.choices, blank=True)

    lembar_pengujian = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="lembar pengujian",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Berkas ini tidak pernah ditampilkan kepada publik.",
    )
    berita_acara = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name="berita acara",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Berkas ini tidak pernah ditampilkan kepada publik.",
    )
    penandatangan = models.CharField("penandatangan", max_length=160, blank=True, help_text="Nama jabatan.")

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("nomor", help_text="Contoh: 3/UK/PPID/2026"), FieldPanel("tanggal")]
                ),
                FieldRowPanel([FieldPanel("kantor"), FieldPanel("penguji")]),
                FieldRowPanel([FieldPanel("pemicu"), FieldPanel("diajukan_melalui")]),
                FieldPanel(
                    "peserta", help_text="Jabatan, satu per baris. Contoh: PPID; Kepala Subbagian Data; ahli"
                ),
            ],
            "Pengujian",
        ),
        MultiFieldPanel(
            [FieldPanel(f"langkah_{letter}", help_text=example) for letter, example in STEP_EXAMPLES.items()]
            + [
                FieldPanel(
                    "hasil",
                    help_text="Uji selesai setelah langkah a sampai e terisi dan disimpulkan di sini.",
                )
            ],
            "Langkah a sampai f (PKPU 22/2023 Pasal 25)",
        ),
        MultiFieldPanel(
            [FieldPanel("lembar_pengujian"), FieldPanel("berita_acara"), FieldPanel("penandatangan")],
            "Berkas",
        ),
    ]

    class Meta:
        ordering = ["-tanggal"]
        verbose_name = "uji konsekuensi"
        verbose_name_plural = "uji konsekuensi"

    def __str__(self):
        return f"{self.nomor} ({self.tanggal:%d-%m-%Y})"

    @property
    def missing_steps(self) -> list[str]:
        """Letters of the steps that are not written yet ("a" to "f")."""
        missing = [letter for letter in "abcde" if not getattr(self, f"langkah_{letter}").strip()]
        return missing if self.hasil else [*missing, "f"]

    @property
    def is_concluded(self) -> bool:
        """Whether all six steps are done."""
        return not self.missing_steps

    @property
    def exempts(self) -> bool:
        """Whether the test is concluded and its outcome is an exemption, whole or in part."""
        return self.is_concluded and self.hasil in EXEMPTING_OUTCOMES
