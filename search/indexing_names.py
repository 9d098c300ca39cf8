"""How an instrument is named in the index, so that each way of writing its number finds it."""

from __future__ import annotations

from common.citations import RegulationNumber
from common.regulation_types import REGULATION_TYPES


def citation_of(short: str, nomor: str, tahun: int | None) -> str:
    """ "PP Nomor 61 Tahun 2010"; a number that already holds its year is not given it twice."""
    if not nomor:
        return short
    if tahun and str(tahun) not in nomor:
        return f"{short} Nomor {nomor} Tahun {tahun}"
    return f"{short} Nomor {nomor}"


def names_of(jenis: str, number: RegulationNumber | None, tahun: int | None) -> tuple[str, ...]:
    """Further writings: the type in full, number and year with a slash, the code without its Roman month."""
    if number is None:
        return ()
    kind = REGULATION_TYPES.get(jenis)
    year = number.tahun or tahun
    names = [number.key]
    if year:
        names.append(f"{kind.short if kind else ''} {number.nomor_urut}{number.huruf}/{year}")
        if kind and kind.name != kind.short:
            names.append(f"{kind.name} Nomor {number.nomor_urut}{number.huruf} Tahun {year}")
    return tuple(dict.fromkeys(names))
