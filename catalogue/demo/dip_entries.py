"""The 79 entries of the demo's Daftar Informasi Publik: 12 berkala, 65 serta-merta, 2 setiap saat, as in the report.

Almost all of the report's entries are filed as serta-merta, which is hardly right; the demo keeps the mix, so that the
site's warning about it can be seen.
"""

from dataclasses import dataclass

from catalogue.demo.offices import DATA, FINANCE, LAW, PARTICIPATION
from catalogue.enums import InformationClass, KPUCategory, UpdatePeriod

DISTRICTS = ("Cipocok Jaya", "Curug", "Kasemen", "Serang", "Taktakan", "Walantaka")
PROFILE, PROGRAMME, MONEY, STAGES, RESULTS, VOTERS, PURCHASES, SERVICE, SAFETY = KINDS = (
    "Profil",
    "Program dan Kegiatan",
    "Keuangan",
    "Tahapan Pemilu dan Pemilihan",
    "Hasil Pemilu dan Pemilihan",
    "Data Pemilih",
    "Pengadaan",
    "Layanan Informasi",
    "Keadaan Darurat",
)


@dataclass(frozen=True)
class Entry:
    """An entry: numbering within its class, what it is, who holds it, and whether a PDF is made for it.

    `month` is how many months ago its content was last renewed.
    """

    klasifikasi: str
    nomor: str
    title: str
    kind: str
    unit: str
    category: str = KPUCategory.BODY
    period: str = ""
    months: int = 2
    retention: str = "5 tahun"
    pages: tuple[tuple[str, ...], ...] = ()


_HALF, _YEAR = UpdatePeriod.HALF_YEARLY, UpdatePeriod.YEARLY
# Title, kind, unit, period, months since the last renewal, content of its PDF.
_BERKALA = (
    (
        "Profil KPU Kota Serang",
        PROFILE,
        PARTICIPATION,
        _HALF,
        2,
        ("Kedudukan, tugas, dan wewenang KPU Kota Serang.",),
    ),
    (
        "Struktur organisasi KPU Kota Serang",
        PROFILE,
        PARTICIPATION,
        _HALF,
        2,
        ("Ketua dan anggota; sekretariat.",),
    ),
    ("Rencana strategis 2025–2029", PROGRAMME, DATA, _YEAR, 5, ("Tujuan, sasaran, dan indikator kinerja.",)),
    ("Rencana kerja tahunan", PROGRAMME, DATA, _YEAR, 4, ("Kegiatan menurut triwulan.",)),
    ("Perjanjian kinerja", PROGRAMME, DATA, _YEAR, 4, ("Sasaran kinerja yang disepakati.",)),
    ("Laporan kinerja instansi pemerintah", PROGRAMME, DATA, _YEAR, 8, ("Capaian setiap sasaran.",)),
    ("Daftar isian pelaksanaan anggaran", MONEY, FINANCE, _YEAR, 6, ("Pagu menurut jenis belanja.",)),
    ("Laporan realisasi anggaran", MONEY, FINANCE, _HALF, 8, ("Realisasi sampai akhir semester.",)),
    (
        "Neraca dan catatan atas laporan keuangan",
        MONEY,
        FINANCE,
        _HALF,
        3,
        ("Aset, kewajiban, dan ekuitas.",),
    ),
    ("Rencana umum pengadaan barang dan jasa", PURCHASES, FINANCE, _YEAR, 6, ("Paket pengadaan setahun.",)),
    (
        "Laporan harta kekayaan: cara mengaksesnya",
        PROFILE,
        LAW,
        _HALF,
        1,
        ("Tautan ke laman pengumuman LHKPN.",),
    ),
    (
        "Prosedur evakuasi keadaan darurat di kantor",
        SAFETY,
        FINANCE,
        _HALF,
        5,
        ("Jalur keluar dan titik kumpul.",),
    ),
)
_SETIAP_SAAT = (
    ("Daftar keputusan KPU Kota Serang", SERVICE, LAW, ("Nomor, tanggal, dan judul keputusan.",)),
    ("Perjanjian kerja sama dengan pihak ketiga", PURCHASES, LAW, ("Para pihak, obyek, dan jangka waktu.",)),
)
# Groups whose members are one a district; the first line of the group stands for all of them.
_BY_DISTRICT = (
    ("Rekapitulasi Daftar Pemilih Tetap Pilwalkot 2024", VOTERS, DATA),
    ("Hasil penghitungan suara Pilwalkot 2024", RESULTS, LAW),
    ("Hasil penghitungan suara Pemilu anggota DPRD Kota Serang 2024", RESULTS, LAW),
    ("Lokasi TPS Pilwalkot 2024", STAGES, DATA),
    ("Pengumuman hasil seleksi anggota PPK Pemilihan 2024", STAGES, PARTICIPATION),
    ("Lokasi pemasangan alat peraga kampanye Pilwalkot 2024", STAGES, LAW),
)
_SINGLE = (
    ("Pengumuman pendaftaran pasangan calon Pilwalkot 2024", STAGES, LAW),
    ("Penetapan pasangan calon Pilwalkot 2024", STAGES, LAW),
    ("Penetapan nomor urut pasangan calon Pilwalkot 2024", STAGES, LAW),
    ("Jadwal kampanye Pilwalkot 2024", STAGES, LAW),
    ("Jadwal debat publik Pilwalkot 2024", STAGES, PARTICIPATION),
    ("Laporan awal dana kampanye Pilwalkot 2024", STAGES, LAW),
    ("Laporan penerimaan sumbangan dana kampanye Pilwalkot 2024", STAGES, LAW),
    ("Laporan penerimaan dan pengeluaran dana kampanye Pilwalkot 2024", STAGES, LAW),
    ("Hasil audit dana kampanye Pilwalkot 2024", STAGES, LAW),
    ("Daftar Pemilih Sementara Pilwalkot 2024", VOTERS, DATA),
    ("Daftar Calon Sementara anggota DPRD Kota Serang 2024", STAGES, LAW),
    ("Daftar Calon Tetap anggota DPRD Kota Serang 2024", STAGES, LAW),
    ("Penetapan calon terpilih anggota DPRD Kota Serang 2024", RESULTS, LAW),
    ("Penetapan pasangan calon terpilih Pilwalkot 2024", RESULTS, LAW),
    ("Layanan pindah memilih: syarat dan tempat pelayanan", VOTERS, DATA),
    ("Tanggapan masyarakat atas daftar pemilih sementara", VOTERS, DATA),
    ("Pengumuman rekrutmen Pantarlih", STAGES, PARTICIPATION),
    ("Pengumuman rekrutmen KPPS", STAGES, PARTICIPATION),
    ("Perubahan lokasi TPS karena banjir", SAFETY, DATA),
    ("Penundaan distribusi logistik karena cuaca", SAFETY, FINANCE),
    ("Peringatan penipuan yang mengatasnamakan KPU Kota Serang", SAFETY, PARTICIPATION),
    ("Gangguan layanan situs dan cara menghubungi meja layanan", SAFETY, PARTICIPATION),
    ("Pemungutan suara ulang: lokasi dan waktunya", STAGES, LAW),
)
_WITH_PDF = {
    "Penetapan pasangan calon terpilih Pilwalkot 2024": (
        "Menetapkan pasangan calon terpilih.",
        "Contoh tanpa nama.",
    ),
    "Layanan pindah memilih: syarat dan tempat pelayanan": (
        "Syarat pindah memilih.",
        "Tempat dan waktu pelayanan.",
    ),
    "Perubahan lokasi TPS karena banjir": ("TPS yang lokasinya berubah.", "Lokasi pengganti setiap TPS."),
}
RECAP_TITLE = "Rekapitulasi Daftar Pemilih Tetap Pilwalkot 2024"


def entries() -> list[Entry]:
    """Return the entries in the order of their numbers."""
    return [*_berkala(), *_serta_merta(), *_setiap_saat()]


def _berkala() -> list[Entry]:
    return [
        Entry(
            InformationClass.BERKALA,
            str(number),
            title,
            kind,
            unit,
            KPUCategory.BODY,
            period,
            months,
            "5 tahun",
            (text,),
        )
        for number, (title, kind, unit, period, months, text) in enumerate(_BERKALA, 1)
    ]


def _setiap_saat() -> list[Entry]:
    return [
        Entry(
            InformationClass.SETIAP_SAAT,
            str(number),
            title,
            kind,
            unit,
            retention="Selama berlaku",
            pages=(text,),
        )
        for number, (title, kind, unit, text) in enumerate(_SETIAP_SAAT, 1)
    ]


def _serta_merta() -> list[Entry]:
    found, number = [], 0
    for title, kind, unit in _BY_DISTRICT:
        number += 1
        pages = _recap_pages() if title == RECAP_TITLE else ()
        found.append(_announced(str(number), title, kind, unit, pages))
        found += [
            _announced(f"{number}.{order}", f"{title}, Kecamatan {district}", kind, unit)
            for order, district in enumerate(DISTRICTS, 1)
        ]
    for title, kind, unit in _SINGLE:
        number += 1
        text = _WITH_PDF.get(title)
        found.append(_announced(str(number), title, kind, unit, (text,) if text else ()))
    return found


def _announced(nomor: str, title: str, kind: str, unit: str, pages=()) -> Entry:
    election = kind in (STAGES, RESULTS, VOTERS)
    category = KPUCategory.ELECTION if election else KPUCategory.BODY
    return Entry(
        InformationClass.SERTA_MERTA, nomor, title, kind, unit, category, retention="2 tahun", pages=pages
    )


def _recap_pages() -> tuple[tuple[str, ...], ...]:
    """Minutes with a page a district, so that a search for a district opens its page."""
    opening = (
        "Berita acara rekapitulasi daftar pemilih tetap tingkat kota.",
        "Rapat pleno terbuka dihadiri para saksi.",
    )
    districts = tuple(
        (
            f"Kecamatan {district}",
            f"Rekapitulasi menurut kelurahan di Kecamatan {district}. Angka pada berkas ini contoh.",
        )
        for district in DISTRICTS
    )
    return (opening, *districts, ("Berita acara ini dibuat untuk dipergunakan sebagaimana mestinya.",))
