"""Facets of a list of records: counts that equal the list, labels that people read. The same for every engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus

from catalogue.enums import ExemptionStatus, InformationClass, RegulationStatus
from common.regulation_types import REGULATION_TYPES
from home.models import WorkUnit
from home.office_memory import office_names
from search.types import CATEGORIES, FACETS, Facet, FacetValue, SearchQuery

_ANY = "\0"  # stands for a value; no query has it (`search.types.clean_text`)
_STATUS_LABELS = {**dict(ExemptionStatus.choices), **dict(RegulationStatus.choices)}
_CLASS_LABELS = dict(InformationClass.choices)


def status_label(code: str) -> str:
    """A status in words, for the facet and the hit."""
    return str(_STATUS_LABELS.get(code, code))


def class_label(code: str) -> str:
    """A class of information in words."""
    return str(_CLASS_LABELS.get(code, code))


def build_facets(query: SearchQuery, counts: Mapping[str, Counter]) -> tuple[Facet, ...]:
    """Facets in their order, from counts a facet (value -> hits under everything else that was asked).

    A chosen value stays visible at 0. A single office that nobody chose tells nothing and is left out.
    """
    labels = value_labels(counts)
    facets = []
    for name, label in FACETS.items():
        found = dict(counts.get(name, {}))
        chosen = query.selected(name)
        for value in chosen:
            found.setdefault(value, 0)
        if not found or (len(found) == 1 and not chosen and name == "kantor"):
            continue
        before, after = (
            query.only(name, _ANY).querystring().split(quote_plus(_ANY))
        )  # the same for every value
        values = [
            FacetValue(
                value=value,
                label=value_label(name, value, labels),
                count=count,
                selected=value in chosen,
                url=query.without(name, value).querystring()
                if value in chosen
                else before + quote_plus(value) + after,
            )
            for value, count in found.items()
        ]
        facets.append(Facet(name, label, tuple(sorted(values, key=lambda item: _order(name, item)))))
    return tuple(facets)


def value_label(name: str, value: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    """What a facet value is called."""
    if name == "kategori":
        return CATEGORIES.get(value, value)
    if name == "jenis":
        return REGULATION_TYPES[value].short if value in REGULATION_TYPES else value.upper()
    if name == "klasifikasi":
        return class_label(value)
    if name == "status":
        return status_label(value)
    if name == "berkas":
        return value.upper()
    return labels.get(name, {}).get(value, value)


def _order(name: str, item: FacetValue):
    if name == "tahun":
        return (-int(item.value) if _is_number(item.value) else 0,)
    if name == "kategori":
        return (list(CATEGORIES).index(item.value) if item.value in CATEGORIES else 99,)
    return (-item.count, item.label)


def _is_number(value: str) -> bool:
    """Whether a value is a number that a column can hold; superscripts and the like are digits too, but none."""
    return value.isascii() and value.isdigit() and len(value) < 19


def value_labels(values: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """Facet -> value -> name, of those of the values (facet -> values) whose names stand in the database."""
    return {
        "unit": _unit_labels(values.get("unit", ())),
        "kantor": _office_labels(values.get("kantor", ())),
    }


def _unit_labels(values: Iterable[str]) -> dict[str, str]:
    """Names of work units by primary key, both as text."""
    ids = [int(value) for value in values if _is_number(str(value))]
    return (
        {str(pk): name for pk, name in WorkUnit.objects.filter(pk__in=ids).values_list("pk", "name")}
        if ids
        else {}
    )


def _office_labels(values: Iterable[str]) -> dict[str, str]:
    """Names of offices by code."""
    names = {office.code: office.name for office in office_names().values()}
    return {code: names[code] for code in values if code in names}
