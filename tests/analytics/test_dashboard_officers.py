"""Statistik in the admin: whose figures, words, programs, single events, names of what is not public."""

import datetime as dt
import json
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from analytics.enums import EventKind, Referrer
from analytics.models import Event
from home.enums import Role
from search.query_log import log_query
from tests import factories
from tests.analytics.usage import NOON, TODAY, document_day, office_day, page_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def offices():
    """The province, a city below it, and another office."""
    province = factories.OfficeFactory(province=True)
    city = factories.OfficeFactory(kode_wilayah="3671", name="KPU Kota Tangerang", parent=province)
    stranger = factories.OfficeFactory(kode_wilayah="3171", name="KPU Jakarta Pusat")
    for office, visitors in ((province, 1), (city, 10), (stranger, 100)):
        office_day(office, TODAY, visitors=visitors, bots=900 + visitors)
    return SimpleNamespace(province=province, city=city, stranger=stranger)


def figures(client, query="") -> dict[str, str]:
    html = client.get(f"/admin/statistik/?{query}").content.decode()
    found = {}
    for box in BeautifulSoup(html, "html.parser").select(".dash-figure"):
        label = box.b.next_sibling.strip()
        found.setdefault(label, box.b.get_text(" ", strip=True).split(" ")[0])
    return found


def rows(client, name, query="") -> list[dict]:
    response = client.get(f"/admin/statistik/{name}/?{query}&format=json")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return json.loads(response.content)["baris"]


def test_only_for_people_of_an_office(client, offices):
    assert client.get("/admin/statistik/").status_code == 302
    client.force_login(factories.UserFactory())
    assert client.get("/admin/statistik/").status_code == 302


def test_own_office_and_those_below_never_others(client, offices):
    city, stranger = offices.city, offices.stranger
    client.force_login(factories.UserFactory(role="editor", office=city))
    assert figures(client)["kunjungan harian"] == "10"
    for code in (offices.province.kode_wilayah, stranger.kode_wilayah, "semua", "0", "²"):
        assert figures(client, f"kantor={code}")["kunjungan harian"] == "10"
    client.force_login(factories.UserFactory(role="ppid", office=offices.province))
    assert figures(client)["kunjungan harian"] == "1"
    assert figures(client, "kantor=3671")["kunjungan harian"] == "10"
    assert figures(client, "kantor=3171")["kunjungan harian"] == "1"
    assert figures(client, "kantor=semua")["kunjungan harian"] == "11"
    assert {row["kode"] for row in rows(client, "kantor", "kantor=semua")} == {"36", "3671"}
    client.force_login(factories.UserFactory(superuser=True))
    assert figures(client, "kantor=semua")["kunjungan harian"] == "111"


def test_programs_and_words_are_told(client, offices):
    city, stranger = offices.city, offices.stranger
    for text, total, office in (("dpt", 3, city), ("kpps", 0, city), ("orang lain", 0, stranger)):
        log_query(text, total, office.pk)
    client.force_login(factories.UserFactory(role="editor", office=city))
    assert figures(client)["kunjungan bot"] == "910"
    assert [row["kata"] for row in rows(client, "kata")] == ["dpt", "kpps"]
    assert [row["kata"] for row in rows(client, "kata-tanpa-hasil")] == ["kpps"]
    html = client.get("/admin/statistik/").content.decode()
    assert "kpps" in html
    assert "orang lain" not in html


def test_single_events_of_a_day_without_visitor_keys(client, offices):
    city = offices.city
    page = factories.ProfilePageFactory(office=city, title="Visi kota")
    kinds = {"office_id": city.pk, "referrer": Referrer.SOCIAL, "visitor": "a1b2c3d4e5f60718"}
    Event.objects.create(kind=EventKind.VIEW, at=NOON, page_id=page.pk, **kinds)
    Event.objects.create(kind=EventKind.SEARCH, at=NOON - dt.timedelta(hours=1), is_empty=True, **kinds)
    Event.objects.create(kind=EventKind.VIEW, at=NOON - dt.timedelta(days=1), **kinds)
    client.force_login(factories.UserFactory(role="editor", office=city))
    found = rows(client, "kejadian", f"hari={TODAY}")
    assert [(row["waktu"], row["yang_dibuka"]) for row in found] == [
        ("12.00", "Visi kota"),
        ("11.00", "tanpa hasil"),
    ]
    html = client.get(f"/admin/statistik/kejadian/?hari={TODAY}").content.decode()
    assert "a1b2c3d4" not in html
    for odd in ("x", "²", "0001-01-01", "9999-12-31"):
        assert client.get("/admin/statistik/kejadian/", {"hari": odd}).status_code == 200


def test_own_drafts_are_named_and_those_of_others_not(client, offices):
    city, stranger = offices.city, offices.stranger
    for office, word in ((city, "sendiri"), (stranger, "asing")):
        document = factories.DocumentFactory(office=office, title=f"Berkas {word}")
        page = factories.RegulationPageFactory(
            office=office, draft=True, title=f"Draf {word}", files=[document]
        )
        page_day(city, TODAY, page)
        document_day(city, TODAY, document)
        if word == "asing":
            hidden = document, page
    client.force_login(factories.UserFactory(role="editor", office=city))
    assert [row["halaman"] for row in rows(client, "halaman")] == ["Draf sendiri"]
    assert [row["berkas"] for row in rows(client, "unduhan")] == ["Berkas sendiri"]
    document, page = hidden
    assert client.get(f"/admin/statistik/unduhan/{document.pk}/").status_code == 404
    assert client.get(f"/admin/statistik/halaman/{page.pk}/").status_code == 404


def test_officers_see_the_trend_and_sources_of_a_file_that_is_not_public(client, offices):
    city = offices.city
    document = factories.DocumentFactory(office=city, title="Berkas kerja")
    office_day(city, dt.date(2024, 12, 31))
    document_day(city, dt.date(2026, 2, 3), document, downloads=6, from_social=6)
    document_day(city, dt.date(2025, 2, 3), document, downloads=4)
    client.force_login(factories.UserFactory(role="editor", office=city))
    page = BeautifulSoup(client.get(f"/admin/statistik/unduhan/{document.pk}/").content, "html.parser")
    text = page.select_one("main").get_text(" ", strip=True)
    assert "naik 50% dari 4" in text
    assert "Media sosial dan pesan: 6 (100%)" in text
    assert client.get(page.select_one("figure img")["src"]).status_code == 200
    february = page.select("figure tbody tr")[1]
    assert [cell.text for cell in february.find_all("td")] == ["Februari 2026", "6"]
    assert client.get(february.a["href"]).status_code == 200


@pytest.mark.parametrize("role", [Role.DESK, Role.SUPERIOR])
def test_who_may_open_no_drafts_is_not_told_their_names(client, offices, role):
    city = offices.city
    document = factories.DocumentFactory(office=city, title="Berkas rahasia")
    draft = factories.RegulationPageFactory(office=city, draft=True, title="Draf rahasia", files=[document])
    page_day(city, TODAY, draft)
    document_day(city, TODAY, document)
    Event.objects.create(kind=EventKind.VIEW, at=NOON, office_id=city.pk, page_id=draft.pk)
    Event.objects.create(kind=EventKind.DOWNLOAD, at=NOON, office_id=city.pk, document_id=document.pk)
    client.force_login(factories.UserFactory(role=role, office=city))
    assert rows(client, "halaman") == rows(client, "unduhan") == []
    assert {row["yang_dibuka"] for row in rows(client, "kejadian", f"hari={TODAY}")} == {
        "halaman yang tidak terbuka untuk umum",
        "berkas yang tidak terbuka untuk umum",
    }
    for path in (f"unduhan/{document.pk}", f"halaman/{draft.pk}"):
        assert client.get(f"/admin/statistik/{path}/").status_code == 404


def test_every_link_and_chart_of_the_page_answers(client, offices):
    city = offices.city
    document = factories.DocumentFactory(office=city)
    page = factories.RegulationPageFactory(office=city, files=[document])
    page_day(city, TODAY, page)
    document_day(city, TODAY, document)
    client.force_login(factories.UserFactory(role="editor", office=city))
    soup = BeautifulSoup(client.get(reverse("eppid_statistics")).content, "html.parser")
    links = {tag["href"] for tag in soup.select("a[href^='/admin/statistik/']")}
    links |= {tag["src"] for tag in soup.select("figure img")}
    assert len(links) > 25
    for link in sorted(links):
        assert client.get(link).status_code == 200, link
    assert (
        "Statistik" in {tag.get_text(strip=True) for tag in soup.select("li")}
        or "Statistik" in soup.get_text()
    )


def test_odd_period_gets_a_sentence(client, offices):
    client.force_login(factories.UserFactory(role="editor", office=offices.city))
    response = client.get("/admin/statistik/?tahun=9999999")
    assert "tidak dapat dibaca" in response.content.decode()
    assert client.get("/admin/statistik/harian/?tahun=0&format=csv").status_code == 400
