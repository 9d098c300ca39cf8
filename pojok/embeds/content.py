"""What a part shows: the values of `pojok.parts`, the template for them, and the same as JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from documents.models import OfficeDocument
from home.models import Office
from pojok import parts
from pojok.embeds import options
from pojok.embeds.options import Embed
from pojok.embeds.reader import reader_of

SHORT, LONG = 60, 300
"""Seconds that others may keep a part: short where a file may be withdrawn at any moment."""
_NUMBER = re.compile("[0-9]{1,10}")
NOT_THERE = "Tidak ada"
NOT_THERE_TEXT = "Bagian ini tidak ada, atau tidak (lagi) terbuka untuk umum. Mungkin alamatnya salah ketik."


@dataclass
class Content:
    """A part as it is answered. `data` is its JSON, addresses still paths; `notes` say what was replaced."""

    embed: Embed
    title: str
    template: str
    data: dict[str, Any]
    context: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    max_age: int = LONG
    notes: list[str] = field(default_factory=list)

    @property
    def document_id(self) -> int:
        """The document that is shown, 0 for none."""
        return int(self.embed.target) if self.embed.part == options.DOCUMENT and self.status == 200 else 0


def not_there(embed: Embed) -> Content:
    """The answer for what does not exist and for what the public may not see: the same words, always."""
    data = {"bagian": embed.part, "pesan": NOT_THERE_TEXT}
    return Content(embed, NOT_THERE, "tidak_ada", data, {"text": NOT_THERE_TEXT}, status=404, max_age=SHORT)


def content_of(embed: Embed, office: Office) -> Content:
    """What a part shows at this moment at an office. Never raises for what somebody typed."""
    make = _MAKERS.get(embed.part)
    return make(embed, office) if make else not_there(embed)


def _latest(embed: Embed, office: Office) -> Content:
    found = parts.latest(office, embed.kelas, embed.jumlah)
    return Content(embed, found.title, "terbaru", found.as_data(), {"part": found})


def _search(embed: Embed, office: Office) -> Content:
    found = parts.search_box(office)
    return Content(embed, found.label, "cari", found.as_data(), {"part": found})


def _figures(embed: Embed, office: Office) -> Content:
    found = parts.figures(office, embed.angka)
    title = f"Layanan informasi {office.name}"
    data = {"bagian": "angka", "judul": title, "isi": [figure.as_data() for figure in found]}
    return Content(embed, title, "angka", data, {"figures": found})


def _chart(embed: Embed, office: Office) -> Content:
    try:
        found = parts.chart(office, embed.target)
    except parts.UnknownChart:
        return not_there(embed)
    return Content(embed, found.title, "grafik", found.as_data(), {"part": found})


def _document(embed: Embed, office: Office) -> Content:
    found = parts.document(int(embed.target), office) if _NUMBER.fullmatch(embed.target) else None
    if found is None or not (found.is_public or found.is_withdrawn):
        return not_there(embed)
    if found.is_withdrawn:
        title = found.title or "Dokumen ini ditarik"
        return Content(embed, title, "ditarik", found.as_data(), {"part": found}, status=410, max_age=SHORT)
    reader = reader_of(OfficeDocument.objects.get(pk=found.document_id), embed.halaman)
    content = Content(
        embed,
        found.title,
        "dokumen",
        {**found.as_data(), "halaman_teks": reader.as_data() if reader else None},
        {"part": found, "reader": reader},
        max_age=SHORT,
    )
    if reader and reader.page.number != embed.halaman:
        content.notes.append(
            f"“halaman” {embed.halaman} tidak ada; ditampilkan halaman {reader.page.number} dari {reader.last}."
        )
        content.embed = embed.at_page(reader.page.number)
    return content


_MAKERS: dict[str, Callable[[Embed, Office], Content]] = {
    options.LATEST: _latest,
    options.SEARCH: _search,
    options.FIGURES: _figures,
    options.DOCUMENT: _document,
    options.CHART: _chart,
}
