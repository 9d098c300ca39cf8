"""The first rows of the editors' vocabulary, read from `search/data/` by the migration that fills the tables.

`abbreviations.tsv`: short, long, note. `synonyms.tsv`: words divided by commas, 1 for one-way, weight. Both hold
the vocabulary of the field (domain notes on KPU's own terms, and the common abbreviations and everyday words of
Indonesian law and administration); editors change them in the admin.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"


def seed_abbreviations() -> Iterator[tuple[str, str, str]]:
    """(short, long, note) of every seed abbreviation."""
    for short, long, *rest in _rows("abbreviations.tsv"):
        yield short, long, rest[0] if rest else ""


def seed_synonyms(default_weight: float) -> Iterator[tuple[str, bool, float]]:
    """(words, one-way, weight) of every seed synonym."""
    for words, *rest in _rows("synonyms.tsv"):
        one_way = bool(rest) and rest[0] == "1"
        yield words, one_way, float(rest[1]) if len(rest) > 1 else default_weight


def _rows(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield [cell.strip() for cell in line.split("\t")]
