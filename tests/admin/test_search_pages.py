"""The search pages of the admin: who sees what, whose numbers, safe exports, marks, retries."""

import csv
import datetime as dt
import io

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page

from catalogue.models import DIPIndexPage
from home.enums import Role
from home.models import Office
from search.changes import IndexChange
from search.handled import HandledQuery
from search.pins import PinnedResult
from search.query_log import LoggedQuery, log_query
from tests.admin.test_lists import count_queries
from tests.factories import DIPEntryPageFactory, OfficeFactory, UserFactory, section_of

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

TABS = (
    "/admin/pencarian/",
    "/admin/pencarian/kata/",
    "/admin/pencarian/tanpa-hasil/",
    "/admin/pencarian/kamus/",
)
NOTHING = "/admin/pencarian/tanpa-hasil/"
MARK = "/admin/pencarian/tanpa-hasil/tandai/"
HEALTH = "/admin/pencarian/kesehatan/"
PINS = "/admin/search/pinnedresult/"
ROLES = {
    Role.EDITOR: "editor",
    Role.LIAISON: "liaison",
    Role.PPID: "ppid",
    Role.SUPERIOR: "superior",
    Role.DESK: "desk",
    Role.ADMIN: "admin",
}
READERS = (Role.SUPERIOR, Role.DESK)


def asked(office, text, count=1, total=0, days_ago=0):
    return LoggedQuery.objects.create(
        day=timezone.localdate() - dt.timedelta(days=days_ago),
        office_id=office.pk,
        text=text,
        count=count,
        total=total,
    )


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


@pytest.fixture
def tree(office):
    """The office of the people here below a province below KPU RI, and the three of them."""
    national = OfficeFactory(national=True)
    province = OfficeFactory(province=True, parent=national)
    Office.objects.filter(pk=office.pk).update(parent=province)
    return national, province, Office.objects.get(pk=office.pk)


# --- who may enter ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_everybody_of_an_office_reads_and_only_writers_act(client, office, people, role):
    asked(office, "gaji kpps")
    client.force_login(getattr(people, ROLES[role]))
    for tab in TABS:
        text_of(client, tab)
    writes = role not in READERS
    table = text_of(client, NOTHING)
    assert ("Tandai sudah ditangani" in table) == writes
    assert ("Buat entri DIP" in table) == writes
    assert (client.get(PINS).status_code == 200) == writes
    answer = client.post(MARK, {"kantor": office.kode_wilayah, "text": "gaji kpps", "how": "abai"})
    assert answer.status_code == 302
    assert HandledQuery.objects.exists() == writes


def test_only_who_looks_after_all_offices_sees_the_health_of_the_index(client, tree, people):
    national, _, _ = tree
    client.force_login(people.admin)
    assert client.get(HEALTH).status_code == 302
    assert HEALTH not in text_of(client, TABS[0])
    assert client.post(HEALTH, {"perubahan": "1"}).status_code == 302
    for user in (people.superuser, UserFactory(role=Role.ADMIN, office=national)):
        client.force_login(user)
        assert "Mesin bawaan: baik" in text_of(client, HEALTH)
    client.force_login(UserFactory(role=Role.EDITOR, office=national))
    assert client.get(HEALTH).status_code == 302


def test_who_works_for_no_office_sees_none_of_it(client, office):
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    for address in (*TABS, HEALTH, PINS):
        assert client.get(address).status_code == 302, address
    assert client.post(MARK, {"kantor": office.kode_wilayah, "text": "x", "how": "abai"}).status_code == 302
    assert not HandledQuery.objects.exists()


# --- trying -----------------------------------------------------------------------------------------------------------


def test_the_trial_shows_hits_with_their_reasons_and_counts_nothing(client, office, people):
    page = DIPEntryPageFactory(office=office, title="Jadwal kampanye")
    client.force_login(people.editor)
    text = text_of(client, "/admin/pencarian/?q=jadwal")
    assert "1 hasil" in text
    assert f"jelaskan={page.pk}#hasil-{page.pk}" in text
    text = text_of(client, f"/admin/pencarian/?q=jadwal&jelaskan={page.pk}")
    assert "Mengapa di tempat ke-1" in text
    assert "1 kali di judul" in text
    assert f"kata=jadwal&amp;kantor={office.kode_wilayah}&amp;halaman={page.pk}" in text
    assert not LoggedQuery.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["{url}", "{path}", "localhost{path}", "http://localhost{path}?a=1#b", "/admin/pages/{pk}/edit/", "{pk}"],
)
def test_a_page_is_asked_about_by_any_of_its_addresses(client, office, people, address):
    page = DIPEntryPageFactory(office=office, title="Laporan logistik")
    path = page.url_path.removeprefix(office.home_page.url_path.rstrip("/"))
    client.force_login(people.editor)
    asked_for = address.format(url=page.full_url, path=path, pk=page.pk)
    response = client.get("/admin/pencarian/", {"q": "jadwal", "alamat": asked_for})
    assert "Mengapa “Laporan logistik” tidak ditemukan" in response.content.decode()


def test_an_own_draft_is_explained_and_another_offices_draft_does_not_exist(
    client, office, other_office, people
):
    own = DIPEntryPageFactory(office=office, title="Rancangan kelapagading", draft=True)
    theirs = DIPEntryPageFactory(office=other_office, title="Rancangan cilegon", draft=True)
    public = DIPEntryPageFactory(office=other_office, title="Terbit di kantor lain")
    client.force_login(people.editor)
    assert "keadaannya: Draf" in text_of(client, f"/admin/pencarian/?q=x&jelaskan={own.pk}")
    for query in (f"jelaskan={theirs.pk}", f"alamat=/admin/pages/{theirs.pk}/edit/"):
        text = text_of(client, f"/admin/pencarian/?q=x&{query}")
        assert "tidak ditemukan" in text
        assert "Rancangan cilegon" not in text
    text = text_of(client, f"/admin/pencarian/?q=terbit&jelaskan={public.pk}")
    assert "di luar lingkup pencarian" in text
    assert "Pilih untuk kata ini" not in text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00", "q=x&jelaskan=abc", "q=x&jelaskan=99999999999999999999", "q=x&alamat=http://[", "q=x&alamat=%00",
        "q=x&alamat=//", "q=x&situs=9999&lingkup=apa", "q=" + "a" * 900, "q=!!!&jelaskan=1", "q=x&kantor=1&tahun=x",
    ],
)  # fmt: skip
def test_an_odd_address_is_no_error(client, office, people, query):
    client.force_login(people.editor)
    assert client.get(f"/admin/pencarian/?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["hari=abc", "hari=-1", "hari=99999999999", "kantor=%00", "ditangani=x", "export=pdf"]
)
def test_an_odd_period_or_office_is_no_error(client, office, people, query):
    client.force_login(people.editor)
    for tab in TABS[1:3]:
        assert client.get(f"{tab}?{query}").status_code == 200


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_the_same_words_are_counted_together_within_the_period(client, office, people):
    asked(office, "jadwal pilkada", 5, total=3)
    asked(office, "pilkada jadwal", 2, total=3, days_ago=1)
    asked(office, "dpt", 1, total=0, days_ago=29)
    asked(office, "lama sekali", 9, total=1, days_ago=30)
    client.force_login(people.desk)
    text = text_of(client, "/admin/pencarian/kata/?hari=30")
    assert "jadwal pilkada" in text
    assert "juga diketik: pilkada jadwal" in text
    assert ">7</td>" in text
    assert "88\u00a0%" in text  # 7 of 8
    assert "lama sekali" not in text
    assert "lama sekali" in text_of(client, "/admin/pencarian/kata/?hari=90")


def test_numbers_of_another_office_are_not_shown(client, office, other_office, people):
    asked(office, "kata kami", 1)
    asked(other_office, "kata cilegon", 1)
    client.force_login(people.admin)
    for tab in TABS[1:3]:
        for query in (
            "",
            f"?kantor={other_office.kode_wilayah}",
            "?kantor=semua",
            "?export=csv&kantor=semua",
        ):
            response = client.get(tab + query)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            assert "kata kami" in body.decode()
            assert "cilegon" not in body.decode().lower()


def test_the_topmost_office_sees_each_office_below_it_and_all_together(client, tree, other_office):
    national, province, city = tree
    asked(national, "kata pusat", 1)
    asked(city, "kata kota", 1)
    asked(other_office, "kata cilegon", 1)
    client.force_login(UserFactory(role=Role.PPID, office=national))
    own = text_of(client, NOTHING)
    assert "kata pusat" in own
    assert "kata kota" not in own
    everything = text_of(client, f"{NOTHING}?kantor=semua")
    assert "kata pusat" in everything
    assert "kata kota" in everything
    assert "kata cilegon" not in everything  # not below KPU RI
    below = text_of(client, f"{NOTHING}?kantor={city.kode_wilayah}")
    assert "kata kota" in below
    assert "kata pusat" not in below
    assert "Tandai sudah ditangani" not in below  # another office's list is read, not marked
    client.force_login(UserFactory(role=Role.PPID, office=province))
    assert "kata kota" not in text_of(client, f"{NOTHING}?kantor=semua")


def test_the_tables_cost_the_same_whatever_is_in_them(client, office, people):
    client.force_login(people.editor)
    asked(office, "kata pertama")
    page = DIPEntryPageFactory(office=office, title="Jadwal")
    PinnedResult.objects.create(office=office, words="kata pertama", page=page)
    addresses = [
        *TABS[1:],
        "/admin/pencarian/?q=jadwal",
        f"/admin/pencarian/?q=jadwal&jelaskan={page.pk}",
        PINS,
    ]
    few = [count_queries(client, address)[0] for address in addresses]
    for number in range(5):
        asked(office, f"kata lain {number}")
        HandledQuery.objects.create(
            office=office, key=f"{number} kata lain", text="x", how="abai", handled_by=people.ppid
        )
        entry = DIPEntryPageFactory(office=office, title=f"Jadwal {number}")
        PinnedResult.objects.create(office=office, words=f"kata {number}", page=entry)
    many = [count_queries(client, address)[0] for address in addresses]
    assert many == few
    client.force_login(people.superuser)
    few = count_queries(client, HEALTH)[0]
    for number in range(3):
        IndexChange.objects.create(page_id=page.pk + number, attempts=1, error="Tidak menjawab.")
    first = count_queries(client, HEALTH)[0]
    IndexChange.objects.create(page_id=1, attempts=1, error="Tidak menjawab.")
    assert count_queries(client, HEALTH)[0] == first <= few + 1


def test_exports_hold_everything_and_run_nothing(client, office, people):
    log_query('=HYPERLINK("http://jahat.invalid")', 0, office.pk)
    log_query("+62", 0, office.pk)
    HandledQuery.objects.create(
        office=office, key="62", text="+62", how="abai", note="-1+1", handled_by=people.ppid
    )
    client.force_login(people.editor)
    response = client.get(f"{NOTHING}?export=csv")
    text = b"".join(response.streaming_content).decode()
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][0] == "Kata yang dicari"
    cells = [cell for row in rows for cell in row]
    assert '\'=hyperlink("http://jahat.invalid")' in cells
    assert "'-1+1" in cells  # handled ones are in the file too
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    response = client.get(f"{NOTHING}?export=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.max_row == 3
    assert f"tanpa-hasil-{office.kode_wilayah}" in response["Content-Disposition"]


def test_what_looks_like_somebodys_data_never_reaches_the_tables(client, office, people):
    for text in ("0812 3456 7890", "orang@contoh.invalid", "3673012345678901"):
        log_query(text, 0, office.pk)
    client.force_login(people.admin)
    assert not LoggedQuery.objects.exists()
    assert "Tidak ada pencarian tanpa hasil" in text_of(client, NOTHING)


# --- marks ------------------------------------------------------------------------------------------------------------


def test_a_mark_says_who_did_what_and_hides_the_words_until_they_fail_again(
    client, office, people, time_machine
):
    time_machine.move_to(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    asked(office, "gaji kpps", 4)
    asked(office, "kpps gaji", 1, days_ago=3)
    client.force_login(people.editor)
    here = f"{NOTHING}?hari=7"
    answer = client.post(
        MARK,
        {
            "kantor": office.kode_wilayah,
            "text": "gaji kpps",
            "how": "rencana",
            "note": "Triwulan I",
            "kembali": here,
        },
    )
    assert answer["Location"] == here
    mark = HandledQuery.objects.get()
    assert (mark.handled_by, mark.how, mark.key) == (people.editor, "rencana", "gaji kpps")
    assert "gaji kpps" not in text_of(client, here).split("ditandai sudah ditangani.")[-1]
    shown = text_of(client, f"{here}&ditangani=1")
    assert "Masuk rencana publikasi: Triwulan I" in shown
    assert people.editor.username in shown
    time_machine.move_to(dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC))
    asked(office, "gaji kpps", 1)
    again = text_of(client, here)
    assert "gaji kpps" in again
    assert "Pernah ditangani 25 November 2026" in again
    client.post(MARK, {"kantor": office.kode_wilayah, "text": "KPPS gaji", "batal": "1"})
    assert not HandledQuery.objects.exists()


def test_what_has_found_something_since_is_said_and_comes_last(client, office, people):
    asked(office, "sudah terbit", 50, total=0, days_ago=3)
    asked(office, "sudah terbit", 1, total=2)
    asked(office, "belum terbit", 1, total=0)
    client.force_login(people.editor)
    text = text_of(client, NOTHING)
    assert text.index("belum terbit") < text.index("sudah terbit") < text.index("Kini ada hasil")


def test_nobody_marks_for_another_office_or_is_sent_elsewhere(client, office, other_office, people):
    client.force_login(people.editor)
    client.post(MARK, {"kantor": other_office.kode_wilayah, "text": "x", "how": "abai"})
    client.post(MARK, {"kantor": office.kode_wilayah, "text": "!!", "how": "abai"})
    client.post(MARK, {"kantor": office.kode_wilayah, "text": "x", "how": "apa"})
    assert not HandledQuery.objects.exists()
    for address in ("https://jahat.invalid/", "//jahat.invalid", "/admin/", "javascript:1"):
        answer = client.post(
            MARK, {"kantor": office.kode_wilayah, "text": "x", "how": "abai", "kembali": address}
        )
        assert answer["Location"] == NOTHING
    assert client.get(MARK).status_code == 405


def test_forms_are_filled_in_with_the_words(client, office, people):
    asked(office, "gaji kpps")
    client.force_login(people.superuser)
    table = text_of(client, f"{NOTHING}?kantor={office.kode_wilayah}")
    assert "/admin/snippets/search/synonym/add/?kata=gaji%20kpps" in table
    assert "gaji kpps, " in text_of(client, "/admin/snippets/search/synonym/add/?kata=gaji%20kpps")
    section = section_of(office, DIPIndexPage)
    address = f"/admin/pages/add/catalogue/dipentrypage/{section.pk}/?judul=Gaji%20kpps"
    assert address in table
    before = Page.objects.count()
    assert 'value="Gaji kpps"' in text_of(client, address)
    assert Page.objects.count() == before
