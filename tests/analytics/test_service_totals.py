"""Service figures of a year: one interface, a form that refuses sums that do not agree, each office its own."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import registry as log_registry

from analytics.figures import NATIONAL, PROVINCE, scope_of
from analytics.service_totals import demo, figures, rules
from analytics.service_totals.admin import AddTotalsView
from analytics.service_totals.fields import HIGHEST, read_count
from analytics.service_totals.figures import (
    REGISTER,
    TYPED,
    ServiceFigures,
    WorkingDays,
    latest_service_figures,
    register_service_source,
    service_figures,
    service_years,
)
from analytics.service_totals.groupings import GROUPINGS
from analytics.service_totals.models import ServiceTotals
from home.enums import Role
from home.models import Office
from tests.factories import OfficeFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

LIST = "/admin/analytics/servicetotals/"
REPORT = {
    "year": "2024",
    "requests": "15",
    "applicants": "15",
    "by_sex-laki_laki": "9",
    "by_sex-perempuan": "6",
    "by_occupation-mahasiswa": "6",
    "by_occupation-wiraswasta": "2",
    "by_occupation-partai_politik": "4",
    "by_occupation-pns": "3",
    "by_channel-langsung": "13",
    "by_channel-e_ppid": "2",
    "by_decision-dikabulkan": "15",
    "days_average": "1,13",
    "days_shortest": "1",
    "days_longest": "",
    "in_time": "15",
    "note": "Buku register 2024",
}


@pytest.fixture(autouse=True)
def _own_sources(monkeypatch):
    monkeypatch.setattr(figures, "_sources", [])


def enter(client, office, expected=302, address=f"{LIST}create/", **changes):
    """Post the report's year with changes; return the text of the answer."""
    response = client.post(address, {"office": office.pk, **REPORT, **changes})
    text = response.content.decode()
    assert response.status_code == expected, text[:2000]
    return text


def row(office, year=2024, **values):
    return ServiceTotals.objects.create(office=office, year=year, **{**demo.FIGURES, **values})


# --- the interface ----------------------------------------------------------------------------------------------------


def test_the_reports_year_reads_as_the_report_has_it(office):
    demo.load_service_totals(office)
    found = service_figures(office, 2024)
    assert (found.year, found.requests, found.applicants, found.offices) == (2024, 15, 15, 1)
    assert found.by_sex == {"laki_laki": 9, "perempuan": 6}
    assert found.by_occupation == {"mahasiswa": 6, "pns": 3, "wiraswasta": 2, "partai_politik": 4}
    assert found.by_channel == {"langsung": 13, "e_ppid": 2}
    assert found.by_decision == {"dikabulkan": 15, "dikabulkan_sebagian": 0, "ditolak": 0}
    assert found.days == WorkingDays(15, Decimal("1.13"), 1, None, 15, 15)
    assert found.days.in_time_share == 1
    assert found.source == TYPED == "angka yang diisi petugas"
    assert found.updated == timezone.localdate()
    assert [(part.name, part.total) for part in found.breakdowns] == [
        ("jenis kelamin", 15),
        ("pekerjaan", 15),
        ("cara mengajukan", 15),
        ("keputusan", 15),
    ]
    assert found.breakdowns[0].rows == (("Laki-laki", 9), ("Perempuan", 6))
    assert service_figures(office, 2023) is None
    assert service_years(office) == [2024]
    assert latest_service_figures(office) == found


def test_the_demos_year_agrees_and_an_officers_correction_survives(office):
    assert rules.problems({"year": demo.YEAR, "days_longest": None, **demo.FIGURES}, 2026) == {}
    demo.load_service_totals(office)
    ServiceTotals.objects.update(note="Dibetulkan petugas")
    demo.load_service_totals(office)
    assert ServiceTotals.objects.get().note == "Dibetulkan petugas"
    assert log_registry.get_logs_for_instance(ServiceTotals.objects.get()).count() == 1


def test_sums_of_a_province_keep_what_an_office_did_not_record(office, other_office):
    row(office)
    row(
        other_office,
        requests=10,
        applicants=5,
        by_sex={},
        by_occupation={},
        by_channel={"surel": 10},
        by_decision={"dikabulkan": 4, "ditolak": 1, "diproses": 5},
        by_refusal_reason={"dikecualikan": 1},
        days_average=Decimal(4),
        days_shortest=2,
        days_longest=12,
        in_time=None,
    )
    found = service_figures(scope_of(office, NATIONAL), 2024)
    assert (found.requests, found.applicants, found.offices) == (25, 20, 2)
    assert found.by_sex == {"laki_laki": 9, "perempuan": 6, "tidak_disebutkan": 5}
    assert sum(found.by_occupation.values()) == 20
    assert found.by_occupation["tidak_disebutkan"] == 5
    assert found.by_channel == {"langsung": 13, "e_ppid": 2, "surel": 10}
    assert found.by_decision == {"dikabulkan": 19, "dikabulkan_sebagian": 0, "ditolak": 1, "diproses": 5}
    assert found.by_refusal_reason == {"dikecualikan": 1}
    # 15 answers at 1.13 days and 5 at 4 days; only the first office said how many were in time
    assert found.days == WorkingDays(20, Decimal("1.85"), 1, 12, 15, 15)


def test_a_breakdown_that_nobody_recorded_is_empty_not_unknown(office, other_office):
    row(office, by_sex={})
    row(other_office, by_sex={})
    assert service_figures(scope_of(office, NATIONAL), 2024).by_sex == {}


@pytest.mark.parametrize("count", [2, 7])
def test_any_number_of_offices_is_one_query(office, count, django_assert_num_queries):
    province = OfficeFactory(province=True)
    Office.objects.filter(pk=office.pk).update(parent=province)
    office.refresh_from_db()
    for number in range(count):
        row(OfficeFactory(parent=province), by_sex={"laki_laki": 15 - number, "perempuan": number})
    row(office)
    scope = scope_of(office, PROVINCE)
    with django_assert_num_queries(1):
        found = service_figures(scope, 2024)
    assert found.offices == count + 1
    assert found.requests == 15 * (count + 1)
    with django_assert_num_queries(1):
        assert service_years(scope) == [2024]


class Register:
    """A register of one office that began in 2024."""

    def __init__(self, office):
        self.office = office

    def figures(self, scope, year):
        known = year == 2024 and (scope.office_ids is None or self.office.pk in scope.office_ids)
        figure = ServiceFigures(year, 7, 6, by_decision={"dikabulkan": 7}, updated=dt.date(2025, 1, 2))
        return {self.office.pk: figure} if known else {}

    def years(self, scope):
        return [2024] if scope.office_ids is None or self.office.pk in scope.office_ids else []


def test_a_register_wins_office_by_office_and_year_by_year(office, other_office):
    for year in (2023, 2024):
        row(office, year=year)
    row(other_office)
    register_service_source(Register(office))
    assert (service_figures(office, 2024).requests, service_figures(office, 2024).source) == (7, REGISTER)
    assert service_figures(office, 2023).source == TYPED
    assert service_figures(other_office, 2024).source == TYPED
    both = service_figures(scope_of(office, NATIONAL), 2024)
    assert (both.requests, both.applicants) == (22, 21)
    assert both.source == "angka yang diisi petugas dan dari register"
    ServiceTotals.objects.all().delete()
    assert service_years(office) == [2024]
    assert service_years(other_office) == []


# --- the form ---------------------------------------------------------------------------------------------------------


def test_a_year_is_entered_as_the_report_has_it(client, office, people):
    client.force_login(people.ppid)
    form = client.get(f"{LIST}create/").content.decode()
    assert "langsung tampil untuk umum" in form
    assert "UU 14/2008 Pasal 12 huruf c" in form
    assert f'name="year" value="{office.today().year - 1}"' in form
    enter(client, office)
    saved = ServiceTotals.objects.get()
    demo.load_service_totals(office)  # the same year: nothing is added
    assert ServiceTotals.objects.count() == 1
    for name, value in demo.FIGURES.items():
        if name != "note":
            assert getattr(saved, name) == value, name
    listing = client.get(LIST).content.decode()
    assert "Dikabulkan seluruhnya 15" in listing


def wrong(text, sentence):
    """Whether the sentence stands in the form as an error, and what was typed still stands there too."""
    return sentence in text and "Buku register 2024" in text and 'value="13"' in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"by_sex-laki_laki": "8"}, "Jumlah menurut jenis kelamin 14, seharusnya 15 (jumlah pemohon)."),
        ({"by_sex-laki_laki": "1.009"}, "Jumlah menurut jenis kelamin 1.015, seharusnya 15"),
        ({"by_occupation-pelajar": "1"}, "Jumlah menurut pekerjaan 16, seharusnya 15 (jumlah pemohon)."),
        ({"by_channel-surel": "3"}, "Jumlah menurut cara mengajukan 18, seharusnya 15 (jumlah permohonan)."),
        ({"by_decision-dikabulkan": ""}, "Jumlah menurut keputusan 0, seharusnya 15 (jumlah permohonan)."),
        (
            {"by_decision-dikabulkan": "13", "by_decision-ditolak": "2"},
            "Jumlah menurut alasan penolakan 0, seharusnya 2 (jumlah yang ditolak).",
        ),
        ({"by_refusal_reason-syarat": "1"}, "Jumlah menurut alasan penolakan 1, seharusnya 0"),
        ({"applicants": "16"}, "Jumlah pemohon 16 lebih besar daripada jumlah permohonan 15."),
        ({"applicants": "0"}, "Jumlah pemohon 0, padahal ada 15 permohonan."),
        ({"year": "1999"}, "Tahun 1999 tidak dapat dipakai"),
        ({"year": "2099"}, "Tahun 2099 tidak dapat dipakai"),
        ({"year": "dua ribu"}, "“dua ribu” bukan angka bulat"),
        ({"year": "99999999999"}, "terlalu besar"),
        ({"requests": "-1"}, "“-1” bukan angka bulat"),
        ({"requests": "٣"}, "“٣” bukan angka bulat"),
        ({"requests": "9" * 5000}, "terlalu besar"),
        ({"by_sex-perempuan": "enam"}, "Perempuan: “enam” bukan angka bulat"),
        ({"by_sex-perempuan": "<b>6"}, "Perempuan: “&lt;b&gt;6” bukan angka bulat"),
        ({"by_sex-perempuan": "6\0"}, "bukan angka bulat"),
        ({"days_average": ""}, "Isi rata-rata hari kerja"),
        ({"days_average": "cepat"}, "Isi dengan angka. Contoh: 1,5."),
        ({"days_average": "NaN"}, "Isi dengan angka. Contoh: 1,5."),
        ({"days_average": "0,5"}, "Rata-rata 0,5 hari, padahal paling cepat 1 hari."),
        ({"days_longest": "1", "days_average": "2"}, "Rata-rata 2 hari, padahal paling lama 1 hari."),
        ({"days_longest": "2", "days_shortest": "3"}, "Paling lama 2 hari, padahal paling cepat 3 hari."),
        ({"days_longest": "400"}, "paling banyak 366"),
        ({"in_time": "16"}, "Dijawab tepat waktu 16, padahal yang dijawab 15."),
        (
            {"by_decision-dikabulkan": "", "by_decision-diproses": "15"},
            "Tidak ada permohonan yang dijawab, jadi kosongkan isian ini.",
        ),
    ],
)
def test_figures_that_do_not_agree_are_refused_beside_the_field(client, office, people, changes, sentence):
    client.force_login(people.ppid)
    text = enter(client, office, 200, **changes)
    assert wrong(text, sentence), sentence
    assert not ServiceTotals.objects.exists()


def test_what_the_law_does_not_ask_may_be_left_out(client, office, people):
    client.force_login(people.admin)
    left_out = {name: "" for name in REPORT if name.startswith(("by_sex", "by_occupation", "by_channel"))}
    enter(client, office, **left_out, days_shortest="", in_time="")
    found = service_figures(office, 2024)
    assert (found.by_sex, found.by_occupation, found.by_channel) == ({}, {}, {})
    assert [part.field for part in found.breakdowns] == ["by_decision"]
    assert found.days.in_time_share is None


def test_a_year_without_requests_is_told_with_noughts(client, office, people):
    client.force_login(people.ppid)
    nothing = {name: "" for name in REPORT if name not in ("year", "note")}
    enter(client, office, **{**nothing, "requests": "0", "applicants": "0"})
    found = service_figures(office, 2024)
    assert (found.requests, found.applicants, found.by_decision) == (0, 0, {})


def test_one_row_an_office_and_year(client, office, other_office, people):
    client.force_login(people.superuser)
    enter(client, office)
    enter(client, other_office)
    sentence = f"Angka {office.name} tahun 2024 sudah ada."
    assert wrong(enter(client, office, 200), sentence)
    with pytest.raises(IntegrityError), transaction.atomic():
        row(office)
    assert ServiceTotals.objects.count() == 2


def test_of_two_who_save_the_same_year_at_once_the_second_is_told(client, office, people, monkeypatch):
    """The other officer's row arrives between the look for it and the saving."""
    client.force_login(people.ppid)
    save = AddTotalsView.form_valid

    def late(view, form):
        row(office)
        return save(view, form)

    monkeypatch.setattr(AddTotalsView, "form_valid", late)
    assert wrong(enter(client, office, 200), "tahun 2024 sudah ada.")
    assert ServiceTotals.objects.get().note == demo.FIGURES["note"]


def test_a_correction_is_told_in_the_history_with_both_values(client, office, people):
    client.force_login(people.ppid)
    enter(client, office)
    pk = ServiceTotals.objects.get().pk
    address = f"{LIST}edit/{pk}/"
    form = client.get(address).content.decode()
    assert 'value="1,13"' in form
    enter(client, office, address=address, **{"by_sex-laki_laki": "8", "by_sex-perempuan": "7"})
    text = client.get(f"{LIST}history/{pk}/").content.decode()
    assert "jenis kelamin: Laki-laki 9 menjadi 8; jenis kelamin: Perempuan 6 menjadi 7" in text
    enter(client, office, address=address, **{"by_sex-laki_laki": "8", "by_sex-perempuan": "7"})
    logs = list(log_registry.get_logs_for_instance(ServiceTotals.objects.get()).order_by("timestamp"))
    assert [(entry.user, entry.content_changed) for entry in logs] == [
        (people.ppid, True),
        (people.ppid, True),
        (people.ppid, False),
    ]


@pytest.mark.parametrize("name", [field.name for field in ServiceTotals._meta.get_fields()])
def test_a_form_that_lacks_a_field_is_no_fault(client, office, people, name):
    client.force_login(people.ppid)
    values = {key: value for key, value in REPORT.items() if not key.startswith(name)}
    assert client.post(f"{LIST}create/", {"office": office.pk, **values}).status_code in (200, 302)


# --- whose ------------------------------------------------------------------------------------------------------------


def test_each_office_its_own(client, office, other_office, people):
    theirs = row(other_office, note="rahasia cilegon")
    client.force_login(people.admin)
    for address in (
        LIST,
        f"{LIST}?export=csv",
        f"{LIST}?q=cilegon",
        f"{LIST}edit/{theirs.pk}/",
        f"{LIST}inspect/{theirs.pk}/",
        f"{LIST}history/{theirs.pk}/",
        f"{LIST}delete/{theirs.pk}/",
        f"{LIST}create/",
    ):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode().lower()
        assert "rahasia cilegon" not in text, address
        assert f'value="{other_office.pk}"' not in text, address
    assert client.post(f"{LIST}edit/{theirs.pk}/", {"office": office.pk, **REPORT}).status_code in (302, 403)
    assert client.post(f"{LIST}delete/{theirs.pk}/").status_code in (302, 403)
    enter(client, other_office, 200)
    assert list(ServiceTotals.objects.values_list("office", "note")) == [(other_office.pk, "rahasia cilegon")]


def test_a_row_never_becomes_another_offices(client, office, other_office, people):
    client.force_login(people.superuser)
    own = row(office)
    enter(client, other_office, address=f"{LIST}edit/{own.pk}/")
    own.refresh_from_db()
    assert own.office == office


@pytest.mark.parametrize("role", ["editor", "liaison", "superior", "desk"])
def test_other_roles_read_and_do_not_write(client, office, people, role):
    own = row(office)
    client.force_login(getattr(people, role))
    assert "Dikabulkan seluruhnya 15" in client.get(LIST).content.decode()
    assert "Partai politik 4" in client.get(f"{LIST}inspect/{own.pk}/").content.decode()
    for address in (f"{LIST}create/", f"{LIST}edit/{own.pk}/", f"{LIST}delete/{own.pk}/"):
        assert client.get(address).status_code == 302, address
        assert client.post(address, {"office": office.pk, **REPORT, "year": "2023"}).status_code == 302
    assert ServiceTotals.objects.get().year == 2024


def test_who_writes_here_and_reads_there_writes_only_here(client, office, other_office):
    user = UserFactory(role=Role.PPID, office=office)
    user.groups.add(other_office.group(Role.DESK))
    theirs = row(other_office, note="milik sana")
    client.force_login(user)
    assert "KPU Kota Cilegon, 2024" in client.get(LIST).content.decode()
    enter(client, other_office, 200, year="2023")
    assert client.post(f"{LIST}edit/{theirs.pk}/", {"office": other_office.pk, **REPORT}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.note == "milik sana"


def test_what_was_public_is_corrected_not_deleted(client, office, people):
    own = row(office)
    client.force_login(people.admin)
    client.post(f"{LIST}delete/{own.pk}/")
    assert ServiceTotals.objects.exists()
    client.force_login(people.superuser)
    client.post(f"{LIST}delete/{own.pk}/")
    assert not ServiceTotals.objects.exists()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_asks_the_same_number_of_questions(
    client, office, people, count, django_assert_max_num_queries
):
    for number in range(count):
        row(office, year=2010 + number)
    client.force_login(people.ppid)
    with django_assert_max_num_queries(32):
        client.get(LIST)


@pytest.mark.parametrize(
    "query", ["?tahun=abc", "?tahun=99999999999999999999", "?tahun=%00", "?p=-1", "?o=99"]
)
def test_a_parameter_that_makes_no_sense_shows_the_list(client, office, people, query):
    row(office)
    client.force_login(people.ppid)
    text = client.get(LIST + query, follow=True)
    assert text.status_code == 200


# --- small parts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("15", 15), (" 015 ", 15), ("1.234", 1234), ("0", 0), ("000", 0), ("10.000.000", HIGHEST)],
)
def test_counts_are_read_as_they_are_written(text, number):
    assert read_count(text) == number


@pytest.mark.parametrize("text", ["", "1,5", "1.5", "1.23", "12.3456", "+1", "1e3", "0x1", "10000001", "²"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(ValueError, match=r"bukan angka bulat|terlalu besar"):
        read_count(text)


def test_every_optional_breakdown_has_a_place_for_what_is_not_known():
    for grouping in GROUPINGS:
        assert grouping.is_required or "tidak_disebutkan" in grouping.choices.values
        assert set(grouping.always) <= set(grouping.choices.values)
