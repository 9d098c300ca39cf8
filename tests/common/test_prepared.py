"""Queries that are worded once."""

import pytest

from common.prepared import Prepared
from home.models import Office
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def _names():
    return Office.objects.filter(level=factories.OfficeLevel.CITY).order_by("pk").values_list("name")


def test_rows_are_what_the_database_holds_now():
    cities = Prepared([_names])
    assert cities.rows() == []
    office = factories.OfficeFactory()
    assert cities.rows() == [(office.name,)]
    Office.objects.filter(pk=office.pk).update(name="KPU Kota Lain")
    assert cities.rows() == [("KPU Kota Lain",)]


def test_ids_are_asked_of_all_queries_in_one_statement(django_assert_num_queries):
    first, second, third = (factories.OfficeFactory() for _ in range(3))
    makers = [lambda: Office.objects.filter(pk=first.pk).order_by().values("pk")]
    some = Prepared(makers)
    assert some.among([first.pk, second.pk, third.pk]) == {first.pk}
    makers.append(lambda: Office.objects.filter(pk=third.pk).order_by().values("id"))
    with django_assert_num_queries(1):
        assert some.among([first.pk, second.pk, third.pk]) == {first.pk, third.pk}
    assert some.among([]) == set()
    assert some.among(range(10_000_000, 10_001_200)) == set()


def test_a_query_that_asks_a_setting_is_worded_for_each_of_its_values(settings):
    office = factories.OfficeFactory()
    settings.LOOKED_FOR = office.pk

    def wanted():
        return Office.objects.filter(pk=settings.LOOKED_FOR).order_by().values_list("pk")

    some = Prepared([wanted], depends_on=lambda: settings.LOOKED_FOR)
    assert some.rows() == [(office.pk,)]
    settings.LOOKED_FOR = 0
    assert some.rows() == []
    assert some.among([office.pk]) == set()


def test_without_a_query_nothing_is_named():
    assert Prepared([]).among([1, 2]) == set()
