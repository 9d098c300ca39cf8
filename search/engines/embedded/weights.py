"""The weights of the embedded engine's ranking. `docs/search.md` says what each is worth, measured."""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.weights import CommonWeights


@dataclass(frozen=True, kw_only=True)
class Weights(CommonWeights):
    """All numbers of the ranking. Scores are sums of ``idf x saturated frequency`` of the concepts.

    A good score is the best one of the answer.
    """

    # Whole record (BM25F): worth of a word in a field, length normalisation, saturation.
    title: float = 6.0
    name: float = 2.0
    summary: float = 3.0
    title_length: float = 0.3
    text_length: float = 0.6
    saturation: float = 1.2
    record: float = 1.0
    title_cover: float = 2.5
    title_whole: float = 0.3
    # Neighbours in the query that are neighbours in the record.
    phrase: float = 0.0
    # Share of the score that depends on how much of the query a record covers.
    cover_share: float = 0.0
    revoked: float = 0.25  # share of a good score taken away: what is in force comes first


DEFAULT = Weights()
