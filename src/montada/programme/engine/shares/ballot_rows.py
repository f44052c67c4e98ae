"""
Ballots as rows `voter, group, proposal, utility`: read with care, or refused.

A row of utility 0 names the voter and the proposal without support, so that people who
support nothing are still counted. A voter may speak of a proposal once only: "the last
row counts" would let the order of rows decide.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from typing import Literal, NamedTuple

import numpy as np

from montada.programme.engine.shares.ballots import (
    LARGEST_UTILITY,
    SMALLEST_UTILITY,
    Ballots,
    Cells,
    IntArray,
    ballots_of_cells,
)

LONGEST_ID = 200
"""Characters; longer ones are a column read by mistake."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_MOST_SHOWN = 40

Fact = Literal[
    "no_voter",
    "no_group",
    "no_proposal",
    "id_too_long",
    "id_unprintable",
    "utility_no_number",
    "utility_out_of_range",
    "two_groups",
    "twice",
]


class BallotRow(NamedTuple):
    """One row as it was written, with the number by which a person finds it."""

    number: int
    voter: str
    group: str
    proposal: str
    utility: str = ""


class BallotProblem(ValueError):
    """A row that cannot be a ballot: which, what is wrong, and the cells concerned."""

    def __init__(self, row: int, fact: Fact, *cells: str) -> None:
        super().__init__(f"row {row}: {fact} {cells}")
        self.row = row
        self.fact: Fact = fact
        self.cells = cells


def ballots_of_rows(rows: Iterable[BallotRow]) -> Ballots:
    """
    Return the ballots that the rows make, whatever their order.

    Blanks around a cell do not count; an empty utility is 1.

    Raises
    ------
    BallotProblem
        For the first row that names no voter, group or proposal, has a utility that is
        neither 0 nor a number from `SMALLEST_UTILITY` to `LARGEST_UTILITY`, or gives a
        voter a second group; then for the first that repeats a voter and proposal.
    """
    voters, groups, proposals = _Ids("no_voter"), _Ids("no_group"), _Ids("no_proposal")
    utilities = _Utilities()
    group_of, who, what, numbers = array("i"), array("i"), array("i"), array("q")
    utility = array("d")
    for row in rows:
        voter, group = voters.code(row, row.voter), groups.code(row, row.group)
        if voter == len(group_of):
            group_of.append(group)
        elif group_of[voter] != group:
            raise BallotProblem(row.number, "two_groups", row.voter.strip())
        who.append(voter)
        what.append(proposals.code(row, row.proposal))
        utility.append(utilities.read(row))
        numbers.append(row.number)
    cells = Cells(np.array(who), np.array(what), np.array(utility))
    _refuse_repeated(cells, numbers, voters, proposals)
    return _sorted(voters, groups, proposals, np.array(group_of), cells)


class _Ids(dict[str, int]):
    """Numbers of ids, in the order in which they are met."""

    def __init__(self, missing: Fact) -> None:
        super().__init__()
        self.missing = missing

    def code(self, row: BallotRow, written: str) -> int:
        found = self.get(written)
        if found is not None:
            return found
        name = written.strip()
        if not name:
            raise BallotProblem(row.number, self.missing)
        if len(name) > LONGEST_ID:
            raise BallotProblem(row.number, "id_too_long", name[:_MOST_SHOWN])
        if _CONTROL.search(name):
            raise BallotProblem(row.number, "id_unprintable", _CONTROL.sub("�", name))
        return self.setdefault(name, len(self))

    def ranks(self) -> tuple[tuple[str, ...], IntArray]:
        """Return the ids in their order, and each number's place in it."""
        ordered = sorted(self)
        rank = np.empty(len(ordered), dtype=np.int32)
        rank[[self[name] for name in ordered]] = np.arange(len(ordered))
        return tuple(ordered), rank


class _Utilities(dict[str, float]):
    """Numbers as they were written: few different ones stand in many rows."""

    def read(self, row: BallotRow) -> float:
        known = self.get(row.utility)
        if known is None:
            known = self[row.utility] = _utility(row.number, row.utility.strip())
        return known


def _utility(row: int, written: str) -> float:
    if not written:
        return 1.0
    if not _NUMBER.fullmatch(written):
        shown = _CONTROL.sub("�", written[:_MOST_SHOWN])
        raise BallotProblem(row, "utility_no_number", shown)
    value = float(written)
    if value != 0 and not SMALLEST_UTILITY <= value <= LARGEST_UTILITY:
        raise BallotProblem(row, "utility_out_of_range", written[:_MOST_SHOWN])
    return value


def _refuse_repeated(
    cells: Cells, numbers: array[int], voters: _Ids, proposals: _Ids
) -> None:
    pair = cells.who.astype(np.int64) * len(proposals) + cells.what
    _found, first = np.unique(pair, return_index=True)
    if len(first) == len(pair):
        return
    again = int(np.setdiff1d(np.arange(len(pair)), first)[0])
    names = list(voters)[cells.who[again]], list(proposals)[cells.what[again]]
    raise BallotProblem(numbers[again], "twice", *names)


def _sorted(
    voters: _Ids, groups: _Ids, proposals: _Ids, group_of: IntArray, cells: Cells
) -> Ballots:
    voter_names, voter_rank = voters.ranks()
    group_names, group_rank = groups.ranks()
    proposal_names, proposal_rank = proposals.ranks()
    ordered_groups = np.empty_like(group_of)
    ordered_groups[voter_rank] = group_rank[group_of]
    supported = cells.utility > 0
    return ballots_of_cells(
        (voter_names, group_names),
        ordered_groups,
        proposal_names,
        Cells(
            voter_rank[cells.who[supported]],
            proposal_rank[cells.what[supported]],
            cells.utility[supported],
        ),
    )
