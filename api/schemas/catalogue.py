"""Shapes of the DIP, the exempted information, the service reports and the open data."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from api.parameters import explain
from api.schemas.common import Choice, Entry, PageLink, Unit, choice
from api.schemas.files import Attachment
from catalogue.enums import (
    LICENSE_URLS,
    Article17,
    ExemptionStatus,
    InformationClass,
    KPUCategory,
    License,
    ReportStatus,
    UpdatePeriod,
)
from home.enums import OfficeLevel


class CatalogueEntry(Entry):
    """What these four kinds share."""

    ringkasan: str = Field(examples=["Jumlah pemilih tetap per kecamatan."])
    unit_kerja: Unit | None = Field(description="Unit kerja yang menguasai informasi ini.")
    tanggal_informasi: dt.date | None = Field(
        description="Tanggal untuk mengurutkan.", examples=["2024-09-21"]
    )


# --- Daftar Informasi Publik (form Model PPID-A) ----------------------------------------------------------------------


class DIPSummary(CatalogueEntry):
    """A row of the Daftar Informasi Publik."""

    nomor: str = Field(description="Nomor dalam kelasnya.", examples=["3.1"])
    klasifikasi: Choice = choice("Kelas informasi publik.", InformationClass.choices)
    jenis_informasi: str | None = Field(examples=["Hasil Pemilu"])
    kategori_kpu: Choice = choice("Kategori menurut formulir Model PPID-B.", KPUCategory.choices)
    pejabat_penanggung_jawab: str = Field(
        description="Jabatan yang menerbitkan.", examples=["Kepala Subbagian Data"]
    )
    tanggal_penerbitan: dt.date | None = Field(examples=["2024-09-21"])
    tahun_penerbitan: int | None = Field(examples=[2024])
    tempat_penerbitan: str = Field(examples=["Kota Serang"])
    softcopy: bool = Field(description="Tersedia sebagai berkas digital.", examples=[True])
    hardcopy: bool = Field(description="Tersedia sebagai cetakan.", examples=[False])
    retensi_arsip: str = Field(description="Jangka waktu penyimpanan.", examples=["5 tahun"])
    retensi_berakhir: dt.date | None = Field(
        description="Akhir penyimpanan, bila dapat dihitung.", examples=["2029-09-21"]
    )
    tahun_dip: int | None = Field(examples=[2024])
    berkas: list[Attachment]


class DIPDetail(DIPSummary):
    """A DIP entry with everything that its page shows."""

    periode_pembaruan: Choice | None = choice(
        "Seberapa sering diperbarui.", UpdatePeriod.choices, UpdatePeriod.HALF_YEARLY
    )
    tanggal_pemutakhiran: dt.date | None = Field(description="Terakhir diperbarui.", examples=["2026-06-30"])
    jatuh_tempo_pembaruan: dt.date | None = Field(
        description="Pembaruan berikutnya.", examples=["2026-12-30"]
    )
    terlambat_diperbarui: bool = Field(
        description="Benar bila jatuh tempo telah lewat hari ini.", examples=[False]
    )
    tautan_eksternal: str = Field(examples=["https://opendata.kpu.go.id/"])
    sk_penetapan: PageLink | None = Field(description="Keputusan yang menetapkan DIP, bila tayang.")


# --- Informasi dikecualikan -------------------------------------------------------------------------------------------


class LegalBasis(Schema):
    """A legal ground of an exemption."""

    pasal_17: Choice | None = choice("Alasan menurut Pasal 17 UU 14/2008.", Article17.choices, Article17.H)
    undang_undang: str = Field(examples=["UU Nomor 14 Tahun 2008"])
    pasal: str = Field(examples=["17"])
    ayat: str = Field(examples=[""])
    huruf: str = Field(examples=["h"])
    keterangan: str = Field(examples=[""])


class ExemptedSummary(CatalogueEntry):
    """A row of the list of exempted information. Its files and their texts are never part of the API."""

    dasar_hukum: list[LegalBasis]
    konsekuensi_dibuka: str = Field(examples=["Data pribadi dapat disalahgunakan."])
    konsekuensi_ditutup: str = Field(examples=["Rahasia pribadi terlindungi."])
    jangka_waktu: str = Field(examples=["Sampai ada persetujuan tertulis pemiliknya"])
    status_pengecualian: Choice = choice("Status hari ini.", ExemptionStatus.choices)


class Decision(Schema):
    """The decision of the higher office that exempts."""

    nomor: str = Field(examples=["Keputusan KPU 169/Kpts/KPU/2015"])
    tanggal: dt.date | None = Field(examples=["2024-04-01"])
    ditetapkan_oleh: Choice | None = choice("Tingkat kantor.", OfficeLevel.choices)
    peraturan: PageLink | None = Field(description="Keputusannya, bila tayang di situs ini.")


class TestReference(Schema):
    """Which consequence test the exemption rests on; the sheet itself is not public."""

    __test__ = False

    nomor: str = Field(examples=["1/UK/2024"])
    tanggal: dt.date = Field(examples=["2024-03-01"])


class ExemptedDetail(ExemptedSummary):
    """An exempted entry with everything that its page shows."""

    lingkup_materi: str = Field(
        description="Bagian yang dikecualikan.", examples=["Nomor induk kependudukan."]
    )
    kepentingan_publik: str = Field(examples=["Transparansi daftar pemilih tetap terpenuhi tanpa NIK."])
    hasil_penyeimbangan: str = Field(examples=["Kerugian lebih besar daripada manfaat bila dibuka."])
    tanggal_berakhir: dt.date | None = Field(examples=[None])
    peristiwa_berakhir: str = Field(examples=["Pemilik memberi persetujuan tertulis"])
    keputusan_penetapan: Decision
    uji_konsekuensi: TestReference | None


# --- Laporan layanan informasi ----------------------------------------------------------------------------------------


class Report(CatalogueEntry):
    """An annual service report."""

    tahun: int = Field(examples=[2024])
    status_laporan: Choice = choice("Status.", ReportStatus.choices, ReportStatus.SIGNED)
    penandatangan: str = Field(description="Jabatan penandatangan.", examples=["Atasan PPID"])
    tanggal_ttd: dt.date | None = Field(examples=["2025-01-08"])
    berkas: list[Attachment]


# --- Data terbuka -----------------------------------------------------------------------------------------------------


class Licence(Choice):
    """A licence with the address of its text."""

    url: str = Field(examples=["https://creativecommons.org/licenses/by/4.0/deed.id"])


class DatasetSummary(CatalogueEntry):
    """A dataset that anyone may use again."""

    periode_mulai: dt.date | None = Field(examples=["2024-09-01"])
    periode_selesai: dt.date | None = Field(examples=["2024-09-21"])
    frekuensi: Choice | None = choice(
        "Seberapa sering diperbarui.", UpdatePeriod.choices, UpdatePeriod.YEARLY
    )
    walidata: str = Field(examples=["Subbagian Data"])
    cakupan_wilayah: str = Field(examples=["Kota Serang"])
    lisensi: Licence = Field(
        description=f"Lisensi. {explain(License.choices)}.",
        examples=[
            {"kode": License.CC_BY, "label": License.CC_BY.label, "url": LICENSE_URLS[License.CC_BY]},
        ],
    )
    berkas: list[Attachment]


class Column(Schema):
    """A column of a dataset (data dictionary)."""

    nama: str = Field(examples=["kecamatan"])
    tipe: str = Field(examples=["teks"])
    satuan: str = Field(examples=[""])
    keterangan: str = Field(examples=["Nama kecamatan"])


class Preview(Schema):
    """The first rows of a dataset's table, as text."""

    berkas_id: int = Field(description="Berkas asalnya.", examples=[57])
    lembar: str = Field(description="Nama lembar; kosong untuk CSV.", examples=[""])
    kepala: list[str] = Field(description="Baris kepala.", examples=[["kecamatan", "pemilih"]])
    baris: list[list[str]] = Field(examples=[[["Serang", "161645"], ["Curug", "42880"]]])
    masih_ada_baris: bool = Field(description="Benar bila tabelnya lebih panjang.", examples=[True])
    masih_ada_kolom: bool = Field(description="Benar bila tabelnya lebih lebar.", examples=[False])


class DatasetDetail(DatasetSummary):
    """A dataset with its data dictionary and first rows."""

    kolom: list[Column] = Field(description="Kamus data.")
    cuplikan: Preview | None = Field(description="Baris pertama; null bila tidak ada tabel yang terbaca.")
