"""`check_documents` and `migrate_storage` on the real server, and the first one on disk too."""

import io
import os
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from documents import stock
from documents.services import replace_file
from documents.storage import DiskStorage
from tests import factories

pytestmark = pytest.mark.django_db


def run(name: str, *options) -> tuple[int, str]:
    """Return the exit code of a command and all it printed."""
    out = io.StringIO()
    try:
        call_command(name, *options, stdout=out, stderr=out)
    except CommandError as error:
        return error.returncode, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


@pytest.fixture
def documents(each_store):
    office = factories.shared_office()
    return [factories.DocumentFactory(texts=[text], office=office) for text in ("satu", "dua", "tiga")]


def test_all_is_well(documents):
    replace_file(documents[0], ContentFile(b"isi baru", name="baru.txt"))
    code, said = run("check_documents")
    assert (code, said) == (0, "Semua berkas ada dan utuh; tidak ada yang tak bertuan.\n")


def test_missing_and_altered_files_are_named_with_what_to_do(documents):
    missing, altered, shorter = documents
    with default_storage.open(altered.file.name) as handle:
        content = handle.read()
    for document, data in ((altered, content[:-1] + b"x"), (shorter, b"pendek")):
        default_storage.purge(document.file.name)
        default_storage.save(document.file.name, ContentFile(data))
    default_storage.delete(missing.file.name)
    code, said = run("check_documents")
    assert code == 1
    assert f"HILANG  {missing.file.name}  documents.OfficeDocument {missing.pk} (file)" in said
    assert f"BERUBAH  {altered.file.name}" in said
    assert "SHA-256" in said
    assert f"BERUBAH  {shorter.file.name}" in said
    assert "6 bita" in said
    assert "kembalikan dari cadangan" in said
    assert said.endswith("1 hilang, 2 berubah.")
    code, said = run("check_documents", "--quick")
    assert said.endswith("1 hilang, 1 berubah.")


def test_orphans_are_removed_only_when_asked_and_old(documents, monkeypatch, each_store):
    key = default_storage.save("dokumen/aa/sisa.pdf", ContentFile(b"sisa"))
    assert run("check_documents")[0] == 0
    assert run("check_documents", "--repair-orphans")[0] == 0
    assert default_storage.exists(key)
    monkeypatch.setattr(stock, "YOUNG", timedelta(seconds=-60))
    code, said = run("check_documents")
    assert code == 1
    assert f"TAK BERTUAN  {key}" in said
    assert "--repair-orphans" in said
    code, said = run("check_documents", "--repair-orphans")
    assert code == 0
    assert f"DIHAPUS  {key}" in said
    assert not default_storage.exists(key)
    assert all(default_storage.exists(document.file.name) for document in documents)


@pytest.mark.s3
def test_store_that_is_away_is_told_with_a_code_of_its_own(use_bucket):
    use_bucket(secret_key="salah")
    code, said = run("check_documents")
    assert code == 2
    assert "tidak dapat dihubungi" in said


# --- moving -----------------------------------------------------------------------------------------------------------


def test_without_a_bucket_there_is_nowhere_to_move():
    code, said = run("migrate_storage")
    assert code == 1
    assert "S3_BUCKET belum diisi" in said


@pytest.mark.s3
def test_site_moves_from_disk_to_the_bucket(client, settings, use_bucket):
    office = factories.shared_office()
    documents = [factories.DocumentFactory(texts=[text], office=office) for text in ("satu", "dua", "tiga")]
    factories.RegulationPageFactory(files=documents)
    replace_file(documents[2], ContentFile(b"isi baru", name="baru.txt"))
    disk = DiskStorage(location=settings.MEDIA_ROOT)
    (settings.MEDIA_ROOT / "sisa.bin").write_bytes(b"sisa")
    keys = {file.key for file in stock.named_files()}
    bucket = use_bucket()

    code, said = run("migrate_storage", "--dry-run")
    assert code == 0
    assert f"{len(keys)} akan disalin" in said
    assert list(bucket.walk()) == []

    half = documents[0].file.name  # as left behind by a copy that was broken off
    bucket.save(half, ContentFile(b"separuh"))
    whole = documents[1].file.name
    with disk.open(whole) as handle:
        bucket.save(whole, ContentFile(handle.read()))
    code, said = run("migrate_storage")
    assert code == 0
    assert f"{len(keys) - 1} disalin" in said
    assert "1 sudah ada" in said
    assert "1 berkas di disk tidak dipakai baris mana pun" in said
    assert {key for key, _size, _when in bucket.walk()} == keys
    assert run("check_documents")[0] == 0
    facts = bucket.client().head_object(Bucket=bucket.bucket_name, Key=bucket._key(half))
    assert facts["ContentType"] == "application/pdf"
    assert client.get(documents[1].url).status_code == 302
    assert all(disk.exists(key) for key in keys)

    code, said = run("migrate_storage")
    assert code == 0
    assert "0 disalin" in said
    assert f"{len(keys)} sudah ada" in said


@pytest.mark.s3
def test_files_that_are_missing_on_disk_are_named_and_the_rest_moves(use_bucket, settings):
    office = factories.shared_office()
    lost, kept = (factories.DocumentFactory(texts=[text], office=office) for text in ("satu", "dua"))
    os.unlink(settings.MEDIA_ROOT / lost.file.name)
    bucket = use_bucket()
    code, said = run("migrate_storage")
    assert code == 1
    assert f"HILANG DI DISK  {lost.file.name}" in said
    assert bucket.exists(kept.file.name)
