"""What the tests of search share."""

import pytest

from search.engines.embedded import lexicon, view
from search.indexing import index_pages
from search.service import search as answer
from search.types import SearchQuery


@pytest.fixture(autouse=True)
def _nothing_kept_in_the_process():
    """A test meets neither another's segments nor another's vocabulary."""
    lexicon.forget()
    view.forget()


@pytest.fixture
def search():
    """`search("kata", tahun="2024")`: results over all offices."""

    def run(text="", office=None, **params):
        params = {
            "q": text,
            "lingkup": "semua" if office is None else params.pop("lingkup", "kantor"),
            **params,
        }
        lexicon.forget()
        return answer(SearchQuery.from_params(params, office=office))

    return run


@pytest.fixture
def titles(search):
    """`titles("kata")`: the titles found, in order."""
    return lambda text="", **params: [hit.title for hit in search(text, **params).hits]


@pytest.fixture
def index():
    """`index(page, …)`: write pages into the index, as the task does."""
    return lambda *pages: index_pages([page.pk for page in pages])
