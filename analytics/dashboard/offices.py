"""Figures office by office, where the question is about several."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Sum

from analytics.dashboard.days import VISITS_NOTE, Daily, figure_columns, names_of
from analytics.dashboard.tables import Cell, Column, Row, SmallTable
from analytics.figures import days_in
from home.models import Office


class ByOffice(SmallTable):
    """Sums of every office, the most visited first; offices without any are not there."""

    name = "kantor"
    title = "Angka menurut kantor"

    @property
    def columns(self) -> Sequence[Column]:
        """Code, office, figures."""
        return [Column("kode", "Kode wilayah"), Column("kantor", "Kantor"), *figure_columns(self.asked)]

    def make(self) -> list[Row]:
        """Two queries."""
        names = names_of(self.asked)
        sums = {f"sum_{name}": Sum(name) for name in names}
        rows = list(
            days_in(self.asked.scope, self.asked.period)
            .values("office_id")
            .annotate(**sums)
            .order_by("-sum_visitors", "office_id")
        )
        offices = Office.objects.select_related("site").in_bulk([row["office_id"] for row in rows])
        return [
            self._row(offices[row["office_id"]], [row[f"sum_{name}"] for name in names])
            for row in rows
            if row["office_id"] in offices
        ]

    def _row(self, office: Office, counts: Sequence[int]) -> Row:
        """One office; its numbers lead to its days."""
        days = self.asked.url_of_office(office, Daily.name)
        return [Cell(office.kode_wilayah), Cell(office.name), *(Cell(count, days) for count in counts)]

    @property
    def notes(self) -> list[str]:
        """How to read it."""
        return [VISITS_NOTE, "Kantor tanpa kegiatan tidak disebut."]
