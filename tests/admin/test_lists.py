"""The lists of the admin: what they show, filter and export, and at what cost."""

import csv
import io

import pytest
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from catalogue.models import ConsequenceTest
from home.exports import safe_text
from home.models import Office, WorkUnit
from home.withdrawals import withdraw
from tests.factories import (
    ConsequenceTestFactory,
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    OpenDatasetPageFactory,
    RegulationPageFactory,
    ServiceReportPageFactory,
    SOPPageFactory,
    State,
)
from tests.workflow.test_moderation import submit

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LISTS = {
    "/admin/catalogue/regulationpage/": RegulationPageFactory,
    "/admin/catalogue/dipentrypage/": DIPEntryPageFactory,
    "/admin/catalogue/exemptedinformationpage/": ExemptedInformationPageFactory,
    "/admin/catalogue/opendatasetpage/": OpenDatasetPageFactory,
    "/admin/catalogue/servicereportpage/": ServiceReportPageFactory,
    "/admin/home/soppage/": SOPPageFactory,
}


def count_queries(client, address):
    from django.db import connection

    def fetch():
        response = client.get(address)
        return response, b"".join(response.streaming_content) if response.streaming else response.content

    fetch()  # what is looked up once a process (content types, site roots) is known from here on
    with CaptureQueriesContext(connection) as queries:
        response, body = fetch()
    assert response.status_code == 200
    return len(queries), body


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("query", ["", "?export=csv"])
def test_a_list_costs_the_same_whatever_its_length(client, office, people, address, query):
    make = LISTS[address]
    extra = {} if make is SOPPageFactory else {"files": [DocumentFactory(office=office)]}
    make(office=office, **extra)
    client.force_login(people.ppid)
    few, _ = count_queries(client, address + query)
    for _ in range(3):
        make(office=office, **({} if make is SOPPageFactory else {"files": [DocumentFactory(office=office)]}))
    many, _ = count_queries(client, address + query)
    assert many == few


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.LIVE, "Terbit"),
        (State.DRAFT, "Draf"),
        (State.SCHEDULED, "Dijadwalkan"),
        (State.EXPIRED, "Kedaluwarsa"),
        (State.LATE, "Kedaluwarsa"),
        (State.WITHDRAWN, "Dicabut"),
    ],
)
def test_the_list_says_where_an_entry_stands_and_filters_by_it(client, office, people, state, word):
    page = RegulationPageFactory(office=office, state=state, title="Yang dicari")
    client.force_login(people.editor)
    text = client.get("/admin/catalogue/regulationpage/").content.decode()
    assert f">{word}</span>" in text
    code = {
        "Terbit": "terbit",
        "Draf": "draf",
        "Dijadwalkan": "dijadwalkan",
        "Kedaluwarsa": "kedaluwarsa",
    }.get(word, "dicabut")
    assert page.title in client.get(f"/admin/catalogue/regulationpage/?keadaan={code}").content.decode()
    other = "draf" if code != "draf" else "terbit"
    assert page.title not in client.get(f"/admin/catalogue/regulationpage/?keadaan={other}").content.decode()


def test_an_entry_under_review_and_a_returned_one_are_told_apart(client, office, people):
    waiting = RegulationPageFactory(
        office=office, draft=True, title="Sedang diperiksa", files=[DocumentFactory(office=office)]
    )
    submit(waiting, people.editor)
    returned = RegulationPageFactory(
        office=office, title="Versi baru ditolak", files=[DocumentFactory(office=office)]
    )
    submit(returned, people.editor)
    client.force_login(people.editor)
    assert waiting.title in client.get("/admin/catalogue/regulationpage/?keadaan=diperiksa").content.decode()
    assert (
        returned.title
        in client.get("/admin/catalogue/regulationpage/?keadaan=terbit_diperiksa").content.decode()
    )


def test_filters_of_the_dip(client, office, people, time_machine):
    import datetime as dt

    time_machine.move_to(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    late = DIPEntryPageFactory(office=office, title="Terlambat", tanggal_pemutakhiran=dt.date(2026, 1, 1))
    fresh = DIPEntryPageFactory(
        office=office, title="Segar", tanggal_pemutakhiran=dt.date(2026, 11, 1), klasifikasi="setiap_saat",
        files=[DocumentFactory(office=office)],
    )  # fmt: skip
    client.force_login(people.editor)

    def shown(query):
        text = client.get(f"/admin/catalogue/dipentrypage/?{query}").content.decode()
        return {page.title for page in (late, fresh) if f">{page.title}</a>" in text}

    assert shown("") == {"Terlambat", "Segar"}
    assert shown("pembaruan=terlambat") == {"Terlambat"}
    assert shown("klasifikasi=setiap_saat") == {"Segar"}
    assert shown("berkas=tanpa") == {"Terlambat"}
    assert shown("q=segar") == {"Segar"}
    assert shown(f"unit={WorkUnit.objects.get(office=office, name='Subbagian Hukum').pk}") == {
        "Terlambat",
        "Segar",
    }
    assert shown("tahun=2024") == {"Terlambat", "Segar"}
    assert shown("tahun=1999") == set()


@pytest.mark.parametrize(
    "query",
    [
        "owner__password__startswith=md5",
        "tahun=abc",
        "unit=1%20OR%201",
        "keadaan=apa",
        "o=99.-x",
        "p=-3",
        "p=abc",
        "e=1",
        "q=%00",
        "nomor__regex=(",
    ],
)
def test_an_odd_parameter_is_no_error_and_opens_no_field(client, office, people, query):
    RegulationPageFactory(office=office)
    client.force_login(people.editor)
    response = client.get(f"/admin/catalogue/regulationpage/?{query}", follow=True)
    assert response.status_code == 200


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing(client, office, people):
    DIPEntryPageFactory(
        office=office, title='=HYPERLINK("http://jahat.invalid";"klik")', ringkasan="-1+1|cmd", nomor="1"
    )
    client.force_login(people.desk)
    _, body = count_queries(client, "/admin/catalogue/dipentrypage/?export=csv")
    text = body.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    cells = list(rows[0].values())
    assert '\'=HYPERLINK("http://jahat.invalid";"klik")' in cells
    assert "'-1+1|cmd" in cells
    assert "Informasi Berkala" in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_a_workbook_holds_text_dates_and_no_formula(client, office, people):
    RegulationPageFactory(office=office, title="=1+1", tentang="Baris satu\x0bdua")
    client.force_login(people.superior)
    _, body = count_queries(client, "/admin/catalogue/regulationpage/?export=xlsx")
    sheet = load_workbook(io.BytesIO(body)).active
    values = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in values)
    assert "'=1+1" in {cell.value for cell in values}
    assert any(str(cell.value).startswith("2023-10-30") for cell in values)


@pytest.mark.parametrize("text", ["=1", "+62", "-5", "@a", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_quoted(text):
    assert safe_text(text) == f"'{text}"


def test_an_export_keeps_to_the_filter(client, office, people):
    RegulationPageFactory(office=office, title="Terbit saja")
    RegulationPageFactory(office=office, title="Masih draf", draft=True)
    client.force_login(people.ppid)
    _, body = count_queries(client, "/admin/catalogue/regulationpage/?keadaan=draf&export=csv")
    assert "Masih draf" in body.decode()
    assert "Terbit saja" not in body.decode()


@pytest.mark.parametrize("role", ["desk", "superior"])
def test_who_only_reads_reads_lists_and_entries_but_writes_nothing(client, office, people, role):
    page = RegulationPageFactory(office=office, draft=True, title="Rancangan")
    client.force_login(getattr(people, role))
    text = client.get("/admin/catalogue/regulationpage/").content.decode()
    assert "Rancangan" in text
    assert "Tambah regulasi" not in text
    assert f"/admin/pages/{page.pk}/edit/" not in text
    assert "Rancangan" in client.get(f"/admin/catalogue/regulationpage/inspect/{page.pk}/").content.decode()
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 302


def test_the_desk_does_not_see_consequence_tests(client, office, people):
    test = ConsequenceTestFactory(kantor=office)
    client.force_login(people.desk)
    assert client.get("/admin/catalogue/consequencetest/").status_code == 302
    assert client.get(f"/admin/catalogue/consequencetest/inspect/{test.pk}/").status_code == 302


def test_tim_penghubung_writes_a_consequence_test_for_the_own_office(client, office, other_office, people):
    client.force_login(people.liaison)
    form = client.get("/admin/catalogue/consequencetest/create/").content.decode()
    assert other_office.name not in form
    data = {
        "nomor": "9/UK/2026",
        "tanggal": "2026-11-02",
        "penguji": "KPU RI",
        "pemicu": "sebelum_permintaan",
    }
    client.post("/admin/catalogue/consequencetest/create/", data | {"kantor": other_office.pk})
    assert not ConsequenceTest.objects.exists()
    client.post("/admin/catalogue/consequencetest/create/", data | {"kantor": office.pk})
    assert ConsequenceTest.objects.get().kantor == office


def test_the_administrator_changes_hours_but_not_the_place_of_the_office(client, office, people):
    client.force_login(people.admin)
    data = {
        "name": "KPU Kota Serang", "nama_lembaga": office.nama_lembaga, "alamat": "Jalan Baru 2", "kota": office.kota,
        "time_zone": office.time_zone, "service_days": "01234", "opens_at": "08:00", "closes_at": "15:00",
        "telepon": "", "faks": "", "email": "", "break_starts_at": "", "break_ends_at": "",
        "level": "nasional", "kode_wilayah": "0", "site": "", "parent": "",
    }  # fmt: skip
    client.post(f"/admin/home/office/edit/{office.pk}/", data)
    changed = Office.objects.get(pk=office.pk)
    assert changed.alamat == "Jalan Baru 2"
    assert (changed.level, changed.kode_wilayah, changed.site) == (
        office.level,
        office.kode_wilayah,
        office.site,
    )


@pytest.mark.parametrize("role", ["editor", "liaison", "ppid", "superior", "desk"])
def test_only_the_administrator_changes_the_office_and_its_units(client, office, people, role):
    client.force_login(getattr(people, role))
    before = office.alamat
    client.post(f"/admin/home/office/edit/{office.pk}/", {"alamat": "Diubah"})
    client.post("/admin/home/workunit/create/", {"office": office.pk, "name": "Unit gelap"})
    office.refresh_from_db()
    assert office.alamat == before
    assert not WorkUnit.objects.filter(name="Unit gelap").exists()


def test_withdrawals_are_listed_with_reason_and_never_changed(client, office, people):
    withdraw(RegulationPageFactory(office=office, title="Ditarik"), "Keliru.", people.ppid)
    client.force_login(people.superior)
    text = client.get("/admin/home/withdrawal/").content.decode()
    assert "Ditarik" in text
    assert "Keliru." in text
    assert client.get("/admin/home/withdrawal/create/").status_code == 302


def test_the_menu_mirrors_the_offices_own_dashboard(client, people):
    client.force_login(people.ppid)
    text = client.get("/admin/").content.decode()
    for label in (
        "Profil", "Open Data", "Homepage Video", "Info Dikecualikan", "Regulasi", "Daftar Informasi Publik Online",
        "Laporan Layanan Informasi",
    ):  # fmt: skip
        assert f'"{label}"' in text, label
    assert client.get(reverse("eppid_video")).status_code == 302


@pytest.mark.parametrize("address", ["inspect/abc/", "history/abc/", "edit/999999/", "delete/x-1/"])
def test_an_unknown_row_is_not_found(client, people, address):
    client.force_login(people.admin)
    assert client.get(f"/admin/home/workunit/{address}").status_code == 404
