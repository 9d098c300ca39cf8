"""Shapes of regulations (JDIH metadata, Permenkumham 8/2019)."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from api.schemas.common import Choice, Entry, PageLink, Unit, choice
from api.schemas.files import Attachment
from catalogue.enums import DocumentKind, RegulationStatus, RelationType
from common.regulation_types import REGULATION_TYPES

_TYPES = [(kind.code, kind.name) for kind in REGULATION_TYPES.values()]


class RegulationSummary(Entry):
    """A regulation as a list shows it."""

    sitasi: str = Field(description="Cara menyebutnya.", examples=["PKPU 22 Tahun 2023"])
    jenis: Choice = choice("Jenis peraturan.", _TYPES, "pkpu")
    nomor: str = Field(description="Seperti pada naskah.", examples=["22 Tahun 2023"])
    tahun: int | None = Field(examples=[2023])
    tentang: str = Field(examples=["Pengelolaan dan Pelayanan Informasi Publik"])
    status: Choice = choice("Keberlakuan hari ini.", RegulationStatus.choices, RegulationStatus.AMENDED)
    tanggal_penetapan: dt.date | None = Field(examples=["2023-10-30"])
    tanggal_informasi: dt.date | None = Field(
        description="Tanggal untuk mengurutkan.", examples=["2023-10-30"]
    )
    ringkasan: str = Field(examples=["Cara KPU mengelola dan melayani informasi publik."])
    unit_kerja: Unit | None
    berkas: list[Attachment]


class RegulationLink(PageLink):
    """A regulation named by another one."""

    sitasi: str = Field(examples=["PKPU 22 Tahun 2023"])


class RegulationEffect(Schema):
    """The effective status on a date, and what made it so."""

    kode: str = Field(description=f"Salah satu: {', '.join(RegulationStatus.values)}.", examples=["dicabut"])
    label: str = Field(examples=["Tidak berlaku"])
    pada: dt.date = Field(examples=["2026-11-25"])
    sejak: dt.date | None = Field(
        description="Sejak kapan status ini, bila diketahui.", examples=["2023-11-01"]
    )
    sebab: list[RegulationLink] = Field(description="Peraturan yang menyebabkannya.")


class Relation(Schema):
    """What one regulation does to another; kept once, told on both."""

    arah: str = Field(
        description="`keluar`: peraturan ini terhadap yang lain. `masuk`: peraturan lain terhadap yang ini.",
        examples=["masuk"],
    )
    jenis: Choice = choice("Hubungan menurut sisi asalnya.", RelationType.choices)
    label: str = Field(description="Hubungan menurut sisi peraturan ini.", examples=["Dicabut oleh"])
    peraturan: RegulationLink | None = Field(description="null bila peraturan itu tidak ada di situs ini.")
    teks: str = Field(description="Nama peraturan yang tidak ada di situs ini.", examples=[""])
    sejak: dt.date | None = Field(examples=["2023-11-01"])
    keterangan: str = Field(examples=["Pasal 12 dan Pasal 15"])


class RegulationDetail(RegulationSummary):
    """A regulation with everything that its page shows."""

    keberlakuan: RegulationEffect = Field(description="Status hari ini dengan sebabnya.")
    keberlakuan_pada: RegulationEffect | None = Field(description="Status pada tanggal `pada`, bila diminta.")
    hubungan: list[Relation]
    tipe_dokumen: Choice = choice("Tipe dokumen JDIH.", DocumentKind.choices)
    nomor_urut: int | None = Field(description="Angka di depan nomor.", examples=[22])
    kode: list[str] = Field(
        description="Bagian kode di antara nomor dan tahun.", examples=[["hk.03.1", "3673"]]
    )
    teu_badan: str = Field(examples=["Indonesia. Komisi Pemilihan Umum"])
    tempat_penetapan: str = Field(examples=["Jakarta"])
    tanggal_pengundangan: dt.date | None = Field(examples=["2023-11-01"])
    tanggal_berlaku: dt.date | None = Field(description="Mulai berlaku.", examples=["2023-11-01"])
    tanggal_berakhir: dt.date | None = Field(
        description="Berakhir tanpa peraturan pencabut.", examples=[None]
    )
    sumber: str = Field(examples=["BN 2023/NO 870, 35 HLM"])
    subjek: str = Field(examples=["INFORMASI PUBLIK – PENGELOLAAN – PELAYANAN"])
    bahasa: str = Field(examples=["Indonesia"])
    lokasi: str = Field(examples=["Subbagian Hukum"])
    bidang_hukum: str = Field(examples=["Hukum tata negara"])
    penandatangan: str = Field(description="Jabatan penandatangan.", examples=["Ketua"])
    pemrakarsa: str = Field(examples=["KPU"])
    abstrak: str = Field(
        description="HTML.", examples=["<p>Bahwa setiap orang berhak memperoleh informasi …</p>"]
    )
    catatan: str = Field(description="HTML.", examples=["<p>Mulai berlaku pada 1 November 2023.</p>"])
