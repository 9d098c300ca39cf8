"""When the desk serves."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from home.models import Office


@dataclass(frozen=True)
class ServiceHours:
    """Service hours in words, whether the desk serves now, and where it is."""

    is_open: bool
    label: str
    until: dt.datetime | None
    days: str
    hours: str
    break_hours: str
    address: str
    phone: str

    def as_data(self) -> dict[str, Any]:
        """The hours as JSON has them."""
        return {
            "bagian": "jam-layanan",
            "buka": self.is_open,
            "keterangan": self.label,
            "sampai": self.until.isoformat() if self.until else None,
            "hari_layanan": self.days,
            "jam_layanan": self.hours,
            "jam_istirahat": self.break_hours,
            "alamat": self.address,
            "telepon": self.phone,
        }


def service_hours(office: Office, now: dt.datetime | None = None) -> ServiceHours:
    """The office's hours, and whether it serves at `now` (default the present). No query."""
    state = office.opening_state(now)
    return ServiceHours(
        is_open=state.is_open,
        label=state.label,
        until=state.until,
        days=office.service_days_label,
        hours=office.hours_label,
        break_hours=office.break_label,
        address=office.alamat,
        phone=office.telepon,
    )
