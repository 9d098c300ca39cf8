"""The page on which parts for other sites are put together, without JavaScript."""

import re
from html import unescape

import pytest

from documents.verification.recording import record
from documents.verification.withdrawing import withdraw_version
from pojok.embeds.builder import NO_DOCUMENT, WHICH_DOCUMENT
from tests import factories
from tests.factories import State

PAGE = "/pojok/embed/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    document = factories.DocumentFactory(office=office, title="Rekapitulasi", texts=["Satu", "Dua"])
    factories.RegulationPageFactory(files=[document])
    record([document.pk])
    return document


def code_of(response) -> str:
    """The HTML that is to be copied."""
    found = re.search(r'<textarea id="kode"[^>]*>(.*?)</textarea>', response.content.decode(), re.DOTALL)
    return unescape(found.group(1)) if found else ""


def test_begins_with_something_to_see(client, office):
    response = client.get(PAGE)
    assert response.status_code == 200
    assert 'src="http://testserver/pojok/embed/terbaru/"' in code_of(response)
    html = response.content.decode()
    assert [int(width) for width in re.findall(r'hitung=0" [^>]*width="(\d+)"', html)] == [320, 600, 960]
    assert "/static/js/embed-host.js" in html


def test_what_is_chosen_stands_in_the_code(client, office, document):
    for params, path in (
        (
            {"bagian": "terbaru", "kelas": "berkala", "jumlah": "7", "tema": "gelap"},
            "/pojok/embed/terbaru/?kelas=berkala&amp;jumlah=7&amp;tema=gelap",
        ),
        (
            {"bagian": "angka", "angka": ["unduhan", "dokumen"], "jumlah": "salah"},
            "/pojok/embed/angka/?angka=unduhan,dokumen",
        ),
        (
            {"bagian": "grafik", "grafik": "unduhan", "warna": "#1F4E8C"},
            "/pojok/embed/grafik/unduhan/?warna=1f4e8c",
        ),
        (
            {"bagian": "cari", "huruf": "besar", "buka": "sini"},
            "/pojok/embed/cari/?huruf=besar&amp;buka=sini",
        ),
        ({"bagian": "dokumen", "dokumen": str(document.pk)}, f"/pojok/embed/dokumen/{document.pk}/"),
        (
            {"bagian": "dokumen", "dokumen": f"http://testserver{document.url}#page=2"},
            f"/pojok/embed/dokumen/{document.pk}/?halaman=2",
        ),
    ):
        response = client.get(PAGE, params)
        assert response.status_code == 200, params
        assert f'src="http://testserver{path}"' in code_of(response)


def test_a_page_beyond_the_last_is_not_copied(client, office, document):
    response = client.get(PAGE, {"bagian": "dokumen", "dokumen": f"http://testserver{document.url}#page=99"})
    assert f'src="http://testserver/pojok/embed/dokumen/{document.pk}/?halaman=2"' in code_of(response)


def test_a_frames_name_says_once_whose_it_is(client, office):
    for part in ("cari", "angka", "terbaru"):
        code = code_of(client.get(PAGE, {"bagian": part}))
        assert code.count("KPU Kota Serang") == 1


def test_mistakes_are_told_beside_their_fields_and_nothing_is_lost(client, office):
    for params, sentence in (
        ({"bagian": "dokumen"}, WHICH_DOCUMENT),
        ({"bagian": "dokumen", "dokumen": "987654321"}, NO_DOCUMENT),
        ({"bagian": "dokumen", "dokumen": "9" * 500}, NO_DOCUMENT),
        ({"bagian": "dokumen", "dokumen": "https://example.org/<b>"}, NO_DOCUMENT),
        ({"bagian": "dokumen", "dokumen": "http://testserver/dip/"}, NO_DOCUMENT),
        ({"bagian": "cari", "warna": "hijau <b>"}, "Tulis enam angka heksadesimal"),
        ({"bagian": "terbaru", "jumlah": "99"}, "jumlah"),
        ({"bagian": "peta"}, "bagian"),
    ):
        response = client.get(PAGE, params)
        html = response.content.decode()
        assert response.status_code == 422
        assert sentence in html
        assert "error-summary" in html
        assert not code_of(response)
        typed = [value for name, value in params.items() if name not in ("bagian",)]
        assert all(value in unescape(html) for value in typed)
        assert "<b>" not in html


def test_files_that_are_not_public_cannot_be_chosen(client, office, document):
    hidden = factories.DocumentFactory(office=office, title="Rahasia")
    factories.RegulationPageFactory(files=[hidden], state=State.DRAFT)
    withdraw_version(document, document.version, "Salah.")
    for number in (hidden.pk, document.pk):
        html = client.get(PAGE, {"bagian": "dokumen", "dokumen": str(number)}).content.decode()
        assert NO_DOCUMENT in html
        assert "Rahasia" not in html


def test_a_colour_that_cannot_be_read_is_changed_and_the_page_says_so(client, office):
    html = client.get(PAGE, {"bagian": "cari", "warna": "ffcc00"}).content.decode()
    assert "Pada latar terang #ffcc00 sukar dibaca" in html
    assert "Pada latar gelap" not in html


def test_other_parameters_do_not_disturb_the_beginning(client, office):
    assert client.get(PAGE, {"utm_source": "surel"}).status_code == 200
