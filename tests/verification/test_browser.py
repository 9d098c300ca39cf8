"""Verifying a file as people do: in a browser, on a phone, with and without JavaScript."""

import hashlib

import pytest
from django.core.files.base import ContentFile

from documents.services import replace_file
from documents.verification.withdrawing import withdraw_version
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNKNOWN = hashlib.sha256(b"tidak dikenal").hexdigest()


@pytest.fixture
def files(live_server):
    """A current file with a superseded version, and a withdrawn one; address by what is seen there."""
    office = factories.shared_office()
    name = "berita-acara-rekapitulasi-daftar-pemilih-tetap-tingkat-kota-serang-tahun-2024.pdf"
    document = factories.DocumentFactory(office=office, title="Naskah lengkap", file_name=name)
    page = factories.RegulationPageFactory(files=[document])
    old = document.sha256
    replace_file(
        document,
        ContentFile(pdf_bytes(["baru"]), name=name),
        reason="Salah ketik pada Pasal 4",
        keep_open=True,
    )
    document.refresh_from_db()
    wrong = factories.DocumentFactory(office=office, title="Lampiran", texts=["salah"])
    other = factories.RegulationPageFactory(files=[wrong])
    withdraw_version(wrong, 1, "Salah unggah: lampiran kantor lain.")
    return {
        "form": "/verifikasi/",
        "wrong": "/verifikasi/?sha256=abc",
        "current": f"/verifikasi/{document.sha256}",
        "superseded": f"/verifikasi/{old}",
        "withdrawn": f"/verifikasi/{wrong.sha256}",
        "unknown": f"/verifikasi/{UNKNOWN}",
        "log": "/verifikasi/catatan/",
        "log filtered": "/verifikasi/catatan/?q=naskah&peristiwa=diganti&dari=kemarin",
        "log of one": f"/verifikasi/catatan/?dokumen={document.pk}",
        "about": f"/dokumen/{document.pk}/",
        "about withdrawn": f"/dokumen/{wrong.pk}/",
        "gone": wrong.url,
        "page": page.url,
        "page with a withdrawn file": other.url,
    }


@pytest.mark.parametrize("javascript", [True, False])
def test_axe_finds_nothing_and_nothing_is_too_wide(files, live_site, assert_accessible, javascript):
    if javascript:
        desktop, phone = live_site.window(), live_site.window(phone=True)
        phone.set_viewport_size(PHONE)
        for name, path in files.items():
            for window in (desktop, phone):
                window.goto(path)
                assert window.evaluate(TOO_WIDE) == 0, name
                assert_accessible(window)
        desktop.emulate_media(color_scheme="dark")
        for name in ("about", "current", "form"):
            desktop.goto(files[name])
            assert_accessible(desktop)
    else:
        phone = live_site.window(phone=True, javascript=False)
        phone.set_viewport_size(PHONE)
        for path in files.values():
            phone.goto(path)
            assert phone.locator("h1").count() == 1


def test_strict_policy_blocks_nothing(files, live_site):
    page = live_site.window()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for name in ("form", "about", "log", "current"):
        page.goto(files[name])
        page.wait_for_load_state("networkidle")
    assert not complaints


def test_file_is_hashed_in_the_browser_and_not_sent(files, live_site, tmp_path):
    """Thirty megabytes, and every length around the edges of a block, as Python computes them."""
    page = live_site.window()
    sent = []
    page.on("request", lambda request: sent.append((request.method, len(request.post_data_buffer or b""))))
    large = bytes(range(256)) * (30 * 4096)
    contents = [large, *(b"x" * length for length in (1, 55, 56, 63, 64, 65, 119, 120, 1000))]
    for content in contents:
        path = tmp_path / "contoh.bin"
        path.write_bytes(content)
        page.goto("/verifikasi/")
        page.set_input_files("#berkas", path)
        page.get_by_role("button", name="Periksa berkas").click()
        page.wait_for_url(f"**/verifikasi/{hashlib.sha256(content).hexdigest()}")
    assert max(size for method, size in sent if method != "GET") < 120  # that the page was read, no more
    assert page.get_by_role("heading", level=1).inner_text() == "Tidak dikenal"


def test_dropped_file_is_verified(files, live_site):
    page = live_site.open("/verifikasi/")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["isi"], "isi.txt"));
            document.querySelector("form[data-verify]").dispatchEvent(
                new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }"""
    )
    page.wait_for_url(f"**/verifikasi/{hashlib.sha256(b'isi').hexdigest()}")


def test_mistakes_are_said_beside_the_field(files, live_site, assert_accessible, tmp_path):
    page = live_site.open("/verifikasi/")
    button = page.get_by_role("button", name="Periksa berkas")
    button.click()
    assert page.get_by_text("Pilih dahulu berkas yang akan diperiksa.").is_visible()
    assert page.evaluate("document.activeElement.id") == "berkas"
    assert_accessible(page)
    (tmp_path / "kosong.txt").write_bytes(b"")
    page.set_input_files("#berkas", tmp_path / "kosong.txt")
    button.click()
    assert page.get_by_text("Berkas ini kosong").is_visible()


def test_without_javascript_the_file_is_posted_and_the_answer_is_the_same(files, live_site, tmp_path):
    page = live_site.window(phone=True, javascript=False)
    page.goto("/verifikasi/")
    assert page.get_by_text("lalu langsung dibuang").is_visible()
    assert not page.get_by_text("tidak dikirim ke mana pun").is_visible()
    path = tmp_path / "baru.pdf"
    path.write_bytes(pdf_bytes(["baru"]))
    page.set_input_files("#berkas", path)
    page.get_by_role("button", name="Periksa berkas").click()
    page.wait_for_url(f"**{files['current']}")
    assert page.get_by_role("heading", level=1).inner_text() == "Asli, versi terkini"
    page.goto("/verifikasi/")
    page.fill("#sha256", files["superseded"].rpartition("/")[2].upper())
    page.get_by_role("button", name="Cocokkan sidik jari").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Pernah asli, sudah diganti"


def test_code_on_the_page_leads_to_the_answer(files, live_site):
    """The drawing is read back module by module: it must be the code of the very address beside it."""
    import segno

    page = live_site.open(files["about"])
    address = page.locator(".qr-box a.fingerprint").get_attribute("href")
    code = segno.make(address, error="m", micro=False)
    size = code.symbol_size(border=4)[0]
    assert page.locator("svg.qr").get_attribute("viewBox") == f"0 0 {size} {size}"
    dark = page.evaluate(
        """() => {
            const path = document.querySelectorAll("svg.qr path")[1], size = path.ownerSVGElement.viewBox.baseVal.width;
            const rows = [];
            for (let y = 0; y < size; y++) for (let x = 0; x < size; x++) {
                const point = path.ownerSVGElement.createSVGPoint();
                point.x = x + 0.5; point.y = y + 0.5;
                rows.push(path.isPointInFill(point) ? 1 : 0);
            }
            return rows;
        }"""
    )
    assert dark == [int(module) for row in code.matrix_iter(border=4) for module in row]
    page.locator(".qr-box a").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "Asli, versi terkini"
