"""What was published last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from catalogue.enums import CLASS_SLUGS, InformationClass
from catalogue.models import CataloguePage, DIPEntryPage, ExemptedInformationPage, RegulationPage
from catalogue.templatetags.katalog import entry_date, kind_label
from home.models import Office
from pojok.parts.addresses import path_of

MAX_COUNT = 20
REGULATIONS = "regulasi"
CLASSES: dict[str, str] = {
    "": "Semua informasi",
    **{kind.value: str(kind.label) for kind in InformationClass},
    REGULATIONS: "Regulasi",
}
"""What can be asked for, with its label."""


class UnknownClass(ValueError):
    """There is no such class of information."""


@dataclass(frozen=True)
class Publication:
    """One entry of the catalogue that the public may see. `date` is that of the information, in words too, as exactly
    as it is known; `about` is what a regulation is about, "" for what has a telling title."""

    page_id: int
    title: str
    path: str
    kind: str
    date: dt.date | None
    date_label: str
    about: str = ""

    def as_data(self) -> dict[str, Any]:
        """The entry as JSON has it."""
        return {
            "id": self.page_id,
            "judul": self.title,
            "tentang": self.about,
            "url": self.path,
            "jenis": self.kind,
            "tanggal": self.date.isoformat() if self.date else None,
            "tanggal_label": self.date_label,
        }


@dataclass(frozen=True)
class Latest:
    """The newest publications of a class. `path` leads to the whole list."""

    kelas: str
    title: str
    path: str
    items: tuple[Publication, ...]

    def as_data(self) -> dict[str, Any]:
        """The list as JSON has it."""
        return {
            "bagian": "terbaru",
            "kelas": self.kelas,
            "judul": self.title,
            "url": self.path,
            "isi": [item.as_data() for item in self.items],
        }


def latest(office: Office, kelas: str = "", count: int = 5) -> Latest:
    """The office's newest publications, those made public last first; `kelas` is a key of `CLASSES`.

    `count` is held within 1 and `MAX_COUNT`. The list of exempted information is no publication, so it is not among
    them. Raises `UnknownClass`. The number of queries is the same however much there is.
    """
    if kelas not in CLASSES:
        raise UnknownClass(kelas)
    count = max(1, min(count, MAX_COUNT))
    home = office.home_page
    if kelas == REGULATIONS:
        pages, path = RegulationPage.objects.all(), "/regulasi/"
    elif kelas:
        pages, path = DIPEntryPage.objects.filter(klasifikasi=kelas), f"/dip/{CLASS_SLUGS[kelas]}/"
    else:
        exempted = ExemptedInformationPage.objects.order_by().values("pk")
        pages, path = CataloguePage.objects.exclude(pk__in=exempted), "/dip/"
    newest = pages.descendant_of(home).visible().order_by("-first_published_at", "-pk")
    return Latest(
        kelas=kelas,
        title=f"{CLASSES[kelas]} terbaru" if kelas else "Informasi terbaru",
        path=path,
        items=tuple(
            Publication(
                page_id=entry.pk,
                title=entry.title,
                path=path_of(entry, office),
                kind=kind_label(entry),
                date=entry.tanggal_informasi,
                date_label=entry_date(entry),
                about=getattr(entry, "tentang", ""),
            )
            for entry in newest.specific()[:count]
        ),
    )
