"""Large files in parts in a real bucket, and through a real browser that loses its connection and its tab."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import OfficeDocument, PendingUpload
from documents.uploads import sessions
from tests import factories
from tests.documents.test_large_uploads import (
    PART,
    begin,
    large_pdf,
    parts_of,
    put,
    save,
    send_all,
    sha,
    stored_files,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    user = factories.UserFactory(editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def in_bucket(bucket, monkeypatch):
    """Files go to S3, which takes no part below 5 MB but the last."""
    monkeypatch.setattr(sessions, "PART_BYTES", 5 << 20)
    return bucket


@pytest.mark.s3
def test_bucket_takes_parts_in_any_order_and_goes_on(in_bucket, client, officer):
    data = large_pdf((10 << 20) + 1234)
    parts = parts_of(data, 5 << 20)
    begun = begin(client, data).json()
    for number in (3, 1, 1):
        assert put(client, begun, number, parts[number - 1]).status_code == 200
    assert not in_bucket.exists(PendingUpload.objects.get().key)  # nobody sees an unfinished file
    assert "belum terunggah seluruhnya" in save(client, begun["kode"]).content.decode()
    again = begin(client, data).json()
    assert (again["kode"], again["tiba"]) == (begun["kode"], [1, 3])
    put(client, again, 2, parts[1])
    assert "sudah terunggah" in save(client, begun["kode"], title="").content.decode()
    assert save(client, begun["kode"]).status_code == 302
    document = OfficeDocument.objects.get()
    with document.file.storage.open(document.file.name) as handle:
        assert sha(handle.read()) == document.sha256 == sha(data)
    assert "Walantaka" in document.pages.get().text
    assert not PendingUpload.objects.exists()


@pytest.mark.s3
def test_bucket_keeps_nothing_of_refused_cancelled_and_expired_uploads(in_bucket, client, officer):
    program = b"MZ" + b"\0" * (6 << 20)
    begun = send_all(client, program, "program.pdf")
    assert "Berkas program tidak diterima" in save(client, begun["kode"]).content.decode()
    cancelled = begin(client, large_pdf(6 << 20)).json()
    put(client, cancelled, 2, large_pdf(6 << 20)[5 << 20 :])
    assert client.delete(cancelled["alamat"]).status_code == 200
    begin(client, large_pdf(7 << 20))
    # The row is made old, not the clock changed: S3 refuses requests of another day.
    PendingUpload.objects.update(touched_at=timezone.now() - timedelta(days=2))
    assert sessions.remove_expired() == "1 unggahan yang tidak dilanjutkan dihapus"
    assert not PendingUpload.objects.exists()
    assert stored_files() == []
    waiting = in_bucket.client().list_multipart_uploads(Bucket=in_bucket.bucket_name).get("Uploads", [])
    assert not [one for one in waiting if one["Key"].startswith(in_bucket.location)]


@pytest.mark.e2e
def test_upload_survives_a_lost_connection_and_a_closed_tab(
    live_site, monkeypatch, tmp_path, assert_accessible
):
    monkeypatch.setattr(sessions, "PART_BYTES", PART)
    monkeypatch.setattr(sessions, "FROM_BYTES", 4 * PART)
    data = large_pdf(40 * PART)
    path = tmp_path / "dpt.pdf"
    path.write_bytes(data)
    factories.shared_office()
    person = factories.UserFactory(editor=True)
    window = live_site.sign_in(person.username, factories.PASSWORD)
    window.goto(reverse("wagtaildocs:add"))
    window.set_input_files("input[type=file]", path)
    window.wait_for_function("document.querySelector('.unggah progress')?.value > 100000")
    assert_accessible(window, ".unggah")
    # The tab is closed; the same file is chosen again, and goes on.
    window.goto("about:blank")
    arrived = PendingUpload.objects.get().parts.count()
    assert 0 < arrived < 40
    window.goto(reverse("wagtaildocs:add"))
    window.set_input_files("input[type=file]", path)
    window.wait_for_function(
        "document.querySelector('.unggah [role=status]')?.textContent.startsWith('Melanj')"
    )
    window.context.set_offline(True)
    window.get_by_text("Koneksi terputus").wait_for()
    window.fill("input[name=title]", "Daftar pemilih")
    window.locator("#w-editor-form button[type=submit]").click()
    assert not OfficeDocument.objects.exists()
    window.context.set_offline(False)
    window.wait_for_url("**/admin/documents/", timeout=60_000)  # some thirty parts, each a request
    document = OfficeDocument.objects.get()
    assert (document.sha256, document.title) == (sha(data), "Daftar pemilih")
    assert PendingUpload.objects.count() == 0
