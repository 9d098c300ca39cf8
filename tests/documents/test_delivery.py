"""What goes over the wire: parts, names, fingerprints, and headers that keep a file from acting."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from documents.delivery import content_disposition
from documents.models import OfficeDocument
from documents.signals import document_downloaded
from tests import factories
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
CONTENT = b"".join(b"Baris %07d dari berkas\n" % number for number in range(9000))


def public(name: str, data: bytes) -> OfficeDocument:
    """A file that a public page uses."""
    document = factories.DocumentFactory(office=factories.shared_office())
    document.set_file_facts(io.BytesIO(data), name)
    document.file.save(name, ContentFile(data), save=False)
    document.file_size = len(data)
    OfficeDocument.objects.bulk_update(
        [document], ["file", "file_name", "file_size", "sha256", "mime_type", "file_changed_at"]
    )
    factories.RegulationPageFactory(files=[document])
    return document


@pytest.fixture
def document():
    return public("Laporan “akhir”.txt", CONTENT)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_whole_file_with_its_name_and_fingerprint(client):
    document = public("Laporan “akhir”.pdf", pdf_bytes(["Laporan akhir"]))
    response = client.get(document.url)
    content = body(response)
    assert hashlib.sha256(content).hexdigest() == document.sha256
    assert content.startswith(b"%PDF")
    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{document.sha256}"'
    assert response["Content-Length"] == str(document.file_size)
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, no-cache"
    assert response["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("header", "status", "part"),
    [
        ("bytes=0-99", 206, slice(0, 100)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-50", 206, slice(-50, None)),
        ("bytes=200000-999999999", 206, slice(200000, None)),
        ("bytes=0-0", 206, slice(0, 1)),
        ("bytes=0-1,5-6", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=9-5", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
    ],
)
def test_range(client, document, header, status, part):
    whole = CONTENT
    response = client.get(document.url, headers={"Range": header})
    assert response.status_code == status
    assert body(response) == whole[part]
    assert response["Content-Length"] == str(len(whole[part]))
    if status == 206:
        first = range(len(whole))[part][0]
        last = range(len(whole))[part][-1]
        assert response["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=0-99", slice(0, 100)), ("bytes=100-", slice(100, None)), ("bytes=-50", slice(-50, None))],
)
def test_range_on_both_stores(each_store, document, fetch, header, part):
    answer = fetch(document.url, headers={"Range": header})
    assert answer.status_code == 206
    assert answer.content == CONTENT[part]


@pytest.mark.parametrize("header", ["bytes=999999999-", "bytes=-0"])
def test_range_outside_the_file(client, document, header):
    response = client.get(document.url, headers={"Range": header})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{document.file_size}"


def test_head_says_the_same_without_the_file(each_store, client, document):
    response = client.head(document.url)
    assert response.status_code == 200
    assert response["Content-Length"] == str(document.file_size)
    assert response.content == b""


def test_known_fingerprint_is_not_sent_again(each_store, client, document):
    response = client.get(document.url, headers={"If-None-Match": f'"{document.sha256}"'})
    assert response.status_code == 304
    assert client.get(document.url, headers={"If-None-Match": '"lain"'}).status_code in (200, 302)


def test_part_of_a_file_that_changed_is_not_sent(client, document):
    headers = {"Range": "bytes=0-9", "If-Range": '"lain"'}
    assert client.get(document.url, headers=headers).status_code == 200
    headers["If-Range"] = f'"{document.sha256}"'
    assert client.get(document.url, headers=headers).status_code == 206


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_can_only_be_read(each_store, client, document, method):
    assert getattr(client, method)(document.url).status_code == 405


def test_other_name_leads_to_the_right_one(each_store, client, document):
    response = client.get(reverse("documents:serve", args=[document.pk, "nama-lama.pdf"]))
    assert response.status_code == 302
    assert response["Location"] == document.url


def test_lost_file_is_not_found(each_store, client, document):
    document.file.storage.delete(document.file.name)
    assert client.get(document.url).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "kind", "shown"),
    [
        ("a.csv", b"nama,jumlah\nSerang,1\n", "text/csv; charset=utf-8", "attachment"),
        ("a.txt", "Pasal é".encode(), "text/plain; charset=utf-8", "inline"),
        ("a.txt", b"teks <script>alert(1)</script>", "text/plain; charset=utf-8", "inline"),
    ],
)
def test_kind_and_way_of_showing(client, name, data, kind, shown):
    document = public(name, data)
    response = client.get(document.url)
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(shown)
    assert "script-src" not in response["Content-Security-Policy"]


@given(st.text(min_size=1, max_size=100))
def test_any_name_makes_one_header_line(name):
    header = content_disposition(name, inline=False)
    assert header.isascii()
    assert "\n" not in content_disposition(name.replace("\r", "").replace("\n", ""), inline=True)
    assert header.count('"') == 2


def test_download_is_told_once_and_not_for_parts(each_store, client, document):
    heard = []

    def hear(document, request, is_public, **kwargs):
        heard.append((document.pk, is_public))

    document_downloaded.connect(hear)
    try:
        client.get(document.url)
        client.get(document.url, headers={"Range": "bytes=100-200"})
        client.head(document.url)
        client.get(document.url, headers={"If-None-Match": f'"{document.sha256}"'})
    finally:
        document_downloaded.disconnect(hear)
    assert heard == [(document.pk, True)]
