"""The weights of the ranking on Elasticsearch. `docs/search-elasticsearch.md` says what each is worth, measured."""

from __future__ import annotations

from dataclasses import dataclass

from search.engines.weights import CommonWeights


@dataclass(frozen=True, kw_only=True)
class Weights(CommonWeights):
    """All numbers of the ranking. Scores are sums of ``rarity x saturated frequency`` of the concepts.

    Title repeats, saturations and ``text_length`` are part of the index: changing them needs `manage.py reindex`.
    """

    # Whole record: how often a field's words stand in it, saturation, length normalisation.
    title_repeats: int = 6
    name_repeats: int = 2
    summary_repeats: int = 3
    saturation: float = 1.2
    text_length: float = 0.6
    record: float = 0.7
    title_cover: float = 3.5
    title_whole: float = 0.6
    # So many first records are looked at passage by passage; beyond, the whole record decides.
    rescored: int = 300
    # A good score is so many times the query's weight.
    scale: float = 2.5
    in_force: float = 0.25  # share of it


DEFAULT = Weights()
