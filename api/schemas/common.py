"""Shapes that many answers share."""

import datetime as dt
from typing import Any, Generic, TypeVar

from ninja import Schema
from pydantic import ConfigDict, Field, RootModel

from api.parameters import explain

T = TypeVar("T")


class Choice(Schema):
    """A value of a fixed set: its code for programs, its label for people."""

    kode: str = Field(examples=["berlaku"])
    label: str = Field(examples=["Berlaku"])


class Unit(Schema):
    """A unit of an office (unit kerja)."""

    id: int = Field(examples=[3])
    nama: str = Field(examples=["Subbagian Hukum"])


class PageLink(Schema):
    """A page named from another one."""

    id: int = Field(examples=[118])
    judul: str = Field(examples=["Peraturan KPU Nomor 22 Tahun 2023"])
    url: str = Field(
        description="Alamat halaman.", examples=["https://contoh.kpu.go.id/regulasi/pkpu-22-2023/"]
    )
    api_url: str = Field(
        description="Alamat yang sama sebagai JSON.",
        examples=["https://contoh.kpu.go.id/api/v1/regulations/118"],
    )


class Entry(Schema):
    """What every page carries."""

    id: int = Field(examples=[118])
    kategori: str = Field(description="Jenis halaman, seperti pada pencarian.", examples=["regulasi"])
    judul: str = Field(examples=["Peraturan KPU Nomor 22 Tahun 2023"])
    url: str = Field(
        description="Alamat halaman.", examples=["https://contoh.kpu.go.id/regulasi/pkpu-22-2023/"]
    )
    api_url: str = Field(
        description="Rincian sebagai JSON.", examples=["https://contoh.kpu.go.id/api/v1/regulations/118"]
    )
    diperbarui: dt.datetime | None = Field(
        description="Saat halaman ini terakhir diterbitkan (UTC).", examples=["2026-11-02T03:15:00Z"]
    )


class Listing(Schema, Generic[T]):
    """One part of a list, and the way to the others."""

    total: int = Field(description="Jumlah seluruh entri menurut saringan ini.", examples=[79])
    halaman: int = Field(description="Bagian ini, mulai dari 1.", examples=[1])
    ukuran: int = Field(description="Entri tiap bagian.", examples=[20])
    jumlah_halaman: int = Field(description="Banyaknya bagian; sekurangnya 1.", examples=[4])
    sebelumnya: str | None = Field(description="Alamat bagian sebelumnya.", examples=[None])
    berikutnya: str | None = Field(
        description="Alamat bagian berikutnya; null pada bagian terakhir.",
        examples=["https://contoh.kpu.go.id/api/v1/dip?halaman=2"],
    )
    data: list[T]


class AddressList(RootModel[dict[str, str]]):
    """Names of lists with their addresses."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"regulations": "https://contoh.kpu.go.id/api/v1/regulations"}]}
    )


class ParameterProblem(Schema):
    """What is wrong with one parameter."""

    parameter: str = Field(examples=["tahun"])
    detail: str = Field(examples=["Tulis angka bulat, misalnya 1."])


class ProblemDetails(Schema):
    """An error (RFC 9457, `application/problem+json`)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Permintaan tidak dapat dipakai"])
    status: int = Field(examples=[422])
    detail: str = Field(
        description="Kalimat yang jelas bagi manusia.", examples=["Periksa parameter: tahun."]
    )
    instance: str = Field(examples=["/api/v1/regulations"])
    errors: list[ParameterProblem] | None = Field(None, description="Parameter yang salah, bila ada.")


def choice(description: str, choices, example: Any = None, default: Any = ...) -> Any:
    """Return the field of a `Choice` whose codes and labels are documented."""
    code = example or next(code for code, _ in choices)
    sample = {"kode": str(code), "label": str(dict(choices)[code])}
    return Field(default, description=f"{description} {explain(choices)}.", examples=[sample])
