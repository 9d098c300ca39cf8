"""How new something is, as every engine counts it."""

from __future__ import annotations

FROM, SPAN = 1945, 80  # years over which age counts, evenly


def freshness(year: int | None) -> float:
    """0 for 1945 and before, 1 for 2025 and after, evenly between; 0 without a year."""
    return min(max((year or FROM) - FROM, 0), SPAN) / SPAN
