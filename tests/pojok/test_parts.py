"""What the parts tell, and what they keep to themselves."""

import datetime as dt

import pytest
import time_machine
from django.test import RequestFactory
from wagtail.models import Page, PageViewRestriction

from analytics.models import OfficeDay
from documents.verification.recording import record
from documents.verification.withdrawing import take_back, withdraw_version
from home.withdrawals import withdraw
from pojok import parts
from tests import factories
from tests.factories import State

NOON = dt.datetime(2026, 3, 10, 5, tzinfo=dt.UTC)  # noon in Jakarta

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return factories.shared_office()


# --- publications -----------------------------------------------------------------------------------------------------


def test_latest_are_public_entries_of_this_office_the_newest_first(office):
    other = factories.OfficeFactory(kode_wilayah="3672", name="KPU Kota Cilegon")
    factories.DIPEntryPageFactory(office=other, title="Milik kantor lain")
    first = factories.DIPEntryPageFactory(title="Pertama", klasifikasi="berkala")
    second = factories.RegulationPageFactory(title="Kedua")
    factories.ExemptedInformationPageFactory(title="Dikecualikan")
    for state in State:
        if state is not State.LIVE:
            factories.DIPEntryPageFactory(title=f"Tersembunyi {state.value}", state=state)
    found = parts.latest(office)
    assert [item.title for item in found.items] == ["Kedua", "Pertama"]
    assert found.items[1].kind == "Informasi Berkala"
    assert found.items[1].date_label == "21 September 2024"
    assert found.items[1].path == f"/dip/{first.slug}/"
    assert found.items[0].path == f"/regulasi/{second.slug}/"
    assert [item.page_id for item in parts.latest(office, "berkala").items] == [first.pk]
    assert [item.page_id for item in parts.latest(office, "regulasi").items] == [second.pk]
    assert parts.latest(office, "serta_merta").items == ()
    assert parts.latest(office, "serta_merta").path == "/dip/serta-merta/"


def test_a_closed_section_shows_nothing(office):
    entry = factories.DIPEntryPageFactory()
    PageViewRestriction.objects.create(page=entry.get_parent(), restriction_type=PageViewRestriction.LOGIN)
    assert parts.latest(office).items == ()
    (documents, uploads) = parts.figures(office, ["dokumen", "unggahan"])
    assert (documents.value, uploads.value) == (0, 0)


def test_absurd_counts_are_held_and_unknown_classes_refused(office):
    for number in range(parts.MAX_COUNT + 2):
        factories.DIPEntryPageFactory(title=f"Entri {number}", quick=True)
    assert len(parts.latest(office, count=-5).items) == 1
    assert len(parts.latest(office, count=10**9).items) == parts.MAX_COUNT
    for kelas in ("dikecualikan", "'; --", "x" * 5000):
        with pytest.raises(parts.UnknownClass):
            parts.latest(office, kelas)


def test_queries_do_not_grow_with_what_is_there(office, django_assert_max_num_queries):
    for number in range(8):
        factories.DIPEntryPageFactory(title=f"Entri {number}", quick=True)
        factories.RegulationPageFactory(quick=True)
        factories.ServiceReportPageFactory(quick=True)
        factories.OpenDatasetPageFactory(quick=True)
    office.refresh_from_db()
    parts.latest(office)  # Wagtail learns its content types
    with django_assert_max_num_queries(12):
        parts.latest(office, count=10)
    with django_assert_max_num_queries(16):
        parts.figures(office, list(parts.FIGURES))


# --- figures ----------------------------------------------------------------------------------------------------------


def test_figures_are_of_this_year_and_this_month_at_the_office(office):
    with time_machine.travel(NOON, tick=False):
        factories.DIPEntryPageFactory(state=State.LIVE)
        factories.RegulationPageFactory(state=State.LIVE)
        factories.RegulationPageFactory(state=State.DRAFT)
    # 28 February, 23.30 in Jakarta: still February there.
    with time_machine.travel(dt.datetime(2026, 2, 28, 16, 30, tzinfo=dt.UTC), tick=False):
        factories.DIPEntryPageFactory(state=State.LIVE)
    for day, visitors, downloads in (
        (dt.date(2025, 12, 31), 1000, 1000),
        (dt.date(2026, 1, 1), 4000, 1200),
        (dt.date(2026, 3, 9), 812, 6),
    ):
        OfficeDay.objects.create(office_id=office.pk, day=day, visitors=visitors, downloads=downloads)
    OfficeDay.objects.create(office_id=office.pk + 1, day=dt.date(2026, 3, 9), visitors=7)
    with time_machine.travel(NOON, tick=False):
        found = {figure.name: figure for figure in parts.figures(office, list(parts.FIGURES))}
    assert found["kunjungan"].text == "4.812"
    assert found["unduhan"].text == "1.206"
    assert found["dokumen"].value == 3
    assert found["unggahan"].value == 2
    assert (found["unggahan"].since, found["unggahan"].until) == (dt.date(2026, 3, 1), dt.date(2026, 3, 10))
    assert found["kunjungan"].as_data()["nilai"] == 4812


def test_unknown_figures_are_refused(office):
    with pytest.raises(parts.UnknownFigure):
        parts.figures(office, ["nik"])


# --- a document -------------------------------------------------------------------------------------------------------


@pytest.fixture
def entry(office):
    file = factories.DocumentFactory(title="Berita Acara", office=office)
    page = factories.DIPEntryPageFactory(title="Rekapitulasi", files=[file])
    record([file.pk])
    page.file = file
    return page


def test_a_public_document(office, entry):
    found = parts.document(entry.file.pk, office)
    assert found.is_public
    assert (found.title, found.page_count, found.place_title) == ("Berita Acara", 2, "Rekapitulasi")
    assert found.path == entry.file.url
    assert found.text_path == f"/dokumen/{entry.file.pk}/teks/"
    assert found.office == office.name


def test_a_withdrawn_file_says_why(office, entry):
    withdraw_version(entry.file, 1, "Salah unggah")
    record([entry.file.pk])
    found = parts.document(entry.file.pk, office)
    assert found.is_withdrawn
    assert (found.reason, found.title) == ("Salah unggah", "Berita Acara")
    assert found.path == found.text_path == found.thumbnail_path == ""
    assert found.withdrawn_at
    take_back(entry.file, 1)
    assert parts.document(entry.file.pk, office).is_public


@pytest.mark.parametrize(("show_title", "title"), [(True, "Berita Acara"), (False, "")])
def test_a_file_of_a_withdrawn_page_says_why(office, entry, show_title, title):
    withdraw(entry, "Memuat data yang keliru", show_title=show_title)
    record([entry.file.pk])
    found = parts.document(entry.file.pk, office)
    assert found.is_withdrawn
    assert found.reason == "Memuat data yang keliru"
    assert found.title == title


def test_what_was_never_public_is_unknown_like_what_does_not_exist(office):
    draft = factories.DocumentFactory(title="Rancangan", office=office)
    factories.DIPEntryPageFactory(state=State.DRAFT, files=[draft])
    exempted = factories.DocumentFactory(title="Rahasia", office=office)
    factories.ExemptedInformationPageFactory(files=[exempted])
    for number in (draft.pk, exempted.pk, 999_999, 0, -1, 2**70):
        found = parts.document(number, office)
        assert found == parts.DocumentPart(number, parts.DocumentState.UNKNOWN)


def test_a_file_that_became_exempted_tells_nothing_of_itself(office, entry):
    factories.ExemptedInformationPageFactory(files=[entry.file])
    record([entry.file.pk])
    found = parts.document(entry.file.pk, office)
    assert not found.is_public
    assert (found.title, found.path, found.place_title) == ("", "", "")


# --- the rest ---------------------------------------------------------------------------------------------------------


def test_chart_draws_the_months_of_this_year(office):
    OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 2, 3), visitors=40)
    OfficeDay.objects.create(office_id=office.pk, day=dt.date(2026, 2, 4), visitors=50)
    with time_machine.travel(NOON, tick=False):
        found = parts.chart(office, "kunjungan")
    assert found.rows == (("Januari 2026", 0, True), ("Februari 2026", 90, True), ("Maret 2026", 0, False))
    assert "Februari 2026: 90" in found.summary
    with pytest.raises(parts.UnknownChart):
        parts.chart(office, "pemohon-bernama")


def test_uploads_are_drawn_by_the_month_in_which_the_public_first_saw_them(office):
    with time_machine.travel(NOON, tick=False):
        pages = [factories.RegulationPageFactory(office=office) for _ in range(3)]
        factories.RegulationPageFactory(office=office, draft=True)
        Page.objects.filter(pk=pages[0].pk).update(
            first_published_at=dt.datetime(2026, 1, 31, 17, 30, tzinfo=dt.UTC)  # 1 February in Serang
        )
        found = parts.chart(office, "unggahan")
    assert [(month, count) for month, count, _ in found.rows] == [
        ("Januari 2026", 0),
        ("Februari 2026", 1),
        ("Maret 2026", 2),
    ]
    assert found.summary.endswith("Terbanyak Maret 2026: 2 informasi.")
    assert found.as_data()["gambar_url"] == "/pojok/embed/grafik/unggahan.svg"


def test_announcement_only_while_public(office):
    assert parts.announcement(office) is None
    shown = factories.AnnouncementPageFactory(title="Loket pindah")
    banner = factories.AnnouncementPageFactory(title="Banjir", banner=True)
    factories.AnnouncementPageFactory(title="Besok", state=State.DRAFT, banner=True)
    factories.AnnouncementPageFactory(title="Terbaru")
    assert parts.announcement(office).page_id == banner.pk
    assert parts.announcement(office, shown.pk).title == "Loket pindah"
    withdraw(shown, "Sudah lewat")
    assert parts.announcement(office, shown.pk) is None


def test_addresses_become_absolute_for_other_sites(office):
    factories.DIPEntryPageFactory(title="<b>Judul</b> & “tanda”")
    request = RequestFactory().get("/pojok/", headers={"host": "testserver"})
    data = parts.absolute(parts.latest(office).as_data(), request)
    assert data["url"] == "http://testserver/dip/"
    assert data["isi"][0]["url"].startswith("http://testserver/dip/")
    assert data["isi"][0]["judul"] == "<b>Judul</b> & “tanda”"
    box = parts.absolute(parts.search_box(office).as_data(), request)
    assert box["url"] == "http://testserver/cari/"


def test_hours_follow_the_office(office):
    found = parts.service_hours(office, NOON)
    assert not found.is_open
    assert found.label.startswith("Istirahat sekarang")
    assert found.break_hours == "12.00–13.00"
