"""
Ballots: who supports which proposal, and how much.

Utilities are 0 or more; 0 is no support. Ids are sorted, so the order in which ballots
were written cannot matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.integer[Any]]

LARGEST_UTILITY = 1_000_000.0
SMALLEST_UTILITY = 1e-6
"""Wider scales than any rubric's, narrow enough that sums keep nine exact digits."""


class Cells(NamedTuple):
    """Voter, proposal, utility above 0: three arrays of one length, in any order."""

    who: IntArray
    what: IntArray
    utility: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Ballots:
    """
    Everybody's support, proposal by proposal.

    Attributes
    ----------
    voters, groups, proposals : ids
    group_of : int array (n_voters,)
        Index into `groups`.
    starts : int array (n_proposals + 1,)
        Where each proposal's supporters begin in the two arrays below.
    supporters : int array (n_cells,)
        Index into `voters`.
    utilities : float array (n_cells,)
        Above 0.
    """

    voters: tuple[str, ...]
    groups: tuple[str, ...]
    proposals: tuple[str, ...]
    group_of: IntArray
    starts: IntArray
    supporters: IntArray
    utilities: FloatArray

    def cells_of(self, proposal: int) -> tuple[IntArray, FloatArray]:
        """Return a proposal's supporters and their utilities."""
        cells = slice(self.starts[proposal], self.starts[proposal + 1])
        return self.supporters[cells], self.utilities[cells]

    def n_supporters(self) -> IntArray:
        """Return how many support each proposal."""
        return np.diff(self.starts)

    def held_by_supporters(self, of_voter: FloatArray) -> FloatArray:
        """Return each proposal's sum over its supporters of a number of each voter."""
        return self._sums(of_voter[self.supporters])

    def support(self, weights: FloatArray) -> FloatArray:
        """Return each proposal's sum of utilities, each times its voter's weight."""
        return self._sums(self.utilities * weights[self.supporters])

    def by_group(self, of_voter: FloatArray) -> FloatArray:
        """Return each group's sum of a number of each voter."""
        sums = np.bincount(self.group_of, of_voter, len(self.groups))
        return sums.astype(np.float64, copy=False)

    def of_voters(self, chosen: IntArray) -> Ballots:
        """Return the ballots of these voters; one named twice votes as two people."""
        copies = np.bincount(chosen, minlength=len(self.voters))
        first = np.cumsum(copies) - copies
        times = copies[self.supporters]
        before = np.cumsum(times) - times
        within = np.arange(times.sum()) - np.repeat(before, times)
        kept = np.sort(chosen)
        return Ballots(
            tuple(self.voters[voter] for voter in kept),
            self.groups,
            self.proposals,
            self.group_of[kept],
            np.append(0, np.cumsum(times))[self.starts],
            np.repeat(first[self.supporters], times) + within,
            np.repeat(self.utilities, times),
        )

    def _sums(self, cells: FloatArray) -> FloatArray:
        supported = self.n_supporters() > 0
        sums = np.zeros(len(self.proposals))
        if len(cells):
            sums[supported] = np.add.reduceat(cells, self.starts[:-1][supported])
        return sums


def ballots_of_cells(
    people: tuple[tuple[str, ...], tuple[str, ...]],
    group_of: IntArray,
    proposals: tuple[str, ...],
    cells: Cells,
) -> Ballots:
    """Return the ballots of voters and groups (`people`), with these cells."""
    ordered = np.lexsort((cells.who, cells.what))
    starts = np.searchsorted(cells.what[ordered], np.arange(len(proposals) + 1))
    who = cells.who[ordered].astype(np.intp)
    return Ballots(*people, proposals, group_of, starts, who, cells.utility[ordered])
