"""Files of ballots: opened with care, their rows given one by one."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.table_files import TableEmpty
from montada.djangokit.tables import (
    ColumnsMissing,
    ColumnsTwice,
    TableNotThere,
    TableUnreadable,
    refuse_beyond,
    rows_of_csv,
)
from montada.programme.engine.shares.ballot_rows import BallotRow

COLUMNS = ("voter", "group", "proposal")
UTILITY = "utility"

MOST_BYTES = 200_000_000
"""Some eight million rows: a file is held in memory as a whole."""


class BallotsTooLarge(Refusal):
    code = "programme.ballots_too_large"
    message = _("The file of ballots is larger than %(most)s MB.")


def ballot_rows(path: Path) -> Iterator[BallotRow]:
    """
    Yield the rows of a CSV file `voter,group,proposal,utility`; the head is row 1.

    The column `utility` may be absent; other columns are not looked at.

    Raises
    ------
    TableNotThere, TableUnreadable, TableMalformed, TableEmpty, ColumnsMissing,
    ColumnsTwice, CellsBeyond, BallotsTooLarge
    """
    rows = rows_of_csv(io.StringIO(_text(path), newline=""))
    head = [name.strip().lower() for name in next(rows, ())]
    places = _places(head)
    n_rows = 0
    for number, row in enumerate(rows, start=2):
        if any(row):
            n_rows += 1
            refuse_beyond(row, head, number)
            yield BallotRow(number, *_cells(row, places))
    if not n_rows:
        raise TableEmpty


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise TableNotThere(path=path, why=why) from None
    if len(content) > MOST_BYTES:
        raise BallotsTooLarge(most=MOST_BYTES // 1_000_000)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableUnreadable(byte=error.start + 1) from None


def _places(head: Sequence[str]) -> tuple[int, ...]:
    if not any(head):
        raise TableEmpty
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        present = ", ".join(name for name in head if name.isprintable())[:300]
        raise ColumnsMissing(missing=", ".join(missing), present=present)
    twice = [name for name in (*COLUMNS, UTILITY) if head.count(name) > 1]
    if twice:
        raise ColumnsTwice(names=", ".join(twice))
    return tuple(head.index(name) for name in (*COLUMNS, UTILITY) if name in head)


def _cells(row: Sequence[str], places: Sequence[int]) -> list[str]:
    return [row[place] if place < len(row) else "" for place in places]
