"""The building blocks of a Pojok. A block only says what is wanted; `pojok.parts` knows what is shown."""

import re

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from documents import access
from home.models import AnnouncementPage
from pojok.parts import CHARTS, CLASSES, DEFAULT_FIGURES, FIGURES

MOST_ROWS = 6
"""More titles than this do not fit on a screen that is read from across a lobby."""
_PATH = re.compile(r"/(?!/)[^\s\\<>\"]{0,250}")

TARGETS: dict[str, tuple[str, str]] = {
    "cari": ("Pindai untuk mencari informasi", "/cari/"),
    "permohonan": ("Pindai untuk mengajukan permohonan", "/permohonan/"),
    "keberatan": ("Pindai untuk mengajukan keberatan", "/keberatan/"),
    "pojok": ("Pindai untuk membuka halaman ini di ponsel Anda", "/pojok/"),
    "lain": ("Pindai untuk membuka di ponsel Anda", ""),
}
"""Where a QR code leads: what stands beside it, and the path on the office's site."""


def _title(example: str) -> blocks.CharBlock:
    return blocks.CharBlock(
        label="Judul",
        required=False,
        max_length=80,
        help_text=f"Kosongkan untuk judul bawaan. Contoh: {example}",
    )


class LatestBlock(blocks.StructBlock):
    """The newest publications."""

    judul = _title("Informasi terbaru")
    kelas = blocks.ChoiceBlock(
        label="Dari",
        choices=[(code or "semua", label) for code, label in CLASSES.items()],
        default="semua",
    )
    jumlah = blocks.IntegerBlock(
        label="Banyaknya",
        default=4,
        min_value=1,
        max_value=MOST_ROWS,
        help_text=f"1 sampai {MOST_ROWS}. Contoh: 4, yang muat di satu layar walaupun judulnya panjang.",
    )

    class Meta:
        label = "Publikasi terbaru"
        icon = "list-ul"


class FiguresBlock(blocks.StructBlock):
    """Numbers of the office."""

    angka = blocks.MultipleChoiceBlock(
        label="Angka yang tampil", choices=list(FIGURES.items()), default=list(DEFAULT_FIGURES)
    )

    class Meta:
        label = "Angka"
        icon = "order"


class SearchBlock(blocks.StructBlock):
    """The search box, and a QR code to search with one's own phone."""

    judul = _title("Cari informasi publik")

    class Meta:
        label = "Kotak pencarian"
        icon = "search"


class DocumentBlock(blocks.StructBlock):
    """One file."""

    judul = _title("Maklumat pelayanan")
    dokumen = DocumentChooserBlock(label="Berkas")

    class Meta:
        label = "Satu berkas"
        icon = "doc-full"

    def clean(self, value):
        """Refuse a file that no public page shows: it would not be shown here either."""
        value = super().clean(value)
        document = value.get("dokumen")
        if document is not None and not access.in_public_use_among([document.pk]):
            message = (
                "Berkas ini belum terbuka untuk umum. Terbitkan dahulu halaman yang memuatnya, "
                "atau pilih berkas lain."
            )
            raise blocks.StructBlockValidationError({"dokumen": ValidationError(message)})
        return value


class ChartBlock(blocks.StructBlock):
    """One chart."""

    judul = _title("Kunjungan tiap bulan")
    grafik = blocks.ChoiceBlock(label="Grafik", choices=list(CHARTS.items()), default=next(iter(CHARTS)))

    class Meta:
        label = "Grafik"
        icon = "order-down"


class AnnouncementBlock(blocks.StructBlock):
    """One announcement."""

    pengumuman = blocks.PageChooserBlock(
        label="Pengumuman",
        page_type=AnnouncementPage,
        required=False,
        help_text="Kosongkan untuk pengumuman terbaru (spanduk yang sedang berjalan lebih dahulu).",
    )

    class Meta:
        label = "Pengumuman"
        icon = "warning"


class QRBlock(blocks.StructBlock):
    """A QR code to an address of this site."""

    tujuan = blocks.ChoiceBlock(
        label="Tujuan",
        choices=[
            ("cari", "Pencarian"),
            ("permohonan", "Ajukan permohonan"),
            ("keberatan", "Ajukan keberatan"),
            ("pojok", "Halaman Pojok ini"),
            ("lain", "Alamat lain di situs ini"),
        ],
        default="permohonan",
    )
    alamat = blocks.CharBlock(
        label="Alamat lain",
        required=False,
        max_length=250,
        help_text="Hanya untuk “Alamat lain di situs ini”. Mulai dengan garis miring. Contoh: /dip/berkala/",
    )
    keterangan = blocks.CharBlock(
        label="Keterangan",
        required=False,
        max_length=60,
        help_text="Kosongkan untuk kalimat bawaan. Contoh: Pindai untuk membaca maklumat pelayanan",
    )

    class Meta:
        label = "Kode QR"
        icon = "link"

    def clean(self, value):
        """Refuse an address that leads to another site: a code on the office's wall speaks for the office."""
        value = super().clean(value)
        if value.get("tujuan") == "lain" and not _PATH.fullmatch(value.get("alamat") or ""):
            message = "Tulis alamat di situs ini, mulai dengan garis miring. Contoh: /dip/berkala/"
            raise blocks.StructBlockValidationError({"alamat": ValidationError(message)})
        return value


class ServiceHoursBlock(blocks.StaticBlock):
    """When the desk serves, and where it is."""

    class Meta:
        label = "Jam layanan"
        icon = "time"
        admin_text = "Jam layanan, alamat, dan telepon dari Data kantor."


class PojokBlocks(blocks.StreamBlock):
    """What an editor composes a Pojok of."""

    terbaru = LatestBlock()
    angka = FiguresBlock()
    cari = SearchBlock()
    dokumen = DocumentBlock()
    grafik = ChartBlock()
    pengumuman = AnnouncementBlock()
    qr = QRBlock()
    jam = ServiceHoursBlock()

    class Meta:
        max_num = 12
