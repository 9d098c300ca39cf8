"""What a query means, for any engine: concepts, each with the ways in which it may be written.

A *concept* is one thing asked for, usually one typed word. Its *variants* are word sequences that stand for it, each
with a weight below that of the typed word. Engines look variants up by stem unless ``exact``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from common.citations import Citation

TYPED, SPELLING, JOINED, CORRECTED, ABBREVIATION, SYNONYM, RELATED = (
    "typed",
    "spelling",
    "joined",
    "corrected",
    "abbreviation",
    "synonym",
    "related",
)


@dataclass(frozen=True)
class Variant:
    """One way to write a concept: ``words`` next to each other, worth ``weight`` (1 for what was typed).

    ``records`` is how many records have it, where that is known (a correction).
    """

    words: tuple[str, ...]
    weight: float = 1.0
    source: str = TYPED
    exact: bool = False
    records: int = 0


@dataclass(frozen=True)
class Concept:
    """One thing asked for. ``weight`` says how much it matters beside its rarity (a question word: little)."""

    text: str
    variants: tuple[Variant, ...]
    weight: float = 1.0

    def with_variants(self, variants) -> Concept:
        """The same concept with more ways to write it; what is there already stays as it is."""
        known = {variant.words for variant in self.variants}
        added = tuple(variant for variant in variants if variant.words and variant.words not in known)
        return replace(self, variants=self.variants + added) if added else self


@dataclass(frozen=True)
class Analysis:
    """The whole query.

    ``concepts`` are scored; ``required`` and ``excluded`` phrases filter; ``citations`` name instruments; ``types``
    are type codes named without a number ("UU …"); ``years`` are years typed as words; ``newest`` is set when the
    newest was asked for. ``expansions`` are shown to the reader ("Juga dicari: …").
    """

    concepts: tuple[Concept, ...] = ()
    required: tuple[Variant, ...] = ()
    excluded: tuple[Variant, ...] = ()
    citations: tuple[Citation, ...] = ()
    types: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    newest: bool = False
    expansions: tuple[str, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)
    exact: bool = False

    @property
    def is_empty(self) -> bool:
        """True when nothing can be looked for."""
        return not (self.concepts or self.required or self.citations)
