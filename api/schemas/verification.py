"""Shapes of the answer for a fingerprint."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from api.schemas.common import Choice, choice
from documents.verification.enums import EntryKind, Verdict

_SHA256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


class Place(Schema):
    """A page that shows the document now."""

    judul: str = Field(examples=["Peraturan KPU Nomor 22 Tahun 2023"])
    url: str = Field(examples=["https://contoh.kpu.go.id/regulasi/peraturan-kpu-nomor-22-tahun-2023/"])
    kantor: str = Field(examples=["KPU Kota Serang"])


class VerifiedFile(Schema):
    """A document to which the file belongs or belonged."""

    jawaban: Choice = choice("Kedudukan berkas ini pada dokumen itu.", Verdict.choices, Verdict.CURRENT)
    judul: str = Field(description="Kosong bila tidak lagi terbuka.", examples=["Naskah lengkap"])
    nama: str = Field(description="Nama berkas.", examples=["pkpu-22-2023.pdf"])
    versi: int = Field(examples=[2])
    diterbitkan: dt.datetime | None = Field(examples=["2026-11-02T03:15:00Z"])
    berakhir: dt.datetime | None = Field(
        description="Kapan diganti atau ditarik; null selama terkini.", examples=[None]
    )
    alasan: str = Field(description="Mengapa diganti atau ditarik.", examples=[""])
    halaman: list[Place] = Field(description="Halaman yang sekarang memuat dokumennya.")
    versi_terkini: int | None = Field(description="Null bila tidak sedang terbit.", examples=[2])
    url_terkini: str | None = Field(
        description="Berkas yang berlaku sekarang.",
        examples=["https://contoh.kpu.go.id/dokumen/57/pkpu-22-2023.pdf"],
    )


class Verification(Schema):
    """What is known of a fingerprint."""

    sha256: str = Field(examples=[_SHA256])
    jawaban: Choice = choice(
        "`tidak_dikenal`: berkas yang persis sama tidak pernah diterbitkan.", Verdict.choices, Verdict.CURRENT
    )
    dokumen: list[VerifiedFile] = Field(description="Kosong bila tidak dikenal.")
    url: str = Field(
        description="Jawaban yang sama untuk manusia.",
        examples=[f"https://contoh.kpu.go.id/verifikasi/{_SHA256}"],
    )


class LogEntry(Schema):
    """One entry of the change log. Words are empty where they may no longer be told."""

    nomor: int = Field(description="Urutan dalam rantai, mulai dari 1.", examples=[812])
    saat: dt.datetime = Field(examples=["2026-11-02T03:15:00Z"])
    peristiwa: Choice = choice("Apa yang terjadi.", EntryKind.choices, EntryKind.REPLACED)
    alasan: str = Field(examples=["Salah ketik pada Pasal 4"])
    dokumen: int = Field(description="Id dokumen.", examples=[57])
    judul: str = Field(description="Judul berkas saat itu.", examples=["Naskah lengkap"])
    nama: str = Field(description="Nama berkas saat itu.", examples=["pkpu-22-2023.pdf"])
    judul_halaman: str = Field(
        description="Halaman yang memuatnya saat itu.", examples=["Peraturan KPU Nomor 22 Tahun 2023"]
    )
    kantor: str = Field(examples=["KPU Kota Serang"])
    versi: int = Field(examples=[2])
    sha256: str = Field(examples=[_SHA256])
    ukuran: int = Field(description="Ukuran dalam bita.", examples=[2400113])
    versi_diganti: int | None = Field(description="Versi yang digantikan, pada penggantian.", examples=[1])
    hash: str = Field(description="Hash entri, yang dikunci entri berikutnya.", examples=[_SHA256])
    url_verifikasi: str = Field(
        description="Keterangan tentang berkas dengan sidik jari ini.",
        examples=[f"https://contoh.kpu.go.id/verifikasi/{_SHA256}"],
    )
