"""
Counts of votes by group, and how sure a share of them is.

Whatever groups are: found by `groups`, or declared (stakeholder groups, regions, tiers
of identity). Seen counts passes too: a pass is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from montada.consultation.engine.votes import (
    UNGROUPED,
    FloatArray,
    IntArray,
    VoteMatrix,
    VoteValue,
)

Z_ONE_SIDED = 1.6448536269514722
"""95 % of a normal distribution lie below."""


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Counts of each group's votes, by vote: int arrays (n_groups, n_statements)."""

    agree: IntArray
    disagree: IntArray
    passed: IntArray

    @property
    def seen(self) -> IntArray:
        return self.agree + self.disagree + self.passed


@dataclass(frozen=True, slots=True, eq=False)
class DeclaredGroups:
    """
    People by what they declared.

    `names` are sorted, `of` (n_people,) is each person's place among them; people who
    declared nothing, or what nobody else has been counted under, are `UNGROUPED`.
    """

    names: tuple[str, ...]
    of: IntArray


def tally(votes: VoteMatrix, groups: IntArray, n_groups: int) -> Tally:
    """
    Return counts by group and statement; people who are `UNGROUPED` do not count.

    `groups` (n_people,) holds 0 to n_groups - 1.
    """
    shape = (len(VoteValue), n_groups + 1, votes.n_statements)
    # One number for each value, group (whoever is in none first) and statement.
    rows = (votes.values - np.int64(VoteValue.DISAGREE)) * shape[1]
    rows += groups[votes.people] - UNGROUPED
    cells = rows * votes.n_statements + votes.statements
    counts = np.bincount(cells, minlength=prod(shape)).reshape(shape)
    disagree, passed, agree = counts[:, 1:]
    return Tally(agree, disagree, passed)


def tally_of_all(votes: VoteMatrix) -> Tally:
    """Return counts of everybody, as of one group."""
    return tally(votes, np.zeros(votes.n_people, np.int64), 1)


def declared_groups(
    declared: Sequence[str], votes: VoteMatrix, *, smallest: int
) -> DeclaredGroups:
    """
    Return the groups of at least `smallest` people who voted; "" declares nothing.

    Raises
    ------
    ValueError
        If there is not one entry for each person.
    """
    if len(declared) != votes.n_people:
        raise ValueError(f"{len(declared)} declared, {votes.n_people} people")
    has_voted = votes.n_votes_by_person() > 0
    all_names, of = np.unique(np.array(declared, dtype=object), return_inverse=True)
    n = np.bincount(of[has_voted], minlength=len(all_names))
    is_counted = (n >= smallest) & (all_names != "")
    place = np.where(is_counted, np.cumsum(is_counted) - 1, UNGROUPED)
    names = tuple(
        name for name, kept in zip(all_names, is_counted, strict=True) if kept
    )
    return DeclaredGroups(names, np.where(has_voted, place[of], UNGROUPED))


def lower_bound(n_yes: NDArray[Any], n: NDArray[Any]) -> FloatArray:
    """
    Return what a share exceeds with 95 % confidence: Wilson's bound, one-sided.

    0 where nobody was asked. Wilson (1927), JASA 22; Brown, Cai, DasGupta (2001),
    Statistical Science 16.
    """
    z2 = Z_ONE_SIDED**2
    asked = np.maximum(n, 1)
    share = n_yes / asked
    middle = share + z2 / (2 * asked)
    half = Z_ONE_SIDED * np.sqrt(share * (1 - share) / asked + z2 / (4 * asked**2))
    # With no yes the bound is 0; arithmetic misses it by 1e-17.
    bound = np.maximum((middle - half) / (1 + z2 / asked), 0)
    bounds: FloatArray = np.where((n > 0) & (n_yes > 0), bound, 0.0)
    return bounds


def upper_bound(n_yes: NDArray[Any], n: NDArray[Any]) -> FloatArray:
    """Return what a share stays under with 95 % confidence; 1 where none was asked."""
    return 1 - lower_bound(n - n_yes, n)
