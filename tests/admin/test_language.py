"""The admin speaks Indonesian and keeps the office's time."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.utils import translation
from wagtail.admin.mail import send_notification
from wagtail.users.models import UserProfile

from tests.factories import RegulationPageFactory

pytestmark = pytest.mark.django_db

ENGLISH = re.compile(
    r"\b(the|this page|you|your|are|edit|delete|search|submit|publish|published|history)\b", re.IGNORECASE
)


def words(response) -> str:
    """Return what a person reads: text of the page, and names of buttons and fields."""
    soup = BeautifulSoup(response.content, "html.parser")
    names = [
        tag[name]
        for name in ("aria-label", "title", "placeholder")
        for tag in soup.find_all(attrs={name: True})
    ]
    for unseen in soup(["script", "style"]):
        unseen.decompose()
    return " ".join(" | ".join([*soup.stripped_strings, *names]).split())


@pytest.mark.parametrize(
    "address",
    [
        "/admin/",
        "/admin/catalogue/regulationpage/",
        "/admin/pages/{page}/edit/",
        "/admin/pages/{page}/history/",
        "/admin/pages/{page}/workflow_history/",
        "/admin/pages/{page}/unpublish/",
        "/admin/account/",
        "/admin/riwayat/",
        "/admin/documents/",
        "/admin/documents/multiple/add/",
        "/admin/home/office/",
    ],
)
def test_screens_of_the_journey_are_indonesian_in_an_english_browser(client, office, people, address):
    page = RegulationPageFactory(office=office, title="Judul")
    client.force_login(people.ppid)
    response = client.get(address.format(page=page.pk), headers={"accept-language": "en-US,en;q=0.9"})
    assert response.status_code == 200
    assert '<html lang="id' in response.content.decode()
    text = words(response)
    # "Edit Selamat Datang" is the shortcut's name in the office's own dashboard.
    text = text.replace("Edit Selamat Datang", "").replace("Hapus", "")
    found = [text[max(0, match.start() - 30) : match.end() + 30] for match in ENGLISH.finditer(text)]
    assert not found, found


def test_the_sign_in_page_is_indonesian(client, office):
    text = words(client.get("/admin/login/", headers={"accept-language": "en"}))
    assert "Masuk ke e-PPID KPU Kota Serang" in text
    assert "Lupa kata sandi?" in text


def test_who_prefers_english_gets_english(client, people):
    profile = UserProfile.get_for_user(people.ppid)
    profile.preferred_language = "en"
    profile.save()
    client.force_login(people.ppid)
    assert '<html lang="en"' in client.get("/admin/account/").content.decode()


def test_the_public_site_keeps_its_language(client, office):
    client.get("/admin/login/")
    assert '<html lang="id"' in client.get("/").content.decode()


def test_words_for_javascript_are_indonesian(client, people):
    client.force_login(people.editor)
    assert "Perubahan tersimpan otomatis." in client.get("/admin/jsi18n/").content.decode()


def test_times_are_read_in_the_offices_zone(client, office, people):
    office.time_zone = "Asia/Jayapura"
    office.save()
    page = RegulationPageFactory(
        office=office, draft=True, go_live_at=dt.datetime(2030, 1, 1, 0, 0, tzinfo=dt.UTC)
    )
    client.force_login(people.editor)
    text = client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    field = re.search(r'<input[^>]*name="go_live_at"[^>]*>', text).group()
    assert re.search(r'value="[^"]*09[.:]00', field), field


def test_letters_about_comments_are_indonesian(office, people, mailoutbox):
    page = RegulationPageFactory(office=office, draft=True, title="Keputusan & Loket")
    with translation.override("en"):
        context = {"page": page, "editor": people.liaison, "new_comments": [], "resolved_comments": []}
        send_notification(
            [people.editor], "updated_comments", context | {"deleted_comments": [], "replied_comments": []}
        )
    (letter,) = mailoutbox
    assert letter.subject == "Komentar baru pada: Keputusan & Loket"
    assert f"http://localhost/admin/pages/{page.pk}/edit/" in letter.body
    assert "memberi komentar pada “Keputusan & Loket”" in letter.body
