"""The form of an entry: free drafts, a checklist on handing over, choices within the office."""

import pytest
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from catalogue.models import DIPEntryPage, DIPIndexPage, RegulationIndexPage, RegulationPage
from home.models import WorkUnit
from tests.factories import DIPEntryPageFactory, DocumentFactory, RegulationPageFactory, section_of

pytestmark = pytest.mark.django_db


def regulation_data(files=(), **fields):
    data = {
        "title": "Keputusan Loket",
        "slug": "",
        "jenis": "kpu-kabko",
        "nomor": "8/HK.03.1/3673/2021",
        "tahun": "2021",
        "tentang": "Jadwal Pelayanan Informasi",
        "ringkasan": "Kapan loket buka.",
        "tanggal_penetapan": "2021-03-02",
        "tipe_dokumen": "peraturan",
        "bahasa": "Indonesia",
        "abstrak": "null",
        "catatan": "null",
        "files": inline_formset(
            [{"document": document.pk, "role": "naskah", "label": ""} for document in files]
        ),
        "relations": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data(data | fields)


@pytest.fixture
def index(office):
    return section_of(office, RegulationIndexPage)


@pytest.fixture
def add_url(index):
    return f"/admin/pages/add/catalogue/regulationpage/{index.pk}/"


@pytest.fixture
def jenis():
    return RegulationPage._meta.get_field("jenis").choices[0][0]


def test_a_draft_is_saved_with_a_title_alone(client, people, add_url):
    client.force_login(people.editor)
    data = regulation_data(jenis="", nomor="", tahun="", tentang="", ringkasan="", tanggal_penetapan="")
    client.post(add_url, data)
    page = RegulationPage.objects.get(title="Keputusan Loket")
    assert not page.live
    assert page.latest_revision.user == people.editor


def test_submitting_says_what_is_missing_beside_the_fields_and_keeps_what_was_typed(
    client, people, add_url, jenis
):
    client.force_login(people.editor)
    data = regulation_data(jenis=jenis, ringkasan="", tanggal_penetapan="") | {"action-submit": "1"}
    response = client.post(add_url, data)
    form = response.context["form"]
    assert form.errors["ringkasan"] == ["Tulis ringkasan isi: dua atau tiga kalimat."]
    assert form.errors["tanggal_penetapan"] == ["Isi tanggal penetapan seperti pada naskah."]
    assert form.errors["unit_kerja"] == ["Pilih unit kerja yang menguasai informasi ini."]
    assert form.formsets["files"].non_form_errors() == ["Lampirkan berkas naskah peraturan."]
    text = response.content.decode()
    assert "Tulis ringkasan isi: dua atau tiga kalimat." in text
    assert "Lampirkan berkas naskah peraturan." in text
    assert "Jadwal Pelayanan Informasi" in text
    assert not RegulationPage.objects.exists()


def test_a_complete_entry_is_submitted(client, office, people, add_url, jenis):
    client.force_login(people.editor)
    unit = WorkUnit.objects.filter(office=office).first()
    document = DocumentFactory(office=office)
    data = regulation_data(files=[document], jenis=jenis, unit_kerja=unit.pk) | {"action-submit": "1"}
    client.post(add_url, data)
    page = RegulationPage.objects.get(title="Keputusan Loket")
    assert page.workflow_in_progress
    assert [f.document for f in page.files.all()] == [document]
    assert WorkflowState.objects.get().requested_by == people.editor


def test_an_incomplete_entry_can_still_be_saved_while_it_waits_for_nothing(client, people, office):
    page = RegulationPageFactory(office=office, draft=True)
    client.force_login(people.editor)
    data = regulation_data(slug=page.slug, jenis=page.jenis, nomor=page.nomor, ringkasan="")
    client.post(f"/admin/pages/{page.pk}/edit/", data)
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().ringkasan == ""
    response = client.post(f"/admin/pages/{page.pk}/edit/", data | {"action-submit": "1"})
    assert "Tulis ringkasan isi" in response.content.decode()
    assert not page.workflow_in_progress


def test_a_number_that_exists_is_caught_with_a_link_to_the_other_entry(client, people, office, add_url):
    other = RegulationPageFactory(office=office, draft=True, nomor="8/HK.03.1/3673/2021", tahun=2021)
    client.force_login(people.editor)
    unit = WorkUnit.objects.filter(office=office).first()
    same = regulation_data(
        files=[DocumentFactory(office=office)],
        jenis=other.jenis,
        nomor="8/Hk.03.01/3673/2021",
        unit_kerja=unit.pk,
    )
    response = client.post(add_url, same | {"action-submit": "1"})
    text = response.content.decode()
    assert f'href="/admin/pages/{other.pk}/edit/"' in text
    assert "Nomor ini sudah dipakai" in text
    assert RegulationPage.objects.count() == 1


def test_the_same_number_at_another_office_is_no_duplicate(
    client, people, office, other_office, add_url, jenis
):
    RegulationPageFactory(office=other_office, jenis=jenis, nomor="8/HK.03.1/3673/2021", tahun=2021)
    client.force_login(people.editor)
    unit = WorkUnit.objects.filter(office=office).first()
    data = regulation_data(files=[DocumentFactory(office=office)], jenis=jenis, unit_kerja=unit.pk)
    client.post(add_url, data | {"action-submit": "1"})
    assert RegulationPage.objects.filter(title="Keputusan Loket").exists()


def test_units_and_files_of_another_office_are_no_choice(
    client, people, office, other_office, add_url, jenis
):
    client.force_login(people.editor)
    foreign_unit = WorkUnit.objects.filter(office=other_office).first()
    text = client.get(add_url).content.decode()
    assert foreign_unit.name not in text
    foreign_file = DocumentFactory(office=other_office)
    data = regulation_data(files=[foreign_file], jenis=jenis, unit_kerja=foreign_unit.pk)
    response = client.post(add_url, data)
    assert "unit_kerja" in response.context["form"].errors
    assert response.context["form"].formsets["files"].errors[0]
    assert not RegulationPage.objects.exists()


def test_a_draft_of_another_office_is_no_target_of_a_relation(
    client, people, office, other_office, add_url, jenis
):
    client.force_login(people.editor)
    hidden = RegulationPageFactory(office=other_office, draft=True)
    row = {
        "jenis": "mencabut",
        "target": hidden.pk,
        "target_text": "",
        "tanggal_efektif": "",
        "keterangan": "",
    }
    response = client.post(add_url, regulation_data(jenis=jenis, relations=inline_formset([row])))
    assert response.context["form"].formsets["relations"].errors[0]["target"]


def test_a_public_regulation_of_the_office_above_may_be_pointed_to(client, people, office, add_url, jenis):
    from tests.factories import OfficeFactory

    above = OfficeFactory(province=True)
    office.parent = above
    office.save()
    public, draft = RegulationPageFactory(office=above), RegulationPageFactory(office=above, draft=True)
    client.force_login(people.editor)
    for target, accepted in ((draft, False), (public, True)):
        row = {
            "jenis": "mengacu",
            "target": target.pk,
            "target_text": "",
            "tanggal_efektif": "",
            "keterangan": "",
        }
        client.post(
            add_url,
            regulation_data(jenis=jenis, title=f"Menunjuk {target.pk}", relations=inline_formset([row])),
        )
        assert RegulationPage.objects.filter(title=f"Menunjuk {target.pk}").exists() is accepted


@pytest.mark.parametrize("role", ["editor", "liaison", "ppid", "admin"])
def test_no_role_publishes_an_entry_past_moderation(client, people, office, add_url, jenis, role):
    client.force_login(getattr(people, role))
    unit = WorkUnit.objects.filter(office=office).first()
    data = regulation_data(files=[DocumentFactory(office=office)], jenis=jenis, unit_kerja=unit.pk)
    client.post(add_url, data | {"action-publish": "1"})
    page = RegulationPage.objects.get(title="Keputusan Loket")
    assert not page.live
    client.post(f"/admin/pages/{page.pk}/edit/", data | {"slug": page.slug, "action-publish": "1"})
    client.post(f"/admin/pages/{page.pk}/copy/", _copy(page, publish_copies="on"))
    client.post(f"/admin/pages/{page.pk}/copy/", _copy(page, slug="alias", alias="on"))
    client.post(f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}", {"next": "/admin/"})
    client.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert not RegulationPage.objects.live().exists()


def _copy(page, slug="salinan", **fields):
    return {"new_title": "Salinan", "new_slug": slug, "new_parent_page": page.get_parent().pk, **fields}


@pytest.mark.parametrize(
    ("role", "published"), [("editor", False), ("liaison", False), ("ppid", True), ("admin", True)]
)
def test_pages_of_the_shell_are_published_by_ppid_and_administrator(client, people, office, role, published):
    from home.models import AnnouncementIndexPage, AnnouncementPage

    index = section_of(office, AnnouncementIndexPage)
    client.force_login(getattr(people, role))
    data = {"title": "Loket tutup", "ringkasan": "Banjir.", "body": "null", "comments": inline_formset([])}
    data |= {"slug": "", "body": '{"blocks":[{"key":"a","type":"unstyled","text":"Pindah."}],"entityMap":{}}'}
    client.post(
        f"/admin/pages/add/home/announcementpage/{index.pk}/",
        nested_form_data(data) | {"action-publish": "1"},
    )
    assert AnnouncementPage.objects.get(title="Loket tutup").live is published


def test_approving_in_the_editor_approves_what_the_reviewer_sees(client, people, office):
    page = RegulationPageFactory(office=office, draft=True, files=[DocumentFactory(office=office)])
    page.get_workflow().start(page, people.editor)
    client.force_login(people.liaison)
    unit = WorkUnit.objects.filter(office=office).first()
    data = regulation_data(
        slug=page.slug,
        jenis=page.jenis,
        nomor=page.nomor,
        unit_kerja=unit.pk,
        title=page.title,
        tentang="Diperbaiki",
    )
    existing = page.files.get()
    data |= nested_form_data(
        {
            "files": inline_formset(
                [{"id": existing.pk, "document": existing.document_id, "role": "naskah", "label": ""}],
                initial=1,
            )
        }
    )
    client.post(
        f"/admin/pages/{page.pk}/edit/",
        data | {"action-workflow-action": "true", "workflow-action-name": "approve"},
    )
    state = page.workflow_states.get()
    assert state.current_task_state.task.name == "Persetujuan PPID"
    assert state.current_task_state.revision.content["tentang"] == "Diperbaiki"


def test_help_stands_beside_the_classes_of_the_dip(client, people, office):
    client.force_login(people.editor)
    index = section_of(office, DIPIndexPage)
    text = client.get(f"/admin/pages/add/catalogue/dipentrypage/{index.pk}/").content.decode()
    assert "Memilih klasifikasi" in text


def test_an_entry_of_the_dip_without_a_date_is_a_draft(client, people, office):
    page = DIPEntryPageFactory(office=office, draft=True, tanggal_penerbitan=None)
    assert DIPEntryPage.objects.get(pk=page.pk).tanggal_informasi is None
