"""One row, read by what it says in some columns; for what every request asks."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


def row_where(kind: type[M], **columns: Any) -> M | None:
    """
    Return the row with these values, None if there is none; any one of several.

    In SQL: a query that Django puts together anew each time takes four times as long.

    Parameters
    ----------
    columns
        By their names in the database; no value is None.
    """
    asked = " AND ".join(f"{column} = %s" for column in columns)
    sql = f"SELECT * FROM {kind._meta.db_table} WHERE {asked}"
    found = kind._base_manager.raw(sql, list(columns.values()))
    return next(iter(found), None)
