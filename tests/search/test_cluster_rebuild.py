"""A fresh index beside the live one: no moment without results, nothing lost on the way, differences mended."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from search.changes import IndexChange
from search.engines.elastic import administration, connection, definition, rebuilding, syncing, writing
from search.engines.elastic.connection import reaching
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.rebuilding import rebuild
from search.healing import report_index
from search.index_models import IndexedRecord
from search.reconciling import compare_cluster, nightly, reconcile_cluster
from tests.factories import AnnouncementPageFactory, RegulationPageFactory
from tests.search.gate import closed_port

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]


class Interrupted(Exception):
    """The build was ended by somebody."""


def note(title: str, body: str = "mangga", **kwargs):
    return AnnouncementPageFactory(title=title, ringkasan="-", body=f"<p>{body}</p>", quick=True, **kwargs)


@pytest.fixture
def pages(cluster, index):
    """Nine pages of two kinds, in turn, that the live index knows."""
    pages = [
        RegulationPageFactory(title=f"Peraturan mangga {n}", tentang=f"Mangga {n}", quick=True)
        if n % 2
        else note(f"Kabar mangga {n}")
        for n in range(9)
    ]
    index(*pages)
    return pages


@pytest.fixture
def small_parts(monkeypatch):
    """Pages are read by four and sent by three, so that even this build has many steps."""
    monkeypatch.setattr(rebuilding, "_BATCH", 4)
    monkeypatch.setattr(writing, "CHUNK", 3)


def changed(page, title: str):
    """The page with another title, in the database alone."""
    Page.objects.filter(pk=page.pk).update(title=title)
    return page


def all_mangga(search) -> set[str]:
    return {hit.title for hit in search("mangga", ukuran="50").hits}


class TestBuilding:
    def test_there_is_no_moment_without_results(self, pages, search, small_parts):
        before = administration.facts()
        known = all_mangga(search)
        answers, steps = [], []

        def progress(done, total):
            steps.append(done)
            answers.append(all_mangga(search))

        written = rebuild(progress)
        assert written == steps[-1] == len(steps) >= len(pages)
        assert all(answer == known for answer in answers)
        assert all_mangga(search) == known
        after = administration.facts()
        assert after.name != before.name
        with reaching() as client:
            assert not client.indices.exists(index=before.name)
            assert not client.indices.exists_alias(name=administration.building_alias())
        assert ElasticEngine().health().problems == ()

    def test_what_waited_is_done_with_it(self, pages, search):
        syncing.mark([changed(pages[2], "Kabar mangga lain").pk])
        syncing.mark([changed(pages[4], "Kabar mangga tersembunyi").pk], hidden=True)
        assert len(all_mangga(search)) == len(pages) - 1
        rebuild()
        assert not IndexChange.objects.exists()
        assert {"Kabar mangga lain", "Kabar mangga tersembunyi"} <= all_mangga(search)

    def test_a_record_that_is_refused_is_told_and_the_build_goes_on(self, pages, search, monkeypatch):
        real = writing.document_of

        def document_of(record, weights):
            document = real(record, weights)
            return document | {"tak_dikenal": 1} if record.page_id == pages[3].pk else document

        monkeypatch.setattr(writing, "document_of", document_of)
        syncing.mark([pages[3].pk])
        rebuild()
        assert len(all_mangga(search)) == len(pages) - 1
        change = IndexChange.objects.get()
        assert (change.page_id, change.attempts) == (pages[3].pk, 1)
        assert "tak_dikenal" in change.error

    @pytest.mark.postgres
    def test_pages_that_change_meanwhile_are_right_after_the_swap(self, pages, search, small_parts):
        """A task works them off while the build has read the first, and has not come to the last."""
        first, second, *_, last_but_one, last = pages
        added = []

        def progress(done, total):
            if done != 5:
                return
            for page in (first, last):
                changed(page, f"{page.title} baru")
            Page.objects.filter(pk__in=[second.pk, last_but_one.pk]).update(live=False)
            added.append(note("Kabar mangga tambahan"))
            ids = [page.pk for page in (first, second, last_but_one, last, *added)]
            syncing.mark(ids)
            syncing.apply(ids)

        rebuild(progress)
        expected = {page.title for page in pages[2:-2]}
        expected |= {f"{first.title} baru", f"{last.title} baru", "Kabar mangga tambahan"}
        assert all_mangga(search) == expected
        assert compare_cluster().count == 0
        assert not IndexChange.objects.exists()

    def test_a_change_that_nobody_worked_off_keeps_its_mark(self, pages, search):
        def progress(done, total):
            if done == total:
                syncing.mark([changed(pages[0], "Kabar mangga baru").pk], hidden=True)

        rebuild(progress)
        assert pages[0].title not in all_mangga(search)
        assert IndexChange.objects.get().page_id == pages[0].pk


class TestInterrupted:
    def stop_at(self, number: int) -> None:
        def progress(done, total):
            if done == number:
                raise Interrupted

        with pytest.raises(Interrupted):
            rebuild(progress)

    @pytest.mark.postgres
    def test_it_goes_on_with_what_is_missing(self, pages, search, small_parts):
        live = administration.facts()
        self.stop_at(7)
        assert administration.facts() == live
        building = administration.facts(administration.building_alias())
        assert {hit.title for hit in search("mangga").hits} == {page.title for page in pages}
        # Meanwhile a page that was written is withdrawn, and one that was not changes.
        pages[0].unpublish()
        syncing.mark([changed(pages[-1], "Kabar mangga baru").pk])
        syncing.apply([pages[-1].pk])
        with reaching() as client:
            client.indices.refresh(index=building.name)
        there = administration.count(building.name)
        steps = []
        written = rebuild(lambda done, total: steps.append((done, total)))
        assert administration.facts().name == building.name
        assert 0 < there < written
        assert len(steps) == written - there
        assert steps[-1] == (written, written)
        assert compare_cluster().count == 0
        assert all_mangga(search) == {page.title for page in pages[1:-1]} | {"Kabar mangga baru"}

    def test_a_part_that_was_lost_on_the_way_is_sent_the_second_time(
        self, pages, search, small_parts, monkeypatch
    ):
        """Parts travel side by side: a later one may have arrived where an earlier one has not."""
        real, sent = writing.streaming_bulk, []

        def lose_one(client, part, **options):
            sent.append(part)
            if len(sent) == 2:
                raise connection.ClusterUnavailable("terputus")
            return real(client, part, **options)

        monkeypatch.setattr(writing, "streaming_bulk", lose_one)
        with pytest.raises(connection.ClusterUnavailable):
            rebuild()
        monkeypatch.undo()
        rebuild()
        assert compare_cluster().count == 0
        assert all_mangga(search) == {page.title for page in pages}

    def test_the_build_of_another_release_is_thrown_away(self, pages, monkeypatch):
        monkeypatch.setattr(definition, "INDEX_VERSION", definition.INDEX_VERSION + 1)
        self.stop_at(3)
        begun = administration.facts(administration.building_alias())
        monkeypatch.undo()
        steps = []
        assert rebuild(lambda done, total: steps.append(done)) == len(steps)
        assert administration.facts().name != begun.name
        with reaching() as client:
            assert not client.indices.exists(index=begun.name)


class TestComparing:
    @pytest.fixture
    def different(self, pages):
        """(missing, stale, extra) in the cluster's index."""
        missing, stale, extra = pages[0], pages[2], pages[4]
        ElasticEngine().remove([missing.pk])
        changed(stale, "Kabar mangga berubah")
        Page.objects.filter(pk=extra.pk).update(live=False)
        return missing, stale, extra

    def test_missing_stale_and_extra_are_found_and_mended(self, pages, different, search):
        missing, stale, extra = different
        rest = compare_cluster()
        found = reconcile_cluster()
        assert found == rest
        assert missing.pk in found.missing
        assert (found.stale, found.extra) == ([stale.pk], [extra.pk])
        assert compare_cluster().count == 0
        expected = {page.title for page in pages if page not in (stale, extra)} | {"Kabar mangga berubah"}
        assert all_mangga(search) == expected
        assert not IndexChange.objects.exists()
        assert not ElasticEngine().holds(extra.pk)

    def test_the_nightly_job_mends_both_engines(self, pages, different):
        IndexedRecord.objects.filter(page_id=pages[6].pk).delete()
        said = nightly()
        assert "Indeks dicocokkan: " in said
        assert "Indeks Elasticsearch dicocokkan: " in said
        assert nightly() == ""

    def test_without_the_cluster_the_nightly_job_mends_its_own(self, pages, settings):
        IndexedRecord.objects.filter(page_id=pages[6].pk).delete()
        with closed_port() as url:
            settings.ELASTICSEARCH_HOSTS = [url]
            said = nightly()
        assert "Indeks dicocokkan: " in said
        assert "Indeks Elasticsearch belum dicocokkan: Elasticsearch tidak menjawab" in said
        assert IndexedRecord.objects.filter(page_id=pages[6].pk).exists()

    def test_an_index_of_another_release_is_told(self, pages, monkeypatch):
        assert report_index() == ""
        monkeypatch.setattr(definition, "INDEX_VERSION", definition.INDEX_VERSION + 1)
        assert "manage.py reindex" in report_index()
        assert ElasticEngine().health().problems == (report_index(),)
        rebuild()
        assert report_index() == ""


class TestCommand:
    def run(self, *arguments: str) -> str:
        out = StringIO()
        call_command("reindex", *arguments, stdout=out)
        return out.getvalue()

    def test_it_builds_and_compares_the_cluster_alone(self, pages, search):
        before = administration.facts().name
        embedded = list(IndexedRecord.objects.values_list("pk", flat=True))
        said = self.run("--engine", "elasticsearch")
        assert "halaman diindeks di Elasticsearch" in said
        assert "Indeks Elasticsearch sudah sama" in said
        assert administration.facts().name != before
        assert list(IndexedRecord.objects.values_list("pk", flat=True)) == embedded
        changed(pages[0], "Kabar mangga baru")
        said = self.run("--engine", "elasticsearch", "--reconcile")
        assert said == "Indeks Elasticsearch dicocokkan: 0 belum diindeks, 1 berubah, 0 tidak tayang lagi.\n"
        assert "Kabar mangga baru" in all_mangga(search)

    def test_without_an_engine_named_it_does_both(self, pages):
        changed(pages[0], "Kabar mangga baru")
        assert "Indeks Elasticsearch dicocokkan: " in self.run("--reconcile")
        assert self.run("--reconcile").splitlines() == [
            "Indeks sudah sama dengan basis data.",
            "Indeks Elasticsearch sudah sama dengan basis data.",
        ]

    def test_a_cluster_that_does_not_answer_is_said_in_a_sentence(self, settings):
        with closed_port() as url:
            settings.ELASTICSEARCH_HOSTS = [url]
            with pytest.raises(CommandError, match=r"tidak menjawab.*Ulangi perintah ini"):
                self.run("--engine", "elasticsearch")

    def test_a_name_that_another_index_has_is_said_in_a_sentence(self, cluster):
        administration.drop(cluster)
        with reaching() as client:
            client.indices.create(index=cluster)
        try:
            with pytest.raises(CommandError, match="pilih nama lain dalam ELASTICSEARCH_INDEX"):
                self.run("--engine", "elasticsearch")
        finally:
            with reaching() as client:
                client.indices.delete(index=cluster)

    def test_a_cluster_that_is_not_configured_is_said_in_a_sentence(self):
        with pytest.raises(CommandError, match="ELASTICSEARCH_URL belum diisi"):
            self.run("--engine", "elasticsearch")
