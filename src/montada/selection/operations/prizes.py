"""
Reading a published list of prizes.

The first pass reads and checks every row and writes nothing; the second writes, in one
transaction, and only if the first refused nothing. A trial run writes too, and takes it
back: it says what would happen because it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from montada.audit import operations as audit
from montada.djangokit.tables import ImportReport, RowNote, Status, rows_of
from montada.framework import queries as framework
from montada.language.engine.folding import folded
from montada.selection.engine.prizes import COLUMNS, PrizeRow, Vocabulary, read_prize
from montada.selection.models import Award
from montada.selection.operations.awards import Writer
from montada.selection.operations.sentences import kept_fact, same_as_row, sentence

BATCH = 1000
"""Rows that are written together."""


def import_prizes(
    *,
    path: Path,
    imported_by: AbstractBaseUser | None,
    at: datetime,
    dry_run: bool = False,
) -> ImportReport:
    """
    Read a CSV file of awards: projects, organisations and distinctions come with them.

    A row is accepted (a new award), changed (a known award that told the project
    something new), unchanged, skipped (twice in the file, empty, or not written because
    another row was refused) or refused. Reading the same file again changes nothing.

    Raises
    ------
    TableNotThere, TableUnreadable, ColumnsMissing, ColumnsTwice, ColumnNameless
    """
    rows = _read(path)
    if any(row.is_refused for row in rows):
        return _refusal(rows)
    with transaction.atomic():
        report, first = _written(rows, at)
        if first is not None:
            audit.record(
                action="selection.prizes_imported",
                actor=imported_by,
                subject=first,
                at=at,
                details={"file": path.name, "rows": report.read} | dict(report.counts),
            )
        if dry_run:
            transaction.set_rollback(True)
    return report


def _read(path: Path) -> list[PrizeRow]:
    vocabulary = _vocabulary()
    return [
        read_prize(number, cells, vocabulary)
        for number, cells in enumerate(rows_of(path, COLUMNS), start=2)
    ]


def _vocabulary() -> Vocabulary:
    groups: dict[str, str] = {}
    for group in framework.stakeholder_groups():
        for name in (group.code, *group.name.by_language.values()):
            groups[folded(name)] = group.code
            # British spelling beside the framework's own, in one and the same list.
            groups[folded(name.replace("rganiz", "rganis"))] = group.code
    return Vocabulary(
        countries=framework.country_index(),
        lines={folded(line.code): line.code for line in framework.action_lines()},
        stakeholder_groups=groups,
    )


def _refusal(rows: Sequence[PrizeRow]) -> ImportReport:
    """Return what is wrong with the refused rows; the others were not written."""
    report = ImportReport()
    for row in rows:
        _note(report, row, "refused" if row.is_refused else "skipped", [])
    return report


def _written(
    rows: Sequence[PrizeRow], at: datetime
) -> tuple[ImportReport, Award | None]:
    """Write the rows; return the report and the first award made or changed."""
    report = ImportReport()
    writer = Writer(at)
    first: Award | None = None
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        for row, outcome in zip(batch, writer.write(batch), strict=True):
            said = [(name, kept_fact(name)) for name in outcome.kept]
            if outcome.same_as:
                said.append(("", same_as_row(outcome.same_as)))
            _note(report, row, outcome.status, said)
            if outcome.status in ("accepted", "changed") and first is None:
                first = outcome.award
    return report, first


def _note(
    report: ImportReport, row: PrizeRow, status: Status, said: list[tuple[str, str]]
) -> None:
    report.note(row.number, status)
    notes = [(remark.field, sentence(remark)) for remark in row.remarks] + said
    report.rows += [RowNote(row.number, status, *note) for note in notes]
