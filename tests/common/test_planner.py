"""SQLite knows how large its tables are, also of those that are empty."""

import pytest
from django.db import connection

from common import planner
from tests import factories

pytestmark = pytest.mark.django_db


def _figures() -> dict[tuple[str, str | None], str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1")
        return {(table, index): stat for table, index, stat in cursor.fetchall()}


def test_every_table_has_figures_and_an_empty_one_counts_as_small():
    factories.RegulationPageFactory()
    said = planner.refresh()
    if connection.vendor != "sqlite":
        assert "PostgreSQL" in said
        return
    figures = _figures()
    assert figures["wagtailcore_pageviewrestriction", None] == "1"
    tables = {table for table, _ in figures}
    assert set(connection.introspection.table_names()) - {"sqlite_stat1"} <= tables
    assert planner.refresh() == "selesai"
    assert _figures() == figures


def test_a_lookup_in_an_empty_table_is_not_put_off_until_all_pages_are_read():
    if connection.vendor != "sqlite":
        return
    factories.RegulationPageFactory()
    planner.refresh()
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN QUERY PLAN SELECT p.path FROM wagtailcore_pageviewrestriction r"
            " JOIN wagtailcore_page p ON p.id = r.page_id"
        )
        steps = [row[3] for row in cursor.fetchall()]
    assert steps[0].startswith("SCAN r")
