"""Numbers and citations: every writing that officers and citizens use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.citations import find_citations, parse_number
from common.regulation_types import REGULATION_TYPES, type_code


@pytest.mark.parametrize(
    ("text", "norm", "urut", "kode", "tahun"),
    [
        ("8/Hk.03.1/3673/2021", "8/hk.03.1/3673/2021", 8, ("hk.03.1", "3673"), 2021),
        (
            "085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020",
            "085.a/hk.03.01-kpt/3673/kpu-kot/iv/2020",
            85,
            ("hk.03.01-kpt", "3673", "kpu-kot", "iv"),
            2020,
        ),
        ("88/Kpts/KPU/Tahun 2015", "88/kpts/kpu/2015", 88, ("kpts", "kpu"), 2015),
        ("156/Kpts/KPU/ Tahun 2015", "156/kpts/kpu/2015", 156, ("kpts", "kpu"), 2015),
        (
            "13/Kpts/KPU-Kab-011.329047/2016",
            "13/kpts/kpu-kab-011.329047/2016",
            13,
            ("kpts", "kpu-kab-011.329047"),
            2016,
        ),
        (
            "5/Kpts/KPU-Kota-012.329521/2015",
            "5/kpts/kpu-kota-012.329521/2015",
            5,
            ("kpts", "kpu-kota-012.329521"),
            2015,
        ),
        (
            "751/PP.01-Kpt/01/KPU/III/2019",
            "751/pp.01-kpt/01/kpu/iii/2019",
            751,
            ("pp.01-kpt", "01", "kpu", "iii"),
            2019,
        ),
        ("441/Kpts/Setjen/ Tahun 2016", "441/kpts/setjen/2016", 441, ("kpts", "setjen"), 2016),
        ("22 Tahun 2023", "22/2023", 22, (), 2023),
        ("27/2023", "27/2023", 27, (), 2023),
        ("169/Kpts/KPU/TAHUN 2015", "169/kpts/kpu/2015", 169, ("kpts", "kpu"), 2015),
        ("Nomor : 8 / HK.03.1 / 3673 / 2021", "8/hk.03.1/3673/2021", 8, ("hk.03.1", "3673"), 2021),
        ("2 /PMK.07/2022", "2/pmk.07/2022", 2, ("pmk.07",), 2022),
    ],
)
def test_sample_numbers(text, norm, urut, kode, tahun):
    number = parse_number(text)
    assert (number.nomor_norm, number.nomor_urut, number.kode, number.tahun) == (norm, urut, kode, tahun)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("8/HK.03.01/3673/2021", "8/Hk.03.1/3673/2021"),
        ("085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020", "85a/HK.3.1-Kpt/3673/KPU-Kot/2020"),
        ("22 Tahun 2023", "22/2023"),
    ],
)
def test_equal_numbers_share_their_key(left, right):
    assert parse_number(left).key == parse_number(right).key


def test_other_numbers_do_not_share_a_key():
    keys = [
        parse_number(text).key
        for text in ("8/HK.03.1/3673/2021", "8/HK.03.1/3673/2020", "8A/HK.03.1/3673/2021")
    ]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PKPU 22/2023", [("pkpu", 22, 2023)]),
        ("pkpu 22 2023", [("pkpu", 22, 2023)]),
        ("UU No. 14 Tahun 2008", [("uu", 14, 2008)]),
        ("undang2 no 14 thn 2008", [("uu", 14, 2008)]),
        ("Undang-Undang Republik Indonesia Nomor 14 Tahun 2008 tentang Keterbukaan", [("uu", 14, 2008)]),
        ("pmk 148/2012", [("pmk", 148, 2012)]),
        ("Peraturan Menteri Keuangan Nomor 97/PMK.01/2017", [("pmk", 97, 2017)]),
        ("pasal 59 uu no.32 tahun 2004", [("uu", 32, 2004)]),
        ("Peraturan Menteri Komunikasi dan Informatika Nomor 5 Tahun 2020", [("permen", 5, 2020)]),
        ("Keputusan KPU Kota Serang Nomor 7/Hk.03.1/3673/2021", [("keputusan-kpu-kabkota", 7, 2021)]),
        ("PKPU NO 22, BN 2023/NO 870", [("pkpu", 22, None), ("bn", 870, 2023)]),
        (
            "PKPU 8 Tahun 2019 sebagaimana diubah PKPU 12 Tahun 2023",
            [("pkpu", 8, 2019), ("pkpu", 12, 2023)],
        ),
        ("nomor 8 tahun 2021", [("", 8, 2021)]),
        ("UUD 1945", [("uud", None, 1945)]),
        ("uu pemilu 2017", []),
        ("uu 2008", []),
        ("satpol PP", []),
        ("rapat 12/02/2024 dan 1/2 bagian, 10.000 orang", []),
    ],
)
def test_citations_in_text(text, found):
    assert [(c.jenis, c.nomor_urut, c.tahun) for c in find_citations(text)] == found


def test_the_article_next_to_a_citation_belongs_to_it():
    assert find_citations("pasal 59 uu no.32 tahun 2004")[0].pasal == "59"
    assert find_citations("UU 1 Tahun 2023 pasal 5")[0].pasal == "5"


def test_every_type_is_recognised_by_its_own_names():
    for code, kind in REGULATION_TYPES.items():
        if code != "lainnya":
            assert type_code(kind.short) == code
            assert type_code(kind.name.upper()) == code


@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    for citation in find_citations(text):
        assert 0 <= citation.start < citation.end <= len(text)
    parse_number(text)


def test_digits_of_another_script_are_read_as_numbers():
    (citation,) = find_citations("UU No. ١٤ Tahun 2008")
    assert (citation.nomor_urut, citation.tahun) == (14, 2008)
