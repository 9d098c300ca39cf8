"""Letters about what is new: when they are due, what they hold, once and not twice, and never lost."""

import datetime as dt
import smtplib
from email import message_from_bytes

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from search.subscriptions import delivery, jobs, news
from search.subscriptions.models import SavedSearch
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OfficeFactory,
    RegulationPageFactory,
    State,
    shared_office,
)
from tests.search.letters import confirmed, path_to, subscribe

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WORD = "kelapagading"
MONDAY = dt.datetime.fromisoformat("2026-03-16 09:00+07:00")
TUESDAY_SEVEN = dt.datetime.fromisoformat("2026-03-17 07:00+07:00")


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MONDAY, tick=False)
    return time_machine


@pytest.fixture(autouse=True)
def office(clock):
    return shared_office()


@pytest.fixture
def publish(clock):
    """`publish("Judul")`: an entry made public a second later."""

    def make(title="Entri", **fields):
        clock.shift(dt.timedelta(seconds=1))
        return DIPEntryPageFactory(title=f"{title} {WORD}", **fields)

    return make


def morning(clock, days=1):
    """The timetable's round at seven, so many days after Monday."""
    clock.move_to(TUESDAY_SEVEN + dt.timedelta(days=days - 1, seconds=30), tick=False)
    jobs.hand_over_due()
    letters = list(mail.outbox)
    mail.outbox.clear()
    return letters


# --- what is told -----------------------------------------------------------------------------------------------------


def test_what_is_new_is_told_at_seven_and_once(client, clock, office, publish):
    publish("Lama")
    clock.shift(dt.timedelta(minutes=5))
    row = confirmed(client)
    clock.shift(dt.timedelta(hours=1))
    page = publish("Baru", ringkasan="Ringkas & <tebal>.")
    jobs.hand_over_due()
    assert not mail.outbox
    (letter,) = morning(clock)
    assert letter.subject == f"1 informasi baru: “{WORD}” – KPU Kota Serang"
    html = letter.alternatives[0].content
    for text in (letter.body, html):
        assert page.title in text
        assert f"{office.site.root_url}{page.get_url_parts()[2]}" in text
        assert "diumumkan 16 Maret 2026" in text
        assert "Lama" not in text
    assert "Ringkas & <tebal>." in letter.body
    assert "Ringkas &amp; &lt;tebal&gt;." in html
    assert "src=" not in html  # nothing is fetched: nobody learns that it was opened
    row.refresh_from_db()
    assert (row.last_sent_at, row.failures, row.claim) == (timezone.now(), 0, None)
    assert row.next_due_at == TUESDAY_SEVEN + dt.timedelta(days=1)
    assert morning(clock, days=2) == []
    clock.shift(dt.timedelta(hours=2))
    publish("Lebih baru")
    (letter,) = morning(clock, days=3)
    assert "Lebih baru" in letter.body
    assert page.title not in letter.body


def test_nothing_new_is_no_letter(client, clock):
    row = confirmed(client)
    assert morning(clock) == []
    row.refresh_from_db()
    assert row.next_due_at > timezone.now()
    assert row.last_sent_at is None


def test_weekly_ones_wait_for_monday(client, clock, publish):
    confirmed(client, frekuensi="mingguan")
    publish("Pekan ini")
    for day in range(1, 7):
        assert morning(clock, days=day) == []
    (letter,) = morning(clock, days=7)
    assert "Pekan ini" in letter.body
    assert timezone.localtime().weekday() == 0


def test_unconfirmed_ones_are_told_nothing(client, clock, publish):
    subscribe(client)
    mail.outbox.clear()
    publish()
    assert morning(clock) == []
    assert morning(clock, days=6) == []


def test_headers_let_a_mail_program_unsubscribe(client, clock, publish):
    confirmed(client)
    publish()
    (letter,) = morning(clock)
    sent = message_from_bytes(letter.message().as_bytes())
    link = "".join(sent["List-Unsubscribe"].split()).strip("<>")
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in letter.body.replace("\n", "")
    assert sent["Auto-Submitted"] == "auto-generated"
    client.post(path_to("berhenti", letter), {"List-Unsubscribe": "One-Click"})
    assert not SavedSearch.objects.exists()


def test_twenty_are_named_and_the_rest_is_counted(client, clock, index, monkeypatch, publish):
    monkeypatch.setattr(news, "MAX_SIZE", 10)
    confirmed(client)
    pages = []
    for number in range(23):
        clock.shift(dt.timedelta(minutes=1))
        pages.append(publish(f"Nomor {number} dari", quick=True))
    index(*pages)
    (letter,) = morning(clock)
    assert letter.subject.startswith("23 informasi baru")
    assert letter.body.count(f"dari {WORD}") == 20
    assert "Nomor 22 dari" in letter.body
    assert "Nomor 2 dari" not in letter.body
    assert f"dan 3 lainnya: http://localhost/cari/?q={WORD}&urut=terbaru" in letter.body
    assert morning(clock, days=2) == []


def test_a_mass_import_is_settled_though_not_all_is_read(client, clock, index, monkeypatch, publish):
    monkeypatch.setattr(news, "MAX_SIZE", 10)
    monkeypatch.setattr(news, "MAX_PAGES", 2)
    row = confirmed(client)
    pages = []
    for number in range(25):
        clock.shift(dt.timedelta(minutes=1))
        pages.append(publish(f"Impor {number}", quick=True))
    index(*pages)
    (letter,) = morning(clock)
    assert letter.subject.startswith("25 informasi baru")
    row.refresh_from_db()
    assert len(row.told) == 19  # the oldest that was read is settled with those before it
    assert morning(clock, days=2) == []
    publish("Sesudahnya")
    (letter,) = morning(clock, days=3)
    assert letter.subject.startswith("1 informasi baru")


def test_text_that_is_read_late_is_told_late_and_not_twice(client, clock, index, publish):
    """A scan published on Monday whose text comes on Tuesday; others published after it were told meanwhile."""
    confirmed(client)
    clock.shift(dt.timedelta(minutes=10))
    late = DIPEntryPageFactory(title="Hasil pindai", files=[DocumentFactory(texts=["kosong"])])
    clock.shift(dt.timedelta(minutes=10))
    publish("Tepat waktu")
    (letter,) = morning(clock)
    assert "Tepat waktu" in letter.body
    late.files.first().document.pages.update(text=f"Isi tentang {WORD}")
    index(late)
    (letter,) = morning(clock, days=2)
    assert "Hasil pindai" in letter.body
    assert "Tepat waktu" not in letter.body
    for day in (3, 4, 5):
        assert morning(clock, days=day) == []
    assert SavedSearch.objects.get().told == {}  # kept no longer than needed


def test_a_page_published_again_is_no_news(client, clock, publish):
    confirmed(client)
    page = publish()
    assert len(morning(clock)) == 1
    page.unpublish()
    assert morning(clock, days=2) == []
    page.save_revision().publish()
    assert morning(clock, days=3) == []


def test_search_is_asked_with_its_filters_and_scope(client, clock, office, publish):
    other = OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    confirmed(client, kategori="regulasi")
    confirmed(client, surel="semua@contoh.id", lingkup="semua")
    publish("Bukan regulasi")
    RegulationPageFactory(title=f"Regulasi {WORD}")
    there = publish("Dari Cilegon", office=other)
    letters = {letter.to[0]: letter.body for letter in morning(clock)}
    narrow = letters["Warga.Serang@contoh.id"]
    wide = letters["semua@contoh.id"]
    assert f"Regulasi {WORD}" in narrow
    assert "Kategori: Regulasi" in narrow
    assert "Bukan regulasi" not in narrow
    assert "Cilegon" not in narrow
    assert "Bukan regulasi" in wide
    assert f"{other.site.root_url}{there.get_url_parts()[2]}" in wide  # a page's own office's host
    assert f"{office.site.root_url}/cari/langganan/kelola/" in wide  # the subscription's


# --- what is not told -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in State if state is not State.LIVE])
@pytest.mark.parametrize("words", [WORD, ""])
def test_what_is_not_public_is_told_to_nobody(client, clock, state, words, publish):
    confirmed(client, q=words)
    publish(state=state, files=[DocumentFactory(texts=[f"Naskah {WORD}"])])
    clock.shift(dt.timedelta(hours=2))
    for day in (1, 2):
        assert morning(clock, days=day) == []


def test_what_was_withdrawn_before_seven_is_not_told(client, clock, publish):
    confirmed(client)
    gone, kept = publish("Ditarik"), publish("Tetap")
    Page.objects.filter(pk=gone.pk).update(live=False)  # before the index knows
    (letter,) = morning(clock)
    assert kept.title in letter.body
    assert gone.title not in letter.body
    assert letter.subject.startswith("1 ")


def test_a_scheduled_page_is_told_when_it_is_public(client, clock, publish):
    from common.jobs import publish_scheduled

    confirmed(client)
    page = publish("Berjadwal", state=State.SCHEDULED)  # in a week
    for day in (1, 6):
        assert morning(clock, days=day) == []
    clock.move_to(MONDAY + dt.timedelta(days=7, minutes=1), tick=False)
    publish_scheduled()
    (letter,) = morning(clock, days=8)
    assert page.title in letter.body


def test_the_text_of_an_exempted_file_is_told_to_nobody(client, clock):
    confirmed(client)
    ExemptedInformationPageFactory(
        title="Data yang dikecualikan", dokumen_induk=DocumentFactory(texts=[f"Rahasia {WORD}"])
    )
    assert morning(clock) == []


# --- once, again, never lost ------------------------------------------------------------------------------------------


def waiting():
    return DBTaskResult.objects.ready().filter(task_path__endswith="deliver")


def test_two_workers_send_once(client, clock, settings, publish):
    row = confirmed(client)
    publish()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    clock.move_to(TUESDAY_SEVEN + dt.timedelta(seconds=30), tick=False)
    jobs.hand_over_due()
    args = waiting().get().args_kwargs["args"]
    row.refresh_from_db()
    first = delivery._take(*args)
    assert delivery.deliver_next(*args) == "bukan giliran tugas ini"  # while the first is at work
    assert jobs.hand_over_due() == ""
    assert delivery._tell(first) == "1 dikabarkan"
    assert delivery.deliver_next(*args) == "bukan giliran tugas ini"
    assert len(mail.outbox) == 1


def test_death_between_sending_and_noting_repeats_and_loses_nothing(client, clock, settings, publish):
    row = confirmed(client)
    publish()
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    clock.move_to(TUESDAY_SEVEN + dt.timedelta(seconds=30), tick=False)
    jobs.hand_over_due()
    args = waiting().get().args_kwargs["args"]
    settings.EMAIL_BACKEND = "tests.search.letters.DiesAfterSending"
    with pytest.raises(KeyboardInterrupt):
        delivery.deliver_next(*args)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row.refresh_from_db()
    assert (row.last_sent_at, row.told) == (None, {})
    assert jobs.hand_over_due() == ""  # it might still be at work
    clock.shift(delivery.LEASE + dt.timedelta(seconds=1))
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}
    }
    jobs.hand_over_due()
    first, second = mail.outbox
    assert first.body == second.body
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    row.refresh_from_db()
    assert row.last_sent_at == timezone.now()


def test_letter_of_confirmation_is_tried_again_too(client, clock, settings):
    settings.EMAIL_BACKEND = "tests.search.letters.Refusing"
    assert subscribe(client).status_code == 302
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    jobs.hand_over_due()
    assert not mail.outbox
    clock.shift(dt.timedelta(minutes=6))
    jobs.hand_over_due()
    assert len(mail.outbox) == 1
    jobs.hand_over_due()
    assert len(mail.outbox) == 1


def test_a_key_that_was_lost_stops_one_letter_and_is_named(client, clock, settings, publish):
    from cryptography.fernet import Fernet

    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    lost = confirmed(client)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    confirmed(client, surel="lain@contoh.id")
    publish()
    (letter,) = morning(clock)
    assert letter.to == ["lain@contoh.id"]
    lost.refresh_from_db()
    assert lost.failures == 1


def test_keys_rotate_under_living_subscriptions(client, clock, settings, publish):
    from cryptography.fernet import Fernet

    old, new = (Fernet.generate_key().decode() for _ in range(2))
    settings.FIELD_ENCRYPTION_KEYS = [old]
    row = confirmed(client)
    link = f"/cari/langganan/kelola/?kunci={row.key.reveal()}"
    settings.FIELD_ENCRYPTION_KEYS = [new, old]
    call_command("rotate_field_keys", verbosity=0)
    settings.FIELD_ENCRYPTION_KEYS = [new]
    publish()
    (letter,) = morning(clock)
    assert path_to("kelola", letter) == link
    subscribe(client)
    assert SavedSearch.objects.count() == 1  # still known as the same address


def test_timetable_knows_the_jobs():
    from common import schedule

    assert schedule._jobs["surel_langganan"].callback is jobs.hand_over_due
    assert schedule._jobs["hapus_langganan_tak_dikonfirmasi"].callback is jobs.forget_unconfirmed


def test_one_letter_takes_less_time_than_its_lease(settings):
    assert dt.timedelta(seconds=settings.EMAIL_TIMEOUT * 5) < delivery.LEASE
    assert issubclass(smtplib.SMTPRecipientsRefused, OSError)
