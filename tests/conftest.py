"""What every test may use: a clean media folder, a database that survives flushing, Chromium, axe.

Marks:
    e2e       opens Chromium; skipped by name where Chromium cannot be had
    elasticsearch
              talks to a real Elasticsearch (tests.search_node); skipped by name where none can be had
    s3        talks to a real S3 service (tests.s3_store); skipped by name where none can be had
    postgres  worth running on both databases: `make test` runs these once more on PostgreSQL
              `postgres(only=True)` needs PostgreSQL; skipped on SQLite, runs in that other part
"""

import pytest

from tests.browser import axe_violations, launch_chromium, why_no_chromium
from tests.database import Template
from tests.live import LiveSite
from tests.s3_store import why_no_store
from tests.search_node import remember_run, why_no_node
from tests.store_fixtures import bucket, each_store, fetch, use_bucket  # noqa: F401

NEEDS_POSTGRESQL = (
    "needs PostgreSQL: runs in the first part of `make test`, or with DATABASE_URL=postgres://..."
)


def pytest_configure(config):
    """Note which process the whole run belongs to, before there are others."""
    remember_run()


def pytest_collection_modifyitems(items):
    """Let tests that commit start from the migrations' rows, and skip by name what cannot run here."""
    from django.conf import settings

    on_postgresql = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    no_chromium, no_node, no_store = why_no_chromium(), why_no_node(), why_no_store()
    for item in items:
        keep_rows_of_migrations(item)
        postgres = item.get_closest_marker("postgres")
        if postgres and postgres.kwargs.get("only") and not on_postgresql:
            item.add_marker(pytest.mark.skip(reason=NEEDS_POSTGRESQL))
        if no_chromium and item.get_closest_marker("e2e"):
            item.add_marker(pytest.mark.skip(reason=no_chromium))
        if no_node and item.get_closest_marker("elasticsearch"):
            item.add_marker(pytest.mark.skip(reason=no_node))
        if no_store and item.get_closest_marker("s3"):
            item.add_marker(pytest.mark.skip(reason=no_store))


def keep_rows_of_migrations(item):
    """A test that commits is followed by a flush, which also takes Wagtail's root page and locale.

    `serialized_rollback` puts the rows of the migrations back before the next such test. pytest-django runs tests
    that commit after all others, so nobody else meets an empty database.
    """
    mark = item.get_closest_marker("django_db")
    fixtures = {"live_server", "live_site", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    if fixtures or (mark and (mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences"))):
        options = {**(mark.kwargs if mark else {}), "transaction": True, "serialized_rollback": True}
        item.add_marker(pytest.mark.django_db(**options), append=False)


@pytest.fixture(scope="session")
def _database_template(pytestconfig):
    """The migrated database to start from; None on PostgreSQL."""
    from django.conf import settings

    if not settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return None
    return Template(pytestconfig.cache.mkdir("database"))


@pytest.fixture(scope="session")
def django_db_keepdb(_database_template, django_db_keepdb, django_db_modify_db_settings):
    """Start from the kept database where there is one; otherwise from nothing, as usual."""
    from django.db import connection

    if _database_template is None:
        return django_db_keepdb
    _database_template.acquire()
    return _database_template.copy_to(connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker, _database_template):
    """Make the database of this test process, and keep a freshly migrated one for the others."""
    from django.db import connection

    if _database_template is None:
        return
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            connection.ensure_connection()
            _database_template.keep(connection.connection)
    _database_template.release()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    """Give each test a media folder of its own, so that none sees another's files."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch):
    """Empty what a process remembers between requests; during a test it forgets nothing by the clock, so that queries
    can be counted on a slow machine too."""
    from django.core.cache import cache

    from common import views_health
    from home import office_memory
    from search import vocabulary_readings

    cache.clear()
    monkeypatch.setattr(office_memory, "SECONDS", 3600.0)
    monkeypatch.setattr(vocabulary_readings, "SECONDS", 3600.0)
    office_memory.forget()
    vocabulary_readings.forget()
    views_health.forget()


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """Debian's Chromium, started once a test process.

    While Playwright's event loop runs in this thread, Django opens a connection of its own for it; that one must also
    know the rows of the migrations (see `keep_rows_of_migrations`).
    """
    from django.db import connection

    rows = getattr(connection, "_test_serialized_contents", None)
    with launch_chromium() as browser:
        if rows is not None:
            connection._test_serialized_contents = rows
        yield browser


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Keep pictures of every window of a browser test that fails, and say where they are."""
    report = yield
    site = getattr(item, "funcargs", {}).get("live_site")
    if report.when == "call" and report.failed and site:
        folder = item.config.cache.mkdir("pictures")
        report.sections.append(("pictures", "\n".join(site.pictures(folder, item.name))))
    return report


@pytest.fixture
def live_site(live_server, chromium):
    """A running site with a browser in front of it; see tests.live.LiveSite."""
    site = LiveSite(live_server.url, chromium)
    yield site
    site.close()


@pytest.fixture
def assert_accessible():
    """`assert_accessible(page)` fails with a readable list when axe finds a violation on the page."""

    def check(page, context=None):
        violations = axe_violations(page, context)
        assert not violations, "\n".join([page.url, *violations])

    return check
