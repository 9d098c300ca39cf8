"""What each ingredient of the embedded engine's ranking is worth, by kind of query.

    python bench/search_quality.py QUERIES.json CORPUS.jsonl.gz

Builds a trial index from the corpus, runs the judged queries with everything and with one ingredient less at a time,
and prints one table of nDCG@10. The index is dropped afterwards.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.dev")

import django  # noqa: E402

django.setup()

from search.corpus import corpus_records  # noqa: E402
from search.engines.embedded import ranking, store  # noqa: E402
from search.engines.embedded.engine import EmbeddedEngine  # noqa: E402
from search.engines.embedded.lexicon import IndexLexicon  # noqa: E402
from search.engines.embedded.weights import DEFAULT  # noqa: E402
from search.engines.embedded.writing import write_records  # noqa: E402
from search.evaluation import evaluate, read_queries  # noqa: E402
from search.index_models import IndexState, SearchIndex  # noqa: E402


class NoVocabulary(IndexLexicon):
    """As if the editors' tables were empty."""

    def readings(self, words):
        return iter(())


class NoCorrection(IndexLexicon):
    """As if nobody mistyped."""

    def corrections(self, word):
        return []


class NoStems:
    """While it is entered, a word finds only itself."""

    def __enter__(self):
        self._kept = ranking.Lookup.forms
        ranking.Lookup.forms = lambda lookup, word, exact: [
            pair for pair in self._kept(lookup, word, exact) if pair[0] == word
        ]

    def __exit__(self, *exc):
        ranking.Lookup.forms = self._kept


def variants(index):
    """(name, engine, what to enter) of every line of the table."""
    plain = EmbeddedEngine(index)
    yield "everything", plain, None
    yield "without word forms (stems, spelling)", plain, NoStems()
    yield "without abbreviations and synonyms", EmbeddedEngine(index, lexicon=NoVocabulary), None
    yield "without corrections", EmbeddedEngine(index, lexicon=NoCorrection), None
    for name, changes in (
        ("without best passage", {"passage": 0.0}),
        ("without whole record (BM25F)", {"record": 0.0}),
        ("without covered title", {"title_cover": 0.0, "title_whole": 0.0}),
        ("with plain idf", {"idf_power": 1.0, "idf_cap": 99.0}),
        ("other forms as good as the typed one", {"same_stem": 1.0}),
        ("without type and year named", {"type_named": 0.0, "year_named": 0.0}),
        ("with neighbours counted once more (not used)", {"phrase": 0.3}),
        ("with 60 % of the query needed (not used)", {"cover_needed": 0.6}),
    ):
        yield name, EmbeddedEngine(index, replace(DEFAULT, **changes)), None


def main(queries_path: str, corpus_path: str) -> None:
    """Build, run, print."""
    queries = read_queries(queries_path)
    index = SearchIndex.objects.create(state=IndexState.SCRATCH, version=store.INDEX_VERSION)
    try:
        write_records(index, corpus_records(corpus_path))
        kinds = sorted({judged.kind for judged in queries})
        print("| " + " | ".join(["", "all", *kinds]) + " |")
        print("|" + "---|" * (len(kinds) + 2))
        for name, engine, context in variants(index):
            if context:
                with context:
                    report = evaluate(engine, queries)
            else:
                report = evaluate(engine, queries)
            figures = [report.ndcg, *(report.kinds[kind]["ndcg@10"] for kind in kinds)]
            print("| " + " | ".join([name, *(f"{figure:.2f}" for figure in figures)]) + " |", flush=True)
    finally:
        index.delete()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
