"""Offices and people for the tests of the admin."""

from tests.offices import _two_offices, office, other_office, other_people, people  # noqa: F401
