"""From what happens to the figures: reports, downloads, searches, programs, days and zones."""

import datetime as dt

import pytest
import time_machine

from analytics import collecting, rollups, visitors
from analytics.enums import Device, EventKind, Referrer
from analytics.models import (
    DaySalt,
    DocumentDay,
    Event,
    OfficeDay,
    PageDay,
    SourceDay,
)
from analytics.tokens import Mark, mark_of, token_of
from search.query_log import LoggedQuery
from tests import factories
from tests.analytics.reporting import CHROME, GOOGLEBOT, PHONE, count, report

NOON = dt.datetime(2026, 3, 10, 5, tzinfo=dt.UTC)  # noon in Jakarta

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_spool")]


@pytest.fixture
def office():
    return factories.shared_office()


def test_page_carries_a_mark_that_reports_it(client, office):
    page = factories.RegulationPageFactory()
    html = client.get(page.url, headers={"User-Agent": CHROME}).content.decode()
    token = html.split('data-visit="')[1].split('"')[0]
    assert mark_of(token) == Mark(EventKind.VIEW, office.pk, page.pk)
    assert count() == 0  # the page alone is no view: the reader's browser reports it
    response = client.post("/statistik/kunjungan", {"t": token, "r": ""}, headers={"User-Agent": CHROME})
    assert response.status_code == 204
    assert response["Cache-Control"] == "no-store"
    assert count() == 1
    assert PageDay.objects.get().page_id == page.pk


def test_without_javascript_a_picture_reports(client, office):
    page = factories.RegulationPageFactory()
    html = client.get(page.url, headers={"User-Agent": CHROME}).content.decode()
    address = html.split("<noscript><img")[1].split('src="')[1].split('"')[0]
    response = client.get(address.replace("&amp;", "&"), headers={"User-Agent": CHROME})
    assert (response.status_code, response["Content-Type"]) == (200, "image/gif")
    assert count() == 1
    assert Event.objects.get().referrer == Referrer.UNKNOWN


def test_forged_foreign_and_prefetched_reports_are_dropped(client, office):
    good = token_of(Mark(EventKind.VIEW, office.pk, 7))
    for token in (
        "",
        "x",
        "v.1.2.3:abc",
        good[:-1] + "x",
        good.replace("v.", "e.", 1),
        "v." * 500,
        "\x00" * 9,
    ):
        assert (
            client.post("/statistik/kunjungan", {"t": token}, headers={"User-Agent": CHROME}).status_code
            == 204
        )
    report(client, office, **{"Sec-Fetch-Site": "cross-site"})
    report(client, office, **{"Sec-Purpose": "prefetch;prerender"})
    other = token_of(Mark(EventKind.VIEW, office.pk + 1, 7))
    client.post("/statistik/kunjungan", {"t": other}, headers={"User-Agent": CHROME})
    assert count() == 0
    assert client.get("/statistik/kunjungan").status_code == 405


def test_views_and_visitors_of_a_day(client, office):
    with time_machine.travel(NOON, tick=False) as clock:
        for address, agent in (
            ("10.0.0.1", CHROME),
            ("10.0.0.1", CHROME),
            ("10.0.0.2", CHROME),
            ("10.0.0.2", PHONE),
        ):
            report(client, office, address=address, agent=agent, came_from="https://www.google.co.id")
            clock.shift(60)
        count()
    day = OfficeDay.objects.get()
    assert (day.day, day.views, day.visitors) == (dt.date(2026, 3, 10), 4, 3)
    page = PageDay.objects.get()
    assert (page.page_id, page.views, page.visitors) == (7, 4, 3)
    told = {(row.dimension, row.value): row.count for row in SourceDay.objects.all()}
    assert told == {
        ("rujukan", Referrer.SEARCH_ENGINE): 4,
        ("perangkat", Device.COMPUTER): 3,
        ("perangkat", Device.PHONE): 1,
        ("jam", "12"): 4,
    }


def test_the_same_within_a_moment_counts_once(client, office):
    with time_machine.travel(NOON, tick=False) as clock:
        report(client, office)
        clock.shift(2)
        report(client, office)
        collecting.collect()  # also across two rounds of the collector
        report(client, office)
        clock.shift(30)
        report(client, office)
        count()
    assert OfficeDay.objects.get().views == 2


def test_programs_are_counted_apart(client, office):
    page = factories.RegulationPageFactory()
    client.get(page.url, headers={"User-Agent": GOOGLEBOT})
    client.get(page.url, headers={"User-Agent": "curl/8.1"})
    client.get("/tidak-ada/", headers={"User-Agent": GOOGLEBOT})
    report(client, office, agent=GOOGLEBOT)  # one that runs scripts was counted with the page
    count()
    day = OfficeDay.objects.get()
    assert (day.bots, day.views, day.visitors) == (2, 0, 0)
    assert not PageDay.objects.exists()
    assert set(Event.objects.values_list("visitor", "referrer")) == {("", Referrer.UNKNOWN)}


def test_a_search_by_a_program_is_one_page_that_it_fetched(client, office):
    client.get("/cari/", {"q": "pemilih"}, headers={"User-Agent": GOOGLEBOT})
    count()
    day = OfficeDay.objects.get()
    assert (day.bots, day.searches) == (1, 0)


def test_who_wants_no_trace_is_counted_without_any(client, office):
    for headers in ({"DNT": "1"}, {"Sec-GPC": "1"}):
        report(client, office, came_from="https://facebook.com", **headers)
    count()
    assert set(Event.objects.values_list("visitor", "referrer", "device")) == {
        ("", Referrer.UNKNOWN, Device.UNKNOWN)
    }
    day = OfficeDay.objects.get()
    assert (day.views, day.visitors) == (2, 0)


def test_a_download_counts_once_whatever_parts_are_asked_for(client, office):
    document = factories.DocumentFactory(texts=["isi"], office=office)
    factories.RegulationPageFactory(files=[document])
    with time_machine.travel(NOON, tick=False) as clock:
        for headers in ({}, {"Range": "bytes=0-"}, {"Range": "bytes=5-9"}, {"Range": "bytes=0-1"}):
            clock.shift(10)
            client.get(document.url, headers={"User-Agent": CHROME, **headers})
        client.head(document.url, headers={"User-Agent": CHROME})
        client.get(document.url, headers={"User-Agent": CHROME, "If-None-Match": f'"{document.sha256}"'})
        client.get(document.url, headers={"User-Agent": GOOGLEBOT})
        clock.shift(60)
        client.get(document.url, headers={"User-Agent": CHROME})
        client.get(document.url, headers={"User-Agent": PHONE, "Range": "bytes=0-"})
        count()
    row = DocumentDay.objects.get()
    assert (row.document_id, row.downloads, row.downloaders) == (document.pk, 3, 2)
    day = OfficeDay.objects.get()
    assert (day.downloads, day.downloaders, day.bots) == (3, 2, 1)


def test_officers_looking_at_drafts_are_no_downloads(client, office):
    document = factories.DocumentFactory(texts=["isi"], office=office)
    client.force_login(factories.UserFactory(office=office, editor=True))
    assert client.get(document.url, headers={"User-Agent": CHROME}).status_code == 200
    assert count() == 0


def test_searches_are_counted_without_their_words(client, office):
    factories.RegulationPageFactory(title="Keputusan tentang pemilih")
    for words in ("pemilih", "zzzqqqxxx"):
        client.get("/cari/", {"q": words}, headers={"User-Agent": CHROME})
    client.get("/cari/", {"q": "pemilih", "halaman": 2}, headers={"User-Agent": CHROME})
    count()
    day = OfficeDay.objects.get()
    assert (day.searches, day.empty_searches) == (2, 1)
    assert "pemilih" not in str(list(Event.objects.values()))


def test_words_and_searches_of_a_late_evening_are_of_the_same_day(client, office):
    """22.30 in Jakarta is the next day in Jayapura."""
    office.time_zone = "Asia/Jayapura"
    office.save()
    with time_machine.travel(dt.datetime(2026, 3, 10, 15, 30, tzinfo=dt.UTC), tick=False):
        client.get("/cari/", {"q": "pemilih"}, headers={"User-Agent": CHROME})
        collecting.collect()
        rollups.roll_up_stale()
    assert OfficeDay.objects.get(searches=1).day == LoggedQuery.objects.get().day == dt.date(2026, 3, 11)


def test_office_day_begins_at_the_office(client, office):
    """23.30 and 00.30 in Jakarta are two days, although both are the same in UTC."""
    with time_machine.travel(dt.datetime(2026, 3, 10, 16, 30, tzinfo=dt.UTC), tick=False) as clock:
        report(client, office)
        clock.shift(3600)
        report(client, office)
        count()
    assert list(OfficeDay.objects.order_by("day").values_list("day", "views", "visitors")) == [
        (dt.date(2026, 3, 10), 1, 1),
        (dt.date(2026, 3, 11), 1, 1),
    ]
    first, second = Event.objects.order_by("at").values_list("visitor", flat=True)
    assert first != second


def test_another_time_zone_moves_what_is_still_kept(client, office):
    with time_machine.travel(dt.datetime(2026, 3, 10, 16, 30, tzinfo=dt.UTC), tick=False):
        report(client, office)
        count()
        assert OfficeDay.objects.get().day == dt.date(2026, 3, 10)
        office.time_zone = "Asia/Jayapura"
        office.save()
        rollups.roll_up_stale()
        assert OfficeDay.objects.get().day == dt.date(2026, 3, 11)
        assert PageDay.objects.get().day == dt.date(2026, 3, 11)


def test_adding_up_again_changes_nothing(client, office):
    report(client, office)
    count()
    before = [list(model.objects.order_by("pk").values_list()) for model in (OfficeDay, PageDay, SourceDay)]
    rollups.roll_up(office, OfficeDay.objects.get().day)
    after = [list(model.objects.order_by("pk").values_list()) for model in (OfficeDay, PageDay, SourceDay)]
    assert [[row[1:] for row in rows] for rows in after] == [[row[1:] for row in rows] for rows in before]


def test_events_go_after_their_term_and_figures_stay(client, office, settings):
    with time_machine.travel(NOON, tick=False):
        report(client, office)
        collecting.collect()  # not yet added up
    with time_machine.travel(NOON + dt.timedelta(days=settings.ANALYTICS_KEEP_DAYS - 2), tick=False):
        rollups.forget_old_events()
        assert Event.objects.count() == 1
    with time_machine.travel(NOON + dt.timedelta(days=settings.ANALYTICS_KEEP_DAYS + 3), tick=False):
        rollups.forget_old_events()
        assert not Event.objects.exists()
        collecting.mark_stale([(office.pk, dt.date(2026, 3, 10))])
        rollups.roll_up_stale()
    assert OfficeDay.objects.get().views == 1


def test_salts_are_destroyed_when_their_day_is_over(client, office):
    with time_machine.travel(NOON, tick=False):
        report(client, office)
        rollups.forget_old_events()
        assert DaySalt.objects.count() == 1
    midnight = dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)  # in Jakarta, where the day ends last
    with time_machine.travel(
        midnight - dt.timedelta(minutes=1), tick=False
    ):  # already the next day in Jayapura
        rollups.forget_old_events()
        assert visitors.salt_of(dt.date(2026, 3, 10)) == bytes(DaySalt.objects.get().salt)
    with time_machine.travel(midnight, tick=False):
        rollups.forget_old_events()
        assert not DaySalt.objects.exists()
        assert visitors.salt_of(dt.date(2026, 3, 11))
        assert set(visitors._salts) == {dt.date(2026, 3, 11)}


def test_nothing_stored_names_anybody(client, office, settings):
    report(
        client,
        office,
        address="203.0.113.77",
        came_from="https://situs.example/surat?nama=budi",
        Cookie="a=rahasia",
    )
    waiting = b"".join(path.read_bytes() for path in settings.ANALYTICS_SPOOL.iterdir())
    collecting.collect()
    stored = str(list(Event.objects.values()))
    for text in ("203.0.113.77", "budi", "situs.example", "rahasia", "Chrome"):
        assert text not in stored
        assert text.encode() not in waiting
    assert not any(cookie for cookie in client.cookies)


def test_visitor_behind_our_proxy_is_told_by_the_last_address_alone(rf, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    forged = rf.get("/", headers={"X-Forwarded-For": "1.2.3.4, 198.51.100.9"}, REMOTE_ADDR="172.18.0.2")
    assert visitors.client_address(forged) == "198.51.100.9"
    settings.TRUSTED_PROXY_COUNT = 0
    assert visitors.client_address(forged) == "172.18.0.2"


def test_a_page_view_costs_no_query_but_the_salt_of_the_day(client, office, django_assert_num_queries):
    report(client, office)
    with django_assert_num_queries(0):
        report(client, office)
