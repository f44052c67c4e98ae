"""Imports: a file is sent, its columns are matched, it is started, stopped, mended."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.stocktaking import signals
from montada.stocktaking.choices import ImportState
from montada.stocktaking.engine.tables.values import (
    FIELDS,
    GATHERED,
    is_field,
    parts_of,
)
from montada.stocktaking.models import ImportRun
from montada.stocktaking.operations.import_files import ImportFile, import_file

LONGEST_SYSTEM = 80
_PIECE = 1 << 20


class NoSuchField(Refusal):
    code = "stocktaking.no_such_field"
    message = _("“%(field)s” is no field of a project. There are these: %(known)s.")


class NoSuchColumn(Refusal):
    code = "stocktaking.no_such_column"
    message = _("The file has no column “%(column)s”. It has these: %(present)s.")


class FieldTwice(Refusal):
    code = "stocktaking.field_twice"
    message = _("Two columns are said to be “%(field)s”. Leave one of them out.")


class TitleNotMatched(Refusal):
    code = "stocktaking.title_not_matched"
    message = _("Say which column holds the title: a project needs one.")


class NotNow(Refusal):
    code = "stocktaking.import_not_now"
    message = _("This is not possible now: the import stands elsewhere (%(state)s).")


@transaction.atomic
def begin_import(
    *, file: IO[bytes], name: str, begun_by: AbstractBaseUser | None, at: datetime
) -> ImportRun:
    """
    Keep a file that somebody sends, and recognise its columns; nothing goes in yet.

    Raises
    ------
    IatiRefused, TableEmpty and all refusals of tables
        The file is not kept.
    """
    run = ImportRun(name=name[:200], started_by_id=_key(begun_by), started_at=at)
    run.file.save(Path(name).name[-80:] or "file", File(file), save=False)
    try:
        describe(run, import_file(Path(run.file.path)))
    except Refusal:
        run.file.delete(save=False)
        raise
    run.save()
    _note("begun", run, begun_by, at, rows=run.n_rows)
    return run


def describe(run: ImportRun, file: ImportFile) -> None:
    """Let the run say what a file is; nothing is written."""
    found = file.recognised()
    run.format, run.n_rows = file.format, file.n_rows
    run.sha256 = sha256_of(file.path)
    run.system = system_of(file, run.name)
    run.mapping = dict(found.mapping)


def system_of(file: ImportFile, name: str) -> str:
    """Return whose identifiers a file carries: a well-known source's, or its own."""
    if file.table is None:
        return file.format
    preset = file.recognised().preset
    return preset.key if preset else Path(name).stem[:LONGEST_SYSTEM]


def sha256_of(path: Path) -> str:
    """Return the digest of a file, by which it is known again."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


@transaction.atomic
def match_columns(
    *,
    run: ImportRun,
    mapping: Mapping[str, str],
    system: str,
    matched_by: AbstractBaseUser | None,
    at: datetime,
) -> ImportRun:
    """
    Say which column is which field, and whose identifiers they are.

    What a trial said before is forgotten.

    Raises
    ------
    NoSuchField, NoSuchColumn, FieldTwice, TitleNotMatched, NotNow
    """
    held = _held(run, (ImportState.MAPPING, ImportState.STOPPED))
    if held.position:
        raise NotNow(state=ImportState(held.state).label)
    columns = import_file(Path(held.file.path)).columns
    held.mapping = checked_mapping(mapping, columns) if columns else {}
    held.system = system.strip()[:LONGEST_SYSTEM] or held.system
    held.state = ImportState.MAPPING
    _forget(held)
    _note("matched", held, matched_by, at, mapping=held.mapping)
    return held


def checked_mapping(
    mapping: Mapping[str, str], columns: Collection[str]
) -> dict[str, str]:
    """
    Return a mapping that somebody wrote, if it fits the columns of a file.

    Raises
    ------
    NoSuchField, NoSuchColumn, FieldTwice, TitleNotMatched
    """
    for column, field in mapping.items():
        if field and not is_field(field):
            raise NoSuchField(field=field[:80], known=", ".join(FIELDS))
        if not column.startswith("=") and column not in columns:
            raise NoSuchColumn(column=column[:80], present=", ".join(columns))
    fields = [field for field in mapping.values() if field]
    for field in fields:
        if fields.count(field) > 1 and parts_of(field)[0] not in GATHERED:
            raise FieldTwice(field=field)
    if not {"title", "record", "texts"} & {parts_of(field)[0] for field in fields}:
        raise TitleNotMatched
    return dict(mapping)


@transaction.atomic
def start_import(
    *,
    run: ImportRun,
    is_trial: bool,
    started_by: AbstractBaseUser | None,
    at: datetime,
) -> ImportRun:
    """
    Let a file wait for its turn: from its beginning, or from where it was stopped.

    Of a trial nothing is kept but what was said of the rows.

    Raises
    ------
    NotNow, TitleNotMatched, NoSuchField, FieldTwice
    """
    held = _held(run, (ImportState.MAPPING, ImportState.STOPPED))
    if held.mapping:
        checked_mapping(held.mapping, list(held.mapping))
    held.state, held.error = ImportState.WAITING, ""
    if held.position:
        held.save()
    else:
        _forget(held)
    _note("started", held, started_by, at, position=held.position, trial=is_trial)
    _announce(held, is_trial=is_trial)
    return held


@transaction.atomic
def stop_import(
    *, run: ImportRun, stopped_by: AbstractBaseUser | None, at: datetime
) -> ImportRun:
    """
    Stop after the rows that are being written now; what is in stays in.

    Raises
    ------
    NotNow
    """
    held = _held(run, (ImportState.WAITING, ImportState.RUNNING))
    held.state = ImportState.STOPPED
    held.save(update_fields=["state"])
    _note("stopped", held, stopped_by, at, position=held.position)
    return held


@transaction.atomic
def recover_imports(*, at: datetime) -> None:
    """
    Take up again the imports that an earlier process left in the middle.

    One that had written nothing yet is stopped: whether it was a trial nobody knows.
    """
    left = ImportRun.objects.select_for_update().filter(state=ImportState.RUNNING)
    runs = list(left.exclude(file=""))
    for run in runs:
        run.state = ImportState.WAITING if run.position else ImportState.STOPPED
        run.save(update_fields=["state"])
        _note("recovered", run, None, at, position=run.position)
        if run.position:
            _announce(run, is_trial=False)


def _announce(run: ImportRun, *, is_trial: bool) -> None:
    announce = partial(
        signals.import_waits.send_robust,
        sender=ImportRun,
        run_pk=run.pk,
        is_trial=is_trial,
    )
    transaction.on_commit(announce)


def _held(run: ImportRun, states: Collection[str]) -> ImportRun:
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state not in states:
        raise NotNow(state=ImportState(held.state).label)
    return held


def _forget(run: ImportRun) -> None:
    """Forget what was said of rows, since nothing of them was kept."""
    run.rows.all().delete()
    run.counts, run.error = {}, ""
    run.save()


def _key(person: AbstractBaseUser | None) -> int | None:
    return person.pk if person else None


def _note(
    what: str,
    run: ImportRun,
    actor: AbstractBaseUser | None,
    at: datetime,
    **details: Any,
) -> None:
    audit.record(
        action=f"stocktaking.import_{what}",
        actor=actor,
        subject=run,
        at=at,
        details={"file": run.name, **details},
    )
