"""The change log narrowed down: by kind, time and words, on the page and in the API; never by words that are closed."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from wagtail.models import PageViewRestriction

from documents.services import replace_file
from documents.verification import views
from documents.verification.models import LedgerEntry
from documents.verification.withdrawing import withdraw_version
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
PAGE, API = "/verifikasi/catatan/", "/api/v1/publication-log"


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def documents(office, time_machine):
    """Entries 1 and 2 of 2 November (published: roll, minutes), 3 of the 5th (replaced), 4 of the 9th (withdrawn)."""
    time_machine.move_to(dt.datetime(2026, 11, 1, 17, 30, tzinfo=dt.UTC), tick=False)  # 2 November, 00.30 WIB
    roll = factories.DocumentFactory(office=office, title="Daftar Pemilih Tetap", file_name="dpt.pdf")
    minutes = factories.DocumentFactory(office=office, title="Berita Acara 50%", texts=["lain"])
    factories.RegulationPageFactory(files=[roll], title="Keputusan Nomor 12 Tahun 2024")
    factories.RegulationPageFactory(files=[minutes], title="Keputusan Nomor 7 Tahun 2023")
    time_machine.move_to(dt.datetime(2026, 11, 5, 16, 59, tzinfo=dt.UTC), tick=False)  # 23.59 WIB
    replace_file(roll, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"), reason="Salah ketik")
    time_machine.move_to(dt.datetime(2026, 11, 9, 3, 0, tzinfo=dt.UTC), tick=False)
    withdraw_version(minutes, 1, "Salah unggah")
    roll.refresh_from_db()
    return roll, minutes


def on_page(client, status=200, **asked) -> list[int]:
    response = client.get(PAGE, asked)
    assert response.status_code == status
    return [int(number) for number in re.findall(r'id="entri-(\d+)"', response.content.decode())]


def in_api(client, **asked) -> list[int]:
    response = client.get(API, asked)
    assert response.status_code == 200, response.content.decode()
    return [entry["nomor"] for entry in response.json()["data"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [4, 3, 2, 1]),
        ({"peristiwa": "diganti"}, [3]),
        ({"peristiwa": ["diganti", "ditarik"]}, [4, 3]),
        ({"dari": "2026-11-03"}, [4, 3]),
        ({"sampai": "2026-11-02"}, [2, 1]),
        ({"dari": "2026-11-02", "sampai": "2026-11-02"}, [2, 1]),
        ({"dari": "2026-11-05", "sampai": "2026-11-05"}, [3]),
        ({"dari": "2026-11-06", "sampai": "2026-11-08"}, []),
        ({"q": "daftar pemilih"}, [3, 1]),
        ({"q": "PEMILIH 2024"}, [3, 1]),  # one word of the file's title, one of its page's
        ({"q": "Nomor 7"}, [4, 2]),
        ({"q": "dpt.pdf"}, [1]),
        ({"q": "50%"}, [4, 2]),
        ({"q": "5_%"}, []),
        ({"q": "3"}, [4, 3, 2]),  # entry 3, and "2023"
        ({"q": "daftar", "peristiwa": "diterbitkan", "sampai": "2026-11-03"}, [1]),
        ({"q": "tidak ada"}, []),
    ],
)
def test_page_and_api_give_the_same(client, documents, asked, expected):
    assert on_page(client, **asked) == in_api(client, **asked) == expected


def test_beginning_of_a_fingerprint(client, documents):
    roll, _minutes = documents
    short = f"{roll.sha256[:8]} {roll.sha256[8:12]}".upper()
    assert on_page(client, q=short) == in_api(client, q=short) == [3]
    assert on_page(client, q=roll.sha256) == [3]


def test_filters_and_one_document_go_together(client, documents):
    roll, minutes = documents
    assert on_page(client, dokumen=roll.pk, peristiwa="diterbitkan") == [1]
    assert in_api(client, dokumen=minutes.pk) == [4, 2]
    page = client.get(PAGE, {"dokumen": roll.pk, "q": "daftar"}).content.decode()
    assert f'name="dokumen" value="{roll.pk}"' in page


@pytest.mark.parametrize("how", ["exempted", "private"])
def test_closed_words_cannot_be_found_by_asking(client, documents, how):
    roll, _minutes = documents
    if how == "exempted":
        factories.ExemptedInformationPageFactory(dokumen_induk=roll, draft=True)
    else:
        page = LedgerEntry.objects.get(number=1).page_id
        PageViewRestriction.objects.create(page_id=page, restriction_type=PageViewRestriction.LOGIN)
    for asked in ({"q": "Daftar"}, {"q": "dpt.pdf"}, {"q": "2024"}):
        assert on_page(client, **asked) == in_api(client, **asked) == []
    assert 1 in on_page(client)


def test_forgotten_words_cannot_be_found(client, documents):
    _roll, minutes = documents
    withdraw_version(minutes, 1, "Memuat NIK", forget_words=True)
    assert on_page(client, q="Berita") == []


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"dari": "kemarin"}, "Tulis tanggal seperti 2026-10-31"),
        ({"dari": "0001-01-01"}, "Pilih tanggal antara tahun 2000 dan 2200."),
        ({"sampai": "9999-12-31"}, "Pilih tanggal antara tahun 2000 dan 2200."),
        ({"dari": "2026-11-09", "sampai": "2026-11-01"}, "Tanggal ini mendahului tanggal awal."),
        ({"peristiwa": "dihapus"}, "Peristiwa “dihapus” tidak ada"),
        ({"q": "a " * 9}, "Paling banyak 8 kata."),
        ({"q": "a" * 201}, "Paling panjang 200 karakter."),
        ({"q": "a\0b"}, "Kesalahan"),
        ({"dokumen": "²"}, "tidak dapat dipakai; semua dokumen ditampilkan"),
    ],
)
def test_wrong_value_is_a_sentence_and_the_other_filters_work(client, documents, asked, sentence):
    response = client.get(PAGE, {"peristiwa": "ditarik", **asked})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    answer = client.get(API, asked)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] in asked
    if "peristiwa" not in asked:
        assert on_page(client, **{"peristiwa": "ditarik", **asked})[0] == 4


def test_what_was_typed_stays(client, documents):
    page = client.get(
        PAGE, {"q": '"><script>', "peristiwa": "ditarik", "dari": "2026-11-03"}
    ).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert 'value="2026-11-03"' in page
    assert re.search(r'value="ditarik"[^>]*checked', page)
    assert "Tidak ada entri yang cocok" in page


def test_unknown_parameter_of_the_api_is_refused(client, documents):
    answer = client.get(API, {"kejadian": "diganti"})
    assert answer.status_code == 422
    assert "peristiwa" in answer.json()["errors"][0]["detail"]


def test_pages_of_the_list_keep_the_filter(client, documents, monkeypatch):
    monkeypatch.setattr(views, "ENTRIES_PER_PAGE", 1)
    first = client.get(PAGE, {"q": "daftar", "peristiwa": ["diterbitkan", "diganti"]}).content.decode()
    link = next(address for address in re.findall(r'href="(\?[^"]+)"', first) if "halaman=2" in address)
    assert link.count("peristiwa=") == 2
    assert 'id="entri-1"' in client.get(PAGE + link.replace("&amp;", "&")).content.decode()
    answer = client.get(API, {"q": "daftar", "ukuran": 1}).json()
    assert (answer["total"], answer["jumlah_halaman"]) == (2, 2)
    assert client.get(answer["berikutnya"]).json()["data"][0]["nomor"] == 1


def test_entry_of_the_api(client, documents):
    roll, _minutes = documents
    [entry] = client.get(API, {"peristiwa": "diganti"}).json()["data"]
    assert entry["saat"] == "2026-11-05T16:59:00Z"
    assert entry["peristiwa"] == {"kode": "diganti", "label": "Diganti"}
    assert (entry["alasan"], entry["judul"], entry["kantor"]) == (
        "Salah ketik",
        "Daftar Pemilih Tetap",
        "KPU Kota Serang",
    )
    assert (entry["versi"], entry["versi_diganti"], entry["dokumen"]) == (2, 1, roll.pk)
    assert entry["url_verifikasi"].endswith(f"/verifikasi/{roll.sha256}")


def test_page_names_its_json_with_the_filter(client, documents):
    page = client.get(PAGE, {"q": "daftar", "lain": "x"}).content.decode()
    assert 'href="/api/v1/publication-log?q=daftar"' in page


def test_file_in_the_api_names_its_verification(client, documents):
    roll, _minutes = documents
    address = client.get(f"/api/v1/files/{roll.pk}").json()["url_verifikasi"]
    assert address.endswith(f"/verifikasi/{roll.sha256}")
    assert "Asli, versi terkini" in client.get(address).content.decode()


@pytest.mark.parametrize("address", [f"{PAGE}?q=daftar&peristiwa=diganti", f"{API}?q=daftar"])
def test_queries_do_not_grow_with_the_log(client, documents, django_assert_max_num_queries, address):
    client.get(address)
    with django_assert_max_num_queries(30):
        client.get(address)


@pytest.mark.e2e
@pytest.mark.django_db(transaction=True)
def test_mistake_is_seen_on_the_phone_where_filters_are_folded(live_site):
    factories.shared_office()
    for asked, is_open in (("?q=daftar", False), ("?dari=kemarin", True)):
        window = live_site.open(f"{PAGE}{asked}", phone=True)
        window.wait_for_load_state("load")
        assert window.get_by_label("Sejak tanggal").is_visible() is is_open
