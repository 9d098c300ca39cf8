"""Lists: the same entries in the same order as the HTML listing, cut into parts that lead to each other."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.enums import RelationType
from catalogue.models import RegulationRelation
from tests import factories
from tests.factories import (
    AnnouncementPageFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OpenDatasetPageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
    WorkUnitFactory,
)

pytestmark = pytest.mark.postgres

# Address of the list, its HTML page, and what makes an entry of it.
LISTS = [
    ("regulations", "/regulasi/", RegulationPageFactory),
    ("dip", "/dip/", DIPEntryPageFactory),
    ("exempted", "/informasi-dikecualikan/", ExemptedInformationPageFactory),
    ("reports", "/laporan/", ServiceReportPageFactory),
    ("datasets", "/data-terbuka/", OpenDatasetPageFactory),
    ("sop", "/sop/", SOPPageFactory),
    ("announcements", "/pengumuman/", AnnouncementPageFactory),
]


def titles_in_html(client, path: str, titles: list[str], **parameters) -> list[str]:
    """The given titles in the order in which the HTML listing links them."""
    html = client.get(path, parameters).content.decode()
    linked = re.findall(r"<a href=\"[^\"]+\">\s*([^<]+?)\s*</a>", html)
    return [title for title in linked if title in titles]


@pytest.mark.parametrize(("address", "html", "factory"), LISTS)
def test_a_list_shows_what_its_page_shows_in_the_same_order(client, read, address, html, factory):
    pages = [factory(quick=True) for _ in range(3)]
    factory(draft=True)
    shown = read(address)
    assert shown["total"] == 3
    names = [entry["judul"] for entry in shown["data"]]
    assert sorted(names) == sorted(page.title for page in pages)
    assert names == titles_in_html(client, html, names)


@pytest.mark.parametrize(("address", "html", "factory"), LISTS)
def test_queries_do_not_grow_with_the_list(get, address, html, factory):
    def entry():
        if factory is SOPPageFactory:
            return factory(quick=True, document=DocumentFactory())
        takes_files = factory not in (AnnouncementPageFactory, ExemptedInformationPageFactory)
        return factory(quick=True, **({"files": [DocumentFactory()]} if takes_files else {}))

    entry()
    get(address)  # what a process looks up once
    with CaptureQueriesContext(connection) as one:
        assert get(address).json()["total"] == 1
    for _ in range(4):
        entry()
    with CaptureQueriesContext(connection) as five:
        assert len(get(address).json()["data"]) == 5
    assert len(five) == len(one)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"jenis": "pkpu"},
        {"tahun": "2021"},
        {"tahun": "2021", "jenis": "keputusan-kpu-kabkota"},
        {"status": "dicabut"},
        {"status": "berlaku", "urut": "judul"},
        {"urut": "terlama"},
        {"unit": "hukum"},
    ],
)
def test_filters_and_order_equal_the_html_listing(client, read, parameters):
    law, data = WorkUnitFactory(name="Subbagian Hukum"), WorkUnitFactory(name="Subbagian Data")
    old = RegulationPageFactory(nomor="1 Tahun 2015", tanggal_penetapan=dt.date(2015, 1, 30), unit_kerja=data)
    new = RegulationPageFactory(nomor="22 Tahun 2023", unit_kerja=law)
    RegulationRelation.objects.create(source=new, target=old, jenis=RelationType.REVOKES)
    for number in (7, 8):
        RegulationPageFactory(
            title=f"Keputusan Nomor {number}",
            nomor=f"{number}/HK.03.1/3673/2021",
            jenis="keputusan-kpu-kabkota",
            tanggal_penetapan=dt.date(2021, 3, number),
            unit_kerja=law,
        )
    if "unit" in parameters:
        parameters = {"unit": str(law.pk)}
    names = [entry["judul"] for entry in read("regulations", **parameters)["data"]]
    everything = [entry["judul"] for entry in read("regulations")["data"]]
    assert len(everything) == 4
    assert names == titles_in_html(client, "/regulasi/", everything, **parameters)
    assert names


def test_dip_is_filtered_by_class_and_ordered_by_number(client, read):
    for number, kind in (("10", "berkala"), ("2", "berkala"), ("1", "setiap_saat")):
        DIPEntryPageFactory(title=f"{kind} {number}", nomor=number, klasifikasi=kind, quick=True)
    assert [entry["nomor"] for entry in read("dip", klasifikasi="berkala")["data"]] == ["2", "10"]
    everything = [entry["judul"] for entry in read("dip")["data"]]
    assert everything == titles_in_html(client, "/dip/", everything)
    in_class = [entry["judul"] for entry in read("dip", klasifikasi="berkala")["data"]]
    assert in_class == titles_in_html(client, "/dip/berkala/", everything)


def test_a_year_or_type_that_nothing_has_is_an_empty_list(read):
    RegulationPageFactory(quick=True)
    assert read("regulations", tahun=2031)["data"] == []
    assert read("regulations", jenis="uu")["total"] == 0


def test_parts_lead_to_each_other_and_cover_the_list(get, client):
    numbers = {f"{number} Tahun 2022" for number in range(1, 8)}
    for number in numbers:
        RegulationPageFactory(nomor=number, quick=True)
    seen, response = [], get("regulations", ukuran=3, jenis="pkpu")
    while True:
        body = response.json()
        assert (body["total"], body["ukuran"], body["jumlah_halaman"]) == (7, 3, 3)
        seen += [entry["nomor"] for entry in body["data"]]
        if not body["berikutnya"]:
            break
        assert body["berikutnya"] in response["Link"]
        assert "jenis=pkpu" in body["berikutnya"]
        following = client.get(body["berikutnya"])
        assert following.json()["sebelumnya"] is not None
        response = following
    assert len(seen) == 7
    assert set(seen) == numbers


def test_beyond_the_end_is_empty_and_leads_back(read):
    RegulationPageFactory(quick=True)
    body = read("regulations", halaman=99)
    assert body["data"] == []
    assert body["total"] == 1
    assert body["sebelumnya"].endswith("halaman=1")
    assert body["berikutnya"] is None


def test_an_office_shows_only_its_own_entries(client, read, office):
    RegulationPageFactory(title="Milik Serang", quick=True)
    other = factories.OfficeFactory(province=True)
    page = RegulationPageFactory(title="Milik Banten", office=other, quick=True)
    assert [entry["judul"] for entry in read("regulations")["data"]] == ["Milik Serang"]
    body = client.get("/api/v1/regulations", headers={"host": other.site.hostname}).json()
    assert [entry["judul"] for entry in body["data"]] == ["Milik Banten"]
    assert body["data"][0]["api_url"].startswith(f"http://{other.site.hostname}/api/v1/regulations/")
    assert client.get(f"/api/v1/regulations/{page.pk}").status_code == 404
    assert (
        client.get(f"/api/v1/regulations/{page.pk}", headers={"host": other.site.hostname}).status_code == 200
    )


@pytest.mark.parametrize(("address", "html", "factory"), LISTS)
def test_the_list_of_an_unpublished_section_is_not_there(get, office, address, html, factory):
    page = factory(quick=True)
    section = page.get_parent().specific
    assert get(address).status_code == 200
    section.unpublish()
    assert get(address).status_code == 404
