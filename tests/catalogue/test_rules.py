"""Rules of DIP entries, exempted information, reports, datasets and regulation numbers."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from catalogue.enums import InformationClass, TestOutcome, UpdatePeriod
from catalogue.models import (
    CatalogueFile,
    ConsequenceTest,
    DIPEntryPage,
    ExemptedInformationPage,
    LegalBasis,
    OpenDatasetPage,
    RegulationPage,
    ServiceReportPage,
)
from catalogue.models.dip import numbering_key
from home.enums import OfficeLevel
from tests.catalogue.builders import day, make_office, make_regulation

pytestmark = pytest.mark.django_db


def test_hierarchical_numbers_sort_as_people_count():
    numbers = ["10", "1.10", "2", "1", "1.2", "1.1", "1.1.3"]
    assert sorted(numbers, key=numbering_key) == ["1", "1.1", "1.1.3", "1.2", "1.10", "2", "10"]


@pytest.mark.parametrize(
    ("written", "norm", "urut", "kode", "tahun"),
    [
        ("8/Hk.03.1/3673/2021", "8/hk.03.1/3673/2021", 8, ["hk.03.1", "3673"], 2021),
        (
            "085.A/HK.03.01-Kpt/3673/KPU-Kot/IV/2020",
            "085.a/hk.03.01-kpt/3673/kpu-kot/iv/2020",
            85,
            ["hk.03.01-kpt", "3673", "kpu-kot", "iv"],
            2020,
        ),
        ("88/Kpts/KPU/Tahun 2015", "88/kpts/kpu/2015", 88, ["kpts", "kpu"], 2015),
        ("156/Kpts/KPU/ Tahun 2015", "156/kpts/kpu/2015", 156, ["kpts", "kpu"], 2015),
        (
            "13/Kpts/KPU-Kab-011.329047/2016",
            "13/kpts/kpu-kab-011.329047/2016",
            13,
            ["kpts", "kpu-kab-011.329047"],
            2016,
        ),
        (
            "5/Kpts/KPU-Kota-012.329521/2015",
            "5/kpts/kpu-kota-012.329521/2015",
            5,
            ["kpts", "kpu-kota-012.329521"],
            2015,
        ),
        (
            "751/PP.01-Kpt/01/KPU/III/2019",
            "751/pp.01-kpt/01/kpu/iii/2019",
            751,
            ["pp.01-kpt", "01", "kpu", "iii"],
            2019,
        ),
        ("441/Kpts/Setjen/ Tahun 2016", "441/kpts/setjen/2016", 441, ["kpts", "setjen"], 2016),
        ("22 Tahun 2023", "22/2023", 22, [], 2023),
        ("27/2023", "27/2023", 27, [], 2023),
        ("169/Kpts/KPU/TAHUN 2015", "169/kpts/kpu/2015", 169, ["kpts", "kpu"], 2015),
    ],
)
def test_numbers_are_taken_apart(written, norm, urut, kode, tahun):
    regulation = RegulationPage(jenis="pkpu", nomor=written)
    regulation.apply_number()
    assert (regulation.nomor_norm, regulation.nomor_urut, regulation.kode, regulation.tahun) == (
        norm,
        urut,
        kode,
        tahun,
    )


def test_the_same_number_written_otherwise_is_a_duplicate():
    office = make_office()
    known = make_regulation(
        office, jenis="keputusan-kpu-kabkota", nomor="8/Hk.03.1/3673/2021", tahun=2021, live=False
    )
    again = RegulationPage(jenis="keputusan-kpu-kabkota", nomor="08/HK.03.01/3673/2021", tahun=2021)
    other = RegulationPage(jenis="keputusan-kpu-kabkota", nomor="7/HK.03.01/3673/2021", tahun=2021)
    assert again.find_duplicate() == known
    assert other.find_duplicate() is None
    assert known.find_duplicate() is None


def test_a_number_without_its_year_equals_the_same_with_it():
    office = make_office()
    known = make_regulation(office, jenis="pkpu", nomor="22", tahun=2023)
    assert known.nomor_kunci == "22/2023"
    assert RegulationPage(jenis="pkpu", nomor="22 Tahun 2023").find_duplicate() == known
    assert RegulationPage(jenis="pkpu", nomor="22 Tahun 2022").find_duplicate() is None


def test_a_periodic_entry_is_overdue_the_day_after_its_due_date():
    entry = DIPEntryPage(
        periode_pembaruan=UpdatePeriod.HALF_YEARLY, tanggal_pemutakhiran=day("2024-01-31"), nomor="1"
    )
    entry.jatuh_tempo_pembaruan = entry.next_update_due()
    assert entry.jatuh_tempo_pembaruan == day("2024-07-31")
    assert not entry.is_overdue(day("2024-07-31"))
    assert entry.is_overdue(day("2024-08-01"))


def test_an_entry_without_a_running_period_is_never_overdue():
    entry = DIPEntryPage(periode_pembaruan=UpdatePeriod.ON_CHANGE, tanggal_penerbitan=day("2010-01-01"))
    assert entry.next_update_due() is None


def test_saving_an_entry_derives_order_retention_and_year():
    office = make_office()
    entry = DIPEntryPage(
        title="Berita acara",
        nomor="2.10",
        klasifikasi=InformationClass.BERKALA,
        tanggal_penerbitan=day("2021-03-02"),
        retensi_arsip="5 tahun",
    )
    office.home_page.get_children().get(slug="dip").add_child(instance=entry)
    entry.refresh_from_db()
    assert (entry.nomor_urut, entry.tahun_penerbitan) == ("0002.0010", 2021)
    assert entry.retensi_berakhir == day("2026-03-02")
    assert entry.tanggal_informasi == day("2021-03-02")


@pytest.mark.parametrize("nomor", ["A", "1.a", "1..2", "-1", "1 2"])
def test_numbers_with_letters_are_refused(nomor):
    with pytest.raises(ValidationError) as refusal:
        DIPEntryPage(title="x", nomor=nomor, klasifikasi=InformationClass.BERKALA).clean()
    assert "nomor" in refusal.value.message_dict


def test_the_checklist_names_every_gap_and_nothing_more():
    entry = DIPEntryPage(klasifikasi=InformationClass.BERKALA, nomor="1")
    assert {item.field for item in entry.missing_metadata()} == {
        "ringkasan",
        "unit_kerja",
        "pejabat_penanggung_jawab",
        "tanggal_penerbitan",
        "tempat_penerbitan",
        "retensi_arsip",
        "periode_pembaruan",
        "files",
    }
    entry.ringkasan = "Isi"
    entry.unit_kerja_id = 1
    entry.pejabat_penanggung_jawab = "Kepala Subbagian"
    entry.tahun_penerbitan = 2024
    entry.tempat_penerbitan = "Kota Serang"
    entry.retensi_arsip = "Selama berlaku"
    entry.periode_pembaruan = UpdatePeriod.YEARLY
    entry.files.add(CatalogueFile(document_id=1))
    assert entry.missing_metadata() == []


@pytest.fixture
def exempted():
    """An exempted entry of a city office with everything in order, not saved."""
    test = ConsequenceTest(
        nomor="1",
        tanggal=day("2024-01-10"),
        hasil=TestOutcome.EXEMPTED,
        **{f"langkah_{x}": "ada" for x in "abcde"},
    )
    entry = ExemptedInformationPage(
        title="NIK pemilih",
        nomor_keputusan="Keputusan KPU 1/2024",
        tingkat_penetap=OfficeLevel.NATIONAL,
        tanggal_keputusan=day("2024-02-01"),
        uji_konsekuensi=test,
    )
    entry._office = type("Kota", (), {"level": OfficeLevel.CITY})()
    return entry


def test_a_complete_exemption_has_no_gaps(exempted):
    assert exempted.exemption_gaps() == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (lambda entry: setattr(entry, "uji_konsekuensi", None), "uji_konsekuensi"),
        (lambda entry: setattr(entry.uji_konsekuensi, "langkah_d", " "), "uji_konsekuensi"),
        (lambda entry: setattr(entry.uji_konsekuensi, "hasil", TestOutcome.OPEN_CASE), "uji_konsekuensi"),
        (lambda entry: setattr(entry.uji_konsekuensi, "hasil", TestOutcome.PUBLIC), "uji_konsekuensi"),
        (lambda entry: setattr(entry, "nomor_keputusan", ""), "keputusan_penetapan"),
        (lambda entry: setattr(entry, "tanggal_keputusan", None), "tanggal_keputusan"),
        (lambda entry: setattr(entry, "tingkat_penetap", ""), "tingkat_penetap"),
        (lambda entry: setattr(entry, "tingkat_penetap", OfficeLevel.CITY), "tingkat_penetap"),
    ],
)
def test_each_missing_ground_of_an_exemption_is_a_gap(exempted, change, field):
    change(exempted)
    assert [gap.field for gap in exempted.exemption_gaps()] == [field]


def test_an_exemption_ends_on_its_date(exempted):
    exempted.tanggal_berakhir = day("2029-02-01")
    assert exempted.status_on(day("2029-01-31")) == "berlaku"
    assert exempted.status_on(day("2029-02-01")) == "berakhir"
    exempted.status_pengecualian = "dibuka_oleh_putusan"
    assert exempted.status_on(day("2030-01-01")) == "dibuka_oleh_putusan"


def test_legal_grounds_are_read_as_a_citation(exempted):
    exempted.dasar_hukum.add(
        LegalBasis(pasal_17="h", pasal="17", huruf="h"), LegalBasis(pasal_17="j", pasal="54", ayat="1")
    )
    assert [str(basis) for basis in exempted.dasar_hukum.all()] == [
        "UU Nomor 14 Tahun 2008 Pasal 17 huruf h",
        "UU Nomor 14 Tahun 2008 Pasal 54 ayat 1",
    ]
    assert exempted.pasal_17 == [
        "h. mengungkap rahasia pribadi",
        "j. tidak boleh diungkap menurut undang-undang lain",
    ]


@pytest.mark.parametrize("signed", ["2024-01-08", "2024-12-31"])
def test_a_report_cannot_be_signed_before_its_year_is_over(signed):
    with pytest.raises(ValidationError) as refusal:
        ServiceReportPage(title="Laporan", tahun=2024, tanggal_ttd=day(signed)).clean()
    assert "31 Desember 2024" in str(refusal.value)


def test_a_report_signed_in_the_next_year_is_accepted():
    ServiceReportPage(title="Laporan", tahun=2024, tanggal_ttd=dt.date(2025, 1, 8)).clean()


def test_a_dataset_needs_dictionary_and_period():
    fields = {item.field for item in OpenDatasetPage(title="Data").missing_metadata()}
    assert {"kolom", "periode_mulai", "files"} <= fields
