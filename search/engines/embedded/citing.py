"""Instruments named by their number: which records they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from common.citations import Citation, code_key, parse_number
from common.regulation_types import GENERAL_TYPES
from search.index_models import IndexedRecord, SearchIndex
from search.language.analysis import Analysis


def cited_records(index: SearchIndex, analysis: Analysis, numbers: Sequence[str] = ()) -> dict[int, float]:
    """Primary key -> how fully the citation fits: 1 number and year (and type, if named), less when parts lack."""
    found: dict[int, float] = {}
    for citation in analysis.citations:
        for pk, fit in _matching(index, citation):
            found[pk] = max(found.get(pk, 0), fit)
    for text in numbers:
        number = parse_number(text)
        if number:
            citation = Citation("", number, 0, 0, tahun=number.tahun)
            for pk, fit in _matching(index, citation):
                found[pk] = max(found.get(pk, 0), fit)
    return found


def _matching(index: SearchIndex, citation: Citation):
    if citation.number is None:
        return
    records = IndexedRecord.objects.filter(index=index, nomor_urut=citation.nomor_urut)
    if citation.tahun:
        records = records.filter(tahun=citation.tahun)
    if citation.jenis:
        records = records.filter(Q(jenis__in=GENERAL_TYPES.get(citation.jenis, {citation.jenis})))
    codes = {code_key(part) for part in citation.number.kode_keys}
    letter = citation.number.huruf
    for pk, key in records.values_list("pk", "nomor_key")[:500]:
        parts = key.split("/")
        if letter and not parts[0].endswith(letter):
            continue
        if codes and not codes <= set(parts):
            continue
        yield pk, 1.0 if citation.tahun else 0.5 if citation.jenis else 0.3
