"""Words and colours of the catalogue: as exact as what is known, never more."""

import datetime as dt
from types import SimpleNamespace

from catalogue.enums import ExemptionStatus, RegulationStatus, RelationType, ReportStatus
from catalogue.models import DIPEntryPage, RegulationPage
from catalogue.templatetags import katalog


def _cause(**dates):
    known = {"tanggal_berlaku": None, "tanggal_penetapan": None} | dates
    day = known["tanggal_berlaku"] or known["tanggal_penetapan"] or dt.date(2023, 1, 1)
    return SimpleNamespace(
        source=SimpleNamespace(**known), tanggal_efektif=None, effective_on=day, jenis=RelationType.REVOKES
    )


def _status(code, since=None, causes=()):
    return SimpleNamespace(code=code, since=since, causes=causes)


def test_revocation_is_dated_to_the_day_when_the_day_is_known():
    cause = _cause(tanggal_berlaku=dt.date(2023, 1, 1))
    note = katalog.status_note(_status(RegulationStatus.REVOKED, dt.date(2023, 1, 1), (cause,)))
    assert (note["kind"], note["title"]) == ("bad", "Tidak berlaku lagi sejak 1 Januari 2023")
    assert katalog.relation_since(cause) == "sejak 1 Januari 2023"


def test_revocation_known_by_its_year_names_the_year():
    cause = _cause()
    note = katalog.status_note(_status(RegulationStatus.REVOKED, dt.date(2023, 1, 1), (cause,)))
    assert note["title"] == "Tidak berlaku lagi sejak 2023"
    assert katalog.relation_since(cause) == "sejak 2023"


def test_other_relations_carry_no_date():
    cause = _cause(tanggal_berlaku=dt.date(2023, 1, 1))
    cause.jenis = RelationType.REFERS
    assert katalog.relation_since(cause) == ""


def test_regulation_in_force_needs_no_note_and_a_future_one_says_from_when():
    assert katalog.status_note(_status(RegulationStatus.IN_FORCE))["kind"] == ""
    note = katalog.status_note(_status(RegulationStatus.NOT_YET, dt.date(2027, 1, 1)))
    assert (note["kind"], note["title"]) == ("info", "Belum berlaku, mulai berlaku 1 Januari 2027")


def test_every_status_has_a_colour_or_is_plain_on_purpose():
    plain = {ExemptionStatus.ENDED.value}
    for status in (*RegulationStatus, *ExemptionStatus, *ReportStatus):
        assert katalog.status_kind(status.value) or status.value in plain, status


def test_entry_date_is_the_day_or_only_the_year():
    exact = RegulationPage(tanggal_penetapan=dt.date(2021, 1, 1), tanggal_informasi=dt.date(2021, 1, 1))
    by_year = DIPEntryPage(tahun_penerbitan=2021, tanggal_informasi=dt.date(2021, 1, 1))
    assert katalog.entry_date(exact) == "1 Januari 2021"
    assert katalog.entry_date(by_year) == "2021"
    assert katalog.entry_date(DIPEntryPage()) == ""
