"""The rule of what is public, asked of the database and of rows that were read already: the same answer."""

import datetime as dt

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from catalogue import access as catalogue_access
from common.visibility import public, public_pages_among
from documents import access
from tests import factories
from tests.factories import State

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def _twins_agree() -> None:
    ids = list(Page.objects.values_list("pk", flat=True))
    assert set(public_pages_among(ids)) == set(public(Page.objects.all()).values_list("pk", flat=True))
    documents = list(factories.OfficeDocument.objects.values_list("pk", flat=True))
    named = catalogue_access.publicly_used_documents().values_list("document_id", flat=True)
    assert catalogue_access.publicly_used_among(documents) == set(named)
    assert access.public_among(documents) == set(access.public_documents().values_list("pk", flat=True))


@pytest.mark.parametrize("state", State)
def test_both_forms_of_the_rule_agree_in_every_state(state):
    live = factories.DocumentFactory()
    document = factories.DocumentFactory()
    factories.RegulationPageFactory(files=[live])
    factories.RegulationPageFactory(files=[document], state=state)
    _twins_agree()
    assert (document.pk in access.public_among([document.pk])) == (state is State.LIVE)
    assert access.public_among([live.pk]) == {live.pk}


def test_a_section_that_is_closed_closes_the_pages_below_it_and_their_files():
    document = factories.DocumentFactory()
    page = factories.RegulationPageFactory(files=[document])
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )
    _twins_agree()
    assert public_pages_among([page.pk]) == {}
    restriction.delete()
    _twins_agree()
    assert list(public_pages_among([page.pk])) == [page.pk]


def test_a_page_ends_at_its_hour():
    page = factories.RegulationPageFactory()
    end = timezone.now() + dt.timedelta(days=2)
    Page.objects.filter(pk=page.pk).update(expire_at=end)
    for moment, shown in ((end - dt.timedelta(seconds=1), True), (end, False)):
        with time_machine.travel(moment, tick=False):
            _twins_agree()
            assert bool(public_pages_among([page.pk])) is shown


def test_a_file_of_an_exempted_entry_is_never_public_beside_a_public_page():
    document = factories.DocumentFactory()
    factories.RegulationPageFactory(files=[document])
    factories.ExemptedInformationPageFactory(dokumen_induk=document)
    _twins_agree()
    assert access.public_among([document.pk]) == set()


def test_what_must_never_be_public_does_not_depend_on_the_moment():
    """These uses are worded once a process (`common.prepared`)."""
    worded = []
    for year in (2020, 2040):
        with time_machine.travel(dt.datetime(year, 5, 1, tzinfo=dt.UTC)):
            worded.append(
                [
                    use().query.get_compiler(connection=connections["default"]).as_sql()
                    for use in access._private_uses
                ]
            )
        page = factories.RegulationPageFactory()
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert worded[0] == worded[1]
