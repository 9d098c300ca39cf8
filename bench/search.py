"""How fast search on Elasticsearch is, and how it grows: ratios inside one run, in one table.

    python bench/search.py CORPUS.jsonl.gz QUERIES.json [--sizes 1000 10000 100000] [--work FOLDER] [--rounds 5]

Needs a node in ELASTICSEARCH_URL, or starts one of its own (2 GB heap). The trial site (a database with all laws as
pages, and copies of them up to the largest size) is kept in FOLDER between runs; indices are dropped at the end.

- `/api/v1/search` with counts, extracts and pages, against the bare `_search` of the very same body
- the same against Wagtail's own Elasticsearch backend on the same node (titles and numbers only: it knows no files)
- growth with the corpus; the deepest page against the first
- writing records against the client's bulk helper with documents made beforehand; memory of the writer
- from the publish button to the first answer that has it, with the worker in a process of its own
- from the cluster's failure to the answer of the engine that stands in
"""

import argparse
import os
import sys
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# This folder must not be looked through first: `search` is the room, not this file.
sys.path[:1] = [str(ROOT), str(ROOT / "site"), str(ROOT / "bin")]


def main() -> None:
    """Prepare, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus")
    parser.add_argument("queries")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--passages", type=int, default=10, help="passages of a copy at most")
    parser.add_argument("--work", default="/tmp/eppid-bench-search")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with ExitStack() as stack:
        if not os.environ.get("ELASTICSEARCH_URL"):
            from eppid_local.elasticsearch import throwaway

            os.environ["ELASTICSEARCH_URL"] = stack.enter_context(throwaway("2g", ()))
        os.environ["ELASTICSEARCH_INDEX"] = "bench"
        os.environ["EPPID_VAR_DIR"] = options.work
        os.environ["DJANGO_SETTINGS_MODULE"] = "eppid.settings.dev"
        Path(options.work).mkdir(parents=True, exist_ok=True)

        import django

        django.setup()
        from bench.search_measures import measure

        measure(options)


if __name__ == "__main__":
    main()
