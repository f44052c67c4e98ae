"""Taking a file in: from where it stands to its end, or until somebody stops it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.participation.operations import OrganisationsOfAList
from montada.stocktaking import queries
from montada.stocktaking.choices import ImportState
from montada.stocktaking.engine.tables.rows import read_row
from montada.stocktaking.engine.tables.values import ReadRow, Told
from montada.stocktaking.models import ImportRow, ImportRun
from montada.stocktaking.operations.import_files import ImportFile, import_file
from montada.stocktaking.operations.importing import (
    KeepGoing,
    Progress,
    Tally,
    batches,
    take,
)
from montada.stocktaking.operations.imports import describe


class ImportElsewhere(Refusal):
    code = "stocktaking.import_elsewhere"
    message = _("This file is being taken in already, somewhere else.")


class RowMended(Refusal):
    code = "stocktaking.row_mended"
    message = _("This row is not refused any more: somebody mended it.")


@transaction.atomic
def known_import(
    *, file: ImportFile, mapping: Mapping[str, str], system: str, at: datetime
) -> ImportRun:
    """
    Return the import of a file that lies on this machine, and stays there.

    One that was begun and did not come to its end is that one, so that it goes on where
    it was; else it is a new one.
    """
    run = described(file, mapping=mapping, system=system, at=at)
    begun = ImportRun.objects.filter(
        sha256=run.sha256, system=run.system, position__gt=0
    ).exclude(state=ImportState.DONE)
    for known in begun:
        if known.mapping == run.mapping:
            return known
    run.save()
    return run


def described(
    file: ImportFile, *, mapping: Mapping[str, str], system: str, at: datetime
) -> ImportRun:
    """Return an import that is kept nowhere."""
    name = file.path.name[:200]
    run = ImportRun(name=name, started_at=at, state=ImportState.WAITING)
    describe(run, file)
    run.mapping, run.system = dict(mapping), system or run.system
    return run


def opened_import(*, run: ImportRun) -> ImportFile:
    """
    Look through the file that was sent; the run keeps in words why it cannot be read.

    Raises
    ------
    IatiRefused, TableEmpty and all refusals of tables
    """
    try:
        return import_file(Path(run.file.path))
    except Refusal as refusal:
        run.state, run.error = ImportState.STOPPED, str(refusal)
        run.save(update_fields=["state", "error"])
        raise


def run_import(
    *,
    run: ImportRun,
    file: ImportFile,
    at: datetime,
    keep_going: KeepGoing,
    told: Progress | None = None,
    left_as: ImportState = ImportState.STOPPED,
) -> ImportRun:
    """
    Take in what is left of a file, until it is done or `keep_going` says no; then it
    is left in the state that `left_as` says.

    Each 100 rows are one transaction with the place in the file. Killed and called
    again, it goes on where it was; where two go at once, one of them is refused.

    Raises
    ------
    ImportElsewhere
    """
    _set_running(run)
    organisations = OrganisationsOfAList(at)
    for batch in batches(file.rows(run.mapping, run.system, run.position)):
        if not _write(run, batch, organisations, at):
            return run
        if told:
            told(run.position)
        if not keep_going():
            is_left = run.n_rows is None or run.position < run.n_rows
            return _end(run, left_as if is_left else ImportState.DONE, at)
    return _end(run, ImportState.DONE, at)


def try_import(
    *,
    run: ImportRun,
    file: ImportFile,
    at: datetime,
    keep_going: KeepGoing,
    told: Progress | None = None,
) -> Tally:
    """
    Say what would become of each row: it is taken in, and taken back, 100 at a time.

    A project that comes twice in the file under two numbers is new both times. What is
    said is kept with a run that is kept itself.
    """
    whole = Tally()
    if run.pk:
        _set_running(run)
    for batch in batches(file.rows(run.mapping, run.system)):
        with transaction.atomic():
            tally = take(batch, OrganisationsOfAList(at), at)
            transaction.set_rollback(True)
        whole.join(tally)
        if run.pk and not _keep_trial(run, tally):
            return whole
        if told:
            told(whole.n_rows)
        if not keep_going():
            break
    if run.pk:
        _end(run, ImportState.MAPPING, at)
    return whole


@transaction.atomic
def mend_row(
    *,
    run: ImportRun,
    number: int,
    cells: Mapping[str, str],
    mended_by: AbstractBaseUser | None,
    at: datetime,
) -> ReadRow:
    """
    Take in a row that was refused, with other cells; its faults if it still has some.

    Raises
    ------
    RowMended
    """
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    refused = held.rows.filter(number=number, status="refused")
    if not refused.exists():
        raise RowMended
    row = read_row(number, cells, held.mapping, queries.vocabulary(), held.system)
    tally = take([row], OrganisationsOfAList(at), at)
    refused.delete()
    held.counts["refused"] = held.counts.get("refused", 1) - 1
    _keep(held, tally)
    audit.record(
        action="stocktaking.row_mended",
        actor=mended_by,
        subject=held,
        at=at,
        details={"row": number, **tally.counts},
    )
    return row


@transaction.atomic
def _set_running(run: ImportRun) -> None:
    run.refresh_from_db()
    run.state, run.error = ImportState.RUNNING, ""
    run.save(update_fields=["state", "error"])


def _write(
    run: ImportRun,
    batch: Sequence[ReadRow],
    organisations: OrganisationsOfAList,
    at: datetime,
) -> bool:
    """Write some rows and how far the file is; return whether nobody stopped it."""
    with transaction.atomic():
        held = ImportRun.objects.select_for_update().get(pk=run.pk)
        if held.position != run.position:
            raise ImportElsewhere
        if held.state != ImportState.RUNNING:
            run.state = held.state
            return False
        tally = take(batch, organisations, at)
        held.position += len(batch)
        _keep(held, tally)
        if tally.counts["accepted"] or tally.counts["changed"]:
            audit.record(
                action="stocktaking.projects_imported",
                actor=held.started_by,
                subject=held,
                at=at,
                details={"file": held.name, "rows": held.position, **tally.counts},
            )
    run.position, run.counts = held.position, held.counts
    return True


@transaction.atomic
def _keep_trial(run: ImportRun, tally: Tally) -> bool:
    """Keep what a trial said; return whether nobody stopped it."""
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != ImportState.RUNNING:
        run.state = held.state
        return False
    _keep(held, tally)
    return True


def _keep(run: ImportRun, tally: Tally) -> None:
    for name, n in tally.counts.items():
        run.counts[name] = run.counts.get(name, 0) + n
    run.save(update_fields=["counts", "position"])
    seen: set[int] = set()
    rows = []
    for one in tally.told:
        rows.append(_row(run, one, with_cells=one.row not in seen))
        seen.add(one.row)
    ImportRow.objects.bulk_create(rows, batch_size=500)


def _row(run: ImportRun, told: Told, *, with_cells: bool) -> ImportRow:
    return ImportRow(
        run=run,
        number=told.row,
        identifier=told.identifier[:300],
        status=told.status,
        field=told.note.column[:80],
        reason=queries.written_note(told.note),
        cells=dict(told.cells) if with_cells else {},
    )


@transaction.atomic
def _end(run: ImportRun, state: ImportState, at: datetime) -> ImportRun:
    run.refresh_from_db()
    run.state = state
    run.finished_at = at if state == ImportState.DONE else None
    run.save(update_fields=["state", "finished_at"])
    audit.record(
        action=f"stocktaking.import_{state.value}",
        actor=run.started_by,
        subject=run,
        at=at,
        details={"file": run.name, "rows": run.position, **run.counts},
    )
    return run
