"""Offices and people for the tests of the statistics, a spool of their own, and the day on which they play."""

import pytest
import time_machine

from analytics import visitors
from tests.analytics.usage import NOON
from tests.offices import _two_offices, office, other_office, other_people, people  # noqa: F401


@pytest.fixture
def own_spool(settings, tmp_path):
    """A spool that nobody else writes to or reads from, and no salt that the process remembers."""
    settings.ANALYTICS_SPOOL = tmp_path / "kunjungan"
    visitors.forget()
    yield
    visitors.forget()


@pytest.fixture
def at_noon():
    """It is `usage.NOON`."""
    with time_machine.travel(NOON, tick=False):
        yield
