"""Parts on other sites: what each answers, with which headers, and what becomes of what nobody may ask."""

import datetime as dt
import json
import re
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings

from analytics.enums import EventKind
from analytics.models import OfficeDay
from analytics.tokens import Mark, mark_of
from documents.verification.recording import record
from documents.verification.withdrawing import withdraw_version
from home.withdrawals import withdraw
from pojok import parts
from pojok.embeds.content import NOT_THERE_TEXT
from tests import factories
from tests.factories import State

NOON = dt.datetime(2026, 3, 10, 5, tzinfo=dt.UTC)
MARKUP = '<script>alert(1)</script>"><b>'
BUDGET = 30_000  # bytes on the first view: HTML, styles, scripts (there is no typeface)
SIMPLE = ("terbaru", "cari", "angka", "grafik/kunjungan")

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    document = factories.DocumentFactory(
        office=office, title="Rekapitulasi DPT", texts=["Isi satu", "Isi dua", "Isi tiga"]
    )
    factories.RegulationPageFactory(files=[document], title="Keputusan tentang DPT")
    record([document.pk])
    return document


def get(client, path, **params):
    """Ask for a part."""
    return client.get(f"/pojok/embed/{path}/", params)


def text_of(response) -> str:
    return response.content.decode()


# --- what each shows --------------------------------------------------------------------------------------------------


def test_latest_publications_of_a_class(client, office):
    for number in range(4):
        factories.DIPEntryPageFactory(title=f"Berkala ke-{number}", klasifikasi="berkala", quick=True)
    urgent = factories.DIPEntryPageFactory(title="Banjir", klasifikasi="serta_merta", quick=True)
    html = text_of(get(client, "terbaru", kelas="berkala", jumlah=3))
    assert re.findall(r"Berkala ke-\d", html) == ["Berkala ke-3", "Berkala ke-2", "Berkala ke-1"]
    assert "Banjir" not in html
    assert f'href="/dip/{urgent.slug}/" target="_blank"' in text_of(
        get(client, "terbaru", kelas="serta-merta")
    )
    assert 'target="_top"' in text_of(get(client, "terbaru", buka="sini"))
    assert "Belum ada yang diumumkan" in text_of(get(client, "terbaru", kelas="setiap_saat"))


def test_search_box_leads_to_the_site(client, office):
    html = text_of(get(client, "cari"))
    assert '<form class="search" role="search" method="get" action="/cari/" target="_blank"' in html
    assert "Cari informasi publik KPU Kota Serang" in html


def test_figures_are_those_of_the_kiosk(client, office):
    with time_machine.travel(NOON, tick=False):
        OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 2, 3), downloads=1206, visitors=4812)
        html = text_of(get(client, "angka", angka="unduhan,kunjungan"))
        assert re.findall(r'class="figure">([^<]+)<', html) == ["1.206", "4.812"]
        data = get(client, "angka", angka="unduhan,kunjungan", format="json").json()
        wanted = [figure.value for figure in parts.figures(office, ["unduhan", "kunjungan"])]
    assert [row["nilai"] for row in data["isi"]] == wanted == [1206, 4812]
    assert data["parameter"]["angka"] == ["unduhan", "kunjungan"]


def test_a_document_is_read_page_by_page(client, document):
    first = text_of(get(client, f"dokumen/{document.pk}"))
    assert "Rekapitulasi DPT" in first
    assert "Isi satu" in first
    assert "Isi dua" not in first
    assert "Halaman 1 dari 3" in first
    assert f'href="/pojok/embed/dokumen/{document.pk}/?halaman=2&amp;hitung=0#halaman"' in first
    assert "Sebelumnya" not in first
    assert f'href="{document.url}"' in first
    html = text_of(get(client, f"dokumen/{document.pk}", halaman=3, tema="gelap"))
    assert "Isi tiga" in html
    assert "Berikutnya" not in html
    assert "?halaman=2&amp;tema=gelap&amp;hitung=0#halaman" in html
    assert '<input type="hidden" name="tema" value="gelap">' in html
    assert f"{document.url}#page=3" in html


def test_a_long_page_is_cut_and_leads_to_the_whole(client, office):
    long = "\n".join(f"Pasal {number} tentang hal yang panjang sekali." for number in range(900))
    document = factories.DocumentFactory(office=office, texts=[long, "kata" * 9000, "a & b" * 5000])
    factories.RegulationPageFactory(files=[document])
    for number in (1, 2, 3):
        response = get(client, f"dokumen/{document.pk}", halaman=number)
        assert "Teks halaman ini panjang" in text_of(response)
        assert f"/dokumen/{document.pk}/teks/#halaman-{number}" in text_of(response)
        assert len(response.content) < 15_000
        assert not re.search(r"&(?!#?\w+;)", text_of(response))  # no entity was cut in two


def test_scanned_text_says_that_it_is_no_official_text(client, office):
    document = factories.DocumentFactory(office=office, scanned=True)
    factories.RegulationPageFactory(files=[document])
    assert "Teks hasil pindai, bukan teks resmi" in text_of(get(client, f"dokumen/{document.pk}"))


def test_a_document_without_text_is_still_shown(client, office):
    document = factories.DocumentFactory(office=office, title="Pindaian", unreadable=True)
    factories.RegulationPageFactory(files=[document])
    response = get(client, f"dokumen/{document.pk}", halaman=7)
    assert response.status_code == 200
    assert "Pindaian" in text_of(response)
    assert get(client, f"dokumen/{document.pk}", format="json").json()["halaman_teks"] is None


def test_a_chart_stands_with_its_numbers(client, office):
    with time_machine.travel(NOON, tick=False):
        OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 1, 3), visitors=1234)
        html = text_of(get(client, "grafik/kunjungan"))
        data = get(client, "grafik/kunjungan", format="json").json()
    assert "Januari 2026" in html
    assert "1.234" in html
    assert "Maret 2026 (belum selesai)" in html
    assert data["isi"][0] == {"bulan": "Januari 2026", "nilai": 1234, "lengkap": True}


def test_a_chart_is_drawn_from_the_same_numbers(client, office):
    with time_machine.travel(NOON, tick=False):
        OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 1, 3), visitors=1234)
        html = text_of(get(client, "grafik/kunjungan"))
        wide, narrow = re.findall('(?:src|srcset)="([^"]+svg[^"]*)"', html)[::-1]
        for address in (wide, narrow):
            response = client.get(address)
            assert response["Content-Type"] == "image/svg+xml"
            assert response["Content-Security-Policy"].startswith("default-src 'none'")
            assert "1.234" in text_of(response)
            assert "<script" not in text_of(response)
    assert client.get("/pojok/embed/grafik/nihil.svg").status_code == 404


# --- what is not there, and what was ----------------------------------------------------------------------------------


def test_a_withdrawn_file_says_when_and_why(client, document):
    with time_machine.travel(NOON, tick=False):
        withdraw_version(document, document.version, f"Salah jumlah. {MARKUP}")
        response = get(client, f"dokumen/{document.pk}")
    html = text_of(response)
    assert response.status_code == 410
    assert "Rekapitulasi DPT" in html
    assert "ditarik pada 10 Maret 2026" in html
    assert "Alasan: Salah jumlah. &lt;script&gt;" in html
    assert "Isi satu" not in html
    assert document.filename not in html
    assert "data-visit" not in html
    data = get(client, f"dokumen/{document.pk}", format="json")
    assert (data.status_code, data.json()["keadaan"]) == (410, "ditarik")


def test_dates_are_the_offices(client, office, document):
    office.time_zone = "Asia/Jayapura"
    office.save()
    with time_machine.travel(dt.datetime(2026, 3, 10, 15, 30, tzinfo=dt.UTC), tick=False):
        withdraw_version(document, document.version, "Salah jumlah.")
        assert "ditarik pada 11 Maret 2026" in text_of(get(client, f"dokumen/{document.pk}"))


@pytest.mark.parametrize("show_title", [True, False])
def test_a_withdrawn_page_takes_its_file_along(client, office, show_title):
    document = factories.DocumentFactory(office=office, title="Daftar rahasia")
    page = factories.RegulationPageFactory(files=[document])
    record([document.pk])
    withdraw(page, "Memuat data yang keliru.", show_title=show_title)
    record([document.pk])
    response = get(client, f"dokumen/{document.pk}")
    assert response.status_code == 410
    assert "Memuat data yang keliru." in text_of(response)
    assert ("Daftar rahasia" in text_of(response)) is show_title


def test_what_is_not_there_and_what_is_private_are_the_same(client, office):
    answers = set()
    ids = ["0", "999999", "9" * 40, "-1", "abc", "²", "1.5", "%00", "1'--"]
    for state in (State.DRAFT, State.SCHEDULED, State.PRIVATE):
        document = factories.DocumentFactory(office=office, title=f"Rahasia {state.value}")
        factories.RegulationPageFactory(files=[document], state=state)
        ids.append(str(document.pk))
    for number in ids:
        for params in ({}, {"format": "json"}):
            response = client.get(f"/pojok/embed/dokumen/{number}/", params)
            assert response.status_code == 404
            assert "Rahasia" not in text_of(response)
            assert NOT_THERE_TEXT in text_of(response)
            if not params:
                answers.add(re.sub("nonce-[^']+", "", text_of(response)))
                assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert len(answers) == 1


@pytest.mark.parametrize(
    "path",
    [
        "nihil",
        "dokumen",
        "grafik",
        "grafik/nihil",
        "warna",
        "%3Cscript%3E",
        "terbaru/berkala",
        "dokumen/1/2/3",
    ],
)
def test_unknown_parts_are_whole_framed_pages(client, office, path):
    for params in ({}, {"format": "json"}):
        response = client.get(f"/pojok/embed/{path}/", params)
        assert response.status_code == 404
        assert NOT_THERE_TEXT in text_of(response)
        assert "X-Frame-Options" not in response or params
    assert "<script>" not in text_of(client.get(f"/pojok/embed/{path}/"))


def test_markup_in_titles_is_text(client, office):
    document = factories.DocumentFactory(office=office, title=f"Judul {MARKUP}", texts=[f"Isi {MARKUP}"])
    factories.RegulationPageFactory(files=[document], title=f"Halaman {MARKUP}")
    for path in ("terbaru", f"dokumen/{document.pk}"):
        html = text_of(get(client, path))
        assert "<script>alert" not in html
        assert "<b>" not in html
        assert "&lt;script&gt;alert(1)" in html
        assert get(client, path, format="json").headers["Content-Type"] == "application/json"


# --- parameters -------------------------------------------------------------------------------------------------------

ODD = [
    ("terbaru", {"jumlah": "0"}, "dipakai 1"),
    ("terbaru", {"jumlah": "-3"}, "dipakai 1"),
    ("terbaru", {"jumlah": "21"}, "dipakai 20"),
    ("terbaru", {"jumlah": "9" * 5000}, "dipakai 20"),
    ("terbaru", {"jumlah": "lima"}, "dipakai 5"),
    ("terbaru", {"jumlah": "٣"}, "dipakai 5"),
    ("terbaru", {"kelas": MARKUP}, "ditampilkan semua informasi"),
    ("terbaru", {"kelas": "dikecualikan"}, "ditampilkan semua informasi"),
    ("angka", {"angka": "unduhan,rahasia"}, "yang itu dilewati"),
    ("angka", {"angka": ",".join(["x"] * 900)}, "yang itu dilewati"),
    ("cari", {"warna": "merah"}, "enam angka heksadesimal"),
    ("cari", {"warna": "12345"}, "enam angka heksadesimal"),
    ("cari", {"tema": "biru"}, "dipakai “ikut”"),
    ("cari", {"huruf": "raksasa"}, "dipakai “biasa”"),
    ("cari", {"buka": "\x00"}, "dipakai “tab”"),
    ("cari", {"format": "pdf"}, "dipakai html"),
]


@pytest.mark.parametrize(("path", "params", "note"), ODD)
def test_what_is_out_of_range_becomes_the_nearest_and_says_so(client, office, path, params, note):
    response = get(client, path, **params)
    assert response.status_code == 200
    assert note in text_of(response)
    assert "<b>" not in text_of(response)
    if "format" not in params:
        assert any(note in told for told in get(client, path, **params, format="json").json()["catatan"])


def test_a_page_beyond_the_last_shows_the_last(client, document):
    html = text_of(get(client, f"dokumen/{document.pk}", halaman=99))
    assert "Isi tiga" in html
    assert "ditampilkan halaman 3 dari 3" in html
    assert (
        get(client, f"dokumen/{document.pk}", halaman=99, format="json").json()["parameter"]["halaman"] == 3
    )


def test_parameters_that_are_right_leave_no_note(client, office):
    for params in (
        {},
        {"warna": "#1F4E8C"},
        {"tema": "gelap", "huruf": "besar", "buka": "sini"},
        {"utm": "x"},
    ):
        assert "Catatan untuk pengelola" not in text_of(get(client, "terbaru", **params))


# --- headers ----------------------------------------------------------------------------------------------------------


def test_only_parts_may_be_framed_by_others(client, office, document):
    for path in (*SIMPLE, f"dokumen/{document.pk}"):
        response = get(client, path)
        policy = response["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "X-Frame-Options" not in response
        assert "style=" not in text_of(response)
    for path in ("/", "/pojok/embed/", "/cari/", f"/dokumen/{document.pk}/", "/tidak-ada/", "/admin/login/"):
        response = client.get(path)
        assert response["X-Frame-Options"] in ("SAMEORIGIN", "DENY"), path
        assert "frame-ancestors *" not in response.get("Content-Security-Policy", ""), path


def test_parts_set_no_cookie_and_depend_on_none(client, office, document):
    client.force_login(factories.UserFactory(superuser=True))
    for path in (*SIMPLE, f"dokumen/{document.pk}", "dokumen/0"):
        response = get(client, path)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")


def test_parts_are_kept_and_asked_for_again_with_their_fingerprint(client, office, document):
    for path, age in (("terbaru", 300), (f"dokumen/{document.pk}", 60)):
        for params in ({}, {"format": "json"}):
            response = get(client, path, **params)
            assert response["Cache-Control"] == f"public, max-age={age}"
            again = client.get(f"/pojok/embed/{path}/", params, headers={"If-None-Match": response["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            # Browsers and caches put these over what they keep: a kept part must stay framable.
            for name in ("Content-Security-Policy", "X-Frame-Options", "Access-Control-Allow-Origin"):
                assert again.get(name) == response.get(name), name
    before = get(client, "terbaru")["ETag"]
    factories.DIPEntryPageFactory(quick=True)
    assert get(client, "terbaru")["ETag"] != before
    assert client.head("/pojok/embed/terbaru/").status_code == 200
    assert client.post("/pojok/embed/terbaru/").status_code == 405


def test_data_may_be_read_from_any_origin(client, office, document):
    for path in (*SIMPLE, f"dokumen/{document.pk}"):
        response = get(client, path, format="json")
        assert response["Access-Control-Allow-Origin"] == "*"
        data = response.json()
        assert data["sumber"] == "KPU Kota Serang"
        assert data["sematan_url"].startswith(f"http://testserver/pojok/embed/{path}/")
        relative = re.findall(r'"[^"]*url": "(/[^"]*)"', json.dumps(data))
        assert not relative


# --- counting ---------------------------------------------------------------------------------------------------------


def mark_in(response) -> Mark | None:
    found = re.search('data-visit="([^"]+)"', text_of(response))
    return mark_of(found.group(1)) if found else None


def test_a_part_carries_the_mark_of_an_embed(client, office, document):
    assert mark_in(get(client, "terbaru")) == Mark(EventKind.EMBED, office.pk)
    assert mark_in(get(client, f"dokumen/{document.pk}")) == Mark(
        EventKind.EMBED, office.pk, document_id=document.pk
    )
    assert "/statistik/kunjungan.gif?t=e." in text_of(get(client, "terbaru"))
    for path, params in (("terbaru", {"hitung": "0"}), ("dokumen/0", {}), ("terbaru", {"format": "json"})):
        assert mark_in(get(client, path, **params)) is None


# --- weight and queries -----------------------------------------------------------------------------------------------


class _Loaded(HTMLParser):
    """Scripts and styles that a page loads at once."""

    def __init__(self, html: str):
        super().__init__()
        self.files: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "link" and attrs.get("rel") == "stylesheet":
            self.files.add(attrs["href"])
        elif tag == "script" and attrs.get("src"):
            self.files.add(attrs["src"])


def weight(client, path, **params) -> int:
    """Bytes, uncompressed, of a part on its first view."""
    response = get(client, path, **params)
    total = len(response.content)
    for address in _Loaded(text_of(response)).files:
        if address.startswith(settings.STATIC_URL):
            total += (settings.BASE_DIR / "static" / address.removeprefix(settings.STATIC_URL)).stat().st_size
        else:
            total += len(client.get(address).content)
    return total


def test_weight_on_the_first_view(client, office):
    for number in range(20):
        factories.DIPEntryPageFactory(title=f"{'Judul yang panjang ' * 6}{number}", quick=True)
    text = "\n".join(f"{number}. Ketentuan yang panjang tentang pelayanan." for number in range(500))
    document = factories.DocumentFactory(office=office, texts=[text] * 3)
    factories.RegulationPageFactory(files=[document])
    weights = {
        path: weight(client, path, warna="ffcc00", **params)
        for path, params in (
            ("terbaru", {"jumlah": "20"}),
            ("cari", {}),
            ("angka", {"angka": ",".join(parts.FIGURES)}),
            ("grafik/kunjungan", {}),
            (f"dokumen/{document.pk}", {}),
        )
    }
    assert max(weights.values()) <= BUDGET, weights


def test_a_list_costs_the_same_however_long(client, office, django_assert_max_num_queries):
    for _ in range(20):
        factories.DIPEntryPageFactory(quick=True)
    get(client, "terbaru")
    with django_assert_max_num_queries(10):
        get(client, "terbaru", jumlah=20)
