"""Which office answers on a host is remembered for a moment, and never wrongly."""

import pytest
from wagtail.models import Site

from home import office_memory
from home.models import Office
from tests import factories

pytestmark = pytest.mark.django_db


def found(rf, host="localhost"):
    return Office.objects.for_request(rf.get("/", headers={"host": host}))


def test_second_request_asks_nothing(rf, django_assert_num_queries):
    factories.shared_office()
    first = found(rf)
    with django_assert_num_queries(0):
        second = found(rf)
        assert (second.pk, second.site.hostname) == (first.pk, first.site.hostname)
    assert second is not first


def test_hosts_are_told_apart(rf):
    one = factories.shared_office()
    other = factories.OfficeFactory()
    assert found(rf, other.site.hostname) == other
    assert found(rf, one.site.hostname) == one
    assert found(rf, other.site.hostname) == other


def test_changes_are_seen_at_once(rf):
    office = factories.shared_office()
    found(rf)
    office.name = "KPU Kota Lain"
    office.save()
    assert found(rf).name == "KPU Kota Lain"
    other = factories.OfficeFactory()
    found(rf, other.site.hostname)
    Site.objects.get(pk=other.site_id).save()
    assert not office_memory._offices


def test_what_a_request_does_to_its_office_stays_its_own(rf):
    factories.shared_office()
    name = found(rf).name
    found(rf).name = "dirusak"
    assert found(rf).name == name


def test_is_asked_again_after_a_few_seconds(rf, monkeypatch):
    """As when another process has changed it."""
    office = factories.shared_office()
    found(rf)
    Office.objects.filter(pk=office.pk).update(name="KPU Kota Baru")
    assert found(rf).name != "KPU Kota Baru"
    monkeypatch.setattr(office_memory, "SECONDS", -1.0)
    assert found(rf).name == "KPU Kota Baru"


def test_page_finds_its_nearest_office_in_one_query(django_assert_num_queries):
    factories.OfficeFactory()
    office = factories.shared_office()
    page = factories.RegulationPageFactory()
    with django_assert_num_queries(1):
        assert Office.objects.for_page(page) == office
