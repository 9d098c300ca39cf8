"""Effective status of regulations: on any date, with its reason, the same on a page and in a list."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalogue.enums import RegulationStatus, RelationType
from catalogue.models import RegulationPage
from tests.catalogue.builders import day, make_office, make_regulation

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def information_rules(office):
    """PKPU 1/2015, revoked by 22/2023, itself amended by 11/2024 and 4/2025."""
    old = make_regulation(office, nomor="1", tahun=2015, tanggal_penetapan=day("2015-01-30"))
    new = make_regulation(
        office,
        nomor="22",
        tahun=2023,
        tanggal_penetapan=day("2023-10-25"),
        tanggal_berlaku=day("2023-11-01"),
        relations=[
            (RelationType.REVOKES, old, None),
            (RelationType.IMPLEMENTS, "UU Nomor 14 Tahun 2008", None),
        ],
    )
    for nomor, tahun, since in (("11", 2024, "2024-08-01"), ("4", 2025, "2025-12-29")):
        make_regulation(
            office,
            nomor=nomor,
            tahun=tahun,
            tanggal_berlaku=day(since),
            relations=[(RelationType.AMENDS, new, None)],
        )
    return old, new


@pytest.mark.parametrize(
    ("on", "old_status", "new_status"),
    [
        ("2015-01-29", RegulationStatus.NOT_YET, RegulationStatus.NOT_YET),
        ("2015-01-30", RegulationStatus.IN_FORCE, RegulationStatus.NOT_YET),
        ("2023-10-31", RegulationStatus.IN_FORCE, RegulationStatus.NOT_YET),
        ("2023-11-01", RegulationStatus.REVOKED, RegulationStatus.IN_FORCE),
        ("2024-07-31", RegulationStatus.REVOKED, RegulationStatus.IN_FORCE),
        ("2024-08-01", RegulationStatus.REVOKED, RegulationStatus.AMENDED),
    ],
)
def test_status_changes_on_the_day_of_effect(information_rules, on, old_status, new_status):
    old, new = (RegulationPage.objects.get(pk=page.pk) for page in information_rules)
    assert (old.status_on(day(on)).code, new.status_on(day(on)).code) == (old_status, new_status)


def test_the_status_names_what_caused_it(information_rules):
    old, new = (RegulationPage.objects.get(pk=page.pk) for page in information_rules)
    revoked = old.status_on(day("2024-01-01"))
    assert [cause.source_id for cause in revoked.causes] == [new.pk]
    assert revoked.since == day("2023-11-01")
    assert [cause.source.nomor for cause in new.status_on(day("2026-01-01")).causes] == ["11", "4"]


def test_a_draft_revokes_nothing_and_is_not_named(office):
    target = make_regulation(office, nomor="3", tahun=2010, tanggal_penetapan=day("2010-01-01"))
    draft = make_regulation(
        office,
        nomor="9",
        tahun=2020,
        live=False,
        tanggal_penetapan=day("2020-01-01"),
        relations=[(RelationType.REVOKES, target, None)],
    )
    target = RegulationPage.objects.get(pk=target.pk)
    assert target.status_on(day("2024-01-01")).code == RegulationStatus.IN_FORCE
    listed = RegulationPage.objects.with_status(day("2024-01-01")).get(pk=target.pk)
    assert listed.status_code == RegulationStatus.IN_FORCE
    page = Client().get(target.url).content.decode()
    assert draft.title not in page


def test_a_relation_to_a_draft_shows_no_link_and_no_title(office):
    draft = make_regulation(office, nomor="5", tahun=2021, live=False)
    source = make_regulation(office, nomor="6", tahun=2022, relations=[(RelationType.AMENDS, draft, None)])
    page = Client().get(source.url).content.decode()
    assert draft.title not in page
    assert RegulationPage.objects.get(pk=source.pk).outgoing == []


def test_partial_revocation_leaves_the_rest_in_force(office):
    target = make_regulation(office, nomor="7", tahun=2011, tanggal_penetapan=day("2011-01-01"))
    make_regulation(
        office,
        nomor="8",
        tahun=2012,
        tanggal_penetapan=day("2012-01-01"),
        relations=[(RelationType.REVOKES_PARTLY, target, day("2012-06-01"))],
    )
    target = RegulationPage.objects.get(pk=target.pk)
    assert target.status_on(day("2012-05-31")).code == RegulationStatus.IN_FORCE
    assert target.status_on(day("2012-06-01")).code == RegulationStatus.PARTLY_REVOKED


def test_the_page_of_a_revoked_regulation_warns_and_links_to_its_successor(information_rules):
    old, new = information_rules
    page = Client().get(old.url).content.decode()
    assert "Tidak berlaku" in page
    assert "1 November 2023" in page
    assert f'href="{new.url}"' in page


def test_the_page_answers_for_the_date_asked_for(information_rules):
    old, _ = information_rules
    assert "pada 31 Oktober 2023" in Client().get(old.url, {"pada": "2023-10-31"}).content.decode()
    unreadable = Client().get(old.url, {"pada": "31/10/<b>"})
    assert unreadable.status_code == 200
    text = unreadable.content.decode()
    assert "Tanggal tidak terbaca" in text
    assert "<b>" not in text.split("Tanggal tidak terbaca")[0][-400:]


DATES = st.one_of(st.none(), st.dates(day("2000-01-01"), day("2003-12-31")))


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    own=st.tuples(DATES, DATES, DATES),
    ends=DATES,
    others=st.lists(
        st.tuples(
            st.sampled_from([RelationType.REVOKES, RelationType.REVOKES_PARTLY, RelationType.AMENDS]),
            DATES,
            DATES,
            DATES,
            st.one_of(st.none(), st.integers(2000, 2003)),
            st.booleans(),
        ),
        max_size=3,
    ),
    on=st.dates(day("1999-12-01"), day("2004-01-31")),
)
def test_list_and_page_never_disagree(office, own, ends, others, on):
    """The queryset rule and the page rule are two writings of one rule."""
    RegulationPage.objects.all().delete()
    enacted, promulgated, starts = own
    assume(not (enacted and promulgated and promulgated < enacted))
    assume(not (ends and (starts or promulgated or enacted) and ends < (starts or promulgated or enacted)))
    target = make_regulation(
        office,
        nomor="1",
        tahun=2000,
        tanggal_penetapan=enacted,
        tanggal_pengundangan=promulgated,
        tanggal_berlaku=starts,
        tanggal_berakhir=ends,
    )
    for number, (kind, since, source_starts, source_enacted, year, live) in enumerate(others, start=2):
        make_regulation(
            office,
            nomor=str(number),
            tahun=year,
            live=live,
            tanggal_berlaku=source_starts,
            tanggal_penetapan=source_enacted,
            relations=[(kind, target, since)],
            slug=f"nomor-{number}",
        )
    page = RegulationPage.objects.get(pk=target.pk)
    listed = RegulationPage.objects.with_status(on).get(pk=target.pk)
    assert listed.status_code == page.status_on(on).code
