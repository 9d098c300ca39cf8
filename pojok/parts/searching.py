"""The search box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from home.models import Office


@dataclass(frozen=True)
class SearchBox:
    """Where a search goes (`path`, with the words in the parameter `parameter`), and what others look for."""

    path: str
    parameter: str
    label: str
    placeholder: str
    popular: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        """The box as JSON has it."""
        return {
            "bagian": "cari",
            "judul": self.label,
            "url": self.path,
            "parameter": self.parameter,
            "contoh": self.placeholder,
            "sering_dicari": list(self.popular),
        }


def search_box(office: Office) -> SearchBox:
    """The search of an office's publications. One query, for what the home page says that others look for."""
    return SearchBox(
        path=reverse("search:results"),
        parameter="q",
        label=f"Cari informasi publik {office.name}",
        placeholder="Misalnya: jumlah pemilih tetap 2024",
        popular=tuple(office.home_page.specific.popular_query_list),
    )
