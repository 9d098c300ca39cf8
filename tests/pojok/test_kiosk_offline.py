"""A screen that is switched on while the network is away: what is kept on the device, and what is not."""

import datetime as dt
import re
import socket
import threading
from contextlib import contextmanager, suppress
from socketserver import BaseRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, expect

from home.withdrawals import withdraw
from pojok.models import PojokPage
from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

WALL = {"width": 1920, "height": 1080}
KEPT = "() => Boolean(localStorage.getItem('pojok-terakhir'))"
KEPT_CONTENT = (
    "words => caches.match('/pojok/isi').then(one => one.text()).then(text => text.includes(words))"
)
LOOK = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).fontSize]"


class Network:
    """The way to the site, which can be cut and mended: connections are passed on as they are."""

    def __init__(self, site_url: str):
        site = urlsplit(site_url)
        self._site = (site.hostname, site.port)
        self._open: set[socket.socket] = set()
        self._server = None
        self._port = 0
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Listen, at the same address as before."""
        network = self

        class Passing(BaseRequestHandler):
            def handle(self):
                with socket.create_connection(network._site) as beyond:
                    network._open |= {self.request, beyond}
                    back = threading.Thread(target=_pass, args=(beyond, self.request))
                    back.start()
                    _pass(self.request, beyond)
                    back.join()
                    network._open -= {self.request, beyond}

        class Server(ThreadingTCPServer):
            allow_reuse_address = daemon_threads = True

        self._server = Server(("127.0.0.1", self._port), Passing)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def cut(self) -> None:
        """Refuse connections, and end those that are open."""
        self._server.shutdown()
        for one in list(self._open):
            _end(one)
        self._server.server_close()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):  # cut
        while data := source.recv(65_536):
            target.sendall(data)
    _end(target)


def _end(one: socket.socket) -> None:
    with suppress(OSError):  # it had ended already
        one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def network(live_site):
    network = Network(live_site.url)
    yield network
    network.cut()


@pytest.fixture
def office():
    office = factories.shared_office()
    factories.DIPEntryPageFactory(title="Daftar Pemilih Tetap", quick=True)
    return office


@contextmanager
def answered(page):
    """Let the screen ask for its content as it does when the network comes back, and the answer come."""
    with page.expect_response("**/pojok/isi"):
        yield page.evaluate("dispatchEvent(new Event('online'))")


def screen_at(live_site, network):
    """A screen that has been up for its first update, and what went wrong on it."""
    page = live_site.window()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.set_viewport_size(WALL)
    page.goto(f"{network.url}/pojok/")
    with answered(page):
        pass
    page.wait_for_function(KEPT)
    return page, faults


def kept_addresses(page) -> set[str]:
    """Paths of everything that is kept on the device."""
    found = page.evaluate(
        "async () => (await Promise.all((await caches.keys()).map("
        "async name => (await (await caches.open(name)).keys()).map(one => new URL(one.url).pathname)))).flat()"
    )
    return set(found)


def test_a_screen_that_starts_without_network_shows_the_last_good_state(live_site, network, office):
    page, faults = screen_at(live_site, network)
    look = page.evaluate(LOOK)
    factories.DIPEntryPageFactory(title="Terbit sebelum gangguan")
    with answered(page):
        pass
    page.wait_for_function(KEPT_CONTENT, arg="Terbit sebelum gangguan")
    network.cut()
    factories.DIPEntryPageFactory(title="Terbit selama gangguan")
    page.reload()
    another = page.context.new_page()  # the device was switched off and on
    another.on("pageerror", lambda error: faults.append(str(error)))
    another.set_viewport_size(WALL)
    another.goto(f"{network.url}/pojok/")
    for screen in (page, another):
        expect(screen.get_by_text("Terbit sebelum gangguan")).to_be_attached()
        expect(screen.locator(".bar__stamp")).to_have_text(
            re.compile(r"^Terakhir diperbarui \d\d\.\d\d; sambungan terputus$")
        )
        assert screen.evaluate(LOOK) == look
        assert screen.evaluate("document.fonts.ready.then(() => document.fonts.size)") > 0
        assert screen.locator(".pojok--turning").count() == 1
        here = dt.datetime.now(office.tz)
        clocks = {f"{here + dt.timedelta(seconds=late):%H.%M}" for late in (-60, 0)}
        assert screen.inner_text("#pojok-clock") in clocks
    network.mend()
    with answered(another):
        pass
    expect(another.get_by_text("Terbit selama gangguan")).to_be_attached()
    expect(another.locator(".bar__stamp")).to_have_text(re.compile(r"^Terakhir diperbarui \d\d\.\d\d$"))
    assert faults == []


def test_a_screen_that_starts_long_after_says_since_when_and_what_time_it_is(live_site, network, office):
    """Two days later, on a device whose clock is an hour slow: as far as it was known, the time is the server's."""
    page, faults = screen_at(live_site, network)
    hour = 3_600_000
    page.evaluate(
        """([ahead, ago]) => {
            const memory = JSON.parse(localStorage.getItem("pojok-terakhir"));
            memory.ahead += ahead;
            memory.good -= ago;
            localStorage.setItem("pojok-terakhir", JSON.stringify(memory));
        }""",
        [hour, 48 * hour],
    )
    network.cut()
    page.reload()
    then = dt.datetime.now(office.tz) - dt.timedelta(hours=48)
    expect(page.locator(".bar__stamp")).to_contain_text(f"{then.year} pukul ")
    expect(page.locator(".bar__stamp")).to_contain_text("sambungan terputus")
    here = dt.datetime.now(office.tz) + dt.timedelta(hours=1)
    clocks = {f"{here + dt.timedelta(seconds=late):%H.%M}" for late in (-60, 0)}
    assert page.inner_text("#pojok-clock") in clocks
    assert faults == []


def test_a_server_that_fails_is_no_different(live_site, network, office):
    page, _ = screen_at(live_site, network)
    network.cut()
    network._site = ("127.0.0.1", 9)  # nobody listens there: connections are taken and end without a word
    network.mend()
    page.reload()
    expect(page.locator(".bar__stamp")).to_contain_text("sambungan terputus")
    assert page.get_by_text("Daftar Pemilih Tetap").count() == 1


def test_nothing_else_is_kept(live_site, network, office):
    page, _ = screen_at(live_site, network)
    for path in ("/pojok/embed/", "/pojok/embed/terbaru/", "/pojok/data.json", "/"):
        page.goto(network.url + path)
        page.wait_for_load_state("networkidle")
    kept = kept_addresses(page)
    assert {path for path in kept if not path.startswith("/static/")} == {"/pojok/", "/pojok/isi"}
    assert {path.rpartition("/")[2] for path in kept if path.startswith("/static/")} == {
        "base.css",
        "favicon.svg",
        "plus-jakarta-sans-latin.woff2",
        "pojok-print.css",
        "pojok-wall.css",
        "pojok.css",
        "pojok.js",
        "tokens.css",
    }
    assert page.context.cookies() == []
    network.cut()
    for path in ("/pojok/embed/", "/pojok/embed/terbaru/", "/pojok/data.json", "/"):
        with suppress(Error):  # nothing there; or the browser's own cache has it for its minute
            assert not page.goto(network.url + path).from_service_worker


@pytest.mark.parametrize("is_up", [True, False])
def test_what_is_withdrawn_leaves_the_device_too(live_site, network, office, is_up):
    page, _ = screen_at(live_site, network)
    withdraw(PojokPage.objects.get(), "Diperbaiki")
    if is_up:
        with answered(page):
            pass
        expect(page.get_by_text("sedang tidak ditayangkan")).to_be_visible()
    else:
        page.reload()
        expect(page.get_by_text("Diperbaiki")).to_be_visible()
    assert kept_addresses(page) == set()
    network.cut()
    with pytest.raises(Error):
        page.reload()


def test_a_phone_keeps_nothing_and_a_browser_without_workers_is_no_worse_off(live_site, network, office):
    phone = live_site.window(phone=True)
    old = live_site.window()
    old.set_viewport_size(WALL)
    old.add_init_script("delete Navigator.prototype.serviceWorker")
    for page in (phone, old):
        faults: list[str] = []
        page.on("pageerror", lambda error, faults=faults: faults.append(str(error)))
        page.goto(f"{network.url}/pojok/")
        factories.DIPEntryPageFactory(title="Terbit sesudah dibuka")
        with answered(page):
            pass
        expect(page.get_by_text("Terbit sesudah dibuka").first).to_be_attached()
        assert kept_addresses(page) == set()
        assert faults == []
