"""The screen in the lobby in a real browser: an hour and more of simulated time, the network gone, paper and phone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pypdfium2
import pytest
import time_machine
from playwright.sync_api import expect

from home.withdrawals import withdraw
from pojok import kiosk
from pojok.models import PojokPage
from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

START = dt.datetime(2026, 3, 10, 3, 24, tzinfo=dt.UTC)  # 10.24 in Jakarta, a Tuesday
WALL = {"width": 1920, "height": 1080}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TOO_HIGH = "document.documentElement.scrollHeight - innerHeight"
NOW_SHOWN = "document.querySelector('.slide--now .slide__title').textContent"


@pytest.fixture
def office():
    office = factories.shared_office()
    for number in range(4):
        factories.DIPEntryPageFactory(
            title=f"Berita Acara Rekapitulasi Daftar Pemilih Tetap Pemilihan Wali Kota {number}", quick=True
        )
    factories.AnnouncementPageFactory(title="Loket pindah ke lantai dua")
    return office


@pytest.fixture
def server_clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


class Screen:
    """A screen on a wall whose time is simulated together with the server's."""

    def __init__(self, site, traveller, **media):
        self.page = site.window()
        self.page.set_viewport_size(WALL)
        self.page.emulate_media(**media)
        self.traveller = traveller
        self.errors, self.asked, self.loaded = [], [], []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("load", lambda _page: self.loaded.append(1))
        self.page.clock.install(time=START)
        self.page.goto("/pojok/")
        expect(self.page.locator(".pojok--turning")).to_be_attached()
        self.protocol = self.page.context.new_cdp_session(self.page)
        self.page.clock.pause_at(START + dt.timedelta(seconds=50))
        self.next_update()

    def next_update(self) -> None:
        """Go on second by second to the next update, so that whole minutes end with one from now on: an answer takes
        real time, and simulated time must not run out on it."""
        asked = self.updates
        with self._answer():
            while self.updates == asked:
                self.page.clock.run_for(1000)

    def next_turn(self) -> str:
        """Go on second by second until another part stands there; return its title."""
        before = self.page.evaluate(NOW_SHOWN)
        for _ in range(17):
            self.page.clock.run_for(1000)
            if (now := self.page.evaluate(NOW_SHOWN)) != before:
                return now
        raise AssertionError(f"nothing turned: {before}")

    def minute(self) -> None:
        """Let a minute pass, here and at the server, and its answer come."""
        self.traveller.shift(60)
        with self._answer():
            self.page.clock.run_for(60_000)

    def _answer(self):
        if self.is_online:  # of an answer without content (304) Chromium tells no end
            return self.page.context.expect_event("response", lambda one: one.url.endswith("/pojok/isi"))
        return self.page.context.expect_event("requestfailed")

    is_online = True

    def network(self, is_there: bool) -> None:
        """Take the network away, or bring it back."""
        self.is_online = is_there
        self.page.context.set_offline(not is_there)

    def counts(self) -> dict:
        """How much the page holds, after the garbage is gone."""
        self.protocol.send("HeapProfiler.collectGarbage")
        counters = self.protocol.send("Memory.getDOMCounters")
        return counters | {"elements": self.page.evaluate("document.querySelectorAll('*').length")}

    def stamp(self, words: str) -> None:
        """The screen says this of its content's age, at the latest when the answer is worked in."""
        expect(self.page.locator(".bar__stamp")).to_have_text(words)

    @property
    def updates(self) -> int:
        """How often the content was asked for."""
        return sum(url.endswith("/pojok/isi") for url in self.asked)


def instead(**answer):
    """Answer a request in the server's place."""
    return lambda route: route.fulfill(**answer)


# --- for days ---------------------------------------------------------------------------------------------------------


def test_an_hour_on_the_wall_with_the_network_away(live_site, server_clock, office):
    screen = Screen(live_site, server_clock)
    for _ in range(5):
        screen.minute()
    screen.stamp("Terakhir diperbarui 10.29")
    before = screen.counts()

    factories.DIPEntryPageFactory(title="Terbit sebelum gangguan")
    screen.minute()
    expect(screen.page.get_by_text("Terbit sebelum gangguan")).to_be_attached()
    screen.stamp("Terakhir diperbarui 10.30")

    screen.network(False)
    factories.DIPEntryPageFactory(title="Terbit selama gangguan")
    for _ in range(20):
        screen.minute()
    screen.stamp("Terakhir diperbarui 10.30; sambungan terputus")
    assert screen.page.inner_text("#pojok-clock") == "10.50"  # the clock goes on
    assert screen.page.get_by_text("Terbit sebelum gangguan").count() == 1
    assert screen.page.get_by_text("Terbit selama gangguan").count() == 0

    screen.network(True)  # asks at once
    expect(screen.page.get_by_text("Terbit selama gangguan")).to_be_attached()
    screen.stamp("Terakhir diperbarui 10.50")
    for _ in range(34):
        screen.minute()
    screen.stamp("Terakhir diperbarui 11.24")

    after = screen.counts()
    assert after["jsEventListeners"] == before["jsEventListeners"]
    assert after["documents"] == before["documents"]
    assert abs(after["elements"] - before["elements"]) < 15  # another list, of the same length
    assert abs(after["nodes"] - before["nodes"]) < 60
    assert screen.updates in (
        61,
        62,
    )  # one a minute, and one when the network came back: no interval is left over
    assert screen.loaded == [1]
    assert not screen.errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_that_the_network_is_away_can_be_read_whatever_the_device_prefers(
    live_site, office, assert_accessible, scheme
):
    page = live_site.window()
    page.set_viewport_size(WALL)
    page.emulate_media(color_scheme=scheme)
    page.goto("/pojok/")
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new Event('online'))")  # asks at once
    expect(page.locator("#pojok-status")).to_have_text("; sambungan terputus")
    assert_accessible(page)


def test_a_server_that_answers_nonsense_leaves_the_screen_as_it_is(live_site, server_clock, office):
    """A proxy in the server's place: an error, and somebody else's page with 200."""
    screen = Screen(live_site, server_clock)
    screen.minute()
    for answer in (
        {"status": 502},
        {"status": 200, "body": "<h1>Masuk ke Wi-Fi</h1>", "content_type": "text/html"},
    ):
        screen.page.route("**/pojok/isi", instead(**answer))
        screen.minute()
        screen.stamp("Terakhir diperbarui 10.25; sambungan terputus")
        assert screen.page.get_by_text("dokumen publik").is_visible()
        screen.page.unroute("**/pojok/isi")
    screen.minute()
    screen.stamp("Terakhir diperbarui 10.28")


def test_a_pojok_that_is_withdrawn_leaves_the_wall_and_comes_back(live_site, server_clock, office):
    screen = Screen(live_site, server_clock)
    pojok = PojokPage.objects.get()
    withdraw(pojok, "Diperbaiki")
    screen.minute()
    expect(screen.page.get_by_text("sedang tidak ditayangkan")).to_be_visible()
    assert screen.page.get_by_text("dokumen publik").count() == 0
    pojok.refresh_from_db()
    pojok.save_revision().publish()
    screen.minute()
    expect(screen.page.get_by_role("heading", name="Informasi terbaru")).to_be_visible()
    assert not screen.errors


def test_a_new_edition_of_the_script_is_fetched_once(live_site, server_clock, office, monkeypatch):
    screen = Screen(live_site, server_clock)
    screen.minute()
    assert screen.loaded == [1]
    monkeypatch.setattr(kiosk, "version", lambda: "edisi-baru")
    with screen.page.expect_event("load"):
        screen.minute()
    screen.next_update()
    for _ in range(3):
        screen.minute()
    assert screen.loaded == [1, 1]


def test_words_on_the_desk_do_not_outlive_their_time(live_site, server_clock, office):
    """The break begins at noon while the network is away: "open" must not stand there any longer."""
    screen = Screen(live_site, server_clock)
    assert "Buka sekarang, sampai 12.00 WIB" in screen.page.inner_text(".top__now")
    screen.network(False)
    screen.page.clock.run_for(95 * 60_000)
    assert screen.page.inner_text("#pojok-clock") == "11.59"
    assert "Buka sekarang" in screen.page.inner_text(".top__now")
    screen.page.clock.run_for(2 * 60_000)
    assert "Buka" not in screen.page.inner_text(".top__now")


def test_the_clock_is_the_offices_whatever_the_device_says(live_site, office):
    office.time_zone = "Asia/Jayapura"
    office.save()
    page = live_site.window()  # a device in Jakarta, set to another year
    page.clock.install(time=dt.datetime(2019, 1, 1, tzinfo=dt.UTC))
    page.goto("/pojok/")
    here = dt.datetime.now(ZoneInfo("Asia/Jayapura"))
    shown = {f"{here + dt.timedelta(seconds=late):%H.%M}" for late in (-60, 0, 60)}
    assert page.inner_text("#pojok-clock") in shown
    assert str(here.year) in page.inner_text("#pojok-date")


# --- parts that take turns --------------------------------------------------------------------------------------------


def test_parts_take_turns_and_stop_when_told_to(live_site, server_clock, office):
    screen = Screen(live_site, server_clock)
    page = screen.page
    first = page.evaluate(NOW_SHOWN)
    second = screen.next_turn()
    assert page.locator(".slide:visible").count() == 1
    page.get_by_role("button", name="Jeda pergantian").focus()
    page.keyboard.press("Enter")
    page.clock.run_for(50_000)
    assert page.evaluate(NOW_SHOWN) == second
    page.get_by_role("button", name="Sebelumnya").click()
    assert page.evaluate(NOW_SHOWN) == first
    page.get_by_role("button", name="Lanjutkan pergantian").click()
    page.clock.run_for(16_000)
    assert page.evaluate(NOW_SHOWN) == second


def test_who_types_is_not_disturbed_and_the_screen_recovers(live_site, server_clock, office):
    screen = Screen(live_site, server_clock)
    page = screen.page
    while page.evaluate(NOW_SHOWN) != "Cari informasi publik":
        page.get_by_role("button", name="Berikutnya").click()
    page.get_by_label("Kata yang Anda cari").fill("daftar pemilih")
    page.keyboard.press("End")
    page.clock.run_for(50_000)
    assert page.get_by_label("Kata yang Anda cari").input_value() == "daftar pemilih"
    assert page.evaluate(NOW_SHOWN) == "Cari informasi publik"
    page.clock.run_for(30_000)  # whoever it was has gone
    assert page.evaluate(NOW_SHOWN) != "Cari informasi publik"


def test_what_could_not_be_shown_yet_is_not_called_up_to_date(live_site, server_clock, office):
    screen = Screen(live_site, server_clock)
    page = screen.page
    while page.evaluate(NOW_SHOWN) != "Cari informasi publik":
        page.get_by_role("button", name="Berikutnya").click()
    page.get_by_label("Kata yang Anda cari").focus()
    screen.stamp("Terakhir diperbarui 10.24")
    factories.DIPEntryPageFactory(title="Terbit selagi orang mengetik")
    server_clock.shift(60)
    page.clock.run_for(30_000)
    page.keyboard.type("daftar")
    with screen._answer():
        page.clock.run_for(30_000)
    expect(page.locator("#pojok-clock")).to_have_text("10.25")
    screen.stamp("Terakhir diperbarui 10.24")
    assert page.get_by_text("Terbit selagi orang mengetik").count() == 0
    screen.minute()  # whoever it was has gone
    expect(page.get_by_text("Terbit selagi orang mengetik")).to_be_attached()
    screen.stamp("Terakhir diperbarui 10.26")


def test_reduced_motion_stands_still_from_the_start(live_site, server_clock, office):
    screen = Screen(live_site, server_clock, reduced_motion="reduce")
    first = screen.page.evaluate(NOW_SHOWN)
    screen.page.clock.run_for(50_000)
    assert screen.page.evaluate(NOW_SHOWN) == first
    assert screen.page.get_by_role("button", name="Lanjutkan pergantian").is_visible()


# --- wall, phone, paper -----------------------------------------------------------------------------------------------


def test_it_fits_is_accessible_and_large_enough(live_site, office, assert_accessible):
    page = live_site.window()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for width, height in ((1920, 1080), (1280, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto("/pojok/")
        expect(page.locator(".pojok--turning")).to_be_attached()
        for _ in range(page.locator(".slide").count()):
            assert (page.evaluate(TOO_WIDE), page.evaluate(TOO_HIGH)) == (0, 0), page.evaluate(NOW_SHOWN)
            assert_accessible(page)
            page.click("#pojok-next")
        # From four metres: titles a fiftieth of the width, what explains them a seventieth.
        sizes = page.evaluate(
            "['.slide__title', '.figure--dokumen dd', '.rows .dots', '.figure dt', '.clock'].map("
            "name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize) / innerWidth)"
        )
        assert min(sizes) >= 1 / 70
        assert sizes[0] >= 1 / 50
        assert sizes[1] >= 1 / 30
    assert not complaints


def test_more_than_there_is_room_for_leaves_whole_titles_and_the_foot(live_site, office):
    """Nobody scrolls a wall: what is too much must not push the pause control out of sight."""
    pojok = PojokPage.objects.child_of(office.home_page).get()
    for number in range(2):
        factories.DIPEntryPageFactory(
            title=f"Berita Acara Rekapitulasi Pemilihan Wali Kota tahap {number} " * 2
        )
    qr = ("qr", {"tujuan": "cari", "alamat": "", "keterangan": ""})
    page = live_site.window()
    for fixed in ([qr], [qr] * 8):
        pojok.slides = [("terbaru", {"judul": "", "kelas": "semua", "jumlah": 6}), ("cari", {"judul": ""})]
        pojok.fixed = fixed
        pojok.save()
        for width, height in ((1920, 1080), (1280, 720)):
            page.set_viewport_size({"width": width, "height": height})
            page.goto("/pojok/")
            expect(page.locator(".pojok--turning")).to_be_attached()
            foot = page.locator(".bar").bounding_box()
            assert 0 < foot["y"] < foot["y"] + foot["height"] <= height
            rows = [row.bounding_box() for row in page.locator(".slide--now .rows li").all()]
            seen = [row for row in rows if row["x"] < width / 2]
            assert 4 <= len(seen) < len(rows) == 6
            assert all(row["y"] + row["height"] <= foot["y"] for row in seen)
            assert page.evaluate(TOO_WIDE) == 0


def test_on_a_phone_everything_stands_one_below_the_other(live_site, office, assert_accessible):
    page = live_site.open("/pojok/", phone=True)
    assert page.locator(".slide:visible").count() == page.locator(".slide").count() > 1
    assert not page.locator("#pojok-controls").is_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) == 0


def test_without_javascript_everything_can_be_read(live_site, office):
    page = live_site.window(javascript=False)
    page.set_viewport_size(WALL)
    page.goto("/pojok/")
    assert page.locator(".slide:visible").count() == page.locator(".slide").count() > 1
    assert page.locator("noscript p").inner_text().startswith("Halaman ini memperbarui diri tiap menit.")
    page.get_by_role("link", name="Hentikan").click()
    assert page.get_by_role("link", name="Perbarui halaman ini tiap menit").is_visible()


def test_on_paper_it_is_one_page(live_site, office, tmp_path):
    page = live_site.open("/pojok/")
    paper = tmp_path / "pojok.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == 1
    text = "".join(document[0].get_textpage().get_text_range().split())
    for words in ("Informasiterbaru", "Loketpindah", "Jamlayanan", "dokumenpublik"):
        assert words in text
    document.close()
