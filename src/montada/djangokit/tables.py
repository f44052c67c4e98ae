"""
Tables that people send: read with care, reported row by row.

An import first reads every row and says what it would do; it writes only if nothing was
refused, so a file goes in whole or not at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal, get_args

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal

Status = Literal["accepted", "changed", "unchanged", "skipped", "refused"]
STATUSES: tuple[Status, ...] = get_args(Status)

LONGEST_FIELD = 1_000_000
"""Characters; Python's own limit of 131,072 is less than some project's description."""
LONGEST_SHOWN = 60
"""Characters of a cell that a sentence repeats."""
_END = ["\N{END OF TRANSMISSION}"]
"""A row behind all others: read as a row only where no cell is open any more."""
BEYOND = ""
"""Under no name stands in a row what its cells beyond the last column hold."""
BEYOND_SAID = _(
    "“%(value)s” stands beyond the last column: the row has more cells than there are "
    "columns. If a comma belongs to a value, put the value in quotation marks, as in "
    '"1,250,000"; else give the column a name, or empty these cells.'
)
"""What is said of a row that has such cells."""


class TableUnreadable(Refusal):
    code = "tables.unreadable"
    message = _(
        "The file is not UTF-8 text (byte %(byte)s of it is not). Save it as "
        '"CSV UTF-8" and send it again.'
    )


class TableNotThere(Refusal):
    code = "tables.not_there"
    message = _("The file %(path)s cannot be read: %(why)s")


class TableMalformed(Refusal):
    code = "tables.malformed"
    message = _("Row %(row)s cannot be read as CSV: %(why)s")


class ColumnsMissing(Refusal):
    code = "tables.columns_missing"
    message = _(
        "These columns are missing: %(missing)s. The file has these: %(present)s."
    )


class ColumnsTwice(Refusal):
    code = "tables.columns_twice"
    message = _("Two columns have the same name: %(names)s. Rename one of them.")


class ColumnNameless(Refusal):
    code = "tables.column_nameless"
    message = _(
        "Column %(column)s has no name, and row %(row)s has “%(value)s” in it. Name "
        "the column, or empty it."
    )


class CellsBeyond(Refusal):
    code = "tables.cells_beyond"
    message = _("Row %(row)s: %(why)s")


@dataclass(frozen=True, slots=True)
class RowNote:
    """What was said of one row. `row` counts as a spreadsheet does: the head is 1."""

    row: int
    status: Status
    field: str = ""
    reason: str = ""


@dataclass(slots=True)
class ImportReport:
    """What became of every row of one file."""

    read: int = 0
    counts: dict[Status, int] = field(default_factory=dict)
    rows: list[RowNote] = field(default_factory=list)
    """Rows with something to say; a row that simply went in is only counted."""

    def note(self, row: int, status: Status, name: str = "", reason: str = "") -> None:
        """Count the row's outcome, and keep what there is to say about it."""
        self.read += 1
        self.counts[status] = self.counts.get(status, 0) + 1
        if reason:
            self.rows.append(RowNote(row, status, name, reason))

    def remark(self, row: int, name: str, reason: str) -> None:
        """Keep something to say about a row that was taken all the same."""
        self.rows.append(RowNote(row, "accepted", name, reason))

    @property
    def n_refused(self) -> int:
        return self.counts.get("refused", 0)

    def as_json(self) -> dict[str, Any]:
        """Return the report as commands print it for programs."""
        counts: dict[str, Any] = {s: self.counts.get(s, 0) for s in STATUSES}
        rows = [asdict(note) for note in self.rows]
        return {"format": "csv", "read": self.read, **counts, "rows": rows}

    def lines(self) -> Iterator[str]:
        """Yield the report as lines for a terminal."""
        for note in self.rows:
            where = f"{note.field}: " if note.field else ""
            yield f"row {note.row}: {note.status}: {where}{note.reason}"
        counts = ", ".join(f"{n} {status}" for status, n in self.counts.items())
        yield f"{self.read} rows read: {counts or 'nothing'}"


def rows_of(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """
    Return the rows of a CSV file, blanks trimmed, a byte order mark ignored.

    What stands beyond the last column is under `BEYOND`: `numbered` refuses it.

    Raises
    ------
    TableNotThere, TableUnreadable, TableMalformed, ColumnsMissing, ColumnsTwice,
    ColumnNameless
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TableNotThere(path=path, why=error.strerror or error) from None
    return rows_of_bytes(content, columns)


def rows_of_bytes(content: bytes, columns: Sequence[str]) -> list[dict[str, str]]:
    """As `rows_of`, from bytes."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableUnreadable(byte=error.start) from None
    head, *rows = _read(text) or [[]]
    present = columns_of(head)
    missing = [name for name in columns if name not in present]
    if missing:
        named = ", ".join(name for name in present if name)
        raise ColumnsMissing(missing=", ".join(missing), present=named or "–")
    for number, row in enumerate(rows, start=2):
        check_nameless(row, present, number)
    return [by_name(row, present) for row in rows]


def numbered(
    rows: Iterable[dict[str, str]], report: ImportReport | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Yield each row that is not blank with its number; the head is row 1.

    A row with cells beyond the last column is refused in the report.

    Raises
    ------
    CellsBeyond
        If there is such a row, and no report.
    """
    for number, row in enumerate(rows, start=2):
        if why := said_beyond(row):
            if report is None:
                raise CellsBeyond(row=number, why=why)
            report.note(number, "refused", reason=why)
        elif any(row.values()):
            yield number, row


def columns_of(head: Sequence[str]) -> tuple[str, ...]:
    """
    Return the names of the columns up to the last that has one.

    Raises
    ------
    ColumnsTwice
    """
    names = [name.strip() for name in head]
    while names and not names[-1]:
        names.pop()
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise ColumnsTwice(names=", ".join(twice))
    return tuple(names)


def check_nameless(row: Sequence[str], columns: Sequence[str], number: int) -> None:
    """
    Refuse a table with a row that holds something in a column without a name.

    Raises
    ------
    ColumnNameless
    """
    if "" not in columns:
        return
    for place, (value, name) in enumerate(zip(row, columns, strict=False), start=1):
        if value and not name:
            shown = value[:LONGEST_SHOWN]
            raise ColumnNameless(column=place, row=number, value=shown)


def by_name(row: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """Return a row's cells by column; what stands beyond the last, under `BEYOND`."""
    whole = [*row, *[""] * (len(columns) - len(row))]
    cells = dict(zip(columns, whole, strict=False))
    cells.pop("", None)
    if beyond := [value for value in row[len(columns) :] if value]:
        cells[BEYOND] = " | ".join(beyond)
    return cells


def refuse_beyond(row: Sequence[str], columns: Sequence[str], number: int) -> None:
    """
    Refuse a table for a row that has cells beyond the last column.

    Raises
    ------
    CellsBeyond
    """
    if why := said_beyond(by_name(row, columns)):
        raise CellsBeyond(row=number, why=why)


def said_beyond(row: Mapping[str, Any]) -> str:
    """Return what is wrong with a row that has cells beyond the last column, or ""."""
    value = row.get(BEYOND)
    return str(BEYOND_SAID) % {"value": value[:LONGEST_SHOWN]} if value else ""


def rows_of_csv(lines: Iterable[str], delimiter: str = ",") -> Iterator[list[str]]:
    """
    Yield all rows as they stand, blank ones too.

    Raises
    ------
    TableMalformed
        While rows are taken. Also at the end, where a quotation mark that nobody closes
        has taken all rows after it for a single cell.
    """
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(chain(lines, _END), delimiter=delimiter)
    n_read, last = 0, list[str]()
    try:
        for row in reader:
            if n_read:
                yield last
            n_read, last = n_read + 1, row
    except csv.Error as error:
        raise TableMalformed(row=n_read + 1, why=error) from None
    if last != _END:
        why = _now("a quotation mark opens there that none closes.")
        raise TableMalformed(row=n_read, why=why)


def delimiter_of(head: str) -> str:
    """Return what parts the columns: where commas mark decimals, Excel writes ";"."""
    return max(",;\t", key=head.count)


def _read(text: str) -> list[list[str]]:
    """Return all rows, blank ones too: a row keeps the number a spreadsheet shows."""
    delimiter = delimiter_of(text.split("\n", 1)[0])
    lines = rows_of_csv(io.StringIO(text, newline=""), delimiter)
    rows = [[value.strip() for value in row] for row in lines]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows
