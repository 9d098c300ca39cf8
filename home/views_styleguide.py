"""`/gaya/`: every part of the public pages once, with all its states. For development and the accessibility tests."""

import datetime as dt
from types import SimpleNamespace as Row

from django import forms
from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils.safestring import mark_safe

from home.models.offices import OpeningState

TAGS = (
    ("ok", "Berlaku"),
    ("warn", "Berlaku, telah diubah"),
    ("bad", "Tidak berlaku"),
    ("info", "Belum berlaku"),
    ("", "Melaksanakan"),
)

CHART = mark_safe(
    '<svg viewBox="0 0 320 120" role="img" aria-label="Permohonan per bulan: Januari 4, Februari 7, Maret 4" '
    'fill="currentColor"><rect x="10" y="60" width="80" height="50"/><rect x="120" y="20" width="80" height="90"/>'
    '<rect x="230" y="60" width="80" height="50"/></svg>'
)


class SampleForm(forms.Form):
    """One field of each kind."""

    nama = forms.CharField(label="Nama lengkap", help_text="Seperti pada KTP atau akta pendirian.")
    email = forms.EmailField(label="Surel", required=False)
    rincian = forms.CharField(
        label="Informasi yang Anda perlukan",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Contoh: jumlah pemilih tetap Pilwalkot 2024 per kecamatan.",
    )
    pekerjaan = forms.ChoiceField(
        label="Pekerjaan", choices=[("", "Pilih"), ("m", "Mahasiswa"), ("w", "Wiraswasta")]
    )
    cara = forms.ChoiceField(
        label="Cara memperoleh",
        choices=[("lihat", "Melihat atau membaca"), ("salinan", "Mendapat salinan")],
        widget=forms.RadioSelect,
        help_text="Salinan digital tidak dikenai biaya.",
    )


def _document(
    title: str,
    extension: str,
    size: int,
    pages: int | None = None,
    incomplete: bool = False,
    withdrawal: Row | None = None,
    earlier: tuple[Row, ...] = (),
) -> Row:
    return Row(
        title=title,
        url="#contoh",
        file_extension=extension,
        file_size=size,
        page_count=pages,
        text_url="#teks" if pages else "",
        text_is_incomplete=incomplete,
        pk=1,
        known_history=Row(withdrawal=withdrawal, earlier=earlier),
    )


def _former_version() -> Row:
    """A version that was replaced or withdrawn."""
    return Row(
        number=1,
        state="diganti",
        until=dt.datetime(2024, 10, 2, 3, tzinfo=dt.UTC),
        reason="Salah ketik pada Pasal 4",
        verification_url="#contoh",
        url="",
    )


def _hits() -> list[Row]:
    """Found records in their states: hits on pages, doubtful scan, sheet of a workbook, revoked, no extract."""
    base = {
        "url": "#contoh", "citation": "", "nomor": "", "status": "", "status_label": "",
        "status_note": "", "date": None,
        "file_format": "", "file_size": None, "file_pages": None, "ocr_doubt": False, "office": "", "summary": "",
        "extracts": (), "kategori_label": "", "klasifikasi_label": "",
    }  # fmt: skip
    mark = "<mark>Daftar Pemilih Tetap</mark>"
    return [
        Row(
            **base
            | {
                "title": "Berita Acara Rekapitulasi Daftar Pemilih Tetap",
                "title_html": f"Berita Acara Rekapitulasi {mark}",
                "klasifikasi_label": "Informasi Berkala",
                "date": dt.date(2024, 9, 21),
                "file_format": "PDF",
                "file_size": 1_200_000,
                "file_pages": 14,
                "extracts": (
                    Row(
                        label="Halaman 7",
                        document_id=None,
                        url="#contoh",
                        html=f"… menetapkan {mark} sejumlah 493.123 orang …",
                    ),
                    Row(
                        label="Halaman 9",
                        document_id=None,
                        url="#contoh",
                        html="… perubahan <mark>DPT</mark> setelah tanggapan …",
                    ),
                ),
            }
        ),
        Row(
            **base
            | {
                "title": "Pengumuman Pindah Memilih",
                "title_html": "Pengumuman Pindah Memilih",
                "klasifikasi_label": "Informasi Serta-Merta",
                "file_format": "PDF",
                "file_size": 240_000,
                "ocr_doubt": True,
                "extracts": (
                    Row(
                        label="Halaman 1", document_id=None, url="#contoh", html=f"… terdaftar dalam {mark} …"
                    ),
                ),
            }
        ),
        Row(
            **base
            | {
                "title": "Peraturan KPU Nomor 1 Tahun 2015",
                "title_html": "Peraturan KPU Nomor 1 Tahun 2015",
                "kategori_label": "Regulasi",
                "status": "dicabut",
                "status_label": "Tidak berlaku",
                "status_note": "Dicabut dengan PKPU Nomor 22 Tahun 2023",
                "summary": "Pengelolaan dan Pelayanan Informasi Publik di Lingkungan Komisi Pemilihan Umum.",
            }
        ),
    ]


def _facets() -> list[Row]:
    """A short facet with a choice, and one longer than what is shown at first."""
    years = [Row(value=str(2024 - n), label=str(2024 - n), count=20 - n, selected=False) for n in range(12)]
    return [
        Row(
            name="kategori",
            label="Kategori",
            values=[
                Row(value="informasi-publik", label="Informasi publik", count=1018, selected=True),
                Row(value="regulasi", label="Regulasi", count=7, selected=False),
            ],
        ),
        Row(name="tahun", label="Tahun", values=years),
    ]


def styleguide(request):
    """Show the parts; not found outside development."""
    if not getattr(settings, "STYLEGUIDE", False):
        raise Http404
    bound = SampleForm({"nama": "", "email": "bukan-surel", "rincian": "Yang sudah ditulis tetap ada."})
    bound.is_valid()
    return render(
        request,
        "home/styleguide.html",
        {
            "crumbs": [("Gaya", "")],
            "tags": TAGS,
            "hits": _hits(),
            "facets": _facets(),
            "files": [
                _document("Naskah lengkap", "pdf", 2_400_000, 38, earlier=(_former_version(),)),
                _document("Lampiran hasil pindai", "pdf", 900_000, 6, incomplete=True),
                _document("Data pemilih", "xlsx", 46_000),
                _document("Lampiran yang ditarik", "pdf", 90_000, 2, withdrawal=_former_version()),
            ],
            "facts": [
                ("Jenis", "Peraturan KPU (PKPU)"),
                ("Ditetapkan", "Jakarta, 30 Januari 2015"),
                ("Sumber", ""),
            ],
            "chips": [Row(label="Informasi publik", url="a=1"), Row(label="2024", url="b=1")],
            "empty_form": SampleForm(prefix="kosong"),
            "bound_form": bound,
            "steps": ["Data diri", "Informasi", "Periksa", "Selesai"],
            "events": [
                Row(
                    title="Permohonan diterima",
                    date=dt.date(2024, 10, 1),
                    text="Nomor 001/PPID/3673/X/2024",
                    state="done",
                ),
                Row(title="Jawaban", date=dt.date(2024, 10, 15), text="Batas 10 hari kerja.", state="late"),
                Row(title="Penyerahan", date=None, text="", state=""),
            ],
            "opened": OpeningState(True, "Buka sekarang, sampai 15.00 WIB"),
            "closed": OpeningState(False, "Tutup sekarang, buka besok pukul 09.00 WIB"),
            "chart_svg": CHART,
            "chart_head": ["Bulan", "Permohonan"],
            "chart_rows": [["Januari", 4], ["Februari", 7], ["Maret", 4]],
            "sample_banners": [
                Row(ringkasan="Loket pindah ke Aula Kecamatan.", url="#contoh", title="Banjir")
            ],
        },
    )
