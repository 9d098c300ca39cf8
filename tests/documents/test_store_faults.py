"""The store down, hanging, refusing our keys, full: pages go on, nothing is half registered, tasks try again."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from eppid_local import seaweedfs

from documents import queue
from documents.enums import ExtractionState
from documents.models import OfficeDocument
from documents.services import replace_file
from documents.storage import StoreAway
from documents.tasks import process_document
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.s3]
SENTENCE = "Tempat penyimpanan berkas kami sedang tidak dapat dihubungi"
NOT_STORED = "Berkas belum tersimpan"


@contextmanager
def hanging():
    """An address that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        held, ended = [], threading.Event()

        def accept():
            while not ended.is_set():
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        ended.set()
        for connection in held:
            connection.close()


def nothing_there() -> str:
    return f"http://127.0.0.1:{seaweedfs.free_ports()['s3']}"


@pytest.fixture
def impatient(monkeypatch):
    """Wait for a store that hangs for a fifth of a second, so that the test is quick."""
    for name in ("CONNECT_SECONDS", "READ_SECONDS", "QUICK_SECONDS"):
        monkeypatch.setattr("documents.storage.bucket." + name, 0.2)


@pytest.fixture(params=["down", "hanging", "wrong keys"])
def away(request, use_bucket, impatient):
    """`away()`: from now on the store cannot be used, in one of three ways; gives the storage."""
    with hanging() as hangs:
        bad = {
            "down": {"endpoint_url": nothing_there()},
            "hanging": {"endpoint_url": hangs},
            "wrong keys": {"secret_key": "salah"},
        }[request.param]
        yield lambda: use_bucket(**bad)


@pytest.fixture
def document(bucket):
    document = factories.DocumentFactory(texts=["isi berkas"], office=factories.shared_office())
    factories.RegulationPageFactory(files=[document])
    return document


def form(**more) -> dict:
    return {
        "title": "Judul yang diketik",
        "collection": factories.shared_office().collection.pk,
        "file": SimpleUploadedFile("a.txt", b"isi berkas"),
        **more,
    }


def test_download_says_when_to_try_again_and_pages_go_on(client, document, away):
    away()
    started = time.monotonic()
    answer = client.get(document.url)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert answer["Cache-Control"] == "no-store"
    assert SENTENCE in answer.content.decode()
    assert client.head(document.url).status_code == 503
    assert time.monotonic() - started < 8
    for address in ("/", "/regulasi/", document.text_url):
        assert client.get(address).status_code == 200
    assert client.get(document.url, headers={"If-None-Match": f'"{document.sha256}"'}).status_code == 304


def test_readers_of_a_store_that_hangs_are_told_at_once_after_the_first(
    client, document, use_bucket, impatient
):
    with hanging() as address:
        kept = use_bucket(endpoint_url=address)
        assert client.get(document.url).status_code == 503
        kept._clients.clear()  # whoever asks the store again would have to make a client anew
        assert client.get(document.url).status_code == 503
        assert not kept._clients


def test_upload_fails_whole_and_the_form_keeps_what_was_typed(client, bucket, away):
    client.force_login(factories.UserFactory(superuser=True))
    before = list(bucket.walk())
    away()
    answer = client.post(reverse("wagtaildocs:add"), form())
    assert answer.status_code == 200
    page = answer.content.decode()
    assert NOT_STORED in page
    assert "Judul yang diketik" in page
    assert not OfficeDocument.objects.exists()
    assert not DBTaskResult.objects.filter(task_path__startswith="documents.").exists()
    assert list(bucket.walk()) == before


def test_several_uploads_and_the_chooser_say_it_too(client, use_bucket):
    client.force_login(factories.UserFactory(superuser=True))
    use_bucket(endpoint_url=nothing_there())
    several = client.post(
        reverse("wagtaildocs:add_multiple"),
        {"files[]": SimpleUploadedFile("a.txt", b"isi"), "collection": form()["collection"]},
    )
    assert NOT_STORED in several.json()["error_message"]
    fields = {f"document-chooser-upload-{name}": value for name, value in form().items()}
    chosen = client.post(reverse("wagtaildocs_chooser:create"), fields)
    assert NOT_STORED in chosen.content.decode()
    assert not OfficeDocument.objects.exists()


def test_replacement_that_fails_leaves_the_former_file(client, document, bucket, away):
    client.force_login(factories.UserFactory(superuser=True))
    key, fingerprint = document.file.name, document.sha256
    away()
    answer = client.post(reverse("wagtaildocs:edit", args=[document.pk]), form(replace_reason="Salah ketik"))
    page = answer.content.decode()
    assert NOT_STORED in page
    assert "Salah ketik" in page
    stored = OfficeDocument.objects.get()
    assert (stored.file.name, stored.sha256, stored.version) == (key, fingerprint, 1)
    assert not stored.versions.exists()
    assert bucket.exists(key)


def test_program_that_stores_a_file_meets_an_error_and_no_row_is_left(use_bucket):
    use_bucket(endpoint_url=nothing_there())
    with pytest.raises(StoreAway):
        OfficeDocument.objects.create(
            title="x", file=ContentFile(b"isi", name="a.txt"), collection=factories.shared_office().collection
        )
    assert not OfficeDocument.objects.exists()


def test_row_that_cannot_be_written_leaves_no_file(bucket, monkeypatch):
    def fail(document):
        raise RuntimeError("the database went away")

    monkeypatch.setattr(queue, "queue_new_file", fail)
    with pytest.raises(RuntimeError):
        OfficeDocument.objects.create(
            title="x", file=ContentFile(b"isi", name="a.txt"), collection=factories.shared_office().collection
        )
    assert not OfficeDocument.objects.exists()
    assert list(bucket.walk()) == []


def test_row_without_its_file_is_not_found_and_the_operator_is_told(client, document, bucket, caplog):
    bucket.delete(document.file.name)
    answer = client.get(document.url)
    assert answer.status_code == 404
    assert document.file.name in caplog.text
    assert "check_documents" in caplog.text


def test_reading_is_tried_again_when_the_store_is_back(use_bucket, bucket, settings, time_machine):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    document = OfficeDocument.objects.create(
        title="x",
        file=ContentFile(pdf_bytes(["isi"]), name="a.pdf"),
        collection=factories.shared_office().collection,
    )
    whole = {**settings.STORAGES}
    use_bucket(endpoint_url=nothing_there())
    process_document.func(document.pk, str(document.extraction_token))
    document.refresh_from_db()
    assert document.extraction_state == ExtractionState.RUNNING
    assert "StoreAway" in document.extraction_reason
    settings.STORAGES = whole
    DBTaskResult.objects.all().delete()
    OfficeDocument.objects.update(extraction_due_at=document.file_changed_at)
    queue.recover_stalled()
    assert DBTaskResult.objects.filter(task_path__endswith="process_document").count() == 1
    process_document.func(document.pk, str(document.extraction_token))
    document.refresh_from_db()
    assert document.extraction_state == ExtractionState.DONE


def test_deleting_a_document_does_not_fail_with_the_store(
    document, use_bucket, django_capture_on_commit_callbacks
):
    document = factories.DocumentFactory(office=factories.shared_office())
    replace_file(document, ContentFile(b"isi lain", name="b.txt"))
    use_bucket(endpoint_url=nothing_there())
    with django_capture_on_commit_callbacks(execute=True):
        OfficeDocument.objects.get(pk=document.pk).delete()
    assert not OfficeDocument.objects.filter(pk=document.pk).exists()


def fill(store, block: bytes) -> bool:
    """Store files until the store is full; False when it never is."""
    for number in range(12):
        try:
            store.save(f"penuh/{number}.bin", ContentFile(block + bytes([number])))
        except StoreAway:
            return True
    return False


def test_real_server_that_is_taken_away_fills_up_and_comes_back(client, settings, use_bucket):
    """One server of its own: it holds one volume of 64 MB, is killed, and started again with what it had."""
    if problem := seaweedfs.why_not():
        pytest.skip(f"a server cannot be started here: {problem}")
    with seaweedfs.throwaway(volumes=1, encryption=False) as server:
        own = use_bucket(server.variables)
        document = factories.DocumentFactory(texts=["isi berkas"], office=factories.shared_office())
        factories.RegulationPageFactory(files=[document])
        assert client.get(document.url).status_code == 302
        assert own.encrypts == ""

        client.force_login(factories.UserFactory(superuser=True))
        block = bytes(12 * 1024**2)
        assert fill(own, block)
        before = sorted(own.walk())
        answer = client.post(
            reverse("wagtaildocs:add"), form(file=SimpleUploadedFile("besar.txt", b"isi berkas\n" * 500_000))
        )
        assert NOT_STORED in answer.content.decode()
        assert OfficeDocument.objects.count() == 1
        assert sorted(own.walk()) == before

        server.kill()
        assert client.get(document.url).status_code == 503
        assert client.get("/regulasi/").status_code == 200
        server.run_again()
        own._away_until = 0.0
        deadline = time.monotonic() + 20
        while client.get(document.url).status_code != 302:  # the service answers before its parts have met
            assert time.monotonic() < deadline
            own._away_until = 0.0
