"""A trial index beside the site's own, for evaluations and benchmarks: built from a corpus file, gone afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from search.engines.base import Engine
from search.engines.elastic import connection, definition
from search.engines.elastic.engine import ElasticEngine
from search.engines.embedded import store
from search.engines.embedded.engine import EmbeddedEngine
from search.index_models import IndexState, SearchIndex
from search.records import IndexRecord

EMBEDDED, CLUSTER = EmbeddedEngine.name, ElasticEngine.name


@contextmanager
def trial_engine(name: str, records: Iterable[IndexRecord]) -> Iterator[tuple[Engine, int]]:
    """Yield (engine over an index of these records alone, how many they are). Raises ClusterUnavailable."""
    if name == CLUSTER:
        with connection.reaching() as client:
            index = f"{connection.alias()}-percobaan-{secrets.token_hex(4)}"
            client.indices.create(index=index, **definition.body())
            try:
                engine = ElasticEngine(index, live=False)
                yield engine, engine.index(records)
            finally:
                client.indices.delete(index=index, ignore_unavailable=True)
        return
    scratch = SearchIndex.objects.create(state=IndexState.SCRATCH, version=store.INDEX_VERSION)
    try:
        embedded = EmbeddedEngine(scratch)
        yield embedded, embedded.index(records)
    finally:
        scratch.delete()
