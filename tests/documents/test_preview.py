"""The first rows of a table, as the page of a dataset shows them."""

import pytest
from django.core.files.base import ContentFile

from documents.models import OfficeDocument
from documents.preview import table_preview
from tests import factories
from tests.documents import samples

pytestmark = pytest.mark.django_db


def stored(name, data):
    document = OfficeDocument.objects.create(
        title="Data", file=ContentFile(data, name=name), collection=factories.shared_office().collection
    )
    document.refresh_from_db()
    return document


def test_csv():
    lines = ["kecamatan;pemilih", *(f"Kecamatan {number};{number}" for number in range(60))]
    preview = table_preview(stored("a.csv", "\n".join(lines).encode()), rows=5)
    assert preview.header == ["kecamatan", "pemilih"]
    assert preview.rows[0] == ["Kecamatan 0", "0"]
    assert len(preview.rows) == 5
    assert preview.more_rows
    assert not preview.more_columns


def test_table_under_a_title_in_a_workbook(tmp_path):
    path = samples.workbook(
        tmp_path / "a.xlsx",
        {
            "DPT": [
                [None, "Daftar Pemilih Tetap"],
                [],
                [None, "No", "Nama", "Jumlah"],
                [None, 1, "Serang", 2.0],
            ]
        },
    )
    preview = table_preview(stored("a.xlsx", path.read_bytes()))
    assert preview.sheet == "DPT"
    assert preview.header == ["No", "Nama", "Jumlah"]
    assert preview.rows == [["1", "Serang", "2"]]
    assert not preview.more_rows


def test_hostile_cells_are_plain_short_text():
    data = (
        'a,b\n"=HYPERLINK(""http://jahat"")",<script>alert(1)</script>\n"\x01\x02baris\nbaru",' + "x" * 5000
    )
    preview = table_preview(stored("a.csv", data.encode()))
    assert preview.rows[0] == ['=HYPERLINK("http://jahat")', "<script>alert(1)</script>"]
    assert preview.rows[1][0] == "baris baru"
    assert len(preview.rows[1][1]) == 300


def test_wide_table_is_cut():
    row = ",".join(f"k{number}" for number in range(400))
    preview = table_preview(stored("a.csv", f"{row}\n{row}\n".encode()))
    assert len(preview.header) == 12
    assert preview.more_columns


def test_file_without_table_has_none():
    assert table_preview(factories.DocumentFactory()) is None
