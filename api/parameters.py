"""What may stand behind the question mark. A misspelt name or value is an error: a filter silently left out would
give a program the wrong data.

The names are those of the HTML listings (`catalogue.listing`) and of /cari/ (`search.types`), and those forms do the
filtering; here the values are checked and documented.
"""

import datetime as dt
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field, ValidationInfo, create_model, model_validator
from pydantic_core import PydanticCustomError

from catalogue.enums import InformationClass, RegulationStatus
from catalogue.listing import PAGE_SIZE, SORTS
from common.regulation_types import REGULATION_TYPES
from documents.verification.enums import EntryKind
from documents.verification.log_filter import FIRST_DAY, LARGEST_ID, LAST_DAY, MAX_LENGTH
from search import types as search

LARGEST_PAGE = 100
LAST_PAGE_NUMBER = 1_000_000
#: Regulations of the colonial time are still cited; nothing carries a year far ahead.
FIRST_YEAR, LAST_YEAR = 1800, 2200


def explain(choices) -> str:
    """Write choices for the documentation: "`berkala`: Informasi Berkala; …"."""
    return "; ".join(f"`{code}`: {label}" for code, label in choices if code != "")


def one_of(choices) -> Any:
    """Return the type that admits exactly the codes of `choices`."""
    return Literal[tuple(str(code) for code, _ in choices if code != "")]  # type: ignore[misc]


class Parameters(BaseModel):
    """Base: an empty value counts as not given, an unknown name is refused."""

    #: Further names that are understood, though not documented.
    aliases: ClassVar[tuple[str, ...]] = ()

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, data: dict, info: ValidationInfo) -> dict:
        request = (info.context or {}).get("request")
        if request is not None:
            unknown = [
                name for name in request.GET if name not in cls.model_fields and name not in cls.aliases
            ]
            if unknown:
                known = {"names": unknown, "known": ", ".join(cls.model_fields)}
                raise PydanticCustomError("unknown_parameter", "unknown parameter", known)
        return {name: value for name, value in data.items() if value not in ("", [""], None)}


class Paged(Parameters):
    """Which part of a list."""

    halaman: int = Field(1, ge=1, le=LAST_PAGE_NUMBER, description="Halaman daftar, mulai dari 1.")
    ukuran: int = Field(
        PAGE_SIZE,
        ge=1,
        le=LARGEST_PAGE,
        description=f"Jumlah entri tiap halaman, paling banyak {LARGEST_PAGE}.",
    )


class Listed(Paged):
    """Filters and order that every listing of the catalogue has."""

    unit: int | None = Field(
        None, ge=1, le=2**31 - 1, description="Id unit kerja yang menguasai; daftar unit ada di `/office`."
    )
    urut: one_of(SORTS) | None = Field(None, description=f"Urutan. {explain(SORTS)}.")


class Yearly(Listed):
    """Listings that are filtered by a year."""

    tahun: int | None = Field(None, ge=FIRST_YEAR, le=LAST_YEAR, description="Tahun, misalnya 2024.")


_TYPES = [(kind.code, kind.name) for kind in REGULATION_TYPES.values()]
_DIP_SORTS = [("nomor", "Nomor DIP"), *SORTS]


class RegulationParameters(Yearly):
    """Filters of the regulations."""

    jenis: one_of(_TYPES) | None = Field(None, description=f"Jenis peraturan. {explain(_TYPES)}.")
    status: one_of(RegulationStatus.choices) | None = Field(
        None, description=f"Status hari ini. {explain(RegulationStatus.choices)}."
    )


class DIPParameters(Yearly):
    """Filters of the DIP."""

    klasifikasi: one_of(InformationClass.choices) | None = Field(
        None, description=f"Klasifikasi informasi. {explain(InformationClass.choices)}."
    )
    urut: one_of(_DIP_SORTS) | None = Field(None, description=f"Urutan. {explain(_DIP_SORTS)}.")


class LogParameters(Paged):
    """Filters of the change log."""

    q: str = Field(
        "",
        max_length=MAX_LENGTH,
        description="Kata dari judul berkas atau halamannya, nomor entri, atau awal sidik jari.",
        examples=["keputusan 12 tahun 2024"],
    )
    peristiwa: list[one_of(EntryKind.choices)] = Field(  # type: ignore[valid-type]
        default_factory=list, description=f"Apa yang terjadi; boleh diulang. {explain(EntryKind.choices)}."
    )
    dari: dt.date | None = Field(
        None, ge=FIRST_DAY, le=LAST_DAY, description="Sejak tanggal ini.", examples=["2026-11-01"]
    )
    sampai: dt.date | None = Field(
        None, ge=FIRST_DAY, le=LAST_DAY, description="Sampai dengan tanggal ini.", examples=["2026-11-30"]
    )
    dokumen: int | None = Field(None, ge=1, le=LARGEST_ID, description="Id dokumen.")


class OnDate(Parameters):
    """The date for which a regulation's status is asked."""

    pada: dt.date | None = Field(
        None, description="Status pada tanggal ini juga, selain hari ini.", examples=["2023-10-31"]
    )


_SCOPE: Any = one_of(search.SCOPES.items())
_SCOPE_EXPLAINED = f"Seluas apa dicari. {explain(search.SCOPES.items())}."


class _SearchParameters(Parameters):
    """What /cari/ understands besides its facets."""

    aliases: ClassVar[tuple[str, ...]] = ("page", "size", "sort")

    q: str = Field(
        "",
        description='Kata yang dicari. "Tanda kutip" untuk frasa, tanda kurang untuk pengecualian, dan '
        "`jenis:`, `nomor:`, `tahun:`, `klasifikasi:` untuk menyaring; kutipan seperti PKPU 22/2023 dikenali.",
        examples=["daftar pemilih tetap"],
    )
    urut: one_of(search.SORTS.items()) | None = Field(
        None, description=f"Urutan. {explain(search.SORTS.items())}."
    )
    halaman: int = Field(1, ge=1, le=search.MAX_PAGE, description="Halaman hasil, mulai dari 1.")
    ukuran: int = Field(
        search.DEFAULT_SIZE,
        ge=1,
        le=search.MAX_SIZE,
        description=f"Jumlah hasil tiap halaman, paling banyak {search.MAX_SIZE}.",
    )
    persis: bool = Field(False, description="1: cari persis seperti ditulis, tanpa sinonim dan ejaan lain.")
    lingkup: _SCOPE | None = Field(None, description=_SCOPE_EXPLAINED)
    serupa: int | None = Field(
        None,
        ge=1,
        le=search.MAX_ID,
        description="Id entri: cari yang serupa dengannya, selain atau tanpa kata. Entri itu sendiri tidak ikut.",
    )


class SuggestParameters(Parameters):
    """What the search box sends while somebody types."""

    q: str = Field("", description="Yang sudah diketik, paling sedikit dua huruf.", examples=["pkpu 22"])
    lingkup: _SCOPE | None = Field(None, description=_SCOPE_EXPLAINED)


_FACET_FIELDS: dict[str, Any] = {
    name: (
        list[str],
        Field(
            default_factory=list,
            max_length=search.MAX_VALUES_PER_FILTER,
            description=f"Saring menurut {label.lower()}; boleh diulang. Nilainya ada pada `saringan` di jawaban.",
        ),
    )
    for name, label in search.FACETS.items()
}
#: Parameters of /cari/, its facets included as they stand in `search.types`.
SearchParameters: Any = create_model("SearchParameters", __base__=_SearchParameters, **_FACET_FIELDS)
