"""Titles from archives: cleaned where that is safe, completed from the text where they break off."""

import pytest

from catalogue.importing.titles import clean_title, complete_title, mend_numbers, squeeze


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Tentang : ﾠPemilihan Umum Anggota DPR", "Pemilihan Umum Anggota DPR"),
        ("Tentang Pemilihan Umum ﾠPresiden", "Pemilihan Umum Presiden"),
        ("Perihal\u200b Pelaksanaan\xa0Putusan", "Pelaksanaan Putusan"),
        ("PENGAIRAN DENGAN RAKHMAT TUHAN YANG MAHA ESA", "PENGAIRAN"),
        ("PENDIRIAN PT PERKEBUNAN NUSANTARA XIII ;", "PENDIRIAN PT PERKEBUNAN NUSANTARA XIII"),
        ("PEMBENTUKAN BADAN NASIONALISASI Presiden republik Indonesia,", "PEMBENTUKAN BADAN NASIONALISASI"),
        ("HAK KEUANGAN PRESIDEN REPUBLIK INDONESIA", "HAK KEUANGAN PRESIDEN REPUBLIK INDONESIA"),
        ("PENGUBAHAN PP NR 15 TAHUN 1953 Membaca : surat Menteri;", "PENGUBAHAN PP NR 15 TAHUN 1953"),
        ("PENGESAHAN _KYOTO_ _PROTOCOL_ ( PROTOKOL KYOTO )", "PENGESAHAN KYOTO PROTOCOL (PROTOKOL KYOTO)"),
        ("PENETAPAN UNDANG- UNDANG DARURAT *)", "PENETAPAN UNDANG-UNDANG DARURAT"),
        ("PERUBAHAN ATAS PP ^NOMOR ^37 TAHUN 2OI4", "PERUBAHAN ATAS PP NOMOR 37 TAHUN 2014"),
        ("TENTANG", ""),
        ("Menimbang : a. bahwa kedudukan keuangan", ""),
    ],
)
def test_cleaning(raw, clean):
    assert clean_title(raw) == clean


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("TAHUN 2OLT", "TAHUN 2017"),
        ("TAHUN 2O09 TENTANG", "TAHUN 2009 TENTANG"),
        ("NOMOR 1O TAHUN 2008", "NOMOR 10 TAHUN 2008"),
        ("NOMOR II TAHUN 2008", "NOMOR II TAHUN 2008"),  # a Roman number stays
        ("NOMOR 14 TAHUN 2076 TENTANG", "NOMOR 14 TAHUN 2016 TENTANG"),
        ("RENCANA TAHUN 2076", "RENCANA TAHUN 2076"),
        ("TAHUN 2S99X", "TAHUN 2S99X"),
        ("USIA 80 TAHUN TOLI", "USIA 80 TAHUN TOLI"),
    ],
)
def test_letters_read_for_digits(read, meant):
    assert mend_numbers(read) == meant


def test_invisible_characters_become_blanks_or_go():
    assert squeeze("a\uffa0b\u3164c\x00\x0c d\u200be\ufeff") == "a b c de"


def test_a_title_that_breaks_off_is_completed_from_the_text():
    text = (
        " PERATURAN PEMERINTAH REPUBLIK INDONESIA NOMOR 37 TAHUN 2005 TENTANG\nPERUBAHAN ATAS\nPERATURAN PEMERINTAH "
        "NOMOR 24 TAHUN 2004 TENTANG KEDUDUKAN PROTOKOLER\nDENGAN RAHMAT TUHAN YANG MAHA ESA\nPRESIDEN"
    )
    whole = "PERUBAHAN ATAS PERATURAN PEMERINTAH NOMOR 24 TAHUN 2004 TENTANG KEDUDUKAN PROTOKOLER"
    assert complete_title("PERUBAHAN ATAS", text) == whole
    assert complete_title("PENGAIRAN", text) == "PENGAIRAN"
    assert complete_title("PENCABUTAN ATAS", text) == "PENCABUTAN ATAS"  # the text does not help


def test_a_missing_title_is_taken_from_the_text():
    text = "PERATURAN PEMERINTAH NOMOR 59 TAHUN 2021 TENTANG PELINDUNGAN PEKERJA MIGRAN DENGAN RAHMAT TUHAN"
    assert complete_title("", text) == "PELINDUNGAN PEKERJA MIGRAN"
    assert complete_title("", "tanpa judul") == ""
