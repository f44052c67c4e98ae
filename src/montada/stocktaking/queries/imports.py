"""Imports as pages, files and programs read them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db.models import QuerySet

from montada.djangokit.table_files import table_file
from montada.djangokit.tables import STATUSES
from montada.stocktaking.engine.tables.cells import shown
from montada.stocktaking.engine.tables.values import Told
from montada.stocktaking.models import ImportRow, ImportRun
from montada.stocktaking.queries.import_sentences import note_of, sentence_of_note

SAMPLES = 3
ROWS_SAMPLED = 200
"""Rows that are looked at for cells that say something."""


@dataclass(frozen=True, slots=True)
class RowSaid:
    """What is said of one row, in words. The head of a table is row 1."""

    row: int
    id: str
    status: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class ImportAnswer:
    """What became of a file, row by row; a row that simply went in is only counted."""

    format: str
    counts: Mapping[str, int]
    rows: Sequence[RowSaid]
    columns: Mapping[str, str] = field(default_factory=dict)
    """Column → field."""
    unrecognised: tuple[str, ...] = ()
    """Columns that nobody knows: nothing of them goes in."""
    schema: Mapping[str, Any] | None = None

    @property
    def n_read(self) -> int:
        return sum(self.counts.get(status, 0) for status in STATUSES)

    @property
    def n_refused(self) -> int:
        return self.counts.get("refused", 0)

    def as_json(self) -> dict[str, Any]:
        """Return the report as commands print it for programs."""
        is_iati = self.format == "iati"
        said: dict[str, Any] = {
            "format": self.format,
            "read": self.n_read,
            **{status: self.counts.get(status, 0) for status in STATUSES},
            "activities": self.n_read if is_iati else 0,
            "transactions": self.counts.get("transactions", 0),
            "columns": dict(self.columns),
            "unrecognised": list(self.unrecognised),
        }
        if self.schema is not None:
            said["schema"] = dict(self.schema)
        rows = [
            {"row": r.row, "id": r.id, "status": r.status, "field": r.field}
            | {"reason": r.reason}
            for r in self.rows
        ]
        return {**said, "rows": rows}

    def lines(self) -> Iterator[str]:
        """Yield the report as lines for a terminal."""
        for row in self.rows:
            where = f"{row.field}: " if row.field else ""
            name = f" ({row.id})" if row.id else ""
            yield f"row {row.row}{name}: {row.status}: {where}{row.reason}"
        if self.unrecognised:
            yield f"columns left out: {', '.join(self.unrecognised)}"
        counts = ", ".join(f"{n} {s}" for s, n in self.counts.items() if n)
        yield f"{self.n_read} rows read: {counts or 'nothing'}"


def rows_said(told: Iterable[Told]) -> list[RowSaid]:
    """Return what an import said, in the reader's language."""
    return [
        RowSaid(
            one.row,
            one.identifier,
            one.status,
            one.note.column,
            sentence_of_note(one.note),
        )
        for one in told
    ]


def import_answer(run: ImportRun) -> ImportAnswer:
    """Return the whole report of an import. One query."""
    rows = [_said(row) for row in run.rows.all()]
    return ImportAnswer(run.format, run.counts, rows, run.mapping)


def said_of(rows: Iterable[ImportRow]) -> list[RowSaid]:
    return [_said(row) for row in rows]


def _said(row: ImportRow) -> RowSaid:
    said = sentence_of_note(note_of(row.reason, row.field))
    return RowSaid(row.number, row.identifier, row.status, row.field, said)


def import_runs() -> QuerySet[ImportRun]:
    """Return all imports, the newest first, with who began them."""
    return ImportRun.objects.select_related("started_by")


def import_run(pk: int) -> ImportRun | None:
    return import_runs().filter(pk=pk).first()


def import_rows(run: ImportRun, status: str = "") -> QuerySet[ImportRow]:
    """Return what is said of rows, of one status if asked; cells are not read."""
    rows = run.rows.defer("cells")
    return rows.filter(status=status) if status else rows


@dataclass(frozen=True, slots=True)
class RefusedRow:
    number: int
    cells: Mapping[str, str]
    """Column → what stands there; what is no text as JSON."""
    faults: Mapping[str, list[str]]
    """Column → sentences; "" for the row as a whole."""


def refused_row(run: ImportRun, number: int) -> RefusedRow | None:
    """Return a row that was refused and waits to be mended. One query."""
    rows = list(run.rows.filter(number=number, status="refused").order_by("pk"))
    if not rows:
        return None
    cells: Mapping[str, Any] = next((row.cells for row in rows if row.cells), {})
    faults: dict[str, list[str]] = {}
    for row in rows:
        said = sentence_of_note(note_of(row.reason, row.field))
        faults.setdefault(row.field if row.field in cells else "", []).append(said)
    return RefusedRow(
        number, {name: _text(cell) for name, cell in cells.items()}, faults
    )


def sampled_columns(run: ImportRun) -> dict[str, tuple[str, ...]]:
    """Return the columns of a table that was sent, each with three cells to look at."""
    table = table_file(Path(run.file.path))
    cells: dict[str, list[str]] = {name: [] for name in table.columns if name}
    for _number, row in islice(table.rows(), ROWS_SAMPLED):
        for name, value in row.items():
            if name and value and len(cells[name]) < SAMPLES:
                cells[name].append(shown(_text(value)))
    return {name: tuple(found) for name, found in cells.items()}


def next_refused(run: ImportRun, after: int) -> int | None:
    """Return the number of the next row that waits to be mended. One query."""
    waiting = run.rows.filter(status="refused").order_by("number")
    numbers = list(waiting.values_list("number", flat=True).distinct())
    return next((n for n in numbers if n > after), next(iter(numbers), None))


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else json.dumps(cell, ensure_ascii=False)
