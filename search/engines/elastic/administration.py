"""The indices of the cluster: making them, swapping them behind their alias, and telling whether they fit."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

from elasticsearch import BadRequestError, Elasticsearch, NotFoundError

from search.engines.elastic import connection, definition
from search.engines.elastic.connection import SEARCH_SECONDS, ClusterUnavailable, reaching

_PAGE = 5000
CHECKED_SECONDS = 30.0
_fitting: dict[str, tuple[float, str]] = {}


@dataclass(frozen=True)
class IndexFacts:
    """What the cluster says of the index behind an alias."""

    name: str
    version: int
    digest: str

    @property
    def fits(self) -> bool:
        """Whether it is what this release would make."""
        return self.digest == definition.body()["mappings"]["_meta"]["digest"]


def building_alias() -> str:
    """The alias of an index that is being built; gone once it is in use."""
    return f"{connection.alias()}-disusun"


def facts(alias: str = "") -> IndexFacts | None:
    """The index behind the alias (default: the one in use); None when there is none.

    Raises ClusterUnavailable and nothing else, soon: probes of the site ask this too.
    """
    with reaching(SEARCH_SECONDS) as client:
        try:
            found = client.indices.get_mapping(index=alias or connection.alias()).body
        except NotFoundError:
            return None
        except BadRequestError as error:
            raise ClusterUnavailable(f"Elasticsearch menolak permintaan ({error.status_code}).") from error
    name, mapping = sorted(found.items())[-1]
    meta = mapping["mappings"].get("_meta", {})
    return IndexFacts(name, meta.get("version", 0), meta.get("digest", ""))


def require_fit(alias: str) -> None:
    """Raise ClusterUnavailable when the index behind an alias is not what this release makes. Asked twice a minute."""
    made, problem = _fitting.get(alias, (0.0, ""))
    if not made or time.monotonic() - made > CHECKED_SECONDS:
        index = facts(alias)
        problem = "" if index and index.fits else f"Indeks {alias} belum sesuai dengan versi ini."
        _fitting[alias] = (time.monotonic(), problem)
    if problem:
        raise ClusterUnavailable(problem)


def forget() -> None:
    """Look at the indices anew before the next search (an index was swapped in this process; tests)."""
    _fitting.clear()


def require_free_name() -> None:
    """Raise ClusterUnavailable when the alias cannot be used because an index has that very name."""
    used = facts()
    if used and used.name == connection.alias():
        raise ClusterUnavailable(
            f"Nama {used.name} dipakai sebuah indeks di Elasticsearch yang bukan buatan e-PPID;"
            " pilih nama lain dalam ELASTICSEARCH_INDEX, atau hapus indeks itu."
        )


def create(alias: str) -> str:
    """Make an empty index behind an alias; returns its name."""
    name = f"{connection.alias()}-{time.strftime('%Y%m%d%H%M%S')}-{time.time_ns() % 10**6:06d}"
    with reaching() as client:
        client.indices.create(index=name, **definition.body(), aliases={alias: {}})
    return name


def swap() -> None:
    """Put the built index into use and drop the one before, in one step for readers."""
    with reaching() as client:
        used, built = connection.alias(), building_alias()
        actions: list[dict] = [{"remove": {"index": "*", "alias": built}}]
        names = list(client.indices.get_alias(name=built).body)
        old = _behind(client, used)
        actions += [{"remove": {"index": name, "alias": used}} for name in old]
        actions += [{"add": {"index": name, "alias": used}} for name in names]
        client.indices.update_aliases(actions=actions)
        forget()
        for name in old:
            client.indices.delete(index=name, ignore_unavailable=True)


def drop(alias: str) -> None:
    """Delete the indices behind an alias."""
    with reaching() as client:
        for name in _behind(client, alias):
            client.indices.delete(index=name, ignore_unavailable=True)


def _behind(client: Elasticsearch, alias: str) -> list[str]:
    try:
        return list(client.indices.get_alias(name=alias).body)
    except NotFoundError:
        return []


def fingerprints(alias: str = "") -> Iterator[tuple[int, str]]:
    """(page id, fingerprint) of every record of the index in use, in the order of the ids. Memory: one page."""
    name = alias or connection.alias()
    with reaching() as client:
        client.indices.refresh(index=name)
        after: list | None = None
        while True:
            found = client.search(
                index=name,
                size=_PAGE,
                source=False,
                docvalue_fields=["page_id", "fingerprint"],
                sort=[{"page_id": "asc"}],
                track_total_hits=False,
                search_after=after,
            )
            hits = found["hits"]["hits"]
            for hit in hits:
                yield hit["fields"]["page_id"][0], hit["fields"]["fingerprint"][0]
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]


def count(alias: str = "") -> int:
    """Number of records in the index in use."""
    with reaching(SEARCH_SECONDS) as client:
        return client.count(index=alias or connection.alias())["count"]


def cluster_detail() -> str:
    """Version, nodes and state of the cluster, in a few words."""
    with reaching(SEARCH_SECONDS) as client:
        version = client.info()["version"]["number"]
        health = client.cluster.health()
    return f"Elasticsearch {version}, {health['number_of_nodes']} simpul, status {health['status']}"
