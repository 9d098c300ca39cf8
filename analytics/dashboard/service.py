"""A year's service figures, from the one interface that a register will fill later."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from analytics.dashboard.tables import NUMBER, Cell, Column, Row, SmallTable
from analytics.service_totals.figures import ServiceFigures, service_figures, service_years
from home.templatetags.eppid import angka, tanggal


class Service(SmallTable):
    """Requests and applicants of the year in which the period ends, with what they are made of."""

    name = "layanan"
    title = "Layanan permohonan informasi"
    empty = "Angka layanan tahun ini belum diisi petugas."

    @property
    def columns(self) -> Sequence[Column]:
        """Group, value, count."""
        return [Column("menurut", "Menurut"), Column("nilai", "Rincian"), Column("jumlah", "Jumlah", NUMBER)]

    @property
    def year(self) -> int:
        """The year that is told: service figures are those of whole years."""
        return self.asked.period.last.year

    @cached_property
    def figures(self) -> ServiceFigures | None:
        """The year's figures."""
        return service_figures(self.asked.scope, self.year)

    @cached_property
    def before(self) -> ServiceFigures | None:
        """Those of the year before."""
        return service_figures(self.asked.scope, self.year - 1)

    @property
    def years(self) -> list[int]:
        """Years with figures, the newest first."""
        return service_years(self.asked.scope)

    def make(self) -> list[Row]:
        """Totals first, then every breakdown that was recorded, then the days."""
        figures = self.figures
        if figures is None:
            return []
        rows = [
            [Cell("Jumlah"), Cell("Permohonan"), Cell(figures.requests)],
            [Cell("Jumlah"), Cell("Pemohon"), Cell(figures.applicants)],
        ]
        for part in figures.breakdowns:
            rows += [[Cell(part.name.capitalize()), Cell(label), Cell(count)] for label, count in part.rows]
        days = figures.days
        for label, value in (
            ("Rata-rata", days.average),
            ("Paling cepat", days.shortest),
            ("Paling lama", days.longest),
        ):
            if value is not None:
                rows.append(
                    [Cell("Hari kerja sampai dijawab"), Cell(label), Cell(float(value), text=angka(value))]
                )
        if days.in_time is not None:
            words = f"{angka(days.in_time)} dari {angka(days.in_time_of)}"
            rows.append([Cell("Jawaban"), Cell("Tepat waktu"), Cell(days.in_time, text=words)])
        return rows

    @property
    def notes(self) -> list[str]:
        """Of what year, from where."""
        if self.figures is None:
            return []
        notes = [f"Angka sepanjang tahun {self.year}, {self.figures.source}."]
        if self.figures.offices > 1:
            notes.append(f"Jumlah dari {angka(self.figures.offices)} kantor.")
        if self.figures.updated:
            notes.append(f"Diperbarui {tanggal(self.figures.updated)}.")
        if self.figures.note:
            notes.append(f"Keterangan: {self.figures.note}")
        return notes
