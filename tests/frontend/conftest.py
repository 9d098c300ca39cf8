"""The sample site: built once for all tests of a module that only read it, and anew for a browser's live site."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from tests.frontend.sample import build_sample

# What is known of the sample's files is part of it, and its index is built at the end: no task need run meanwhile.
NO_TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend", "QUEUES": []}}


def _build():
    with override_settings(TASKS=NO_TASKS):
        built = build_sample()
        call_command("reindex", verbosity=0)
    return built


@pytest.fixture(scope="module")
def _module_sample(django_db_setup, django_db_blocker):
    """The rows stand in a transaction around the module's tests; each test's own transaction lies inside it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _build()
        transaction.set_rollback(True)


@pytest.fixture
def sample(_module_sample, db):
    """A published office site with one page of every kind, indexed for search."""
    return _module_sample


@pytest.fixture
def live_sample(live_server):
    """The sample on the live server."""
    return _build()
