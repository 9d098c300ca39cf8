"""What was withdrawn while the node was away is in no answer of the node that is back, even before it is told."""

import datetime as dt
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from catalogue.models import DIPIndexPage
from home.models import AnnouncementIndexPage
from search import service
from search.changes import IndexChange, retry_now
from search.engines.elastic import connection, engine
from search.engines.elastic.engine import ElasticEngine
from search.types import SearchQuery
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    section_of,
    shared_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

WORD = "kelapagading"


@pytest.fixture
def page(gate, index):
    """An entry whose title and file say the word; a second one without it stays public."""
    document = DocumentFactory(texts=["Pembuka", f"Naskah {WORD} dan wilayahnya"])
    page = DIPEntryPageFactory(
        title=f"Entri {WORD}",
        klasifikasi="setiap_saat",
        tanggal_penerbitan=dt.date(1999, 5, 1),
        files=[document],
        quick=True,
        expire_at=timezone.now() + dt.timedelta(days=3),
    )
    other = DIPEntryPageFactory(title="Yang tetap terbuka", files=[], quick=True)
    index(page, other)
    return page


@pytest.fixture
def back(gate):
    """`back()`: the node answers again, and the site asks it at once."""

    def open_again():
        gate.open()
        connection.switch.worked()

    return open_again


def asked(text: str) -> SearchQuery:
    return SearchQuery(text=text, scope="semua")


def answer_of_the_site(query: SearchQuery):
    connection.switch.worked()
    return service.search(query)


def unpublished(page, clock):
    page.unpublish()


def deleted(page, clock):
    page.delete()


def deleted_with_its_section(page, clock):
    page.get_parent().delete()


def moved_into_a_closed_section(page, clock):
    closed = section_of(shared_office(), AnnouncementIndexPage)
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    page.move(closed, pos="last-child")


def section_closed(page, clock):
    parent = section_of(shared_office(), DIPIndexPage)
    PageViewRestriction.objects.create(page=parent, restriction_type=PageViewRestriction.LOGIN)


def expired_by_the_clock(page, clock):
    clock.shift(dt.timedelta(days=4))


WITHDRAWALS = [
    unpublished,
    deleted,
    deleted_with_its_section,
    moved_into_a_closed_section,
    section_closed,
    expired_by_the_clock,
]


@pytest.mark.parametrize("withdraw", WITHDRAWALS)
def test_it_is_neither_found_counted_nor_offered(client, search, gate, page, back, time_machine, withdraw):
    time_machine.move_to(timezone.now(), tick=False)
    everything = search("").total
    assert search(WORD).total == 1
    assert search("kelapagadin").suggestion.text == WORD
    gate.shut()
    withdraw(page, time_machine)
    back()
    assert ElasticEngine().holds(page.pk)
    assert client.get("/cari/", {"q": WORD}).status_code == 200

    for text in (WORD, "naskah wilayahnya", "kelapagadin", f"Entri {WORD}"):
        results = search(text)
        assert (results.total, results.hits, results.suggestion) == (0, (), None), text
        assert not any(facet.values for facet in results.facets)
    results = search("")
    assert results.total in (everything - 1, everything - 2)  # the section's other page goes with it
    years = results.facet("tahun")
    assert "1999" not in [value.value for value in (years.values if years else ())]
    assert [item.text for item in service.complete(asked("kelapag"))] == []
    assert search("", serupa=str(page.pk)).total == 0
    feed = ElementTree.fromstring(client.get("/cari/feed/", {"q": WORD, "lingkup": "semua"}).content)
    assert not feed.findall("{http://www.w3.org/2005/Atom}entry")

    retry_now()
    assert not IndexChange.objects.exists()
    assert search(WORD).total == 0
    assert ElasticEngine().holds(page.pk) is (withdraw is expired_by_the_clock)  # nobody told it of the clock


def test_the_text_of_a_file_that_became_exempted_is_not_found(search, gate, page, back):
    gate.shut()
    document = page.files.first().document
    ExemptedInformationPageFactory(title="Kini dikecualikan", dokumen_induk=document, draft=True)
    back()
    assert search("naskah wilayahnya").total == 0
    assert not any(extract.document_id for hit in search(WORD).hits for extract in hit.extracts)
    retry_now()
    assert search("naskah wilayahnya").total == 0
    (hit,) = search(WORD).hits  # the title says the word
    assert hit.page_id == page.pk
    assert not any(extract.document_id for extract in hit.extracts)


def test_what_is_published_again_is_shown_as_soon_as_the_node_was_told(search, gate, page, back):
    gate.shut()
    page.unpublish()
    page.refresh_from_db()
    page.title = f"Judul baru {WORD}"
    page.save_revision().publish()
    change = IndexChange.objects.get(page_id=page.pk)
    assert change.hidden
    back()
    assert search(WORD).total == 0  # the node may still have the old words
    retry_now()
    assert [hit.title for hit in search(WORD).hits] == [f"Judul baru {WORD}"]
    assert not IndexChange.objects.exists()


def test_pages_changed_behind_the_indexs_back_are_never_shown_however_many(search, gate, index):
    """Rows written by hand leave no mark. The embedded engine answers where the cluster's index is too far behind."""
    pages = [DIPEntryPageFactory(title=f"Entri {WORD} {n}", quick=True) for n in range(8)]
    index(*pages)
    Page.objects.filter(pk__in=[page.pk for page in pages[:-1]]).update(live=False)
    query = SearchQuery(text=WORD, scope="semua", size=2)
    with pytest.raises(connection.ClusterUnavailable, match="tertinggal"):
        ElasticEngine().search(query)
    results = answer_of_the_site(query)
    assert (results.engine, results.total) == ("embedded", 1)
    assert [hit.page_id for hit in results.hits] == [pages[-1].pk]


def test_an_entry_beside_a_closed_one_is_found_whatever_their_order(search, gate, index):
    """Putting one before the other gives both new paths; the closed one is told by its path."""
    first, second = (DIPEntryPageFactory(title=f"Entri {WORD} {name}", quick=True) for name in "AB")
    index(first, second)
    PageViewRestriction.objects.create(page=second, restriction_type=PageViewRestriction.LOGIN)
    assert [hit.page_id for hit in search(WORD).hits] == [first.pk]
    Page.objects.get(pk=second.pk).specific.move(Page.objects.get(pk=first.pk), pos="left")
    assert [hit.page_id for hit in search(WORD).hits] == [first.pk]


def test_so_many_hidden_pages_that_the_question_would_be_too_long_are_left_to_the_embedded_engine(
    gate, page, monkeypatch
):
    monkeypatch.setattr(engine, "MOST_HIDDEN", 3)
    IndexChange.objects.bulk_create(IndexChange(page_id=10**6 + n, hidden=True) for n in range(3))
    assert answer_of_the_site(asked(WORD)).engine == "elasticsearch"
    IndexChange.objects.create(page_id=10**7, hidden=True)
    results = answer_of_the_site(asked(WORD))
    assert (results.engine, results.total) == ("embedded", 1)
