"""Reading JSON lines: every line becomes a record or a bad row with its number and reason."""

import gzip
import json

import pytest

from catalogue.importing.json_lines import JsonLines, parse_line
from catalogue.importing.records import BadRow, RegulationRecord, SourceError
from tests.importing.samples import KIP, PP, row, write_lines


def parse(**changes):
    return parse_line(1, json.dumps(row(5, **changes)).encode())


def test_a_record(tmp_path):
    [record] = JsonLines(write_lines(tmp_path / "a.jsonl", [KIP]))
    assert (record.jenis, record.nomor, record.tahun) == ("uu", "14 Tahun 2008", 2008)
    assert record.title == "UU Nomor 14 Tahun 2008"
    assert record.tentang == "KETERBUKAAN INFORMASI PUBLIK"
    assert (record.source_id, record.line, record.note) == ("uu/2008/14", 1, "")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "gz-with-another-name.gz"])
def test_plain_and_packed_files_give_the_same(tmp_path, name):
    records = list(JsonLines(write_lines(tmp_path / name, [KIP, "", PP])))
    assert [(record.line, record.source_id) for record in records] == [(1, "uu/2008/14"), (3, "pp/2010/61")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{broken", "bukan JSON"),
        (b'["list"]', "bukan objek"),
        (b'{"id": "\xff\xfe"}', "UTF-8"),
        (b"[" * 100_000, "bukan JSON"),
        (b"null", "bukan objek"),
    ],
)
def test_lines_that_are_no_records(line, reason):
    bad = parse_line(7, line)
    assert isinstance(bad, BadRow)
    assert bad.line == 7
    assert reason in bad.reason
    assert bad.content


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "“id”"),
        ({"id": ""}, "“id”"),
        ({"id": "x" * 161}, "“id” lebih panjang"),
        ({"jenis": "Surat Cinta"}, "Surat Cinta"),
        ({"jenis": ["UU"]}, "“jenis”"),
        ({"nomor": "tanpa"}, "tidak terbaca"),
        ({"nomor": True}, "“nomor”"),
        ({"nomor": "9" * 200}, "lebih panjang"),
        ({"nomor": "5 Tahun 1999"}, "tahun lain"),
        ({"tahun": "dua ribu"}, "bukan angka"),
        ({"tahun": None}, "bukan angka"),
        ({"tahun": 20011}, "tidak masuk akal"),
        ({"teks": 12}, "bukan teks"),
    ],
)
def test_fields_that_cannot_be_used(changes, reason):
    bad = parse(**changes)
    assert isinstance(bad, BadRow)
    assert reason in bad.reason


def test_forgiving_where_nothing_is_lost():
    record = parse(nomor=5, tahun="2001", jenis="peraturan pemerintah", judul=None)
    assert (record.jenis, record.nomor, record.tahun, record.tentang) == ("pp", "5 Tahun 2001", 2001, "")


def test_what_no_database_holds_is_dropped():
    record = parse(teks="a\x00b", judul="ISI\x00 \ud800PERATURAN")
    assert record.text == "ab"
    assert record.tentang == "ISI PERATURAN"


def test_a_text_under_a_wrong_number_is_imported_and_pointed_out():
    record = parse(
        teks="UNDANG-UNDANG REPUBLIK INDONESIA NOMOR 18 TAHUN 2017 TENTANG PELINDUNGAN PEKERJA MIGRAN"
    )
    assert record.note == "Teksnya menyebut diri UU Nomor 18 Tahun 2017."
    assert (
        parse(teks="PERATURAN PEMERINTAH NOMOR 5 TAHUN 2001 TENTANG PELAKSANAAN UU NOMOR 1 TAHUN 1999").note
        == ""
    )
    assert parse(teks="bahwa berdasarkan Undang-Undang Nomor 1 Tahun 1999 perlu").note == ""
    assert parse(teks="PERATURAN PEMERINTAH NOMOR 5 TAHUN 2OO1 TENTANG").note == ""
    assert parse(teks=" ").note == "Teksnya kosong."


def test_a_monstrous_line_is_refused_without_being_read_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("catalogue.importing.json_lines.MAX_LINE_BYTES", 1000)
    path = write_lines(tmp_path / "a.jsonl", [row(1), row(2, teks="x" * 5000), row(3)])
    first, monster, last = JsonLines(path)
    assert isinstance(monster, BadRow)
    assert monster.line == 2
    assert [first.source_id, last.source_id] == ["pp/2001/1", "pp/2001/3"]


def test_a_file_cut_short_gives_what_it_has_then_says_so(tmp_path):
    packed = gzip.compress(b"".join(json.dumps(row(n)).encode() + b"\n" for n in range(1, 400)))
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    got = []

    def read():
        for record in JsonLines(path):
            got.append(record)

    with pytest.raises(SourceError, match="terpotong setelah baris"):
        read()
    assert len(got) > 50
    assert all(isinstance(record, RegulationRecord) for record in got)


def test_a_byte_order_mark_is_no_bad_line(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(KIP).encode())
    [record] = JsonLines(path)
    assert record.source_id == "uu/2008/14"
