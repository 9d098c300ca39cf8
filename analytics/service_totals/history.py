"""What a correction of the figures changed, in words, for the row's history."""

from __future__ import annotations

from typing import Any

from wagtail.log_actions import LogFormatter

from analytics.service_totals.groupings import GROUPINGS
from analytics.service_totals.models import ServiceTotals
from home.templatetags.eppid import angka

ACTION = "analytics.service_totals"
_SINGLE = (
    *("office", "year", "requests", "applicants"),
    *("days_average", "days_shortest", "days_longest", "in_time", "note"),
)


def snapshot(row: ServiceTotals) -> dict[str, str]:
    """Everything that stands in a row, by its label."""
    values = {}
    for name in _SINGLE:
        value = getattr(row, name)
        values[str(ServiceTotals._meta.get_field(name).verbose_name)] = _words(name, value)
    for grouping in GROUPINGS:
        counts = getattr(row, grouping.field)
        for code in dict.fromkeys([*grouping.choices.values, *counts]):
            count = counts.get(code)
            values[f"{grouping.name}: {grouping.label(code)}"] = "" if count is None else angka(count)
    return values


def changes(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """(label, before, after) of what is different."""
    return [
        [label, before.get(label, ""), value]
        for label, value in after.items()
        if before.get(label, "") != value
    ]


def _words(name: str, value: Any) -> str:
    if value is None:
        return ""
    return str(value) if name in ("office", "year", "note") else angka(value)


class ChangedTotals(LogFormatter):
    """Name what was corrected, from what to what."""

    label = "Ubah angka layanan"

    def format_message(self, log_entry):
        """The changes in one sentence."""
        parts = [
            f"{label} {before or 'kosong'} menjadi {after or 'kosong'}"
            for label, before, after in log_entry.data.get("changes", [])
        ]
        return (
            f"Angka layanan diubah: {'; '.join(parts)}" if parts else "Angka layanan disimpan tanpa perubahan"
        )
