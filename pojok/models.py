"""The Pojok Informasi Publik: what an office shows on the screen in its lobby."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField

from home.models.base import OfficePage
from pojok.blocks import PojokBlocks

SLUG = "pojok"
SHORTEST, LONGEST = 5, 120  # seconds that a part stays


def default_slides() -> list[tuple[str, dict | None]]:
    """What takes turns on a new Pojok."""
    return [
        ("terbaru", {"judul": "", "kelas": "semua", "jumlah": 4}),
        ("pengumuman", {"pengumuman": None}),
        ("grafik", {"judul": "", "grafik": "kunjungan"}),
        ("cari", {"judul": ""}),
        ("jam", None),
    ]


def default_fixed() -> list[tuple[str, dict | None]]:
    """What always stands on a new Pojok."""
    return [
        ("angka", {"angka": ["pemohon", "kunjungan", "dokumen", "unduhan"]}),
        ("qr", {"tujuan": "permohonan", "alamat": "", "keterangan": ""}),
        ("qr", {"tujuan": "cari", "alamat": "", "keterangan": ""}),
    ]


class PojokPage(OfficePage):
    """One a site, at /pojok/: parts that take turns, and parts that always stand."""

    slides = StreamField(
        PojokBlocks(),
        verbose_name="bagian yang bergantian",
        default=default_slides,
        help_text="Tampil satu per satu di sisi kiri. Bagian yang sedang kosong dilewati.",
    )
    fixed = StreamField(
        PojokBlocks(),
        verbose_name="bagian yang selalu tampil",
        default=default_fixed,
        blank=True,
        help_text="Tampil di sisi kanan: angka dan kode QR.",
    )
    seconds = models.PositiveSmallIntegerField(
        "detik tiap bagian",
        default=15,
        validators=[MinValueValidator(SHORTEST), MaxValueValidator(LONGEST)],
        help_text=f"Berapa lama satu bagian tampil sebelum berganti: {SHORTEST} sampai {LONGEST} detik. "
        "Contoh: 15, cukup untuk membaca empat judul.",
    )

    content_panels = [
        HelpPanel(
            content="Buka <a href='/pojok/' target='_blank' rel='noopener'>halaman Pojok</a> di layar lobi, lalu "
            "tekan F11 untuk layar penuh. Isinya memperbarui diri sendiri tiap menit."
        ),
        FieldPanel("slides"),
        FieldPanel("fixed"),
        MultiFieldPanel([FieldPanel("seconds")], "Pergantian"),
    ]
    promote_panels = []
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    template = "pojok/kiosk.html"

    class Meta:
        verbose_name = "Pojok Informasi Publik"
        verbose_name_plural = "Pojok Informasi Publik"

    def full_clean(self, *args, **kwargs):
        """Name and address are the same at every office: screens, codes and other sites point there."""
        self.title = self.title or "Pojok Informasi Publik"
        self.slug = SLUG
        super().full_clean(*args, **kwargs)

    def serve(self, request, *args, **kwargs):
        """Answer with the page; whoever keeps it asks each time, so that a screen that reloads gets the newest."""
        response = super().serve(request, *args, **kwargs)
        response["Cache-Control"] = "no-cache"
        return response

    def get_context(self, request, *args, **kwargs):
        """Add what the screen shows."""
        from pojok.kiosk import screen

        context = super().get_context(request, *args, **kwargs)
        context.update(screen(self, request))
        return context
