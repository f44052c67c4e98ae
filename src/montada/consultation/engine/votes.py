"""
Votes: who said what of which statement.

Agreeing is +1, disagreeing -1, a pass 0; a statement that a person was not shown or
did not answer has no vote at all. The sign is that of Polis' exports; inside Polis it
is the other way round.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

UNGROUPED = -1
"""Instead of a group's number, of people who are in none."""


class VoteValue(IntEnum):
    """The three votes, as numbers."""

    DISAGREE = -1
    PASS = 0
    AGREE = 1


def _not_known() -> IntArray:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class VoteMatrix:
    """
    At most one vote of each person on each statement, held without the empty cells.

    Arrays have one entry a vote, are sorted by statement and within it by person, and
    cannot be written to.

    Attributes
    ----------
    participant_ids, statement_ids : tuples of str
        What rows and columns are called. A person or statement may have no votes.
    people, statements : int array (n_votes,)
        Row and column of each vote.
    values : int8 array (n_votes,)
        `VoteValue`.
    times : int array (n_votes,), milliseconds since some moment, or None
        When each vote was cast, where that is known.
    by_person : int array (n_votes,)
        Places of the votes in order of persons; found where it is not given.
    """

    participant_ids: tuple[str, ...]
    statement_ids: tuple[str, ...]
    people: IntArray
    statements: IntArray
    values: NDArray[np.int8]
    times: IntArray | None = None
    by_person: IntArray = field(default_factory=_not_known)

    def __post_init__(self) -> None:
        if len(self.by_person) != len(self.people):
            object.__setattr__(self, "by_person", _in_turn(self.people))
        for name in ("people", "statements", "values", "times", "by_person"):
            array = getattr(self, name)
            if array is not None:
                if array.shape != self.values.shape:
                    raise ValueError(f"{array.shape} {name} of {self.values.shape}")
                locked = array.view()
                locked.flags.writeable = False
                object.__setattr__(self, name, locked)
        if not (np.abs(self.values) <= 1).all():
            raise ValueError("a vote is -1, 0 or 1")

    @property
    def n_people(self) -> int:
        """Rows, also of people without votes."""
        return len(self.participant_ids)

    @property
    def n_statements(self) -> int:
        """Columns, also of statements without votes."""
        return len(self.statement_ids)

    def n_votes_by_person(self) -> IntArray:
        """Return how many votes each person cast, passes too; shape (n_people,)."""
        return np.bincount(self.people, minlength=self.n_people)

    def n_votes_by_statement(self) -> IntArray:
        """Return how many people saw each statement; shape (n_statements,)."""
        return np.bincount(self.statements, minlength=self.n_statements)

    def of_person(self, row: int) -> IntArray:
        """Return the places of a person's votes."""
        # Places in order of persons are searched by person: both are sorted.
        first, last = np.searchsorted(
            self.people, [row, row + 1], sorter=self.by_person
        )
        return self.by_person[first:last]

    def of(self, kept: BoolArray) -> VoteMatrix:
        """Return the same people and statements with only the votes marked True."""
        times = None if self.times is None else self.times[kept]
        return replace(
            self,
            people=self.people[kept],
            statements=self.statements[kept],
            values=self.values[kept],
            times=times,
            by_person=_not_known(),
        )

    def of_people(self, kept: BoolArray) -> VoteMatrix:
        """Return the same matrix with the votes of people marked True, (n_people,)."""
        return self.of(kept[self.people])

    def with_values(self, values: NDArray[np.int8]) -> VoteMatrix:
        """Return the same cells with other votes in them, in the same order."""
        return replace(self, values=values)


def vote_matrix(
    *,
    people: Sequence[int] | IntArray,
    statements: Sequence[int] | IntArray,
    values: Sequence[int] | NDArray[np.int8],
    participant_ids: Iterable[str],
    statement_ids: Iterable[str],
    times: Sequence[int] | IntArray | None = None,
) -> VoteMatrix:
    """
    Return votes in order, the last of each person on each statement only.

    `people` and `statements` number the ids given. The last vote is the latest one;
    where times are equal or unknown, the one given last. Rows and columns are put in
    the order of their ids (numbers by value), so that the order of votes says nothing.

    Raises
    ------
    ValueError
        If an id stands twice, a number has no id, or a value is no vote.
    """
    names, columns = tuple(participant_ids), tuple(statement_ids)
    row_of, row_names = _in_order(names)
    column_of, column_names = _in_order(columns)
    row = row_of[np.asarray(people, np.int64)]
    column = column_of[np.asarray(statements, np.int64)]
    votes = np.asarray(values, np.int8)
    moments = None if times is None else np.asarray(times, np.int64)
    cells = column * max(len(names), 1) + row
    # Both sorts leave what was given last behind its equals.
    if moments is None:
        order = _in_turn(cells)
    else:
        in_time = np.argsort(moments, kind="stable")
        order = in_time[_in_turn(cells[in_time])]
    in_order = cells[order]
    is_last = np.append(in_order[1:] != in_order[:-1], True)[: len(order)]
    kept = order[is_last]
    return VoteMatrix(
        row_names,
        column_names,
        row[kept],
        column[kept],
        votes[kept],
        None if moments is None else moments[kept],
    )


def _in_turn(numbers: IntArray) -> IntArray:
    """
    Return the places of numbers from 0 up in their order, equals as they stand.

    Two bytes after two bytes, the last ones first: these numpy sorts by counting, and
    longer ones five times as slowly by comparing.
    """
    order = np.argsort(numbers.astype(np.uint16), kind="stable")
    for n_bits in range(16, int(numbers.max(initial=0)).bit_length(), 16):
        higher = (numbers[order] >> n_bits).astype(np.uint16)
        order = order[np.argsort(higher, kind="stable")]
    return order


def _in_order(ids: tuple[str, ...]) -> tuple[IntArray, tuple[str, ...]]:
    """Return the new place of each id, and the ids in their new places."""
    if len(set(ids)) != len(ids):
        raise ValueError("an id stands twice")
    order = sorted(range(len(ids)), key=lambda i: _key(ids[i]))
    place = np.empty(len(ids), np.int64)
    place[order] = np.arange(len(ids))
    return place, tuple(ids[i] for i in order)


def _key(name: str) -> tuple[bool, int, str]:
    is_number = name.isascii() and name.isdecimal()
    return not is_number, len(name.lstrip("0")) if is_number else 0, name
