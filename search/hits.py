"""From ranked records to hits: titles and extracts with marks, the best pages, addresses. The same for every engine."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from common.regulation_types import REGULATION_TYPES
from documents.access import public_among
from documents.models import DocumentPage, OfficeDocument
from home.models import WorkUnit
from home.office_memory import office_name
from search.facets import class_label, status_label
from search.highlight import Remembering, Wanted, extract, mark
from search.types import Extract, Hit

EXTRACTS = 3


@dataclass(frozen=True)
class Piece:
    """The text of a passage, where the engine has it; ``begun`` and ``goes_on`` say what was cut off around it."""

    text: str
    label: str = ""
    doubt: bool = False
    begun: bool = False
    goes_on: bool = False


@dataclass(frozen=True)
class Place:
    """Where in a record's text the best passage stands: a page of a document (0: its own text), and how far down."""

    document: int
    page: int
    share: float = 0.0
    piece: Piece | None = None


@dataclass(frozen=True)
class Found:
    """One ranked record as the index holds it, with its score and its best places, best first."""

    page_id: int | None
    external_id: str
    kategori: str
    title: str
    heading: str = ""
    citation: str = ""
    summary: str = ""
    body: str = ""
    jenis: str = ""
    nomor: str = ""
    tahun: int | None = None
    klasifikasi: str = ""
    unit_id: int | None = None
    office_id: int | None = None
    status: str = ""
    status_note: str = ""
    date: dt.date | None = None
    published_at: dt.datetime | None = None
    formats: tuple[str, ...] = ()
    file_size: int | None = None
    file_pages: int | None = None
    ocr_doubt: bool = False
    score: float = 0.0
    places: tuple[Place, ...] = ()


def build_hits(
    records: Sequence[Found],
    wanted: Wanted,
    pinned: Collection[int] = (),
    pages: Mapping[int, Page] | None = None,
) -> list[Hit]:
    """Hits for records in the order given. Texts are read from documents that the public may open now.

    ``pages`` are the records' pages (key -> page), where the caller has read them already.
    """
    wanted = Remembering(wanted)
    if pages is None:
        pages = Page.objects.in_bulk([record.page_id for record in records if record.page_id])
    texts = _Texts([place for record in records for place in record.places])
    unit_ids = {record.unit_id for record in records if record.unit_id}
    units = dict(WorkUnit.objects.filter(pk__in=unit_ids).values_list("pk", "name")) if unit_ids else {}
    hits = []
    for record in records:
        page = pages.get(record.page_id) if record.page_id else None
        url = (page.url if page else "") or ""
        hits.append(
            Hit(
                page_id=record.page_id or 0,
                external_id=record.external_id,
                kategori=record.kategori,
                title=record.title,
                title_html=mark(record.title, wanted),
                subject_html=mark(record.heading, wanted) if _adds_to(record.heading, record.title) else "",
                url=url,
                score=round(record.score, 4),
                citation=record.citation,
                jenis=REGULATION_TYPES[record.jenis].short
                if record.jenis in REGULATION_TYPES
                else record.jenis,
                nomor=record.nomor,
                tahun=record.tahun,
                klasifikasi=record.klasifikasi,
                klasifikasi_label=class_label(record.klasifikasi),
                unit=units.get(record.unit_id, ""),
                office=office_name(record.office_id),
                status=record.status,
                status_label=status_label(record.status),
                status_note=record.status_note,
                date=record.date,
                published_at=record.published_at,
                pinned=record.page_id in pinned,
                file_format=record.formats[0].upper() if record.formats else "",
                file_size=record.file_size,
                file_pages=record.file_pages,
                ocr_doubt=record.ocr_doubt,
                summary=record.summary,
                extracts=tuple(_extracts(record, url, texts, wanted)),
            )
        )
    return hits


def _adds_to(heading: str, title: str) -> bool:
    """Whether a record's subject says what its title does not ("Undang-Undang Nomor 14 Tahun 2008": about what?)."""
    return bool(heading) and heading.casefold() not in title.casefold()


class _Texts:
    """The texts of places, from documents that the public may open at this moment."""

    def __init__(self, places: Sequence[Place]):
        self._documents: dict[int, OfficeDocument] = {}
        self._pages: dict[tuple[int, int], DocumentPage] = {}
        wanted: dict[int, set[int]] = defaultdict(set)
        for place in places:
            if place.document:
                wanted[place.document].add(0 if place.piece else place.page)
        if wanted:
            shown = public_among(wanted)
            self._documents = OfficeDocument.objects.only("file", "file_name", "mime_type").in_bulk(shown)
            self._read({document: wanted[document] - {0} for document in shown})

    def _read(self, wanted: dict[int, set[int]]) -> None:
        condition = Q(pk__in=[])
        for document, numbers in wanted.items():
            if numbers:
                condition |= Q(document_id=document, number__in=numbers)
        if condition != Q(pk__in=[]):
            pages = DocumentPage.objects.filter(condition)
            self._pages = {(page.document_id, page.number): page for page in pages}

    def extract(self, place: Place, wanted: Wanted) -> Extract | None:
        """What is shown of a place, None when nothing may be or no wanted word stands there."""
        document = self._documents.get(place.document)
        if document is None:
            return None
        url = document.page_url(place.page)
        if piece := place.piece:
            html = piece_extract(piece, wanted)
            label, doubt = piece.label, piece.doubt
        elif page := self._pages.get((place.document, place.page)):
            html = extract(page.text, wanted, place.share)
            label, doubt = page.label, page.doubt
        else:
            return None
        return Extract(html, label, url, place.document, place.page, doubt) if html else None


def piece_extract(piece: Piece, wanted: Wanted) -> str:
    """The best piece of a passage, which is itself cut from a page."""
    html = extract(piece.text, wanted)
    if html and piece.begun and not html.startswith("… "):
        html = f"… {html}"
    return f"{html} …" if html and piece.goes_on and not html.endswith(" …") else html


def _extracts(record: Found, url: str, texts: _Texts, wanted: Wanted) -> list[Extract]:
    extracts = []
    for place in record.places:
        if place.document:
            found = texts.extract(place, wanted)
        else:
            html = (
                piece_extract(place.piece, wanted)
                if place.piece
                else extract(record.body, wanted, place.share)
            )
            found = Extract(html, "", url) if html else None
        if found:
            extracts.append(found)
    if not extracts:
        html = extract(record.summary, wanted) if record.summary else ""
        if html:
            extracts.append(Extract(html, "", url))
    return extracts
