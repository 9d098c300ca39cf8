"""What the public must not see is in no hit, count, facet, extract or suggestion, even before the index knows."""

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from catalogue.models import CatalogueFile
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    RegulationPageFactory,
    State,
    put_into_state,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("each_engine")]

WORD = "kelapagading"


def entry(**kwargs):
    document = DocumentFactory(texts=["Pembuka", f"Naskah tentang {WORD} dan wilayahnya"])
    return DIPEntryPageFactory(title=f"Entri {WORD}", files=[document], **kwargs)


@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
def test_pages_that_are_not_public_are_not_found(search, state):
    entry(state=state)
    results = search(WORD)
    assert results.total == 0
    assert not any(facet.values for facet in results.facets)


def test_a_live_page_is_found_until_it_is_unpublished(search):
    page = entry()
    assert search(WORD).total == 1
    page.unpublish()
    assert search(WORD).total == 0


def test_answers_do_not_wait_for_the_index(search, index):
    """Rows changed behind the index's back (a late scheduler, a task not yet run) count at once."""
    page = entry(quick=True)
    index(page)
    assert search(WORD).total == 1
    Page.objects.filter(pk=page.pk).update(live=False)
    assert search(WORD).total == 0
    Page.objects.filter(pk=page.pk).update(live=True, expire_at=timezone.now() - dt.timedelta(seconds=1))
    assert search(WORD).total == 0
    Page.objects.filter(pk=page.pk).update(expire_at=None)
    restriction = PageViewRestriction.objects.bulk_create(
        [PageViewRestriction(page_id=page.get_parent().pk, restriction_type=PageViewRestriction.LOGIN)]
    )[0]
    results = search(WORD)
    assert (results.total, results.hits) == (0, ())
    assert not any(value.count for facet in results.facets for value in facet.values)
    restriction.delete()
    assert search(WORD).total == 1


def test_an_exempted_entrys_file_is_never_in_the_index(search):
    secret = DocumentFactory(texts=[f"Rahasia {WORD}"])
    exempted = ExemptedInformationPageFactory(title="Data yang dikecualikan", dokumen_induk=secret)
    assert search("data yang dikecualikan").hits[0].kategori == "dikecualikan"
    assert search(WORD).total == 0
    exempted.files = [CatalogueFile(document=secret)]
    exempted.save_revision().publish()
    assert search(WORD).total == 0


def test_a_file_that_becomes_exempted_leaves_the_index_and_the_extracts(search):
    page = entry()
    document = page.files.first().document
    assert search(WORD).hits[0].extracts
    ExemptedInformationPageFactory(title="Kini dikecualikan", dokumen_induk=document, draft=True)
    results = search(WORD)
    assert results.total == 1  # the title says the word
    assert not any(extract.document_id for hit in results.hits for extract in hit.extracts)
    assert search("naskah wilayahnya").total == 0


def test_a_word_that_stands_only_in_a_draft_is_never_suggested(search, index):
    hidden = entry(quick=True)
    index(hidden)
    assert search("kelapagadin").suggestion.text == WORD
    Page.objects.filter(pk=hidden.pk).update(live=False)
    results = search("kelapagadin")
    assert (results.total, results.suggestion) == (0, None)


def test_a_draft_that_revokes_changes_no_status(search):
    old = RegulationPageFactory(nomor="1 Tahun 2015", title="Peraturan lama")
    new = RegulationPageFactory(nomor="22 Tahun 2023", title="Peraturan baru", draft=True)
    new.relations.create(jenis="mencabut", target=old)
    assert search("PKPU 1/2015").hits[0].status == "berlaku"
    put_into_state(new, State.LIVE)
    assert search("PKPU 1/2015").hits[0].status == "dicabut"
    assert "22 Tahun 2023" in search("PKPU 1/2015").hits[0].status_note
    new.unpublish()
    assert search("PKPU 1/2015").hits[0].status == "berlaku"


def test_words_of_files_that_were_closed_together_are_not_found(search):
    """Neither of a collection that is closed, nor of a file that moves into a closed one; opened, they are again."""
    document = DocumentFactory(texts=[f"Naskah tentang {WORD} dan wilayahnya"])
    DIPEntryPageFactory(title="Entri", files=[document])
    assert search(WORD).total == 1
    closing = {"restriction_type": CollectionViewRestriction.LOGIN}
    restriction = CollectionViewRestriction.objects.create(collection=document.collection, **closing)
    assert search(WORD).total == 0
    restriction.delete()
    assert search(WORD).total == 1
    closed = document.collection.add_child(name="Tertutup")
    CollectionViewRestriction.objects.create(collection=closed, **closing)
    document.collection = closed
    document.save()
    assert search(WORD).total == 0
