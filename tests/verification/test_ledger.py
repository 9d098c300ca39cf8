"""The chain: what is tampered with is found, what must be forgotten is forgotten without breaking it."""

import json
import re
import textwrap
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from documents.models import OfficeDocument
from documents.services import replace_file
from documents.verification import guard
from documents.verification.checking import verify
from documents.verification.models import FileRecord, LedgerEntry, LedgerHead
from documents.verification.withdrawing import withdraw_version
from tests import factories
from tests.sample_files import pdf_bytes

TABLE = LedgerEntry._meta.db_table


@pytest.fixture
def document(db):
    """Three entries: published, replaced, an earlier version opened."""
    document = factories.DocumentFactory(office=factories.shared_office(), title="Naskah", file_name="a.pdf")
    factories.RegulationPageFactory(files=[document])
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="b.pdf"), reason="Perbaikan", keep_open=True)
    document.refresh_from_db()
    return document


def tamper(sql: str, *values) -> None:
    """Change the database behind the model's back, as its administrator could."""
    with connection.cursor() as cursor, guard.lifted("default"):
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        cursor.execute(sql, values)
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")


def faults(**options) -> str:
    return "\n".join(verify(**options).faults)


@pytest.mark.django_db
@pytest.mark.postgres
def test_whole_log_holds(document, capsys):
    report = verify(read_files=True)
    assert (report.faults, report.notices, report.entries, report.files) == ([], [], 3, 2)
    call_command("verify_ledger", "--files")
    output = capsys.readouterr().out
    assert "Catatan utuh." in output
    assert LedgerHead.objects.get().hash in output


@pytest.mark.django_db
def test_empty_log_holds():
    assert verify(read_files=True).faults == []


@pytest.mark.django_db
def test_changed_entry_is_found(document):
    tamper(f"UPDATE {TABLE} SET sha256 = %s WHERE number = 1", "0" * 64)
    assert "Entri 1: isinya tidak cocok dengan hash-nya" in faults()
    with pytest.raises(SystemExit):
        call_command("verify_ledger")


@pytest.mark.django_db
def test_changed_entry_with_a_hash_that_fits_breaks_the_chain(document):
    entry = LedgerEntry.objects.get(number=1)
    entry.version = 7
    entry.seal(entry.previous_hash)
    tamper(f"UPDATE {TABLE} SET version = 7, hash = %s WHERE number = 1", entry.hash)
    assert "Entri 2: tidak bersambung" in faults()


@pytest.mark.django_db
def test_changed_title_is_found(document):
    details = json.dumps({**LedgerEntry.objects.get(number=1).details, "judul": "Lain"})
    tamper(f"UPDATE {TABLE} SET details = %s WHERE number = 1", details)
    assert "Entri 1: keterangannya tidak cocok" in faults()


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 2, 3])
def test_missing_entry_is_found(document, number):
    tamper(f"DELETE FROM {TABLE} WHERE number = %s", number)
    expected = "Ujung catatan tidak cocok" if number == 3 else f"entri {number} tidak ada"
    assert expected in faults()


@pytest.mark.django_db
def test_changed_record_is_found(document):
    FileRecord.objects.filter(version=1).update(state="terkini")
    assert "versi 1: daftar sidik jari tidak sesuai" in faults()
    FileRecord.objects.filter(version=1).delete()
    assert "versi 1: tercatat, tetapi tidak ada" in faults()


@pytest.mark.django_db
def test_file_swapped_in_the_storage_is_found(document):
    storage, name = document.file.storage, document.file.name
    storage.delete(name)
    storage.save(name, ContentFile(pdf_bytes(["palsu"])))
    assert faults() == ""
    assert "isi berkas di penyimpanan berbeda" in faults(read_files=True)
    storage.delete(name)
    assert "tidak dapat dibaca dari penyimpanan" in faults(read_files=True)


@pytest.mark.django_db
def test_file_swapped_in_database_and_storage_is_found(document):
    OfficeDocument.objects.filter(pk=document.pk).update(sha256="1" * 64)
    assert "terbuka untuk umum, tetapi tidak tercatat dengan sidik jari ini" in faults()


@pytest.mark.django_db
def test_forgotten_words_leave_the_chain_whole(document):
    withdraw_version(document, 1, "Memuat NIK.", forget_words=True)
    report = verify(read_files=True)
    assert (report.faults, report.forgotten) == ([], 3)
    assert "Naskah" not in json.dumps(list(LedgerEntry.objects.values("details")))


REFUSED = [
    f"UPDATE {TABLE} SET version = 9 WHERE number = 1",
    f"UPDATE {TABLE} SET details = NULL, salt = '', sha256 = 'x' WHERE number = 1",
    f"UPDATE {TABLE} SET details = NULL WHERE number = 1",
    f"UPDATE {TABLE} SET number = 9 WHERE number = 3",
    f"DELETE FROM {TABLE} WHERE number = 1",
    f"DELETE FROM {TABLE}",
]


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("sql", REFUSED)
def test_database_itself_refuses_changes(document, sql):
    before = list(LedgerEntry.objects.values())
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(sql)
    assert list(LedgerEntry.objects.values()) == before


@pytest.mark.django_db
@pytest.mark.postgres
def test_database_lets_words_be_forgotten(document):
    assert LedgerEntry.objects.filter(number=1).blank() == 1
    assert verify().forgotten == 1


@pytest.mark.django_db
def test_entry_cannot_be_replaced_by_inserting_it_again(document):
    if connection.vendor != "sqlite":
        assert guard.is_on(connection)  # PostgreSQL knows no INSERT OR REPLACE
        return
    copy = f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE} WHERE number = 1"
    with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
        connection.cursor().execute(copy)


@pytest.mark.django_db
@pytest.mark.postgres
def test_guard_that_was_taken_off_is_found(document):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        else:
            guard.remove(connection)
        assert "Penjaga catatan di basis data tidak terpasang" in faults()
        if connection.vendor == "postgresql":
            cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
        else:
            guard.put_back(None, "default")
    assert faults() == ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_emptying_the_whole_database_passes_and_leaves_the_guard_on():
    factories.RegulationPageFactory(files=[factories.DocumentFactory(office=factories.shared_office())])
    assert LedgerEntry.objects.count() == 1
    # The numbers go on: the rows that every later test starts from come back under their old ones.
    call_command("flush", interactive=False, inhibit_post_migrate=True, reset_sequences=False)
    assert LedgerEntry.objects.count() == 0
    assert guard.is_on(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_writers_at_the_same_time_make_one_chain():
    office = factories.shared_office()
    pages = [
        factories.RegulationPageFactory(files=[factories.DocumentFactory(office=office)], draft=True)
        for _ in range(6)
    ]
    failures = []

    def publish(mine):
        try:
            for page in mine:
                page.get_latest_revision().publish()
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(pages[start::3],)) for start in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert list(LedgerEntry.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert verify().faults == []


@pytest.mark.django_db
def test_outsider_verifies_the_download(client, document, monkeypatch, capsys):
    """The program in docs/verification.md, as it stands there, on what the site hands out."""
    withdraw_version(document, 1, "Memuat NIK.", forget_words=True)
    other = factories.DocumentFactory(
        office=factories.shared_office(), title="Naskah “kedua” – ü", texts=["lain"]
    )
    factories.RegulationPageFactory(files=[other])
    lines = b"".join(client.get("/verifikasi/catatan.jsonl").streaming_content).splitlines()
    kinds = [json.loads(line)["peristiwa"] for line in lines]
    assert kinds == ["diterbitkan", "diganti", "versi_lama_dibuka", "ditarik", "diterbitkan"]
    assert "b.pdf" not in b"".join(lines).decode()
    program = _program()
    monkeypatch.setattr("urllib.request.urlopen", lambda address: lines)
    exec(program, {})
    assert capsys.readouterr().out.split() == ["5", LedgerHead.objects.get().hash]
    for number, there, tampered in ((0, b'"versi": 1,', b'"versi": 7,'), (4, b"Naskah", b"Nasi")):
        before = lines[number].replace(there, tampered)
        assert before != lines[number]
        monkeypatch.setattr(
            "urllib.request.urlopen", lambda address, n=number, b=before: [*lines[:n], b, *lines[n + 1 :]]
        )
        with pytest.raises(AssertionError):
            exec(program, {})


def _program() -> str:
    text = (Path(__file__).resolve().parents[2] / "docs" / "verification.md").read_text()
    return textwrap.dedent(re.search(r"(?:^    .*\n)+", text, re.M).group(0))
