"""Large files from a real browser: straight to the bucket, or through the site where the bucket is out of reach."""

import socket
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from documents.models import OfficeDocument, PendingUpload
from documents.uploads import sessions
from tests import factories
from tests.documents.test_large_uploads import large_pdf, sha
from tests.sample_files import pdf_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.s3, pytest.mark.e2e]
PART = 5 << 20  # S3 takes none below, but the last
SIZE = 2 * PART + 1234


def nothing(window):
    """Leave the window as it is."""


@pytest.fixture
def large(monkeypatch, tmp_path):
    """`large(name)`: write a file that goes in three parts; gives its path. 5 MB are large here."""
    monkeypatch.setattr(sessions, "PART_BYTES", PART)
    monkeypatch.setattr(sessions, "FROM_BYTES", PART)

    def write(name="dpt.pdf"):
        path = tmp_path / name
        path.write_bytes(large_pdf(SIZE))
        return path

    return write


@pytest.fixture
def officer(live_site):
    """`officer()`: a signed-in window, and the list of what it sends: method, host, path, bytes."""
    factories.shared_office()
    person = factories.UserFactory(editor=True)

    def sign_in(**options):
        window = live_site.sign_in(person.username, factories.PASSWORD, **options)
        window.context.set_default_timeout(
            60_000
        )  # files of eleven megabytes, on a machine that has other work
        sent = []

        def note(request):
            address = urlsplit(request.url)
            sent.append((request.method, address.netloc, address.path, len(request.post_data_buffer or b"")))

        window.on("request", note)
        return window, sent

    return sign_in


def send(window, path, meanwhile=lambda: None):
    window.goto(reverse("wagtaildocs:add"))
    with window.expect_request("**partNumber=**"):
        window.set_input_files("input[type=file]", path)
    meanwhile()
    window.fill("input[name=title]", "Daftar pemilih")
    window.get_by_text("Berkas selesai terunggah").wait_for()


def register(window):
    window.locator("#w-editor-form button[type=submit]").click()
    window.wait_for_url("**/admin/documents/")
    document = OfficeDocument.objects.get()
    assert document.sha256 == sha(large_pdf(SIZE))
    assert PendingUpload.objects.count() == 0


def puts(sent) -> dict[str, int]:
    """Return how many PUT went to which host."""
    hosts = [host for method, host, _path, _size in sent if method == "PUT"]
    return {host: hosts.count(host) for host in hosts}


def test_no_byte_of_the_file_passes_the_site(live_site, bucket, officer, large, assert_accessible):
    window, sent = officer()
    send(window, large())
    assert_accessible(window, ".unggah")
    assert window.locator(".unggah").get_attribute("data-jalur") == "langsung"
    register(window)
    assert puts(sent) == {urlsplit(bucket.endpoint_url).netloc: 3}
    own = urlsplit(live_site.url).netloc
    assert max(size for _method, host, _path, size in sent if host == own) < 20_000


def test_it_goes_on_after_a_closed_tab_and_a_lost_connection(bucket, officer, large):
    window, sent = officer()
    path = large()
    window.goto(reverse("wagtaildocs:add"))
    # The second part is lost on its way, and with it the connection.
    window.route("**partNumber=2**", lambda route: (window.context.set_offline(True), route.abort()))
    window.set_input_files("input[type=file]", path)
    window.get_by_text("Koneksi terputus").wait_for()
    window.goto("about:blank")
    window.unroute("**partNumber=2**")
    window.context.set_offline(False)
    sent.clear()
    send(window, path)
    register(window)
    assert puts(sent) == {urlsplit(bucket.endpoint_url).netloc: 2}


@pytest.fixture(params=["nothing there", "other origins only", "policy", "silence"])
def out_of_reach(request, use_bucket, live_site):
    """Files live in a bucket that this browser does not reach.

    Gives what is done to the window before, and while the first part is on its way.
    """
    site = urlsplit(live_site.url).netloc
    if request.param == "nothing there":
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            use_bucket(public_endpoint_url=f"http://127.0.0.1:{free.getsockname()[1]}")
        yield nothing, nothing
    elif request.param == "silence":
        with socket.create_server(("127.0.0.1", 0), backlog=8) as mute:
            use_bucket(public_endpoint_url=f"http://127.0.0.1:{mute.getsockname()[1]}")
            yield lambda window: window.clock.install(), lambda window: window.clock.fast_forward(11_000)
    elif request.param == "policy":
        use_bucket()

        def restrict(route):
            if route.request.method != "GET":
                return route.continue_()
            answer = route.fetch()
            policy = {"Content-Security-Policy": "connect-src 'self'"}
            return route.fulfill(response=answer, headers={**answer.headers, **policy})

        yield lambda window: window.route("**/admin/documents/add/", restrict), nothing
    else:
        storage = use_bucket(bucket_name=f"eppid-lain-{site.rpartition(':')[2]}")
        storage.prepare()
        storage.let_browsers_upload(["https://lain.example.go.id"])
        yield nothing, nothing
        for key, _size, _when in list(storage.walk()):
            storage.purge(key)
        storage.client().delete_bucket(Bucket=storage.bucket_name)


def test_a_bucket_out_of_reach_is_gone_round_by_itself(live_site, out_of_reach, officer, large):
    before, meanwhile = out_of_reach
    window, sent = officer()
    before(window)
    send(window, large(), lambda: meanwhile(window))
    assert window.locator(".unggah").get_attribute("data-jalur") == "situs"
    register(window)
    assert puts(sent)[urlsplit(live_site.url).netloc] == 3


def test_without_javascript_the_form_sends_it_whole(live_site, bucket, officer, large):
    window, sent = officer(javascript=False)
    window.goto(reverse("wagtaildocs:add"))
    window.set_input_files("input[type=file]", large())
    window.fill("input[name=title]", "Daftar pemilih")
    window.locator("#w-editor-form button[type=submit]").click()
    window.wait_for_url("**/admin/documents/")
    assert OfficeDocument.objects.get().sha256 == sha(large_pdf(SIZE))
    assert puts(sent) == {}


def test_several_at_once_large_ones_in_parts(live_site, bucket, officer, large, tmp_path, assert_accessible):
    small = tmp_path / "kecil.pdf"
    small.write_bytes(pdf_bytes(["Kecil"]))
    program = tmp_path / "program.pdf"
    program.write_bytes(b"MZ" + b"\0" * PART)
    window, sent = officer()
    window.goto(reverse("wagtaildocs:add_multiple"))
    window.set_input_files("#fileupload", [small, large("besar.pdf"), program, large("besar juga.pdf")])
    window.wait_for_function("document.querySelectorAll('#upload-list > .upload-success').length === 3")
    window.locator("#upload-list > .upload-failure").get_by_text("Berkas program tidak diterima").wait_for()
    assert sorted(OfficeDocument.objects.values_list("title", flat=True)) == [
        "besar",
        "besar juga",
        "kecil",
    ]
    assert window.locator("#upload-list .unggah").count() == 0
    assert puts(sent) == {urlsplit(bucket.endpoint_url).netloc: 8}
    own = urlsplit(live_site.url).netloc
    assert max(size for _method, host, _path, size in sent if host == own) < 50_000
    assert PendingUpload.objects.count() == 0


def test_several_at_once_can_be_cancelled(bucket, officer, large, assert_accessible):
    window, _sent = officer()
    window.goto(reverse("wagtaildocs:add_multiple"))
    window.route("**partNumber=2**", lambda route: None)  # stays on its way for ever
    window.set_input_files("#fileupload", [large(), large("menunggu.pdf")])
    window.wait_for_function("document.querySelector('.unggah progress')?.value > 5000000")
    window.get_by_text("Menunggu giliran").wait_for()
    assert_accessible(window, ".unggah")
    for left in (1, 0):
        with window.expect_response(lambda answer: answer.request.method == "DELETE"):
            window.get_by_role("button", name="Batalkan unggahan").click()
        assert window.locator("#upload-list > li").count() == left
        if left:  # the next one is on its way now
            window.locator(".unggah[data-jalur]").wait_for()
    assert PendingUpload.objects.count() == 0
    assert list(bucket.unfinished()) == []


def test_the_popup_that_chooses_uploads_in_parts(live_site, bucket, officer, large, assert_accessible):
    window, sent = officer()
    page = factories.RegulationPageFactory(office=factories.shared_office(), state=factories.State.DRAFT)
    window.goto(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    window.wait_for_load_state("networkidle")
    window.click("#id_files-ADD")
    window.click("#id_files-0-document-chooser .chooser__choose-button")
    window.locator(".modal").get_by_role("tab", name="Unggah").click()
    window.set_input_files(".modal input[type=file]", large())
    window.locator(".modal .unggah").wait_for()
    # Wagtail makes a title of the file's name.
    window.wait_for_function("document.querySelector('.modal input[name$=title]').value === 'dpt'")
    window.fill(".modal input[name$=title]", "Daftar pemilih")
    assert_accessible(window, ".modal .unggah")
    window.locator(".modal form[data-chooser-modal-creation-form] button[type=submit]").click()
    window.wait_for_selector(".modal", state="detached")
    document = OfficeDocument.objects.get()
    assert window.locator("#id_files-0-document").input_value() == str(document.pk)
    assert (document.title, document.sha256) == ("Daftar pemilih", sha(large_pdf(SIZE)))
    assert puts(sent) == {urlsplit(bucket.endpoint_url).netloc: 3}
    own = urlsplit(live_site.url).netloc
    assert max(size for _method, host, _path, size in sent if host == own) < 50_000
