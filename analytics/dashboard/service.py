"""A year's service figures, from the one interface that a register will fill later."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

from analytics.dashboard.tables import NUMBER, Cell, Column, Row, SmallTable
from analytics.service_totals.enums import Decision
from analytics.service_totals.figures import (
    ServiceFigures,
    figures_by_office,
    service_figures,
    service_years,
)
from analytics.service_totals.groupings import BASES
from home.models import Office
from home.templatetags.eppid import angka, tanggal


class Service(SmallTable):
    """Requests and applicants of the year in which the period ends, with what they are made of."""

    name = "layanan"
    title = "Layanan permohonan informasi"
    empty = "Angka layanan tahun ini belum diisi petugas."

    @property
    def columns(self) -> Sequence[Column]:
        """Group, value, count, why it is told."""
        return [
            Column("menurut", "Menurut"),
            Column("nilai", "Rincian"),
            Column("jumlah", "Jumlah", NUMBER),
            Column("dasar", "Dasar", is_shown=False),
        ]

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
        """Totals first, then every breakdown that was recorded, then the days; of several offices, numbers lead to
        each."""
        figures = self.figures
        if figures is None:
            return []
        offices = "" if self.asked.is_one_office else self.asked.url(ServiceByOffice.name)

        def row(group: str, label: str, value: int | Decimal, basis: str, text: str = "") -> Row:
            plain = float(value) if isinstance(value, Decimal) else value
            return [Cell(group), Cell(label), Cell(plain, offices, text or angka(value)), Cell(basis)]

        rows = [
            row("Jumlah", "Permohonan", figures.requests, BASES["requests"]),
            row("Jumlah", "Pemohon", figures.applicants, BASES["applicants"]),
        ]
        for part in figures.breakdowns:
            rows += [row(part.name.capitalize(), label, count, part.basis) for label, count in part.rows]
        days = figures.days
        for label, value in (
            ("Rata-rata", days.average),
            ("Paling cepat", days.shortest),
            ("Paling lama", days.longest),
        ):
            if value is not None:
                rows.append(row("Hari kerja sampai dijawab", label, value, BASES["days"]))
        if days.in_time is not None:
            words = f"{angka(days.in_time)} dari {angka(days.in_time_of)}"
            rows.append(row("Jawaban", "Tepat waktu", days.in_time, BASES["in_time"], words))
        return rows

    @property
    def notes(self) -> list[str]:
        """Of what year, from where."""
        if self.figures is None:
            return []
        notes = [f"Angka sepanjang tahun {self.year}, {self.figures.source}."]
        if not self.asked.is_one_office:
            notes.append(f"Jumlah dari {angka(self.figures.offices)} kantor.")
        if self.figures.updated:
            notes.append(f"Diperbarui {tanggal(self.figures.updated)}.")
        if self.figures.note:
            notes.append(f"Keterangan: {self.figures.note}")
        return notes


class ServiceByOffice(SmallTable):
    """The same year office by office, the most requests first; offices that gave no figures are not there."""

    name = "layanan-kantor"
    title = "Layanan permohonan informasi menurut kantor"
    empty = Service.empty

    @property
    def columns(self) -> Sequence[Column]:
        """Office, requests, applicants, what became of them, days."""
        return [
            Column("kode", "Kode wilayah"),
            Column("kantor", "Kantor"),
            Column("permohonan", "Permohonan", NUMBER),
            Column("pemohon", "Pemohon", NUMBER),
            Column("dikabulkan", "Dikabulkan seluruhnya", NUMBER),
            Column("ditolak", "Ditolak", NUMBER),
            Column("rata_rata_hari", "Rata-rata hari kerja", NUMBER),
        ]

    def make(self) -> list[Row]:
        """Two queries; numbers lead to the office's own figures."""
        found = figures_by_office(self.asked.scope, self.asked.period.last.year)
        offices = Office.objects.select_related("site").in_bulk(found)
        ranked = sorted(
            offices.values(), key=lambda office: (-found[office.pk].requests, office.kode_wilayah)
        )
        return [self._row(office, found[office.pk]) for office in ranked]

    def _row(self, office: Office, figures: ServiceFigures) -> Row:
        own = self.asked.url_of_office(office, Service.name)
        average = figures.days.average
        return [
            Cell(office.kode_wilayah),
            Cell(office.name),
            Cell(figures.requests, own),
            Cell(figures.applicants, own),
            Cell(figures.by_decision.get(Decision.GRANTED, 0), own),
            Cell(figures.by_decision.get(Decision.REFUSED, 0), own),
            Cell(None if average is None else float(average), "" if average is None else own),
        ]

    @property
    def notes(self) -> list[str]:
        """Of what year."""
        return [
            f"Angka sepanjang tahun {self.asked.period.last.year}. Kantor yang belum mengisi tidak disebut."
        ]
