"""Small queries that are always the same, worded once a process.

Django needs some ten times as long to word a small query as the database needs to answer it. Where a page asks a
handful of them at every visit, that is most of the visit.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, NamedTuple

from django.db import connections
from django.db.models import QuerySet

_MOST_IDS = 500  # in one statement; databases take some thousand parameters


class _Worded(NamedTuple):
    alias: str  # of the database
    sql: str
    parameters: tuple
    column: str  # the first, quoted


class Prepared:
    """Querysets of `values_list` that are the same at every call: nothing in them may depend on the moment.

    ``makers`` return them (the list may grow); they are called once a process, at the first use, as models are not
    loaded before, and once more for every other value of ``depends_on``: a setting that they ask. Values come as the
    database driver gives them: right for numbers and text, not for dates or truth values.
    """

    def __init__(
        self, makers: Sequence[Callable[[], QuerySet]], depends_on: Callable[[], Hashable] = lambda: None
    ):
        self._makers = makers
        self._depends_on = depends_on
        self._worded: dict[Hashable, list[_Worded]] = {}

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows of all querysets, one after another."""
        return [row for query in self._queries() for row in _fetch(query.alias, query.sql, query.parameters)]

    def among(self, ids: Collection[int]) -> set[int]:
        """Return those of the ids that any of the querysets (of one column each) names, asked in one statement."""
        found: set[int] = set()
        queries, wanted = self._queries(), list(ids)
        for start in range(0, len(wanted) if queries else 0, _MOST_IDS):
            some = wanted[start : start + _MOST_IDS]
            marks = ", ".join(["%s"] * len(some))
            parts = [
                f"SELECT * FROM ({query.sql}) uses WHERE {query.column} IN ({marks})" for query in queries
            ]
            parameters = [value for query in queries for value in (*query.parameters, *some)]
            found.update(row[0] for row in _fetch(queries[0].alias, " UNION ALL ".join(parts), parameters))
        return found

    def _queries(self) -> list[_Worded]:
        state = self._depends_on()
        worded = self._worded.get(state, [])
        if len(worded) < len(self._makers):
            worded = self._worded[state] = [_word(make()) for make in self._makers]
        return worded


def _word(queryset: QuerySet) -> _Worded:
    connection = connections[queryset.db]
    sql, parameters = queryset.query.get_compiler(using=queryset.db).as_sql()
    column = connection.ops.quote_name(queryset.query.values_select[0])
    return _Worded(queryset.db, sql, tuple(parameters), column)


def _fetch(alias: str, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
