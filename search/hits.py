"""From ranked records to hits: titles and extracts with marks, the best pages, addresses. The same for every engine."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import Page

from common.regulation_types import REGULATION_TYPES
from documents.access import public_among
from documents.models import DocumentPage
from home.models import Office, WorkUnit
from search.facets import class_label, status_label
from search.highlight import Remembering, Wanted, extract, mark
from search.types import Extract, Hit

EXTRACTS = 3


@dataclass(frozen=True)
class Place:
    """Where in a record's text the best passage stands: a page of a document (0: its own text), and how far down."""

    document: int
    page: int
    share: float = 0.0


@dataclass(frozen=True)
class Found:
    """One ranked record as the index holds it, with its score and its best places, best first."""

    page_id: int | None
    external_id: str
    kategori: str
    title: str
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


def build_hits(records: Sequence[Found], wanted: Wanted, pinned: Collection[int] = ()) -> list[Hit]:
    """Hits for records in the order given. Texts are read from documents that the public may open now."""
    wanted = Remembering(wanted)
    pages = Page.objects.in_bulk([record.page_id for record in records if record.page_id])
    texts = _page_texts([place for record in records for place in record.places])
    units = dict(
        WorkUnit.objects.filter(pk__in={r.unit_id for r in records if r.unit_id}).values_list("pk", "name")
    )
    offices = dict(Office.objects.filter(pk__in={r.office_id for r in records}).values_list("pk", "name"))
    hits = []
    for record in records:
        page = pages.get(record.page_id)
        url = (page.url if page else "") or ""
        hits.append(
            Hit(
                page_id=record.page_id or 0,
                external_id=record.external_id,
                kategori=record.kategori,
                title=record.title,
                title_html=mark(record.title, wanted),
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
                office=offices.get(record.office_id, ""),
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


def _page_texts(places: Sequence[Place]) -> dict[tuple[int, int], DocumentPage]:
    """(document, number) -> page, for documents that the public may open now."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for place in places:
        if place.document:
            wanted[place.document].add(place.page)
    if not wanted:
        return {}
    condition = Q(pk__in=[])
    for document in public_among(wanted):
        condition |= Q(document_id=document, number__in=wanted[document])
    pages = DocumentPage.objects.filter(condition).select_related("document")
    return {(page.document_id, page.number): page for page in pages}


def _extracts(record: Found, url: str, texts, wanted: Wanted) -> list[Extract]:
    extracts = []
    for place in record.places:
        if place.document:
            page = texts.get((place.document, place.page))
            html = extract(page.text, wanted, place.share) if page else ""
            if html:
                extracts.append(Extract(html, page.label, page.url, place.document, place.page, page.doubt))
        elif record.body:
            html = extract(record.body, wanted, place.share)
            if html:
                extracts.append(Extract(html, "", url))
    if not extracts:
        html = extract(record.summary, wanted) if record.summary else ""
        if html:
            extracts.append(Extract(html, "", url))
    return extracts
