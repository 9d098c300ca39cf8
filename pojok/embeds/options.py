"""What may be asked of a part by its address, and what becomes of what may not.

A part is shown on somebody else's page to somebody who cannot change its address. So a value out of range is replaced
by the nearest one that makes sense, and a note says so; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from pojok import parts
from pojok.embeds.colours import read_hex
from pojok.embeds.themes import default_colour

LATEST, SEARCH, FIGURES, DOCUMENT, CHART = "terbaru", "cari", "angka", "dokumen", "grafik"
PARTS = {
    LATEST: "Informasi terbaru",
    SEARCH: "Kotak pencarian",
    FIGURES: "Angka layanan",
    DOCUMENT: "Satu dokumen",
    CHART: "Satu grafik",
}
WITH_TARGET = (DOCUMENT, CHART)
SCHEMES = {"ikut": "Ikut perangkat pembaca", "terang": "Terang", "gelap": "Gelap"}
SIZES = {"biasa": "Biasa", "kecil": "Kecil", "besar": "Besar"}
OPENINGS = {"tab": "Di tab baru", "sini": "Menggantikan halaman yang memuatnya"}
TARGETS = {"tab": "_blank", "sini": "_top"}
DEFAULT_COUNT = 5
_NUMBER = re.compile("-?[0-9]+")
_MAX_TYPED = 40  # characters of a wrong value that a note repeats


@dataclass(frozen=True)
class Embed:
    """A part with everything that its address says. `target` is a document's number or a chart's name."""

    part: str
    target: str = ""
    kelas: str = ""
    jumlah: int = DEFAULT_COUNT
    angka: tuple[str, ...] = parts.DEFAULT_FIGURES
    halaman: int = 1
    warna: str = ""
    tema: str = "ikut"
    huruf: str = "biasa"
    buka: str = "tab"

    @property
    def own_options(self) -> tuple[str, ...]:
        """The parameters that this part understands besides those of the look."""
        return {LATEST: ("kelas", "jumlah"), FIGURES: ("angka",), DOCUMENT: ("halaman",)}.get(self.part, ())

    @property
    def options(self) -> dict[str, Any]:
        """Every parameter with its value."""
        names = (*self.own_options, "warna", "tema", "huruf", "buka")
        return {name: getattr(self, name) for name in names} | {"warna": self.warna or default_colour()}

    def params(self, **more: Any) -> dict[str, str]:
        """The parameters of the address: those that are not as they would be anyway, and `more`."""
        plain = Embed(self.part)
        names = (*self.own_options, "warna", "tema", "huruf", "buka")
        set_ones = {
            name: getattr(self, name) for name in names if getattr(self, name) != getattr(plain, name)
        }
        return {
            name: ",".join(value) if isinstance(value, tuple) else str(value)
            for name, value in {**set_ones, **more}.items()
        }

    @property
    def base_path(self) -> str:
        """The part's path without parameters."""
        if self.part == DOCUMENT:
            return reverse("pojok:embed-document", args=[self.target])
        if self.part == CHART:
            return reverse("pojok:embed-chart", args=[self.target])
        return reverse("pojok:embed-part", args=[self.part])

    def path(self, **more: Any) -> str:
        """The part's path with its parameters in their shortest form, and `more`."""
        query = QueryDict(mutable=True)
        query.update(self.params(**more))
        return self.base_path + (f"?{query.urlencode(safe=',')}" if query else "")

    def at_page(self, number: int) -> Embed:
        """The same document at another page."""
        return replace(self, halaman=number)


def read(part: str, target: str, params: QueryDict) -> tuple[Embed, list[str]]:
    """The part that an address asks for, and notes on what was replaced."""
    reader = _Reader(params)
    values: dict[str, Any] = {}
    if part == LATEST:
        values["kelas"] = reader.choice(
            "kelas", parts.CLASSES, "", "ditampilkan semua informasi", lambda typed: typed.replace("-", "_")
        )
        values["jumlah"] = reader.number("jumlah", 1, parts.MAX_COUNT, DEFAULT_COUNT)
    elif part == FIGURES:
        values["angka"] = reader.several("angka", parts.FIGURES, parts.DEFAULT_FIGURES)
    elif part == DOCUMENT:
        values["halaman"] = reader.number("halaman", 1, 999_999, 1)
    values["warna"] = reader.colour("warna")
    values["tema"] = reader.choice("tema", SCHEMES, "ikut", "dipakai “ikut”")
    values["huruf"] = reader.choice("huruf", SIZES, "biasa", "dipakai “biasa”")
    values["buka"] = reader.choice("buka", OPENINGS, "tab", "dipakai “tab”")
    return Embed(part, target, **values), reader.notes


class _Reader:
    """Reads parameters one by one and notes what could not be taken as it stood."""

    def __init__(self, params: QueryDict):
        self._params = params
        self.notes: list[str] = []

    def _typed(self, name: str) -> str:
        return self._params.get(name, "").strip()

    def number(self, name: str, least: int, most: int, default: int) -> int:
        """A whole number held within bounds."""
        typed = self._typed(name)
        if not typed:
            return default
        if not _NUMBER.fullmatch(typed):
            self.notes.append(f"“{name}” harus berupa angka {least} sampai {most}; dipakai {default}.")
            return default
        # More digits than any bound has: only the sign matters, and Python refuses to read very long ones.
        value = int(typed[:12])
        held = max(least, min(most, value))
        if held != value:
            self.notes.append(f"“{name}” harus di antara {least} dan {most}; dipakai {held}.")
        return held

    def choice(self, name: str, known: Mapping[str, str], default: str, instead: str, tidy=str) -> str:
        """One of a set of words."""
        typed = self._typed(name)
        found = tidy(typed.lower())
        if found in known:
            return found
        if typed:
            self.notes.append(f"“{name}” tidak mengenal “{typed[:_MAX_TYPED]}”; {instead}.")
        return default

    def several(self, name: str, known: Mapping[str, str], default: tuple[str, ...]) -> tuple[str, ...]:
        """Some of a set of words, each once, in the order asked for; separated by commas or given repeatedly."""
        asked = [
            word.strip().lower() for text in self._params.getlist(name)[:20] for word in text.split(",")[:20]
        ]
        asked = list(dict.fromkeys(word for word in asked if word))
        unknown = [word for word in asked if word not in known]
        if unknown:
            self.notes.append(f"“{name}” tidak mengenal “{unknown[0][:_MAX_TYPED]}”; yang itu dilewati.")
        return tuple(word for word in asked if word in known) or default

    def colour(self, name: str) -> str:
        """Six hexadecimal digits, "" for the site's own colour."""
        typed = self._typed(name)
        found = read_hex(typed)
        if typed and found is None:
            self.notes.append(f"“{name}” harus enam angka heksadesimal, misalnya 1f4e8c; dipakai warna kami.")
        return "" if found in (None, default_colour()) else found
