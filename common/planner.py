"""What SQLite knows of how many rows its tables have; without it, lists of a large site read every page of the tree.

PostgreSQL keeps such figures by itself.
"""

from __future__ import annotations

from django.db import connection, transaction

ROWS_LOOKED_AT = 400  # an index; enough for the order of size


def refresh() -> str:
    """Count anew (SQLite; elsewhere nothing is done). Takes less than a second, and is no part of the content.

    SQLite writes nothing down of a table without rows and then takes it for a large one, so that looking into an empty
    table (view restrictions) is put off until all pages have been read. Such tables are entered here as having one row
    (https://www.sqlite.org/fileformat2.html#stat1tab).
    """
    if connection.vendor != "sqlite":
        return "tidak perlu: PostgreSQL menghitung sendiri"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND name NOT IN (SELECT tbl FROM sqlite_stat1)"
        )
        empty = [name for (name,) in cursor.fetchall()]
        for table in empty:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
            indexes = [name for (name,) in cursor.fetchall()]
            cursor.execute("INSERT INTO sqlite_stat1 VALUES (%s, NULL, '1')", [table])
            for index in indexes:
                cursor.execute("SELECT count(*) FROM pragma_index_info(%s)", [index])
                columns = cursor.fetchone()[0]
                cursor.execute(
                    "INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [table, index, "1" + " 1" * columns]
                )
        cursor.execute("ANALYZE sqlite_master")  # this connection takes up what was written
    return "selesai"
