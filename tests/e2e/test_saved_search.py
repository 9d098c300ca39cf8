"""Following a search, as people do it: the form, the mailbox, the button, the news, one click to end."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from common import schedule
from search.subscriptions.models import SavedSearch
from tests import factories
from tests.search.letters import path_to

pytestmark = pytest.mark.e2e

NOW = timezone.make_aware(datetime(2026, 3, 16, 9, 0))


@pytest.fixture
def work(settings):
    """Tasks wait in the database for the worker, as on a real site. Returns the worker: it runs all that waits."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    return lambda: call_command("db_worker", queue_name="*", batch=True, startup_delay=False, verbosity=0)


@pytest.fixture
def clock():
    """The clock of the site; people's browsers keep their own."""
    with time_machine.travel(NOW, tick=True) as traveller:
        yield traveller


def test_a_search_is_followed_told_and_left(live_site, clock, work, assert_accessible, client):
    factories.shared_office()
    reader = live_site.open("/cari/?q=kelapagading&kategori=informasi-publik")
    reader.get_by_text("Kabari saya lewat surel bila ada yang baru").click()
    assert_accessible(reader)

    reader.get_by_label("Alamat surel Anda").fill("warga@")
    reader.get_by_label("Setiap Senin").check()
    reader.get_by_role("button", name="Kabari saya").click()
    reader.locator(".error-summary:focus").wait_for()
    assert reader.get_by_label("Alamat surel Anda").input_value() == "warga@"
    assert reader.get_by_label("Setiap Senin").is_checked()
    assert_accessible(reader)

    reader.get_by_label("Alamat surel Anda").fill("warga@contoh.id")
    reader.get_by_label("Setiap hari").check()
    reader.get_by_role("button", name="Kabari saya").click()
    reader.get_by_role("heading", name="Periksa kotak surel Anda").wait_for()
    assert_accessible(reader)
    work()
    (letter,) = mail.outbox
    assert letter.to == ["warga@contoh.id"]

    client.get(path_to("kelola"))  # the mail scanner was there first
    mailbox = live_site.open(path_to("kelola"))
    assert mailbox.get_by_text("“kelapagading”, Kategori: Informasi publik").is_visible()
    assert_accessible(mailbox)
    mailbox.get_by_role("button", name="Ya, kabari saya").click()
    mailbox.get_by_text("Langganan Anda sudah aktif").wait_for()
    assert_accessible(mailbox)

    clock.shift(timedelta(hours=1))
    factories.DIPEntryPageFactory(title="Daftar posko di Kelapagading")
    work()
    mail.outbox.clear()
    clock.move_to(NOW.replace(hour=7) + timedelta(days=1, minutes=1))
    schedule.run_due("uji")
    work()
    (letter,) = mail.outbox
    assert "Daftar posko di Kelapagading" in letter.body
    address = re.search(r"\S+/dip/\S+", letter.body).group()
    assert reader.goto(address.replace("http://localhost", live_site.url)).ok
    assert reader.get_by_role("heading", name="Daftar posko di Kelapagading").is_visible()

    mailbox.goto(path_to("berhenti"))
    assert SavedSearch.objects.count() == 1
    assert_accessible(mailbox)
    mailbox.get_by_role("button", name="Berhenti berlangganan").click()
    mailbox.get_by_role("heading", name="Anda tidak lagi berlangganan").wait_for()
    assert_accessible(mailbox)
    assert not SavedSearch.objects.exists()
    mailbox.goto(path_to("kelola"))
    assert mailbox.get_by_role("heading", name="Langganan ini tidak ada").is_visible()
    assert_accessible(mailbox)
