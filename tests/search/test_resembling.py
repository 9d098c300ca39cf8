"""What resembles a page: its siblings first, never itself, and nothing told of pages that are not public."""

import re

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Page

from search.engines.embedded import store
from search.engines.embedded.lexicon import IndexLexicon
from search.language.resembling import MAX_WORDS, NOT_THERE, TOO_LITTLE, analysis_of
from search.types import SearchQuery
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OfficeFactory,
    OpenDatasetPageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
    State,
    shared_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def entry(title: str, **kwargs):
    """An entry about its title and nothing else."""
    return DIPEntryPageFactory(title=title, **{"ringkasan": "", "quick": True, **kwargs})


def answer(client, address: str) -> str:
    """What is answered at an address, without the token that differs each time."""
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"\w+"', r"\1", client.get(address).content.decode())


def instrument(title: str, tentang: str, nomor: str):
    """A regulation about its subject and nothing else."""
    return RegulationPageFactory(title=title, tentang=tentang, nomor=nomor, ringkasan="", quick=True)


@pytest.fixture
def like(search):
    """`like(page)`: the titles of what resembles it, in order."""
    return lambda page, text="", **params: [
        hit.title for hit in search(text, serupa=str(page.pk), **params).hits
    ]


@pytest.fixture
def regulations(index):
    """Two on sacks, two on ink, one on both; the others are there to make words common."""
    subjects = {
        "Karung pertama": "Penyimpanan karung goni",
        "Karung kedua": "Perubahan jadwal penyimpanan karung goni",
        "Tinta pertama": "Pengadaan tinta sidik jari",
        "Tinta kedua": "Pemusnahan tinta sidik jari",
        "Lain": "Jadwal pengadaan meja",
    }
    pages = {
        title: instrument(title, tentang, f"{number} Tahun 2020")
        for number, (title, tentang) in enumerate(subjects.items(), 1)
    }
    index(*pages.values())
    return pages


# --- what is found ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("each_engine")
def test_the_sibling_on_the_same_subject_comes_first_and_never_the_page_itself(regulations, like):
    for page, sibling in (
        ("Karung pertama", "Karung kedua"),
        ("Karung kedua", "Karung pertama"),
        ("Tinta pertama", "Tinta kedua"),
        ("Tinta kedua", "Tinta pertama"),
    ):
        found = like(regulations[page])
        assert found[0] == sibling
        assert page not in found


@pytest.mark.usefixtures("each_engine")
def test_the_text_of_files_resembles_too(index, like):
    pages = [
        entry(title, files=[DocumentFactory(texts=[text])])
        for title, text in (
            ("Rekapitulasi", "Bengkel perahu nelayan di muara"),
            ("Catatan", "Perahu nelayan yang diperbaiki di bengkel"),
            ("Daftar", "Meja dan kursi"),
        )
    ]
    index(*pages)
    assert like(pages[0]) == ["Catatan"]


@pytest.mark.usefixtures("each_engine")
def test_an_amendment_resembles_what_it_amends(index, like):
    base = instrument("Induk", "Tata kelola gudang", "22 Tahun 2023")
    change = instrument("Perubahan", "Perubahan atas PKPU Nomor 22 Tahun 2023", "4 Tahun 2025")
    again = RegulationPageFactory(
        title="Perubahan lagi",
        tentang="Perubahan kedua atas PKPU 22 Tahun 2023",
        nomor="5 Tahun 2025",
        quick=True,
    )
    index(base, change, again)
    assert like(change)[:2] == ["Induk", "Perubahan lagi"]
    assert set(like(base)) == {"Perubahan", "Perubahan lagi"}


@pytest.mark.usefixtures("each_engine")
def test_filters_words_and_scope_narrow_it(regulations, like, index):
    there = OfficeFactory(kode_wilayah="3601", name="KPU Kabupaten Contoh")
    near = entry("Stok karung goni")
    far = entry("Karung goni di sana", office=there)
    index(near, far)
    page = regulations["Karung pertama"]
    assert set(like(page)) == {"Karung kedua", "Stok karung goni", "Karung goni di sana"}
    assert set(like(page, kategori="informasi-publik")) == {"Stok karung goni", "Karung goni di sana"}
    assert set(like(page, office=shared_office())) == {"Karung kedua", "Stok karung goni"}
    assert like(page, text="jadwal")[0] == "Karung kedua"
    assert like(page, text="-jadwal")[0] != "Karung kedua"


@pytest.mark.usefixtures("each_engine")
def test_counts_are_of_what_is_shown(regulations, search):
    results = search("", serupa=str(regulations["Karung pertama"].pk))
    counted = {value.value: value.count for value in results.facet("kategori").values}
    assert results.total == len(results.hits) == sum(counted.values()) == 1


def test_few_words_and_only_telling_ones(index):
    words = "nelayan bengkel perahu dayung jangkar layar tiang geladak haluan buritan palka sauh lambung tali kemudi"
    title = f"Peraturan tentang {words} dan yang lain 2024"
    page = entry(title)
    index(page, entry(title))
    analysis = analysis_of(SearchQuery(similar_to=page.pk), IndexLexicon(store.active_index()))
    asked = {concept.text for concept in analysis.concepts}
    assert len(asked) == MAX_WORDS
    assert asked <= set(words.split())


# --- nothing that is not public ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("each_engine")
@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
def test_what_is_not_public_does_not_resemble(index, like, state):
    page = entry("Bengkel perahu")
    twin = entry("Bengkel perahu di muara")
    index(page, twin)
    entry("Bengkel perahu nelayan", quick=False, state=state)
    assert like(page) == ["Bengkel perahu di muara"]
    Page.objects.filter(pk=twin.pk).update(live=False)
    assert like(page) == []


@pytest.mark.usefixtures("each_engine")
def test_a_hidden_page_is_answered_as_one_that_never_was(client, search, index):
    hidden = entry("Bengkel perahu")
    index(hidden, entry("Bengkel perahu nelayan"))
    assert search("", serupa=str(hidden.pk)).total == 1
    Page.objects.filter(pk=hidden.pk).update(live=False)
    never = hidden.pk + 1000
    results = search("", serupa=str(hidden.pk))
    assert (results.total, results.hits, results.notice) == (0, (), NOT_THERE)
    assert search("bengkel", serupa=str(hidden.pk)).total == 0
    for address in ("/cari/?serupa=", "/cari/?lingkup=semua&q=perahu&serupa=", "/api/v1/search?serupa="):
        shown, unknown = (answer(client, f"{address}{pk}") for pk in (hidden.pk, never))
        assert NOT_THERE in shown
        assert without_number(shown, hidden.pk) == without_number(unknown, never)


def without_number(text: str, number: int) -> str:
    """A text without a number where it stands by itself: a telephone number and a page's mark keep their digits."""
    return re.sub(rf"(?<![\w.]){number}(?![\w.])", "", text)


@pytest.mark.usefixtures("each_engine")
def test_a_file_that_is_not_public_says_nothing_about_its_page(index, like):
    document = DocumentFactory(texts=["Bengkel perahu nelayan di muara"])
    page = entry("Rekapitulasi", files=[document])
    index(page, entry("Perahu nelayan"))
    assert like(page) == ["Perahu nelayan"]
    ExemptedInformationPageFactory(title="Kini dikecualikan", dokumen_induk=document, draft=True)
    assert like(page) == []


# --- nothing that was asked breaks it ---------------------------------------------------------------------------------


def test_any_number_gives_a_page(client):
    office = shared_office()
    for number in ("0", "1", "-1", "99999999999", "9" * 40, "x", "", "1.5", "\x00", str(office.home_page.pk)):
        assert client.get("/cari/", {"serupa": number}).status_code == 200, number


def test_a_page_that_says_nothing_tells_so(index, search):
    page = entry("2024")
    index(page)
    results = search("", serupa=str(page.pk))
    assert (results.total, results.notice) == (0, TOO_LITTLE)


# --- on the page ------------------------------------------------------------------------------------------------------


def test_the_page_names_what_is_resembled_and_lets_it_be_taken_away(client, regulations):
    page = regulations["Karung pertama"]
    soup = BeautifulSoup(client.get("/cari/", {"serupa": page.pk, "tahun": "2020"}).content, "html.parser")
    assert soup.h1.get_text() == "Serupa dengan: Karung pertama"
    assert soup.h1.a["href"] == page.url
    chip = next(chip for chip in soup.find_all("a", class_="chip") if "Serupa" in chip.get_text())
    assert chip["href"] == "?tahun=2020"
    # New words are a new search; a filter is not.
    assert not soup.select('form[role=search] input[name="serupa"]')
    assert soup.select_one('form[data-auto-submit] input[name="serupa"]')["value"] == str(page.pk)
    assert [row.get_text().strip() for row in soup.select(".row__title")] == ["Karung kedua"]


def test_nothing_that_resembles_is_not_something_that_was_not_found(client, index):
    page = entry("Bengkel perahu")
    index(page)
    text = client.get("/cari/", {"serupa": page.pk}).content.decode()
    assert "Tidak ada yang serupa" in text
    assert "Masih didokumentasikan" not in text


@pytest.mark.parametrize(
    "factory",
    [
        RegulationPageFactory,
        DIPEntryPageFactory,
        ExemptedInformationPageFactory,
        ServiceReportPageFactory,
        OpenDatasetPageFactory,
        SOPPageFactory,
    ],
)
def test_every_entry_leads_to_what_resembles_it(client, factory):
    page = factory(quick=True)
    link = BeautifulSoup(client.get(page.url).content, "html.parser").select_one(
        'main a[href^="/cari/?serupa="]'
    )
    assert link["href"] == f"/cari/?serupa={page.pk}"
    assert "nofollow" in link["rel"]
    assert "serupa" in link.get_text()


def test_the_number_of_statements_does_not_grow_with_the_collection(
    client, index, django_assert_max_num_queries
):
    pages = [
        entry(f"Data perahu {number}", files=[DocumentFactory(texts=["bengkel perahu"] * 3)])
        for number in range(12)
    ]
    index(*pages)
    client.get("/cari/", {"serupa": pages[0].pk})
    with django_assert_max_num_queries(65):
        client.get("/cari/", {"serupa": pages[0].pk})


# --- as JSON ----------------------------------------------------------------------------------------------------------


def test_the_same_as_json(client, regulations):
    page = regulations["Karung pertama"]
    body = client.get("/api/v1/search", {"serupa": page.pk}).json()
    assert [hit["judul"] for hit in body["data"]] == ["Karung kedua"]
    assert body["url"].endswith(f"/cari/?serupa={page.pk}")
    assert client.get("/api/v1/search", {"serupa": "satu"}).status_code == 422
    assert client.get("/api/v1/search", {"serupa": page.pk + 999}).json()["pemberitahuan"] == NOT_THERE
