"""The connection to the cluster, and the switch that leaves it alone for a while after it failed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from django.conf import settings
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, SerializationError, TextSerializer, TransportError
from elastic_transport.client_utils import url_to_node_config
from elasticsearch import ApiError, Elasticsearch, UnsupportedProductError

#: A search waits this long (seconds). The cluster itself stops a little earlier and says so.
SEARCH_SECONDS = 2.0
#: A whole answer may take this long: one question can need thirty requests (words that nobody knows).
ANSWER_SECONDS = 6.0
#: After a failure the cluster is left alone for so long; then one search tries it again.
REST_SECONDS = 10.0


class ClusterUnavailable(Exception):
    """The cluster does not answer, or answers that it cannot now. The text is a sentence for the operator."""


class _NoText(TextSerializer):
    """Nothing that is asked here is answered in plain text or HTML: another server or a proxy did that."""

    def loads(self, data: bytes) -> str:
        """Refuse."""
        raise SerializationError("not the answer of Elasticsearch")


def is_configured() -> bool:
    """Whether ELASTICSEARCH_URL is set."""
    return bool(settings.ELASTICSEARCH_HOSTS)


def alias() -> str:
    """The name under which the index in use is searched."""
    return settings.ELASTICSEARCH_INDEX


def client() -> Elasticsearch:
    """The client of the configured hosts; one a process and configuration."""
    return _client(
        tuple(settings.ELASTICSEARCH_HOSTS),
        settings.ELASTICSEARCH_API_KEY,
        settings.ELASTICSEARCH_CA_CERTS,
    )


@lru_cache(maxsize=4)
def _client(hosts: tuple[str, ...], api_key: str, ca_certs: str) -> Elasticsearch:
    options: dict = {}
    if api_key:
        options["api_key"] = api_key
    if ca_certs:
        options["ca_certs"] = ca_certs
    return Elasticsearch(
        [url_to_node_config(host, use_default_ports_for_scheme=True) for host in hosts],
        request_timeout=30,
        # Another node is asked at once when one does not answer: with one of three gone nothing is noticed.
        max_retries=max(1, len(hosts)),
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504),
        dead_node_backoff_factor=1.0,
        connections_per_node=10,
        http_compress=False,
        serializers={"text/*": _NoText()},
        **options,
    )


class Switch:
    """Open after a failure: searches do not wait for a cluster that has just failed. One a process."""

    def __init__(self, rest: float = REST_SECONDS):
        self.rest = rest
        self._until = 0.0
        self._lock = threading.Lock()

    def lets_through(self) -> bool:
        """True when the cluster may be asked. After a rest exactly one caller at a time tries again."""
        with self._lock:
            now = time.monotonic()
            if now < self._until:
                return False
            if self._until:
                self._until = now + self.rest  # the others wait for what this one finds
            return True

    def failed(self) -> None:
        """The cluster did not answer."""
        with self._lock:
            self._until = time.monotonic() + self.rest

    def worked(self) -> None:
        """The cluster answered."""
        if self._until:
            with self._lock:
                self._until = 0.0


switch = Switch()
_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let all requests of the block together take no longer."""
    before = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(before)


def _time_for(seconds: float) -> float:
    """How long a request may take that would be given so many seconds."""
    deadline = _deadline.get()
    if deadline is None:
        return seconds
    left = deadline - time.monotonic()
    if left <= 0:
        raise ClusterUnavailable("Elasticsearch menjawab terlalu lambat.")
    return min(seconds, left)


@contextmanager
def reaching(seconds: float | None = None) -> Iterator[Elasticsearch]:
    """Give the client; failures of the cluster (not of the request) become :class:`ClusterUnavailable`.

    ``seconds`` is how long a request may take (30 without it), or less where `within` has begun earlier.
    """
    try:
        yield client() if seconds is None else client().options(request_timeout=_time_for(seconds))
    except (NoConnection, ConnectionTimeout) as error:
        raise ClusterUnavailable(f"Elasticsearch tidak menjawab ({type(error).__name__}).") from error
    except (UnsupportedProductError, SerializationError) as error:
        raise ClusterUnavailable(
            "Yang menjawab di ELASTICSEARCH_URL bukan Elasticsearch; periksa alamatnya, dan proksi di depannya."
        ) from error
    except ApiError as error:
        if error.status_code in (401, 403):
            raise ClusterUnavailable(
                f"Elasticsearch menolak kunci aksesnya ({error.status_code}); periksa ELASTICSEARCH_URL"
                " atau ELASTICSEARCH_API_KEY."
            ) from error
        if error.status_code == 404:
            raise ClusterUnavailable(
                f"Indeks {alias()} belum ada di Elasticsearch; jalankan: manage.py reindex"
            ) from error
        if error.status_code == 429 or error.status_code >= 500:
            raise ClusterUnavailable(f"Elasticsearch sedang tidak mampu ({error.status_code}).") from error
        raise
    except TransportError as error:
        raise ClusterUnavailable(f"Elasticsearch tidak dapat dipakai ({type(error).__name__}).") from error
