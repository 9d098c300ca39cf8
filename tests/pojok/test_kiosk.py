"""The screen in the lobby as the server gives it: what stands on it, its JSON, what is counted, who may see it."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command

from analytics import collecting, rollups, visitors
from analytics.models import OfficeDay, PageDay
from documents.verification.recording import record
from documents.verification.withdrawing import withdraw_version
from home.withdrawals import withdraw
from pojok.blocks import DocumentBlock, QRBlock
from pojok.models import PojokPage
from tests import factories
from tests.factories import State
from tests.offices import _two_offices, office, people  # noqa: F401

NOON = dt.datetime(2026, 3, 10, 5, tzinfo=dt.UTC)  # noon in Jakarta
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"

pytestmark = pytest.mark.django_db


@pytest.fixture
def pojok(office):  # noqa: F811
    return PojokPage.objects.child_of(office.home_page).get()


@pytest.fixture
def own_spool(settings, tmp_path):
    settings.ANALYTICS_SPOOL = tmp_path / "kunjungan"
    visitors.forget()
    yield
    visitors.forget()


def compose(pojok, slides=(), fixed=()) -> None:
    """Publish other parts."""
    pojok.slides, pojok.fixed = list(slides), list(fixed)
    pojok.save()


# --- what stands on it ------------------------------------------------------------------------------------------------


def test_a_new_office_has_a_working_pojok(client, pojok):
    factories.DIPEntryPageFactory(title="Rekapitulasi <script>alert(1)</script> & “DPT”")
    factories.AnnouncementPageFactory(title="Loket pindah")
    response = client.get("/pojok/")
    html = response.content.decode()
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-cache"
    for words in (
        "Rekapitulasi &lt;script&gt;",
        "Loket pindah",
        "dokumen publik",
        "Jam layanan",
        "belum dicatat",
    ):
        assert words in html
    assert html.count('class="qr"') == 3
    assert "style=" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not response.cookies


def test_an_older_office_gets_its_pojok_when_it_is_completed(pojok, office):  # noqa: F811
    pojok.delete()
    call_command("add_office", office.kode_wilayah, verbosity=0)
    again = PojokPage.objects.child_of(office.home_page).get()
    assert (again.slug, again.live) == ("pojok", True)
    assert [block.block_type for block in again.fixed] == ["angka", "qr", "qr"]


def test_time_is_the_offices(client, pojok, office):  # noqa: F811
    office.time_zone = "Asia/Jayapura"
    office.save()
    with time_machine.travel(dt.datetime(2026, 3, 10, 15, 30, tzinfo=dt.UTC), tick=False):
        factories.AnnouncementPageFactory(title="Terbit tengah malam")
        html = client.get("/pojok/").content.decode()
        content = client.get("/pojok/isi").content.decode()
    assert "<span>11 Maret 2026</span>" in html
    assert "<span>11 Maret 2026</span>" in content
    assert ">00.30</time>" in html
    assert "Rabu, 11 Maret 2026" in html
    assert "WIT" in html


@pytest.mark.parametrize(
    ("now", "words", "until"),
    [
        (
            dt.datetime(2026, 3, 10, 3, tzinfo=dt.UTC),
            "Buka sekarang",
            dt.datetime(2026, 3, 10, 5, tzinfo=dt.UTC),
        ),
        (NOON, "Istirahat sekarang", dt.datetime(2026, 3, 10, 6, tzinfo=dt.UTC)),
        # At night "besok" is right until midnight in Jakarta, not until the desk opens.
        (
            dt.datetime(2026, 3, 10, 13, tzinfo=dt.UTC),
            "buka besok",
            dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC),
        ),
    ],
)
def test_words_on_the_desk_say_until_when_they_hold(client, pojok, now, words, until):
    with time_machine.travel(now, tick=False):
        html = client.get("/pojok/isi").content.decode()
    assert words in html
    assert f'data-until="{int(until.timestamp() * 1000)}"' in html


def test_parts_without_anything_to_show_are_left_out(client, pojok):
    html = client.get("/pojok/").content.decode()  # nothing is published, nobody came
    assert re.findall(r'data-slide="(\w+)-', html) == ["cari", "jam"]
    compose(pojok, [("terbaru", {"judul": "", "kelas": "berkala", "jumlah": 3})])
    html = client.get("/pojok/").content.decode()
    assert "Selamat datang" in html


def test_what_an_older_version_chose_does_not_darken_the_screen(client, pojok):
    stream = [
        {"type": "terbaru", "value": {"judul": "", "kelas": "dihapus", "jumlah": None}},
        {"type": "angka", "value": {"angka": ["nik", "dokumen"]}},
        {"type": "grafik", "value": {"judul": "", "grafik": "dihapus"}},
        {"type": "qr", "value": {"tujuan": "dihapus", "alamat": "", "keterangan": ""}},
        {"type": "dokumen", "value": {"judul": "", "dokumen": 999_999}},
        {"type": "hilang", "value": {}},
    ]
    pojok.slides = json.dumps(stream)
    pojok.save()
    html = client.get("/pojok/").content.decode()
    assert re.findall(r'data-slide="(\w+)-', html) == ["angka"]


def test_a_withdrawn_file_says_why_and_an_exempted_one_is_not_there(client, pojok, office):  # noqa: F811
    file = factories.DocumentFactory(title="Maklumat", office=office)
    factories.DIPEntryPageFactory(files=[file])
    record([file.pk])
    compose(pojok, [("dokumen", {"judul": "Maklumat kami", "dokumen": file})])
    assert "Maklumat kami" in client.get("/pojok/").content.decode()
    withdraw_version(file, 1, "Salah unggah")
    record([file.pk])
    html = client.get("/pojok/").content.decode()
    assert "Alasan: Salah unggah" in html
    assert "Maklumat kami" not in html
    assert file.url not in html
    hidden = factories.DocumentFactory(title="Rahasia", office=office)
    factories.ExemptedInformationPageFactory(files=[hidden])
    compose(pojok, [("dokumen", {"judul": "Rahasia", "dokumen": hidden})])
    assert "Rahasia" not in client.get("/pojok/").content.decode()


# --- for a screen that is up ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/pojok/isi", "/pojok/data.json"])
def test_content_is_sent_only_when_it_changed(client, pojok, path):
    with time_machine.travel(NOON, tick=False) as clock:
        first = client.get(path)
        assert first["Cache-Control"] == "no-cache"
        assert "Cookie" not in first.get("Vary", "")
        clock.shift(60)
        same = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (same.status_code, same.content) == (304, b"")
        factories.DIPEntryPageFactory(title="Baru saja terbit")
        changed = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert changed.status_code == 200
        assert "Baru saja terbit" in changed.content.decode()
        # One o'clock: the break is over, and the words on the desk change.
        before = client.get(path)
        clock.move_to(NOON + dt.timedelta(hours=1))
        assert client.get(path, headers={"If-None-Match": before["ETag"]}).status_code == 200
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


def test_what_is_withdrawn_leaves_the_screen(client, pojok):
    entry = factories.DIPEntryPageFactory(title="Keliru")
    assert "Keliru" in client.get("/pojok/isi").content.decode()
    withdraw(entry, "Memuat data yang keliru")
    assert "Keliru" not in client.get("/pojok/isi").content.decode()
    withdraw(pojok, "Layar diperbaiki")
    assert client.get("/pojok/isi").status_code == 404
    assert client.get("/pojok/data.json").status_code == 404
    assert client.get("/pojok/").status_code == 410


def test_queries_do_not_grow(client, pojok, django_assert_max_num_queries):
    for number in range(8):
        factories.DIPEntryPageFactory(title=f"Entri {number}", quick=True)
        factories.RegulationPageFactory(quick=True)
    client.get("/pojok/isi")
    with django_assert_max_num_queries(45):
        client.get("/pojok/isi")


def test_the_worker_may_act_below_the_pojok_only(client, pojok):
    response = client.get("/pojok/luring.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "no-cache"  # an old one must not stay
    assert "Service-Worker-Allowed" not in response
    assert not response.cookies
    assert client.get("/pojok/").content.decode().count('data-worker="/pojok/luring.js"') == 1


# --- as data ----------------------------------------------------------------------------------------------------------


def test_data_has_the_same_figures(client, pojok, office):  # noqa: F811
    factories.DIPEntryPageFactory(title="Rekapitulasi DPT")
    with time_machine.travel(NOON, tick=False):
        OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 3, 9), visitors=4812, downloads=1206)
        html = client.get("/pojok/").content.decode()
        response = client.get("/pojok/data.json")
    assert response["Access-Control-Allow-Origin"] == "*"
    data = response.json()
    figures = {row["nama"]: row["nilai"] for part in data["tetap"] if "isi" in part for row in part["isi"]}
    assert figures == {"pemohon": None, "kunjungan": 4812, "dokumen": 1, "unduhan": 1206}
    for written in ("4.812", "1.206", "belum dicatat"):
        assert f"<dd>{written}</dd>" in html
    kinds = [part["bagian"] for part in data["bergantian"]]
    assert kinds == re.findall(
        r'data-slide="([\w-]+?)-\d', html.replace('slide="jam-', 'slide="jam-layanan-')
    )
    assert data["bergantian"][0]["isi"][0]["judul"] == "Rekapitulasi DPT"
    codes = [part["url"] for part in data["tetap"] if part["bagian"] == "qr"]
    assert codes == ["http://testserver/permohonan/", "http://testserver/cari/"]


# --- what is counted --------------------------------------------------------------------------------------------------


def test_a_screen_is_one_view_however_long_it_is_up(client, pojok, own_spool):
    agent = {"User-Agent": CHROME}
    html = client.get("/pojok/", headers=agent).content.decode()
    token = html.split('data-visit="')[1].split('"')[0]
    client.post("/statistik/kunjungan", {"t": token}, headers=agent)
    for _ in range(5):
        client.get("/pojok/isi", headers=agent)
        again = client.get("/pojok/?segar", headers=agent).content.decode()  # without JavaScript
        assert "kunjungan.gif" not in again
        assert "data-visit" not in again
    collecting.collect()
    rollups.roll_up_stale()
    assert [(row.page_id, row.views) for row in PageDay.objects.all()] == [(pojok.pk, 1)]


def test_without_javascript_the_page_fetches_itself_until_told_not_to(client, pojok):
    html = client.get("/pojok/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="60;url=?segar"></noscript>' in html
    assert 'href="?tetap"' in html
    assert 'http-equiv="refresh"' not in client.get("/pojok/?tetap").content.decode()


# --- who composes it --------------------------------------------------------------------------------------------------


def test_a_code_leads_to_the_offices_own_site_only():
    block = QRBlock()
    for address in ("", "dip/", "//jahat.example/", "https://jahat.example/", "/\\jahat.example", "/a b"):
        with pytest.raises(ValidationError):
            block.clean(block.to_python({"tujuan": "lain", "alamat": address, "keterangan": ""}))
    value = block.to_python({"tujuan": "lain", "alamat": "/dip/berkala/?tahun=2024", "keterangan": ""})
    assert block.clean(value)["alamat"] == "/dip/berkala/?tahun=2024"


def test_a_file_that_no_public_page_shows_is_refused(office):  # noqa: F811
    block = DocumentBlock()
    draft = factories.DocumentFactory(office=office)
    factories.DIPEntryPageFactory(state=State.DRAFT, files=[draft])
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"judul": "", "dokumen": draft.pk}))
    shown = factories.DocumentFactory(office=office)
    factories.DIPEntryPageFactory(files=[shown])
    assert block.clean(block.to_python({"judul": "", "dokumen": shown.pk}))["dokumen"] == shown


def test_an_editor_opens_and_previews_it(client, pojok, people):  # noqa: F811
    client.force_login(people.editor)
    response = client.get(f"/admin/pages/{pojok.pk}/edit/")
    assert response.status_code == 200
    assert "bagian yang bergantian" in response.content.decode().lower()
    preview = pojok.make_preview_request(preview_mode=pojok.default_preview_mode)
    html = preview.content.decode()
    assert preview.status_code == 200
    assert 'data-url=""' in html  # what is being written is not replaced by what is published
    assert "data-visit" not in html


def test_there_is_one_a_site_and_its_address_stays(pojok, office):  # noqa: F811
    assert not PojokPage.can_create_at(office.home_page)
    pojok.slug = "lain"
    pojok.full_clean()
    assert pojok.slug == "pojok"
