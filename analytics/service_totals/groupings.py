"""What a year's service figures consist of: each figure with its legal basis and what it must add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from analytics.service_totals.enums import ANSWERED, Channel, Decision, Occupation, RefusalReason, Sex

#: What the yearly announcement of the service holds (UU 14/2008 Pasal 12 a to d); the breakdowns of applicants are not
#: in it, they belong to the yearly report that the standard of the Komisi Informasi asks for.
_REPORT = (
    "rincian laporan layanan tahunan (PERKI 1/2021); UU 14/2008 Pasal 12 tidak memintanya, jadi boleh kosong"
)
BASES: dict[str, str] = {
    "requests": "UU 14/2008 Pasal 12 huruf a: jumlah permintaan yang diterima",
    "applicants": "laporan layanan tahunan (PERKI 1/2021): jumlah pemohon",
    "days": "UU 14/2008 Pasal 12 huruf b: waktu yang diperlukan untuk memenuhi permintaan",
    "in_time": "UU 14/2008 Pasal 22 ayat (7) dan (8): 10 hari kerja, dapat diperpanjang 7 hari kerja; informasi "
    "Pemilu dan Pemilihan 3 hari kerja, dapat diperpanjang 2 (PERKI 1/2019)",
}


@dataclass(frozen=True)
class Grouping:
    """One breakdown: its counts, if given, add up to `total` (a name of `totals_of`).

    Without `is_required` it may be left out as a whole, and then counts as `NOT_STATED`. `always` are the values worth
    telling when they are 0.
    """

    field: str
    name: str
    choices: type[models.TextChoices]
    total: str
    basis: str
    is_required: bool = False
    always: tuple[str, ...] = ()

    def ordered(self, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts worth telling, in the order of the choices; codes of other times come last."""
        known = {code: counts.get(code, 0) for code in self.choices.values}
        shown = {code: count for code, count in known.items() if count or code in self.always}
        return shown | {code: count for code, count in counts.items() if code not in known}

    def label(self, code: str) -> str:
        """A code in words."""
        return self.choices(code).label if code in self.choices.values else code


SEX = Grouping("by_sex", "jenis kelamin", Sex, "applicants", _REPORT, always=(Sex.MALE, Sex.FEMALE))
OCCUPATION = Grouping("by_occupation", "pekerjaan", Occupation, "applicants", _REPORT)
CHANNEL = Grouping("by_channel", "cara mengajukan", Channel, "requests", _REPORT)
DECISION = Grouping(
    "by_decision",
    "keputusan",
    Decision,
    "requests",
    "UU 14/2008 Pasal 12 huruf c: jumlah yang diberikan dan yang ditolak",
    is_required=True,
    always=(Decision.GRANTED, Decision.PARTLY, Decision.REFUSED),
)
REFUSAL = Grouping(
    "by_refusal_reason",
    "alasan penolakan",
    RefusalReason,
    "refused",
    "UU 14/2008 Pasal 12 huruf d: alasan penolakan",
    is_required=True,
)
GROUPINGS = (SEX, OCCUPATION, CHANNEL, DECISION, REFUSAL)
TOTAL_NAMES = {
    "requests": "jumlah permohonan",
    "applicants": "jumlah pemohon",
    "refused": "jumlah yang ditolak",
}


def answered(by_decision: Mapping[str, int]) -> int:
    """Number of requests that were answered in writing."""
    return sum(by_decision.get(decision, 0) for decision in ANSWERED)
