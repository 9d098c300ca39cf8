"""Compliance with periods of renewal: by period, and entry by entry."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.db.models import F

from analytics import renewals
from analytics.dashboard.asking import Asked
from analytics.dashboard.names import OfficeNames
from analytics.dashboard.tables import DAY, NUMBER, SHARE, Cell, Column, Row, SmallTable, Table, percent
from catalogue.enums import UpdatePeriod
from home.templatetags.eppid import angka, tanggal

ON_TIME, LATE, UNDATED = "tepat", "terlambat", "tanpa-tanggal"
STATES = {ON_TIME: "Tepat waktu", LATE: "Terlambat", UNDATED: "Belum bertanggal"}
PARAM_STATE, PARAM_UPDATE = "keadaan", "periode"


def _note(asked: Asked) -> str:
    return (
        f"Keadaan per {tanggal(asked.today)}, bukan menurut periode yang dipilih: keadaan hari-hari lalu tidak "
        "disimpan. Informasi berkala diperbarui paling lama tiap enam bulan (UU 14/2008 Pasal 9)."
    )


class Compliance(SmallTable):
    """Entries in time and late, by period of renewal."""

    name = "kepatuhan"
    title = "Kepatuhan pembaruan informasi publik"
    empty = "Belum ada informasi publik yang memakai periode pembaruan."

    @property
    def columns(self) -> Sequence[Column]:
        """Period, states, share in time."""
        return [
            Column("periode", "Diperbarui"),
            Column("tepat_waktu", "Tepat waktu", NUMBER),
            Column("terlambat", "Terlambat", NUMBER),
            Column("belum_bertanggal", "Belum bertanggal", NUMBER),
            Column("jumlah", "Jumlah", NUMBER),
            Column("kepatuhan", "Kepatuhan", SHARE),
        ]

    @cached_property
    def parts(self) -> list[renewals.Compliance]:
        """By period."""
        return renewals.compliance(self.asked.scope, self.asked.today)

    @property
    def whole(self) -> renewals.Compliance:
        """All periods together."""
        return renewals.together(self.parts)

    def make(self) -> list[Row]:
        """One row a period; numbers lead to the entries."""
        return [self._row(part) for part in self.parts]

    def _row(self, part: renewals.Compliance) -> Row:
        def entries(state: str = "") -> str:
            given = {PARAM_UPDATE: part.period} | ({PARAM_STATE: state} if state else {})
            return self.asked.url(Renewals.name, **given)

        share = part.share
        return [
            Cell(part.label),
            Cell(part.on_time, entries(ON_TIME)),
            Cell(part.late, entries(LATE)),
            Cell(part.undated, entries(UNDATED)),
            Cell(part.count, entries()),
            Cell(None if share is None else round(share, 4), text=percent(share)),
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [_note(self.asked)]


class Renewals(Table):
    """The entries, the longest overdue first."""

    name = "pembaruan"
    title = "Pembaruan informasi publik"
    empty = "Tidak ada informasi publik dengan keadaan itu."

    def __init__(self, asked: Asked, period: str = "", state: str = ""):
        super().__init__(asked)
        if period in UpdatePeriod.values:
            self.kept[PARAM_UPDATE] = period
        if state in STATES:
            self.kept[PARAM_STATE] = state

    @property
    def columns(self) -> Sequence[Column]:
        """Entry, office where there are several, period, dates, state."""
        return [
            Column("judul", "Informasi"),
            Column("kantor", "Kantor", is_shown=not self.asked.is_one_office),
            Column("periode", "Diperbarui"),
            Column("terakhir", "Terakhir diperbarui", DAY),
            Column("jatuh_tempo", "Pembaruan berikutnya", DAY),
            Column("keadaan", "Keadaan"),
            Column("alamat", "Alamat", is_shown=False),
        ]

    @cached_property
    def _entries(self):
        found = renewals.entries(self.asked.scope)
        if period := self.kept.get(PARAM_UPDATE):
            found = found.filter(periode_pembaruan=period)
        match self.kept.get(PARAM_STATE):
            case "tepat":
                found = found.filter(jatuh_tempo_pembaruan__gte=self.asked.today)
            case "terlambat":
                found = found.filter(jatuh_tempo_pembaruan__lt=self.asked.today)
            case "tanpa-tanggal":
                found = found.filter(jatuh_tempo_pembaruan=None)
        return found.order_by(F("jatuh_tempo_pembaruan").asc(nulls_last=True), "pk")

    def count(self) -> int:
        """Number of entries."""
        return self._entries.count()

    def rows(self, start: int, stop: int) -> list[Row]:
        """Some of the entries."""
        found = list(self._entries[start:stop])
        offices = OfficeNames() if found else None
        return [self._row(entry, offices) for entry in found]

    def _row(self, entry, offices) -> Row:
        url, due = entry.full_url or "", entry.jatuh_tempo_pembaruan
        state = UNDATED if due is None else LATE if due < self.asked.today else ON_TIME
        words = STATES[state]
        if state == LATE:
            words = f"Terlambat {angka((self.asked.today - due).days)} hari"
        return [
            Cell(entry.title, url),
            Cell(offices.of(entry.path)),
            Cell(entry.get_periode_pembaruan_display()),
            Cell(entry.tanggal_pemutakhiran or entry.tanggal_penerbitan),
            Cell(due),
            Cell(state, text=words),
            Cell(url),
        ]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [_note(self.asked)]
