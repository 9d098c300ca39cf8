"""From the blocks that an editor chose to what is shown: each block asked for its part."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from home.models import Office
from pojok import parts
from pojok.blocks import TARGETS


@dataclass(frozen=True)
class Shown:
    """A part with its place in the Pojok. `kind` is the block's name and that of its template."""

    kind: str
    title: str
    part: Any

    @property
    def template(self) -> str:
        """The template that shows it."""
        return f"pojok/kiosk/{self.kind}.html"

    def as_data(self) -> dict[str, Any]:
        """The part as JSON has it."""
        if isinstance(self.part, tuple):
            return {
                "bagian": self.kind,
                "judul": self.title,
                "isi": [figure.as_data() for figure in self.part],
            }
        return self.part.as_data() | {"judul": self.title}


@dataclass(frozen=True)
class Code:
    """A QR code: what stands beside it, and the path that it leads to."""

    label: str
    path: str

    def as_data(self) -> dict[str, Any]:
        """The code as JSON has it."""
        return {"bagian": "qr", "url": self.path}


def shown(stream: Iterable, office: Office) -> list[Shown]:
    """What the blocks of a stream show now; those that have nothing to show are left out.

    A block that says what is unknown here (an older version's choice) is left out too: the screen on the wall must not
    go dark for it.
    """
    found = (_MAKE[block.block_type](block.value, office) for block in stream if block.block_type in _MAKE)
    return [part for part in found if part is not None]


def _latest(value, office: Office) -> Shown | None:
    kelas = "" if value["kelas"] == "semua" else value["kelas"]
    try:
        part = parts.latest(office, kelas, value["jumlah"] or 1)
    except parts.UnknownClass:
        return None
    return Shown("terbaru", value["judul"] or part.title, part) if part.items else None


def _figures(value, office: Office) -> Shown | None:
    names = [name for name in parts.FIGURES if name in (value["angka"] or ())]
    return Shown("angka", "Layanan informasi dalam angka", parts.figures(office, names)) if names else None


def _search(value, office: Office) -> Shown:
    part = parts.search_box(office)
    return Shown("cari", value["judul"] or "Cari informasi publik", part)


def _document(value, office: Office) -> Shown | None:
    document = value["dokumen"]
    part = parts.document(document.pk, office) if document is not None else None
    if part is None or part.state is parts.DocumentState.UNKNOWN:
        return None
    # The editor's words name the file, which a withdrawal may forbid.
    return Shown("dokumen", (value["judul"] if part.is_public else "") or part.title or "Berkas", part)


def _chart(value, office: Office) -> Shown | None:
    try:
        part = parts.chart(office, value["grafik"])
    except parts.UnknownChart:
        return None
    drawn = any(value for _month, value, _is_whole in part.rows)
    return Shown("grafik", value["judul"] or part.title, part) if drawn else None


def _announcement(value, office: Office) -> Shown | None:
    chosen = value["pengumuman"]
    part = parts.announcement(office, chosen.pk if chosen is not None else None)
    return Shown("pengumuman", part.title, part) if part else None


def _code(value, office: Office) -> Shown | None:
    label, path = TARGETS.get(value["tujuan"], ("", ""))
    path = path or value["alamat"]
    label = value["keterangan"] or label
    return Shown("qr", label, Code(label, path)) if path else None


def _hours(value, office: Office) -> Shown:
    return Shown("jam", "Jam layanan", parts.service_hours(office))


_MAKE: dict[str, Callable[[Any, Office], Shown | None]] = {
    "terbaru": _latest,
    "angka": _figures,
    "cari": _search,
    "dokumen": _document,
    "grafik": _chart,
    "pengumuman": _announcement,
    "qr": _code,
    "jam": _hours,
}
