"""What a search finds and how it is shown, on either database."""

import datetime as dt
from itertools import pairwise

import pytest

from search.types import FACETS
from search.vocabulary import Abbreviation, Synonym
from tests.factories import (
    AnnouncementPageFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    OfficeFactory,
    OpenDatasetPageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
    WorkUnitFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("each_engine")]

PAGES = [
    "Berita acara rekapitulasi tingkat kota",
    "Kecamatan Serang, Curug, Kasemen, Walantaka, Taktakan, Cipocok Jaya",
    "Ketua menetapkan Daftar Pemilih Tetap sejumlah 493.123 orang di enam kecamatan",
    "Penutup dan tanda tangan",
]


@pytest.fixture
def dpt(index):
    """A DIP entry whose PDF names the voters' list on page 3."""
    document = DocumentFactory(texts=PAGES)
    page = DIPEntryPageFactory(
        title="Berita Acara Rekapitulasi Pilwalkot 2024", klasifikasi="berkala", files=[document], quick=True
    )
    index(page)
    return page


def test_a_sentence_in_a_pdf_leads_to_its_page(search, dpt):
    results = search("daftar pemilih tetap")
    (hit,) = results.hits
    assert (results.total, hit.title, hit.url) == (1, dpt.title, dpt.url)
    extract = hit.extracts[0]
    assert extract.page_number == 3
    assert extract.label == "Halaman 3"
    assert extract.url.endswith("#page=3")
    assert "<mark>Daftar Pemilih Tetap</mark> sejumlah 493.123 orang" in extract.html
    assert (hit.file_format, hit.file_pages) == ("PDF", 4)


def test_an_abbreviation_and_its_long_form_find_each_other(search, dpt):
    results = search("DPT")
    assert results.total == 1
    assert "Daftar Pemilih Tetap" in results.expansions
    assert search("pilwalkot").total == search("pemilihan wali kota").total == 1
    assert search("DPT", persis="1").total == 0


OTHER_FORMS = [
    ("permohonan ditolak seluruhnya", "penolakan permohonan"),
    ("penetapan calon terpilih", "ditetapkan"),
    ("pemutakhiran data", "mutakhir"),
    ("wali kota serang", "walikota"),
    ("walikota serang", "wali kota"),
    ("Peraturan Perundang-undangan", "undang"),
    ("perizinan di provinsi Banten", "ijin propinsi"),
    ("standar pelayanan", "standart pelayanan"),
    ("keterbukaan informasi publik", "keterbukan informasi publlik"),
    ("pengelolaan sampah", "pengelolaansampah"),
    ("undang-undang dasar", "undang2 dasar"),
    ("jumlah pemilih 493.123 orang", "493123"),
    ("Nomor 8/HK.03.1/3673/2021", "3673"),
    ("Nomor 8/HK.03.1/3673/2021", "HK.03.01"),
    ("informasi serta merta", "serta merta"),
]


def test_words_find_their_other_forms(search, index):
    texts = dict.fromkeys(text for text, _ in OTHER_FORMS)
    index(
        *(
            AnnouncementPageFactory(title=f"Kabar {n}", body=f"<p>{t}</p>", quick=True)
            for n, t in enumerate(texts)
        )
    )
    for text, query in OTHER_FORMS:
        bodies = [
            hit.extracts[0].html if hit.extracts else "" for hit in search(query, kategori="pengumuman").hits
        ]
        plain = [body.replace("<mark>", "").replace("</mark>", "") for body in bodies[:2]]
        assert any(text in body for body in plain), (query, bodies)


def test_editors_words_work_at_once(search, index):
    index(
        AnnouncementPageFactory(
            title="Pembagian kaos", ringkasan="-", body="<p>Bahan kampanye.</p>", quick=True
        )
    )
    assert search("tembakau manis").total == 0
    Synonym.objects.create(words="tembakau manis, bahan kampanye")
    Abbreviation.objects.create(short="BKX", long="bahan kampanye")
    assert search("tembakau manis").total == 1
    assert search("bkx").total == 1


def test_an_ambiguous_abbreviation_offers_all_readings(search, index):
    index(
        AnnouncementPageFactory(
            title="Satu", ringkasan="-", body="<p>Panitia Pemilihan Kecamatan</p>", quick=True
        ),
        AnnouncementPageFactory(
            title="Dua", ringkasan="-", body="<p>Pejabat Pembuat Komitmen</p>", quick=True
        ),
    )
    results = search("PPK")
    assert {hit.title for hit in results.hits} == {"Satu", "Dua"}
    assert {"Panitia Pemilihan Kecamatan", "Pejabat Pembuat Komitmen"} <= set(results.expansions)


def test_what_was_typed_beats_what_was_meant(titles, index):
    index(
        AnnouncementPageFactory(title="Sinonim", ringkasan="-", body="<p>komplain warga</p>", quick=True),
        AnnouncementPageFactory(title="Tepat", ringkasan="-", body="<p>keberatan warga</p>", quick=True),
    )
    assert titles("keberatan", kategori="pengumuman") == ["Tepat", "Sinonim"]
    assert titles("komplain", kategori="pengumuman") == ["Sinonim", "Tepat"]


def test_a_slip_is_named_and_a_right_word_is_not(search, dpt):
    wrong = search("daftar pemilh tetap")
    assert wrong.total == 1
    assert wrong.suggestion.text == "daftar pemilih tetap"
    assert "q=daftar+pemilih+tetap" in wrong.suggestion.url
    assert search("daftar pemilih tetap").suggestion is None


def test_phrases_and_exclusions(titles, index):
    index(
        AnnouncementPageFactory(title="A", ringkasan="-", body="<p>uji konsekuensi publik</p>", quick=True),
        AnnouncementPageFactory(title="B", ringkasan="-", body="<p>konsekuensi suatu uji</p>", quick=True),
        AnnouncementPageFactory(title="C", ringkasan="-", body="<p>uji konsekuensi kampanye</p>", quick=True),
    )
    assert set(titles("uji konsekuensi")) == {"A", "B", "C"}
    assert set(titles('"uji konsekuensi"')) == {"A", "C"}
    assert set(titles("uji konsekuensi -kampanye")) == {"A", "B"}
    assert titles('"uji konsekuensi" -kampanye') == ["A"]
    assert titles('"konsekuensi uji"') == []


def test_a_phrase_does_not_run_over_a_field_or_page(search, index):
    document = DocumentFactory(texts=["berakhir dengan uji", "konsekuensi di awal"])
    index(DIPEntryPageFactory(title="Tanpa frasa", files=[document], quick=True))
    assert search('"uji konsekuensi"').total == 0
    assert search('"dengan uji"').total == 1


class TestNumbers:
    @pytest.fixture
    def regulations(self, index):
        pages = [
            RegulationPageFactory(
                jenis="pkpu", nomor="22 Tahun 2023", title="Peraturan KPU Nomor 22 Tahun 2023", quick=True
            ),
            RegulationPageFactory(
                jenis="pkpu", nomor="1 Tahun 2015", title="Peraturan KPU Nomor 1 Tahun 2015", quick=True
            ),
            RegulationPageFactory(
                jenis="uu", nomor="22 Tahun 2023", title="UU Nomor 22 Tahun 2023", tentang="Lain", quick=True
            ),
            RegulationPageFactory(
                jenis="keputusan-kpu-kabkota",
                nomor="8/Hk.03.1/3673/2021",
                title="Keputusan 8",
                tentang="Jadwal Pelayanan",
                quick=True,
            ),
        ]
        index(*pages)
        return pages

    FIRST = [
        ("PKPU 22/2023", "Peraturan KPU Nomor 22 Tahun 2023"),
        ("pkpu 22 2023", "Peraturan KPU Nomor 22 Tahun 2023"),
        ("Peraturan KPU Nomor 22 Tahun 2023", "Peraturan KPU Nomor 22 Tahun 2023"),
        ("PKPU NO. 1 THN 2015", "Peraturan KPU Nomor 1 Tahun 2015"),
        ("uu no 22/2023", "UU Nomor 22 Tahun 2023"),
        ("8/HK.03.1/3673/2021", "Keputusan 8"),
        ("8/HK.03.01/3673/2021", "Keputusan 8"),
        ("nomor 8 tahun 2021", "Keputusan 8"),
        ("3673", "Keputusan 8"),
        ("nomor:8", "Keputusan 8"),
        ("pasal 5 pkpu 22/2023", "Peraturan KPU Nomor 22 Tahun 2023"),
    ]

    def test_a_number_finds_its_regulation_first(self, titles, regulations):
        for query, first in self.FIRST:
            assert titles(query)[:1] == [first], query

    def test_pairs_are_not_mixed(self, titles, index):
        index(
            RegulationPageFactory(jenis="pkpu", nomor="8 Tahun 2019", title="Delapan", quick=True),
            RegulationPageFactory(jenis="pkpu", nomor="12 Tahun 2023", title="Dua belas", quick=True),
            RegulationPageFactory(jenis="pkpu", nomor="8 Tahun 2023", title="Bukan ini", quick=True),
            RegulationPageFactory(jenis="pkpu", nomor="12 Tahun 2019", title="Ini pun bukan", quick=True),
        )
        found = titles("PKPU 8 Tahun 2019 sebagaimana diubah PKPU 12 Tahun 2023")
        assert set(found[:2]) == {"Delapan", "Dua belas"}
        assert "Bukan ini" not in found[:2]

    def test_what_cites_an_instrument_answers_after_it(self, titles, index, regulations):
        citing = DocumentFactory(
            texts=["Mengingat: Peraturan KPU, PKPU Nomor 22 Tahun 2023 tentang informasi"]
        )
        index(DIPEntryPageFactory(title="Yang mengutip", files=[citing], quick=True))
        found = titles("PKPU 22/2023")
        assert found[0] == "Peraturan KPU Nomor 22 Tahun 2023"
        assert "Yang mengutip" in found


def test_a_regulation_says_what_it_is_about_where_its_title_does_not(search, index):
    named = {"title": "UU Nomor 5 Tahun 2019", "tentang": "Perkara <b>Kelautan</b>"}
    index(
        RegulationPageFactory(nomor="5 Tahun 2019", **named, quick=True),
        RegulationPageFactory(
            nomor="6 Tahun 2019", title="Perkara kelautan", tentang="Perkara Kelautan", quick=True
        ),
    )
    subjects = {hit.title: hit.subject_html for hit in search("kelautan").hits}
    assert subjects["UU Nomor 5 Tahun 2019"] == "Perkara &lt;b&gt;<mark>Kelautan</mark>&lt;/b&gt;"
    assert subjects["Perkara kelautan"] == ""


def test_in_force_comes_first(titles, index):
    old = RegulationPageFactory(
        nomor="1 Tahun 2015", title="Lama", tanggal_berakhir=dt.date(2023, 11, 1), quick=True
    )
    new = RegulationPageFactory(nomor="22 Tahun 2023", title="Baru", quick=True)
    index(old, new)
    assert titles("pengelolaan dan pelayanan informasi publik") == ["Baru", "Lama"]
    assert titles("PKPU 1/2015")[0] == "Lama"


class TestFacets:
    @pytest.fixture
    def many(self, index):
        office = OfficeFactory(kode_wilayah="3601")
        pages = [
            DIPEntryPageFactory(
                title=f"Data pemilih {year}",
                klasifikasi=("berkala", "setiap_saat")[year % 2],
                tanggal_penerbitan=dt.date(year, 5, 1),
                quick=True,
                files=[DocumentFactory(texts=["x"])] if year % 3 else [],
            )
            for year in range(2010, 2024)
        ]
        pages += [
            RegulationPageFactory(title="Aturan data pemilih", nomor=f"{n} Tahun {2015 + n}", quick=True)
            for n in range(1, 5)
        ]
        pages += [
            OpenDatasetPageFactory(
                title="Data pemilih terbuka", files=[DocumentFactory(csv=True)], quick=True
            ),
            ServiceReportPageFactory(title="Laporan data pemilih", tahun=2020, quick=True),
            SOPPageFactory(title="SOP data pemilih", quick=True),
            DIPEntryPageFactory(
                title="Data pemilih kabupaten",
                office=office,
                unit_kerja=WorkUnitFactory(office=office),
                quick=True,
            ),
        ]
        index(*pages)
        return pages

    def test_counts_equal_the_list_after_the_click(self, search, many):
        results = search("data pemilih")
        assert results.total == len(many)
        assert {facet.name for facet in results.facets} == set(FACETS)
        assert len(results.facet("tahun").values) > 10
        for facet in results.facets:
            for value in facet.values:
                assert search("data pemilih", **{facet.name: value.value}).total == value.count, (
                    facet.name,
                    value,
                )

    def test_counts_stay_right_under_other_filters(self, search, many):
        results = search("data pemilih", kategori="informasi-publik", klasifikasi="berkala")
        for facet in results.facets:
            chosen = {"kategori": "informasi-publik", "klasifikasi": "berkala"}
            for value in facet.values:
                narrowed = search("data pemilih", **{**chosen, facet.name: value.value})
                assert narrowed.total == value.count, (facet.name, value)
        selected = results.facet("klasifikasi").selected
        assert [value.count for value in selected] == [results.total]

        # Several values of a facet are alternatives.
        results = search("data pemilih", tahun=["2012", "2013"])
        assert results.total == sum(value.count for value in results.facet("tahun").selected) == 2

        # A value that nothing has gives nothing, and can be taken away.
        results = search("data pemilih", tahun="1900")
        assert results.total == 0
        assert [value.value for value in results.facet("tahun").selected] == ["1900"]
        assert "tahun" not in results.chips[0].url

    def test_typed_filters_narrow_like_chosen_ones(self, search, many):
        assert search("data pemilih tahun:2020").total == search("data pemilih", tahun="2020").total == 2
        assert search("data pemilih jenis:pkpu").total == 4
        assert (
            search("data pemilih klasifikasi:berkala").total
            == search("data pemilih", klasifikasi="berkala").total
        )
        # Filters alone list everything that has them.
        assert search("", kategori="regulasi").total == 4

    def test_scope_is_the_office_its_province_or_all(self, search, many):
        city = many[0].office
        assert search("data pemilih", office=city).total == len(many) - 1
        assert search("data pemilih", office=city, lingkup="semua").total == len(many)

    def test_paging_shows_each_once_and_ends_softly(self, search, many):
        seen = [hit.page_id for page in (1, 2, 3) for hit in search("data pemilih", halaman=str(page)).hits]
        assert len(seen) == len(set(seen)) == len(many)
        beyond = search("data pemilih", halaman="1000000000")
        assert beyond.page == beyond.num_pages == 3
        assert beyond.hits

        dates = [hit.date for hit in search("data pemilih", urut="terbaru", ukuran="50").hits]
        known = [date for date in dates if date]
        assert all(left >= right for left, right in pairwise(known))
        oldest = [hit.date for hit in search("data pemilih", urut="terlama", ukuran="50").hits]
        assert [date for date in oldest if date] == sorted(known)


BAD_INPUT = [
    "?!… ---",
    "yang dan di",
    "kata " * 2000,
    '"',
    '""',
    "(a OR b) AND [1 TO 5]~2 /x.*/ *",
    "\x00\u202e\ud800",
    "' OR 1=1 --",
    "a",
    "0",
    "-kampanye",
    '-"tanda kutip"',
    "nomor:",
    "tahun:2000-1900",
    "x" * 400,
    "pkpu " * 80,
    "١٢٣ 中文 ไทย",
]


def test_bad_input_gives_a_result_page(search, dpt):
    for text in BAD_INPUT:
        results = search(
            text, halaman="999999999", tahun="\x00", unit="abc", kantor="'", urut="?", ukuran="-5"
        )
        assert results.total == 0, text
        assert search(text).total >= 0


def test_markup_in_a_document_stays_text(search, index):
    evil = '<script>alert("pemilih")</script> & <b>pemilih</b>'
    page = DIPEntryPageFactory(title="<i>Pemilih</i>", files=[DocumentFactory(texts=[evil])], quick=True)
    index(page)
    (hit,) = search("pemilih").hits
    for html in (hit.title_html, *(extract.html for extract in hit.extracts)):
        assert "<mark>" in html
        assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


def test_a_very_long_page_does_not_stop_the_extract(search, index):
    text = "kata biasa " * 90_000 + "jarum tersembunyi " + "kata biasa " * 10_000
    index(
        DIPEntryPageFactory(
            title="Panjang", files=[DocumentFactory(texts=[text[:50]], extracted=True)], quick=True
        )
    )
    from documents.models import DocumentPage

    DocumentPage.objects.update(text=text)
    from catalogue.models import DIPEntryPage

    index(DIPEntryPage.objects.get(title="Panjang"))
    (hit,) = search("jarum tersembunyi").hits
    assert "<mark>jarum tersembunyi</mark>" in hit.extracts[0].html
