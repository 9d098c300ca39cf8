"""Following a search: the form, the confirmation, the change, the end; and that nobody learns who follows what."""

import datetime as dt
import logging

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from search.subscriptions import jobs
from search.subscriptions.models import SavedSearch, subscription_counts
from tests.factories import DIPEntryPageFactory, OfficeFactory, shared_office
from tests.search.letters import ADDRESS, FORM, confirmed, path_to, subscribe

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office():
    office = shared_office()
    office.email = "ppid@contoh.invalid"
    office.save()
    return office


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-03-16 09:00+07:00", tick=False)  # a Monday
    return time_machine


# --- asking -----------------------------------------------------------------------------------------------------------


def test_results_page_offers_the_form_and_the_feed(client):
    text = client.get("/cari/", {"q": "kelapagading", "tahun": "2024", "halaman": "3"}).content.decode()
    assert 'href="/cari/feed/?q=kelapagading&amp;tahun=2024"' in text
    assert text.count('type="application/atom+xml"') == 1
    form = text[text.index('action="/cari/langganan/"') :]
    assert '<input type="hidden" name="tahun" value="2024">' in form
    assert 'name="halaman"' not in form[: form.index("</form>")]
    assert "terenkripsi" in form


def test_one_letter_goes_out_without_a_word_that_was_typed(client, office):
    response = subscribe(client, q="menangkan hadiah di hadiah.example")
    assert response.url == "/cari/langganan/diminta/?q=menangkan+hadiah+di+hadiah.example"
    (letter,) = mail.outbox
    assert letter.to == [ADDRESS]
    assert letter.from_email.startswith("PPID KPU Kota Serang <")
    assert letter.reply_to == ["ppid@contoh.invalid"]
    html = letter.alternatives[0].content
    for text in (letter.body, html):
        assert "hadiah" not in text
        assert office.nama_lembaga in text
        assert f"{office.site.root_url}/cari/langganan/kelola/?kunci=" in text
    assert "hadiah" in client.get(path_to("kelola")).content.decode()
    assert "List-Unsubscribe" not in letter.extra_headers


def test_answer_is_the_same_for_every_address(client):
    confirmed(client)
    pages = set()
    for address in (ADDRESS, "lain@contoh.id", "ketiga@contoh.id"):
        response = subscribe(client, surel=address, frekuensi="mingguan")
        pages.add((response.status_code, response.url, client.get(response.url).content))
    assert len(pages) == 1
    assert "contoh.id" not in pages.pop()[2].decode()


@pytest.mark.postgres
def test_second_click_asks_for_nothing_more(client, clock):
    subscribe(client)
    subscribe(client, surel=f"  {ADDRESS.upper()} ", urut="terlama", halaman="4")
    assert len(mail.outbox) == 1
    assert SavedSearch.objects.count() == 1
    clock.shift(dt.timedelta(minutes=16))
    subscribe(client, frekuensi="mingguan")
    assert len(mail.outbox) == 2
    assert path_to("kelola", mail.outbox[0]) == path_to("kelola", mail.outbox[1])
    assert SavedSearch.objects.get().frequency == "mingguan"


def test_who_follows_already_is_told_so_by_letter_only(client, clock):
    row = confirmed(client)
    clock.shift(dt.timedelta(hours=1))
    subscribe(client, frekuensi="mingguan")
    (letter,) = mail.outbox
    assert letter.subject.startswith("Anda sudah berlangganan")
    assert path_to("berhenti")
    row.refresh_from_db()
    assert row.frequency == "harian"  # only who has the link may change it
    assert row.confirmed_at < timezone.now()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"surel": ""}, "Tulis alamat surel Anda"),
        ({"surel": "warga@"}, "Alamat ini belum lengkap"),
        ({"surel": "a@b.id\nBcc: c@d.id"}, "Alamat ini belum lengkap"),
        ({"surel": f"{'a' * 260}@contoh.id"}, "terlalu panjang"),
        ({"frekuensi": ""}, "Pilih setiap hari"),
        ({"frekuensi": "tiap-menit"}, "tiap-menit"),
        (
            {"q": "kata " * 90, "unit": [f"{n}{'x' * 98}" for n in range(19)]},
            "terlalu panjang untuk diikuti",
        ),
    ],
)
def test_mistakes_are_said_and_nothing_is_lost(client, fields, words):
    response = subscribe(client, tahun="2024", **fields)
    text = response.content.decode()
    assert response.status_code == 422
    assert "Isian Anda kami simpan" in text
    assert words in text
    assert '<input type="hidden" name="tahun" value="2024">' in text
    sent = {**FORM, **fields}
    assert not sent["surel"] or f'value="{sent["surel"]}"' in text
    assert not mail.outbox
    assert not SavedSearch.objects.exists()


def test_a_form_from_elsewhere_sends_nothing_and_keeps_what_was_typed():
    careful = Client(enforce_csrf_checks=True)
    for headers in ({}, {"origin": "https://lain.example"}, {"origin": "null"}):
        response = careful.post("/cari/langganan/", FORM, headers=headers)
        assert response.status_code == 422
        text = response.content.decode()
        assert "kirim sekali lagi" in text
        assert f'value="{ADDRESS}"' in text
    assert not mail.outbox
    token = response.cookies["csrftoken"].value  # a browser that names no origin sends it from this page
    assert subscribe(careful, csrfmiddlewaretoken=token).status_code == 302
    assert len(mail.outbox) == 1


def test_searching_sets_no_cookie_and_the_form_needs_none():
    careful = Client(enforce_csrf_checks=True)
    response = careful.get("/cari/", {"q": "kelapagading"})
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    sent = careful.post("/cari/langganan/", FORM, headers={"origin": "http://testserver"})
    assert sent.status_code == 302
    assert not sent.cookies
    assert len(mail.outbox) == 1


def test_program_that_fills_in_everything_is_thanked_and_forgotten(client):
    assert subscribe(client, situs_web="https://iklan.example").status_code == 302
    assert not mail.outbox
    assert not SavedSearch.objects.exists()


@pytest.mark.postgres
def test_letters_to_an_address_are_limited_by_the_day(client, clock, settings):
    for number in range(9):
        assert subscribe(client, q=f"kata{number}").status_code == 302
        clock.shift(dt.timedelta(minutes=20))
    assert len(mail.outbox) == settings.SAVED_SEARCH_LIMITS["letters_per_address_and_day"] == 5
    assert SavedSearch.objects.count() == 5
    subscribe(client, surel="lain@contoh.id")
    assert len(mail.outbox) == 6
    clock.shift(dt.timedelta(days=1))
    subscribe(client, q="kata9")
    assert len(mail.outbox) == 7


@pytest.mark.postgres
def test_letters_of_an_office_are_limited_by_the_hour(client, clock, settings):
    settings.SAVED_SEARCH_LIMITS = {**settings.SAVED_SEARCH_LIMITS, "letters_per_office_and_hour": 3}
    other = OfficeFactory(kode_wilayah="3672")
    for number in range(5):
        subscribe(client, surel=f"warga{number}@contoh.id")
    assert len(mail.outbox) == 3
    client.post("/cari/langganan/", FORM, headers={"host": other.site.hostname})
    assert len(mail.outbox) == 4
    clock.shift(dt.timedelta(minutes=61))
    subscribe(client, surel="warga9@contoh.id")
    assert len(mail.outbox) == 5


@pytest.mark.parametrize("backend", ["console", "dummy"])
def test_where_mail_would_end_in_the_log_no_address_is_asked_for(client, settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    text = client.get("/cari/", {"q": "dpt"}).content.decode()
    assert "/cari/langganan/" not in text
    assert "/cari/feed/?q=dpt" in text
    assert subscribe(client).status_code == 404
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "params",
    [
        {"q": "\x00\u202e".encode(), "unit": ["9" * 40, "²"], "kantor": "'", "serupa": "x"},
        {"q": "x" * 10_000},
        {},
    ],
)
def test_any_address_gives_a_form(client, params):
    for path in ("/cari/langganan/", "/cari/langganan/diminta/"):
        assert client.get(path, params).status_code == 200


def test_following_everything_is_possible(client):
    row = confirmed(client, q="")
    assert row.querystring == ""
    page = client.get(f"/cari/langganan/kelola/?kunci={row.key.reveal()}")
    assert "bila ada yang baru: semua yang diumumkan." in page.content.decode()


# --- confirming -------------------------------------------------------------------------------------------------------


def test_opening_the_link_confirms_nothing(client, clock):
    """A mail scanner visits every link, by GET and HEAD, as often as it likes."""
    subscribe(client)
    for kind in ("kelola", "berhenti"):
        link = path_to("kelola").replace("kelola", kind)
        for visit in (client.get, client.head, client.get):
            assert visit(link).status_code == 200
    assert SavedSearch.objects.get().confirmed_at is None
    text = client.get(path_to("kelola")).content.decode()
    assert "Ya, kabari saya" in text
    assert "contoh.id" not in text


@pytest.mark.parametrize(
    ("frequency", "due"), [("harian", "2026-03-17 07:00+07:00"), ("mingguan", "2026-03-23 07:00+07:00")]
)
def test_button_confirms_and_a_second_press_changes_nothing(clock, client, frequency, due):
    subscribe(client, frekuensi=frequency)
    link = path_to("kelola")
    scanner_free = Client(enforce_csrf_checks=True)  # from a mail program, without cookies
    response = scanner_free.post(link)
    assert "Langganan Anda sudah aktif" in scanner_free.get(response.url).content.decode()
    row = SavedSearch.objects.get()
    assert row.next_due_at == dt.datetime.fromisoformat(due)
    clock.shift(dt.timedelta(minutes=1))
    scanner_free.post(link, {"frekuensi": frequency})
    row.refresh_from_db()
    assert row.confirmed_at == timezone.now() - dt.timedelta(minutes=1)
    assert len(mail.outbox) == 1


def test_seven_o_clock_is_the_offices(client, clock, office):
    office.time_zone = "Asia/Jayapura"
    office.save()
    row = confirmed(client)
    assert row.next_due_at == dt.datetime.fromisoformat("2026-03-17 07:00+09:00")
    clock.move_to("2026-03-17 06:59+09:00")
    assert row.next_due(timezone.now()) == dt.datetime.fromisoformat("2026-03-17 07:00+09:00")
    clock.move_to("2026-03-17 07:00+09:00")
    assert row.next_due(timezone.now()) == dt.datetime.fromisoformat("2026-03-18 07:00+09:00")


@pytest.mark.postgres
def test_unconfirmed_addresses_are_forgotten_after_a_week(client, clock):
    subscribe(client)
    link = path_to("kelola")
    kept = confirmed(client, surel="lain@contoh.id")
    clock.shift(dt.timedelta(days=6, hours=23))
    assert jobs.forget_unconfirmed() == ""
    assert client.get(link).status_code == 200
    clock.shift(dt.timedelta(hours=2))
    assert client.get(link).status_code == 404  # even before the job has run
    assert "tidak ada" in client.post(link).content.decode()
    assert jobs.forget_unconfirmed() == "1 alamat yang tidak dikonfirmasi dihapus"
    assert list(SavedSearch.objects.all()) == [kept]


# --- changing and ending ----------------------------------------------------------------------------------------------


def test_frequency_is_changed_behind_the_link(client, clock):
    row = confirmed(client)
    link = f"/cari/langganan/kelola/?kunci={row.key.reveal()}"
    response = client.post(link, {"frekuensi": "mingguan"})
    assert "Pilihan Anda sudah disimpan" in client.get(response.url).content.decode()
    row.refresh_from_db()
    assert (row.frequency, row.next_due_at) == (
        "mingguan",
        dt.datetime.fromisoformat("2026-03-23 07:00+07:00"),
    )
    wrong = client.post(link, {"frekuensi": "tiap-menit"})
    assert "tiap-menit" in wrong.content.decode()
    row.refresh_from_db()
    assert row.frequency == "mingguan"


def test_one_subscription_behind_one_key(client):
    other = confirmed(client, q="rahasia")
    row = confirmed(client)
    response = client.get(f"/cari/langganan/kelola/?kunci={row.key.reveal()}")
    text = response.content.decode()
    assert "kelapagading" in text
    assert "rahasia" not in text
    assert other.key.reveal() not in text
    assert "contoh.id" not in text
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_one_click_ends_at_once_without_cookie_or_token(client):
    row = confirmed(client)
    link = f"/cari/langganan/berhenti/?kunci={row.key.reveal()}"
    assert "Berhenti berlangganan?" in client.get(link).content.decode()
    assert SavedSearch.objects.exists()
    program = Client(enforce_csrf_checks=True)
    response = program.post(link, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert not response.cookies
    assert not SavedSearch.objects.exists()


@pytest.mark.postgres
def test_used_unknown_and_cut_links_give_one_kind_page(client):
    row = confirmed(client)
    key = row.key.reveal()
    keys = ["", "x", key[:-1], key + "x", "\x00", "x" * 5000, row.key_hash, "' OR 1=1"]
    before = SavedSearch.objects.count()
    answers = {client.post("/cari/langganan/berhenti/", query_params={"kunci": bad}).content for bad in keys}
    assert SavedSearch.objects.count() == before
    answers.add(client.post("/cari/langganan/berhenti/", query_params={"kunci": key}).content)
    answers.add(client.post("/cari/langganan/berhenti/", query_params={"kunci": key}).content)
    assert len(answers) == 1  # nobody learns which of them was one
    for bad in [*keys, key]:
        for kind in ("kelola", "berhenti"):
            response = client.get(f"/cari/langganan/{kind}/", {"kunci": bad})
            assert response.status_code == 404
            assert "Langganan ini tidak ada" in response.content.decode()
        assert client.post("/cari/langganan/kelola/", query_params={"kunci": bad}).status_code == 404


def test_links_lead_to_the_office_where_it_was_asked(client, office):
    other = OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    client.post("/cari/langganan/", FORM, headers={"host": other.site.hostname})
    (letter,) = mail.outbox
    assert f"{other.site.root_url}/cari/langganan/kelola/" in letter.body
    assert office.site.root_url + "/" not in letter.body
    assert "KPU Kota Cilegon" in letter.subject
    subscribe(client)  # the same address and search, at another office
    assert SavedSearch.objects.count() == 2


# --- what nobody sees -------------------------------------------------------------------------------------------------


def test_no_address_in_logs(client, caplog, settings):
    caplog.set_level(logging.DEBUG)
    settings.EMAIL_BACKEND = "tests.search.letters.Refusing"
    subscribe(client)
    subscribe(client, surel="bukan alamat")
    Client(enforce_csrf_checks=True).post("/cari/langganan/", FORM)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = confirmed(client, surel="lain@contoh.id")
    client.get(f"/cari/langganan/kelola/?kunci={row.key.reveal()}")
    assert SavedSearch.objects.count() == 2
    assert "contoh.id" not in caplog.text.lower()


@pytest.mark.postgres
def test_officers_see_counts(client, office):
    confirmed(client)
    confirmed(client, surel="lain@contoh.id", frekuensi="mingguan")
    subscribe(client, surel="ketiga@contoh.id")
    assert subscription_counts(office) == {
        "confirmed": 2,
        "daily": 1,
        "weekly": 1,
        "waiting": 1,
        "failing": 0,
    }
    assert subscription_counts(OfficeFactory(kode_wilayah="3672"))["confirmed"] == 0
    assert subscription_counts()["confirmed"] == 2


def test_page_of_a_search_that_resembles_a_withdrawn_page_does_not_name_it(client):
    page = DIPEntryPageFactory(title="Entri kelapagading")
    row = confirmed(client, q="", serupa=page.pk)
    link = f"/cari/langganan/kelola/?kunci={row.key.reveal()}"
    assert page.title in client.get(link).content.decode()
    page.unpublish()
    assert page.title not in client.get(link).content.decode()
