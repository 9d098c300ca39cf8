"""Parts inside a page of another origin, as its readers meet them, and the builder page in a browser."""

import threading
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from analytics import collecting
from analytics.enums import EventKind, Referrer
from analytics.models import Event
from documents.verification.recording import record
from documents.verification.withdrawing import withdraw_version
from tests import factories

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@contextmanager
def another_site(body: str, policy: str):
    """A page of somebody else, on an origin of its own (another host name), with a policy of its own."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            found = self.path == "/"
            content = f'<!doctype html><html lang="id"><title>Situs lain</title><main><h1>Situs lain</h1>{body}</main>'
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            if found:
                self.wfile.write(content.encode())

        def log_message(self, *args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _own_spool(settings, tmp_path):
    settings.ANALYTICS_SPOOL = tmp_path / "kunjungan"


@pytest.fixture
def document(live_server):
    office = factories.shared_office()
    document = factories.DocumentFactory(
        office=office,
        title='Rekapitulasi <img src=x onerror="alert(1)">',
        texts=["Isi satu " * 60, "Isi dua", "Isi tiga"],
    )
    factories.RegulationPageFactory(files=[document], title="Keputusan <b>tebal</b>")
    factories.DIPEntryPageFactory(title="Berita acara", klasifikasi="berkala")
    record([document.pk])
    return document


def paths(document) -> list[str]:
    return [
        "/pojok/embed/terbaru/?jumlah=3",
        "/pojok/embed/cari/?tema=gelap",
        "/pojok/embed/angka/?warna=ffcc00",
        "/pojok/embed/grafik/kunjungan/?huruf=besar",
        f"/pojok/embed/dokumen/{document.pk}/",
        "/pojok/embed/dokumen/0/",
    ]


def frames_of(live_site, addresses) -> str:
    return "".join(
        f'<iframe src="{live_site.url}{address}" title="Bagian {number}" width="100%" height="400"></iframe>'
        for number, address in enumerate(addresses)
    )


def listen(page) -> list[str]:
    """What goes wrong on the page and in its frames."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda message: faults.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("dialog", lambda dialog: (faults.append("alert"), dialog.dismiss()))
    return faults


def strict(live_site, more: str = "") -> str:
    return f"default-src 'none'; frame-src {live_site.url}{more}"


def test_parts_live_on_a_strict_page_of_another_origin(document, live_site, assert_accessible):
    addresses = paths(document)
    with another_site(frames_of(live_site, addresses), strict(live_site)) as host:
        for phone in (False, True):
            page = live_site.window(phone=phone)
            faults = listen(page)
            page.goto(host)
            page.wait_for_load_state("networkidle")
            assert len(page.frames) == len(addresses) + 1
            for frame in page.frames[1:]:
                assert frame.locator("h1").count() == 1
                assert frame.evaluate(TOO_WIDE) == 0
            assert page.frames[4].evaluate("document.querySelector('img').naturalWidth") > 0
            # The one that is not there is answered with 404, which the browser notes.
            assert [fault for fault in faults if "404" not in fault] == []
            assert page.context.cookies() == []
            assert_accessible(page)
            frame = page.frames[5]
            assert "Isi satu" in frame.inner_text("main")
            assert "<img src=x" in frame.inner_text("h1")
            frame.get_by_role("link", name="Berikutnya").click()
            page.wait_for_load_state("networkidle")
            assert "Isi dua" in page.frames[5].inner_text("main")


def test_height_is_told_to_the_page_that_asks_for_it(document, live_site):
    script = f'<script src="{live_site.url}/static/js/embed-host.js" async></script>'
    addresses = paths(document)[:5]
    policy = strict(live_site, f"; script-src {live_site.url}")
    with another_site(frames_of(live_site, addresses) + script, policy) as host:
        page = live_site.window()
        faults = listen(page)
        page.goto(host)
        for number in range(len(addresses)):
            page.locator("iframe").nth(number).scroll_into_view_if_needed()
        page.wait_for_function(
            "() => [...document.querySelectorAll('iframe')].every(frame => frame.style.height)"
        )
        page.wait_for_load_state("networkidle")
        needed = [frame.evaluate("document.body.getBoundingClientRect().height") for frame in page.frames[1:]]
        heights = page.eval_on_selector_all("iframe", "frames => frames.map(frame => frame.clientHeight)")
        assert heights == [-(-height // 1) for height in needed]
        assert len(set(heights)) > 1
        page.set_viewport_size({"width": 360, "height": 800})  # narrower: taller, once it is seen
        page.locator("iframe").nth(4).scroll_into_view_if_needed()
        page.wait_for_function(
            "before => document.querySelectorAll('iframe')[4].clientHeight > before", arg=heights[4]
        )
        # Neither another window's message nor a size out of all proportion is believed.
        page.evaluate("""() => new Promise(done => {
            addEventListener('message', () => setTimeout(done, 0), { once: true });
            postMessage({ type: 'eppid-tinggi', tinggi: 5 }, '*');
        })""")
        assert page.locator("iframe").first.evaluate("frame => frame.clientHeight") > 40
        assert faults == []


def counted() -> list[tuple]:
    collecting.collect()
    return sorted(Event.objects.values_list("kind", "document_id", "referrer", "is_bot"))


@pytest.mark.parametrize("javascript", [True, False])
def test_a_part_is_counted_once(document, live_site, javascript):
    frames = frames_of(live_site, [f"/pojok/embed/dokumen/{document.pk}/"])
    with another_site(frames, strict(live_site)) as host:
        page = live_site.window(javascript=javascript, agent=CHROME)
        # Turning the page before the view is told would take the picture away that tells it.
        told = "**/statistik/kunjungan" if javascript else "**/statistik/kunjungan.gif?*"
        with page.context.expect_event("request", lambda request: fnmatch(request.url, told)) as asked:
            page.goto(host)
        if not javascript:
            asked.value.response()
        page.wait_for_load_state("networkidle")
        page.frames[1].get_by_role("link", name="Berikutnya").click()
        page.wait_for_load_state("networkidle")
    came_from = Referrer.OTHER_SITE if javascript else Referrer.UNKNOWN
    assert counted() == [(EventKind.EMBED, document.pk, came_from, False)]


def test_a_part_in_a_sandbox_is_shown_and_counted(document, live_site):
    """WordPress puts frames of sites that it does not know into a sandbox without an origin."""
    frame = frames_of(live_site, ["/pojok/embed/terbaru/"]).replace(
        "<iframe", '<iframe sandbox="allow-scripts"'
    )
    with another_site(frame, strict(live_site)) as host:
        page = live_site.window(agent=CHROME)
        faults = listen(page)
        page.goto(host)
        page.wait_for_load_state("networkidle")
        assert page.frames[1].locator("li").count() == 2
        assert faults == []
    assert counted() == [(EventKind.EMBED, 0, Referrer.OTHER_SITE, False)]


def test_the_search_box_opens_the_site(document, live_site):
    with another_site(frames_of(live_site, ["/pojok/embed/cari/"]), strict(live_site)) as host:
        page = live_site.open(host, javascript=False)
        page.frames[1].fill("input[type=search]", "rekapitulasi")
        with page.context.expect_page() as opened:
            page.frames[1].get_by_role("button", name="Cari").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == f"{live_site.url}/cari/?q=rekapitulasi"
        assert page.url == host


def test_a_withdrawn_document_is_no_broken_frame(document, live_site, assert_accessible):
    withdraw_version(document, document.version, "Memuat data yang keliru.")
    with another_site(
        frames_of(live_site, [f"/pojok/embed/dokumen/{document.pk}/"]), strict(live_site)
    ) as host:
        page = live_site.open(host)
        page.wait_for_load_state("networkidle")
        text = page.frames[1].inner_text("main")
        assert "Dokumen ini ditarik" in text
        assert "Alasan: Memuat data yang keliru." in text
        assert_accessible(page)


def test_the_rest_of_the_site_cannot_be_framed(document, live_site):
    with another_site(frames_of(live_site, ["/", "/pojok/embed/"]), strict(live_site)) as host:
        page = live_site.open(host)
        page.wait_for_load_state("networkidle")
        assert all(not frame.url.startswith(live_site.url) for frame in page.frames[1:])


def test_builder_follows_what_is_chosen_and_copies(document, live_site, assert_accessible):
    for phone in (False, True):
        page = live_site.window(phone=phone, agent=CHROME)
        faults = listen(page)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_site.url)
        page.goto("/pojok/embed/")
        assert page.evaluate(TOO_WIDE) == 0
        page.wait_for_load_state("networkidle")
        assert_accessible(page)
        page.check("input[value=angka]")
        page.wait_for_function("() => document.querySelector('#kode').value.includes('/pojok/embed/angka/')")
        page.select_option("select[name=tema]", "gelap")
        page.wait_for_function("() => document.querySelector('#kode').value.includes('tema=gelap')")
        assert "tema=gelap" in page.url
        assert page.locator("[data-part=terbaru]").is_hidden()
        page.get_by_role("button", name="Salin kode").click()
        page.get_by_text("Disalin.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#kode")
        page.wait_for_load_state("networkidle")
        assert page.locator(".preview iframe").first.evaluate("frame => frame.style.height") != ""
        assert_accessible(page)
        assert faults == []
    # Previews are no embeds; the same browser again within a moment is the same view.
    assert {kind for kind, *_ in counted()} == {EventKind.VIEW}


def test_builder_works_without_javascript(document, live_site):
    page = live_site.open("/pojok/embed/", javascript=False)
    page.check("input[value=dokumen]")
    page.fill("input[name=dokumen]", "tidak ada")
    page.get_by_role("button", name="Perbarui pratinjau").click()
    assert page.input_value("input[name=dokumen]") == "tidak ada"
    page.fill("input[name=dokumen]", f"{live_site.url}/dokumen/{document.pk}/")
    page.get_by_role("button", name="Perbarui pratinjau").click()
    assert f"/pojok/embed/dokumen/{document.pk}/" in page.input_value("#kode")
    assert not page.get_by_role("button", name="Salin kode").is_visible()
