"""Names of files, as people send them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.names import MAX_NAME, clean_file_name, storage_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PKPU 22 Tahun 2023.pdf", "PKPU 22 Tahun 2023.pdf"),
        ('SK "final" 100% + lampiran.pdf', "SK -final- 100- + lampiran.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Data\\DPT.xlsx", "DPT.xlsx"),
        ("laporan\x00\x1f\r\nakhir.PDF", "laporan-akhir.pdf"),
        ("Café résumé.pdf", "Café résumé.pdf"),
        ("ꦥꦼꦫꦠꦸꦫꦤ꧀.pdf", "ꦥꦼꦫꦠꦸꦫꦤ꧀.pdf"),
        ("<script>alert(1)<|script>.txt", "script-alert(1)-script.txt"),
        (".htaccess", "dokumen.htaccess"),
        ("", "dokumen"),
    ],
)
def test_file_name_is_safe_and_readable(name, expected):
    assert clean_file_name(name) == expected


def test_long_name_keeps_its_extension():
    name = clean_file_name("a" * 240 + ".pdf")
    assert len(name) == MAX_NAME
    assert name.endswith("a.pdf")


@given(st.text(max_size=300))
def test_any_name_can_stand_in_an_address_and_a_header(name):
    cleaned = clean_file_name(name, "pdf")
    assert cleaned.endswith(".pdf")
    assert len(cleaned) <= MAX_NAME
    assert not set(cleaned) & set("/\\\"'%<>|?*:;#\r\n\x00")
    assert cleaned == clean_file_name(cleaned, "pdf")


def test_storage_key_tells_nothing_of_the_title():
    first, second = storage_key(None, "Gaji Pegawai.pdf"), storage_key(None, "Gaji Pegawai.pdf")
    assert "aji" not in first
    assert first != second
    assert first.endswith(".pdf")
    assert storage_key(None, "x.p/../h").count("/") == 2
