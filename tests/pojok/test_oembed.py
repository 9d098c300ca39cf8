"""oEmbed: which addresses are shown in which frame, and what other programs are told."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from wagtail.embeds.embeds import get_embed
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders import get_finders

from documents.verification.recording import record
from documents.verification.withdrawing import withdraw_version
from pojok.embeds.addresses import found_at
from tests import factories
from tests.factories import State

HOST = "http://testserver"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    return factories.DocumentFactory(office=office, title="Rekapitulasi & DPT", texts=["Satu", "Dua"])


@pytest.fixture
def entry(document):
    page = factories.RegulationPageFactory(files=[document])
    record([document.pk])
    return page


def ask(client, url, **params):
    return client.get("/oembed", {"url": url, **params})


def framed(response) -> str:
    """The path and query that the answer frames."""
    address = urlsplit(unescape(re.search('src="([^"]+)"', response.json()["html"]).group(1)))
    return f"{address.path}?{address.query}".rstrip("?")


def test_what_each_address_is_shown_as(client, entry, document):
    sop_file = factories.DocumentFactory(office=factories.shared_office(), texts=["x"])
    sop = factories.SOPPageFactory(document=sop_file)
    part = f"/pojok/embed/dokumen/{document.pk}/"
    expected = {
        "/": "/pojok/embed/terbaru/",
        "": "/pojok/embed/terbaru/",
        "/regulasi/": "/pojok/embed/terbaru/?kelas=regulasi",
        "/dip/": "/pojok/embed/terbaru/",
        "/dip/serta-merta/": "/pojok/embed/terbaru/?kelas=serta_merta",
        "/cari/?q=pemilih": "/pojok/embed/cari/",
        "/statistik/?tahun=2025": "/pojok/embed/angka/",
        entry.url: part,
        entry.url.rstrip("/"): part,
        sop.url: f"/pojok/embed/dokumen/{sop_file.pk}/",
        f"/dokumen/{document.pk}/": part,
        f"{document.url}#page=2": f"{part}?halaman=2",
        f"/dokumen/{document.pk}/teks/#halaman-2": f"{part}?halaman=2",
        f"/dokumen/{document.pk}/teks/?halaman=2": f"{part}?halaman=2",
        f"{part}?tema=gelap&jumlah=3&warna=zzz": f"{part}?tema=gelap",
        "/pojok/embed/terbaru/?jumlah=99&kelas=x": "/pojok/embed/terbaru/?jumlah=20",
        "/pojok/embed/grafik/unduhan/": "/pojok/embed/grafik/unduhan/",
    }
    for url, path in expected.items():
        response = ask(client, HOST + url)
        assert response.status_code == 200, url
        assert framed(response) == path, url


def test_what_is_told(client, entry, document):
    response = ask(client, HOST + entry.url)
    data = response.json()
    assert (data["version"], data["type"], data["title"]) == ("1.0", "rich", "Rekapitulasi & DPT")
    assert data["provider_name"] == "e-PPID KPU Kota Serang"
    assert data["provider_url"] == f"{HOST}/"
    assert 'title="Rekapitulasi &amp; DPT"' in data["html"]
    assert "style=" not in data["html"]
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_sizes_are_held(client, entry):
    for params, width, height in (
        ({}, 640, 680),
        ({"maxwidth": "320", "maxheight": "200"}, 320, 200),
        ({"maxwidth": "5000", "maxheight": "5000"}, 640, 680),
        ({"maxwidth": "-1", "maxheight": "abc"}, 640, 680),
        ({"maxwidth": "9" * 5000, "maxheight": "0"}, 640, 680),
        ({"maxwidth": ""}, 640, 680),
    ):
        data = ask(client, HOST + entry.url, **params).json()
        assert (data["width"], data["height"]) == (width, height)
        assert f'width="{width}" height="{height}"' in data["html"]


def test_xml_says_the_same(client, entry):
    response = ask(client, HOST + entry.url, format="xml")
    assert response["Content-Type"].startswith("text/xml")
    told = {node.tag: node.text for node in ElementTree.fromstring(response.content)}
    data = ask(client, HOST + entry.url, format="json").json()
    assert told == {name: str(value) for name, value in data.items()}


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 400),
        ({"url": " "}, 400),
        ({"url": HOST, "format": "yaml"}, 501),
        ({"url": "https://example.org/"}, 404),
        ({"url": "http://testserver.example.org/"}, 404),
        ({"url": "http://testserver@example.org/"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "ftp://testserver/"}, 404),
        ({"url": "http://[::1/"}, 404),
        ({"url": "http://testserver:99999/"}, 404),
        ({"url": "/regulasi/"}, 404),
        ({"url": f"{HOST}/tidak-ada/"}, 404),
        ({"url": f"{HOST}/%00/"}, 404),
        ({"url": "http://test\0server/"}, 404),
        ({"url": f"{HOST}/informasi-dikecualikan/"}, 404),
        ({"url": f"{HOST}/admin/"}, 404),
        ({"url": f"{HOST}/pojok/embed/"}, 404),
        ({"url": f"{HOST}/pojok/embed/nihil/"}, 404),
        ({"url": f"{HOST}/pojok/embed/dokumen/"}, 404),
        ({"url": f"{HOST}/pojok/embed/grafik/nihil/"}, 404),
        ({"url": f"{HOST}/dokumen/999999/"}, 404),
        ({"url": f"{HOST}/" + "a" * 5000}, 404),
    ],
)
def test_what_cannot_be_embedded_is_refused_with_a_sentence(client, office, params, status):
    response = client.get("/oembed", params)
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/plain")
    assert response.content.decode().endswith(".")


def test_what_is_not_public_is_not_there(client, office):
    for state in State:
        if state is State.LIVE:
            continue
        document = factories.DocumentFactory(office=office, title="Rahasia")
        page = factories.RegulationPageFactory(files=[document], state=state)
        assert (
            ask(client, HOST + "/" + page.url_path.removeprefix(office.home_page.url_path)).status_code == 404
        )
    without_file = factories.RegulationPageFactory()
    assert ask(client, HOST + without_file.url).status_code == 404


def test_a_withdrawn_file_keeps_its_frame(client, entry, document):
    withdraw_version(document, document.version, "Salah jumlah.")
    for url in (f"/dokumen/{document.pk}/", entry.url):
        response = ask(client, HOST + url)
        assert response.status_code == 200
        assert framed(response) == f"/pojok/embed/dokumen/{document.pk}/"


def test_another_office_of_this_installation(client, office):
    other = factories.OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    data = ask(client, f"http://{other.site.hostname}/").json()
    assert data["author_name"] == "KPU Kota Cilegon"
    assert f'src="http://{other.site.hostname}/pojok/embed/terbaru/"' in data["html"]


def test_a_frame_of_a_secure_site_is_secure(client, entry):
    """Somebody pastes the address as it once was, with http: browsers refuse such a frame on a page of https."""
    data = client.get("/oembed", {"url": HOST + entry.url}, secure=True).json()
    assert 'src="https://testserver/pojok/embed/dokumen/' in data["html"]
    assert data["provider_url"] == "https://testserver/"


def test_what_no_database_can_be_asked_is_not_asked(rf, office, django_assert_num_queries):
    with django_assert_num_queries(0):  # PostgreSQL refuses such a text with an error
        assert found_at("http://kpu\0.example/", rf.get("/oembed")) is None


# --- discovery --------------------------------------------------------------------------------------------------------


def discovered(client, path) -> str:
    """The address that a page says tells how to embed it, "" for none."""
    html = client.get(path).content.decode()
    found = re.search('<link rel="alternate" type="application/json[+]oembed" href="([^"]+)"', html)
    return unescape(found.group(1)) if found else ""


def test_pages_that_can_be_embedded_say_so(client, entry, document):
    for path in (
        "/",
        "/dip/",
        "/regulasi/",
        "/statistik/",
        "/cari/",
        entry.url,
        f"/dokumen/{document.pk}/",
        "/pojok/embed/cari/",
    ):
        address = discovered(client, path)
        assert parse_qs(urlsplit(address).query)["url"] == [HOST + path]
        assert client.get(address).status_code == 200, path


def test_others_do_not(client, office):
    bare = factories.RegulationPageFactory()
    exempted = factories.ExemptedInformationPageFactory()
    paths = [bare.url, exempted.url, "/istilah/", "/tidak-ada/", "/dokumen/999999/", "/pojok/embed/nihil/"]
    for path in (*paths, "/verifikasi/", "/pojok/embed/dokumen/9/"):
        assert discovered(client, path) == ""


# --- Wagtail on another site ------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_wagtails_own_finder_shows_what_is_pasted(live_server, settings):
    """As the other site's embed block asks, with this site named among its providers."""
    office = factories.shared_office()
    document = factories.DocumentFactory(office=office, title="Rekapitulasi", texts=["Satu"])
    page = factories.RegulationPageFactory(files=[document])
    finders = [
        {
            "class": "wagtail.embeds.finders.oembed",
            "providers": [
                {"endpoint": f"{live_server.url}/oembed", "urls": [f"^{re.escape(live_server.url)}/.*$"]}
            ],
        }
    ]
    settings.WAGTAILEMBEDS_FINDERS = finders
    get_finders.cache_clear()
    try:
        embed = get_embed(f"{live_server.url}{page.url}", max_width=500)
        assert (embed.type, embed.title, embed.width) == ("rich", "Rekapitulasi", 500)
        assert f'<iframe src="{live_server.url}/pojok/embed/dokumen/{document.pk}/"' in embed.html
        assert embed.provider_name == "e-PPID KPU Kota Serang"
        with pytest.raises(EmbedNotFoundException):
            get_embed(f"{live_server.url}/tidak-ada/")
    finally:
        get_finders.cache_clear()
