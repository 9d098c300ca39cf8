"""Terms and kinds that all offices share are changed at the topmost office, and read by everybody on the site."""

import pytest
from django.core.management import call_command

from catalogue.models import InformationKind
from home.enums import Role
from home.models import GlossaryTerm, Office
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TERM = "/admin/snippets/home/glossaryterm/add/"
DATA = {"term": "Uji", "variants": "", "explanation": "Contoh.", "legal_basis": ""}


def test_the_administrator_of_the_topmost_office_changes_terms(client, office, people):
    client.force_login(people.admin)
    client.post(TERM, DATA)
    assert GlossaryTerm.objects.filter(term="Uji").exists()
    client.post(
        "/admin/snippets/catalogue/informationkind/add/", {"name": "Keuangan", "parent": "", "sort_order": 1}
    )
    assert InformationKind.objects.filter(name="Keuangan").exists()


@pytest.mark.parametrize("role", ["editor", "liaison", "ppid", "superior", "desk"])
def test_others_do_not(client, people, role):
    client.force_login(getattr(people, role))
    client.post(TERM, DATA)
    assert not GlossaryTerm.objects.filter(term="Uji").exists()


def test_an_office_below_does_not(client, office):
    call_command(
        "add_office",
        "36",
        "--nama",
        "KPU Provinsi Banten",
        "--kota",
        "Serang",
        "--alamat",
        "J",
        "--host",
        "b.localhost",
    )
    call_command(
        "add_office",
        "3604",
        "--nama",
        "KPU Kab Serang",
        "--kota",
        "Serang",
        "--alamat",
        "J",
        "--host",
        "s.localhost",
    )
    below = UserFactory(role=Role.ADMIN, office=Office.objects.get(kode_wilayah="3604"))
    client.force_login(below)
    client.post(TERM, DATA)
    assert not GlossaryTerm.objects.filter(term="Uji").exists()


def test_an_export_of_terms_runs_nothing(client, people):
    GlossaryTerm.objects.create(term="=1+1", explanation="Penjelasan.")
    client.force_login(people.superuser)
    response = client.get("/admin/snippets/home/glossaryterm/?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert "'=1+1" in text
