"""What the tests of search share."""

import secrets

import pytest

from search.engines.elastic import administration, connection, syncing
from search.engines.elastic import lexicon as cluster_lexicon
from search.engines.embedded import lexicon, view
from search.indexing import index_pages
from search.service import search as answer
from search.types import SearchQuery
from tests.search.gate import gate_to
from tests.search_node import node_url


@pytest.fixture(autouse=True)
def _nothing_kept_in_the_process():
    """A test meets neither another's segments nor another's vocabulary."""
    lexicon.forget()
    view.forget()
    cluster_lexicon.forget()
    administration.forget()
    connection.switch.worked()


@pytest.fixture
def cluster(settings):
    """A site whose searches Elasticsearch answers, with an empty index of its own; gives the index's alias."""
    settings.ELASTICSEARCH_HOSTS = [node_url()]
    settings.ELASTICSEARCH_INDEX = f"uji-{secrets.token_hex(6)}"
    administration.create(connection.alias())
    yield connection.alias()
    settings.ELASTICSEARCH_HOSTS = [node_url()]
    for alias in (connection.alias(), administration.building_alias()):
        administration.drop(alias)


@pytest.fixture
def gate(cluster, settings):
    """`cluster` behind a gate (`tests.search.gate`), which a test can shut or have answer in the node's place."""
    with gate_to(node_url()) as gate:
        settings.ELASTICSEARCH_HOSTS = [gate.url]
        yield gate


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def each_engine(request):
    """Run a test once on each engine; gives the engine's name. Both behave the same, or the test says where not."""
    if request.param == "elasticsearch":
        request.getfixturevalue("cluster")
    return request.param


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
        cluster_lexicon.forget()
        results = answer(SearchQuery.from_params(params, office=office))
        assert results.engine == ("elasticsearch" if connection.is_configured() else "embedded")
        return results

    return run


@pytest.fixture
def titles(search):
    """`titles("kata")`: the titles found, in order."""
    return lambda text="", **params: [hit.title for hit in search(text, **params).hits]


@pytest.fixture
def index():
    """`index(page, …)`: write pages into the index, as the task does."""

    def write(*pages):
        ids = [page.pk for page in pages]
        index_pages(ids)
        if connection.is_configured():
            syncing.apply(ids)

    return write
