"""Three nodes, of which one goes: nobody notices, and nothing is lost."""

import secrets
import time

import pytest
from eppid_local import elasticsearch
from eppid_local.elasticsearch_files import cached

from search import service
from search.changes import IndexChange
from search.engines.elastic import administration, connection
from search.engines.elastic.connection import reaching
from search.engines.elastic.rebuilding import rebuild
from search.tasks import index_page
from search.types import SearchQuery
from tests.factories import AnnouncementPageFactory
from tests.search.gate import closed_port

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

WITHIN = 60.0  # seconds in which the nodes have to settle; a few on a free machine


def note(title: str, **kwargs):
    return AnnouncementPageFactory(title=title, ringkasan="-", body="<p>mangga</p>", **kwargs)


def answer(text: str = "mangga"):
    return service.search(SearchQuery(text=text, scope="semua", size=50))


@pytest.fixture(scope="module")
def three():
    """Three nodes of our own."""
    if elasticsearch.why_not() or cached() is None:
        pytest.skip(f"nodes cannot be started here: {elasticsearch.why_not() or 'not fetched yet'}")
    with elasticsearch.cluster(nodes=3) as nodes:
        yield nodes


@pytest.fixture
def site(three, settings):
    """A site that knows all three nodes."""
    settings.ELASTICSEARCH_HOSTS = list(three.urls)
    settings.ELASTICSEARCH_INDEX = f"uji-{secrets.token_hex(6)}"
    return three


def wait_for_second_copies() -> None:
    """Wait until every shard stands on two nodes."""
    with reaching(WITHIN + 5) as client:
        health = client.cluster.health(wait_for_status="green", timeout=f"{WITHIN:.0f}s")
    assert not health["timed_out"], health


def test_with_one_of_three_nodes_gone_searching_and_publishing_go_on(site, client):
    pages = [note(f"Kabar {number}", quick=True) for number in range(3)]
    rebuild()
    wait_for_second_copies()
    with reaching() as es:
        index = administration.facts().name
        assert es.indices.get_settings(index=index)[index]["settings"]["index"]["number_of_replicas"] == "1"
        primary = next(
            row["node"] for row in es.cat.shards(index=index, format="json") if row["prirep"] == "p"
        )
    assert (answer().engine, answer().total) == ("elasticsearch", 3)

    gone = [node.home.name for node in site.nodes].index(primary)
    site.stop(gone)
    before = time.monotonic()
    for _ in range(2 * len(site.urls)):  # whichever node would have been asked
        results = answer()
        assert (results.engine, results.notice, results.total) == ("elasticsearch", "", 3)
    assert time.monotonic() - before < WITHIN

    added = note("Kabar tambahan")
    pages[0].unpublish()
    assert not IndexChange.objects.exists()
    results = answer()
    assert (results.engine, results.notice) == ("elasticsearch", "")
    assert {hit.title for hit in results.hits} == {"Kabar 1", "Kabar 2", "Kabar tambahan"}
    assert index_page.call(added.pk) == "diindeks"
    assert service.STANDING_IN not in client.get("/cari/", {"q": "mangga"}).content.decode()
    cluster, _ = service.health()
    assert (cluster.answers, cluster.problems) == (True, ())
    assert "2 simpul" in cluster.detail


def test_a_node_that_was_never_there_is_not_missed(settings, cluster):
    page = note("Kabar", quick=True)
    index_page.call(page.pk)
    here = settings.ELASTICSEARCH_HOSTS
    with closed_port() as nobody:
        for hosts in ([nobody, *here], [*here, nobody]):
            settings.ELASTICSEARCH_HOSTS = hosts
            for _ in range(3):
                results = answer()
                assert (results.engine, results.notice, results.total) == ("elasticsearch", "", 1)
            assert index_page.call(page.pk) == "diindeks"
            assert connection.switch.lets_through()
            assert administration.facts().fits
