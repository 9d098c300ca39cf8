"""Which figures of a year agree with each other, and in what words those that do not are refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.periods import FIRST_YEAR
from analytics.service_totals.enums import Decision
from analytics.service_totals.groupings import GROUPINGS, TOTAL_NAMES, Grouping, answered
from home.templatetags.eppid import angka


def problems(values: Mapping[str, Any], this_year: int) -> dict[str, str]:
    """What is wrong with a year's figures: a sentence for each field of `ServiceTotals` that must be changed.

    A value that is missing (None) is not judged, and nothing is judged by it.
    """
    found: dict[str, str] = {}
    year, requests, applicants = (values.get(name) for name in ("year", "requests", "applicants"))
    if year is not None and not FIRST_YEAR <= year <= this_year:
        found["year"] = f"Tahun {year} tidak dapat dipakai: isi antara {FIRST_YEAR} dan {this_year}."
    if requests is not None and applicants is not None:
        if applicants > requests:
            found["applicants"] = (
                f"Jumlah pemohon {angka(applicants)} lebih besar daripada jumlah permohonan {angka(requests)}. "
                "Setiap pemohon mengajukan sedikitnya satu permohonan."
            )
        elif requests and not applicants:
            found["applicants"] = (
                f"Jumlah pemohon 0, padahal ada {angka(requests)} permohonan. Isi sedikitnya 1."
            )
    decisions = values.get("by_decision")
    totals = {
        "requests": requests,
        "applicants": applicants,
        "refused": None if decisions is None else decisions.get(Decision.REFUSED, 0),
    }
    for grouping in GROUPINGS:
        counts, total = values.get(grouping.field), totals[grouping.total]
        if counts is not None and total is not None and (sentence := _disagreement(grouping, counts, total)):
            found[grouping.field] = sentence
    if decisions is not None and "by_decision" not in found:
        found |= _days_problems(values, answered(decisions))
    return found


def _disagreement(grouping: Grouping, counts: Mapping[str, int], total: int) -> str:
    given = sum(counts.values())
    if given == total or not (counts or grouping.is_required):
        return ""
    sentence = (
        f"Jumlah menurut {grouping.name} {angka(given)}, seharusnya {angka(total)} "
        f"({TOTAL_NAMES[grouping.total]})."
    )
    if grouping.is_required:
        return sentence
    unknown = grouping.choices("tidak_disebutkan").label
    return f"{sentence} Yang tidak diketahui masuk ke “{unknown}”; bila tidak dicatat sama sekali, kosongkan semuanya."


def _days_problems(values: Mapping[str, Any], count: int) -> dict[str, str]:
    """What is wrong with the working days, when `count` requests were answered."""
    average, shortest, longest, in_time = (
        values.get(name) for name in ("days_average", "days_shortest", "days_longest", "in_time")
    )
    if not count:
        return {
            name: "Tidak ada permohonan yang dijawab, jadi kosongkan isian ini."
            for name in ("days_average", "days_shortest", "days_longest", "in_time")
            if values.get(name)
        }
    found = {}
    if average is None and "days_average" in values:
        found["days_average"] = (
            "Isi rata-rata hari kerja: waktu yang diperlukan wajib diumumkan (UU 14/2008 Pasal 12 huruf b)."
        )
    if shortest is not None and longest is not None and shortest > longest:
        found["days_longest"] = f"Paling lama {longest} hari, padahal paling cepat {shortest} hari."
    elif average is not None and shortest is not None and average < shortest:
        found["days_average"] = f"Rata-rata {angka(average)} hari, padahal paling cepat {shortest} hari."
    elif average is not None and longest is not None and average > longest:
        found["days_average"] = f"Rata-rata {angka(average)} hari, padahal paling lama {longest} hari."
    if in_time is not None and in_time > count:
        found["in_time"] = f"Dijawab tepat waktu {angka(in_time)}, padahal yang dijawab {angka(count)}."
    return found
