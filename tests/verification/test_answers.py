"""What people are told of a file: genuine, replaced, withdrawn, unknown; and nothing of what was never public."""

import datetime as dt
import hashlib
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from documents.models import OfficeDocument
from documents.services import replace_file
from documents.verification.lookup import read_fingerprint
from documents.verification.withdrawing import set_open, take_back, withdraw_version
from home.withdrawals import withdraw
from tests import factories
from tests.factories import State
from tests.sample_files import pdf_bytes

pytestmark = pytest.mark.django_db
NOBODYS = hashlib.sha256(b"berkas siapa pun").hexdigest()
ONCE_PUBLIC = (State.EXPIRED, State.LATE, State.WITHDRAWN, State.PRIVATE, State.DELETED)
NEVER_PUBLIC = (State.DRAFT, State.SCHEDULED)


@pytest.fixture
def office():
    return factories.shared_office()


@pytest.fixture
def document(office):
    return factories.DocumentFactory(office=office, title="Naskah utuh", file_name="naskah.pdf")


def text(client, address, status=200, **options) -> str:
    """The answer's main part as one line of text."""
    response = client.get(address, **options)
    assert response.status_code == status, response.status_code
    main = response.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def verified(client, document_or_hash, **options) -> str:
    sha256 = getattr(document_or_hash, "sha256", document_or_hash)
    return text(client, f"/verifikasi/{sha256}", **options)


def asked(client, sha256, **options) -> dict:
    return client.get(f"/api/v1/verification/{sha256}", **options).json()


# --- the four answers -------------------------------------------------------------------------------------------------


def test_current_file(client, document, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 2, 3, 15, tzinfo=dt.UTC), tick=False)
    page = factories.RegulationPageFactory(files=[document])
    answer = verified(client, document)
    for words in (
        "Asli, versi terkini",
        "Naskah utuh",
        page.title,
        "KPU Kota Serang",
        "2 November 2026 pukul 10.15",
    ):
        assert words in answer
    data = asked(client, document.sha256)
    assert data["jawaban"]["kode"] == "terkini"
    assert data["dokumen"][0]["url_terkini"].endswith(document.url)
    assert data["dokumen"][0]["halaman"][0]["url"] == page.full_url


def test_superseded_file_leads_to_the_current_one(client, document):
    factories.RegulationPageFactory(files=[document])
    old = document.sha256
    replace_file(
        document, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"), reason="Salah ketik pada Pasal 4"
    )
    document.refresh_from_db()
    answer = verified(client, old)
    assert "Pernah asli, sudah diganti" in answer
    assert "Salah ketik pada Pasal 4" in answer
    assert "buka versi 2" in answer
    assert document.url in client.get(f"/verifikasi/{old}").content.decode()
    data = asked(client, old)
    assert (data["jawaban"]["kode"], data["dokumen"][0]["versi_terkini"]) == ("diganti", 2)
    assert "Asli, versi terkini" in verified(client, document)


def test_file_of_an_earlier_version_is_linked_only_while_open(client, document):
    factories.RegulationPageFactory(files=[document])
    old = document.sha256
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"))
    link = f"/dokumen/{document.pk}/versi/1/naskah.pdf"
    assert link not in client.get(f"/verifikasi/{old}").content.decode()
    assert client.get(link).status_code == 404
    set_open(document, 1, True)
    assert link in client.get(f"/verifikasi/{old}").content.decode()
    assert client.get(link).status_code == 200
    withdraw_version(document, 1, "Memuat NIK.")
    assert link not in client.get(f"/verifikasi/{old}").content.decode()
    assert client.get(link).status_code == 404


def test_withdrawn_file_says_when_and_why(client, document):
    factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Salah unggah: lampiran kantor lain.")
    answer = verified(client, document)
    assert "Ditarik" in answer
    assert "Salah unggah: lampiran kantor lain." in answer
    assert "Asli, versi terkini" not in answer
    data = asked(client, document.sha256)
    assert (data["jawaban"]["kode"], data["dokumen"][0]["url_terkini"]) == ("ditarik", None)


def test_unknown_file(client, office):
    answer = verified(client, NOBODYS)
    assert "Tidak dikenal" in answer
    assert "Tanyakan kepada PPID" in answer
    assert asked(client, NOBODYS)["dokumen"] == []


@pytest.mark.parametrize("state", ONCE_PUBLIC)
def test_what_was_public_with_its_page_is_withdrawn(client, document, state):
    factories.RegulationPageFactory(files=[document], state=state)
    assert asked(client, document.sha256)["jawaban"]["kode"] == "ditarik"
    told = verified(client, document)
    assert ("Naskah utuh" in told) is (state is not State.PRIVATE)


def test_answer_is_right_before_the_log_has_caught_up(client, document):
    page = factories.RegulationPageFactory(files=[document])
    soon = timezone.now() + dt.timedelta(minutes=1)
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - dt.timedelta(seconds=1))
    assert asked(client, document.sha256)["jawaban"]["kode"] == "ditarik"
    type(page).objects.filter(pk=page.pk).update(expire_at=soon)
    OfficeDocument.objects.filter(pk=document.pk).update(sha256="a" * 64)
    assert asked(client, "a" * 64)["jawaban"]["kode"] == "terkini"


# --- what was never public is unknown in every respect ----------------------------------------------------------------


def _never_public(office):
    """Documents that were never public, by how; each with a file of its own."""
    made = {}

    def new(how):
        made[how] = factories.DocumentFactory(office=office, title=f"Rahasia {how}", texts=[f"isi {how}"])
        return made[how]

    for state in NEVER_PUBLIC:
        factories.RegulationPageFactory(files=[new(state.value)], state=state)
    for state in (State.LIVE, State.DRAFT, State.EXPIRED):
        factories.ExemptedInformationPageFactory(dokumen_induk=new(f"exempted {state.value}"), state=state)
    shared = new("exempted and attached")
    factories.ExemptedInformationPageFactory(dokumen_induk=shared, draft=True)
    factories.RegulationPageFactory(files=[shared])
    factories.ConsequenceTestFactory(lembar_pengujian=new("consequence test"))
    new("unused")
    draft = new("replaced while a draft")
    page = factories.RegulationPageFactory(files=[draft], draft=True)
    made["replaced while a draft"] = OfficeDocument.objects.get(pk=draft.pk)
    replace_file(draft, ContentFile(pdf_bytes(["kedua"]), name="kedua.pdf"))
    draft.title = "Terbuka"
    draft.save()
    page.save_revision().publish()
    return made


def test_never_public_files_get_the_same_answer_as_nobodys(client, office):
    made = _never_public(office)

    def whole(sha256):
        with CaptureQueriesContext(connection) as queries:
            page = client.get(f"/verifikasi/{sha256}")
        data = client.get(f"/api/v1/verification/{sha256}")
        headers = {name: value for name, value in page.items() if name != "Link"}
        body = page.content.decode().replace(sha256, "#")
        for start in range(0, 64, 8):
            body = body.replace(sha256[start : start + 8], "#")
        body = re.sub(r"Diperiksa [^.]*\.\d\d\.", "", body)
        return (
            len(queries),
            page.status_code,
            headers,
            body,
            data.status_code,
            data.content.decode().replace(sha256, "#"),
        )

    client.get(f"/verifikasi/{NOBODYS}")
    expected = whole(NOBODYS)
    for how, document in made.items():
        assert document.sha256
        assert whole(document.sha256) == expected, how


def test_words_and_log_name_nothing_that_was_never_public(client, office):
    made = _never_public(office)
    log = client.get("/verifikasi/catatan/").content.decode()
    lines = b"".join(client.get("/verifikasi/catatan.jsonl").streaming_content).decode()
    for how, document in made.items():
        for page in (log, lines):
            assert document.sha256 not in page, how
            assert document.title not in page, how


def test_exempted_afterwards_is_withdrawn_and_its_words_are_gone(client, document, office):
    factories.RegulationPageFactory(files=[document], title="Keputusan terbuka")
    assert "Naskah utuh" in client.get("/verifikasi/catatan/").content.decode()
    factories.ExemptedInformationPageFactory(dokumen_induk=document, draft=True)
    assert asked(client, document.sha256)["jawaban"]["kode"] == "ditarik"
    for address in (f"/verifikasi/{document.sha256}", "/verifikasi/catatan/"):
        told = client.get(address).content.decode()
        assert "Naskah utuh" not in told
        assert "naskah.pdf" not in told
    assert "Naskah utuh" not in b"".join(client.get("/verifikasi/catatan.jsonl").streaming_content).decode()


# --- several offices --------------------------------------------------------------------------------------------------


def test_each_office_sees_its_own_use_first(client, document, office):
    other = factories.OfficeFactory(kode_wilayah="36", name="KPU Provinsi Banten", level="provinsi")
    here = factories.RegulationPageFactory(files=[document], title="Pada kota")
    there = factories.RegulationPageFactory(files=[document], title="Pada provinsi", office=other)
    assert here.get_site() != there.get_site()
    first = asked(client, document.sha256)["dokumen"][0]["halaman"]
    assert [place["kantor"] for place in first] == ["KPU Kota Serang", "KPU Provinsi Banten"]
    host = {"headers": {"host": other.site.hostname}}
    second = asked(client, document.sha256, **host)["dokumen"][0]["halaman"]
    assert [place["judul"] for place in second] == ["Pada provinsi", "Pada kota"]


def test_same_file_as_two_documents(client, office):
    content = pdf_bytes(["sama"])
    documents = []
    for number in range(2):
        document = factories.DocumentFactory(office=office, title=f"Salinan {number}", texts=["sama"])
        factories.RegulationPageFactory(files=[document])
        documents.append(document)
    assert documents[0].sha256 == documents[1].sha256 == hashlib.sha256(content).hexdigest()
    withdraw_version(documents[0], 1, "Dobel.")
    codes = [found["jawaban"]["kode"] for found in asked(client, documents[0].sha256)["dokumen"]]
    assert codes == ["terkini", "ditarik"]


# --- the form ---------------------------------------------------------------------------------------------------------


def test_posted_file_leads_to_its_answer_and_leaves_nothing(
    client, document, settings, tmp_path, monkeypatch
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "sementara")
    (tmp_path / "sementara").mkdir()
    content = pdf_bytes(["dikirim"]) + b"x" * 3_000_000
    response = client.post("/verifikasi/", {"berkas": SimpleUploadedFile("a.pdf", content)})
    assert response.status_code == 302
    assert response["Location"] == f"/verifikasi/{hashlib.sha256(content).hexdigest()}"
    assert list((tmp_path / "sementara").iterdir()) == []
    assert not response.cookies


def test_form_needs_no_token_and_gives_no_cookie(office):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert not strict.get("/verifikasi/").cookies
    response = strict.post("/verifikasi/", {"berkas": SimpleUploadedFile("a.pdf", b"isi")})
    assert response.status_code == 302


def test_too_large_a_file_is_refused_in_words(client, office, settings):
    settings.VERIFICATION_MAX_BYTES = 1024 * 1024
    response = client.post("/verifikasi/", {"berkas": SimpleUploadedFile("a.bin", b"x" * 1_500_000)})
    assert response.status_code == 413
    assert "Berkas lebih dari 1 MB" in response.content.decode()


@pytest.mark.parametrize("form", [{}, {"berkas": SimpleUploadedFile("kosong.pdf", b"")}, {"berkas": "teks"}])
def test_nothing_posted_is_said_beside_the_field(client, office, form):
    response = client.post("/verifikasi/", form)
    assert response.status_code == 422
    assert "Pilih dahulu berkas" in response.content.decode()


@pytest.mark.parametrize(
    "typed", ["AB" * 32, " ".join(["abababab"] * 8), "sha256: " + "ab" * 32, "ab:" * 31 + "ab"]
)
def test_typed_fingerprint_is_read_as_people_write_it(client, office, typed):
    assert client.get("/verifikasi/", {"sha256": typed})["Location"] == f"/verifikasi/{'ab' * 32}"


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "é" * 64, "\0", "a" * 65, "<b>"])
def test_other_words_are_said_beside_the_field_and_kept(client, office, typed):
    response = client.get("/verifikasi/", {"sha256": typed})
    assert response.status_code == 422
    assert "64 karakter" in response.content.decode()
    assert "<b>" not in response.content.decode()
    with pytest.raises(ValueError, match="64 karakter"):
        read_fingerprint(typed)


def test_odd_addresses(client, office):
    assert client.get(f"/verifikasi/{'AB' * 32}")["Location"] == f"/verifikasi/{'ab' * 32}"
    assert client.get("/verifikasi/abc").status_code == 404
    assert client.get("/verifikasi/%00").status_code == 404
    assert client.get("/api/v1/verification/abc").status_code == 404
    assert client.get("/verifikasi/catatan/?dokumen=²&halaman=x").status_code == 200
    assert client.get("/verifikasi/catatan/?dokumen=99999999999999999999").status_code == 200


def test_html_names_its_json(client, office):
    assert f'href="/api/v1/verification/{NOBODYS}"' in client.get(f"/verifikasi/{NOBODYS}").content.decode()


# --- about a file, its history, its withdrawal ------------------------------------------------------------------------


def test_about_page_shows_fingerprint_history_and_code(client, document):
    page = factories.RegulationPageFactory(files=[document])
    old = document.sha256
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"), reason="Perbaikan")
    document.refresh_from_db()
    html = client.get(f"/dokumen/{document.pk}/").content.decode()
    assert f"http://testserver/verifikasi/{document.sha256}" in html
    assert 'role="img" aria-label="Kode QR' in html
    told = text(client, f"/dokumen/{document.pk}/")
    for words in (old, "Versi 1", "Versi 2", "Perbaikan", page.title, "baru.pdf"):
        assert words in told
    row = client.get(page.url).content.decode()
    assert f'href="/dokumen/{document.pk}/"' in row
    assert "Perbaikan" in row


def test_history_names_only_versions_that_were_public(client, document):
    page = factories.RegulationPageFactory(files=[document], draft=True)
    secret = document.sha256
    replace_file(document, ContentFile(pdf_bytes(["baru"]), name="baru.pdf"), reason="Memuat NIK")
    page.save_revision().publish()
    for address in (f"/dokumen/{document.pk}/", page.url, "/verifikasi/catatan/"):
        told = client.get(address).content.decode()
        assert secret not in told
        assert "Memuat NIK" not in told


@pytest.mark.parametrize("state", [*NEVER_PUBLIC, *ONCE_PUBLIC])
def test_about_page_is_for_public_files(client, document, state, office):
    factories.RegulationPageFactory(files=[document], state=state)
    assert client.get(f"/dokumen/{document.pk}/").status_code == 404
    client.force_login(factories.UserFactory(superuser=True))
    response = client.get(f"/dokumen/{document.pk}/")
    assert response["Cache-Control"] == "private, no-store"


def test_withdrawn_file_closes_every_way_and_says_why(client, document):
    page = factories.RegulationPageFactory(files=[document])
    withdraw_version(document, 1, "Salah unggah.")
    for address in (document.url, f"/dokumen/{document.pk}/teks/", f"/dokumen/{document.pk}/lain.pdf"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Salah unggah." in response.content.decode()
    assert client.get(f"/api/v1/files/{document.pk}").status_code == 404
    shown = client.get(page.url).content.decode()
    assert "Salah unggah." in shown
    assert f'href="{document.url}"' not in shown
    assert document.url not in shown
    about = text(client, f"/dokumen/{document.pk}/")
    assert "Berkas ini ditarik" in about
    take_back(document, 1)
    assert client.get(document.url).status_code == 200


def test_table_of_a_withdrawn_file_is_not_shown(client, office):
    document = factories.DocumentFactory(office=office, csv=True)
    page = factories.OpenDatasetPageFactory(files=[document])
    assert "161645" in client.get(page.url).content.decode()
    withdraw_version(document, 1, "Angka keliru.")
    assert "161645" not in client.get(page.url).content.decode()
    assert "161645" not in client.get(f"/api/v1/datasets/{page.pk}").content.decode()


def test_new_file_opens_the_shared_address_again(client, document):
    factories.RegulationPageFactory(files=[document])
    shared = document.url
    withdraw_version(document, 1, "Salah unggah.")
    replace_file(document, ContentFile(pdf_bytes(["benar"]), name="benar.pdf"))
    document.refresh_from_db()
    response = client.get(shared, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == document.url
    assert "Salah unggah." in text(client, f"/dokumen/{document.pk}/")


def test_withdrawn_page_says_nothing_of_its_file(client, document):
    page = factories.RegulationPageFactory(files=[document])
    withdraw(page, "Judul memuat nama orang.", show_title=False)
    told = verified(client, document)
    assert "Judul memuat nama orang." in told
    assert "Naskah utuh" not in told


# --- cost -------------------------------------------------------------------------------------------------------------


def test_queries_do_not_grow(client, office):
    def versions(count):
        document = factories.DocumentFactory(office=office)
        page = factories.RegulationPageFactory(files=[document])
        first = document.sha256
        for number in range(count):
            replace_file(
                document, ContentFile(pdf_bytes([f"{document.pk} {number}"]), name="v.pdf"), keep_open=True
            )
            document.refresh_from_db()
        return [f"/dokumen/{document.pk}/", f"/verifikasi/{first}", page.url, "/verifikasi/catatan/"]

    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    few = [count(address) for address in versions(2)]
    many = [count(address) for address in versions(7)]
    assert many == few
    assert max(many) < 50
