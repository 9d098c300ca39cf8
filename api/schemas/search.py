"""Shapes of search results: `search.types.SearchResults` as JSON."""

import datetime as dt

from pydantic import BaseModel, Field

from api.schemas.common import Choice


class SearchExtract(BaseModel):
    """A piece of text around what was found, and where it stands."""

    html: str = Field(
        description="Aman ditampilkan: hanya <mark> yang bukan teks.",
        examples=["… <mark>daftar pemilih tetap</mark> …"],
    )
    label: str = Field(
        description="Di mana: halaman atau lembar; kosong untuk ringkasan.", examples=["Halaman 7"]
    )
    url: str = Field(
        description="Membuka berkas di halaman itu.",
        examples=["https://contoh.kpu.go.id/dokumen/57/dpt.pdf#page=7"],
    )
    halaman: int | None = Field(examples=[7])
    berkas_id: int | None = Field(examples=[57])
    api_url: str | None = Field(
        description="Teks lengkap halaman itu.", examples=["https://contoh.kpu.go.id/api/v1/files/57/pages/7"]
    )
    ocr_diragukan: bool = Field(examples=[False])


class SearchHit(BaseModel):
    """A page that was found."""

    id: int = Field(examples=[118])
    kategori: Choice = Field(examples=[{"kode": "regulasi", "label": "Regulasi"}])
    judul: str = Field(examples=["Peraturan KPU Nomor 22 Tahun 2023"])
    judul_html: str = Field(
        description="Judul dengan <mark> pada yang cocok.",
        examples=["Peraturan KPU Nomor <mark>22</mark> Tahun 2023"],
    )
    tentang_html: str = Field(
        "",
        description="Perihal peraturan dengan <mark>, bila judulnya tidak menyebutnya.",
        examples=["Pengelolaan dan Pelayanan <mark>Informasi Publik</mark>"],
    )
    url: str = Field(examples=["https://contoh.kpu.go.id/regulasi/pkpu-22-2023/"])
    api_url: str | None = Field(examples=["https://contoh.kpu.go.id/api/v1/regulations/118"])
    sitasi: str = Field(examples=["PKPU Nomor 22 Tahun 2023"])
    jenis: str = Field(description="Singkatan jenis peraturan.", examples=["PKPU"])
    nomor: str = Field(examples=["22 Tahun 2023"])
    tahun: int | None = Field(examples=[2023])
    klasifikasi: Choice | None = Field(examples=[None])
    unit: str = Field(examples=["Subbagian Hukum"])
    kantor: str = Field(examples=["KPU Kota Serang"])
    status: Choice | None = Field(examples=[{"kode": "diubah", "label": "Berlaku, telah diubah"}])
    keterangan_status: str = Field(examples=["Diubah dengan PKPU Nomor 4 Tahun 2025"])
    tanggal: dt.date | None = Field(
        description="1 Januari bila hanya tahunnya yang diketahui.", examples=["2023-10-30"]
    )
    format_berkas: str = Field(examples=["PDF"])
    ukuran_berkas: int | None = Field(description="Bita.", examples=[2400113])
    halaman_berkas: int | None = Field(examples=[38])
    ocr_diragukan: bool = Field(examples=[False])
    pilihan_redaksi: bool = Field(
        description="Ditaruh paling atas oleh petugas kantor untuk kata-kata ini.", examples=[False]
    )
    ringkasan: str = Field(examples=["Cara KPU mengelola dan melayani informasi publik."])
    cuplikan: list[SearchExtract]


class SearchFacetValue(BaseModel):
    """A choice of a facet; `jumlah` is the length of the list at `api_url` unless it is chosen already."""

    nilai: str = Field(examples=["2023"])
    label: str = Field(examples=["2023"])
    jumlah: int = Field(examples=[4])
    dipilih: bool = Field(examples=[False])
    api_url: str = Field(examples=["https://contoh.kpu.go.id/api/v1/search?q=informasi&tahun=2023"])


class SearchFacet(BaseModel):
    """A facet with all its values."""

    nama: str = Field(description="Nama parameter.", examples=["tahun"])
    label: str = Field(examples=["Tahun"])
    nilai: list[SearchFacetValue]


class SearchSuggestion(BaseModel):
    """Maksud Anda …?"""

    teks: str = Field(examples=["standar pelayanan"])
    api_url: str = Field(examples=["https://contoh.kpu.go.id/api/v1/search?q=standar+pelayanan"])


class SearchCompletion(BaseModel):
    """Something that the text may be the beginning of."""

    teks: str = Field(examples=["PKPU 22 Tahun 2023"])
    keterangan: str = Field(
        description="Satu baris penjelasan, atau kosong.",
        examples=["Pengelolaan dan Pelayanan Informasi Publik"],
    )
    jenis: str = Field(examples=["Regulasi"])
    url: str | None = Field(
        description="Membuka halamannya; `null` bila teksnya untuk dicari.",
        examples=["https://contoh.kpu.go.id/regulasi/pkpu-22-2023/"],
    )


class SearchCompletions(BaseModel):
    """What the search box suggests."""

    q: str = Field(examples=["pkpu 22"])
    data: list[SearchCompletion] = Field(description="Paling banyak delapan, yang paling cocok dulu.")


class SearchAnswer(BaseModel):
    """The answer to a search."""

    q: str = Field(examples=["informasi publik"])
    total: int = Field(examples=[23])
    halaman: int = Field(examples=[1])
    ukuran: int = Field(examples=[10])
    jumlah_halaman: int = Field(examples=[3])
    sebelumnya: str | None = Field(examples=[None])
    berikutnya: str | None = Field(
        examples=["https://contoh.kpu.go.id/api/v1/search?q=informasi+publik&halaman=2"]
    )
    url: str = Field(
        description="Pencarian yang sama untuk manusia.",
        examples=["https://contoh.kpu.go.id/cari/?q=informasi+publik"],
    )
    umpan_url: str = Field(
        description="Yang terakhir diumumkan dari pencarian ini, sebagai umpan Atom.",
        examples=["https://contoh.kpu.go.id/cari/feed/?q=informasi+publik"],
    )
    data: list[SearchHit]
    saringan: list[SearchFacet]
    saran: SearchSuggestion | None
    dikoreksi_dari: str = Field(
        description="Yang diketik, bila ejaannya diperbaiki lebih dulu.", examples=[""]
    )
    juga_dicari: list[str] = Field(
        description="Sinonim dan kepanjangan yang ikut dicari.", examples=[["DIP"]]
    )
    pemberitahuan: str = Field(description="Kalimat untuk pembaca, bila ada.", examples=[""])
