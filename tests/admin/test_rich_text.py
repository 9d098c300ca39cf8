"""A plain approval changes nothing: rich text counts as changed only where a reader would see it."""

import json

import pytest

from catalogue.models import RegulationPage
from home.rich_text import as_read
from tests.factories import RegulationPageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("", "<p></p>", True),
        (None, '<p data-block-key="ab1"> </p>', True),
        ("<p>Isi</p>", '<p data-block-key="x">Isi</p>', True),
        ("<p>Isi</p>", "<p>Isi baru</p>", False),
        ("<p>Isi</p>", "<p><b>Isi</b></p>", False),
        ("", "<hr/>", False),
        ("<p>Isi</p>", "", False),
    ],
)
def test_texts_are_compared_as_they_are_read(one, other, alike):
    assert (as_read(one) == as_read(other)) is alike


EMPTY_AS_THE_SCRIPT_SENDS_IT = "null"
EMPTY_BEFORE_THE_SCRIPT_STARTED = json.dumps(
    {
        "blocks": [
            {
                "key": "ml5zn",
                "text": "",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [],
            }
        ],
        "entityMap": {},
    }
)


def written(text):
    """What the editor sends for one paragraph of `text`, newly numbered."""
    return EMPTY_BEFORE_THE_SCRIPT_STARTED.replace('"text": ""', f'"text": {json.dumps(text)}')


@pytest.mark.parametrize(
    ("stored", "sent", "changed"),
    [
        ("", EMPTY_AS_THE_SCRIPT_SENDS_IT, False),
        ("", EMPTY_BEFORE_THE_SCRIPT_STARTED, False),
        ('<p data-block-key="ml5zn"></p>', EMPTY_AS_THE_SCRIPT_SENDS_IT, False),
        ("<p>Mengatur loket.</p>", written("Mengatur loket."), False),
        ("<p>Mengatur loket.</p>", written("Mengatur loket lain."), True),
        ("<p>Mengatur loket.</p>", EMPTY_AS_THE_SCRIPT_SENDS_IT, True),
    ],
)
def test_only_what_a_reader_would_see_is_a_change_of_the_form(office, people, stored, sent, changed):
    page = RegulationPageFactory(office=office, abstrak=stored)
    form_class = RegulationPage.get_edit_handler().get_form_class()
    form = form_class({"abstrak": sent}, instance=page, for_user=people.editor, parent_page=page.get_parent())
    assert ("abstrak" in form.changed_data) is changed
