"""Words of Indonesian: cutting, spelling, stems, slips."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import tokens
from search.language.correction import Speller
from search.language.spelling import canonical
from search.language.stemmer import stem
from search.language.tokens import token_spans, tokenize


def test_numbers_are_found_by_each_part_and_without_leading_zeros():
    assert tokenize("Nomor 8/HK.03.01/3673/2021") == ["nomor", "8", "hk", "3", "1", "3673", "2021"]
    assert tokenize("8/Hk.03.1/3673/2021") == tokenize("8/HK.03.01/3673/2021")


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("undang2", ["undang", "undang"]),
        ("Undang-Undang", ["undang", "undang"]),
        ("493.123 orang", ["493123", "orang"]),
        ("tahun 2O2O", ["tahun", "2020"]),
        ("pem-\nberitahuan", ["pemberitahuan"]),
        ("undang-\nundang", ["undang", "undang"]),
        ("KPU-\nKot", ["kpu", "kot"]),
        ("P A S A L 5", ["pasal", "5"]),
        ("jum\u2019at al-Qur'an", ["jumat", "al", "quran"]),
        ("kafé ＫＰＵ Per\u00adaturan", ["kafe", "kpu", "peraturan"]),
        ("DPT/DPS s/d 2024", ["dpt", "dps", "s", "d", "2024"]),
    ],
)
def test_cutting(text, tokens):
    assert tokenize(text) == tokens


@given(st.text(max_size=200))
def test_any_text_can_be_cut(text):
    for term, start, end in token_spans(text):
        assert term
        assert 0 <= start < end <= len(text)
    assert all(len(term) <= 40 for term in tokenize(text))


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("pemilu", "pemilu"),
        ("pemohon dimohonkan permohonan", "mohon"),
        ("penolakan ditolak menolak", "tolak"),
        ("penetapan ditetapkan menetapkan", "tetap"),
        ("pemutakhiran mutakhir dimutakhirkan", "mutakhir"),
        ("pengecualian dikecualikan kecuali", "kecuali"),
        ("menanggapi tanggapan ditanggapi", "tanggap"),
        ("pemungutan dipungut pungutan", "pungut"),
        ("memperoleh perolehan", "peroleh"),
        ("partai berpartai", "partai"),
        ("mediasi", "mediasi"),
        ("pegawai kepegawaian", "pegawai"),
        ("kependudukan penduduk", "penduduk"),
        ("perseorangan", "perseorangan"),
        ("berikan memberikan pemberian", "beri"),
        ("keberatan", "keberatan"),
        ("pemilih", "pemilih"),
        ("pemilihan dipilih memilih", "pilih"),
        ("perwalian", "perwalian"),
        ("anggaran penganggaran dianggarkan", "anggaran"),
        ("serang", "serang"),
        ("penyerangan menyerang", "penyerangan"),
        ("pergerakan bergerak", "gerak"),
        ("perbankan", "bank"),
        ("mengunjungi kunjungan", "kunjung"),
        ("menangis", "tangis"),
        ("dikurangi pengurangan", "kurang"),
        ("pertanggungjawaban", "tanggungjawab"),
        ("perubahan mengubah diubah merubah", "ubah"),
        ("pengawasan mengawasi", "awas"),
        ("menggunakan pengguna", None),
        ("pembelian membeli", "beli"),
        ("penyelenggaraan menyelenggarakan", "selenggara"),
        ("pkpu", "pkpu"),
        ("dptb", "dptb"),
    ],
)
def test_stems_measured_wrong_in_other_stemmers(words, root):
    if root is not None:
        assert {stem(word) for word in words.split()} == {root}
    else:
        assert stem("menggunakan") == "guna"


@pytest.mark.parametrize(
    ("left", "right"), [("keberatan", "berat"), ("pemilih", "pemilihan"), ("penduduk", "kedudukan")]
)
def test_words_of_another_meaning_stay_apart(left, right):
    assert stem(left) != stem(right)


@pytest.mark.parametrize(
    ("variant", "standard"),
    [
        ("propinsi", "provinsi"),
        ("ijin", "izin"),
        ("perijinan", "perizinan"),
        ("mengijinkan", "mengizinkan"),
        ("standarisasi", "standardisasi"),
        ("standart", "standar"),
        ("karir", "karier"),
        ("apotik", "apotek"),
        ("azasi", "asasi"),
        ("analisa", "analisis"),
        ("aktifitas", "aktivitas"),
        ("praktek", "praktik"),
        ("resiko", "risiko"),
        ("kwitansi", "kuitansi"),
        ("sekertariat", "sekretariat"),
        ("pebruari", "februari"),
        ("nopember", "november"),
        ("peraturan", "peraturan"),
    ],
)
def test_spellings_meet(variant, standard):
    assert canonical(variant) == standard
    assert stem(variant) == stem(standard)


@pytest.mark.parametrize(
    ("old", "new"), [("oendang", "undang"), ("peratoeran", "peraturan"), ("djakarta", "jakarta")]
)
def test_the_spelling_before_1972_meets_todays(old, new):
    assert stem(old) == stem(new)


VOCABULARY = {
    "keterbukaan": 40,
    "informasi": 300,
    "publik": 200,
    "pengelolaan": 90,
    "sampah": 30,
    "sekretaris": 20,
}


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("keterbukan", ("keterbukaan",)),
        ("informsi", ("informasi",)),
        ("publlik", ("publik",)),
        ("infromasi", ("informasi",)),
        ("pengelolaansampah", ("pengelolaan", "sampah")),
    ],
)
def test_slips_are_forgiven(slip, meant):
    assert Speller(VOCABULARY).options(slip)[0].words == meant


def test_a_correction_weighs_less_than_what_was_typed():
    assert all(option.weight < 1 for option in Speller(VOCABULARY).options("informsi"))


@pytest.mark.parametrize("word", ["", "xyz", "qqqqqqqqqqqq", "a" * 200])
def test_what_is_no_slip_is_left_alone(word):
    assert Speller(VOCABULARY).options(word) == []


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_plain_text_is_cut_as_any_other(text):
    folded = tokens.fold(text)
    assert tokens._PLAIN_TOKEN.findall(folded) == tokens._TOKEN.findall(folded)


def test_an_apostrophe_joins_whichever_it_is():
    assert tokenize("jum'at") == tokenize("jum`at") == tokenize("jum’at") == ["jumat"]
