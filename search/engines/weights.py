"""The weights of a ranking that mean the same on every engine, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self


@dataclass(frozen=True, kw_only=True)
class CommonWeights:
    """Numbers that all rankings have. Those without a value here are worth another one on each engine."""

    # How near other forms are to the typed word.
    same_stem: float = 0.8
    # Best passage: saturation, share.
    passage_saturation: float = 1.0
    passage: float = 1.0
    # Title covered by the query; a title that says everything asked.
    title_cover: float
    title_whole: float
    # A rare word is not endlessly more telling than a less rare one.
    idf_cap: float = 4.0
    idf_power: float = 0.7
    # A record counts as found when it covers this share of the concepts' weight.
    cover_needed: float = 0.4
    # Where a page is to be resembled: this share, as no person chose the words, and the title so many times as much.
    cover_alike: float = 0.35
    title_alike: float = 3.0
    # Share of a good score for...
    type_named: float = 0.12
    year_named: float = 0.15
    fresh: float = 0.01  # the newest year against 1945
    newest_asked: float = 0.5
    # Added for the very instrument that was named by number; more than any text can give.
    cited: float = 10.0

    def alike(self) -> Self:
        """The weights for finding what resembles a page."""
        return replace(
            self,
            cover_needed=self.cover_alike,
            title_cover=self.title_cover * self.title_alike,
            title_whole=self.title_whole * self.title_alike,
        )
