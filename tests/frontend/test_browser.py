"""What people meet in a browser: accessibility by axe, keyboard, small screens, zoom, no JavaScript, dark."""

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}  # 1280 px at 400 % zoom (WCAG 1.4.10)
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_axe_finds_nothing_on_any_page(live_sample, live_site, assert_accessible):
    """On a desktop; and on a screen of 320 px nothing is wider than the screen."""
    pages = {**live_sample.paths, "styleguide": "/gaya/", "unknown": "/tidak-ada/", "api": "/api/v1/docs"}
    desktop, phone = live_site.window(), live_site.window(phone=True)
    errors = []
    phone.set_viewport_size(NARROW)
    for window in (desktop, phone):
        window.on("pageerror", lambda error: errors.append(str(error)))
    for path in pages.values():
        desktop.goto(path)
        assert_accessible(desktop)
        phone.goto(path)
        assert phone.evaluate(TOO_WIDE) == 0, path
    assert not errors


def test_axe_finds_nothing_in_the_dark_and_with_everything_open(live_sample, live_site, assert_accessible):
    for phone in (False, True):
        window = live_site.window(phone=phone)
        window.emulate_media(color_scheme="dark")
        for path in ("/gaya/", "/", live_sample.paths["regulation_revoked"], live_sample.paths["search"]):
            window.goto(path)
            window.evaluate("document.querySelectorAll('main details').forEach(d => d.open = true)")
            assert_accessible(window)
        menu = ".nav-phone > summary" if phone else ".nav-wide summary >> nth=0"
        window.click(menu)
        assert_accessible(window)


def test_keyboard_walks_from_skip_link_through_the_menu(live_sample, live_site):
    page = live_site.open("/dip/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"

    summary = page.locator(".nav-wide summary", has_text="Layanan")
    summary.focus()
    page.keyboard.press("Enter")
    link = page.locator(".submenu").get_by_role("link", name="Ajukan keberatan")
    assert link.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not link.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Layanan"
    page.keyboard.press("Enter")
    page.locator("main h1").click()
    assert not link.is_visible()


def test_focus_is_visible_everywhere(live_sample, live_site):
    """Whatever the Tab key reaches shows an outline."""
    page = live_site.open(live_sample.paths["regulation_index"])
    for _ in range(25):
        page.keyboard.press("Tab")
        width, name = page.evaluate(
            "() => [document.activeElement].map(e => [parseFloat(getComputedStyle(e).outlineWidth), e.outerHTML])[0]"
        )
        assert width >= 2, name


def test_chosen_filter_takes_effect_at_once_and_keeps_the_focus(live_sample, live_site):
    page = live_site.open("/regulasi/")
    assert page.get_by_text("Daftar berganti begitu saringan dipilih.").is_visible()
    page.focus("select[name=jenis]")
    page.select_option("select[name=jenis]", "pkpu")
    page.wait_for_url("**/regulasi/?jenis=pkpu**")
    assert page.inner_text("#jumlah") == "2 regulasi"
    assert "tahun=" not in page.url
    assert page.evaluate("document.activeElement.name") == "jenis"


def test_without_javascript_filters_and_menu_work(live_sample, live_site):
    page = live_site.open("/cari/?q=keputusan", phone=True, javascript=False)
    box = page.locator("input[name=kategori][value=regulasi]")
    assert not box.is_visible()
    page.get_by_text("Saring", exact=True).click()
    box.check()
    page.get_by_role("button", name="Terapkan saringan").click()
    page.wait_for_url("**kategori=regulasi**")
    assert page.get_by_text("Saring (1)").is_visible()
    page.locator(".nav-phone > summary").click()
    page.get_by_role("link", name="Lacak permohonan").first.click()
    page.wait_for_url("**/lacak/")
    desktop = live_site.open("/regulasi/", javascript=False)
    assert desktop.locator("select[name=jenis]").is_visible()


def test_error_summary_takes_the_focus_and_leads_to_the_field(live_site):
    page = live_site.open("/gaya/")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.locator(".error-summary a", has_text="Surel").click()
    assert page.evaluate("document.activeElement.name") == "email"


def test_strict_policy_blocks_nothing_that_we_use(live_site):
    page = live_site.window()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/gaya/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.fonts.check('800 44px \"Plus Jakarta Sans\"')")
    assert not complaints


def test_paper_shows_the_text_without_controls(live_sample, live_site):
    page = live_site.open(live_sample.paths["regulation_revoked"])
    page.emulate_media(media="print")
    for control in (".nav-wide", ".breadcrumb", "#status-pada"):
        assert not page.locator(control).is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator(".print-only").is_visible()
