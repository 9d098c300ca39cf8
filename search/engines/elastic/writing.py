"""Writing records into an index of the cluster, each with a version: what is older never replaces what is newer."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from elasticsearch import ApiError
from elasticsearch.helpers import streaming_bulk

from search.engines.elastic.connection import ClusterUnavailable, reaching
from search.engines.elastic.documents import document_of
from search.engines.elastic.weights import DEFAULT, Weights
from search.records import IndexRecord

CHUNK = 100  # records
PART_BYTES = 5_000_000  # of text
WRITE_SECONDS = 60.0
THREADS = 2  # while one part is on its way, the next is made ready
BAD_REQUEST, MISSING, CONFLICT, TOO_LARGE = 400, 404, 409, 413


@dataclass
class Written:
    """What came of a write: how many the cluster took; page id (0: of no page) -> reason for those it refused."""

    taken: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def index_action(record: IndexRecord, version: int, weights: Weights = DEFAULT) -> dict:
    """The bulk action that puts a record in place."""
    action = {"_op_type": "index", "_source": document_of(record, weights)}
    if record.page_id is not None:
        action |= {"_id": str(record.page_id), "version": version, "version_type": "external_gte"}
    return action


def delete_action(page_id: int, version: int) -> dict:
    """The bulk action that takes a page out."""
    return {"_op_type": "delete", "_id": str(page_id), "version": version, "version_type": "external_gte"}


def write(index: str, actions: Iterable[dict], *, refresh: bool = False, is_alias: bool = True) -> Written:
    """Send actions in parts; memory is bounded by a few parts. With ``refresh`` they are searchable on return.

    ``actions`` are made in the calling thread (they may read the database), while earlier parts are on their way in
    threads of their own. A conflict means that a newer state is there already, which is as good; so is deleting what
    is not there. Raises ClusterUnavailable when the cluster does not answer; what was sent before stays.
    """
    written = Written()
    with reaching() as client:
        # A removal with a version makes an index of its own where there is none: `require_alias` is not for removals.
        if is_alias and not client.indices.exists_alias(name=index):
            raise ClusterUnavailable(f"Indeks {index} belum ada di Elasticsearch.")
        sender = client.options(request_timeout=WRITE_SECONDS)

        def send(part: list[dict]) -> list[dict]:
            sent = streaming_bulk(
                sender,
                part,
                index=index,
                chunk_size=CHUNK,
                max_chunk_bytes=10 * PART_BYTES,
                raise_on_error=False,
                require_alias=is_alias,
            )
            try:
                return [item for _, item in sent]
            except ApiError as error:
                if error.status_code not in (BAD_REQUEST, TOO_LARGE):
                    raise
                if len(part) == 1:
                    return [_refused(part[0], error)]
                # Refused as a whole: find the record that it is about, so that the others are not held up.
                middle = len(part) // 2
                return send(part[:middle]) + send(part[middle:])

        parts = _parts(actions)
        first, second = next(parts, None), next(parts, None)
        if second is None:
            for item in send(first) if first else ():
                _note(written, item)
        else:
            with ThreadPoolExecutor(THREADS) as pool:
                under_way: deque[Future] = deque()
                for part in itertools.chain([first, second], parts):
                    under_way.append(pool.submit(send, part))
                    if len(under_way) > THREADS:
                        _note_all(written, under_way.popleft())
                while under_way:
                    _note_all(written, under_way.popleft())
        if refresh:
            client.indices.refresh(index=index)
    return written


def _parts(actions: Iterable[dict]) -> Iterator[list[dict]]:
    """Actions in parts of at most CHUNK, or of about PART_BYTES."""
    part: list[dict] = []
    size = 0
    for action in actions:
        part.append(action)
        size += sum(len(passage["t"]) for passage in action.get("_source", {}).get("passages", ()))
        if len(part) >= CHUNK or size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _refused(action: dict, error: ApiError) -> dict:
    """A refused request of one action, as the cluster's answer would tell it."""
    reason = {"reason": error.message}
    return {action["_op_type"]: {"_id": action.get("_id"), "status": error.status_code, "error": reason}}


def _note_all(written: Written, sent: Future) -> None:
    for item in sent.result():
        _note(written, item)


def _note(written: Written, item: dict) -> None:
    ((operation, result),) = item.items()
    status = result["status"]
    if (
        status < 300
        or status == CONFLICT
        or (operation == "delete" and status == MISSING and "error" not in result)
    ):
        written.taken += 1
        return
    error = result.get("error", {})
    reason = error.get("reason", "") if isinstance(error, dict) else str(error)
    if status == MISSING or status == 429 or status >= 500:
        raise ClusterUnavailable(f"Elasticsearch tidak menerima tulisan ({status}: {reason[:200]}).")
    number = str(result.get("_id") or "")
    written.refused[int(number) if number.isdecimal() else 0] = f"{status}: {reason}"[:500]


def versioned(records: Iterable[IndexRecord], version: int, weights: Weights = DEFAULT) -> Iterator[dict]:
    """Actions for records that were read after ``version`` was drawn."""
    return (index_action(record, version, weights) for record in records)


def deletions(page_ids: Sequence[int], version: int) -> Iterator[dict]:
    """Actions that take pages out."""
    return (delete_action(page_id, version) for page_id in page_ids)
