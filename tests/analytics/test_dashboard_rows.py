"""Numbers of several offices, of one file and of words lead to the rows that they were added up from."""

import datetime as dt
import json
from urllib.parse import urlsplit

import pytest
import time_machine
from bs4 import BeautifulSoup

from analytics.dashboard.tables import percent
from analytics.models import ServiceTotals
from search.query_log import log_query
from tests import factories
from tests.analytics.usage import NOON, TODAY, document_day, office_day, source_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def offices():
    """A province and a city below it, each with one day."""
    province = factories.OfficeFactory(province=True)
    city = factories.OfficeFactory(kode_wilayah="3671", name="KPU Kota Tangerang", parent=province)
    office_day(province, TODAY, visitors=10)
    office_day(city, TODAY, visitors=100)
    return province, city


def follow(client, url: str, office):
    """What stands at a link of the page of an office, on whichever host it leads to."""
    parts = urlsplit(url)
    host = parts.hostname or office.site.hostname
    response = client.get(f"{parts.path}?{parts.query}", headers={"host": host})
    assert response.status_code == 200, url
    return response


def links(response, column: int) -> list[str]:
    """Addresses of a column's numbers, row by row."""
    rows = BeautifulSoup(response.content, "html.parser").select(".list-table tbody tr, .table-box tbody tr")
    return [row.find_all("td")[column].a["href"] for row in rows]


def data(client, url: str, office) -> list[dict]:
    return json.loads(follow(client, f"{url}&format=json", office).content)["baris"]


def test_a_day_of_several_offices_leads_to_each_and_on_to_its_own_site(client, offices):
    province, city = offices
    page = BeautifulSoup(follow(client, "/statistik/?tingkat=provinsi", city).content, "html.parser")
    assert page.find("a", string="Semua kantor")["href"].startswith("/statistik/kantor/?")
    [day] = links(follow(client, "/statistik/harian/?tingkat=provinsi", city), 1)
    by_office = data(client, day, city)
    assert [(row["kode"], row["kunjungan_harian"]) for row in by_office] == [("3671", 100), ("36", 10)]
    first, second = links(follow(client, day, city), 2)
    assert first.startswith("/statistik/harian/?")
    assert second.startswith(f"{province.site.root_url}/statistik/harian/?")
    assert [row["kunjungan_harian"] for row in data(client, second, city)] == [10]


def test_officers_stay_in_the_admin(client, offices):
    client.force_login(factories.UserFactory(role="ppid", office=offices[0]))
    found = links(client.get("/admin/statistik/kantor/?kantor=semua"), 2)
    assert [urlsplit(url).path for url in found] == ["/admin/statistik/harian/"] * 2
    rows = [json.loads(client.get(f"{url}&format=json").content)["baris"] for url in found]
    assert [row["kunjungan_harian"] for [row] in rows] == [100, 10]


def test_counts_by_source_say_of_which_office_they_are(client, offices):
    province, city = offices
    source_days(province, TODAY, views=1)
    source_days(city, TODAY, views=2)
    rows = data(client, "/statistik/asal-harian/?tingkat=provinsi&menurut=perangkat", city)
    assert {(row["kantor"], row["jumlah"]) for row in rows} == {(province.name, 1), (city.name, 2)}


def test_service_figures_of_several_offices_lead_to_each(client, offices):
    province, city = offices
    for office, requests in ((province, 4), (city, 15)):
        ServiceTotals.objects.create(
            office=office,
            year=2025,
            requests=requests,
            applicants=requests,
            by_decision={"dikabulkan": requests},
        )
    url = "/statistik/layanan/?tahun=2025&tingkat=provinsi"
    assert data(client, url, city)[0] == {
        "menurut": "Jumlah",
        "nilai": "Permohonan",
        "jumlah": 19,
        "dasar": "UU 14/2008 Pasal 12 huruf a: jumlah permintaan yang diterima",
    }
    by_office = links(follow(client, url, city), 2)[0]
    assert [(row["kode"], row["permohonan"]) for row in data(client, by_office, city)] == [
        ("3671", 15),
        ("36", 4),
    ]
    own = links(follow(client, by_office, city), 2)[1]
    assert data(client, own, city)[0]["jumlah"] == 4
    alone = BeautifulSoup(follow(client, "/statistik/layanan/?tahun=2025", city).content, "html.parser")
    assert not alone.select("tbody a")


def test_a_files_chart_stands_beside_its_months_and_these_lead_to_days(client):
    office = factories.shared_office()
    factories.RegulationPageFactory(files=[document := factories.DocumentFactory(office=office)])
    document_day(office, dt.date(2026, 2, 3), document, downloads=4)
    document_day(office, dt.date(2025, 2, 3), document, downloads=9)
    page = BeautifulSoup(follow(client, f"/statistik/unduhan/{document.pk}/?", office).content, "html.parser")
    rows = page.select("figure.chart tbody tr")
    assert [row.find_all("td")[1].text for row in rows] == ["0", "4", "0", "0", "0"]
    [february] = data(client, rows[1].a["href"], office)
    assert (february["tanggal"], february["unduhan"]) == ("2026-02-03", 4)
    ever = next(card.a["href"] for card in page.select("li.card") if "sejak dihitung" in card.text)
    assert sum(row["unduhan"] for row in data(client, ever, office)) == 13


def test_words_lead_to_their_days(client, offices):
    _, city = offices
    for when, total in ((NOON - dt.timedelta(days=3), 0), (NOON, 2), (NOON, 2)):
        with time_machine.travel(when, tick=False):
            log_query("form c1 & lampiran", total, city.pk)
    client.force_login(factories.UserFactory(role="editor", office=city))
    for name, expected in (
        ("kata", [("2026-05-20", 2), ("2026-05-17", 1)]),
        ("kata-tanpa-hasil", [("2026-05-17", 1)]),
    ):
        [url] = links(client.get(f"/admin/statistik/{name}/"), 1)
        rows = json.loads(client.get(f"{url}&format=json").content)["baris"]
        assert [(row["tanggal"], row["kali"]) for row in rows] == expected
    assert (
        client.get("/statistik/kata-harian/?kata=form", headers={"host": city.site.hostname}).status_code
        == 404
    )
    for odd in ("", "%00", "x" * 5000, "%27%22%3Cb%3E"):
        assert client.get(f"/admin/statistik/kata-harian/?kata={odd}").status_code == 200


def test_single_events_say_of_which_day_they_are(client, offices):
    client.force_login(factories.UserFactory(role="editor", office=offices[1]))
    page = client.get("/admin/statistik/kejadian/?hari=2026-05-19").content.decode()
    assert "Kejadian 19 Mei 2026" in page
    assert '<input type="hidden" name="hari" value="2026-05-19">' in page


def test_an_unknown_office_is_said_and_gives_no_data(client, offices):
    client.force_login(factories.UserFactory(role="editor", office=offices[1]))
    page = client.get("/admin/statistik/?kantor=3171").content.decode()
    assert "Kantor yang diminta tidak dikenal, atau bukan kantor Anda." in page
    assert client.get("/admin/statistik/harian/?kantor=3171&format=csv").status_code == 400


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.996, "lebih dari 99%"), (1.0, "100%"), (0.99, "99%"), (0.004, "kurang dari 1%"), (0.0, "0%")],
)
def test_nearly_all_is_not_all(share, words):
    assert percent(share) == words
