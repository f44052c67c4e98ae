"""Many texts in one file: one a line, or in a column of a CSV or JSON table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import LONGEST_FIELD


class ColumnMissing(Refusal):
    code = "language.column_missing"
    message = _("There is no column “%(column)s”. Name one of these: %(columns)s.")


class ColumnUnnamed(Refusal):
    code = "language.column_unnamed"
    message = _("Name the column to read with --column. There are: %(columns)s.")


class TableUnreadable(Refusal):
    code = "language.table_unreadable"
    message = _("The table cannot be read: %(why)s")


class Numbered(NamedTuple):
    """A text and its line in the file; its place in the list for JSON. From 1."""

    number: int
    text: str


def numbered_texts(content: str, *, column: str | None, is_csv: bool) -> list[Numbered]:
    """
    Return the texts of a file that are not blank.

    Parameters
    ----------
    column
        Of a table with several; a column of its own makes lines of text a CSV table.

    Raises
    ------
    ColumnMissing, ColumnUnnamed, TableUnreadable
    """
    if content.lstrip().startswith("["):
        read = _of_json(content, column)
    elif is_csv or column:
        read = _of_csv(content, column)
    else:
        lines = content.split("\n")
        read = (Numbered(at, line) for at, line in enumerate(lines, start=1))
    return [numbered for numbered in read if numbered.text.strip()]


def _of_csv(content: str, column: str | None) -> Iterator[Numbered]:
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.reader(io.StringIO(content, newline=""))
    try:
        header = next(rows, [])
        place = header.index(_chosen(header, column))
        line = rows.line_num + 1
        for row in rows:
            yield Numbered(line, row[place] if place < len(row) else "")
            line = rows.line_num + 1
    except csv.Error as error:
        raise TableUnreadable(why=error) from error


def _of_json(content: str, column: str | None) -> Iterator[Numbered]:
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise TableUnreadable(why=error) from error
    columns = sorted({key for row in rows if isinstance(row, dict) for key in row})
    if columns:
        column = _chosen(columns, column)
    for at, row in enumerate(rows, start=1):
        yield Numbered(at, _cell(row, column))


def _cell(row: Any, column: str | None) -> str:
    value = row.get(column) if isinstance(row, Mapping) else row
    # JSON can write half a surrogate pair ("\ud800"), which no terminal can print.
    known = value if isinstance(value, str) else ""
    return known.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _chosen(columns: list[str], column: str | None) -> str:
    if column in columns:
        return str(column)
    listed = ", ".join(columns)
    if column:
        raise ColumnMissing(column=column, columns=listed)
    if len(columns) != 1:
        raise ColumnUnnamed(columns=listed)
    return columns[0]
