"""From ranked records to hits: titles and extracts with marks, the best pages, addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from django.db.models import Q
from wagtail.models import Page

from common.regulation_types import REGULATION_TYPES
from documents.access import public_documents
from documents.models import DocumentPage
from home.models import Office, WorkUnit
from search.engines.embedded.segments import STRIDE
from search.engines.embedded.view import View
from search.facets import class_label, status_label
from search.highlight import Wanted, extract, mark
from search.index_models import IndexedRecord
from search.types import Extract, Hit

EXTRACTS = 3
_WORTH_SHOWING = 0.5  # of the best passage's score


def build_hits(
    view: View | None, ids: Sequence[int], scores: dict[int, float], slots, wanted: Wanted
) -> list[Hit]:
    """Hits for records in the order given. ``slots`` is the score a slot, or None without words to look for."""
    records = {record.pk: record for record in IndexedRecord.objects.filter(pk__in=ids)}
    pages = {
        page.pk: page
        for page in Page.objects.filter(pk__in=[r.page_id for r in records.values() if r.page_id])
    }
    places = _best_places(view, ids, slots) if view is not None and slots is not None else {}
    texts = _page_texts([place for found in places.values() for place in found])
    units = dict(
        WorkUnit.objects.filter(pk__in={r.unit_id for r in records.values() if r.unit_id}).values_list(
            "pk", "name"
        )
    )
    offices = dict(
        Office.objects.filter(pk__in={r.office_id for r in records.values()}).values_list("pk", "name")
    )
    hits = []
    for pk in ids:
        record = records.get(pk)
        if record is None:
            continue
        page = pages.get(record.page_id)
        url = (page.url if page else "") or ""
        extracts = _extracts(record, url, places.get(pk, ()), texts, wanted)
        hits.append(
            Hit(
                page_id=record.page_id or 0,
                external_id=record.external_id,
                kategori=record.kategori,
                title=record.title,
                title_html=mark(record.title, wanted),
                url=url,
                score=round(scores.get(pk, 0.0), 4),
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
                file_format=next((part.upper() for part in record.formats.split(",") if part), ""),
                file_size=record.file_size,
                file_pages=record.file_pages,
                ocr_doubt=record.ocr_doubt,
                summary=record.summary,
                extracts=tuple(extracts),
            )
        )
    return hits


def _best_places(view: View, ids: Sequence[int], slots) -> dict[int, list[tuple[int, int, float]]]:
    """record -> [(document, page number, share of the page's text)] of its best passages, one a page."""
    number = {int(pk): place for place, pk in enumerate(view.record_ids)}
    ends = np.append(view.first_slot, view.slots)
    result: dict[int, list[tuple[int, int, float]]] = {}
    for pk in ids:
        place = number.get(pk)
        if place is None:
            continue
        first, last = int(ends[place]), int(ends[place + 1])
        own = slots[first:last]
        best = float(own.max(initial=0))
        if best <= 0:
            continue
        found: list[tuple[int, int, float]] = []
        seen: set[tuple[int, int]] = set()
        for slot in np.argsort(-own, kind="stable")[: EXTRACTS * 8]:
            if own[slot] < best * _WORTH_SHOWING or len(found) == EXTRACTS:
                break
            at = first + int(slot)
            key = (int(view.slot_document[at]), int(view.slot_page[at]))
            if key not in seen:
                seen.add(key)
                same = (view.slot_document[first:last] == key[0]) & (view.slot_page[first:last] == key[1])
                length = int(np.count_nonzero(same & view.is_text[first:last])) * STRIDE
                found.append((*key, (int(view.slot_offset[at]) + STRIDE) / max(length, 1)))
        result[pk] = found
    return result


def _page_texts(places: Sequence[tuple[int, int, float]]) -> dict[tuple[int, int], DocumentPage]:
    """(document, number) -> page, for documents that the public may open now."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for document, number, _ in places:
        if document:
            wanted[document].add(number)
    if not wanted:
        return {}
    condition = Q()
    for document, numbers in wanted.items():
        condition |= Q(document_id=document, number__in=numbers)
    pages = (
        DocumentPage.objects.filter(condition)
        .filter(document__in=public_documents().filter(pk__in=wanted).values("pk"))
        .select_related("document")
    )
    return {(page.document_id, page.number): page for page in pages}


def _extracts(record: IndexedRecord, url: str, places, texts, wanted: Wanted) -> list[Extract]:
    extracts = []
    for document, number, share in places:
        if document:
            page = texts.get((document, number))
            html = extract(page.text, wanted, share) if page else ""
            if html:
                extracts.append(Extract(html, page.label, page.url, document, number, page.doubt))
        elif record.body:
            html = extract(record.body, wanted, share)
            if html:
                extracts.append(Extract(html, "", url))
    if not extracts:
        html = extract(record.summary, wanted) if record.summary else ""
        if html:
            extracts.append(Extract(html, "", url))
    return extracts
