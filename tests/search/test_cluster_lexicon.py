"""What a process remembers of the cluster's words: few requests, and never a word too late."""

import time

import pytest

from search import vocabulary_readings
from search.changes import clocks
from search.engines.elastic import lexicon as cluster_lexicon
from search.engines.elastic.engine import ElasticEngine
from search.language.lexicon import Readings
from search.service import search
from search.types import SearchQuery
from search.vocabulary import Abbreviation, Synonym
from tests.factories import AnnouncementPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


@pytest.fixture
def requests_to_the_cluster(gate, monkeypatch):
    """Addresses of the requests that reach the cluster."""
    from elastic_transport import Transport

    asked = []
    real = Transport.perform_request

    def noted(self, method, target, **options):
        asked.append(target.split("?")[0].rsplit("/", 1)[-1])
        return real(self, method, target, **options)

    monkeypatch.setattr(Transport, "perform_request", noted)
    return asked


def ask(text: str):
    return search(SearchQuery.from_params({"q": text, "lingkup": "semua"}))


@pytest.fixture
def note(index):
    """`note("judul")`: a page that is in the index."""

    def make(title: str):
        index(AnnouncementPageFactory(title=title, ringkasan="-", body="<p>isi</p>", quick=True))

    return make


@pytest.fixture
def resting(time_machine):
    """The index has not changed for a while."""

    def rest():
        time_machine.move_to(time.time() + cluster_lexicon.RESTING + 1)

    return rest


def test_a_question_takes_two_requests_and_then_one(requests_to_the_cluster, note, resting):
    note("Penetapan rekapitulasi suara pilkada di wali kota")
    resting()
    ask("sesuatu")  # looks at the index itself once
    requests_to_the_cluster.clear()
    assert ask("rekapitulasi suara pilkada wali kota").total
    assert requests_to_the_cluster == ["_termvectors", "_search"]
    requests_to_the_cluster.clear()
    assert ask("rekapitulasi suara pilkada wali kota").total
    assert requests_to_the_cluster == ["_search"]


def test_a_slip_is_looked_up_once_while_the_index_rests(requests_to_the_cluster, note, resting):
    note("Penetapan rekapitulasi suara")
    resting()
    first = ask("rekapitulsai")
    assert first.total == 1
    requests_to_the_cluster.clear()
    assert ask("rekapitulsai").total == 1
    assert "_termvectors" not in requests_to_the_cluster
    assert (
        requests_to_the_cluster.count("_search") <= 2
    )  # the list, and whether a record has the corrected word


def test_a_word_that_was_not_there_is_found_the_moment_it_is(cluster, note, resting):
    note("Pengumuman lain")
    resting()
    assert not ask("katabarusekali").total
    assert not ask("katabarusekali").total  # remembered
    note("Pengumuman katabarusekali")
    assert ask("katabarusekali").total == 1


def test_nothing_absent_is_remembered_right_after_a_change(cluster, note):
    """A reader may ask between the drawing of a version and the moment when the cluster shows what was written."""
    note("Pengumuman lain")
    assert not ask("katabarusekali").total
    key = (ElasticEngine().index_name, cluster_lexicon.STEMS, "katabarusekali")
    assert key not in cluster_lexicon._absent


class TestEditorsTables:
    def test_are_read_again_only_when_a_row_has_changed(self, cluster, django_assert_num_queries):
        vocabulary_readings.load_readings()
        with django_assert_num_queries(1):  # have they changed?
            vocabulary_readings.load_readings()
        before = clocks()[1]
        Synonym.objects.create(words="tembakau manis, bahan kampanye")
        assert clocks()[1] > before
        assert _ways(vocabulary_readings.load_readings(), "tembakau", "manis") == {("bahan", "kampanye")}
        row = Abbreviation.objects.create(short="BKX", long="bahan kampanye")
        assert ("bahan", "kampanye") in _ways(vocabulary_readings.load_readings(), "bkx")
        row.delete()
        assert not _ways(vocabulary_readings.load_readings(), "bkx")


def _ways(readings: Readings, *words: str) -> set[tuple[str, ...]]:
    return {variant.words for _, _, variants, _ in readings.find(words) for variant in variants}
