"""Why is this here: sentences that are true, and points that add up to the score of the hit."""

import datetime as dt

import pytest
from wagtail.models import Page

from catalogue.models import RegulationIndexPage
from search.engines.embedded import view
from search.engines.embedded.engine import EmbeddedEngine
from search.index_models import IndexedRecord
from search.pins import PinnedResult
from search.service import explain, health, search
from search.types import SearchQuery
from search.vocabulary import Abbreviation, Synonym
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    OfficeFactory,
    RegulationPageFactory,
    State,
    section_of,
    shared_office,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.usefixtures("each_engine")]


def ask(text, office=None, **params):
    return SearchQuery.from_params(
        {"q": text, "lingkup": "kantor" if office else "semua", **params}, office=office
    )


def sentences(text, page, **params):
    return [reason.sentence for reason in explain(ask(text, **params), page.pk).reasons]


@pytest.fixture
def library():
    """A small collection in which every kind of reason occurs."""
    files = [
        DocumentFactory(
            title="DPT Kasemen",
            texts=[
                "Pembuka",
                "Daftar pemilih tetap Kasemen. Pemilih di Kasemen memilih dengan daftar pemilih tetap.",
            ],
        )
    ]
    DIPEntryPageFactory(title="Jadwal kampanye pemilihan", tanggal_penerbitan=dt.date(2020, 1, 2))
    DIPEntryPageFactory(title="Anggaran logistik", ringkasan="Belanja kotak suara dan pemilih pemula.")
    old = RegulationPageFactory(
        nomor="1 Tahun 2015", title="Peraturan tentang informasi publik", tentang="Lama"
    )
    new = RegulationPageFactory(nomor="22 Tahun 2023", title="Peraturan KPU Nomor 22 Tahun 2023")
    new.relations.create(jenis="mencabut", target=old)
    new.save_revision().publish()
    return DIPEntryPageFactory(title="Rekapitulasi pemilih Kasemen", files=files)


QUERIES = [
    "pemilih kasemen",
    "daftar pemilih tetap",
    "dpt kasemen",
    "pemilihh kasemen",
    "PKPU 22/2023",
    "peraturan kpu nomor 22 tahun 2023",
    "informasi publik 2015",
    "peraturan kpu terbaru informasi publik",
    '"pemilih tetap" kasemen',
    "anggaran kotak suara pemilih",
    "nomor:22 informasi",
    "jadwal pemilihan",
]


def test_points_add_up_to_the_score_of_each_hit(library):
    for text in QUERIES:
        query = ask(text)
        results = search(query)
        assert results.hits, text
        for place, hit in enumerate(results.hits, 1):
            found = explain(query, hit.page_id)
            assert (found.found, found.place) == (True, place), text
            assert found.score == pytest.approx(hit.score, abs=1e-4), text
            points = sum(reason.points for reason in found.reasons)
            assert points == pytest.approx(hit.score, abs=1e-3), text


def test_points_add_up_for_a_pinned_page(library):
    PinnedResult.objects.create(office=shared_office(), words="kampanye pemilih", page=library)
    query = ask("pemilih kampanye")
    hit = search(query).hits[0]
    found = explain(query, hit.page_id)
    assert hit.page_id == library.pk
    assert found.reasons[0].sentence == "Hasil pilihan redaksi untuk kata-kata ini."
    assert sum(reason.points for reason in found.reasons) == pytest.approx(hit.score, abs=1e-3)


def test_it_says_where_a_word_stands_how_often_and_on_which_page(library):
    (first, *_) = sentences("kasemen", library)
    assert first.startswith(
        "“kasemen”: 1 kali di judul dan 2 kali di isi (terbanyak di Halaman 2 berkas “DPT Kasemen”)"
    )
    assert f"ada di 1 dari {health()[0].documents} dokumen" in first


def test_it_names_the_way_in_which_a_word_was_found(library):
    Abbreviation.objects.filter(short="DPT").delete()
    Abbreviation.objects.create(short="DPT", long="Daftar Pemilih Tetap")
    Synonym.objects.create(words="hitungan akhir, rekapitulasi")
    assert any("singkatan “dpt = daftar pemilih tetap” 2 kali di isi" in s for s in sentences("dpt", library))
    assert any("sinonim “rekapitulasi” 1 kali di judul" in s for s in sentences("hitungan akhir", library))
    assert any("bentuk lain “memilih” 1 kali di isi" in s for s in sentences("pilih", library))
    assert any("ejaan dibetulkan menjadi “kasemen”" in s for s in sentences("kasemenn", library))


def test_it_names_what_counts_beside_the_words(library):
    old = Page.objects.get(title="Peraturan tentang informasi publik")
    text = " ".join(sentences("pkpu 2015 informasi publik", old))
    assert "Jenisnya (PKPU) disebut" in text
    assert "Tahunnya (2015) disebut" in text
    assert "Sudah dicabut" in text
    new = Page.objects.get(title="Peraturan KPU Nomor 22 Tahun 2023")
    assert sentences("PKPU 22/2023", new)[0].startswith("Ini peraturan yang disebut tepat")
    assert "Yang terbaru diminta; dokumen ini dari tahun 2023." in sentences("peraturan terbaru", new)


def test_a_word_that_a_found_page_lacks_is_named(library):
    texts = sentences("rekapitulasi pemilih kasemen kampanye", library)
    assert any(s.startswith("Tidak memuat “kampanye”") and "tetap tampil" in s for s in texts)


def test_what_is_not_found_says_which_words_are_missing(library):
    found = explain(ask("jadwal kampanye logistik"), library.pk)
    assert (found.found, found.place, found.score) == (False, 0, 0.0)
    text = " ".join(reason.sentence for reason in found.reasons)
    assert "terlalu sedikit dari yang dicari: 0 dari 3 kata" in text
    assert "Tidak memuat “jadwal”, “kampanye”, “logistik”" in text


def test_what_an_exclusion_a_phrase_a_filter_or_the_scope_keeps_away(library):
    assert any(
        "Kata “kasemen” dibuang dari pencarian" in s and "1 kali di judul" in s
        for s in sentences("pemilih -kasemen", library)
    )
    assert "Frasa “kasemen pemilih rekapitulasi” harus ada" in " ".join(
        sentences('"kasemen pemilih rekapitulasi"', library)
    )
    by_filter = " ".join(sentences("pemilih tahun:1999", library))
    assert "Saringan tahun meminta “1999”; halaman ini “2024”." in by_filter
    by_class = " ".join(sentences("pemilih", library, klasifikasi="setiap_saat"))
    assert "Saringan klasifikasi informasi meminta “Informasi Setiap Saat”" in by_class
    other = OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    by_scope = " ".join(sentences("pemilih", library, office=other))
    assert "milik KPU Kota Serang, di luar lingkup pencarian “Kantor ini” (KPU Kota Cilegon)" in by_scope


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.DRAFT, "keadaannya: Draf"),
        (State.SCHEDULED, "keadaannya: Dijadwalkan"),
        (State.EXPIRED, "keadaannya: Kedaluwarsa"),
        (State.LATE, "keadaannya: Kedaluwarsa"),
        (State.WITHDRAWN, "keadaannya: Dicabut"),
        (State.PRIVATE, "tidak terbuka untuk umum"),
    ],
)
def test_the_state_of_publication_that_keeps_a_page_away(state, words):
    page = DIPEntryPageFactory(title="Rahasia kelapagading", state=state)
    found = explain(ask("kelapagading"), page.pk)
    assert not found.found
    (reason,) = found.reasons
    assert words in reason.sentence


def test_what_no_search_ever_shows(library):
    index_page = section_of(shared_office(), RegulationIndexPage)
    assert "tidak dimasukkan ke pencarian" in sentences("regulasi", index_page)[0]
    assert explain(ask("regulasi"), 987654321).reasons[0].sentence == "Halaman itu tidak ada."


def test_a_public_page_that_the_index_does_not_know_yet(library):
    page = DIPEntryPageFactory(title="Baru sekali", quick=True)
    assert "belum ada di indeks" in sentences("baru sekali", page)[0]


def test_filters_without_words_are_explained_too(library):
    found = explain(ask("", klasifikasi="berkala"), library.pk)
    assert found.found
    assert "menurut tanggal" in found.reasons[0].sentence
    assert not explain(ask("", klasifikasi="setiap_saat"), library.pk).found


def test_nothing_typed_is_an_error(library):
    for text in ("", "!!!", '"', "-", "tahun:", "a" * 500, "nomor:x", "-kasemen"):
        explain(ask(text), library.pk)


def test_words_of_records_that_are_gone_are_not_counted(library):
    DIPEntryPageFactory(title="Kasemen kedua")
    gone = DIPEntryPageFactory(title="Kasemen ketiga")
    gone.unpublish()
    view.forget()
    assert f"ada di 2 dari {health()[0].documents} dokumen" in sentences("kasemen", library)[0]


def test_health_tells_of_pages_that_the_index_lacks(library):
    well = EmbeddedEngine().health()
    count = IndexedRecord.objects.count()
    assert (well.answers, well.documents, well.problems) == (True, count, ())
    assert f"{count} dari {count} halaman" in well.detail
    page = DIPEntryPageFactory(title="Belum terindeks", quick=True)
    ill = EmbeddedEngine().health()
    assert ill.problems[0].startswith("1 halaman yang terbuka untuk umum belum ada di indeks")
    Page.objects.filter(pk__in=[page.pk, library.pk]).update(live=False)
    assert EmbeddedEngine().health().problems[0].startswith("1 halaman masih tercatat di indeks")
