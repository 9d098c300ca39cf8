"""The search page: shown, counted, never broken."""

import pytest

from search.query_log import LoggedQuery, log_query
from tests.factories import DIPEntryPageFactory, DocumentFactory, shared_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def dpt(index):
    page = DIPEntryPageFactory(
        title="Rekapitulasi Pilwalkot",
        files=[DocumentFactory(texts=["Daftar Pemilih Tetap 2024"])],
        quick=True,
    )
    index(page)
    return page


def test_a_hit_is_shown_with_its_page_and_mark(client, dpt):
    response = client.get("/cari/", {"q": "daftar pemilih tetap"})
    text = response.content.decode()
    assert response.status_code == 200
    assert dpt.title in text
    assert "<mark>Daftar Pemilih Tetap</mark>" in text
    assert "#page=1" in text


def test_nothing_asked_shows_how_to_ask(client):
    shared_office()
    assert "Cara mencari" in client.get("/cari/").content.decode()
    assert not LoggedQuery.objects.exists()


def test_nothing_found_gives_the_four_reasons_and_the_request(client):
    shared_office()
    text = client.get("/cari/", {"q": "zzzqqq xyzzy"}).content.decode()
    for words in ("Dikecualikan", "Tersedia bila diminta", "Masih didokumentasikan", "Bukan pada kami"):
        assert words in text
    assert "/permohonan/?rincian=zzzqqq%20xyzzy" in text


@pytest.mark.parametrize(
    "params",
    [
        {"q": "?!"},
        {"q": "x" * 10_000},
        {"q": "\x00\u202e\ud800".encode("utf-8", "surrogatepass")},
        {"q": "dpt", "halaman": "9" * 50, "tahun": ["\x00", "x" * 5000], "urut": "[]", "ukuran": "-1"},
        {"q": "dpt", "kategori": "tidak-ada", "unit": "99999999999999999999999", "kantor": "'"},
        {"tahun": "2024"},
    ],
)
def test_any_address_gives_a_page(client, params):
    shared_office()
    assert client.get("/cari/", params).status_code == 200


def test_the_page_asks_a_constant_number_of_statements(client, index, django_assert_max_num_queries):
    pages = [
        DIPEntryPageFactory(
            title=f"Data pemilih {n}", files=[DocumentFactory(texts=["pemilih"] * 3)], quick=True
        )
        for n in range(12)
    ]
    index(*pages)
    client.get("/cari/", {"q": "pemilih"})
    with django_assert_max_num_queries(45):
        client.get("/cari/", {"q": "pemilih"})


def test_searches_are_counted_without_the_person(client, dpt):
    browser = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"}
    for _ in range(3):
        client.get("/cari/", {"q": "  Daftar  PEMILIH "}, headers=browser)
    client.get("/cari/", {"q": "daftar pemilih", "halaman": "2"}, headers=browser)
    client.get(
        "/cari/", {"q": "kata mesin"}, headers={"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}
    )
    row = LoggedQuery.objects.get()
    assert (row.text, row.count, row.total, row.office_id) == ("daftar pemilih", 3, 1, shared_office().pk)


@pytest.mark.parametrize(
    "text", ["3673010101010001", "0812 3456 7890", "nama@contoh.id", "3673-0101-0101-0001"]
)
def test_what_may_be_somebodys_data_is_not_kept(text):
    log_query(text, 0, None)
    assert not LoggedQuery.objects.exists()
