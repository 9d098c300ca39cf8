"""Choosing a period and a level: what the form offers and keeps, what is said of a question that makes no sense."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from analytics.periods import Period, from_params
from catalogue.models import DIPEntryPage
from tests import factories
from tests.analytics.usage import TODAY, document_day, office_day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def office():
    return factories.shared_office()


def soup(client, url, **extra):
    response = client.get(url, **extra)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def test_a_mean_is_over_months_that_were_counted_from_their_first_day(client, office):
    office_day(office, dt.date(2026, 2, 14), visitors=50)  # counting began in the middle of February
    for month in (3, 4):
        office_day(office, dt.date(2026, month, 3), visitors=100)
    page = soup(client, "/statistik/")
    assert "rata-rata 100 sebulan" in page.get_text()
    response = client.get("/statistik/bulanan/?format=json").json()
    whole = {row["bulan"]: row["bulan_penuh"] for row in response["baris"]}
    assert whole == {
        "2026-01": "tidak",
        "2026-02": "tidak",
        "2026-03": "ya",
        "2026-04": "ya",
        "2026-05": "tidak",
    }
    assert "sebulan" not in soup(client, "/statistik/?bulan=2026-03").get_text()  # a month is its own mean
    table = soup(client, "/statistik/bulanan/").table
    assert table.tfoot.td.text == "Rata-rata 2 bulan penuh"
    assert "Februari 2026 (belum dihitung penuh)" in table.text
    assert "Mei 2026 (belum penuh)" in table.text


def test_a_mean_of_uploads_is_over_months_since_the_first(client, office):
    assert client.get("/statistik/unggahan-bulanan/").status_code == 200  # none at all
    for day in (20, 1, 2, 3):  # 20 January, then three in March
        entry = factories.DIPEntryPageFactory(klasifikasi="berkala")
        month = 1 if day == 20 else 3
        at = dt.datetime(2026, month, day, 5, tzinfo=dt.UTC)
        DIPEntryPage.objects.filter(pk=entry.pk).update(first_published_at=at)
    means = [cell.text for cell in soup(client, "/statistik/unggahan-bulanan/").select("tfoot td")]
    assert means == ["Rata-rata 3 bulan penuh", "1", "0", "0", "0", "0", "1"]
    april = soup(client, "/statistik/unggahan-bulanan/?bulan=2026-04").select("tfoot td")
    assert [cell.text for cell in april][-1] == "0"  # there were some before, and none in April


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("tahun=2026&bulan=12", "belum tiba"),
        ("dari=2026-06-01", "belum tiba"),
        ("tahun=2031", "belum tiba"),
        ("tahun=2009", "sebelum 2010"),
        ("dari=2010-01-01&sampai=2026-01-01", "lebih panjang dari sepuluh tahun"),
        ("dari=2026-02-30", "tidak dapat dibaca"),
    ],
)
def test_the_sentence_says_what_is_wrong(client, office, query, sentence):
    note = soup(client, f"/statistik/?{query}").select_one(".note--warn").get_text(" ", strip=True)
    assert sentence in note
    assert f"Yang tampil: {office.name}, 2026" in note
    refused = client.get(f"/statistik/harian/?{query}&format=json").json()["kesalahan"]
    assert sentence in refused
    assert "tampil" not in refused  # a program is shown nothing


@pytest.mark.parametrize("path", ["/statistik/", "/statistik/harian/"])
def test_what_was_typed_stays_in_the_form(client, office, path):
    office_day(office, dt.date(2025, 1, 1))
    form = soup(client, f"{path}?tahun=2025&bulan=7&dari=2026-06-01&sampai=2026-07-01").select_one(
        "form.period"
    )
    assert form.select_one("#dari")["value"] == "2026-06-01"
    assert form.select_one("#sampai")["value"] == "2026-07-01"
    assert form.select_one("#tahun option[selected]")["value"] == "2025"
    assert form.select_one("#bulan option[selected]")["value"] == "7"
    assert form.find_parent("details") is None or form.find_parent("details").has_attr("open")
    odd = soup(client, f"{path}?tahun=x&bulan=99&dari=%22%3E%3Cb%3E&sampai=%00").select_one("form.period")
    assert odd.select_one("#tahun option[selected]")["value"] == "2026"
    assert not odd.select("b")


def test_officers_keep_what_they_typed(client, office):
    client.force_login(factories.UserFactory(role="editor", office=office))
    form = soup(client, "/admin/statistik/?dari=2026-06-01&sampai=2026-07-01").select_one("form.list-filters")
    assert form.select_one("[name=dari]")["value"] == "2026-06-01"


def test_a_table_lets_another_period_be_chosen_and_stays_narrowed(client, office):
    factories.RegulationPageFactory(files=[document := factories.DocumentFactory(office=office)])
    document_day(office, TODAY, document)
    for path in ("unggahan/?jenis=berkala", f"unduhan/{document.pk}/?", "harian/?"):
        form = soup(client, f"/statistik/{path}&tahun=2026").select_one("form.period")
        assert form["action"] == f"/statistik/{path.split('?')[0]}"
        kept = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
        assert kept == ({"jenis": "berkala"} if "jenis" in path else {})


def test_kpu_ri_stands_in_no_province(client):
    country = factories.OfficeFactory(national=True)
    host = {"headers": {"host": country.site.hostname}}
    levels = [option["value"] for option in soup(client, "/statistik/", **host).select("#tingkat option")]
    assert levels == ["kantor", "nasional"]
    page = soup(client, "/statistik/?tingkat=provinsi", **host)
    assert f"{country.name} tidak berada di bawah satu provinsi." in page.get_text()
    assert client.get("/statistik/harian/?tingkat=provinsi&format=csv", **host).status_code == 400


def test_one_day_is_said_once():
    assert Period(TODAY, TODAY).label == "20 Mei 2026"


def test_a_range_that_runs_on_is_told_up_to_today():
    period = from_params({"dari": "2026-05-01", "sampai": "9999-12-31"}, TODAY)
    assert (period.first, period.last, period.problem) == (dt.date(2026, 5, 1), TODAY, "")
