"""Shapes of files and of their texts."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from api.schemas.common import Choice, choice
from catalogue.enums import FileRole
from documents.enums import ExtractionState, IssuerState, SignatureState, TextSource


class FileSignature(Schema):
    """An electronic signature inside a PDF, as it was read here. Revocation is not asked."""

    penanda_tangan: str = Field(description="Nama menurut sertifikatnya.", examples=["Kepala Contoh"])
    lembaga: str = Field(description="Organisasi menurut sertifikatnya.", examples=["Lembaga Uji"])
    penerbit_sertifikat: str = Field(examples=["Induk Uji"])
    waktu: dt.datetime | None = Field(examples=["2026-11-02T03:15:00Z"])
    waktu_dari_stempel: bool = Field(
        description="Benar bila waktunya dari stempel waktu; salah bila dari jam penanda tangan.",
        examples=[False],
    )
    keadaan: Choice = choice(
        "Apakah isi berkas berubah sejak ditandatangani.", SignatureState.choices, SignatureState.WHOLE
    )
    penerbit: Choice = choice(
        "Apakah penerbit sertifikatnya dikenali situs ini.", IssuerState.choices, IssuerState.UNKNOWN
    )
    kalimat: str = Field(
        description="Yang dibaca pengunjung.",
        examples=["Ditandatangani secara elektronik oleh Kepala Contoh …; tanda tangan utuh; …"],
    )


class File(Schema):
    """A file that the public may take along. Its address asks at every visit whether that still holds."""

    id: int = Field(examples=[57])
    nama: str = Field(description="Nama berkas.", examples=["pkpu-22-2023.pdf"])
    judul: str = Field(examples=["Naskah lengkap"])
    format: str = Field(examples=["PDF"])
    mime_type: str = Field(description="Jenis menurut isinya, bukan namanya.", examples=["application/pdf"])
    ukuran: int | None = Field(description="Ukuran dalam bita.", examples=[2400113])
    jumlah_halaman: int | None = Field(description="Halaman, atau lembar pada buku kerja.", examples=[38])
    sha256: str = Field(
        description="Sidik jari untuk memeriksa keaslian.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    url_verifikasi: str | None = Field(
        description="Keterangan tentang sidik jari ini: masih berlaku, sudah diganti, atau ditarik.",
        examples=[
            "https://contoh.kpu.go.id/verifikasi/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        ],
    )
    tanda_tangan: list[FileSignature] = Field(
        description="Tanda tangan elektronik di dalam PDF, menurut urutan; kosong bila tidak ada."
    )
    keadaan_teks: Choice = choice(
        "Sampai di mana teksnya terbaca.", ExtractionState.choices, ExtractionState.DONE
    )
    teks_mungkin_tidak_lengkap: bool = Field(
        description="Benar bila pencarian dan teks bisa melewatkan sebagian isi berkas.", examples=[False]
    )
    keterangan_teks: str = Field(description="Mengapa teksnya mungkin tidak lengkap.", examples=[""])
    diunggah: dt.datetime | None = Field(examples=["2026-11-02T03:15:00Z"])
    url: str = Field(
        description="Alamat unduhan. Di dalam PDF, `#page=7` membuka halaman 7.",
        examples=["https://contoh.kpu.go.id/dokumen/57/pkpu-22-2023.pdf"],
    )
    url_teks: str | None = Field(
        description="Halaman untuk membaca teksnya; null bila tidak ada teks.",
        examples=["https://contoh.kpu.go.id/dokumen/57/teks/"],
    )
    url_dapat_dicari: str | None = Field(
        description="Salinan PDF hasil pindai dengan lapisan teks; null bila tidak ada.", examples=[None]
    )
    url_gambar: str | None = Field(
        description="Gambar kecil halaman pertama (WebP, lebar 240 piksel); null bila tidak ada.",
        examples=["https://contoh.kpu.go.id/dokumen/57/gambar"],
    )
    api_url: str = Field(examples=["https://contoh.kpu.go.id/api/v1/files/57"])


class Attachment(File):
    """A file of an entry."""

    jenis_berkas: Choice = choice("Apa berkas ini bagi entrinya.", FileRole.choices)


class FileText(Schema):
    """The text of one page. It helps to find and to read; the official text is the file."""

    halaman: int = Field(description="Nomor halaman, mulai dari 1.", examples=[7])
    label: str = Field(examples=["Halaman 7"])
    teks: str = Field(
        examples=["Pasal 25 (1) KPU Provinsi dan KPU Kabupaten/Kota dapat mengajukan permohonan …"]
    )
    sumber: Choice = choice("Dari mana teksnya.", TextSource.choices)
    keyakinan: float | None = Field(
        description="Keyakinan OCR, 0 sampai 1; null bila bukan OCR.", examples=[None]
    )
    diragukan: bool = Field(description="Benar bila teks ini mungkin salah baca.", examples=[False])
    catatan: str = Field(description="Sebab keraguan, atau mengapa tidak ada teks.", examples=[""])
    dikoreksi: dt.datetime | None = Field(
        description="Kapan petugas mengoreksi teks ini; null bila belum. Koreksi tidak mengubah berkasnya.",
        examples=[None],
    )
    url_teks: str = Field(
        description="Halaman ini di tampilan baca, untuk pembaca layar.",
        examples=["https://contoh.kpu.go.id/dokumen/57/teks/#halaman-7"],
    )
    url: str = Field(
        description="Membuka berkas pada halaman ini.",
        examples=["https://contoh.kpu.go.id/dokumen/57/pkpu-22-2023.pdf#page=7"],
    )
    api_url: str = Field(examples=["https://contoh.kpu.go.id/api/v1/files/57/pages/7"])
