"""The statistics in Chromium: charts are seen, on a phone and in the dark too; no JavaScript; axe finds nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from tests import factories
from tests.analytics.usage import document_day, office_day, page_day, source_days

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CHARTS = "[...document.images].filter(i => i.closest('figure'))"
UNSEEN = f"{CHARTS}.filter(i => !(i.complete && i.naturalWidth))"


@pytest.fixture
def document():
    """An office with some use, and a file of it."""
    office = factories.shared_office()
    document = factories.DocumentFactory(
        office=office, title="Berita Acara Rekapitulasi Daftar Pemilih Tetap"
    )
    entry = factories.DIPEntryPageFactory(files=[document])
    today = timezone.localdate()
    for number in range(40):
        day = today - dt.timedelta(days=number)
        office_day(office, day, visitors=40 - number, views=100 - number)
        page_day(office, day, entry)
        document_day(office, day, document, from_search_engine=1)
        source_days(office, day)
    return document


def paths(document):
    return [
        f"/statistik/?tahun={timezone.localdate().year}",
        f"/statistik/unduhan/{document.pk}/",
        "/statistik/unduhan/",
        "/statistik/harian/?halaman=2",
        "/statistik/?tahun=0",
    ]


def load_charts(page):
    """Scroll through the page, since pictures are loaded as they come near."""
    page.evaluate("document.querySelectorAll('figure img').forEach(i => { i.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    assert page.evaluate(f"{UNSEEN}.length") == 0


def test_charts_and_tables_are_seen_and_accessible(live_site, document, assert_accessible):
    desktop, phone = live_site.window(), live_site.window(phone=True)
    complaints = []
    for window in (desktop, phone):
        window.on(
            "console", lambda message: complaints.append(message.text) if message.type == "error" else None
        )
    phone.emulate_media(color_scheme="dark")
    for path in paths(document):
        for window in (desktop, phone):
            window.goto(path)
            load_charts(window)
            window.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
            assert_accessible(window)
            assert window.evaluate(TOO_WIDE) == 0, path
    assert not complaints
    phone.goto(paths(document)[0])
    load_charts(phone)
    sources = phone.evaluate(f"{CHARTS}.map(i => i.currentSrc)")
    assert sources
    assert all("lebar=sempit" in source for source in sources)


def test_without_javascript_a_period_is_chosen_and_numbers_lead_to_their_rows(live_site, document):
    page = live_site.open("/statistik/", javascript=False)
    page.select_option("select[name=bulan]", "1")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**bulan=1**")
    assert page.locator(".told", has_text="Januari").is_visible()
    page.goto("/statistik/")
    page.get_by_role("link", name="unduhan berkas: lihat rinciannya").click()
    page.wait_for_url("**/statistik/unduhan/**")
    page.locator("tbody td.number a").first.click()
    page.wait_for_url(f"**/statistik/unduhan/{document.pk}/**")
    assert page.locator("h1", has_text="Berita Acara").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")


def test_another_period_is_chosen_on_a_table_by_keyboard(live_site, document, assert_accessible):
    page = live_site.open("/statistik/harian/", phone=True)
    page.get_by_text("Pilih periode atau tingkat lain").focus()
    for key in ("Enter", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Januari")
    assert_accessible(page)
    assert page.evaluate(TOO_WIDE) == 0
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tampilkan").press("Enter")
    page.wait_for_url("**/statistik/harian/?**bulan=1**")
    assert page.locator(".told", has_text="Januari").is_visible()


def test_officers_page_is_seen_and_accessible(live_site, document, assert_accessible):
    factories.UserFactory(username="petugas", role="editor", office=factories.shared_office())
    page = live_site.sign_in("petugas", factories.PASSWORD)
    page.goto("/admin/statistik/")
    load_charts(page)
    assert page.get_by_role("link", name="Statistik").first.is_visible()
    assert page.locator(".dash-figure", has_text="kunjungan bot").is_visible()
    summary = page.locator(".stat-chart summary").first
    assert (
        summary.evaluate("s => getComputedStyle(s).listStyleType") == "disclosure-closed"
    )  # it looks as if it opens
    page.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
    assert_accessible(page, "main")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate(TOO_WIDE) == 0
