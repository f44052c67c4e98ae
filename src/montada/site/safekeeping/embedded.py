"""The embedded database as one file: copied while it is used, replaced at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


def copy_database(copy: Path) -> None:
    """Write the database as it is at one moment into `copy`; writers go on."""
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
        # One file: a write-ahead log beside it would be left out of the backup.
        target.execute("PRAGMA journal_mode=DELETE")


def migrations_of(copy: Path) -> list[str]:
    """Return the migrations that were applied to `copy`, as `app.name`."""
    with closing(sqlite3.connect(copy)) as database:
        tables = database.execute("SELECT name FROM sqlite_master").fetchall()
        if ("django_migrations",) not in tables:
            return []
        rows = database.execute("SELECT app, name FROM django_migrations ORDER BY id")
        return [f"{app}.{name}" for app, name in rows]


def continue_numbers(copy: Path, table: str, reached: int) -> None:
    """Make `copy` number the next row of `table` after `reached` at least."""
    with closing(sqlite3.connect(copy)) as database:
        database.execute(
            "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?",
            (reached, table),
        )
        database.commit()


def replace_database(copy: Path) -> None:
    """Overwrite the database in one transaction: readers see the one or the other."""
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as source:
        source.backup(connection.connection)
    connection.close()
