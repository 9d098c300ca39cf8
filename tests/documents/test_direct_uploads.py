"""Parts straight from the browser to the bucket: each link for one part, the bucket asked what has arrived."""

import secrets
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from botocore.exceptions import ClientError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from documents.models import OfficeDocument, PendingUpload
from documents.storage.from_browsers import UPLOAD_RULE
from documents.uploads import sessions
from tests import factories
from tests.documents.test_large_uploads import begin, large_pdf, parts_of, put, save, sha, stored_files

pytestmark = [pytest.mark.django_db, pytest.mark.s3]
PART = 5 << 20  # S3 takes none below, but the last


@pytest.fixture
def officer(client):
    user = factories.UserFactory(editor=True)
    client.force_login(user)
    return user


@pytest.fixture
def in_bucket(bucket, monkeypatch):
    monkeypatch.setattr(sessions, "PART_BYTES", PART)
    return bucket


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """A readable PDF of two parts, the second one short."""
    return large_pdf(PART + 1234)


def ask(client, begun, number, part) -> str:
    """Return the link for a part, as the browser gets it."""
    answer = client.post(f"{begun['alamat']}{number}/", headers={"X-Bagian-SHA256": sha(part)})
    assert answer.status_code == 200, answer.content
    return answer.json()["ke"]


def send(link: str, data: bytes) -> int:
    return requests.put(link, data=data, timeout=20).status_code


def send_all(client, data, name="dpt.pdf") -> dict:
    begun = begin(client, data, name).json()
    assert begun["langsung"]
    for number, part in enumerate(parts_of(data, PART), start=1):
        assert send(ask(client, begun, number, part), part) == 200
    return begun


def unfinished(bucket) -> list:
    return list(bucket.unfinished())


def test_parts_that_never_passed_the_site_become_a_document(in_bucket, client, officer, pdf, monkeypatch):
    monkeypatch.setattr(sessions, "put", None)  # nothing may come this way
    begun = send_all(client, pdf)
    assert client.get(begun["alamat"]).json()["tiba"] == [1, 2]
    assert stored_files() == []  # nobody sees an unfinished file
    assert save(client, begun["kode"]).status_code == 302
    document = OfficeDocument.objects.get()
    assert (document.sha256, document.file_size) == (sha(pdf), len(pdf))
    assert (document.filename, document.mime_type, document.page_count) == ("dpt.pdf", "application/pdf", 1)
    assert document.uploaded_by_user == officer
    with document.file.storage.open(document.file.name) as handle:
        assert sha(handle.read()) == document.sha256
    assert not PendingUpload.objects.exists()
    assert unfinished(in_bucket) == []


def test_broken_upload_goes_on_with_what_the_bucket_has_by_either_way(in_bucket, client, officer):
    data = large_pdf(2 * PART + 77)
    first, second, third = parts_of(data, PART)
    begun = begin(client, data).json()
    assert send(ask(client, begun, 3, third), third) == 200
    ask(client, begun, 1, first)  # announced, but the connection broke
    assert "belum terunggah seluruhnya" in save(client, begun["kode"]).content.decode()
    again = begin(client, data).json()
    assert (again["kode"], again["tiba"]) == (begun["kode"], [3])
    assert put(client, again, 1, first).status_code == 200  # now through the site
    assert put(client, again, 3, third).status_code == 200
    assert send(ask(client, again, 2, second), second) == 200
    assert begin(client, data).json()["tiba"] == [1, 2, 3]
    save(client, begun["kode"])
    assert OfficeDocument.objects.get().sha256 == sha(data)


def test_link_is_for_a_minute_and_for_this_part_of_this_upload(in_bucket, client, officer, pdf):
    begun, (first, last) = begin(client, pdf).json(), parts_of(pdf, PART)
    link = ask(client, begun, 2, last)
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert query["X-Amz-Expires"] == "60"
    assert "content-length" in query["X-Amz-SignedHeaders"].split(";")
    assert send(link.replace("partNumber=2", "partNumber=1"), last) == 403
    assert send(link.replace(query["uploadId"], query["uploadId"][::-1]), last) == 403
    key = PendingUpload.objects.get().key
    assert send(link.replace(key, f"{key}x"), last) == 403
    assert send(link, last + b"x") == 403
    assert send(link, last[:-1]) == 403
    assert send(link, first) == 403
    for method in ("get", "head", "delete", "post"):
        assert requests.request(method, link, timeout=20).status_code in (400, 403)
    assert client.get(begun["alamat"]).json()["tiba"] == []
    assert "dpt" not in link


def test_link_is_given_to_the_uploads_own_user_for_parts_it_has(in_bucket, client, officer, pdf):
    begun, (first, last) = begin(client, pdf).json(), parts_of(pdf, PART)
    other = Client()
    other.force_login(factories.UserFactory(editor=True))

    def status(who, number, part):
        headers = {"X-Bagian-SHA256": sha(part) if part else ""}
        return who.post(f"{begun['alamat']}{number}/", headers=headers).status_code

    assert status(other, 1, first) == 404
    assert status(Client(), 1, first) in (302, 403)
    assert [status(client, number, last) for number in (0, 3)] == [400, 400]
    assert status(client, 2, None) == 400
    assert status(client, 1, last) == 409  # not the part that the upload began with
    assert status(client, 2, last) == 200
    assert status(client, 2, first) == 409  # another content than announced


def test_other_bytes_than_announced_are_found_and_leave_nothing(in_bucket, client, officer, pdf):
    begun, (first, last) = begin(client, pdf).json(), parts_of(pdf, PART)
    send(ask(client, begun, 1, first), first)
    assert send(ask(client, begun, 2, last), b"!" * len(last)) == 200
    page = save(client, begun["kode"]).content.decode()
    assert "tidak sama dengan yang dikirim" in page
    assert not OfficeDocument.objects.exists()
    assert not PendingUpload.objects.exists()
    assert (stored_files(), unfinished(in_bucket)) == ([], [])


@pytest.mark.parametrize(
    ("name", "words"), [("program.pdf", "Berkas program tidak diterima"), ("gambar.png", "isinya PDF")]
)
def test_hostile_and_wrong_files_leave_nothing(in_bucket, client, officer, pdf, name, words):
    data = pdf if name.endswith("png") else b"MZ" + b"\0" * PART
    begun = send_all(client, data, name)
    assert words in save(client, begun["kode"]).content.decode()
    assert not OfficeDocument.objects.exists()
    assert not PendingUpload.objects.exists()
    assert (stored_files(), unfinished(in_bucket)) == ([], [])


def test_link_of_a_cancelled_upload_is_worth_nothing(in_bucket, client, officer, pdf):
    begun, (first, _last) = begin(client, pdf).json(), parts_of(pdf, PART)
    link = ask(client, begun, 1, first)
    assert client.delete(begun["alamat"]).status_code == 200
    assert send(link, first) == 404
    assert (stored_files(), unfinished(in_bucket)) == ([], [])


def test_upload_that_the_buckets_own_rules_removed_begins_anew(in_bucket, client, officer, pdf):
    begun, (first, _last) = begin(client, pdf).json(), parts_of(pdf, PART)
    send(ask(client, begun, 1, first), first)
    lost = PendingUpload.objects.get()
    in_bucket.client().abort_multipart_upload(**in_bucket.place_of(lost.key), UploadId=lost.storage_token)
    again = begin(client, pdf).json()
    assert again["kode"] != begun["kode"]
    assert again["tiba"] == []
    newer = PendingUpload.objects.get()
    in_bucket.client().abort_multipart_upload(**in_bucket.place_of(newer.key), UploadId=newer.storage_token)
    answer = client.get(again["alamat"])
    assert answer.status_code == 410
    assert "sudah dihapus dari penyimpanan" in answer.json()["pesan"]
    assert not PendingUpload.objects.exists()


def test_cleaner_ends_what_no_row_names_and_nothing_else(in_bucket, client, officer, pdf, monkeypatch):
    begun = begin(client, pdf).json()
    place = in_bucket.place_of("dokumen/tak-bertuan.pdf")
    in_bucket.client().create_multipart_upload(**place)
    assert sessions.remove_expired() == ""  # too young
    assert len(unfinished(in_bucket)) == 2
    upload = PendingUpload.objects.get()
    monkeypatch.setattr(sessions, "LIFETIME", timedelta(seconds=-60))
    PendingUpload.objects.update(touched_at=upload.touched_at + timedelta(days=1))
    assert sessions.remove_expired() == "1 unggahan yang tidak dilanjutkan dihapus"
    assert [token for _key, token, _begun in unfinished(in_bucket)] == [upload.storage_token]
    assert PendingUpload.objects.get().pk == upload.pk
    assert str(upload.pk) == begun["kode"]


def test_where_readers_go_through_the_site_so_do_uploads(use_bucket, client, officer, pdf, monkeypatch):
    use_bucket(redirects=False)
    monkeypatch.setattr(sessions, "PART_BYTES", PART)
    begun, (first, _last) = begin(client, pdf).json(), parts_of(pdf, PART)
    assert begun["langsung"] is False
    assert ask(client, begun, 1, first) == ""


def test_the_links_host_is_the_one_that_browsers_reach(use_bucket, client, officer, pdf, monkeypatch):
    use_bucket(public_endpoint_url="https://berkas.example.go.id")
    monkeypatch.setattr(sessions, "PART_BYTES", PART)
    begun = begin(client, pdf).json()
    assert ask(client, begun, 1, pdf[:PART]).startswith("https://berkas.example.go.id/")


# --- who may send from where -----------------------------------------------------------------------------------------


@pytest.fixture
def own_bucket(use_bucket):
    """A bucket that no other test uses: rules hold for the whole of one."""
    storage = use_bucket(bucket_name=f"eppid-cors-{secrets.token_hex(4)}")
    yield storage
    storage.client().delete_bucket(Bucket=storage.bucket_name)


def rules_of(storage) -> list[dict]:
    return storage.client().get_bucket_cors(Bucket=storage.bucket_name)["CORSRules"]


def preflight(storage, origin: str, method: str = "PUT"):
    return requests.options(
        f"{storage.endpoint_url}/{storage.bucket_name}/{storage.location}/x",
        headers={"Origin": origin, "Access-Control-Request-Method": method},
        timeout=20,
    )


def test_ensure_bucket_lets_the_sites_own_pages_upload(own_bucket, settings, capsys):
    settings.CSRF_TRUSTED_ORIGINS = ["https://ppid.example.go.id"]
    settings.WAGTAILADMIN_BASE_URL = "https://admin.example.go.id/apa/pun"
    call_command("ensure_bucket")
    said = capsys.readouterr().out
    assert "https://admin.example.go.id, https://ppid.example.go.id" in said
    for origin in ("https://ppid.example.go.id", "https://admin.example.go.id"):
        answer = preflight(own_bucket, origin)
        assert answer.status_code == 200
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "PUT" in answer.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in preflight(own_bucket, "https://jahat.example").headers
    unasked = preflight(own_bucket, "https://ppid.example.go.id", "DELETE").headers
    assert "DELETE" not in unasked.get("Access-Control-Allow-Methods", "")
    call_command("ensure_bucket")
    assert capsys.readouterr().out == ""


def test_rules_of_others_stay_and_ours_follows_the_settings(own_bucket, capsys):
    own_bucket.prepare()
    theirs = {"AllowedOrigins": ["https://lain.example"], "AllowedMethods": ["GET"]}
    own_bucket.client().put_bucket_cors(
        Bucket=own_bucket.bucket_name, CORSConfiguration={"CORSRules": [theirs]}
    )
    for origin in ("https://lama.example.go.id", "https://baru.example.go.id"):
        call_command("ensure_bucket", origin=[origin])
    assert [rule["AllowedOrigins"] for rule in rules_of(own_bucket)] == [
        ["https://lain.example"],
        ["https://baru.example.go.id"],
    ]
    assert rules_of(own_bucket)[1]["ID"] == UPLOAD_RULE


def test_keys_that_may_set_no_rule_are_said_to_the_operator(own_bucket, monkeypatch):
    own_bucket.prepare()

    def refuse(**_given):
        raise ClientError({"Error": {"Code": "AccessDenied"}}, "PutBucketCors")

    monkeypatch.setattr(own_bucket.client(), "put_bucket_cors", refuse)
    assert "lewat situs" in own_bucket.let_browsers_upload(["https://ppid.example.go.id"])[0]


def test_public_pages_are_not_opened_for_the_bucket(in_bucket, client):
    factories.shared_office()
    policy = client.get("/")["Content-Security-Policy"]
    assert urlsplit(in_bucket.endpoint_url).netloc not in policy
    assert "connect-src" not in policy  # default-src 'self' holds


# --- several at once, and the popup that chooses ---------------------------------------------------------------------


def test_several_at_once_takes_the_code_in_place_of_a_file(in_bucket, client, officer, pdf):
    begun = send_all(client, pdf)
    given = {"title": "Daftar pemilih", "collection": factories.shared_office().collection.pk}
    answer = client.post(reverse("wagtaildocs:add_multiple"), {**given, "unggahan": begun["kode"]}).json()
    document = OfficeDocument.objects.get()
    assert answer["success"]
    assert answer["doc_id"] == document.pk
    assert (document.title, document.sha256, document.uploaded_by_user) == (
        "Daftar pemilih",
        sha(pdf),
        officer,
    )
    again = client.post(reverse("wagtaildocs:add_multiple"), {**given, "unggahan": begun["kode"]}).json()
    assert (again["success"], OfficeDocument.objects.count()) == (False, 1)
    assert "Unggahan ini tidak ada" in again["error_message"]


def test_several_at_once_says_what_is_wrong(in_bucket, client, officer):
    begun = send_all(client, b"MZ" + b"\0" * PART, "program.pdf")
    given = {"title": "x", "collection": factories.OfficeFactory().collection.pk, "unggahan": begun["kode"]}
    answer = client.post(reverse("wagtaildocs:add_multiple"), given).json()
    assert not answer["success"]
    assert "Berkas program tidak diterima" in answer["error_message"]
    assert (stored_files(), unfinished(in_bucket)) == ([], [])


def test_the_chooser_takes_the_code_and_keeps_it_over_another_mistake(in_bucket, client, officer, pdf):
    begun = send_all(client, pdf)
    prefix = "document-chooser-upload-"
    given = {
        f"{prefix}collection": factories.shared_office().collection.pk,
        f"{prefix}unggahan": begun["kode"],
        f"{prefix}title": "",
    }
    shown = client.post(reverse("wagtaildocs_chooser:create"), given).json()
    assert shown["step"] == "reshow_creation_form"
    assert "sudah terunggah" in shown["htmlFragment"]
    assert f'name="{prefix}unggahan" value="{begun["kode"]}"' in shown["htmlFragment"]
    file_field = next(line for line in shown["htmlFragment"].split("<") if 'type="file"' in line)
    assert "required" not in file_field  # else the popup would not send the form without a file
    given[f"{prefix}title"] = "Daftar pemilih"
    assert client.post(reverse("wagtaildocs_chooser:create"), given).json()["step"] == "chosen"
    document = OfficeDocument.objects.get()
    assert (document.sha256, document.uploaded_by_user) == (sha(pdf), officer)
