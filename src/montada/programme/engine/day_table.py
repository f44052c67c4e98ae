"""A day as a table: a row for each moment at which something begins or ends."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Spot(Generic[V]):
    """What is to be shown, in which column, from when to when (the end excluded)."""

    shown: V
    column: Hashable
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Cell(Generic[V]):
    """Rows and columns that are taken together; nothing is shown in a free one."""

    n_rows: int
    n_columns: int
    shown: tuple[V, ...]


@dataclass(frozen=True, slots=True)
class Row(Generic[V]):
    """
    From one moment to the next.

    Attributes
    ----------
    minutes : until the next row
    cells : those that begin here, in the order of the columns
    """

    at: datetime
    minutes: int
    cells: tuple[Cell[V], ...]


def day_table(
    spots: Iterable[Spot[V]], columns: Sequence[Hashable]
) -> tuple[Row[V], ...]:
    """
    Return the rows of a table in which every spot lies in its column.

    Spots of one column that overlap share a cell. What nothing else is beside, in any
    column, goes over all columns. Spots that last no time, or have no column, are left
    out.
    """
    known = {column: n for n, column in enumerate(columns)}
    rows = sorted(
        (s for s in spots if s.column in known and s.starts < s.ends),
        key=lambda spot: (spot.starts, spot.ends, known[spot.column]),
    )
    moments = sorted({m for spot in rows for m in (spot.starts, spot.ends)})
    number = {moment: n for n, moment in enumerate(moments)}
    begun: list[list[tuple[int, Cell[V]]]] = [[] for _row in moments[1:]]
    for first, last, group in _apart(rows, number):
        inside = _apart_by_column(group, number, known)
        taken = [column for column in inside if inside[column]]
        if len(taken) == 1 and len(inside[taken[0]]) == 1:
            ((_s, _e, shown),) = inside[taken[0]]
            begun[first].append((0, Cell(last - first, len(columns), shown)))
            continue
        for n, column in enumerate(columns):
            for start, end, shown in _with_gaps(inside.get(column, []), first, last):
                begun[start].append((n, Cell(end - start, 1, shown)))
    for first, last in _free(rows, number):
        begun[first].append((0, Cell(last - first, len(columns), ())))
    return tuple(
        Row(
            moment,
            int((moments[n + 1] - moment).total_seconds()) // 60,
            tuple(cell for _n, cell in sorted(begun[n], key=lambda pair: pair[0])),
        )
        for n, moment in enumerate(moments[:-1])
    )


Stretch = tuple[int, int, tuple[V, ...]]
"""First row, the row after the last, and what is there."""


def _apart(
    rows: Sequence[Spot[V]], number: dict[datetime, int]
) -> list[tuple[int, int, list[Spot[V]]]]:
    """Return what overlaps, in any column, together: between two there is a line."""
    found: list[tuple[int, int, list[Spot[V]]]] = []
    for spot in rows:
        start, end = number[spot.starts], number[spot.ends]
        if found and start < found[-1][1]:
            first, last, group = found[-1]
            found[-1] = first, max(last, end), [*group, spot]
        else:
            found.append((start, end, [spot]))
    return found


def _apart_by_column(
    group: Sequence[Spot[V]], number: dict[datetime, int], known: dict[Hashable, int]
) -> dict[Hashable, list[Stretch[V]]]:
    return {
        column: [
            (first, last, tuple(spot.shown for spot in spots))
            for first, last, spots in _apart(
                [spot for spot in group if spot.column == column], number
            )
        ]
        for column in known
    }


def _with_gaps(
    stretches: Sequence[Stretch[V]], first: int, last: int
) -> list[Stretch[V]]:
    """Return the stretches of a column, and between them those that are free."""
    found: list[Stretch[V]] = []
    reached = first
    for start, end, shown in stretches:
        if reached < start:
            found.append((reached, start, ()))
        found.append((start, end, shown))
        reached = end
    return [*found, (reached, last, ())] if reached < last else found


def _free(
    rows: Sequence[Spot[V]], number: dict[datetime, int]
) -> list[tuple[int, int]]:
    """Return from where to where nothing is in any column."""
    groups = _apart(rows, number)
    ends = [last for _first, last, _group in groups]
    starts = [first for first, _last, _group in groups[1:]]
    return [(a, b) for a, b in zip(ends, starts, strict=False) if a < b]
