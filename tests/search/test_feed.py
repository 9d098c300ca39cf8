"""Feeds: the latest of a search, well-formed whatever a title holds, without a word of what is not public."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Page

from home.models import Office
from tests.factories import (
    CITY_CODE,
    AnnouncementPageFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    OfficeFactory,
    RegulationPageFactory,
    State,
    shared_office,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
WORD = "kelapagading"


@pytest.fixture
def office():
    return shared_office()


@pytest.fixture
def feed(client, office):
    """`feed(q="kata")`: the parsed feed."""

    def get(path="/cari/feed/", **params):
        response = client.get(path, params)
        assert response.status_code == 200
        return ElementTree.fromstring(response.content)

    return get


def titles(root) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")]


def published(page, moment):
    """As if first made public then."""
    Page.objects.filter(pk=page.pk).update(first_published_at=moment, last_published_at=moment)
    return page


@pytest.mark.postgres
def test_latest_first_and_no_more_than_thirty(feed, index):
    start = timezone.now() - dt.timedelta(days=1)
    pages = [
        published(
            DIPEntryPageFactory(title=f"Entri {WORD} {number}", quick=True),
            start + dt.timedelta(minutes=number),
        )
        for number in range(32)
    ]
    index(*pages)
    expected = [f"Entri {WORD} {number}" for number in range(31, 1, -1)]
    assert titles(feed(q=WORD)) == expected
    assert titles(feed(q=WORD, urut="terlama", halaman="2", ukuran="3")) == expected
    assert titles(feed()) == expected
    assert titles(feed("/feed/")) == expected


def test_entry_says_what_a_reader_needs(feed, office, client):
    page = RegulationPageFactory(title="Peraturan KPU Nomor 7 Tahun 2024", ringkasan="Tata cara pencalonan.")
    root = feed(q="pencalonan")
    entry = root.find(f"{ATOM}entry")
    host = office.site.root_url
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{page.translation_key}"
    assert entry.find(f"{ATOM}link").get("href") == f"{host}/regulasi/{page.slug}/"
    assert entry.findtext(f"{ATOM}summary") == "Tata cara pencalonan."
    assert {item.get("term") for item in entry.iter(f"{ATOM}category")} == {"Regulasi", "PKPU"}
    page.refresh_from_db()
    assert (
        dt.datetime.fromisoformat(entry.findtext(f"{ATOM}published")).date() == page.first_published_at.date()
    )
    assert root.findtext(f"{ATOM}title") == "“pencalonan” – e-PPID KPU Kota Serang"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{host}/cari/?q=pencalonan", "self": f"{host}/cari/feed/?q=pencalonan"}


def test_id_stays_and_date_moves_when_a_page_is_edited(feed, time_machine):
    time_machine.move_to("2026-03-16 09:00+07:00")
    page = DIPEntryPageFactory(title=f"Entri {WORD}")

    def entry():
        found = feed(q=WORD).find(f"{ATOM}entry")
        return [found.findtext(f"{ATOM}{name}") for name in ("id", "published", "updated", "title")]

    first = entry()
    time_machine.move_to("2026-03-18 09:00+07:00")
    page.title, page.slug = f"Entri {WORD} yang diperbaiki", "alamat-baru"
    page.save_revision().publish()
    second = entry()
    assert first[:2] == second[:2]
    assert second[2] > first[2]
    assert second[3].endswith("yang diperbaiki")


def test_feed_keeps_its_name_when_the_host_changes(feed, office):
    before = feed(q=WORD).findtext(f"{ATOM}id")
    assert before.startswith("urn:uuid:")
    office.site.hostname = "ppid.contoh.go.id"
    office.site.port = 443
    office.site.save()
    moved = feed(q=WORD, halaman="2")
    assert moved.findtext(f"{ATOM}id") == before
    assert moved.find(f"{ATOM}link").get("href") == f"https://ppid.contoh.go.id/cari/?q={WORD}"
    assert feed(q="lain").findtext(f"{ATOM}id") != before


def test_rss_is_the_same_list(client, office):
    page = DIPEntryPageFactory(title=f"Entri {WORD}")
    response = client.get("/cari/feed/", {"q": WORD, "format": "rss"})
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    item = ElementTree.fromstring(response.content).find("channel/item")
    assert item.findtext("title") == page.title
    assert item.findtext("link").startswith(office.site.root_url)
    assert (item.findtext("guid"), item.find("guid").get("isPermaLink")) == (
        f"urn:uuid:{page.translation_key}",
        "false",
    )


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_markup_and_what_no_xml_can_hold_become_text(client, office, index, kind):
    title = 'Entri <script>alert("1")</script> & ]]> <b>tebal'
    page = DIPEntryPageFactory(title=title, ringkasan="Ringkas <img src=x onerror=1> & selesai", quick=True)
    index(page)
    from search.index_models import IndexedRecord

    IndexedRecord.objects.update(title=title + "\x0b\x1f\ufffe", summary="a\x08b <i>")
    response = client.get("/cari/feed/", {"q": "entri", "format": kind})
    root = ElementTree.fromstring(response.content)
    texts = [element.text for element in root.iter() if element.text]
    assert title in texts
    assert "ab &lt;i&gt;" in texts  # readers take the summary for HTML
    assert b"<script>" not in response.content


@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
@pytest.mark.parametrize("path", ["/feed/", f"/cari/feed/?q={WORD}"])
def test_what_is_not_public_is_in_no_feed(client, office, state, path):
    document = DocumentFactory(texts=[f"Naskah {WORD}"])
    DIPEntryPageFactory(title=f"Entri {WORD}", files=[document], state=state)
    content = client.get(path).content.decode()
    assert ElementTree.fromstring(content).find(f"{ATOM}entry") is None
    assert "Entri" not in content


def test_what_is_withdrawn_goes_at_once_whatever_the_reader_has(client, office):
    kept = DIPEntryPageFactory(title=f"Tetap {WORD}")
    gone = DIPEntryPageFactory(title=f"Ditarik {WORD}")
    published(
        kept, timezone.now() + dt.timedelta(seconds=30)
    )  # the newest stays: the last date does not move
    had = client.get("/cari/feed/", {"q": WORD})
    Page.objects.filter(pk=gone.pk).update(live=False)
    again = client.get(
        "/cari/feed/",
        {"q": WORD},
        headers={"if-none-match": had["ETag"], "if-modified-since": had["Last-Modified"]},
    )
    assert again.status_code == 200
    assert titles(ElementTree.fromstring(again.content)) == [kept.title]
    by_date = client.get("/cari/feed/", {"q": WORD}, headers={"if-modified-since": had["Last-Modified"]})
    assert by_date.status_code == 200


def test_unchanged_feed_is_not_sent_again(client, office):
    empty = client.get("/cari/feed/", {"q": WORD})
    assert client.get("/cari/feed/", {"q": WORD}, headers={"if-none-match": empty["ETag"]}).status_code == 304
    DIPEntryPageFactory(title=f"Entri {WORD}")
    first = client.get("/cari/feed/", {"q": WORD})
    assert first["ETag"] != empty["ETag"]
    assert first["Last-Modified"]
    assert "max-age=300" in first["Cache-Control"]
    again = client.get("/cari/feed/", {"q": WORD}, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert "Set-Cookie" not in first
    assert "Cookie" not in first.get("Vary", "")


def test_each_office_has_its_own(client, office):
    other = OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    here, there = (AnnouncementPageFactory(title=f"Kabar {WORD} {at}", office=at) for at in (office, other))
    host = {"host": other.site.hostname}
    root = ElementTree.fromstring(client.get("/feed/", headers=host).content)
    assert titles(root) == [there.title]
    assert root.findtext(f"{ATOM}title").endswith("e-PPID KPU Kota Cilegon")
    assert root.find(f"{ATOM}link").get("href").startswith(other.site.root_url)
    everywhere = client.get("/cari/feed/", {"q": WORD, "lingkup": "semua"}, headers=host)
    links = {
        entry.findtext(f"{ATOM}title"): entry.find(f"{ATOM}link").get("href")
        for entry in ElementTree.fromstring(everywhere.content).iter(f"{ATOM}entry")
    }
    assert links[here.title].startswith(f"{office.site.root_url}/")
    assert links[there.title].startswith(f"{other.site.root_url}/")


@pytest.mark.parametrize(
    "params",
    [
        {"q": "?!"},
        {"q": "x" * 10_000},
        {"q": "\x00\u202e\ud800\ufffe".encode("utf-8", "surrogatepass")},
        {"q": "dpt", "halaman": "9" * 50, "tahun": ["\x00", "x" * 5000], "urut": "[]", "ukuran": "-1"},
        {
            "kategori": "tidak-ada",
            "unit": ["9" * 40, "²", "-1"],
            "kantor": ["'", CITY_CODE],
            "serupa": "9" * 30,
        },
        {"format": "../../etc/passwd", "lingkup": "bulan"},
        {"serupa": "1", "format": "rss"},
    ],
)
def test_any_address_gives_a_feed(client, office, params):
    response = client.get("/cari/feed/", params)
    assert response.status_code == 200
    ElementTree.fromstring(response.content)


def test_similar_pages_name_only_what_is_public(client, office):
    page = DIPEntryPageFactory(title=f"Entri {WORD}")
    assert f"Serupa dengan “{page.title}”" in client.get("/cari/feed/", {"serupa": page.pk}).content.decode()
    page.unpublish()
    assert WORD not in client.get("/cari/feed/", {"serupa": page.pk}).content.decode()


def test_host_without_an_office_links_to_itself(client, db):
    from wagtail.models import Site

    Office.objects.all().delete()
    Site.objects.all().delete()
    root = ElementTree.fromstring(client.get("/feed/").content)
    assert root.find(f"{ATOM}link").get("href") == "http://testserver/"
