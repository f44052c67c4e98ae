"""
Endowments: whose money buys the programme.

All money together is 1. A grouping divides its part of it equally among its groups, and
each group's part equally among the group's voters. "Per voter" is the grouping in which
everybody is one group; stakeholder groups, regions, or any other division of people are
groupings as well. Several together are mixed: each has its weight.

Where small groups would be outvoted however they vote, equal money for each group lets
their members decide over as much of the programme as those of large ones; which
endowment is fair is the committee's choice, made and published before the ballots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from montada.programme.engine.shares.ballots import Ballots, FloatArray, IntArray

Endowment = Literal["voter", "group", "mixed"]
ENDOWMENTS: tuple[Endowment, ...] = get_args(Endowment)

HALF = 0.5
"""The mix where none is given: as much money by heads as by groups."""


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """
    A division of the voters, and how much it counts.

    Attributes
    ----------
    group_of : int array (n_voters,)
        0 or more; the numbers need not follow each other. Groups without a voter own
        nothing.
    weight : float, 0 or more
        The grouping's part of all money, against the sum of the weights.
    """

    group_of: IntArray
    weight: float = 1.0


def per_voter(ballots: Ballots, weight: float = 1.0) -> Grouping:
    """Return the grouping in which every voter owns the same."""
    return Grouping(np.zeros(len(ballots.voters), dtype=np.int32), weight)


def per_group(ballots: Ballots, weight: float = 1.0) -> Grouping:
    """Return the grouping in which every stakeholder group owns the same."""
    return Grouping(ballots.group_of, weight)


def groupings(
    ballots: Ballots, endowment: Endowment, mix: float = HALF
) -> tuple[Grouping, ...]:
    """
    Return the groupings of a named endowment.

    Parameters
    ----------
    mix : float from 0 to 1
        Of "mixed" only: the part of the money that is divided per voter.

    Raises
    ------
    ValueError
        If `mix` is outside 0 to 1.
    """
    if not 0 <= mix <= 1:
        raise ValueError("the mix is a share from 0 to 1")
    if endowment == "voter":
        return (per_voter(ballots),)
    if endowment == "group":
        return (per_group(ballots),)
    return per_voter(ballots, mix), per_group(ballots, 1 - mix)


def money_of_voters(n_voters: int, divisions: Sequence[Grouping]) -> FloatArray:
    """
    Return the part of all money that each voter owns: (n_voters,), together 1.

    Raises
    ------
    ValueError
        If a grouping does not label every voter, a weight is negative, or all are 0.
    """
    total = sum(division.weight for division in divisions)
    if any(division.weight < 0 for division in divisions) or not total > 0:
        raise ValueError("weights of groupings are 0 or more, and one is above 0")
    money = np.zeros(n_voters)
    for division in divisions:
        if division.group_of.shape != (n_voters,) or np.any(division.group_of < 0):
            raise ValueError("a grouping places every voter")
        _codes, own, sizes = np.unique(
            division.group_of, return_inverse=True, return_counts=True
        )
        money += division.weight / total / (len(sizes) * sizes[own])
    return money
