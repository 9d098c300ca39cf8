"""An editor keeps the search: sees what finds nothing, asks why a page is where it is, pins another one first."""

import pytest
from playwright.sync_api import expect

from search.handled import HandledQuery
from search.query_log import log_query
from tests import factories

pytestmark = pytest.mark.e2e


def test_from_a_search_without_a_result_to_a_pinned_page(live_site, assert_accessible):
    office = factories.shared_office()
    editor = factories.UserFactory(office=office, editor=True)
    factories.DIPEntryPageFactory(office=office, title="Honorarium petugas pemungutan suara")
    wanted = factories.DIPEntryPageFactory(office=office, title="Honorarium badan adhoc")
    log_query("gaji petugas kpps", 0, office.pk)

    page = live_site.sign_in(editor.username, factories.PASSWORD)
    page.goto("/admin/pencarian/tanpa-hasil/")
    assert_accessible(page)
    page.get_by_text("Tandai sudah ditangani").click()
    page.get_by_label("Yang dilakukan").select_option(label="Hasil pilihan dibuat")
    page.get_by_label("Catatan").fill("Honorarium")
    page.get_by_role("button", name="Simpan tanda").click()
    expect(page.get_by_text("yang belum ditangani dalam waktu itu")).to_be_visible()
    assert HandledQuery.objects.get().handled_by == editor

    page.goto("/admin/pencarian/")
    page.get_by_label("Kata yang dicari").fill("honorarium petugas")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name="Mengapa di sini? Honorarium petugas").click()
    expect(page.get_by_role("heading", name="Mengapa di tempat ke-1")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Alamat halaman").fill(wanted.full_url)
    page.get_by_role("button", name="Mengapa?").click()
    expect(page.get_by_role("heading", name="Mengapa di tempat ke-2")).to_be_visible()
    page.locator(f"#hasil-{wanted.pk}").get_by_role("link", name="Pilih untuk kata ini").click()

    expect(page.locator("[name=words]")).to_have_value("honorarium petugas")
    page.locator("main").get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_text("tampil sekarang")).to_be_visible()

    public = live_site.open("/cari/?q=petugas+honorarium", phone=True)
    expect(public.locator(".row").first).to_contain_text("Honorarium badan adhoc")
    expect(public.locator(".row").first).to_contain_text("Pilihan redaksi")


def test_the_search_pages_work_on_a_phone_without_javascript(live_site, assert_accessible):
    office = factories.shared_office()
    admin = factories.UserFactory(superuser=True)
    factories.DIPEntryPageFactory(office=office, title="Jadwal kampanye")
    page = live_site.sign_in(admin.username, factories.PASSWORD, phone=True)
    for path in ("", "kata/", "tanpa-hasil/", "kamus/", "kesehatan/"):
        page.goto(f"/admin/pencarian/{path}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    cookies = page.context.cookies()
    plain = live_site.window(javascript=False)
    plain.context.add_cookies(cookies)
    plain.goto("/admin/pencarian/?q=jadwal")
    plain.get_by_role("link", name="Mengapa di sini?").first.click()
    expect(plain.get_by_role("heading", name="Mengapa di tempat ke-1")).to_be_visible()
