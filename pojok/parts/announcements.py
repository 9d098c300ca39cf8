"""One announcement."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from common.visibility import public
from home.models import AnnouncementPage, Office
from pojok.parts.addresses import path_of


@dataclass(frozen=True)
class Announcement:
    """An announcement of the office that the public may see."""

    page_id: int
    title: str
    summary: str
    path: str
    published_at: dt.datetime | None

    def as_data(self) -> dict[str, Any]:
        """The announcement as JSON has it."""
        return {
            "bagian": "pengumuman",
            "id": self.page_id,
            "judul": self.title,
            "ringkasan": self.summary,
            "url": self.path,
            "diterbitkan": self.published_at.isoformat() if self.published_at else None,
        }


def announcement(office: Office, page_id: int | None = None) -> Announcement | None:
    """The announcement with this id, or without one the newest of the office: a running banner before others.

    None when there is none that the public may see. At most two queries.
    """
    if page_id:
        found = public(AnnouncementPage.objects.descendant_of(office.home_page)).filter(pk=page_id).first()
    else:
        newest = public(AnnouncementPage.objects.descendant_of(office.home_page))
        found = (
            AnnouncementPage.running_banners(office.home_page).first()
            or newest.order_by("-first_published_at").first()
        )
    if found is None:
        return None
    return Announcement(
        page_id=found.pk,
        title=found.title,
        summary=found.ringkasan,
        path=path_of(found, office),
        published_at=found.first_published_at,
    )
