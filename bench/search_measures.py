"""What `bench/search.py` measures, each as a ratio inside one run."""

from __future__ import annotations

import argparse
import gc
import itertools
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import Max
from django.test import Client, override_settings
from elasticsearch.helpers import bulk

from bench import search_trial as trial
from catalogue.models import RegulationPage
from search import service
from search.engines.elastic import administration, connection
from search.engines.elastic import lexicon as cluster_lexicon
from search.engines.elastic.documents import document_of
from search.engines.elastic.engine import ElasticEngine
from search.engines.elastic.writing import index_action, write
from search.evaluation import read_queries
from search.indexing import records_of
from search.types import SearchQuery

ROOT = Path(__file__).resolve().parents[1]
PUBLICATIONS = 20
BULK_PAGES = 1500


class Table:
    """Lines of the result: what, measured, asked for."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, str]] = []

    def add(self, what: str, measured: str, target: str = "") -> None:
        """Add a line, and show it at once."""
        self.lines.append((what, measured, target))
        print(f"  {what}: {measured}{f' (target {target})' if target else ''}", flush=True)

    def show(self) -> None:
        """Print everything as one table."""
        print("\n| what | measured | target |\n|---|---|---|")
        for line in self.lines:
            print(f"| {' | '.join(line)} |")


def measure(options: argparse.Namespace) -> None:
    """All measurements in turn."""
    settings.ALLOWED_HOSTS = ["*"]
    queries = [judged.query for judged in read_queries(options.queries)]
    originals, copies = trial.prepare(options.corpus, max(options.sizes))
    table = Table()
    medians: dict[int, float] = {}
    try:
        for size in sorted(options.sizes):
            laws, more = originals[:size], copies[: max(0, size - len(originals))]
            started = time.perf_counter()
            trial.build(trial.documents(laws, more, options.passages))
            passages = _passages()
            print(f"{size} documents, {passages} passages, built in {time.perf_counter() - started:.0f} s")
            api, raw = latency(queries, options.rounds)
            name = f"{size:,} documents, {passages:,} passages"
            medians[size] = statistics.median(api)
            table.add(f"/api/v1/search, {name}", f"median {_ms(api)}, p95 {_ms(api, 95)}")
            table.add(
                f"against the bare _search, {name}",
                f"median {_ratio(api, raw)}, p95 {_ratio(api, raw, 95)}",
                "1.3, 1.5",
            )
            deep_pages(table, name)
        growth(table, medians)
        trial.build(trial.documents(originals, [], options.passages))
        against_wagtail(table, queries, originals, options.rounds)
        writing(table, originals)
        falling_back(table)
        publishing(table)
    finally:
        administration.drop(connection.alias())
    table.show()


# --- searching --------------------------------------------------------------------------------------------------------


def latency(queries: Sequence[str], rounds: int) -> tuple[list[float], list[float]]:
    """(seconds of each API answer, of the bare `_search` of its body), asked in turn; the first round warms up."""
    cluster_lexicon.forget()
    client, engine = Client(), ElasticEngine()
    api: list[float] = []
    raw: list[float] = []
    for number in range(rounds + 1):
        for text in queries:
            body = engine.compose(SearchQuery.from_params({"q": text, "lingkup": "semua"}))[0]
            own = _timed(lambda text=text: _ask_api(client, text))
            bare = _timed(lambda body=body: connection.client().search(index=connection.alias(), body=body))
            if number:
                api.append(own)
                raw.append(bare)
    return api, raw


def _ask_api(client: Client, text: str, page: int = 1) -> dict:
    response = client.get(
        "/api/v1/search", {"q": text, "lingkup": "semua", "halaman": page}, headers={"host": "localhost"}
    )
    assert response.status_code == 200, response.content
    found = response.json()
    assert not found["pemberitahuan"], found["pemberitahuan"]
    return found


def deep_pages(table: Table, name: str) -> None:
    """The deepest page of a long list against the first."""
    client = Client()
    last = _ask_api(client, "pemerintah")["jumlah_halaman"]
    first = [_timed(lambda: _ask_api(client, "pemerintah")) for _ in range(7)]
    deep = [_timed(lambda: _ask_api(client, "pemerintah", last)) for _ in range(7)]
    table.add(f"page {last:,} against page 1, {name}", f"median {_ratio(deep, first)}")


def growth(table: Table, medians: dict[int, float]) -> None:
    """How the median grows from each size to the next."""
    sizes = sorted(medians)
    for small, large in itertools.pairwise(sizes):
        target = "2" if (small, large) == (10_000, 100_000) else ""
        table.add(
            f"growth {small:,} to {large:,} documents", f"{medians[large] / medians[small]:.2f}", target
        )


def against_wagtail(table: Table, queries: Sequence[str], page_ids: list[int], rounds: int) -> None:
    """Ten hits, their number and two facets from Wagtail's backend, against our whole answer on the same pages."""
    from modelsearch.backends.elasticsearch8 import Elasticsearch8SearchBackend

    backend = Elasticsearch8SearchBackend(
        {"URLS": settings.ELASTICSEARCH_HOSTS, "INDEX_PREFIX": "benchwagtail"}
    )
    pages = RegulationPage.objects.filter(pk__in=page_ids)
    index = backend.get_index_for_model(RegulationPage)
    index.reset()
    index.add_model(RegulationPage)
    for start in range(0, len(page_ids), 500):
        index.add_items(RegulationPage, pages.filter(pk__in=page_ids[start : start + 500]))
    index.refresh()

    def ask(text: str) -> None:
        found = backend.search(text, RegulationPage.objects.live())
        list(found[:10])
        found.count()
        found.facet("jenis")
        found.facet("tahun")

    client = Client()
    theirs: list[float] = []
    ours: list[float] = []
    for number in range(rounds + 1):
        for text in queries:
            one, two = _timed(lambda text=text: ask(text)), _timed(lambda text=text: _ask_api(client, text))
            if number:
                theirs.append(one)
                ours.append(two)
    names = list(connection.client().indices.get(index="benchwagtail*").body)
    connection.client().indices.delete(index=names)
    table.add(
        "Wagtail's backend, ten hits, count, two facets", f"median {_ms(theirs)}, p95 {_ms(theirs, 95)}"
    )
    table.add(
        "ours (files, eight facets, extracts) against it",
        f"median {_ratio(ours, theirs)}, p95 {_ratio(ours, theirs, 95)}",
        "1",
    )


def falling_back(table: Table) -> None:
    """From the cluster's refusal to the embedded engine's answer, and the searches after it."""
    query = SearchQuery.from_params({"q": "keterbukaan informasi publik", "lingkup": "semua"})
    with trial.without_cluster():
        service.search(query)
    with override_settings(ELASTICSEARCH_HOSTS=["http://127.0.0.1:9"]):
        connection.switch.worked()
        first = _timed(lambda: service.search(query))
        later = [_timed(lambda: service.search(query)) for _ in range(10)]
        assert service.search(query).notice
    connection.switch.worked()
    table.add("first search with the node stopped", f"{1000 * first:.0f} ms", "300 ms after the failure")
    table.add("searches after it", f"median {_ms(later)}, slowest {1000 * max(later):.0f} ms", "300 ms")


# --- writing ----------------------------------------------------------------------------------------------------------


def writing(table: Table, page_ids: list[int]) -> None:
    """From pages in the database into the index, against the bulk helper with documents made before."""
    ids = page_ids[:BULK_PAGES]
    prepared = [document_of(record) for record in records_of(ids)]
    words = sum(len(passage["t"]) for document in prepared for passage in document["passages"])
    seconds = {}
    for name in ("warm", "bulk", "ours", "bulk again", "ours again"):
        administration.drop(connection.alias())
        administration.create(connection.alias())
        gc.collect()
        started = time.perf_counter()
        if "ours" in name:
            write(connection.alias(), (index_action(record, 1) for record in records_of(ids)), refresh=True)
        else:
            client = connection.client().options(request_timeout=300)
            bulk(
                client,
                (trial.action(document) for document in prepared),
                index=connection.alias(),
                chunk_size=100,
            )
            client.indices.refresh(index=connection.alias())
        seconds[name] = time.perf_counter() - started
    ours = seconds["ours"] + seconds["ours again"]
    bare = seconds["bulk"] + seconds["bulk again"]
    rate = 2 * len(ids) / ours
    table.add(f"{len(ids):,} pages into the index ({words / 1e6:.0f} MB)", f"{rate:.0f} a second")
    table.add("rate against the bare bulk helper", f"{bare / ours:.2f}", "0.8")
    prepared.clear()
    memory(table, page_ids)


def memory(table: Table, page_ids: list[int]) -> None:
    """Memory of a process that indexes a tenth of the pages, and all of them."""
    peaks = []
    for share in (10, 1):
        code = (
            "import django; django.setup();"
            "import resource;"
            "from bench.search_trial import administration, connection;"
            "from search.engines.elastic.writing import write, index_action;"
            "from search.indexing import records_of;"
            f"ids = {page_ids[::share]!r};"
            "administration.drop(connection.alias()); administration.create(connection.alias());"
            "write(connection.alias(), (index_action(r, 1) for r in records_of(ids)), refresh=True);"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
        )
        answer = subprocess.run(
            [sys.executable, "-c", code], env=_env(), cwd=ROOT, capture_output=True, text=True
        )
        assert not answer.returncode, answer.stderr
        peaks.append(int(answer.stdout.split()[-1]))
    some, everything = len(page_ids[::10]), len(page_ids)
    table.add(
        f"peak memory of the writer, {some:,} and {everything:,} pages",
        f"{peaks[0]} MB, {peaks[1]} MB, ratio {peaks[1] / peaks[0]:.2f}",
        "flat",
    )


def publishing(table: Table) -> None:
    """From the publish button to the first answer that has it; the worker runs in a process of its own."""
    command = [
        sys.executable,
        "manage.py",
        "db_worker",
        "--queue-name",
        "*",
        "--exclude-queues",
        "documents",  # read by a worker of their own (deploy/entrypoint.sh)
        "--no-reload",
        "--verbosity",
        "0",
    ]
    worker = subprocess.Popen(command, cwd=ROOT, env=_env())
    page = RegulationPage.objects.live().exclude(slug__startswith=trial.COPY).first()
    seconds = []
    try:
        key = RegulationPage.objects.aggregate(last=Max("pk"))["last"]
        for number in range(PUBLICATIONS + 2):
            word = f"kataunik{key}x{number}"
            page.ringkasan = f"Ringkasan dengan {word}"
            revision = page.save_revision()
            started = time.perf_counter()
            revision.publish()
            while not service.search(SearchQuery.from_params({"q": word, "lingkup": "semua"})).total:
                assert time.perf_counter() - started < 30, "never searchable"
                time.sleep(0.02)
            if number >= 2:  # the worker is up
                seconds.append(time.perf_counter() - started)
    finally:
        worker.terminate()
        worker.wait()
    table.add(
        f"published to searchable, {PUBLICATIONS} times",
        f"median {statistics.median(seconds):.2f} s, p95 {_percentile(seconds, 95):.2f} s",
        "p95 2 s",
    )


# --- figures ----------------------------------------------------------------------------------------------------------


def _passages() -> int:
    stats = connection.client().indices.stats(index=connection.alias(), metric="docs")
    return stats["_all"]["primaries"]["docs"]["count"] - administration.count()


def _timed(call: Callable) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _percentile(seconds: Sequence[float], share: int) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def _ms(seconds: Sequence[float], share: int = 50) -> str:
    return f"{1000 * _percentile(seconds, share):.0f} ms"


def _ratio(left: Sequence[float], right: Sequence[float], share: int = 50) -> str:
    return f"{_percentile(left, share) / _percentile(right, share):.2f}"


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")])}
