"""Opening state of an office: its hours, its break, its time zone, holidays."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from home.models import Office

JAKARTA = ZoneInfo("Asia/Jakarta")


def office(**fields) -> Office:
    values = {
        "name": "KPU Kota Contoh",
        "level": "kabkota",
        "opens_at": dt.time(9),
        "closes_at": dt.time(15),
        "break_starts_at": dt.time(12),
        "break_ends_at": dt.time(13),
    }
    return Office(**(values | fields))


@pytest.mark.parametrize(
    ("moment", "is_open", "label"),
    [
        ("2024-10-09 09:00", True, "Buka sekarang, sampai 12.00 WIB"),
        ("2024-10-09 11:59", True, "Buka sekarang, sampai 12.00 WIB"),
        ("2024-10-09 12:00", False, "Istirahat sekarang, buka lagi pukul 13.00 WIB"),
        ("2024-10-09 14:59", True, "Buka sekarang, sampai 15.00 WIB"),
        ("2024-10-09 15:00", False, "Tutup sekarang, buka besok pukul 09.00 WIB"),
        ("2024-10-09 08:00", False, "Tutup sekarang, buka lagi pukul 09.00 WIB"),
        # Friday afternoon: Monday comes next.
        ("2024-10-11 16:00", False, "Tutup sekarang, buka Senin pukul 09.00 WIB"),
        # Polling day of 2024, a national holiday on a Wednesday.
        ("2024-11-27 10:00", False, "Tutup sekarang, buka besok pukul 09.00 WIB"),
    ],
)
def test_opening_state(moment, is_open, label):
    now = dt.datetime.fromisoformat(moment).replace(tzinfo=JAKARTA)
    state = office().opening_state(now)
    assert (state.is_open, state.label) == (is_open, label)


def test_an_office_in_the_east_closes_by_its_own_clock():
    # 13.30 in Jakarta is 15.30 in Jayapura.
    now = dt.datetime(2024, 10, 9, 13, 30, tzinfo=JAKARTA)
    assert office().opening_state(now).is_open
    assert not office(time_zone="Asia/Jayapura").opening_state(now).is_open


def test_an_office_without_service_days_is_closed():
    now = dt.datetime(2024, 10, 9, 10, 0, tzinfo=JAKARTA)
    state = office(service_days="").opening_state(now)
    assert (state.is_open, state.label, state.next_opening) == (False, "Tutup sekarang", None)


def test_labels_for_the_page():
    assert office().service_days_label == "Senin–Jumat"
    assert office(service_days="024").service_days_label == "Senin, Rabu, Jumat"
    assert office().hours_label == "09.00–15.00 WIB"
    assert office().break_label == "12.00–13.00"
    assert office(break_starts_at=None, break_ends_at=None).break_label == ""


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"closes_at": dt.time(8)}, "closes_at"),
        ({"break_ends_at": None}, "break_ends_at"),
        ({"break_starts_at": dt.time(8)}, "break_starts_at"),
        ({"parent": Office(name="KPU RI", level="nasional")}, "parent"),
    ],
)
def test_contradictions_are_refused(fields, wrong):
    with pytest.raises(ValidationError) as refusal:
        office(**fields).clean()
    assert wrong in refusal.value.message_dict
