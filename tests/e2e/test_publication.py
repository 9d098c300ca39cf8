"""The main job, as people do it: draft, review, approval, publication on schedule, search, withdrawal."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from catalogue.models import RegulationIndexPage, RegulationPage
from documents.models import OfficeDocument
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.e2e

SENTENCE = "Kotak suara cadangan disimpan di gudang logistik Kasemen"
PAGES = [
    SENTENCE if number == 7 else f"Halaman {number} memuat ketentuan umum tentang logistik pemilihan."
    for number in range(1, 10)
]
REASON = "Lampiran memuat nama petugas gudang."
NOW = timezone.make_aware(datetime(2026, 3, 16, 9, 0))
GOES_LIVE = NOW + timedelta(hours=2)


@pytest.fixture
def queue(settings):
    """Tasks wait in the database for the worker, as on a real site. Returns the worker: it runs all that waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return lambda: call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0)


@pytest.fixture
def clock():
    """The clock of the site; people's browsers keep their own."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


@pytest.fixture
def office():
    office = factories.shared_office()
    factories.WorkUnitFactory(office=office, name="Subbagian Logistik")
    return office


def test_draft_review_approval_schedule_search_and_withdrawal(live_site, office, clock, queue):
    people = {
        role: factories.UserFactory(office=office, **{role: True}) for role in ("editor", "liaison", "ppid")
    }
    public = live_site.window()

    def sign_in(role):
        return live_site.sign_in(people[role].username, factories.PASSWORD)

    # The editor uploads the file, writes the entry, sets the hour, and hands it to moderation.
    editor = sign_in("editor")
    upload(editor, "keputusan-logistik.pdf", pdf_bytes(PAGES))
    queue()
    document = OfficeDocument.objects.get()
    section = factories.section_of(office, RegulationIndexPage)
    write_regulation(editor, section, document)
    submit(editor)
    entry = RegulationPage.objects.get()
    assert not entry.live

    # Nobody outside sees any of it yet: page, file, sentence.
    file_address = f"/dokumen/{document.pk}/{document.filename}"
    assert_hidden(public, entry, file_address)

    # Two others look at it, each with their own account.
    for role in ("liaison", "ppid"):
        assert not RegulationPage.objects.get().approved_schedule
        reviewer = sign_in(role)
        approve(reviewer, entry)
    assert RegulationPage.objects.get().approved_schedule
    assert_hidden(public, entry, file_address)

    # The scheduler publishes at the hour, not before.
    tick(clock, GOES_LIVE - timedelta(minutes=1), queue)
    assert_hidden(public, entry, file_address)
    tick(clock, GOES_LIVE + timedelta(minutes=1), queue)
    assert RegulationPage.objects.get().live

    # The public finds the sentence and lands on its page of the PDF.
    public.goto("/")
    public.locator("input[name=q]").first.fill(f'"{SENTENCE}"')
    public.locator("input[name=q]").first.press("Enter")
    hit = public.locator("a[href*='#page=7']").first
    assert hit.get_attribute("href").startswith(f"/dokumen/{document.pk}/")
    assert "halaman 7" in public.locator("main").inner_text().lower()
    answer = public.request.get(hit.get_attribute("href"))
    assert answer.ok
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body() == pdf_bytes(PAGES)

    # The PPID withdraws it: page, hit and file are gone in the same moment.
    withdraw(reviewer, entry)
    queue()
    assert not RegulationPage.objects.get().live
    assert public.goto(entry.url).status == 410
    assert REASON in public.locator("main").inner_text()
    assert_hidden(public, entry, file_address)


def tick(clock, moment, work):
    """Let the clock reach this moment, the scheduler look at its timetable, and the worker run what follows."""
    clock.move_to(moment)
    call_command("run_scheduler", once=True, verbosity=0)
    work()


def upload(window, name, content):
    """Put a file into the office's collection."""
    window.goto("/admin/documents/add/")
    window.fill("input[name=title]", "Keputusan logistik")
    window.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "application/pdf", "buffer": content}
    )
    window.locator("main form button[type=submit], main form input[type=submit]").last.click()
    window.wait_for_url(re.compile(r"/admin/documents/($|\?)"))


def write_regulation(window, section, document):
    """Fill the form of a regulation with its file and the hour of publication."""
    window.goto(f"/admin/pages/add/catalogue/regulationpage/{section.pk}/")
    window.select_option("select[name=jenis]", "keputusan-kpu-kabkota")
    window.fill("input[name=nomor]", "14 Tahun 2026")
    window.locator("input[name=title]").press_sequentially("Keputusan KPU Kota Serang Nomor 14 Tahun 2026")
    window.fill("textarea[name=tentang]", "Penyimpanan Logistik Pemilihan")
    window.fill(
        "textarea[name=ringkasan]", "Mengatur tempat penyimpanan kotak suara. Berlaku di Kota Serang."
    )
    window.select_option("select[name=unit_kerja]", label="Subbagian Logistik")
    window.fill("input[name=tanggal_penetapan]", "16/03/2026")
    window.press("input[name=tanggal_penetapan]", "Tab")
    window.locator("input[name=title]").focus()  # closes the calendar, which would swallow the next click
    window.wait_for_load_state("networkidle")  # the editor's own scripts make the buttons work
    window.click("#id_files-ADD")
    window.click("#id_files-0-document-chooser .chooser__choose-button")
    window.click(f".modal a[data-chooser-modal-choice]:has-text('{document.title}')")
    window.wait_for_selector(f"#id_files-0-document[value='{document.pk}']", state="attached")
    window.keyboard.press("Escape")


def submit(window):
    """Set the hour of publication, then hand the entry to moderation."""
    window.click("button.action-save")
    window.wait_for_url(re.compile(r"/admin/pages/\d+/edit/"))
    window.click("[data-side-panel-toggle=status]")
    window.click("[data-a11y-dialog-show='schedule-publishing-dialog']")
    window.fill("#id_go_live_at", timezone.localtime(GOES_LIVE).strftime("%d/%m/%Y %H:%M"))
    with window.expect_navigation():
        # By the keyboard: the field's calendar hangs over the button until the focus leaves the field.
        window.press("#schedule-publishing-dialog button[type=submit]", "Enter")
    assert re.search(r"16 Mar\w*\.? 2026, 11\.00", window.locator("[data-side-panel=status]").inner_text())
    press_in_menu(window, "button[name=action-submit]")


def press_in_menu(window, selector):
    """Press one of the editor's actions, which stand in the menu beside "save"."""
    window.click("footer .w-dropdown__toggle, footer [data-w-dropdown-target=toggle]")
    with window.expect_navigation():
        window.click(selector)


def approve(window, entry):
    """Approve the version under review, with a word for the others."""
    window.goto(f"/admin/pages/{entry.pk}/edit/")
    press_in_menu(window, "[data-workflow-action-name=approve]")


def withdraw(window, entry):
    """Take the entry back, with the reason that the public will read."""
    window.goto(f"/admin/pages/{entry.pk}/unpublish/")
    window.fill("[name=reason]", REASON)
    with window.expect_navigation():
        window.locator("main form button[type=submit], main form input[type=submit]").first.click()


def assert_hidden(window, entry, file_address):
    """The public sees neither page, nor file, nor the sentence in it, nor the entry in a list."""
    page = RegulationPage.objects.get(pk=entry.pk)
    assert window.request.get(page.url).status in {404, 410}
    assert window.request.get(file_address).status == 404
    assert window.request.get(file_address, max_redirects=0).status == 404
    window.goto(f"/cari/?q={SENTENCE}")
    assert page.title not in window.locator("main").inner_text()
    window.goto("/regulasi/")
    assert page.title not in window.locator("main").inner_text()
    answer = window.request.get("/api/v1/search", params={"q": SENTENCE})
    assert answer.ok
    assert page.title not in answer.text()
