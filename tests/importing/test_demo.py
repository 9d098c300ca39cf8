"""The demo office: complete, valid, marked as an example, and safe to load again."""

import datetime as dt
import io
import stat

import pypdf
import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, Revision, Site

from analytics.models import ServiceTotals
from analytics.service_totals.figures import service_figures
from catalogue.demo import accounts, files, regulations, reports
from catalogue.demo.decrees import PAGE_SEVEN_SENTENCE, SERVICE_STANDARD, STRUCTURE
from catalogue.demo.exempted import PRIVATE_SENTENCE
from catalogue.enums import InformationClass, RegulationStatus
from catalogue.models import (
    DIPEntryPage,
    ExemptedInformationPage,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from documents.access import is_public
from documents.models import OfficeDocument
from home.enums import Role
from home.models import AnnouncementPage, FAQItem, GlossaryTerm, Office, SOPPage, StructureRole

QUEUE = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": [],
        "OPTIONS": {"id_function": "uuid.uuid4"},
    }
}

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, loaded once and undone when the module ends; its reading waits in the queue."""
    folder = tmp_path_factory.mktemp("demo")
    changed = override_settings(TASKS=QUEUE, MEDIA_ROOT=folder / "media", VAR_DIR=folder)
    with changed, django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", verbosity=0)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, db, settings):
    settings.MEDIA_ROOT, settings.VAR_DIR, settings.TASKS = _demo / "media", _demo, QUEUE
    return Office.objects.get(kode_wilayah="3673")


def rows():
    """Counts that a second run must not change."""
    models = (
        Page,
        Revision,
        OfficeDocument,
        GlossaryTerm,
        FAQItem,
        DBTaskResult,
        ServiceTotals,
        get_user_model(),
    )
    return [model.objects.count() for model in models]


def test_three_offices_one_above_the_other(demo):
    assert demo.parent.kode_wilayah == "36"
    assert demo.parent.parent.kode_wilayah == "0"
    assert demo.site.is_default_site
    assert not any(Page.find_problems())


def test_seventy_nine_entries_marked_as_examples(demo):
    entries = DIPEntryPage.objects.descendant_of(demo.home_page).live()
    counts = [entries.filter(klasifikasi=kind).count() for kind in InformationClass]
    assert counts == [12, 65, 2]
    assert all(entry.title.endswith("(contoh)") and "contoh" in entry.ringkasan for entry in entries)
    assert len({entry.slug for entry in entries}) == 79
    assert any(entry.overdue_now for entry in entries)


@pytest.mark.parametrize(
    "model", [DIPEntryPage, ExemptedInformationPage, ServiceReportPage, OpenDatasetPage, RegulationPage]
)
def test_every_entry_passes_the_checks_of_an_editor(demo, model):
    pages = model.objects.live()
    assert pages
    for page in pages:
        page.full_clean()
        missing = [gap.field for gap in page.missing_metadata()]
        # Dates that could not be verified stay open, and national texts have neither unit nor file here.
        assert model is RegulationPage or not missing, page.title


@pytest.mark.parametrize(
    ("jenis", "nomor", "on", "status"),
    [
        ("pkpu", "1 Tahun 2015", "2023-10-31", RegulationStatus.IN_FORCE),
        ("pkpu", "1 Tahun 2015", "2023-11-01", RegulationStatus.REVOKED),
        ("pkpu", "22 Tahun 2023", "2023-10-31", RegulationStatus.NOT_YET),
        ("pkpu", "22 Tahun 2023", "2023-12-31", RegulationStatus.IN_FORCE),
        ("pkpu", "22 Tahun 2023", "2026-01-01", RegulationStatus.AMENDED),
        ("pkpu", "4 Tahun 2025", "2025-12-28", RegulationStatus.NOT_YET),
        ("pkpu", "4 Tahun 2025", "2025-12-29", RegulationStatus.IN_FORCE),
        ("perki", "1 Tahun 2010", "2020-12-31", RegulationStatus.IN_FORCE),
        ("perki", "1 Tahun 2010", "2021-12-31", RegulationStatus.REVOKED),
        ("uu", "14 Tahun 2008", "2026-01-01", RegulationStatus.IN_FORCE),
    ],
)
def test_regulations_have_their_real_status(demo, jenis, nomor, on, status):
    page = regulations.find(demo, jenis, nomor)
    assert page.status_on(dt.date.fromisoformat(on)).code == status


def test_the_second_amendment_works_from_its_own_day(demo):
    page = regulations.find(demo, "pkpu", "22 Tahun 2023")

    def causes(day):
        return [cause.source.citation for cause in page.status_on(dt.date.fromisoformat(day)).causes]

    assert causes("2025-12-28") == ["PKPU 11 Tahun 2024"]
    assert causes("2025-12-29") == ["PKPU 11 Tahun 2024", "PKPU 4 Tahun 2025"]


def test_the_offices_decrees_have_their_files(demo):
    decrees = {one.nomor: regulations.find(demo, one.jenis, one.nomor) for one in regulations.DECREES}
    assert len(decrees) == 3
    assert all(is_public(page.files.get().document) for page in decrees.values())


def test_exempted_entries_rest_on_a_decision_of_a_higher_office(demo):
    entries = ExemptedInformationPage.objects.descendant_of(demo.home_page).live()
    assert entries.count() == 2
    for entry in entries:
        assert entry.exemption_gaps() == []
        assert entry.keputusan_penetapan.office.kode_wilayah == "0"
        assert entry.pasal_17


def test_exempted_files_are_private(demo):
    private = []
    for document in OfficeDocument.objects.filter(collection=demo.collection, mime_type="application/pdf"):
        text = "".join(page.extract_text() for page in pypdf.PdfReader(document.file.open()).pages)
        if PRIVATE_SENTENCE[:40] in " ".join(text.split()):
            private.append(document)
    assert len(private) == 4
    assert not any(is_public(document) for document in private)


def test_reports_are_signed_after_their_year_and_agree_with_themselves(demo):
    report = ServiceReportPage.objects.get(tahun=2024)
    assert report.tanggal_ttd.year == 2025
    assert "15 pemohon" in report.ringkasan
    assert sum(total for *_, total in reports.requests()) == 15
    assert [sum(column) for column in list(zip(*reports.requests(), strict=True))[1:3]] == [13, 2]
    assert all(men + women == total for _, _, men, women, total in reports.voters())


def test_the_shell_is_filled(demo):
    assert SOPPage.objects.live().count() == 8
    assert all("<li>" in page.body and page.document for page in SOPPage.objects.all())
    assert StructureRole.objects.count() == 6
    assert FAQItem.objects.count() >= 6
    assert GlossaryTerm.objects.count() >= 20
    assert AnnouncementPage.running_banners(demo.home_page).count() == 1
    assert demo.home_page.specific.popular_query_list


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/regulasi/",
        "/dip/serta-merta/",
        "/informasi-dikecualikan/",
        "/laporan/",
        "/data-terbuka/",
        "/profil/struktur-ppid/",
        "/sop/",
        "/tanya-jawab/",
        "/istilah/",
        "/cari/?q=PKPU+22/2023",
    ],
)
def test_the_public_pages_open(demo, client, path):
    assert client.get(path).status_code == 200


def test_the_reports_year_of_service_is_entered(demo):
    found = service_figures(demo, 2024)
    assert (found.applicants, found.by_sex) == (15, {"laki_laki": 9, "perempuan": 6})
    assert sorted(found.by_occupation.values()) == [2, 3, 4, 6]
    assert found.by_channel == {"langsung": 13, "e_ppid": 2}


def test_loading_again_changes_nothing(demo):
    before = rows()
    call_command("load_demo", verbosity=0)
    call_command("load_demo", "--if-empty", verbosity=0)
    assert rows() == before


def test_an_officers_edits_survive(demo):
    page = SOPPage.objects.first()
    page.ringkasan = "Ditulis ulang oleh petugas."
    page.save_revision().publish()
    home = demo.home_page.specific
    home.welcome_text = "<p>Sambutan baru</p>"
    home.save_revision().publish()
    call_command("load_demo", verbosity=0)
    assert SOPPage.objects.get(pk=page.pk).ringkasan == "Ditulis ulang oleh petugas."
    assert demo.home_page.specific.welcome_text == "<p>Sambutan baru</p>"


def test_one_account_a_role(demo):
    path = accounts.accounts_file()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    lines = [line.split() for line in path.read_text().splitlines() if not line.startswith("#")]
    assert {name for name, *_ in lines} == set(accounts.ACCOUNTS)
    for name, password, *_ in lines:
        user = authenticate(username=name, password=password)
        assert user is not None
        assert user.groups.get().office_group.role == accounts.ACCOUNTS[name]
        assert user.email.endswith("@example.id")
        assert not user.is_superuser
    assert len({password for _, password, *_ in lines}) == len(Role)


def test_accounts_that_exist_keep_their_passwords(demo):
    before = accounts.accounts_file().read_text()
    assert accounts.create_accounts(demo) == []
    assert accounts.accounts_file().read_text() == before


def test_no_account_in_production(demo, settings):
    settings.ENVIRONMENT = "production"
    get_user_model().objects.filter(username="editor").delete()
    with pytest.raises(accounts.NotInProduction):
        accounts.create_accounts(demo)
    call_command("load_demo", verbosity=0)
    assert not get_user_model().objects.filter(username="editor").exists()


def test_the_sites_follow_the_port_of_this_start(demo, settings):
    settings.SITE_PORT = 8123
    call_command("load_demo", "--if-empty", verbosity=0)
    assert set(Site.objects.values_list("port", flat=True)) == {8123}


def test_generated_files():
    standard = files.text_pdf("Standar", SERVICE_STANDARD)
    assert standard == files.text_pdf("Standar", SERVICE_STANDARD)
    texts = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(standard)).pages]
    assert [number for number, text in enumerate(texts, 1) if PAGE_SEVEN_SENTENCE in text] == [7]
    assert all("CONTOH" in text for text in texts)
    scan = files.scanned_pdf("Susunan", STRUCTURE)
    assert scan == files.scanned_pdf("Susunan", STRUCTURE)
    assert not any(page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(scan)).pages)
    assert len(scan) < 200_000
