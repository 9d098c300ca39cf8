"""Whatever is wrong with the cluster: readers get an answer soon, operators a sentence."""

import threading
import time

import pytest
from django.core.management import call_command

from search import service
from search.engines.elastic import administration, connection, engine, lexicon
from search.engines.elastic.connection import Switch
from search.healing import report_index
from search.types import SearchQuery
from tests.factories import RegulationPageFactory
from tests.search import gate as doubles
from tests.search.gate import closed_port

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

WORD = "kelapagading"


def query(text=WORD, **params) -> SearchQuery:
    return SearchQuery.from_params({"q": text, "lingkup": "semua", **params})


@pytest.fixture
def page(gate, index):
    """A regulation that both engines know."""
    page = RegulationPageFactory(
        nomor="22 Tahun 2023", title=f"Peraturan {WORD}", tentang=WORD.title(), quick=True
    )
    index(page)
    return page


@pytest.fixture
def impatient(monkeypatch):
    """The site waits a fifth of a second where it would wait two."""
    for module in (engine, lexicon, administration):
        monkeypatch.setattr(module, "SEARCH_SECONDS", 0.2)


@pytest.fixture
def later(monkeypatch):
    """`later(seconds)`: let so much time pass for the switch that leaves the cluster alone."""
    passed = [0.0]
    real = connection.time.monotonic
    monkeypatch.setattr(connection.time, "monotonic", lambda: real() + passed[0])
    return lambda seconds: passed.__setitem__(0, passed[0] + seconds)


WRONG = ["stopped", "hangs", "wrong key", "no index", "out of time", "busy", "no shard", "another server"]


@pytest.fixture(params=WRONG)
def wrong(request, gate, page, nobody_there, impatient, settings):
    """Something is wrong with the cluster; gives its name."""
    match request.param:
        case "stopped":
            settings.ELASTICSEARCH_HOSTS = [nobody_there]
        case "hangs":
            gate.hang()
        case "wrong key":
            gate.answer(doubles.WRONG_KEY)
        case "no index":
            administration.drop(connection.alias())
        case "out of time":
            gate.answer(doubles.OUT_OF_TIME, to="/_search")
        case "busy":
            gate.answer(doubles.BUSY)
        case "no shard":
            gate.answer(doubles.NO_SHARD)
        case "another server":
            gate.answer(doubles.ANOTHER_SERVER)
    return request.param


@pytest.fixture
def nobody_there():
    """An address at which nothing listens."""
    with closed_port() as url:
        yield url


def test_readers_get_the_embedded_engines_answer_and_are_told(client, page, wrong):
    started = time.monotonic()
    text = client.get("/cari/", {"q": WORD}).content.decode()
    assert page.url in text
    assert service.STANDING_IN in text
    assert not connection.switch.lets_through()
    connection.switch.worked()
    answer = client.get("/api/v1/search", {"q": WORD}).json()
    assert answer["pemberitahuan"] == service.STANDING_IN
    assert [hit["judul"] for hit in answer["data"]] == [page.title]
    connection.switch.worked()
    assert [found.url for found in service.complete(query("kelapag"))] == [page.url]
    connection.switch.worked()
    explanation = service.explain(query(), page.pk)
    assert (explanation.found, explanation.place) == (True, 1)
    assert time.monotonic() - started < 15  # a request that is not bounded waits for thirty seconds


def test_a_score_that_is_no_number_costs_nobody_the_answer(client, gate, page):
    """JSON has no number for it, so a cluster writes it as text."""
    body = engine.ElasticEngine().compose(query())[0]
    told = connection.client().search(index=connection.alias(), body=body).body
    (hit,) = told["hits"]["hits"]
    hit["_score"] = "NaN"
    told["suggest"] = {"near": []}  # the same answer to every question
    gate.answer((200, told), to="/_search")
    answer = client.get("/api/v1/search", {"q": WORD}).json()
    assert [hit["judul"] for hit in answer["data"]] == [page.title]
    assert not answer["pemberitahuan"]


def test_the_operator_is_told_what_is_wrong(client, wrong, page, capsys):
    sentences = {
        "stopped": "tidak menjawab",
        "hangs": "tidak menjawab",
        "wrong key": "ELASTICSEARCH_API_KEY",
        "no index": f"Indeks {connection.alias()} belum ada",
        "out of time": "",
        "busy": "sedang tidak mampu (429)",
        "no shard": "sedang tidak mampu (503)",
        "another server": "bukan Elasticsearch",
    }
    started = time.monotonic()
    said = report_index()
    assert sentences[wrong] in said
    assert bool(said) == bool(sentences[wrong])
    ready = client.get("/readyz")
    state = "degraded" if said else "ok"
    assert (ready.status_code, ready.json()["search"]) == (200, state)
    call_command("check_environment")
    assert capsys.readouterr().err == (f"Perhatian: {said}\n" if said else "")
    cluster, embedded = service.health()
    assert time.monotonic() - started < 15
    assert (cluster.name, embedded.name, embedded.answers) == ("elasticsearch", "embedded", True)
    assert cluster.answers is (wrong == "out of time")
    assert any(sentences[wrong] in problem for problem in cluster.problems) is (wrong != "out of time")


class TestTheSwitch:
    def test_a_cluster_that_hangs_is_asked_once_and_after_the_rest_once_more(
        self, gate, page, impatient, later
    ):
        gate.hang()
        before = gate.requests()
        for _ in range(5):
            assert service.search(query()).notice == service.STANDING_IN
        assert gate.requests() == before + 1
        later(connection.REST_SECONDS - 1)
        service.complete(query())
        assert gate.requests() == before + 1
        later(1.5)
        for _ in range(3):
            assert service.search(query()).engine == "embedded"
        assert gate.requests() == before + 2

    def test_a_cluster_that_comes_back_answers_again_after_the_rest(self, gate, page, later):
        gate.shut()
        assert service.search(query()).engine == "embedded"
        gate.open()
        asked = gate.requests()
        assert service.search(query()).engine == "embedded"
        assert gate.requests() == asked
        later(connection.REST_SECONDS + 0.1)
        for _ in range(2):
            results = service.search(query())
            assert (results.engine, results.notice, results.total) == ("elasticsearch", "", 1)

    def test_only_one_of_many_tries_the_cluster_again(self, monkeypatch):
        switch = Switch(rest=10.0)
        moment = [100.0]
        monkeypatch.setattr(connection.time, "monotonic", lambda: moment[0])
        assert all(switch.lets_through() for _ in range(3))
        switch.failed()
        moment[0] += 10.5
        together, through = threading.Barrier(8), []

        def ask():
            together.wait()
            through.append(switch.lets_through())

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(through) == [False] * 7 + [True]
        # Had the one that tried died without a word, another would try after a further rest.
        moment[0] += 10.5
        assert switch.lets_through()
        switch.worked()
        assert all(switch.lets_through() for _ in range(3))

    def test_a_cluster_that_is_slow_with_each_of_many_requests_is_not_waited_for(
        self, gate, page, monkeypatch
    ):
        monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.5)
        gate.slow(0.2)
        before = gate.requests()
        results = service.search(query("pemilh tetpa daftr sampha kota rekapitlasi informsi publc pelaynan"))
        assert results.notice == service.STANDING_IN
        assert 1 < gate.requests() - before <= 4
        assert not connection.switch.lets_through()

    def test_a_question_that_is_refused_leaves_the_others_with_the_cluster(self, gate, page, caplog):
        gate.answer(doubles.REFUSED, to="/_search")
        for _ in range(2):
            results = service.search(query())
            assert (results.engine, results.notice, results.total) == ("embedded", service.STANDING_IN, 1)
        assert gate.requests("/_search") == 2
        assert "parsing_exception" in caplog.text
        gate.open()
        assert service.search(query()).engine == "elasticsearch"
