"""How fast the embedded engine indexes and answers.

    python bench/search_latency.py QUERIES.json CORPUS.jsonl.gz [ROUNDS]

Builds a trial index (dropped afterwards) in the database of DATABASE_URL, asks every query with hits, facets and
extracts, and prints records a second, memory, and the median, 95th percentile and maximum in milliseconds, first
round (nothing kept in the process) and later ones.
"""

import os
import resource
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.dev")

import django  # noqa: E402

django.setup()

from django.db import connection  # noqa: E402

from search.corpus import corpus_records  # noqa: E402
from search.engines.embedded import lexicon, store, view  # noqa: E402
from search.engines.embedded.engine import EmbeddedEngine  # noqa: E402
from search.engines.embedded.writing import write_records  # noqa: E402
from search.evaluation import evaluate, read_queries  # noqa: E402
from search.index_models import IndexState, SearchIndex  # noqa: E402


def main(queries_path: str, corpus_path: str, rounds: int = 3) -> None:
    """Build, ask, print."""
    queries = read_queries(queries_path)
    index = SearchIndex.objects.create(state=IndexState.SCRATCH, version=store.INDEX_VERSION)
    try:
        started = time.perf_counter()
        count = write_records(index, corpus_records(corpus_path))
        seconds = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{connection.vendor}: {count} records in {seconds:.1f} s, {count / seconds:.0f}/s, {memory} MB at most"
        )
        print(f"load before asking: {os.getloadavg()[0]:.1f}")
        lexicon.forget()
        view.forget()
        for number in range(rounds):
            times = sorted(1000 * second for second in evaluate(EmbeddedEngine(index), queries).seconds)
            p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
            print(
                f"round {number + 1}: median {statistics.median(times):.0f} ms, p95 {p95:.0f}, max {times[-1]:.0f}"
            )
    finally:
        index.delete()


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:4]))
