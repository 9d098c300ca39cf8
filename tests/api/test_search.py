"""Search: the answer of /cari/ as JSON, whatever engine gave it."""

import datetime as dt

import pytest

from search.types import (
    Extract,
    Facet,
    FacetValue,
    Hit,
    SearchQuery,
    SearchResults,
    Suggestion,
)


@pytest.fixture
def asked(monkeypatch):
    """Answer every search with one hit, and keep what was asked."""
    queries = []

    def find(query: SearchQuery) -> SearchResults:
        queries.append(query)
        return SearchResults(
            query=query,
            total=23,
            hits=(
                Hit(
                    page_id=118,
                    external_id="x",
                    kategori="regulasi",
                    title="PKPU 22/2023 <b>",
                    title_html="PKPU <mark>22</mark>/2023 &lt;b&gt;",
                    url="/regulasi/pkpu-22-2023/",
                    citation="PKPU Nomor 22 Tahun 2023",
                    status="diubah",
                    status_label="Berlaku, telah diubah",
                    date=dt.date(2023, 10, 30),
                    extracts=(
                        Extract(
                            html="… <mark>uji</mark> …",
                            label="Halaman 7",
                            url="/dokumen/57/pkpu.pdf#page=7",
                            document_id=57,
                            page_number=7,
                        ),
                        Extract(html="Ringkasan"),
                    ),
                ),
                Hit(
                    page_id=9,
                    external_id="",
                    kategori="halaman",
                    title="Profil",
                    title_html="Profil",
                    url="/profil/",
                ),
            ),
            facets=(
                Facet(
                    "tahun",
                    "Tahun",
                    (
                        FacetValue("2023", "2023", 4, False, query.only("tahun", "2023").querystring()),
                        FacetValue("2022", "2022", 1, True, query.without("tahun", "2022").querystring()),
                    ),
                ),
            ),
            suggestion=Suggestion("uji konsekuensi", "q=uji+konsekuensi"),
            expansions=("DPT", "data pemilih"),
            engine="embedded",
            took_ms=12.5,
            notice="Pencarian cadangan sedang bekerja.",
        )

    monkeypatch.setattr("api.routes.search.find", find)
    return queries


def test_the_parameters_are_those_of_the_search_page(read, asked, office):
    read(
        "search",
        q="uji",
        jenis=["pkpu", "uu"],
        tahun="2022",
        urut="terbaru",
        halaman=2,
        ukuran=5,
        persis=1,
        lingkup="semua",
    )
    (query,) = asked
    assert query == SearchQuery(
        text="uji",
        filters={"jenis": ("pkpu", "uu"), "tahun": ("2022",)},
        sort="terbaru",
        page=2,
        size=5,
        exact=True,
        office_id=office.pk,
        scope="semua",
    )


def test_a_hit_with_highlights_and_the_page_where_it_stands(read, asked):
    body = read("search", q="uji", tahun="2022")
    hit, plain = body["data"]
    assert hit["judul"] == "PKPU 22/2023 <b>"
    assert hit["judul_html"] == "PKPU <mark>22</mark>/2023 &lt;b&gt;"
    assert hit["status"] == {"kode": "diubah", "label": "Berlaku, telah diubah"}
    assert hit["api_url"] == "http://testserver/api/v1/regulations/118"
    in_file, in_page = hit["cuplikan"]
    assert in_file["url"] == "http://testserver/dokumen/57/pkpu.pdf#page=7"
    assert (in_file["halaman"], in_file["berkas_id"]) == (7, 57)
    assert in_file["api_url"] == "http://testserver/api/v1/files/57/pages/7"
    assert (in_page["url"], in_page["api_url"]) == ("http://testserver/regulasi/pkpu-22-2023/", None)
    assert plain["status"] is None


def test_counts_links_and_words_around_the_list(read, asked):
    body = read("search", q="uji", tahun="2022", halaman=2)
    assert (body["total"], body["halaman"], body["ukuran"], body["jumlah_halaman"]) == (23, 2, 10, 3)
    assert body["sebelumnya"] == "http://testserver/api/v1/search?q=uji&tahun=2022"
    assert body["berikutnya"] == "http://testserver/api/v1/search?q=uji&tahun=2022&halaman=3"
    assert body["url"] == "http://testserver/cari/?q=uji&tahun=2022&halaman=2"
    assert body["umpan_url"] == "http://testserver/cari/feed/?q=uji&tahun=2022"
    (facet,) = body["saringan"]
    unchosen, chosen = facet["nilai"]
    assert (facet["nama"], unchosen["nilai"], unchosen["jumlah"]) == ("tahun", "2023", 4)
    assert unchosen["api_url"] == "http://testserver/api/v1/search?q=uji&tahun=2023"
    assert (chosen["dipilih"], chosen["api_url"]) == (True, "http://testserver/api/v1/search?q=uji")
    assert body["saran"] == {
        "teks": "uji konsekuensi",
        "api_url": "http://testserver/api/v1/search?q=uji+konsekuensi",
    }
    assert body["juga_dicari"] == ["DPT", "data pemilih"]
    assert body["pemberitahuan"] == "Pencarian cadangan sedang bekerja."


def test_engine_and_time_stay_inside_so_that_equal_answers_are_equal(get, asked):
    first, second = get("search", q="uji"), get("search", q="uji")
    assert first["ETag"] == second["ETag"]
    assert "embedded" not in first.content.decode()


def test_a_page_beyond_the_end_leads_back_to_the_last(read, asked):
    assert read("search", q="uji", halaman=50)["sebelumnya"].endswith("q=uji&halaman=3")
