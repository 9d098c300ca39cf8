"""Pages inserted in bulk are the same as pages made one by one, for Wagtail, its admin and the public."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, ReferenceIndex

from catalogue.importing.bulk_pages import add_pages
from catalogue.importing.history import IMPORT_ACTION
from catalogue.models import (
    CatalogueFile,
    DIPEntryPage,
    RegulationIndexPage,
    RegulationPage,
    RegulationRelation,
)
from tests.factories import DIPEntryPageFactory, DocumentFactory, UserFactory, WorkUnitFactory, shared_office

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

# What cannot be equal: keys, places, moments.
_OWN = {
    "id",
    "page_ptr",
    "cataloguepage_ptr",
    "path",
    "slug",
    "url_path",
    "translation_key",
    "title",
    "draft_title",
}
_OWN |= {
    "first_published_at",
    "last_published_at",
    "latest_revision_created_at",
    "latest_revision",
    "live_revision",
}
_OWN |= {"nomor", "nomor_norm", "nomor_kunci", "nomor_urut"}


@pytest.fixture
def index():
    return RegulationIndexPage.objects.descendant_of(shared_office().home_page).get()


def unsaved(number, document=None, target=None, **fields):
    page = RegulationPage(
        title=f"UU Nomor {number} Tahun 2008",
        slug=f"uu-nomor-{number}-tahun-2008",
        jenis="uu",
        nomor=f"{number} Tahun 2008",
        tahun=2008,
        tentang="KETERBUKAAN",
        **fields,
    )
    if document:
        page.files = [CatalogueFile(document=document, label="Teks", sort_order=0)]
    if target:
        page.relations = [RegulationRelation(jenis="mengubah", target=target, target_text="UU", sort_order=0)]
    return page


def one_by_one(index, page):
    index.add_child(instance=page)
    page.save_revision().publish()
    return RegulationPage.objects.get(pk=page.pk)


def references(page):
    return {
        (r.to_content_type_id, r.to_object_id, r.model_path)
        for r in ReferenceIndex.get_references_for_object(page)
    }


def test_the_rows_are_those_of_a_page_made_by_hand(index):
    document = DocumentFactory(office=shared_office())
    first = one_by_one(index, unsaved(1))
    by_hand = one_by_one(index, unsaved(2, document, first))
    add_pages(index, [unsaved(3, document, first)])
    bulk = RegulationPage.objects.get(nomor_kunci="3/2008")
    for field in RegulationPage._meta.concrete_fields:
        if field.name not in _OWN:
            assert getattr(bulk, field.attname) == getattr(by_hand, field.attname), field.name
    assert bulk.nomor_kunci == "3/2008"
    assert bulk.first_published_at == bulk.last_published_at == bulk.latest_revision_created_at
    assert references(bulk) == references(by_hand)
    assert references(bulk)
    ours, theirs = bulk.latest_revision.content, by_hand.latest_revision.content
    assert ours.keys() == theirs.keys()
    assert ours["relations"][0]["target"] == theirs["relations"][0]["target"] == first.pk
    assert bulk.live_revision_id == bulk.latest_revision_id
    assert bulk.get_latest_revision_as_object().files.get().document == document


def test_the_tree_is_whole_and_goes_on_growing(index):
    add_pages(index, [unsaved(n) for n in range(1, 120)])
    one_by_one(index, unsaved(500))
    add_pages(index, [unsaved(501), unsaved(502)])
    assert not any(Page.find_problems())
    index.refresh_from_db()
    assert index.numchild == index.get_children().count() == 122
    assert RegulationPage.objects.get(nomor_kunci="118/2008").url_path.startswith(index.url_path)


def test_equal_slugs_get_numbers(index):
    one_by_one(index, unsaved(7))
    add_pages(index, [unsaved(7), unsaved(7)])
    add_pages(index, [unsaved(7)])
    slugs = list(index.get_children().order_by("path").values_list("slug", flat=True))
    assert slugs == [f"uu-nomor-7-tahun-2008{end}" for end in ("", "-2", "-3", "-4")]


def test_the_public_reads_the_page_at_once(index, client):
    add_pages(index, [unsaved(14)])
    response = client.get("/regulasi/uu-nomor-14-tahun-2008/")
    assert response.status_code == 200
    assert "KETERBUKAAN" in response.content.decode()


def test_a_draft_is_a_draft(index, client):
    page = unsaved(14, live=False)
    page.import_note = "Nomornya tidak terbaca."
    add_pages(index, [page], source="indeks.csv")
    draft = RegulationPage.objects.get(pk=page.pk)
    assert (draft.live, draft.has_unpublished_changes, draft.live_revision_id) == (False, True, None)
    assert draft.first_published_at is None
    assert client.get("/regulasi/uu-nomor-14-tahun-2008/").status_code == 404
    entry = PageLogEntry.objects.get(page=draft.pk, action=IMPORT_ACTION)
    assert entry.message == "Diimpor dari indeks.csv. Nomornya tidak terbaca."


def test_the_admin_finds_it(index):
    add_pages(index, [unsaved(14), unsaved(15)])
    assert [page.slug for page in Page.objects.search("uu nomor 15", operator="and")] == [
        "uu-nomor-15-tahun-2008"
    ]


def test_an_officer_edits_and_publishes_it(index, client):
    client.force_login(UserFactory(superuser=True))
    document = DocumentFactory(office=shared_office())
    target = one_by_one(index, unsaved(1))
    page = unsaved(14, document, target)
    add_pages(index, [page])
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    form = BeautifulSoup(client.get(url).content, "html.parser").find(id="page-edit-form")
    unit = WorkUnitFactory(office=shared_office())
    written = {
        "tentang": "Keterbukaan Informasi Publik",
        "ringkasan": "Hak atas informasi.",
        "unit_kerja": unit.pk,
    }
    data = _filled(form) | written | {"tanggal_penetapan": "2008-04-30", "action-publish": "1"}
    response = client.post(url, data)
    assert response.status_code == 302, response.context and response.context["form"].errors
    page = RegulationPage.objects.get(pk=page.pk)
    assert page.tentang == "Keterbukaan Informasi Publik"
    assert page.live
    assert page.files.get().document == document
    assert page.relations.get().target_id == target.pk
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert "Diimpor" in history


def _filled(form):
    """What a browser would send for an untouched form."""
    data = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type")
        if not name or kind in ("submit", "file") or (kind == "checkbox" and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            data[name] = chosen["value"] if chosen else ""
        else:
            data[name] = field.get("value", "") if field.name == "input" else field.text.removeprefix("\n")
    return data


def test_other_kinds_of_entries_too(db):
    by_hand = DIPEntryPageFactory(office=shared_office())
    index = by_hand.get_parent()
    fields = {"nomor": "1.10", "klasifikasi": "berkala", "retensi_arsip": "5 tahun"}
    add_pages(index, [DIPEntryPage(title="Contoh", slug="contoh", **fields)])
    entry = DIPEntryPage.objects.get(slug="contoh")
    assert entry.nomor_urut == "0001.0010"
    assert not any(Page.find_problems())


def test_nothing_to_add_is_nothing(index):
    add_pages(index, [])
    assert not index.get_children().exists()
