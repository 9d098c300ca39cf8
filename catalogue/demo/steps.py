"""Parts of the demo that rooms above the catalogue add to it."""

from collections.abc import Callable

from home.models import Office

_steps: dict[str, Callable[[Office], object]] = {}


def register_demo_step(name: str, step: Callable[[Office], object]) -> None:
    """Let `step(demo office)` run after the catalogue's own parts, in a transaction of its own; it must be idempotent.

    `name` is what the person who loads the demo reads ("Memuat … …").
    """
    _steps[name] = step


def registered_steps() -> list[tuple[str, Callable[[Office], object]]]:
    """The added parts in the order in which they were registered."""
    return list(_steps.items())


_years: dict[str, Callable[[Office], object]] = {}


def register_demo_year(name: str, step: Callable[[Office], object]) -> None:
    """Let `step(office)` run for each demo office when a year of use is asked for (`load_demo --year`); idempotent."""
    _years[name] = step


def registered_years() -> list[tuple[str, Callable[[Office], object]]]:
    """What a year of use consists of, in the order in which it was registered."""
    return list(_years.items())
