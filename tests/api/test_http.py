"""How the API speaks HTTP: caching, conditional requests, other origins, methods, and errors a person understands."""

import pytest

from tests.factories import OfficeFactory, RegulationPageFactory, WorkUnitFactory

pytestmark = pytest.mark.postgres

PROBLEM = "application/problem+json"


def problem(response, status: int) -> dict:
    """The problem that a response is, checked for its form."""
    assert response.status_code == status, response.content.decode()
    assert response["Content-Type"] == PROBLEM
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["status"] == status
    assert body["detail"]
    return body


# --- caching ----------------------------------------------------------------------------------------------------------


def test_an_answer_may_be_kept_for_a_minute_and_is_then_asked_for_by_its_fingerprint(get):
    page = RegulationPageFactory()
    first = get(f"regulations/{page.pk}")
    assert first["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in first
    again = get(f"regulations/{page.pk}", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"


def test_the_fingerprint_changes_when_another_page_changes_the_answer(get):
    """A date of the page itself could not tell: the revoked regulation's own row stays as it was."""
    from catalogue.models import RegulationRelation

    old, new = RegulationPageFactory(), RegulationPageFactory(nomor="99 Tahun 2024")
    before = get(f"regulations/{old.pk}")
    RegulationRelation.objects.create(source=new, target=old, jenis="mencabut")
    after = get(f"regulations/{old.pk}", headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert after.json()["status"]["kode"] == "dicabut"
    assert after["ETag"] != before["ETag"]
    new.unpublish()
    assert get(f"regulations/{old.pk}")["ETag"] == before["ETag"]


def test_the_date_of_the_last_publication_is_told_but_not_trusted(get):
    page = RegulationPageFactory()
    response = get(f"regulations/{page.pk}")
    assert response["Last-Modified"].endswith("GMT")
    later = "Fri, 31 Dec 2100 00:00:00 GMT"
    assert get(f"regulations/{page.pk}", headers={"if-modified-since": later}).status_code == 200


def test_a_signed_in_officer_gets_the_same_public_answer(get, client, django_user_model):
    RegulationPageFactory()
    RegulationPageFactory(draft=True)
    anonymous = get("regulations")
    client.force_login(django_user_model.objects.create_superuser("admin", password="x"))
    officer = get("regulations")
    assert officer.content == anonymous.content
    assert "Cookie" not in officer.get("Vary", "")


# --- methods and origins ----------------------------------------------------------------------------------------------


def test_head_tells_the_headers_of_get(client, office):
    got = client.get("/api/v1/office")
    head = client.head("/api/v1/office")
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == got["Content-Type"]
    assert head["ETag"] == got["ETag"]


@pytest.mark.parametrize("path", ["regulations", "regulations/1", "search", "openapi.json", "nothing-here"])
def test_any_origin_may_ask(client, office, path):
    preflight = client.options(
        f"/api/v1/{path}",
        headers={
            "origin": "https://contoh.invalid",
            "access-control-request-method": "GET",
            "access-control-request-headers": "if-none-match",
        },
    )
    assert preflight.status_code == 204
    assert preflight["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    assert preflight["Allow"] == "GET, HEAD, OPTIONS"
    assert client.get(f"/api/v1/{path}")["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in preflight


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["regulations", "regulations/1", "files/1", "search", "nothing-here", ""])
def test_nothing_can_be_written(client, office, method, path):
    response = getattr(client, method)(f"/api/v1/{path}", data="{}", content_type="application/json")
    assert "hanya untuk membaca" in problem(response, 405)["detail"]
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_no_token_is_asked_for_where_nothing_can_be_written(office):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post("/api/v1/regulations").status_code == 405


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "parameters", "name", "sentence"),
    [
        ("regulations", {"tahun": "dua ribu"}, "tahun", "Tulis angka bulat, misalnya 1."),
        ("regulations", {"tahun": "20230"}, "tahun", "Nilai terbesar 2200."),
        ("regulations", {"halaman": "0"}, "halaman", "Nilai terkecil 1."),
        ("regulations", {"halaman": "9" * 40}, "halaman", "Nilai terbesar 1000000."),
        ("regulations", {"halaman": "9" * 5000}, "halaman", "Angkanya terlalu besar."),
        ("regulations", {"ukuran": "101"}, "ukuran", "Nilai terbesar 100."),
        ("regulations", {"status": "mati"}, "status", "Pilih salah satu: belum_berlaku, berlaku, diubah"),
        ("regulations", {"jenis": "\x00"}, "jenis", "Pilih salah satu: "),
        ("regulations", {"unit": "999999"}, "unit", "Unit kerja ini tidak ada di kantor ini."),
        (
            "regulations",
            {"thn": "2023"},
            "thn",
            "Parameter ini tidak dikenal. Yang dikenal: halaman, ukuran, unit",
        ),
        (
            "dip",
            {"klasifikasi": "rahasia"},
            "klasifikasi",
            "Pilih salah satu: berkala, serta_merta, setiap_saat.",
        ),
        ("dip", {"urut": "acak"}, "urut", "Pilih salah satu: nomor, terbaru, terlama, judul."),
        ("exempted", {"tahun": "2023"}, "tahun", "Parameter ini tidak dikenal."),
        ("search", {"lingkup": "dunia"}, "lingkup", "Pilih salah satu: kantor, provinsi, semua."),
        ("search", {"ukuran": "51"}, "ukuran", "Nilai terbesar 50."),
        ("search", {"persis": "mungkin"}, "persis", "Tulis 1 untuk ya, 0 untuk tidak."),
    ],
)
def test_a_bad_parameter_is_named_with_a_sentence(get, path, parameters, name, sentence):
    body = problem(get(path, **parameters), 422)
    assert [error["parameter"] for error in body["errors"]] == [name]
    assert body["errors"][0]["detail"].startswith(sentence)
    assert name in body["detail"]


def test_a_unit_of_another_office_is_no_unit_here(get):
    unit = WorkUnitFactory(office=OfficeFactory(province=True))
    assert problem(get("regulations", unit=unit.pk), 422)["errors"][0]["parameter"] == "unit"


def test_a_bad_date_is_named(get):
    page = RegulationPageFactory()
    body = problem(get(f"regulations/{page.pk}", pada="kemarin"), 422)
    assert body["errors"] == [{"parameter": "pada", "detail": "Tulis tanggal seperti 2023-10-31."}]


def test_all_bad_parameters_are_named_at_once(get):
    body = problem(get("regulations", tahun="x", halaman="-1"), 422)
    assert {error["parameter"] for error in body["errors"]} == {"tahun", "halaman"}


def test_an_empty_parameter_counts_as_not_given(read):
    RegulationPageFactory(quick=True)
    assert read("regulations", tahun="", jenis="", status="", unit="", urut="", halaman="")["total"] == 1
    assert read("search", q="", jenis="", urut="")["total"] >= 0


@pytest.mark.parametrize(
    "path",
    [
        "nothing-here",
        "regulations/0",
        "regulations/999999999",
        "regulations/99999999999999999999999",
        "regulations/-1",
        "regulations/satu",
        "regulations/1%00",
        "files/0",
        "files/99999999999999999999",
        "files/99999999999999999999/pages",
        "files/1/pages/99999999999999999999",
        "dip/berkala",
        "%ff",
    ],
)
def test_what_is_not_there_is_a_problem_too(get, path):
    problem(get(path), 404)


def test_a_slash_too_many_leads_to_the_address_without(client, office):
    response = client.get("/api/v1/regulations/?tahun=2023")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/regulations?tahun=2023"


def test_a_host_without_office_is_told(client, db):
    assert "kantor" in problem(client.get("/api/v1/office"), 404)["detail"]


def test_a_failure_on_our_side_is_logged_and_says_nothing_of_itself(get, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise RuntimeError("kata sandi basis data")

    monkeypatch.setattr("api.routes.content.present.office", broken)
    body = problem(get("office"), 500)
    assert "kata sandi" not in str(body)
    assert "kata sandi basis data" in caplog.text
