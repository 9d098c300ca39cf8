"""How the cluster and its index are."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from elasticsearch import ApiError

from home.templatetags.eppid import angka
from search.changes import IndexChange
from search.engines.elastic import administration, connection
from search.engines.elastic.administration import IndexFacts
from search.engines.elastic.connection import ClusterUnavailable
from search.types import EngineHealth

LATE = timedelta(minutes=5)


def cluster_health(name: str) -> EngineHealth:
    """Health of the cluster, of the index behind the alias, and of what waits for it. Raises nothing."""
    try:
        index = administration.facts()
        documents = administration.count() if index else None
        detail = administration.cluster_detail()
    except (ClusterUnavailable, ApiError) as error:
        return EngineHealth(name, False, None, f"alias {connection.alias()}", (unavailable(error),))
    problems = [problem] if (problem := index_problem(index)) else []
    if "status red" in detail:
        problems.append(
            "Sebagian data di Elasticsearch tidak terbaca (status red); periksa simpul yang berhenti."
        )
    if late := _late():
        problems.append(late)
    where = f"indeks {index.name} (versi {index.version})" if index else f"alias {connection.alias()}"
    return EngineHealth(name, index is not None, documents, f"{detail}; {where}", tuple(problems))


def unavailable(error: Exception) -> str:
    """That the cluster does not answer, in a sentence."""
    return f"{error} Mesin cadangan menjawab pencarian sampai Elasticsearch kembali."


def index_problem(index: IndexFacts | None) -> str:
    """What is wrong with the index in use (None: there is none), in a sentence; "" when it is what it should be."""
    if index is None:
        return f"Indeks {connection.alias()} belum ada di Elasticsearch; penjadwal akan menyusunnya."
    if not index.fits:
        return (
            f"Susunan indeks {index.name} di Elasticsearch lain dari yang dipakai versi ini;"
            " susun ulang dengan: manage.py reindex (pencarian tetap berjalan selama itu)."
        )
    return ""


def _late() -> str:
    """What has waited too long for the cluster, in a sentence."""
    oldest = IndexChange.objects.order_by("changed_at").first()
    if oldest is None or timezone.now() - oldest.changed_at < LATE:
        return ""
    waiting = angka(IndexChange.objects.count())
    return f"{waiting} perubahan belum sampai ke Elasticsearch, yang tertua lebih dari lima menit. Periksa pekerja."
