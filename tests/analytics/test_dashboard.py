"""/statistik/: the right numbers, their rows, comparisons, what may be named, and questions that make no sense."""

import csv
import datetime as dt
import io
import json

import pytest
from bs4 import BeautifulSoup

from analytics.models import OfficeDay
from catalogue.models import DIPEntryPage
from home import office_memory
from tests import factories
from tests.analytics.usage import TODAY, document_day, office_day, page_day, source_days

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TABLES = (
    *("bulanan", "harian", "unduhan", "halaman", "unggahan", "unggahan-bulanan", "asal", "perangkat", "jam"),
    *("asal-harian", "kepatuhan", "pembaruan", "kantor", "layanan", "layanan-kantor"),
)


@pytest.fixture
def office():
    return factories.shared_office()


def soup(client, url, status=200, **extra):
    response = client.get(url, **extra)
    assert response.status_code == status, url
    return BeautifulSoup(response.content, "html.parser")


def cards(page) -> dict[str, list[str]]:
    """Label -> number and the lines below it, of every large number."""
    found = {}
    for card in page.select("li.card"):
        number, label, *rest = [tag.get_text(" ", strip=True) for tag in card.find_all("p")]
        found.setdefault(label, [number.split(" ")[0], *rest])
    return found


def data(client, name, query="", **extra) -> dict:
    response = client.get(f"/statistik/{name}/?{query}&format=json", **extra)
    assert response.status_code == 200
    return json.loads(response.content)


def test_numbers_comparison_and_average_of_whole_months_only(client, office):
    for month in (1, 2, 3, 4):
        office_day(office, dt.date(2026, month, 10), visitors=100, views=300)
    office_day(office, dt.date(2026, 5, 19), visitors=7, views=20)  # the running month is no whole month
    office_day(office, dt.date(2024, 12, 31))  # counting began before what is compared with
    office_day(office, dt.date(2025, 2, 10), visitors=326)
    office_day(office, dt.date(2025, 12, 1), visitors=1000)  # after 20 May: no part of the comparison
    page = soup(client, "/statistik/")
    number, moved, average = cards(page)["kunjungan harian"]
    assert (number, average) == ("407", "rata-rata 100 sebulan")
    assert moved == "▲ naik 25% dari 326"
    text = page.get_text(" ", strip=True)
    assert "Pembanding: 1 Januari 2025 sampai 20 Mei 2025" in text
    assert "Mei 2026 (belum penuh)" in text


def test_what_was_not_counted_all_the_time_is_not_compared_with(client, office):
    factories.RegulationPageFactory(files=[document := factories.DocumentFactory()])
    for day in (dt.date(2025, 5, 19), TODAY):
        office_day(office, day, visitors=5)
        document_day(office, day, document)
    page = soup(client, "/statistik/")
    assert cards(page)["kunjungan harian"] == ["5", "rata-rata 0 sebulan"]
    assert "belum dihitung penuh, jadi kunjungan dan unduhan tidak dibandingkan" in page.get_text()
    assert "naik" not in page.get_text()
    assert data(client, "unduhan")["baris"][0]["perubahan"] is None


def test_every_number_leads_to_rows_that_add_up_to_it(client, office):
    entry = factories.DIPEntryPageFactory(files=[document := factories.DocumentFactory(office=office)])
    factories.RegulationPageFactory()
    for day in (3, 9):
        office_day(office, dt.date(2026, 5, day))
        page_day(office, dt.date(2026, 5, day), entry)
        document_day(office, dt.date(2026, 5, day), document, from_search_engine=1)
        source_days(office, dt.date(2026, 5, day))
    page = soup(client, "/statistik/?bulan=2026-05")
    links = {link["href"] for link in page.select("main a[href^='/statistik/']")}
    assert len(links) > 30
    for link in sorted(links):
        assert client.get(link).status_code == 200, link
    for label, column, name in (
        ("kunjungan harian", "kunjungan_harian", "harian"),
        ("tayangan halaman", "tayangan", "harian"),
        ("unduhan berkas", "unduhan", "unduhan"),
        ("pencarian", "pencarian", "harian"),
    ):
        href = next(card.a["href"] for card in page.select("li.card") if card.find_all("p")[1].text == label)
        assert href.startswith(f"/statistik/{name}/"), label
        rows = json.loads(client.get(f"{href}&format=json").content)["baris"]
        assert sum(row[column] for row in rows) == int(cards(page)[label][0]), label
    uploads = data(client, "unggahan", "bulan=2026-05")
    assert cards(page)["unggahan"][0] == str(len(uploads["baris"])) == "2"


def test_uploads_by_class_are_what_is_public_now(client, office):
    factories.DIPEntryPageFactory(klasifikasi="berkala")
    factories.DIPEntryPageFactory(klasifikasi="setiap_saat")
    factories.DIPEntryPageFactory(klasifikasi="setiap_saat", withdrawn=True)
    factories.DIPEntryPageFactory(klasifikasi="setiap_saat", late=True)
    factories.RegulationPageFactory(private=True)
    factories.RegulationPageFactory()
    factories.OpenDatasetPageFactory()
    factories.ExemptedInformationPageFactory()
    old = factories.DIPEntryPageFactory(klasifikasi="serta_merta")
    # 31 March 23.30 in Jakarta is still March there, and April nowhere.
    DIPEntryPage.objects.filter(pk=old.pk).update(
        first_published_at=dt.datetime(2026, 3, 31, 16, 30, tzinfo=dt.UTC)
    )
    months = {row["bulan"]: row for row in data(client, "unggahan-bulanan")["baris"]}
    kinds = ("berkala", "serta_merta", "setiap_saat", "regulasi", "lainnya", "jumlah")
    assert [months["2026-05"][kind] for kind in kinds] == [1, 0, 1, 1, 1, 4]
    assert [months["2026-03"][kind] for kind in kinds] == [0, 1, 0, 0, 0, 1]
    [march] = data(client, "unggahan", "bulan=2026-03&jenis=serta_merta")["baris"]
    assert (march["terbit"], march["judul"]) == ("2026-03-31", old.title)


def test_only_what_is_public_now_is_named_and_the_rest_is_counted(client, office):
    shown = factories.RegulationPageFactory(
        files=[public := factories.DocumentFactory(title="Berkas terbuka")]
    )
    hidden = factories.RegulationPageFactory(
        title="Halaman rahasia",
        draft=True,
        files=[private := factories.DocumentFactory(title="Berkas rahasia")],
    )
    office_day(office, TODAY, views=30, downloads=11)
    for page, document, count in ((shown, public, 4), (hidden, private, 7)):
        page_day(office, TODAY, page, views=count)
        document_day(office, TODAY, document, downloads=count)
    for url in ("/statistik/", "/statistik/unduhan/", "/statistik/halaman/"):
        assert "rahasia" not in client.get(url).content.decode()
    downloads = data(client, "unduhan")
    assert [(row["berkas"], row["unduhan"]) for row in downloads["baris"]] == [("Berkas terbuka", 4)]
    assert any(note.startswith("7 unduhan lain") for note in downloads["catatan"])
    assert any(note.startswith("26 tayangan lain") for note in data(client, "halaman")["catatan"])
    assert client.get(f"/statistik/unduhan/{private.pk}/").status_code == 404
    assert client.get(f"/statistik/halaman/{hidden.pk}/").status_code == 404
    assert client.get(f"/statistik/grafik/berkas.svg?berkas={private.pk}").status_code == 404


def test_one_file_has_trend_people_and_sources(client, office):
    factories.RegulationPageFactory(files=[document := factories.DocumentFactory(title="Naskah")])
    office_day(office, dt.date(2024, 12, 31))
    document_day(office, dt.date(2026, 4, 2), document, downloads=6, downloaders=5, from_search_engine=4)
    document_day(office, dt.date(2026, 5, 2), document, downloads=2, downloaders=2, from_social=2)
    document_day(office, dt.date(2025, 5, 2), document, downloads=4)
    [row] = data(client, "unduhan")["baris"]
    assert (row["unduhan"], row["pengunduh_harian"], row["sebelumnya"], row["perubahan"]) == (8, 7, 4, 1.0)
    assert (row["dari_mesin_pencari"], row["dari_media_sosial"], row["dari_tidak_diketahui"]) == (4, 2, 2)
    page = soup(client, f"/statistik/unduhan/{document.pk}/")
    assert cards(page)["unduhan"] == ["8", "▲ naik 100% dari 4"]
    assert cards(page)["unduhan sejak dihitung, di semua kantor"] == ["12"]
    facts = {tag.dt.text: tag.dd.text for tag in page.select(".facts > div")}
    assert facts["Mesin pencari"] == "4 (50%)"
    assert "2 Mei 2026" in page.get_text()
    assert client.get(f"/statistik/grafik/berkas.svg?berkas={document.pk}").status_code == 200


def test_levels_sum_office_province_and_all(client):
    country = factories.OfficeFactory(national=True)
    province = factories.OfficeFactory(province=True, parent=country)
    city = factories.OfficeFactory(kode_wilayah="3671", name="KPU Kota Tangerang", parent=province)
    other = factories.OfficeFactory(
        kode_wilayah="32", level="provinsi", name="KPU Jawa Barat", parent=country
    )
    for office, visitors in ((country, 1), (province, 10), (city, 100), (other, 1000)):
        office_day(office, TODAY, visitors=visitors)
    host = {"headers": {"host": city.site.hostname}}
    for level, visitors in (("kantor", "100"), ("provinsi", "110"), ("nasional", "1.111")):
        page = soup(client, f"/statistik/?tingkat={level}", **host)
        assert cards(page)["kunjungan harian"][0] == visitors
    offices = data(client, "kantor", "tingkat=provinsi", **host)["baris"]
    assert [(row["kode"], row["kunjungan_harian"]) for row in offices] == [("3671", 100), ("36", 10)]


def test_compliance_with_periods_of_renewal_as_of_today(client, office):
    on_time = factories.DIPEntryPageFactory(
        tanggal_penerbitan=dt.date(2026, 4, 1), periode_pembaruan="bulanan"
    )
    late = factories.DIPEntryPageFactory(
        tanggal_penerbitan=dt.date(2025, 11, 10), periode_pembaruan="semester"
    )
    factories.DIPEntryPageFactory(periode_pembaruan="saat_berubah")
    factories.DIPEntryPageFactory(periode_pembaruan="")
    factories.DIPEntryPageFactory(tanggal_penerbitan=dt.date(2020, 1, 1), draft=True)
    DIPEntryPage.objects.filter(pk=on_time.pk).update(jatuh_tempo_pembaruan=TODAY)  # due today is in time
    assert cards(soup(client, "/statistik/"))["diperbarui tepat waktu"][0] == "50%"
    rows = data(client, "pembaruan", "keadaan=terlambat")["baris"]
    assert [(row["judul"], row["jatuh_tempo"]) for row in rows] == [(late.title, "2026-05-10")]
    assert "Terlambat 10 hari" in client.get("/statistik/pembaruan/").content.decode()


def test_words_of_searches_are_never_public(client, office):
    from search.query_log import log_query

    for _ in range(9):
        log_query("kata rahasia pencari", 0, office.pk)
    office_day(office, TODAY, searches=9, empty_searches=9)
    for url in ("/statistik/", *(f"/statistik/{name}/" for name in TABLES)):
        assert "rahasia pencari" not in client.get(url).content.decode()
    for name in ("kata", "kata-tanpa-hasil", "kejadian"):
        assert client.get(f"/statistik/{name}/").status_code == 404


def test_empty_site_says_so_in_words(client, office):
    page = soup(client, "/statistik/")
    text = page.get_text(" ", strip=True)
    assert "Belum ada berkas yang diunduh dalam periode ini." in text
    assert "Belum ada data untuk periode ini." in text
    assert not page.select("figure img")
    for name in TABLES:
        assert client.get(f"/statistik/{name}/").status_code == 200
    svg = client.get("/statistik/grafik/kunjungan.svg").content.decode()
    assert "Belum ada data untuk periode ini." in svg


# --- data -------------------------------------------------------------------------------------------------------------


def test_csv_holds_the_same_and_no_formula(client, office):
    title = '=HYPERLINK("http://x.example")'
    factories.RegulationPageFactory(files=[document := factories.DocumentFactory(title=title)])
    document_day(office, TODAY, document, downloads=4)
    response = client.get("/statistik/unduhan/?format=csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    assert row["Berkas"] == f"'{title}"
    assert row["Unduhan"] == "4"
    assert row["Dari mesin pencari"] == "0"
    [same] = data(client, "unduhan")["baris"]
    assert same["berkas"] == title


def test_every_table_is_page_csv_and_json(client, office):
    entry = factories.DIPEntryPageFactory(files=[document := factories.DocumentFactory(office=office)])
    office_day(office, TODAY)
    page_day(office, TODAY, entry)
    document_day(office, TODAY, document)
    source_days(office, TODAY)
    for name in TABLES:
        page = soup(client, f"/statistik/{name}/")
        json_rows = data(client, name)["baris"]
        reader = csv.reader(io.StringIO(client.get(f"/statistik/{name}/?format=csv").content.decode()))
        head, *csv_rows = list(reader)
        assert len(csv_rows) == len(json_rows), name
        assert len(page.select("tbody tr")) == len(json_rows), name
        assert all(len(row) == len(head) for row in csv_rows), name


def test_long_tables_have_pages(client, office):
    for number in range(120):
        office_day(office, TODAY - dt.timedelta(days=number))
    first, last = soup(client, "/statistik/harian/"), soup(client, "/statistik/harian/?halaman=3")
    assert (len(first.select("tbody tr")), len(last.select("tbody tr"))) == (50, 20)
    for odd in ("0", "-1", "9999999", "²", "x", "99999999999999999999"):
        assert client.get("/statistik/harian/", {"halaman": odd}).status_code == 200


# --- questions that make no sense -------------------------------------------------------------------------------------

ODD = (
    *(
        "tahun=0",
        "tahun=-1",
        "tahun=9999999",
        "tahun=²⁰²⁶",
        "tahun=2031",
        "tahun=2026.5",
        "tahun=" + "9" * 5000,
    ),
    *("bulan=13&tahun=2026", "bulan=2026-13", "bulan=3", "bulan=2026-00", "bulan=%00", "bulan=0&tahun=2026"),
    *("dari=2026-02-30", "dari=x&sampai=y", "sampai=0001-01-01", "dari=9999-12-31", "dari=2030-01-01"),
    *("tingkat=galaksi", "tingkat=%00", "tahun=2026&tingkat=kantor&tingkat=x"),
)


def test_odd_questions_get_a_sentence(client, office):
    for query in ODD:
        page = soup(client, f"/statistik/harian/?{query}")
        assert page.select_one(".note--warn"), query
        assert "Permintaan tidak dapat dipenuhi." in page.get_text()
        refused = client.get(f"/statistik/harian/?{query}&format=json")
        assert refused.status_code == 400
        assert "tidak" in refused.json()["kesalahan"]
        assert client.get(f"/statistik/grafik/unduhan.svg?{query}").status_code == 400
    assert soup(client, f"/statistik/?{ODD[0]}").select_one(".note--warn")


SENSIBLE = (
    "dari=2026-05-02&sampai=2026-04-01",  # the wrong way round: nobody can mean anything else
    *("dari=2026-01-01", "sampai=2026-04-01", "tahun=2020&tahun=2026", "tahun=+2026+&bulan=", "tahun=2010"),
    *("tahun=2026&bulan=5&dari=&sampai=", "dari=2017-01-01&sampai=2026-05-20"),
    "jenis=x&menurut=y&nilai=z&keadaan=q&periode=w&format=xml&lebar=9",
)


def test_every_sensible_question_is_answered(client, office):
    office_day(office, TODAY)
    for query in SENSIBLE:
        assert not soup(client, f"/statistik/?{query}").select_one(".note--warn"), query
    for name in TABLES:
        assert client.get(f"/statistik/{name}/?{SENSIBLE[-1]}").status_code == 200, name


UNKNOWN = (
    *("tidak-ada/", "unduhan/0/", "unduhan/99999999999999999999999/", "halaman/99999999999999999999999/"),
    *("grafik/x.svg", "grafik/berkas.svg", "grafik/berkas.png?berkas=²", "grafik/berkas.svg?berkas=99999999"),
)


def test_unknown_tables_files_and_charts_are_not_there(client, office):
    for path in UNKNOWN:
        assert client.get(f"/statistik/{path}").status_code == 404, path


def test_only_looking_is_allowed(client, office):
    assert client.post("/statistik/").status_code == 405
    assert client.head("/statistik/").status_code == 200


# --- cost -------------------------------------------------------------------------------------------------------------


def fill(office, count):
    for number in range(count):
        document = factories.DocumentFactory(office=office)
        page = factories.RegulationPageFactory(quick=True, files=[document])
        for day in (TODAY, TODAY - dt.timedelta(days=40)):
            page_day(office, day, page)
            document_day(office, day, document)
        if not OfficeDay.objects.filter(day=TODAY - dt.timedelta(days=number)).exists():
            office_day(office, TODAY - dt.timedelta(days=number))
            source_days(office, TODAY - dt.timedelta(days=number))


def queries(client, url, django_assert_max_num_queries) -> int:
    client.get(url)  # what a process remembers for long
    office_memory.forget()  # and what it remembers for seconds
    with django_assert_max_num_queries(60) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("level", ["kantor", "nasional"])
def test_number_of_queries_does_not_grow(client, office, django_assert_max_num_queries, level):
    paths = ["", "unduhan/", "halaman/", "unggahan/", "harian/", "pembaruan/", "asal-harian/"]
    urls = [f"/statistik/{path}?tingkat={level}" for path in paths]
    fill(office, 1)
    before = [queries(client, url, django_assert_max_num_queries) for url in urls]
    fill(office, 30)
    assert [queries(client, url, django_assert_max_num_queries) for url in urls] == before
    assert before[0] < 45


def test_answers_may_be_kept_shortly_by_anybody(client, office):
    for path in ("", "harian/", "harian/?format=json", "grafik/kunjungan.svg", "grafik/kunjungan.png"):
        response = client.get(f"/statistik/{path}")
        assert response["Cache-Control"] == "public, max-age=60"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert client.get("/statistik/?tahun=0").status_code == 200
