"""Titles of an index, in the shapes that KPU's own index holds."""

import pytest

from catalogue.importing.index_titles import NotReadable, kind_of_category, read_title


@pytest.mark.parametrize(
    ("title", "category", "jenis", "nomor", "key", "named"),
    [
        (
            "Undang-Undang Nomor 21 Tahun 2012",
            "uu",
            "uu",
            "21 Tahun 2012",
            "21/2012",
            "UU Nomor 21 Tahun 2012",
        ),
        (
            "Peraturan KPU No. 10 Th. 2008",
            "pkpu",
            "pkpu",
            "10 Tahun 2008",
            "10/2008",
            "PKPU Nomor 10 Tahun 2008",
        ),
        (
            "Peraturan KPU Nomor 09 Tahun 2013",
            "",
            "pkpu",
            "9 Tahun 2013",
            "9/2013",
            "PKPU Nomor 9 Tahun 2013",
        ),
        (
            "Peraturan KPU No.12 Tahun 2009",
            "pkpu",
            "pkpu",
            "12 Tahun 2009",
            "12/2009",
            "PKPU Nomor 12 Tahun 2009",
        ),
        (
            "Peratutan KPU Nomor 8 Tahun 2012",
            "pkpu",
            "pkpu",
            "8 Tahun 2012",
            "8/2012",
            "PKPU Nomor 8 Tahun 2012",
        ),
        ("KPU Nomor 63 tahun 2009", "pkpu", "pkpu", "63 Tahun 2009", "63/2009", "PKPU Nomor 63 Tahun 2009"),
        (
            "Peraturan Komisi Peraturan Umum Nomor 64 tahun 2009",
            "pkpu",
            "pkpu",
            "64 Tahun 2009",
            "64/2009",
            "PKPU Nomor 64 Tahun 2009",
        ),
        (
            "Peraturan Menteri Dalam Negeri Nomor 57 Tahun 2009",
            "pp",
            "permendagri",
            "57 Tahun 2009",
            "57/2009",
            "Permendagri Nomor 57 Tahun 2009",
        ),
        (
            "SE KPU Nomor 1479/KPU/VIII/2014",
            "",
            "se",
            "1479/KPU/VIII/2014",
            "1479/kpu/2014",
            "SE Nomor 1479/KPU/VIII/2014",
        ),
        (
            "Surat Edaran KPU Nomor : 759/KPU/XII/2012",
            "",
            "se",
            "759/KPU/XII/2012",
            "759/kpu/2012",
            "SE Nomor 759/KPU/XII/2012",
        ),
        (
            "Keputusan KPU Nomor 219 /Kpts/KPU/Tahun 2014",
            "",
            "keputusan-kpu",
            "219/Kpts/KPU/Tahun 2014",
            "219/kpts/kpu/2014",
            "Keputusan KPU Nomor 219/Kpts/KPU/Tahun 2014",
        ),
        (
            "Keputusan KPU No.178/Kpt/KPU/Tahun2009",
            "",
            "keputusan-kpu",
            "178/Kpt/KPU/Tahun 2009",
            "178/kpt/kpu/2009",
            "Keputusan KPU Nomor 178/Kpt/KPU/Tahun 2009",
        ),
        (
            "Keputusan KPU Nomor 400/Kpts/Setjen/TAHUN 2010",
            "",
            "keputusan-sekjen",
            "400/Kpts/Setjen/Tahun 2010",
            "400/kpts/setjen/2010",
            "Keputusan Sekjen Nomor 400/Kpts/Setjen/Tahun 2010",
        ),
        (
            "Keputusan Menteri Hukum dan HAM No. M. HH-69.AH.11.01 Tahun 2008",
            "",
            "kepmen",
            "M.HH-69.AH.11.01 Tahun 2008",
            "m.hh-69.ah.11.01 tahun 2008",
            "Keputusan Menteri Nomor M.HH-69.AH.11.01 Tahun 2008",
        ),
        (
            "Surat Edaran Nomor 435/SJ/IV/2010 & 436/SJ/IV/2010",
            "",
            "se",
            "435/SJ/IV/2010",
            "435/sj/2010",
            "SE Nomor 435/SJ/IV/2010",
        ),
        (
            "Pengumuman KPU Nomor: 20/KPU/I/2013",
            "",
            "lainnya",
            "20/KPU/I/2013",
            "20/kpu/2013",
            "Pengumuman KPU Nomor 20/KPU/I/2013",
        ),
        (
            "Surat Ketua KPU No.2546/15/VIII/2008",
            "",
            "lainnya",
            "2546/15/VIII/2008",
            "2546/15/2008",
            "Surat Ketua KPU Nomor 2546/15/VIII/2008",
        ),
    ],
)
def test_shapes(title, category, jenis, nomor, key, named):
    reading = read_title(title, "Tentang Sesuatu", category)
    assert (reading.jenis, reading.nomor, reading.nomor_kunci, reading.title) == (jenis, nomor, key, named)
    assert reading.tentang == "Sesuatu"
    assert reading.attachment == ""


@pytest.mark.parametrize(
    ("title", "description", "attachment", "key"),
    [
        (
            "Lampiran II Peraturan KPU Nomor 62 tahun 2009",
            "Tentang Bentuk Formulir",
            "Lampiran II: Bentuk Formulir",
            "62/2009",
        ),
        ("Lampiran SK 115/SK/KPU/Tahun 2009", "jadwal", "Lampiran: jadwal", "115/sk/kpu/2009"),
        (
            "Susunan Dalam Satu Naskah Peraturan KPU No.03 Tahun 2009 dan Peraturan KPU No.13 Tahun 2009",
            "",
            "Susunan dalam satu naskah",
            "3/2009",
        ),
        ("LAW OF THE REPUBLIC OF INDONESIA NUMBER 15 YEAR 2011", "x", "Terjemahan bahasa Inggris", "15/2011"),
    ],
)
def test_attachments(title, description, attachment, key):
    reading = read_title(title, description, "pkpu")
    assert (reading.attachment, reading.nomor_kunci) == (attachment, key)


@pytest.mark.parametrize(
    ("title", "description", "reason"),
    [
        ("RUU Tentang Penyelenggara Pemilu", "Rancangan Undang-Undang Nomor... Tahun...", "Rancangan"),
        ("SE KPU No. 119 Tentang Jadwal", "Kampanye tahun 2014", "Tahunnya tidak disebut"),
        ("Petunjuk Teknis", "Petunjuk Teknis Verifikasi", "Tidak ada nomor"),
        ("RUP KPU Tahun 2013", "Rencana Umum Pengadaan", "Tidak ada nomor"),
        ("", "", "Tidak ada nomor"),
        ("Keputusan KPU Nomor 1/" + "A" * 130 + "/2014", "", "lebih panjang"),
    ],
)
def test_what_names_no_regulation(title, description, reason):
    with pytest.raises(NotReadable, match=reason):
        read_title(title, description)


def test_the_description_names_it_when_the_title_does_not():
    reading = read_title(
        "Surat Edaran KPK", "Surat Edaran KPK RI Nomor: SE-015/01/12/2009 Tentang Petunjuk Teknis"
    )
    assert (reading.jenis, reading.nomor, reading.tentang) == ("se", "SE-015/01/12/2009", "Petunjuk Teknis")


def test_what_the_title_adds_in_brackets_is_kept():
    reading = read_title(
        "Peraturan KPU No. 03 Tahun 2009 (Sebagai Pengganti Peraturan KPU No. 35 Tahun 2008)", "Pedoman"
    )
    assert reading.tentang == "Pedoman (Sebagai Pengganti Peraturan KPU No. 35 Tahun 2008)"


def test_descriptions_that_repeat_the_name_or_say_nothing():
    assert (
        read_title(
            "Peraturan KPU Nomor 14 Tahun 2012", "Peraturan KPU Nomor 14 Tahun 2012 Tentang Pola"
        ).tentang
        == "Pola"
    )
    assert read_title("Peraturan KPU Nomor 14 Tahun 2012", "Download disini").tentang == ""
    said = "Perubahan Atas Peraturan KPU Nomor 7 Tahun 2012"
    assert read_title("Peraturan KPU Nomor 14 Tahun 2012", f"Tentang : ﾠ{said}").tentang == said


def test_categories():
    assert kind_of_category("Peraturan Komisi Pemilihan Umum (JDIH)") == "pkpu"
    assert kind_of_category("Surat / Edaran / Juknis / Lain-lain") == ""
