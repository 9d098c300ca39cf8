"""The label for a paper copy: what it says, who gets it, and that it fits on paper."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.verification.withdrawing import withdraw_version
from home.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    return factories.DocumentFactory(office=office, title="Naskah “utuh”", file_name="naskah.pdf")


@pytest.fixture
def page(document, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 3, 15, tzinfo=dt.UTC), tick=False)
    return factories.RegulationPageFactory(
        files=[document], jenis="pkpu", nomor="22", tahun=2023, tanggal_penetapan=dt.date(2023, 10, 31)
    )


def address(document) -> str:
    return f"/dokumen/{document.pk}/label/"


def said(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main>", 1)[0]))


def test_label_says_what_the_copy_is_and_where_to_ask(client, document, page):
    response = client.get(address(document))
    words = said(response.content.decode())
    for expected in (
        "Naskah “utuh”",
        page.title,
        "KPU Kota Serang",
        "Nomor PKPU 22 Tahun 2023",
        "Tanggal 31 Oktober 2023",
        "Versi 1, terbuka sejak 2 November 2026",
        f"Sidik jari {document.sha256[:8]} {document.sha256[8:16]} …",
        f"ketik di peramban: testserver/dokumen/{document.pk}/",
    ):
        assert expected in words, expected
    assert document.sha256 in words.replace(" ", "")
    assert f'href="http://testserver/verifikasi/{document.sha256}"' in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"


def test_numbers_of_other_kinds(client, document, office):
    factories.DIPEntryPageFactory(files=[document], nomor="3.1")
    assert "Nomor DIP 3.1" in said(client.get(address(document)).content.decode())
    procedure = factories.DocumentFactory(office=office, texts=["sop"])
    factories.SOPPageFactory(document=procedure, nomor=4, tahun=2024)
    assert "Nomor SOP 4/2024" in said(client.get(address(procedure)).content.decode())


@pytest.mark.parametrize(
    ("asked", "count", "sentence"),
    [
        ("3", 3, ""),
        ("", 1, ""),
        ("0", 1, "antara 1 dan 12"),
        ("13", 1, "antara 1 dan 12"),
        ("dua", 1, "antara 1 dan 12"),
    ],
)
def test_number_of_labels(client, document, page, asked, count, sentence):
    html = client.get(address(document), {"jumlah": asked}).content.decode()
    assert html.count('class="qr"') == count
    assert sentence in html
    assert f'value="{asked or 1}"' in html


def test_label_is_offered_where_people_are(client, document, page):
    for place in (f"/dokumen/{document.pk}/", f"/verifikasi/{document.sha256}"):
        assert f'href="{address(document)}"' in client.get(place).content.decode()
    client.force_login(factories.UserFactory(superuser=True))
    for name in ("wagtaildocs:edit", "eppid_document_versions"):
        assert f'href="{address(document)}"' in client.get(reverse(name, args=[document.pk])).content.decode()


def test_withdrawn_file_has_no_label(client, document, page):
    withdraw_version(document, 1, "Salah unggah")
    response = client.get(address(document))
    assert response.status_code == 410
    assert "Salah unggah" in response.content.decode()
    assert 'class="qr"' not in response.content.decode()
    for place in (f"/dokumen/{document.pk}/", f"/verifikasi/{document.sha256}"):
        assert address(document) not in client.get(place).content.decode()


def test_file_that_is_not_public_is_its_officers_alone(client, document, office):
    assert client.get(address(document)).status_code == 404
    client.force_login(factories.UserFactory(role=Role.PPID, office=factories.OfficeFactory()))
    assert client.get(address(document)).status_code == 404
    client.force_login(factories.UserFactory(role=Role.PPID, office=office))
    response = client.get(address(document))
    assert "belum terbuka untuk umum" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"


def test_queries_do_not_grow_with_the_pages(client, document, page):
    def count() -> int:
        client.get(address(document))
        with CaptureQueriesContext(connection) as queries:
            client.get(address(document))
        return len(queries)

    few = count()
    for _number in range(3):
        factories.RegulationPageFactory(files=[document])
    assert count() == few


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_sheet_on_screen_and_on_paper(live_site, assert_accessible):
    document = factories.DocumentFactory(office=factories.shared_office(), title="Berita acara " * 8)
    factories.RegulationPageFactory(files=[document], title="Keputusan tentang " + "penetapan " * 12)
    path = f"{address(document)}?jumlah=4"
    for phone in (False, True):
        window = live_site.open(path, phone=phone)
        assert_accessible(window)
        assert (
            window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            <= 0
        )
    window = live_site.open(path)
    window.emulate_media(media="print")
    assert not window.locator(".site-header").is_visible()
    assert not window.get_by_role("heading", name="Label QR untuk salinan cetak").is_visible()
    boxes = [label.bounding_box() for label in window.locator(".label").all()]
    assert len(boxes) == 4
    widths = {round(box["width"] / 96 * 2.54) for box in boxes}
    assert widths == {15}  # centimetres, on an A4 sheet with its margins
    assert all(box["height"] / 96 * 2.54 < 9 for box in boxes)
    code = window.locator(".label .qr").first.bounding_box()
    assert round(code["width"] / 96 * 2.54, 1) == 3.5
