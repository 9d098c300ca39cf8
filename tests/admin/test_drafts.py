"""A draft with a title alone breaks no screen."""

import pytest

from catalogue import models as catalogue
from home import models as home
from tests.factories import section_of

pytestmark = pytest.mark.django_db

KINDS = [
    (catalogue.RegulationPage, catalogue.RegulationIndexPage, {}),
    (catalogue.DIPEntryPage, catalogue.DIPIndexPage, {}),
    (catalogue.ExemptedInformationPage, catalogue.ExemptedIndexPage, {}),
    (catalogue.ServiceReportPage, catalogue.ReportIndexPage, {"tahun": 2024}),
    (catalogue.OpenDatasetPage, catalogue.DatasetIndexPage, {}),
    (home.SOPPage, home.SOPIndexPage, {}),
    (home.AnnouncementPage, home.AnnouncementIndexPage, {}),
]


@pytest.mark.parametrize(
    ("model", "index", "fields"), KINDS, ids=lambda value: getattr(value, "__name__", "")
)
def test_every_screen_bears_a_draft_with_a_title_alone(client, office, people, model, index, fields):
    page = model(title="Hanya judul", live=False, owner=people.editor, **fields)
    section_of(office, index).add_child(instance=page)
    page.save_revision(user=people.editor, clean=False)
    client.force_login(people.editor)
    app, name = model._meta.app_label, model._meta.model_name
    for address in (
        "/admin/",
        f"/admin/{app}/{name}/",
        f"/admin/{app}/{name}/?export=csv",
        f"/admin/{app}/{name}/inspect/{page.pk}/",
        f"/admin/pages/{page.pk}/edit/",
        f"/admin/pages/{page.pk}/history/",
        f"/admin/pages/{page.pk}/view_draft/",
    ):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert response.status_code == 200, address
        assert b"Hanya judul" in body, address
