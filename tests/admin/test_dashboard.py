"""The dashboard: what waits for me first, what needs attention, figures last."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import DIPEntryPage, DIPIndexPage
from catalogue.rules.class_mix import MAX_SERTA_MERTA_SHARE, MIN_ENTRIES, mix_warnings
from common import schedule
from common.models import SchedulerHeartbeat
from home.enums import Role
from tests.factories import (
    DIPEntryPageFactory,
    DocumentFactory,
    ExemptedInformationPageFactory,
    RegulationPageFactory,
    section_of,
)
from tests.workflow.test_moderation import decide, submit

pytestmark = pytest.mark.django_db


def dashboard(client, user):
    client.force_login(user)
    response = client.get("/admin/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def waiting(office, people):
    page = RegulationPageFactory(
        office=office, draft=True, title="Yang menunggu", files=[DocumentFactory(office=office)]
    )
    submit(page, people.editor)
    return page


def test_what_waits_stands_first_and_only_for_those_who_decide(client, people, other_people, waiting):
    text = dashboard(client, people.liaison)
    assert "Menunggu keputusan Anda (1)" in text
    assert text.index("Yang menunggu") < text.index("<h2>Angka</h2>")
    for user in (people.ppid, people.desk, other_people.liaison):
        assert "Yang menunggu" not in dashboard(client, user)
    decide(waiting, people.liaison)
    assert "Yang menunggu" in dashboard(client, people.ppid)


def test_the_author_sees_what_came_back(client, people, waiting):
    decide(waiting, people.liaison, "reject", comment="Perbaiki.")
    text = dashboard(client, people.editor)
    assert "Perlu diperbaiki · Regulasi" in text


def test_lacks_are_counted_as_in_the_lists_behind_them(client, office, people, time_machine):
    time_machine.move_to(dt.datetime(2026, 11, 25, 3, tzinfo=dt.UTC))
    DIPEntryPageFactory(office=office, tanggal_pemutakhiran=dt.date(2025, 1, 1))
    DIPEntryPageFactory(
        office=office, tanggal_pemutakhiran=dt.date(2026, 11, 1), files=[DocumentFactory(office=office)]
    )
    RegulationPageFactory(
        office=office, files=[DocumentFactory(office=office, unreadable=True, title="Pindaian buram")]
    )
    ExemptedInformationPageFactory(
        office=office, tanggal_berakhir=dt.date(2026, 1, 1), tanggal_keputusan=dt.date(2024, 1, 1)
    )
    text = dashboard(client, people.editor)
    assert "1 informasi publik terlambat diperbarui." in text
    assert "1 informasi publik terbit tanpa berkas." in text
    assert "Teks 1 berkas tidak terbaca" in text
    assert "Pindaian buram" in text
    assert "Jangka waktu 1 pengecualian sudah berakhir." in text
    listed = client.get("/admin/catalogue/dipentrypage/?pembaruan=terlambat").content.decode()
    assert "1 dari 2 informasi publik" in listed


def test_a_stopped_scheduler_is_seen(client, people):
    assert "Penjadwal belum pernah berjalan." in dashboard(client, people.editor)
    schedule.beat("uji", timezone.now())
    assert "Penjadwal" not in dashboard(client, people.editor)
    SchedulerHeartbeat.objects.update(beat_at=timezone.now() - dt.timedelta(hours=2))
    assert "Penjadwal berhenti sejak" in dashboard(client, people.ppid)


def test_a_step_that_nobody_can_take_is_named(client, office, people):
    office.group(Role.LIAISON).user_set.clear()
    assert "KPU Kota Serang belum punya petugas dengan peran Tim Penghubung." in dashboard(
        client, people.admin
    )


def test_who_only_reads_sees_figures_and_no_work(client, office, people):
    DIPEntryPageFactory(office=office)
    text = dashboard(client, people.desk)
    assert "Angka" in text
    assert "Perlu perhatian" not in text
    assert 'id="pintasan"' not in text


def test_the_welcome_text_is_one_click_away(client, office, people):
    text = dashboard(client, people.editor)
    assert "Edit Selamat Datang" in text
    assert f"/admin/pages/{office.home_page.pk}/edit/" in text


def test_the_dashboard_costs_the_same_whatever_waits(client, office, people):
    def cost():
        client.force_login(people.liaison)
        client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/admin/")
        return len(queries)

    def fill():
        page = RegulationPageFactory(
            office=office, draft=True, owner=people.liaison, files=[DocumentFactory(office=office)]
        )
        submit(page, people.liaison)
        DIPEntryPageFactory(office=office, owner=people.liaison)

    fill()
    few = cost()
    for _ in range(3):
        fill()
    assert cost() == few


# --- the mix of classes -----------------------------------------------------------------------------------------------


def test_the_reports_mix_looks_wrong():
    warnings = mix_warnings({"berkala": 12, "serta_merta": 65, "setiap_saat": 2})
    assert [warning.klasifikasi for warning in warnings] == ["serta_merta", "setiap_saat"]
    assert "65 dari 79" in warnings[0].message


def test_a_usual_mix_and_a_short_list_are_left_alone():
    assert mix_warnings({"berkala": 30, "serta_merta": 3, "setiap_saat": 60}) == []
    assert mix_warnings({"serta_merta": MIN_ENTRIES - 1}) == []


def test_the_threshold_itself_still_looks_right():
    total = 100
    at_once = int(total * MAX_SERTA_MERTA_SHARE)
    mix = {"serta_merta": at_once, "berkala": 20, "setiap_saat": total - at_once - 20}
    assert mix_warnings(mix) == []
    mix["serta_merta"] += 1
    assert len(mix_warnings(mix)) == 1


def test_the_form_says_when_the_mix_looks_wrong(client, office, people):
    index = section_of(office, DIPIndexPage)
    for number in range(MIN_ENTRIES):
        index.refresh_from_db()
        index.add_child(
            instance=DIPEntryPage(title=f"Entri {number}", nomor=str(number + 1), klasifikasi="serta_merta")
        )
    client.force_login(people.editor)
    text = client.get(f"/admin/pages/add/catalogue/dipentrypage/{index.pk}/").content.decode()
    warning = f"{MIN_ENTRIES} dari {MIN_ENTRIES} informasi digolongkan serta-merta."
    assert warning in text
    assert warning in dashboard(client, people.editor)
