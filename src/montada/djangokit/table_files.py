"""
Tables that people send, of any kind: opened with care, then read row by row.

A file is looked through once before its first row is given, so that one that cannot be
read is refused whole. Cells come as text, as a person would write them: numbers without
exponents, days as 2025-07-09, several values of a list apart by "|".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.spreadsheets import (
    is_spreadsheet,
    rows_of_sheet,
    without_quote,
)
from montada.djangokit.tables import (
    LONGEST_FIELD,
    TableNotThere,
    TableUnreadable,
    by_name,
    check_nameless,
    columns_of,
    delimiter_of,
    rows_of_csv,
)

MOST_ROWS = 200_000
MOST_COLUMNS = 500
MOST_BYTES_OF_JSON = 100_000_000
"""Of a file that is held in memory as a whole."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character that UTF-16 writes in two: no file or page can hold it."""
_HALF_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes one, alone or with its other half."""

Format = Literal["csv", "xlsx", "json"]
Cells = dict[str, Any]
"""Column → text; of JSON that keeps a value whole, also a list or an object."""


class TableEmpty(Refusal):
    code = "tables.empty"
    message = _("The file is empty: there is no row in it, or no head above the rows.")


class TableTooLong(Refusal):
    code = "tables.too_long"
    message = _("The file has more than %(most)s rows. Split it and send the parts.")


class TableTooWide(Refusal):
    code = "tables.too_wide"
    message = _("The file has more than %(most)s columns.")


class JsonNotRead(Refusal):
    code = "tables.json_not_read"
    message = _("The file cannot be read as JSON: %(why)s")


class JsonNoTable(Refusal):
    code = "tables.json_no_table"
    message = _("The JSON file is not a list of objects, one for each row.")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table that was looked through: every row of it can be read."""

    path: Path
    format: Format
    columns: tuple[str, ...]
    n_rows: int

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """
        Yield each row that is not blank with its number.

        The head of a table is row 1; objects of a JSON file are counted from 1. What
        stands beyond the last column is under `tables.BEYOND`, and nobody's to drop:
        `tables.said_beyond` is the sentence with which the row is refused.
        """
        if self.format == "json":
            yield from enumerate(_objects(self.path), start=1)
            return
        rows = _raw_rows(self.path, self.format)
        next(rows)
        for number, values in enumerate(rows, start=2):
            if any(values):
                yield number, by_name(values, self.columns)


def table_file(path: Path) -> TableFile:
    """
    Look a file through, and return it as a table; what it is, its content tells.

    Raises
    ------
    TableNotThere, TableUnreadable, TableMalformed, TableEmpty, TableTooLong,
    TableTooWide, JsonNotRead, JsonNoTable
    montada.djangokit.tables.ColumnsTwice, ColumnNameless
    montada.djangokit.spreadsheets.NotASpreadsheet and the refusals beside it
    """
    try:
        format_ = _format_of(path)
        if format_ == "json":
            return _looked_through_json(path)
        return _looked_through(path, format_)
    except OSError as error:
        raise TableNotThere(path=path, why=error.strerror or error) from None


def _format_of(path: Path) -> Format:
    with path.open("rb") as file:
        head = file.read(4096)
    if is_spreadsheet(head):
        return "xlsx"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "json" if start[:1] in (b"[", b"{") else "csv"


def _looked_through(path: Path, format_: Format) -> TableFile:
    rows = _raw_rows(path, format_)
    columns = columns_of(next(rows, ()))
    if not columns:
        raise TableEmpty
    if len(columns) > MOST_COLUMNS:
        raise TableTooWide(most=MOST_COLUMNS)
    n_rows = 0
    for number, values in enumerate(rows, start=2):
        n_rows += any(values)
        if n_rows > MOST_ROWS:
            raise TableTooLong(most=MOST_ROWS)
        check_nameless(values, columns, number)
    if not n_rows:
        raise TableEmpty
    return TableFile(path, format_, columns, n_rows)


def _raw_rows(path: Path, format_: Format) -> Iterator[Sequence[str]]:
    """Yield the head and all rows, blank ones too, blanks around values trimmed."""
    if format_ == "xlsx":
        yield from rows_of_sheet(path)
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            first = file.readline(LONGEST_FIELD)
            file.seek(0)
            for row in rows_of_csv(file, delimiter_of(first)):
                yield [without_quote(value.strip()) for value in row]
        except UnicodeDecodeError:
            raise TableUnreadable(byte=_broken_byte(path)) from None


def _broken_byte(path: Path) -> int:
    """Return where a file stops being UTF-8; reading in parts forgets the place."""
    try:
        path.read_bytes().decode()
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _looked_through_json(path: Path) -> TableFile:
    columns: dict[str, None] = {}
    objects = _objects(path)
    for number, one in enumerate(objects, start=1):
        columns.update(dict.fromkeys(one))
        if "" in one:
            check_nameless([str(value) for value in one.values()], list(one), number)
    if not objects:
        raise TableEmpty
    if len(objects) > MOST_ROWS:
        raise TableTooLong(most=MOST_ROWS)
    if len(columns) > MOST_COLUMNS:
        raise TableTooWide(most=MOST_COLUMNS)
    return TableFile(path, "json", tuple(columns), len(objects))


def _objects(path: Path) -> list[Cells]:
    if path.stat().st_size > MOST_BYTES_OF_JSON:
        why = _("it is larger than %(most)s MB.")
        raise JsonNotRead(why=str(why) % {"most": MOST_BYTES_OF_JSON // 1_000_000})
    try:
        with path.open(encoding="utf-8-sig") as file:
            written = file.read()
        content = json.loads(written, parse_constant=_no_number, parse_float=str)
        if _HALF_ESCAPED.search(written):
            content = _without_halves(content)
    except UnicodeDecodeError:
        raise TableUnreadable(byte=_broken_byte(path)) from None
    except (ValueError, RecursionError) as error:
        raise JsonNotRead(why=error) from None
    if not isinstance(content, list) or not all(
        isinstance(one, dict) for one in content
    ):
        raise JsonNoTable
    return [_flat(one) for one in content]


def _without_halves(value: Any) -> Any:
    """Return what JSON says without halves of characters, in names of columns too."""
    if isinstance(value, str):
        return _HALF.sub("", value)
    if isinstance(value, list):
        return [_without_halves(part) for part in value]
    if isinstance(value, dict):
        return {
            _without_halves(name): _without_halves(part) for name, part in value.items()
        }
    return value


def _no_number(written: str) -> None:
    raise ValueError(written)


def _flat(one: Mapping[str, Any]) -> Cells:
    """
    Return an object as a row.

    An object of texts becomes a column for each of them, "title[ar]"; "record" and
    lists of objects stay as they are.
    """
    cells: Cells = {}
    for name, value in one.items():
        is_texts = isinstance(value, dict) and all(
            isinstance(part, str) for part in value.values()
        )
        if is_texts and name != "record":
            cells |= {f"{name}[{part}]": text for part, text in value.items()}
        else:
            cells[name] = _cell(value)
    return cells


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(part, dict | list) for part in value)
    ):
        return value
    if isinstance(value, list):
        return "|".join(str(part) for part in value)
    return str(value).strip()
