"""Suggestions while somebody types: what is offered, in which order, and never what is not public."""

import datetime as dt
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import GlossaryPage, GlossaryTerm
from search import views
from search.completions import LIMIT, SHOWN, complete, shorten
from search.types import Completion, SearchQuery
from tests.factories import (
    DIPEntryPageFactory,
    OfficeFactory,
    RegulationPageFactory,
    State,
    put_into_state,
    section_of,
    shared_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

ADDRESS = "/cari/saran"


@pytest.fixture
def offered():
    """`offered("kata")`: the texts offered over all offices, in order."""

    def ask(text, office=None, **params):
        params = {"q": text, "lingkup": "semua" if office is None else "kantor", **params}
        return [found.text for found in complete(SearchQuery.from_params(params, office=office))]

    return ask


@pytest.fixture
def entries(index):
    """`entries("Judul", …)`: indexed entries with these titles."""

    def make(*titles, **kwargs):
        pages = [DIPEntryPageFactory(title=title, quick=True, **kwargs) for title in titles]
        index(*pages)
        return pages

    return make


@pytest.fixture
def regulation(index):
    """`regulation("22 Tahun 2023", "Tentang")`: an indexed regulation."""

    def make(nomor, tentang, **kwargs):
        page = RegulationPageFactory(
            nomor=nomor, title=f"Peraturan {nomor}", tentang=tentang, quick=True, **kwargs
        )
        index(page)
        return page

    return make


# --- what is offered --------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("each_engine")
def test_every_typed_word_begins_a_word_of_the_title(entries, offered):
    entries("Rekapitulasi kapasitas gudang undang-undang", "Jadwal kunjungan")
    for typed in (
        "rekap",
        "REKAPITULASI",
        "kapasitas gud",
        "gudang rekap",
        "  gudang  ",
        "undang",
        "gudang dan kapa",
        "Gúd",
    ):
        assert offered(typed) == ["Rekapitulasi kapasitas gudang undang-undang"], typed
    for typed in ("asitas", "gudangku", "gudang jadwal", "%", "_udang", "gud%ng", "gu kunj"):
        assert offered(typed) == [], typed


@pytest.mark.usefixtures("each_engine")
def test_an_instrument_is_offered_by_number_and_by_subject(regulation, offered):
    regulation("22 Tahun 2023", "Kubu Raksasa")
    regulation("221 Tahun 2021", "Hal lain")
    for typed in (
        "pkpu 22",
        "PKPU No. 22 Tahun 2023",
        "pkpu 22/2023",
        "pkpu kubu",
        "22 2023",
        "peraturan 22",
        "kubu rak",
    ):
        assert offered(typed)[0] == "PKPU 22 Tahun 2023", typed


def test_an_instrument_says_its_subject_and_opens_its_page(regulation):
    page = regulation("22 Tahun 2023", "Kubu Raksasa")
    (found,) = complete(SearchQuery(text="pkpu 22", office_id=shared_office().pk))
    assert found == Completion("PKPU 22 Tahun 2023", page.url, "Regulasi", "Kubu Raksasa")


def test_the_likelier_comes_first(entries, regulation, offered):
    entries("Data kubangan besar", "Kubangan dan sekitarnya yang luas", "Kubangan", "Data kubang")
    # Begins as typed (the shorter first), then the whole word, then the rest.
    assert offered("kubang") == [
        "Kubangan",
        "Kubangan dan sekitarnya yang luas",
        "Data kubang",
        "Data kubangan besar",
    ]
    old = regulation("7 Tahun 2001", "Kerangka")
    new = regulation("7 Tahun 2002", "Kerangka")
    new.relations.create(jenis="mencabut", target=old)
    put_into_state(new, State.LIVE)
    assert offered("pkpu 7") == ["PKPU 7 Tahun 2002", "PKPU 7 Tahun 2001"]
    regulation("7 Tahun 2000", "Kerangka")
    assert offered("pkpu 7") == ["PKPU 7 Tahun 2002", "PKPU 7 Tahun 2000", "PKPU 7 Tahun 2001"]


def test_at_most_eight_and_each_once(entries, offered):
    entries(*[f"Kubangan {number}" for number in range(20)], "Sama saja", "Sama saja")
    assert len(offered("kubangan")) == LIMIT
    assert offered("sama saja") == ["Sama saja"]


def test_the_scope_is_that_of_the_search(entries, offered):
    here = shared_office()
    there = OfficeFactory(kode_wilayah="3601", name="KPU Kabupaten Contoh")
    entries("Kubangan di sini")
    entries("Kubangan di sana", office=there)
    assert offered("kubangan", office=here) == ["Kubangan di sini"]
    assert offered("kubangan", office=there) == ["Kubangan di sana"]
    assert sorted(offered("kubangan", office=here, lingkup="semua")) == [
        "Kubangan di sana",
        "Kubangan di sini",
    ]


# --- terms of the glossary --------------------------------------------------------------------------------------------


def test_a_term_comes_first_and_leads_to_its_explanation(entries):
    office = shared_office()
    GlossaryTerm.objects.create(term="kubangan", explanation="Lubang berair.")
    entries("Kubangan besar")
    term, entry = complete(SearchQuery(text="kuba", office_id=office.pk))
    page = section_of(office, GlossaryPage)
    assert term == Completion("kubangan", f"{page.url}#kubangan", "Istilah", "Lubang berair.")
    assert entry.text == "Kubangan besar"
    page.unpublish()
    assert complete(SearchQuery(text="kuba", office_id=office.pk))[0].url == ""


def test_the_link_to_a_term_is_where_the_glossary_explains_it(client):
    office = shared_office()
    GlossaryTerm.objects.create(term="Lubang (berair) & lain", explanation="Penjelasan.")
    url = complete(SearchQuery(text="lubang ber", office_id=office.pk))[0].url
    address, _, anchor = url.partition("#")
    page = BeautifulSoup(client.get(address).content, "html.parser")
    assert "Penjelasan." in page.find(id=anchor).get_text()


def test_a_term_shows_the_form_that_was_typed(offered):
    GlossaryTerm.objects.create(
        term="KBR", variants="Kubangan Besar Raya, kubangan", explanation="Penjelasan."
    )
    assert offered("kubangan bes") == ["KBR (Kubangan Besar Raya)"]
    assert offered("kb") == ["KBR"]
    assert offered("besar kubangan") == []


# --- nothing that is not public ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("each_engine")
@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
def test_pages_that_are_not_public_are_not_offered(offered, state):
    DIPEntryPageFactory(title="Kelapagading", state=state)
    RegulationPageFactory(title="Peraturan", tentang="Kelapagading", state=state)
    assert offered("kelapagading") == []


@pytest.mark.usefixtures("each_engine")
def test_suggestions_do_not_wait_for_the_index(entries, offered):
    """Rows changed behind the index's back (a late scheduler, a task not yet run) count at once."""
    (page,) = entries("Kelapagading")
    assert offered("kelapa") == ["Kelapagading"]
    Page.objects.filter(pk=page.pk).update(live=False)
    assert offered("kelapa") == []
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=timezone.now() - dt.timedelta(seconds=1))
    assert offered("kelapa") == []
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=page.get_parent().pk, restriction_type=PageViewRestriction.LOGIN)]
    )
    assert offered("kelapa") == []


# --- nothing that was typed breaks it ---------------------------------------------------------------------------------


def test_whatever_is_typed_gives_a_list(client, entries):
    entries("Kubangan")
    for typed in (
        "",
        " ",
        "k",
        "?",
        '"',
        "-",
        "ku" * 5000,
        "kubangan " * 60,
        "\x00",
        "\u202e",
        "' OR 1=1",
        "\\",
        "٢٢",
    ):
        response = client.get(ADDRESS, {"q": typed})
        assert (response.status_code, response.content) == (200, b""), typed


def test_no_text_at_all_and_odd_parameters(client):
    shared_office()
    for query in ("", "q=a&q=b", "q[]=kubangan", "q=%ff%fe", "q=kuba&lingkup=mars&halaman=-1&tahun=x"):
        assert client.get(f"{ADDRESS}?{query}").status_code == 200
    assert client.post(ADDRESS, {"q": "kubangan"}).status_code == 405


def test_the_number_of_statements_does_not_grow(client, entries, django_assert_max_num_queries):
    GlossaryTerm.objects.create(term="kubangan", explanation="Lubang berair.")
    entries(*[f"Kubangan {number}" for number in range(12)])
    client.get(ADDRESS, {"q": "kubangan"})
    with django_assert_max_num_queries(14):
        client.get(ADDRESS, {"q": "kubangan"})


# --- the list as it is sent -------------------------------------------------------------------------------------------


def test_options_carry_text_kind_detail_and_address(client, regulation):
    page = regulation("22 Tahun 2023", 'Kubu <b>raksasa</b> & "lain"')
    (option,) = BeautifulSoup(client.get(ADDRESS, {"q": "pkpu 22"}).content, "html.parser").find_all("li")
    assert option["role"] == "option"
    assert option["data-url"] == page.url
    assert option.get_text(" ", strip=True) == 'PKPU 22 Tahun 2023 Regulasi Kubu <b>raksasa</b> & "lain"'


def test_caches_may_keep_it_a_minute_for_everybody(client, entries):
    entries("Kubangan")
    response = client.get(ADDRESS, {"q": "kubangan"})
    assert response["Cache-Control"] == f"public, max-age={views.SUGGESTIONS_AGE}"
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_addresses_on_this_host_are_given_without_it(client, entries):
    OfficeFactory(kode_wilayah="3601", name="KPU Kabupaten Contoh", hostname="lain.localhost")
    (page,) = entries("Kubangan")
    assert page.url.startswith("http")  # with several sites
    host = shared_office().site.hostname
    text = client.get(ADDRESS, {"q": "kubangan"}, headers={"host": host}).content.decode()
    assert f'data-url="/{page.url.split("/", 3)[3]}"' in text


def test_script_and_list_are_below_eight_kilobytes_whatever_the_titles(client, entries, regulation):
    entries(*[f"Kubangan {number} {'“ŵ”&<' * 48}" for number in range(8)])
    regulation("22 Tahun 2023", "Kubangan " + "panjang sekali " * 400)
    size = len(client.get(ADDRESS, {"q": "kubangan"}).content)
    script = (Path(settings.BASE_DIR) / "static/js/suggest.js").stat().st_size
    assert 0 < size <= views.SUGGESTIONS_SIZE
    assert script + views.SUGGESTIONS_SIZE < 8_000


def test_long_titles_are_cut_at_a_word():
    assert shorten("kata  \n pendek") == "kata pendek"
    cut = shorten("Keputusan tentang kubangan, " * 9)
    assert cut.endswith("tentang…")
    assert SHOWN - 20 < len(cut) <= SHOWN
    assert shorten("x" * 500) == "x" * (SHOWN - 1) + "…"


# --- as JSON ----------------------------------------------------------------------------------------------------------


def test_the_same_as_json(client, regulation):
    page = regulation("22 Tahun 2023", "Kubu Raksasa")
    GlossaryTerm.objects.create(term="pkpu raya", explanation="Penjelasan.")
    section_of(shared_office(), GlossaryPage).unpublish()
    body = client.get("/api/v1/search/suggest", {"q": "pkpu"}).json()
    assert body == {
        "q": "pkpu",
        "data": [
            {"teks": "pkpu raya", "keterangan": "Penjelasan.", "jenis": "Istilah", "url": None},
            {
                "teks": "PKPU 22 Tahun 2023",
                "keterangan": "Kubu Raksasa",
                "jenis": "Regulasi",
                "url": f"http://testserver{page.url}",
            },
        ],
    }
    assert client.get("/api/v1/search/suggest", {"q": "p"}).json()["data"] == []
    assert client.get("/api/v1/search/suggest", {"kata": "pkpu"}).status_code == 422
