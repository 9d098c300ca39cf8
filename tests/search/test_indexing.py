"""From pages to records: what is read for many pages is read at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalogue.enums import RelationType
from catalogue.models import RegulationRelation
from search.indexing import records_of
from tests import factories

pytestmark = pytest.mark.django_db


def _queries(ids: list[int]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert len(list(records_of(ids))) == len(ids)
    return len(captured)


def test_records_of_many_regulations_take_as_many_queries_as_of_one():
    pages = [factories.RegulationPageFactory(files=[factories.DocumentFactory()]) for _ in range(6)]
    ids = [page.pk for page in pages]
    _queries(ids)  # content types and the like are known from here on
    assert _queries(ids) == _queries(ids[:1])


def test_each_regulation_has_the_status_that_its_own_page_tells():
    old, amended, new = (factories.RegulationPageFactory() for _ in range(3))
    RegulationRelation.objects.create(source=new, target=old, jenis=RelationType.REVOKES)
    RegulationRelation.objects.create(source=new, target=amended, jenis=RelationType.AMENDS)
    RegulationRelation.objects.create(
        source=factories.RegulationPageFactory(draft=True), target=new, jenis=RelationType.REVOKES
    )
    records = {record.page_id: record for record in records_of([old.pk, amended.pk, new.pk])}
    for page in (old, amended, new):
        page = type(page).objects.get(pk=page.pk)
        assert records[page.pk].status == page.status_now.code
    assert records[old.pk].status_note == f"Dicabut oleh {new.citation}"
    assert records[new.pk].status == "berlaku"
