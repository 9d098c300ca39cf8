"""Offices and people for the tests of the statistics."""

from tests.offices import _two_offices, office, other_office, other_people, people  # noqa: F401
