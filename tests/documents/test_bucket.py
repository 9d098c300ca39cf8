"""The bucket itself: private, versioned, encrypted, made when missing; links that live a minute. On the real server."""

import secrets
import time
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import requests
from django.core.files.base import ContentFile
from django.utils import timezone

from documents.models import OfficeDocument
from documents.storage import StoreAway
from tests import factories, s3_store
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.s3]
ODD_NAMES = [
    "SK 100% “baru” + lampiran #2.pdf",
    "Data & 'kutip' (1).pdf",
    "ꦲꦏ꧀ꦱꦫ الجريدة é.pdf",
    "a" * 236 + ".pdf",
]


@pytest.fixture
def document(bucket):
    return factories.DocumentFactory(texts=["isi berkas"], office=factories.shared_office())


@pytest.fixture
def public_document(document):
    factories.RegulationPageFactory(files=[document])
    return document


def stored(bucket, document) -> dict:
    """What the service knows of the document's object."""
    return bucket.client().head_object(Bucket=bucket.bucket_name, Key=bucket._key(document.file.name))


def get(url, **options):
    return requests.get(url, timeout=20, **options)


def test_object_is_kept_encrypted_with_its_kind_and_name_and_no_title_in_its_key(bucket):
    document = OfficeDocument.objects.create(
        title="Rahasia",
        file=ContentFile(pdf_bytes(["isi"]), name="Rahasia Negara.pdf"),
        collection=factories.shared_office().collection,
    )
    facts = stored(bucket, document)
    assert facts["ContentType"] == "application/pdf"
    assert facts["ContentDisposition"].startswith("attachment; filename=")
    assert facts["ServerSideEncryption"] == "AES256"
    assert facts["ContentLength"] == document.file_size
    assert "rahasia" not in document.file.name.lower()


def test_what_a_browser_claims_of_a_file_is_not_kept(bucket):
    page = ContentFile(b"<script>alert(1)</script>", name="a.html")
    page.content_type = "text/html"
    name = bucket.save("dokumen/a.html", page)
    facts = bucket.client().head_object(Bucket=bucket.bucket_name, Key=bucket._key(name))
    assert facts["ContentType"] == "application/octet-stream"
    assert facts["ContentDisposition"] == "attachment"


def test_missing_bucket_is_made_at_first_use_with_versioning_and_nobody_else_gets_in(use_bucket):
    variables = {**s3_store.store_variables(), "S3_BUCKET": f"eppid-{secrets.token_hex(6)}"}
    made = use_bucket(variables)
    client = made.client()
    place = {"Bucket": made.bucket_name}
    try:
        name = made.save("dokumen/a.txt", ContentFile(b"isi"))
        assert client.get_bucket_versioning(**place)["Status"] == "Enabled"
        assert made.prepare() == []
        address = f"{made.endpoint_url}/{made.bucket_name}"
        assert get(f"{address}/{made._key(name)}").status_code == 403
        assert get(f"{address}?list-type=2").status_code == 403
        assert requests.put(f"{address}/x.txt", data=b"x", timeout=20).status_code == 403
        made.purge(name)
    finally:
        client.delete_bucket(**place)


def test_bucket_of_somebody_else_is_refused_with_a_sentence_for_the_operator(use_bucket):
    foreign = use_bucket({**s3_store.store_variables(), "S3_BUCKET": "milik-orang-lain"})
    with pytest.raises(StoreAway, match=r"AccessDenied|403"):
        foreign.save("a.txt", ContentFile(b"isi"))


def test_deleted_file_is_kept_as_a_former_version_until_it_is_purged(bucket):
    name = bucket.save("dokumen/a.txt", ContentFile(b"isi"))
    bucket.delete(name)
    assert not bucket.exists(name)
    listing = {"Bucket": bucket.bucket_name, "Prefix": bucket._key(name)}
    assert len(bucket.client().list_object_versions(**listing)["Versions"]) == 1
    bucket.purge(name)
    left = bucket.client().list_object_versions(**listing)
    assert not left.get("Versions")
    assert not left.get("DeleteMarkers")


def test_encryption_can_be_asked_for_or_left_out(use_bucket):
    plain = use_bucket(encryption="none")
    name = plain.save("dokumen/a.txt", ContentFile(b"isi"))
    facts = plain.client().head_object(Bucket=plain.bucket_name, Key=plain._key(name))
    assert "ServerSideEncryption" not in facts
    with plain.open(name) as handle:
        assert handle.read() == b"isi"


def test_large_file_arrives_in_parts_and_whole(bucket):
    content = secrets.token_bytes(1 << 20) * 18
    name = bucket.save("dokumen/a.bin", ContentFile(content))
    assert bucket.size(name) == len(content)
    with bucket.open(name) as handle:
        assert handle.read() == content
    assert b"".join(bucket.read_part(name, 9_000_000, 100)) == content[9_000_000:9_000_100]


# --- links ------------------------------------------------------------------------------------------------------------


def test_visit_leads_to_a_link_of_a_minute_that_no_cache_keeps(client, public_document):
    answer = client.get(public_document.url)
    assert answer.status_code == 302
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.content == b""
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert 0 < int(asked["X-Amz-Expires"][0]) <= 60
    file = get(answer["Location"])
    assert file.status_code == 200
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("inline; ")
    assert file.headers["Cache-Control"] == "private, no-cache"
    assert file.content.startswith(b"%PDF")


@pytest.mark.parametrize("name", ODD_NAMES)
def test_names_arrive_readable(client, public_document, name):
    from documents.names import clean_file_name

    OfficeDocument.objects.update(file_name=clean_file_name(name, "pdf"))
    public_document.refresh_from_db()
    file = get(client.get(public_document.url)["Location"])
    disposition = file.headers["Content-Disposition"]
    assert unquote(disposition.partition("filename*=UTF-8''")[2]) == public_document.filename
    assert file.status_code == 200


def test_equal_names_are_two_files(client, bucket):
    office = factories.shared_office()
    both = [
        factories.DocumentFactory(texts=[text], file_name="sama.pdf", office=office)
        for text in ("satu", "dua")
    ]
    factories.RegulationPageFactory(files=both)
    contents = {get(client.get(document.url)["Location"]).content for document in both}
    assert len(contents) == 2


def test_link_that_is_too_old_or_was_changed_is_refused(client, public_document, document, time_machine):
    fresh = client.get(public_document.url)["Location"]
    other = factories.DocumentFactory(texts=["rahasia"], office=factories.shared_office())
    assert get(fresh.replace(public_document.file.name, other.file.name)).status_code == 403
    assert get(fresh.replace("X-Amz-Expires=60", "X-Amz-Expires=6000")).status_code == 403
    assert get(fresh.replace("inline", "attachment")).status_code == 403
    assert get(fresh.partition("?")[0]).status_code == 403
    assert requests.delete(fresh, timeout=20).status_code == 403
    assert requests.put(fresh, data=b"x", timeout=20).status_code == 403
    time_machine.move_to(timezone.now() - timedelta(seconds=61), tick=True)
    old = client.get(public_document.url)["Location"]
    time_machine.move_to(timezone.now() + timedelta(seconds=61), tick=True)
    assert get(old).status_code == 403
    assert get(fresh).status_code == 200


def test_known_fingerprint_is_answered_without_a_link(client, public_document):
    answer = client.get(public_document.url, headers={"If-None-Match": f'"{public_document.sha256}"'})
    assert answer.status_code == 304
    assert "Location" not in answer


@pytest.mark.parametrize("destination", ["iframe", "image", "video", "embed"])
def test_what_a_page_embeds_comes_from_the_site_itself(client, public_document, destination):
    headers = {"Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": destination, "Range": "bytes=0-3"}
    answer = client.get(public_document.url, headers=headers)
    assert answer.status_code == 206
    assert b"".join(answer.streaming_content) == b"%PDF"


def test_film_and_subtitles_come_from_the_site_itself(client, public_document):
    for kind in ("video/mp4", "text/vtt"):
        OfficeDocument.objects.update(mime_type=kind)
        answer = client.get(public_document.url, headers={"Range": "bytes=1-3"})
        assert answer.status_code == 206
        assert b"".join(answer.streaming_content) == b"PDF"


def test_office_may_have_all_files_sent_by_the_site(client, use_bucket):
    use_bucket(redirects=False)
    document = factories.DocumentFactory(texts=["isi"], office=factories.shared_office())
    factories.RegulationPageFactory(files=[document])
    answer = client.get(document.url)
    assert answer.status_code == 200
    assert len(b"".join(answer.streaming_content)) == document.file_size


def test_links_name_the_address_that_readers_reach(client, use_bucket):
    use_bucket(public_endpoint_url="https://berkas.contoh.go.id")
    document = factories.DocumentFactory(texts=["isi"], office=factories.shared_office())
    factories.RegulationPageFactory(files=[document])
    assert client.get(document.url)["Location"].startswith("https://berkas.contoh.go.id/eppid")


def test_officers_reach_their_drafts_and_nobody_keeps_them(client, document):
    assert client.get(document.url).status_code == 404
    client.force_login(factories.UserFactory(superuser=True))
    answer = client.get(document.url)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert get(answer["Location"]).headers["Cache-Control"] == "private, no-store"


def test_no_page_feed_or_api_body_names_the_bucket(client, public_document, bucket):
    """Walk everything that the public reaches from the home page, and what is made for machines."""
    seen, waiting = (
        set(),
        ["/", "/regulasi/", "/feed/", "/api/v1/regulations", "/api/v1/openapi.json", "/sitemap.xml"],
    )
    forbidden = (
        bucket.bucket_name + "/uji",
        "X-Amz-",
        urlsplit(bucket.endpoint_url).netloc,
        public_document.file.name,
    )
    found_file = False
    started = time.monotonic()
    while waiting and len(seen) < 60 and time.monotonic() - started < 20:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        answer = client.get(path)
        if answer.streaming:
            continue
        text = answer.content.decode("utf-8", "ignore")
        for word in forbidden:
            assert word not in text, (path, word)
        found_file = found_file or public_document.url in text
        if "html" in answer.get("Content-Type", ""):
            import re

            waiting += [
                link
                for link in re.findall(r'href="(/[^"#?]*)', text)
                if not link.startswith(("/static", "/admin"))
            ]
    assert found_file


def test_file_from_before_versioning_is_purged_too(use_bucket):
    """A bucket may be older than its versioning; what was written then has a version called "null"."""
    with s3_store.seaweedfs.throwaway() as server:
        store = use_bucket(server.variables)
        client, place = store.client(), {"Bucket": store.bucket_name}
        client.create_bucket(**place)
        client.put_object(**store.place_of("dokumen/aa/lama.pdf"), Body=b"isi")
        store.prepare()
        assert client.get_bucket_versioning(**place)["Status"] == "Enabled"
        store.purge("dokumen/aa/lama.pdf")
        left = client.list_object_versions(**place)
        assert (left.get("Versions", []), left.get("DeleteMarkers", [])) == ([], [])
