"""Measuring the ranking: nDCG@10 and MRR@10 over judged queries, whole and by kind."""

from __future__ import annotations

import json
import math
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from search.engines.base import Engine
from search.types import SearchQuery

DEPTH = 10


@dataclass(frozen=True)
class JudgedQuery:
    """A query, the external ids that answer it, and its kind."""

    query: str
    relevant: frozenset[str]
    kind: str = ""


@dataclass
class Report:
    """Averages of a run; ``seconds`` is how long each query took."""

    ndcg: float = 0.0
    mrr: float = 0.0
    kinds: dict[str, dict[str, float]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    misses: list[tuple[float, JudgedQuery, list[str]]] = field(default_factory=list)

    def as_dict(self) -> dict:
        """The report as the one JSON line that programs read."""
        return {
            "ndcg@10": round(self.ndcg, 4),
            "mrr@10": round(self.mrr, 4),
            "queries": len(self.seconds),
            "kinds": {kind: {k: round(v, 4) for k, v in row.items()} for kind, row in self.kinds.items()},
            "median_ms": round(statistics.median(self.seconds) * 1000, 1) if self.seconds else 0,
            "max_ms": round(max(self.seconds, default=0) * 1000, 1),
        }


def read_queries(path: str | Path) -> list[JudgedQuery]:
    """Queries of a file `[{query, relevant: [id…], kind}]`. Raises ValueError saying what is wrong with it."""
    try:
        rows = json.loads(Path(path).read_text(encoding="utf-8"))
        return [
            JudgedQuery(str(row["query"]), frozenset(map(str, row["relevant"])), str(row.get("kind", "")))
            for row in rows
        ]
    except (OSError, json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: bukan berkas kueri yang dapat dibaca ({error}).") from error


def ndcg(ranked: Sequence[str], relevant: frozenset[str], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain with yes/no judgements."""
    gain = sum(1 / math.log2(place + 2) for place, found in enumerate(ranked[:depth]) if found in relevant)
    best = sum(1 / math.log2(place + 2) for place in range(min(depth, len(relevant))))
    return gain / best if best else 0.0


def reciprocal_rank(ranked: Sequence[str], relevant: frozenset[str], depth: int = DEPTH) -> float:
    """One over the place of the first right answer, 0 when there is none in sight."""
    return next((1 / (place + 1) for place, found in enumerate(ranked[:depth]) if found in relevant), 0.0)


def evaluate(engine: Engine, queries: Sequence[JudgedQuery]) -> Report:
    """Run all queries as a visitor would (hits, facets, extracts) and judge the first ten."""
    report = Report()
    by_kind: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for judged in queries:
        started = time.perf_counter()
        results = engine.search(SearchQuery.from_params({"q": judged.query, "lingkup": "semua"}))
        report.seconds.append(time.perf_counter() - started)
        ranked = [hit.external_id for hit in results.hits]
        pair = ndcg(ranked, judged.relevant), reciprocal_rank(ranked, judged.relevant)
        by_kind[judged.kind].append(pair)
        report.misses.append((pair[0], judged, ranked))
    for kind, pairs in sorted(by_kind.items()):
        report.kinds[kind] = {"ndcg@10": _mean(pairs, 0), "mrr@10": _mean(pairs, 1), "queries": len(pairs)}
    everything = [pair for pairs in by_kind.values() for pair in pairs]
    report.ndcg, report.mrr = _mean(everything, 0), _mean(everything, 1)
    report.misses.sort(key=lambda row: row[0])
    return report


def _mean(pairs: list[tuple[float, float]], place: int) -> float:
    return sum(pair[place] for pair in pairs) / len(pairs) if pairs else 0.0
