"""Shapes of the office's own pages: office, home page, profile, SOP, questions, announcements, glossary."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from api.schemas.common import Choice, Entry, Unit, choice
from api.schemas.files import File
from home.enums import FAQTopic, OfficeLevel


class OfficeLink(Schema):
    """Another office."""

    kode_wilayah: str = Field(examples=["36"])
    nama: str = Field(examples=["KPU Provinsi Banten"])


class Opening(Schema):
    """Whether the desk serves now."""

    buka: bool = Field(examples=[True])
    keterangan: str = Field(examples=["Buka sekarang, sampai 12.00 WIB"])
    sampai: dt.datetime | None = Field(examples=["2026-11-25T12:00:00+07:00"])
    buka_lagi: dt.datetime | None = Field(examples=[None])


class Office(Schema):
    """The office on whose site you are."""

    kode_wilayah: str = Field(examples=["3673"])
    nama: str = Field(examples=["KPU Kota Serang"])
    nama_lembaga: str = Field(examples=["Komisi Pemilihan Umum Kota Serang"])
    tingkat: Choice = choice("Tingkat kantor.", OfficeLevel.choices, OfficeLevel.CITY)
    kantor_atasan: OfficeLink | None
    url: str = Field(examples=["https://contoh.kpu.go.id/"])
    alamat: str = Field(examples=["Jl. KH. A. Fatah Hasan No. 247, Kota Serang"])
    kota: str = Field(examples=["Kota Serang"])
    telepon: str = Field(examples=["(0254) 200374"])
    faks: str = Field(examples=["(0254) 200374"])
    email: str = Field(examples=["ppid@contoh.invalid"])
    zona_waktu: str = Field(examples=["Asia/Jakarta"])
    hari_layanan: str = Field(examples=["Senin–Jumat"])
    jam_layanan: str = Field(examples=["09.00–15.00 WIB"])
    jam_istirahat: str = Field(examples=["12.00–13.00"])
    layanan_sekarang: Opening
    unit_kerja: list[Unit]


class ClassCount(Schema):
    """A class of public information and how much of it is published."""

    kode: str = Field(examples=["berkala"])
    label: str = Field(examples=["Informasi Berkala"])
    penjelasan: str = Field(
        examples=["Diperbarui rutin, paling lama tiap enam bulan: profil, program, keuangan."]
    )
    jumlah: int = Field(examples=[12])
    url: str = Field(examples=["https://contoh.kpu.go.id/dip/berkala/"])
    api_url: str = Field(examples=["https://contoh.kpu.go.id/api/v1/dip?klasifikasi=berkala"])


class Video(Schema):
    """The home page's video, with what deaf and blind visitors need."""

    judul: str = Field(examples=["Cara meminta informasi"])
    url: str = Field(examples=["https://contoh.kpu.go.id/dokumen/9/cara-meminta.mp4"])
    url_takarir: str | None = Field(
        description="Takarir WebVTT.", examples=["https://contoh.kpu.go.id/dokumen/10/t.vtt"]
    )
    transkrip: str = Field(description="HTML.", examples=["<p>Selamat datang …</p>"])


class MenuEntry(Schema):
    """An entry of the public menu."""

    label: str = Field(examples=["Regulasi"])
    url: str = Field(examples=["https://contoh.kpu.go.id/regulasi/"])
    anak: list["MenuEntry"] = Field(default_factory=list, examples=[[]])


class AnnouncementSummary(Entry):
    """An announcement."""

    ringkasan: str = Field(examples=["Loket pindah sementara ke Aula Kecamatan Serang."])
    diterbitkan: dt.datetime | None = Field(examples=["2026-11-02T03:15:00Z"])
    spanduk: bool = Field(description="Sedang tampil di atas setiap halaman.", examples=[True])


class AnnouncementDetail(AnnouncementSummary):
    """An announcement with its text."""

    isi: str = Field(description="HTML.", examples=["<p>Layanan tetap buka.</p>"])


class NewestEntry(Entry):
    """One of the newest publications of any kind."""

    tanggal_informasi: dt.date | None = Field(examples=["2024-09-21"])


class Home(Schema):
    """The office's home page."""

    judul: str = Field(examples=["KPU Kota Serang"])
    url: str = Field(examples=["https://contoh.kpu.go.id/"])
    judul_sambutan: str = Field(examples=["Selamat datang"])
    teks_sambutan: str = Field(description="HTML.", examples=["<p>Selamat datang di e-PPID …</p>"])
    sering_dicari: list[str] = Field(examples=[["daftar pemilih tetap", "PKPU 22/2023"]])
    video: Video | None
    klasifikasi: list[ClassCount] = Field(description="Tiga kelas informasi publik dengan jumlahnya.")
    terbaru: list[NewestEntry]
    spanduk: list[AnnouncementSummary] = Field(description="Pengumuman serta-merta yang sedang berlaku.")
    menu: list[MenuEntry]


class TextPageSummary(Entry):
    """A profile page, the structure of the PPID, or another text page."""

    ringkasan: str = Field(examples=["Arah kerja kami."])


class StructureRole(Schema):
    """A line of the PPID structure."""

    peran: str = Field(examples=["Atasan PPID"])
    jabatan: str = Field(examples=["Sekretaris KPU Kota Serang"])
    tugas: str = Field(examples=["Menjawab keberatan."])


class TextPageDetail(TextPageSummary):
    """Such a page with its text."""

    isi: str = Field(
        description="HTML.", examples=["<h2>Visi</h2><p>Mandiri, profesional, berintegritas.</p>"]
    )
    susunan: list[StructureRole] = Field(description="Hanya pada halaman struktur PPID.", examples=[[]])
    sk_penetapan: str = Field(description="Hanya pada halaman struktur PPID.", examples=[""])


class SOPSummary(Entry):
    """A standard operating procedure."""

    nomor: int = Field(examples=[1])
    tahun: int | None = Field(examples=[2021])
    ringkasan: str = Field(examples=["Langkah kami saat Anda mengajukan keberatan."])
    berkas: File | None


class SOPDetail(SOPSummary):
    """A procedure with its steps."""

    isi: str = Field(description="Langkah-langkah, HTML.", examples=["<ol><li>Keberatan diterima.</li></ol>"])


class Question(Schema):
    """A frequent question."""

    topik: Choice = choice("Topik.", FAQTopic.choices)
    pertanyaan: str = Field(examples=["Berapa lama permohonan dijawab?"])
    jawaban: str = Field(description="HTML.", examples=["<p>Paling lama 10 hari kerja.</p>"])


class Questions(Schema):
    """The frequent questions, by topic."""

    judul: str = Field(examples=["Tanya Jawab"])
    url: str = Field(examples=["https://contoh.kpu.go.id/tanya-jawab/"])
    pengantar: str = Field(examples=[""])
    data: list[Question]


class Term(Schema):
    """A statutory term in plain words."""

    istilah: str = Field(examples=["serta-merta"])
    bentuk_lain: list[str] = Field(examples=[["serta merta"]])
    penjelasan: str = Field(
        examples=["Informasi yang diumumkan segera karena menyangkut keselamatan orang banyak."]
    )
    dasar_hukum: str = Field(examples=["UU 14/2008 Pasal 10"])


class Glossary(Schema):
    """All terms."""

    judul: str = Field(examples=["Daftar Istilah"])
    url: str = Field(examples=["https://contoh.kpu.go.id/istilah/"])
    data: list[Term]
