"""Dates on an office's site are the office's."""

import copy
import datetime as dt
import pickle
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from home.enums import TimeZone
from home.office_time import OfficeZone
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
EVENING = dt.datetime(
    2026, 3, 1, 16, 30, tzinfo=dt.UTC
)  # 23.30 in Jakarta, 01.30 of the next day in Jayapura


@pytest.fixture
def jayapura():
    """An office far in the east, beside one in the west that answers on every other host."""
    factories.shared_office()
    office = factories.OfficeFactory(name="KPU Kota Jayapura")
    office.time_zone = TimeZone.WIT
    office.save()
    return office


@pytest.mark.parametrize(("is_east", "date"), [(True, "2 Maret 2026"), (False, "1 Maret 2026")])
def test_an_announcement_has_the_date_of_its_office(client, jayapura, is_east, date):
    office = jayapura if is_east else factories.shared_office()
    page = factories.AnnouncementPageFactory(office=office)
    Page.objects.filter(pk=page.pk).update(first_published_at=EVENING)
    answer = client.get(page.get_url_parts()[2], headers={"host": office.site.hostname})
    assert f">{date}</time>" in answer.content.decode()
    assert timezone.get_current_timezone_name() == "Asia/Jakarta"  # and nothing of it stays


def test_without_a_date_nobody_asks_which_office_it_is(rf, jayapura):
    with CaptureQueriesContext(connection) as queries, timezone.override(OfficeZone(rf.get("/"))):
        pass
    assert not queries.captured_queries


def test_the_zone_is_known_to_the_database_and_can_be_kept(rf, jayapura):
    zone = OfficeZone(rf.get("/", headers={"host": jayapura.site.hostname}))
    assert str(zone) == "Asia/Jayapura"
    with timezone.override(zone), time_machine.travel(EVENING, tick=False):
        assert timezone.get_current_timezone_name() == "Asia/Jayapura"
        assert timezone.localdate() == dt.date(2026, 3, 2)
        assert timezone.localtime().hour == 1
        made = timezone.make_aware(dt.datetime(2026, 3, 2, 1, 30))
        assert made == EVENING
        kept = pickle.loads(pickle.dumps(copy.deepcopy(made)))
    assert (kept, kept.tzinfo) == (EVENING, ZoneInfo("Asia/Jayapura"))


def test_a_site_of_no_office_keeps_the_sites_time(rf):
    assert str(OfficeZone(rf.get("/", headers={"host": "lain.contoh.id"}))) == "Asia/Jakarta"
