"""Relations that titles tell: real shapes of titles, and the traps among them."""

import pytest

from catalogue.enums import RelationType
from catalogue.importing.relations import relations_from_title

AMENDS, REVOKES, PARTLY = RelationType.AMENDS, RelationType.REVOKES, RelationType.REVOKES_PARTLY
IMPLEMENTS, ESTABLISHES = RelationType.IMPLEMENTS, RelationType.ESTABLISHES


def told(title, jenis="uu", tahun=2023, key="99/2023"):
    return [
        (relation.kind, relation.jenis, relation.nomor_kunci)
        for relation in relations_from_title(title, jenis, tahun, key)
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("PERUBAHAN ATAS UNDANG-UNDANG NOMOR 11 TAHUN 2008 TENTANG INFORMASI", [(AMENDS, "uu", "11/2008")]),
        ("PERUBAHAN KEDUA ATAS PERATURAN PEMERINTAH NOMOR 24 TAHUN 2010", [(AMENDS, "pp", "24/2010")]),
        ("PERUBAHAN KEDUA BELAS ATAS PERATURAN PEMERINTAH NOMOR 14 TAHUN 1985", [(AMENDS, "pp", "14/1985")]),
        ("PERUBAHAN KE TUJUH ATAS PERATURAN PEMERINTAH NOMOR 7 TAHUN 1977", [(AMENDS, "pp", "7/1977")]),
        ("PEROBAHAN DAN TAMBAHAN ATAS PERATURAN PEMERINTAH NO. 21 TAHUN 1967", [(AMENDS, "pp", "21/1967")]),
        (
            "PERUBAHAN DAN ATAU TAMBAHAN ATAS PERATURAN PEMERINTAH NOMOR 14 TAHUN 1972",
            [(AMENDS, "pp", "14/1972")],
        ),
        ("MENGUBAH PERATURAN PEMERINTAH NR 10 TAHUN 1951, TENTANG TUNJANGAN", [(AMENDS, "pp", "10/1951")]),
        ("TAMBAHAN ATAS LAMPIRAN UNDANG-UNDANG NOMOR 10 TAHUN 1959", [(AMENDS, "uu", "10/1959")]),
        ("PERUBAHAN PASAL 11 AYAT 1 PERATURAN PEMERINTAH NO. 19 TAHUN 1965", [(AMENDS, "pp", "19/1965")]),
        ("PERUBAHAN ATAS PEMTURAN PEMERINTAH NOMOR 47 TAHUN 2007", [(AMENDS, "pp", "47/2007")]),
        ("PERUBAHAN KETIGA ATAS PERATURAN PEMERINTAH NOMOR 15 TAHUN 2OO5", [(AMENDS, "pp", "15/2005")]),
        ("PENGUBAHAN UNDANG-UNDANG PAJAK (UNDANG-UNDANG NO. 74 TAHUN 1958)", [(AMENDS, "uu", "74/1958")]),
        (
            "Perubahan Ketujuh Atas Peraturan Komisi Pemilihan Umum Nomor 07 Tahun 2012",
            [(AMENDS, "pkpu", "7/2012")],
        ),
        (
            "Perubahan Terhadapa Peraturan Komisi Pemilihan Umum Nomor 10 Tahun 2009",
            [(AMENDS, "pkpu", "10/2009")],
        ),
        (
            "Perubahan Keputusan Komisi Pemilihan Umum Nomor 107/SK/KPU/Tahun 2009 tentang Jadwal",
            [(AMENDS, "keputusan-kpu", "107/sk/kpu/2009")],
        ),
        ("PENCABUTAN PERATURAN PEMERINTAH NOMOR 98 TAHUN 2013", [(REVOKES, "pp", "98/2013")]),
        (
            "PENCABUTAN ATAS PERATURAN PEMERINTAH NOMOR 18 TAHUN 2001 TENTANG TARIF",
            [(REVOKES, "pp", "18/2001")],
        ),
        ("PEMBATALAN PERATURAN PEMERINTAH NOMOR 29 TAHUN 1998", [(REVOKES, "pp", "29/1998")]),
        ("PENCABUTAN PERATURAN PEMERINTAH TAHUN 1947 NOMOR 22", [(REVOKES, "pp", "22/1947")]),
        ("PENCABUTAN PASAL 5 UNDANG-UNDANG NOMOR 1 TAHUN 1946", [(PARTLY, "uu", "1/1946")]),
        ("PENARIKAN KEMBALI UNDANG-UNDANG DARURAT NO. 13 TAHUN 1955", [(REVOKES, "uu-darurat", "13/1955")]),
        ("PELAKSANAAN UNDANG-UNDANG NOMOR 9 TAHUN 2006 TENTANG RESI GUDANG", [(IMPLEMENTS, "uu", "9/2006")]),
        (
            "PERATURAN PELAKSANAAN UNDANG-UNDANG NOMOR 6 TAHUN 2014 TENTANG DESA",
            [(IMPLEMENTS, "uu", "6/2014")],
        ),
        (
            "PELAKSANAAN PASAL 4 DAN PASAL 5 UNDANG-UNDANG NOMOR 3 PRP 1960",
            [(IMPLEMENTS, "perppu", "3/1960")],
        ),
        (
            "PENETAPAN UU DARURAT NO. 5 TAHUN 1954 SEBAGAI UNDANG-UNDANG",
            [(ESTABLISHES, "uu-darurat", "5/1954")],
        ),
        (
            "PEMBENTUKAN SABANG DENGAN MENGUBAH UNDANG-UNDANG NO.7 DRT TAHUN 1956",
            [(AMENDS, "uu-darurat", "7/1956")],
        ),
        ("(Sebagai Pengganti Peraturan KPU No. 35 Tahun 2008)", [(REVOKES, "pkpu", "35/2008")]),
        ("(Perubahan Peraturan KPU No.03 Tahun 2009)", [(AMENDS, "pkpu", "3/2009")]),
    ],
)
def test_shapes(title, expected):
    assert told(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "PERUBAHAN BATAS WILAYAH KOTAMADYA DAERAH TINGKAT II MADIUN",
        "PERUBAHAN ATAS ANGGARAN PENDAPATAN DAN BELANJA NEGARA TAHUN ANGGARAN 1997/1998",
        "PENCABUTAN IZIN USAHA, PEMBUBARAN DAN LIKUIDASI BANK",
        "PELAKSANAAN PENGANGKATAN ANAK",
        "PENETAPAN BAGIAN XIII DARI ANGGARAN",
        "PENETAPAN HASIL PEMILIHAN UMUM BERDASARKAN UNDANG-UNDANG NOMOR 7 TAHUN 2017",
        "PENGESAHAN PROTOKOL KYOTO TENTANG PERUBAHAN IKLIM",
        "PERUBAHAN TARIF SEBAGAIMANA DIMAKSUD DALAM PERATURAN PEMERINTAH NOMOR 16 TAHUN 1970",
        "PERUBAHAN PERATURAN PEMERINTAH R.I.S. NR 16 TAHUN 1950",  # the federal state numbered on its own
        "Penjelasan Peraturan KPU Nomor 06 Tahun 2011 dan Rekapitulasi Hasil",
        "",
    ],
)
def test_titles_that_tell_nothing(title):
    assert told(title) == []


def test_a_law_that_establishes_a_perppu_does_not_do_what_the_perppu_did():
    title = (
        "PENETAPAN PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG NOMOR 3 TAHUN 2008 TENTANG PERUBAHAN ATAS "
        "UNDANG-UNDANG NOMOR 24 TAHUN 2004 TENTANG LEMBAGA PENJAMIN SIMPANAN MENJADI UNDANG-UNDANG"
    )
    assert told(title) == [(ESTABLISHES, "perppu", "3/2008")]


def test_only_the_amended_law_is_amended_not_the_perppu_named_in_its_title():
    title = (
        "PERUBAHAN ATAS UNDANG-UNDANG NOMOR 1 TAHUN 2015 TENTANG PENETAPAN PERATURAN PEMERINTAH PENGGANTI "
        "UNDANG-UNDANG NOMOR 1 TAHUN 2014 TENTANG PEMILIHAN GUBERNUR MENJADI UNDANG-UNDANG"
    )
    assert told(title) == [(AMENDS, "uu", "1/2015")]


def test_a_revoked_perppu_does_not_revoke_what_it_amended():
    title = (
        "PENCABUTAN PERATURAN PEMERINTAH PENGGANTI UNDANG-UNDANG NOMOR 4 TAHUN 2009 TENTANG PERUBAHAN ATAS "
        "UNDANG-UNDANG NOMOR 30 TAHUN 2002"
    )
    assert told(title) == [(REVOKES, "perppu", "4/2009")]


def test_earlier_amendments_are_not_this_ones_doing():
    title = (
        "PERUBAHAN ATAS PERATURAN PEMERINTAH NOMOR 7 TAHUN 1977 SEBAGAIMANA TELAH EMPAT KALI DIUBAH, TERAKHIR DENGAN "
        "PERATURAN PEMERINTAH NOMOR 15 TAHUN 1993"
    )
    assert told(title) == [(AMENDS, "pp", "7/1977")]


def test_lists_of_revoked_regulations():
    title = (
        "PENCABUTAN PERATURAN PEMERINTAH NOMOR 70 TAHUN 1992 TENTANG BANK UMUM SEBAGAIMANA DIUBAH TERAKHIR DENGAN "
        "PERATURAN PEMERINTAH NOMOR 73 TAHUN 1998, PERATURAN PEMERINTAH NOMOR 71 TAHUN 1992 TENTANG BANK PERKREDITAN "
        "RAKYAT, DAN PERATURAN PEMERINTAH NOMOR 72 TAHUN 1992 TENTANG BANK BERDASARKAN PRINSIP BAGI HASIL"
    )
    assert told(title) == [(REVOKES, "pp", "70/1992"), (REVOKES, "pp", "71/1992"), (REVOKES, "pp", "72/1992")]


def test_two_numbers_that_share_a_year():
    assert told("PENGUBAHAN UNDANG-UNDANG NO. 3 JO. NO. 19 TAHUN 1950") == [
        (AMENDS, "uu", "3/1950"),
        (AMENDS, "uu", "19/1950"),
    ]


def test_no_relation_to_itself_or_to_a_later_year():
    assert told("PERUBAHAN PERATURAN PEMERINTAH NO. 27 TAHUN 1960", "pp", 1960, "27/1960") == []
    assert told("PERUBAHAN ATAS PERATURAN PEMERINTAH NOMOR 14 TAHUN 2026", "pp", 2021, "12/2021") == []


def test_the_target_is_named_as_people_write_it():
    [relation] = relations_from_title(
        "PERUBAHAN ATAS UNDANG-UNDANG NOMOR 011 TAHUN 2008", "uu", 2016, "19/2016"
    )
    assert relation.text == "UU Nomor 11 Tahun 2008"
    [relation] = relations_from_title(
        "Perubahan Keputusan KPU Nomor 05/Kpts/KPU/TAHUN 2013", "keputusan-kpu", 2014, "1/kpts/kpu/2014"
    )
    assert relation.text == "Keputusan KPU Nomor 05/Kpts/KPU/TAHUN 2013"
