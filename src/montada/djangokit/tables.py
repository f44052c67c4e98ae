"""
Tables that people send: read with care, reported row by row.

An import first reads every row and says what it would do; it writes only if nothing was
refused, so a file goes in whole or not at all.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, get_args

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal

Status = Literal["accepted", "changed", "unchanged", "skipped", "refused"]
STATUSES: tuple[Status, ...] = get_args(Status)

LONGEST_FIELD = 1_000_000
"""Characters; Python's own limit of 131,072 is less than some project's description."""


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

    Raises
    ------
    TableNotThere, TableUnreadable, TableMalformed, ColumnsMissing
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
    present = [name.strip() for name in head]
    missing = [name for name in columns if name not in present]
    if missing:
        raise ColumnsMissing(
            missing=", ".join(missing), present=", ".join(present) or "–"
        )
    return [_by_name(row, present) for row in rows]


def numbered(rows: Iterable[dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row that is not blank with its number; the head is row 1."""
    for number, row in enumerate(rows, start=2):
        if any(row.values()):
            yield number, row


def _read(text: str) -> list[list[str]]:
    """Return all rows, blank ones too: a row keeps the number a spreadsheet shows."""
    csv.field_size_limit(LONGEST_FIELD)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise TableMalformed(row=len(rows) + 1, why=error) from None
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _by_name(row: list[str], names: Sequence[str]) -> dict[str, str]:
    return {
        name: value.strip()
        for name, value in zip_longest(names, row[: len(names)], fillvalue="")
    }
