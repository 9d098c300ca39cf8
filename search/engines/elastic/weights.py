"""The weights of the ranking on Elasticsearch, as data. `docs/search.md` says what each is worth, measured."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Weights:
    """All numbers of the ranking. Scores are sums of ``rarity x saturated frequency`` of the concepts.

    Title repeats, saturations and ``text_length`` are part of the index: changing them needs `manage.py reindex`.
    """

    # How near other forms are to the typed word.
    same_stem: float = 0.8
    # Whole record: how often a field's words stand in it, saturation, length normalisation.
    title_repeats: int = 6
    name_repeats: int = 2
    summary_repeats: int = 3
    saturation: float = 1.2
    text_length: float = 0.6
    record: float = 0.7
    # Best passage.
    passage_saturation: float = 1.0
    passage: float = 1.0
    # Title covered by the query; a title that says everything asked.
    title_cover: float = 3.5
    title_whole: float = 0.6
    # A rare word is not endlessly more telling than a less rare one.
    idf_cap: float = 4.0
    idf_power: float = 0.7
    # A record counts as found when it covers this share of the concepts' weight.
    cover_needed: float = 0.4
    # Where a page is to be resembled: this share, as no person chose the words, and the title so many times as much.
    cover_alike: float = 0.35
    title_alike: float = 3.0
    # So many first records are looked at passage by passage; beyond, the whole record decides.
    rescored: int = 300
    # Share of a good score (``scale`` times the query's weight) for...
    scale: float = 2.5
    type_named: float = 0.12
    year_named: float = 0.15
    in_force: float = 0.25
    fresh: float = 0.01
    newest_asked: float = 0.5
    # Added for the very instrument that was named by number; more than any text can give.
    cited: float = 10.0

    def alike(self) -> Weights:
        """The weights for finding what resembles a page."""
        return replace(
            self,
            cover_needed=self.cover_alike,
            title_cover=self.title_cover * self.title_alike,
            title_whole=self.title_whole * self.title_alike,
        )


DEFAULT = Weights()
