"""
Rows go in batch by batch: each is one transaction, with the place in the file.

What is killed between two batches has kept all of the first and nothing of the second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import Status
from montada.participation.operations import OrganisationsOfAList
from montada.stocktaking.engine.tables.values import Note, ReadRow, Told
from montada.stocktaking.operations.projects import take_in
from montada.stocktaking.operations.register import Outcome, Recorded

STATUS_OF: dict[Outcome, Status] = {
    "created": "accepted",
    "changed": "changed",
    "unchanged": "unchanged",
    "kept": "unchanged",
}

BATCH = 100
"""Rows in one transaction: with their texts some megabytes of an IATI file."""

KeepGoing = Callable[[], bool]
"""Asked after each batch."""
Progress = Callable[[int], None]
"""Told after each batch how many rows are done."""


@dataclass(slots=True)
class Tally:
    """What became of rows: how many of each status, and what there is to say."""

    counts: Counter[str] = field(default_factory=Counter)
    """By status; `transactions` of IATI activities beside them."""
    told: list[Told] = field(default_factory=list)
    n_rows: int = 0

    def add(self, row: ReadRow, status: Status, notes: Sequence[Note]) -> None:
        self.n_rows += 1
        self.counts[status] += 1
        if row.n_transactions:
            self.counts["transactions"] += row.n_transactions
        cells = row.cells if status == "refused" else {}
        self.told += [
            Told(row.number, row.identifier, status, note, cells) for note in notes
        ]

    def join(self, other: Tally) -> None:
        self.counts += other.counts
        self.told += other.told
        self.n_rows += other.n_rows


def batches(rows: Iterator[ReadRow]) -> Iterator[list[ReadRow]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def take(
    rows: Sequence[ReadRow], organisations: OrganisationsOfAList, at: datetime
) -> Tally:
    """
    Take in the projects of some rows; part of a transaction of its caller.

    Where the register refuses one of them, they go in one by one.
    """
    taking = [row for row in rows if row.incoming]
    try:
        with transaction.atomic():
            outcomes = _take_in(taking, organisations, at)
    except Refusal:
        outcomes = [_taken_alone(row, at) for row in taking]
        organisations.look_again()
    tally, of_row = Tally(), iter(outcomes)
    for row in rows:
        if row.incoming is None:
            notes = row.faults or ((row.skipped,) if row.skipped else ())
            tally.add(row, "refused" if row.faults else "skipped", notes)
        else:
            _add_taken(tally, row, next(of_row))
    return tally


def _take_in(
    rows: Sequence[ReadRow], organisations: OrganisationsOfAList, at: datetime
) -> list[Recorded | Refusal]:
    incoming = [row.incoming for row in rows if row.incoming]
    return list(take_in(incoming=incoming, organisations=organisations, at=at))


def _taken_alone(row: ReadRow, at: datetime) -> Recorded | Refusal:
    try:
        with transaction.atomic():
            # What was made for a row that is refused is not there any more.
            return _take_in([row], OrganisationsOfAList(at), at)[0]
    except Refusal as refusal:
        return refusal


def _add_taken(tally: Tally, row: ReadRow, taken: Recorded | Refusal) -> None:
    if isinstance(taken, Refusal):
        fault = Note("refusal", details={"why": str(taken)})
        tally.add(row, "refused", [fault])
        return
    notes = list(row.remarks)
    if taken.outcome == "kept":
        notes.append(Note("owners_words_kept"))
    notes += [Note("fact_kept", details={"field": name}) for name in taken.kept]
    tally.add(row, STATUS_OF[taken.outcome], notes)
