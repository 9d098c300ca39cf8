"""The search box in a browser: suggestions by keyboard, finger and screen reader, and the plain box without them."""

import re

import pytest

from home.models import GlossaryTerm
from search.indexing import index_pages
from tests.factories import DIPEntryPageFactory, RegulationPageFactory, shared_office

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

BOX = "#cari"
OPTION = "[role=option]"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def entries(live_server):
    shared_office()
    GlossaryTerm.objects.create(term="kubangan", explanation="Lubang berair.")
    regulation = RegulationPageFactory(nomor="22 Tahun 2023", tentang="Kubangan dan sungai", quick=True)
    long = DIPEntryPageFactory(title="Kubangan " + "yang sangat panjang judulnya " * 8, quick=True)
    index_pages([regulation.pk, long.pk])
    return {"regulation": regulation, "long": long}


def typed(page, text):
    """Type into the box and wait for the suggestions."""
    page.locator(BOX).press_sequentially(text)
    page.locator(OPTION).first.wait_for()
    return page.locator(BOX)


def active(page):
    """What a screen reader says is chosen."""
    chosen = page.locator(BOX).get_attribute("aria-activedescendant")
    return page.locator(f"#{chosen}").inner_text() if chosen else ""


def test_keyboard_walks_through_the_list_and_opens_the_page(entries, live_site, assert_accessible):
    page = live_site.open("/")
    box = page.locator(BOX)
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "false")
    typed(page, "kuban")
    assert box.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{box.get_attribute('aria-controls')}").is_visible()
    assert page.locator("[role=search] [role=status]").inner_text() == "3 saran. Pilih dengan panah bawah."
    assert active(page) == ""
    assert_accessible(page)
    box.press("ArrowDown")
    assert active(page).startswith("kubangan")
    assert_accessible(page)
    box.press("ArrowUp")
    assert active(page) == ""
    box.press("ArrowUp")
    assert page.locator(OPTION).last.get_attribute("aria-selected") == "true"
    box.press("ArrowDown")
    box.press("Home")
    box.press_sequentially("x")
    assert box.input_value() == "xkuban"
    page.locator(OPTION).first.wait_for(state="hidden")
    assert page.locator("[role=search] [role=status]").inner_text() == "Tidak ada saran."
    box.fill("")
    typed(page, "pkpu 22").press("ArrowDown")
    box.press("Enter")
    page.wait_for_url(f"**{entries['regulation'].url}")


def test_enter_without_a_choice_searches_as_ever(entries, live_site):
    page = live_site.open("/")
    typed(page, "kuban").press("Enter")
    page.wait_for_url("**/cari/?q=kuban")


def test_escape_closes_first_and_clears_then(entries, live_site):
    page = live_site.open("/")
    box = typed(page, "kuban")
    box.press("ArrowDown")
    box.press("Escape")
    assert box.input_value() == "kuban"
    assert box.get_attribute("aria-expanded") == "false"
    assert box.get_attribute("aria-activedescendant") is None
    assert not page.locator(OPTION).first.is_visible()
    box.press("ArrowDown")  # opens it again
    page.locator(OPTION).first.wait_for()
    box.press("Escape")
    box.press("Escape")
    assert box.input_value() == ""


def test_tab_leaves_and_the_list_closes(entries, live_site):
    page = live_site.open("/")
    typed(page, "kuban").press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Cari"
    assert not page.locator(OPTION).first.is_visible()


def test_a_finger_opens_a_page_on_the_smallest_screen(entries, live_site, assert_accessible):
    page = live_site.window(phone=True)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/regulasi/")
    typed(page, "kuban")
    assert page.evaluate(TOO_WIDE) == 0
    assert all(option.bounding_box()["height"] >= 44 for option in page.locator(OPTION).all())
    assert_accessible(page)
    page.locator(OPTION, has_text="PKPU 22").click()
    page.wait_for_url(f"**{entries['regulation'].url}")


def test_an_option_without_a_page_is_searched_for(entries, live_site):
    page = live_site.window()
    page.route(
        "**/cari/saran*",
        lambda route: route.fulfill(body=option("kubangan besar", ""), content_type="text/html"),
    )
    page.goto("/")
    typed(page, "kuban").press("ArrowDown")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/cari/?q=kubangan+besar")


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(entries, live_site):
    """The answer to the first letters is held back until that to all of them has been shown."""
    page = live_site.window()
    held = []

    def answer(route):
        text = re.search(r"q=([^&]*)", route.request.url)[1]
        if text == "ku":
            held.append(route)
        else:
            route.fulfill(body=option(f"untuk {text}", "/"), content_type="text/html")

    page.route("**/cari/saran*", answer)
    page.goto("/")
    with page.expect_request("**/cari/saran?q=ku"):
        page.locator(BOX).press_sequentially("ku")
    typed(page, "bang")
    for route in held:
        route.fulfill(body=option("terlambat", "/"), content_type="text/html")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert page.locator(OPTION).all_inner_texts() == ["untuk kubang"]


@pytest.mark.parametrize("failure", ["abort", "error"])
def test_nothing_happens_when_no_answer_comes(entries, live_site, failure):
    page = live_site.window()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(
        "**/cari/saran*",
        lambda route: route.abort() if failure == "abort" else route.fulfill(status=500, body="<li>"),
    )
    page.goto("/")
    with page.expect_request("**/cari/saran*"):
        page.locator(BOX).press_sequentially("kuban")
    assert page.locator(OPTION).count() == 0
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/cari/?q=kuban")
    assert not errors


def test_letters_still_being_composed_are_not_asked_for(entries, live_site):
    page = live_site.window()
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "saran" in request.url else None)
    page.goto("/")
    page.focus(BOX)
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "kuban", "selectionStart": 5, "selectionEnd": 5})
    page.keyboard.press("ArrowDown")  # belongs to the composition
    assert asked == []
    client.send("Input.insertText", {"text": "kubangan"})
    page.locator(OPTION).first.wait_for()
    assert len(asked) == 1


def test_without_javascript_the_box_is_the_plain_one(entries, live_site):
    page = live_site.open("/", javascript=False)
    box = page.locator(BOX)
    assert box.get_attribute("role") is None
    box.press_sequentially("kubangan")
    assert page.locator(OPTION).count() == 0
    box.press("Enter")
    page.wait_for_url("**/cari/?q=kubangan")
    assert page.locator(".row__title").count() == 2


def test_what_resembles_is_one_click_away_and_can_be_taken_away(entries, live_site, assert_accessible):
    page = live_site.open(entries["long"].url)
    page.get_by_role("link", name="Informasi serupa").click()
    page.wait_for_url(f"**/cari/?serupa={entries['long'].pk}")
    assert page.locator("h1").inner_text().startswith("Serupa dengan: Kubangan")
    assert page.locator(".row__title").all_inner_texts() == [entries["regulation"].title]
    assert_accessible(page)
    page.locator(".chip", has_text="Serupa dengan").click()
    page.wait_for_url("**/cari/?")


def option(text: str, url: str) -> str:
    """An option as the site sends it."""
    return f'<li class="suggest__option" role="option" aria-selected="false" data-url="{url}"><span>{text}</span></li>'
