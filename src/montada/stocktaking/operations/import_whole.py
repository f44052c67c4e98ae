"""A file that lies on this machine, taken in or tried from its beginning to its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from montada.stocktaking import queries
from montada.stocktaking.adapters.iati_schemas import schema_errors
from montada.stocktaking.engine.iati.reading import open_iati
from montada.stocktaking.operations.import_files import import_file
from montada.stocktaking.operations.import_iati import tables
from montada.stocktaking.operations.import_runs import (
    described,
    known_import,
    run_import,
    try_import,
)
from montada.stocktaking.operations.importing import KeepGoing, Progress
from montada.stocktaking.operations.imports import checked_mapping


def import_projects(  # noqa: PLR0913 - what a command line may say
    *,
    path: Path,
    mapping: Mapping[str, str] | None,
    system: str,
    dry_run: bool,
    at: datetime,
    keep_going: KeepGoing,
    told: Progress | None = None,
) -> queries.ImportAnswer:
    """
    Take in a file row by row, or say what would become of it; return the report.

    Without a mapping the columns are recognised. A file that was begun earlier and did
    not come to its end goes on where it was.

    Raises
    ------
    ImportElsewhere, NoSuchField, NoSuchColumn, FieldTwice, TitleNotMatched
    IatiRefused, TableEmpty and all refusals of tables
    """
    file = import_file(path)
    if mapping is None:
        mapping = file.recognised().mapping
    if file.table is not None:
        mapping = checked_mapping(mapping, file.columns)
    going: dict[str, Any] = {"at": at, "keep_going": keep_going, "told": told}
    if dry_run:
        run = described(file, mapping=mapping, system=system, at=at)
        tally = try_import(run=run, file=file, **going)
        rows = queries.rows_said(tally.told)
        answer = queries.ImportAnswer(run.format, tally.counts, rows, run.mapping)
    else:
        run = known_import(file=file, mapping=mapping, system=system, at=at)
        run_import(run=run, file=file, **going)
        answer = queries.import_answer(run)
    left = tuple(c for c in file.columns if c and c not in mapping)
    return replace(answer, unrecognised=left)


def check_schema(*, path: Path, folder: Path) -> dict[str, Any] | None:
    """
    Return what IATI's official schema says of a file: version, errors, the first words.

    `None` where there is no schema to ask, and of files that are not IATI.

    Raises
    ------
    IatiRefused, TableEmpty and all refusals of tables
    """
    if import_file(path).table is not None:
        return None
    with path.open("rb") as file:
        version = open_iati(file, tables()).version
    with path.open("rb") as file:
        found = schema_errors(file, version, folder)
    if found is None:
        return None
    words = [f"line {error.line}: {error.words}" for error in found.errors]
    return {"version": version, "errors": found.n_errors, "first": words}
