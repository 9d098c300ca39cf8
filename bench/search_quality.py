"""What each ingredient of the ranking is worth, by kind of query, on either engine.

    python bench/search_quality.py QUERIES.json CORPUS.jsonl.gz [embedded|elasticsearch]

Builds a trial index from the corpus, runs the judged queries with everything and with one ingredient less at a time,
and prints one table of nDCG@10. The index is dropped afterwards. Elasticsearch is that of ELASTICSEARCH_URL.
"""

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "eppid.settings.dev")

import django  # noqa: E402

django.setup()

from search.corpus import corpus_records  # noqa: E402
from search.engines.elastic import composing  # noqa: E402
from search.engines.elastic.engine import ElasticEngine  # noqa: E402
from search.engines.elastic.lexicon import ClusterLexicon  # noqa: E402
from search.engines.embedded import ranking  # noqa: E402
from search.engines.embedded.engine import EmbeddedEngine  # noqa: E402
from search.engines.embedded.lexicon import IndexLexicon  # noqa: E402
from search.evaluation import evaluate, read_queries  # noqa: E402
from search.trial import EMBEDDED, trial_engine  # noqa: E402


def no_vocabulary(lexicon):
    """A lexicon as if the editors' tables were empty."""
    return type("NoVocabulary", (lexicon,), {"readings": lambda self, words: iter(())})


def no_correction(lexicon):
    """A lexicon as if nobody mistyped."""
    return type("NoCorrection", (lexicon,), {"corrections": lambda self, word: []})


class NoStems:
    """While it is entered, a word finds only itself, on either engine."""

    def __enter__(self):
        self._forms, self._ways = ranking.Lookup.forms, composing._ways
        ranking.Lookup.forms = lambda lookup, word, exact: [
            pair for pair in self._forms(lookup, word, exact) if pair[0] == word
        ]
        composing._ways = lambda variant, exact, *rest: self._ways(replace(variant, exact=True), exact, *rest)

    def __exit__(self, *exc):
        ranking.Lookup.forms, composing._ways = self._forms, self._ways


def variants(engine):
    """(name, engine, what to enter) of every line of the table."""
    embedded = isinstance(engine, EmbeddedEngine)
    lexicon = IndexLexicon if embedded else ClusterLexicon

    def other(weights=engine.weights, lexicon=lexicon):
        if embedded:
            return EmbeddedEngine(engine.index_row, weights, lexicon)
        return ElasticEngine(engine.index_name, weights, lexicon, live=False)

    yield "everything", engine, None
    yield "without word forms (stems, spelling)", engine, NoStems()
    yield "without abbreviations and synonyms", other(lexicon=no_vocabulary(lexicon)), None
    yield "without corrections", other(lexicon=no_correction(lexicon)), None
    for name, changes in (
        ("without best passage", {"passage": 0.0}),
        ("without whole record", {"record": 0.0}),
        ("without covered title", {"title_cover": 0.0, "title_whole": 0.0}),
        ("with plain idf", {"idf_power": 1.0, "idf_cap": 99.0}),
        ("other forms as good as the typed one", {"same_stem": 1.0}),
        ("without type and year named", {"type_named": 0.0, "year_named": 0.0}),
        ("with 60 % of the query needed (not used)", {"cover_needed": 0.6}),
    ):
        yield name, other(replace(engine.weights, **changes)), None


def main(queries_path: str, corpus_path: str, name: str = EMBEDDED) -> None:
    """Build, run, print."""
    queries = read_queries(queries_path)
    with trial_engine(name, corpus_records(corpus_path)) as (built, _):
        kinds = sorted({judged.kind for judged in queries})
        print("| " + " | ".join(["", "all", *kinds]) + " |")
        print("|" + "---|" * (len(kinds) + 2))
        for line, engine, context in variants(built):
            with context or nullcontext():
                report = evaluate(engine, queries)
            figures = [report.ndcg, *(report.kinds[kind]["ndcg@10"] for kind in kinds)]
            print("| " + " | ".join([line, *(f"{figure:.2f}" for figure in figures)]) + " |", flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(*sys.argv[1:])
