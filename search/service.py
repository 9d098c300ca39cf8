"""One door to searching: views and the API call these functions and know no engine.

With ELASTICSEARCH_URL the cluster answers; whenever it does not, the embedded engine does, which is always kept up
to date in the same database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from search.engines.base import Engine
from search.engines.elastic import connection
from search.engines.elastic.connection import ClusterUnavailable
from search.engines.elastic.engine import ElasticEngine
from search.engines.embedded.engine import EmbeddedEngine
from search.pins import with_pins
from search.types import Completion, EngineHealth, Explanation, SearchQuery, SearchResults

logger = logging.getLogger(__name__)
Answered = TypeVar("Answered")

STANDING_IN = (
    "Mesin pencari utama sedang tidak tersedia, jadi mesin cadangan yang menjawab. Hasilnya tetap lengkap;"
    " urutannya mungkin sedikit berbeda."
)


def engines() -> list[Engine]:
    """All engines of this installation, the one that answers first."""
    return [ElasticEngine(), EmbeddedEngine()] if connection.is_configured() else [EmbeddedEngine()]


def search(query: SearchQuery) -> SearchResults:
    """Answer ``query`` with what is public now. Never raises for anything that was typed."""
    query = with_pins(query)
    results, stood_in = _ask(lambda engine: engine.search(query))
    return replace(results, notice=f"{results.notice} {STANDING_IN}".strip()) if stood_in else results


def complete(query: SearchQuery, limit: int = 8) -> list[Completion]:
    """Titles and citations that ``query.text`` may be the beginning of; see `Engine.complete`."""
    return _ask(lambda engine: engine.complete(query, limit))[0]


def explain(query: SearchQuery, page_id: int) -> Explanation:
    """Why a page stands where it stands in that answer, or why it is not in it, in words for an editor."""
    query = with_pins(query)
    return _ask(lambda engine: engine.explain(query, page_id))[0]


def health() -> list[EngineHealth]:
    """How each engine is. Raises nothing."""
    return [engine.health() for engine in engines()]


def _ask(question: Callable[[Engine], Answered]) -> tuple[Answered, bool]:
    """(the answer, whether the embedded engine stood in for the cluster)."""
    if not connection.is_configured():
        return question(EmbeddedEngine()), False
    if connection.switch.lets_through():
        try:
            with connection.within(connection.ANSWER_SECONDS):
                answer = question(ElasticEngine())
        except ClusterUnavailable as error:
            connection.switch.failed()
            logger.warning("Pencarian beralih ke mesin cadangan: %s", error)
        except Exception:
            # The cluster refused this one question, or its answer could not be read: that is ours to mend, and no
            # reason to leave the reader without results.
            logger.exception("Elasticsearch tidak dapat menjawab pertanyaan ini")
        else:
            connection.switch.worked()
            return answer, False
    return question(EmbeddedEngine()), True
