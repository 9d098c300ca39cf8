"""Offices and people for the tests of moderation."""

from tests.offices import _two_offices, office, other_office, other_people, people  # noqa: F401
