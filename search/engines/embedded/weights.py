"""The weights of the embedded engine's ranking, as data. `docs/search.md` says what each is worth, measured."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Weights:
    """All numbers of the ranking. Scores are sums of ``idf x saturated frequency`` of the concepts."""

    # How near other forms are to the typed word.
    same_stem: float = 0.8
    # Whole record (BM25F): worth of a word in a field, length normalisation, saturation.
    title: float = 6.0
    name: float = 2.0
    summary: float = 3.0
    title_length: float = 0.3
    text_length: float = 0.6
    saturation: float = 1.2
    record: float = 1.0
    # Best passage (two slots): saturation, share.
    passage_saturation: float = 1.0
    passage: float = 1.0
    # Title covered by the query.
    title_cover: float = 2.5
    title_whole: float = 0.3
    # Neighbours in the query that are neighbours in the record.
    phrase: float = 0.0
    # A rare word is not endlessly more telling than a less rare one.
    idf_cap: float = 4.0
    idf_power: float = 0.7
    # Share of the score that depends on how much of the query a record covers.
    cover_share: float = 0.0
    # A record counts as found when it covers this share of the concepts' weight.
    cover_needed: float = 0.4
    # Where a page is to be resembled: this share, as no person chose the words, and the title so many times as much.
    cover_alike: float = 0.35
    title_alike: float = 3.0
    # Share of the best possible score for...
    type_named: float = 0.12
    year_named: float = 0.15
    revoked: float = 0.25  # taken away: what is in force comes first
    fresh: float = 0.01  # the newest year against 1945
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
