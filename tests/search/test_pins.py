"""Pinned results: first for exactly these words, and never what the public must not see."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import RegulationIndexPage
from search.pins import MAX_PINS, PinnedResult, pinned_pages
from search.types import SearchQuery
from tests.factories import (
    DIPEntryPageFactory,
    OfficeFactory,
    RegulationPageFactory,
    State,
    section_of,
    shared_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def pin(page, words, office=None, **kwargs):
    made = PinnedResult(page=page, words=words, office=office or shared_office(), **kwargs)
    made.full_clean()
    made.save()
    return made


def pinned(text, office=None, **params):
    return pinned_pages(SearchQuery.from_params({"q": text, **params}, office=office or shared_office()))


@pytest.fixture
def pages():
    """Three pages, of which only the first two have the word."""
    return [
        DIPEntryPageFactory(title="Jadwal pemilihan"),
        DIPEntryPageFactory(title="Jadwal pemilihan dan tahapan pemilihan"),
        DIPEntryPageFactory(title="Logistik kotak suara"),
    ]


def test_a_pinned_page_comes_first_and_is_counted(search, pages):
    assert [hit.page_id for hit in search("jadwal").hits] == [pages[0].pk, pages[1].pk]
    pin(pages[2], "jadwal")
    results = search("jadwal")
    assert [hit.page_id for hit in results.hits] == [pages[2].pk, pages[0].pk, pages[1].pk]
    assert [hit.pinned for hit in results.hits] == [True, False, False]
    assert results.total == 3


def test_the_pages_of_a_list_with_a_pin_show_everything_once(search, pages):
    pin(pages[1], "jadwal")
    seen = [
        hit.page_id for number in (1, 2) for hit in search("jadwal", ukuran="1", halaman=str(number)).hits
    ]
    assert seen == [pages[1].pk, pages[0].pk]


@pytest.mark.parametrize(
    "text", ["Pemilihan JADWAL", "jadwal, pemilihan!", '"jadwal pemilihan"', "jadwal pemilihan pemilihan"]
)
def test_order_case_and_signs_do_not_matter(pages, text):
    pin(pages[2], "jadwal  pemilihan")
    assert pinned(text) == (pages[2].pk,)


@pytest.mark.parametrize(
    "text",
    [
        "jadwal",
        "jadwal pemilihan 2024",
        "jadwal -pemilihan",
        "-jadwal pemilihan",
        "jadwal pemilihan tahun:2024",
        "",
        "!!",
    ],
)
def test_other_words_are_other_words(pages, text):
    pin(pages[2], "jadwal pemilihan")
    assert pinned(text) == ()


def test_a_pin_stays_out_when_sorted_by_date(search, pages):
    pin(pages[2], "jadwal")
    for sort in ("terbaru", "terlama"):
        results = search("jadwal", urut=sort)
        assert pages[2].pk not in [hit.page_id for hit in results.hits]
        assert not any(hit.pinned for hit in results.hits)


def test_filters_and_scope_hold_for_a_pinned_page(search, pages):
    pin(pages[2], "jadwal")
    assert search("jadwal", klasifikasi="setiap_saat").total == 0
    assert search("jadwal", klasifikasi="berkala").total == 3
    foreign = RegulationPageFactory(title="Milik kantor lain", office=OfficeFactory(kode_wilayah="3672"))
    pin(foreign, "tahapan")
    here = search("tahapan", office=shared_office())
    everywhere = search("tahapan", office=shared_office(), lingkup="semua")
    assert foreign.pk not in [hit.page_id for hit in here.hits]
    assert everywhere.hits[0].page_id == foreign.pk


@pytest.mark.parametrize("state", list(State))
def test_a_page_that_is_not_public_is_never_shown_by_a_pin(search, state):
    other = DIPEntryPageFactory(title="Jadwal")
    page = DIPEntryPageFactory(title="Rancangan kelapagading", state=state)
    if state is not State.DELETED:
        pin(page, "jadwal")
    results = search("jadwal")
    assert [hit.title for hit in results.hits if hit.page_id != other.pk] == (
        ["Rancangan kelapagading"] if state is State.LIVE else []
    )
    assert results.total == (2 if state is State.LIVE else 1)


def test_a_pin_holds_through_its_last_day(pages, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    made = pin(pages[2], "jadwal", until=dt.date(2026, 11, 25))
    assert pinned("jadwal") == (pages[2].pk,)
    assert not made.is_over
    time_machine.move_to(dt.datetime(2026, 11, 25, 18, tzinfo=dt.UTC))  # the 26th in Jakarta
    assert pinned("jadwal") == ()
    assert made.is_over


def test_pins_of_the_own_office_come_before_those_of_the_topmost_one(pages):
    top = OfficeFactory(national=True)
    province = OfficeFactory(province=True, parent=top)
    city = OfficeFactory(kode_wilayah="3671", parent=province)
    pin(pages[0], "jadwal", office=top)
    pin(pages[1], "jadwal", office=city)
    pin(pages[2], "jadwal", office=province)
    assert pinned("jadwal", office=city) == (pages[1].pk, pages[0].pk)
    assert pinned("jadwal", office=province) == (pages[2].pk, pages[0].pk)
    assert pinned("jadwal", office=top) == (pages[0].pk,)
    assert pinned("jadwal", office=shared_office()) == ()
    assert pinned_pages(SearchQuery(text="jadwal")) == (pages[0].pk,)


def test_order_and_number_of_pins(pages):
    more = [DIPEntryPageFactory(title=f"Entri {n}") for n in range(MAX_PINS)]
    for place, page in enumerate([*more, *pages], 1):
        pin(page, "jadwal", order=100 - place)
    found = pinned("jadwal")
    assert len(found) == MAX_PINS
    assert found[:3] == tuple(page.pk for page in reversed(pages))


def test_what_cannot_be_pinned_is_refused_with_a_sentence(pages):
    with pytest.raises(ValidationError, match="huruf atau angka"):
        pin(pages[0], "!?!")
    with pytest.raises(ValidationError, match="tidak pernah tampil"):
        pin(section_of(shared_office(), RegulationIndexPage), "regulasi")
    pin(pages[0], "jadwal pemilihan")
    with pytest.raises(ValidationError, match="sudah dipilih"):
        pin(pages[0], "Pemilihan, jadwal")


def test_words_of_any_length_fit_their_column(pages):
    pin(pages[0], "ﷺ" * 120)  # one sign that spells out four words
    assert pinned("ﷺ" * 120) == (pages[0].pk,)


def test_without_pins_a_search_asks_one_statement_more(pages, django_assert_num_queries):
    query = SearchQuery.from_params({"q": "jadwal"}, office=shared_office())
    with django_assert_num_queries(1):
        assert pinned_pages(query) == ()


def test_the_reader_is_told_quietly(client, pages):
    pin(pages[2], "jadwal")
    text = client.get("/cari/?q=jadwal").content.decode()
    assert text.count("Pilihan redaksi") == 1
    hits = client.get("/api/v1/search?q=jadwal").json()["data"]
    assert [hit["pilihan_redaksi"] for hit in hits] == [True, False, False]
