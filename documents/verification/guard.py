"""The database's own guard of the change log: whoever goes round the models may still only add entries.

PostgreSQL has it since migration 0006. SQLite has it from here: its triggers compare every column that the table has,
and go when a later migration rebuilds the table, so they are put back after each `migrate`. Emptying the whole database
(`manage.py flush`) passes: PostgreSQL truncates past its guard, on SQLite the command lifts it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections, transaction

TABLE = "documents_ledgerentry"
REFUSAL = "entries of the change log are only ever added"
_NAME = "documents_ledger_guard"
_FORGOTTEN = ("details", "salt")
"""What may be emptied, together: the words of an entry (`LedgerQuerySet.blank`)."""


def install(connection: Any) -> None:
    """Put the triggers on SQLite's table, in the place of older ones; nothing on other databases, or without table."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA table_info({TABLE})")
        columns = [row[1] for row in cursor.fetchall()]
        if not columns:
            return
        same = [f'NEW."{name}" IS OLD."{name}"' for name in columns if name not in _FORGOTTEN]
        only_forgets = " AND ".join(["NEW.details IS NULL", "NEW.salt = ''", *same])
        is_there = f"EXISTS (SELECT 1 FROM {TABLE} WHERE number = NEW.number)"
        _drop(cursor)
        # INSERT OR REPLACE deletes without asking the trigger of deletions.
        for event, when in (("UPDATE", f"NOT ({only_forgets})"), ("DELETE", "1"), ("INSERT", is_there)):
            cursor.execute(
                f"CREATE TRIGGER {_NAME}_{event.lower()} BEFORE {event} ON {TABLE} WHEN {when} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )


def remove(connection: Any) -> None:
    """Take the triggers off SQLite's table."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _drop(cursor)


def _drop(cursor: Any) -> None:
    for event in ("update", "delete", "insert"):
        cursor.execute(f"DROP TRIGGER IF EXISTS {_NAME}_{event}")


@contextmanager
def lifted(using: str) -> Iterator[None]:
    """Let the whole table be emptied on SQLite inside this block; a process that dies in it leaves the guard on."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        yield
        return
    with transaction.atomic(using=using):
        remove(connection)
        yield
        install(connection)


def is_on(connection: Any) -> bool:
    """Tell whether the database refuses to change and delete entries now."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = %s AND tgenabled <> 'D'",
                [TABLE, _NAME],
            )
            return cursor.fetchone()[0] == 1
        cursor.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s AND name LIKE %s",
            [TABLE, f"{_NAME}%"],
        )
        return cursor.fetchone()[0] == 3


def put_back(sender, using: str, **kwargs) -> None:
    """After `migrate`: a table that was rebuilt has lost its triggers."""
    install(connections[using])
