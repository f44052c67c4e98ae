"""
Statements that represent a group: what its members say more than others, and mostly.

Two tests of each group and statement, for agreeing and for disagreeing: is the share in
the group above that of everybody else, and is it above one half? Both as in Polis
(repness.clj, stats.clj; Small et al. 2021, doi:10.6035/recerca.5516). Polis lets every
statement pass at 90 %: of three hundred that mean nothing, thirty would. Here the
larger of the two probabilities counts and is corrected for how many tests were made, so
that of the statements shown one in twenty is wrong at most, on average (Benjamini,
Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x).

The groups were found in the same votes, which these tests do not know: they describe
groups that are there, and are no proof that there are any.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import Literal

import numpy as np

from montada.consultation.engine.tallies import Tally
from montada.consultation.engine.votes import BoolArray, FloatArray, IntArray

Stance = Literal["agree", "disagree"]
STANCES: tuple[Stance, ...] = ("agree", "disagree")

FALSE_SHARE = 0.05
"""Of the statements shown as representative, expected to be so by chance."""

MOST_SHOWN = 5
"""Statements a group, as in Polis."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """
    How one stance stands in each group; float arrays (n_groups, n_statements).

    Attributes
    ----------
    share : smoothed share of the stance in the group, (n + 1) / (seen + 2)
    share_z : z of the share against one half
    ratio : share in the group over share in all other groups together
    ratio_z : z of the difference between them (two proportions)
    """

    share: FloatArray
    share_z: FloatArray
    ratio: FloatArray
    ratio_z: FloatArray


@dataclass(frozen=True, slots=True)
class Represents:
    """
    A statement that represents a group: its column, the stance, how surely.

    `z` is of the difference to everybody else, `share` the smoothed share in the group.
    """

    statement: int
    stance: Stance
    z: float
    share: float


def standing(counts: Tally, stance: Stance) -> Standing:
    """Return the tests of a stance in every group, with Polis' smoothing."""
    n = counts.agree if stance == "agree" else counts.disagree
    seen = counts.seen
    n_else, seen_else = n.sum(axis=0) - n, seen.sum(axis=0) - seen
    share, share_else = (n + 1) / (seen + 2), (n_else + 1) / (seen_else + 2)
    return Standing(
        share=share,
        share_z=2 * np.sqrt(seen + 1) * ((n + 1) / (seen + 1) - 0.5),
        ratio=share / share_else,
        ratio_z=_difference_z(n + 1, seen + 1, n_else + 1, seen_else + 1),
    )


def _difference_z(
    n: IntArray, seen: IntArray, n_else: IntArray, seen_else: IntArray
) -> FloatArray:
    pooled = (n + n_else) / (seen + seen_else)
    error = np.sqrt(pooled * (1 - pooled) * (1 / seen + 1 / seen_else))
    difference = n / seen - n_else / seen_else
    # Where everybody said the same there is no difference, and no error either.
    return np.where(error > 0, difference / np.where(error > 0, error, 1), 0.0)


def representative(counts: Tally) -> tuple[tuple[Represents, ...], ...]:
    """
    Return, for each group, at most five statements that represent it, surest first.

    A group may have none.
    """
    standings = [standing(counts, stance) for stance in STANCES]
    z = np.stack([np.minimum(s.ratio_z, s.share_z) for s in standings])
    # What a group has not seen is no test, and passes none.
    passes = _passing(_chance(z), np.broadcast_to(counts.seen > 0, z.shape))
    groups = []
    for group in range(len(counts.seen)):
        found = [
            Represents(
                statement=int(statement),
                stance=STANCES[number],
                z=float(standings[number].ratio_z[group, statement]),
                share=float(standings[number].share[group, statement]),
            )
            for number, statement in np.argwhere(passes[:, group])
        ]
        found.sort(key=lambda one: -one.z)
        groups.append(tuple(found[:MOST_SHOWN]))
    return tuple(groups)


def _chance(z: FloatArray) -> FloatArray:
    """Return how likely chance alone is to give so much or more."""
    tails = [erfc(one) for one in (z / sqrt(2)).ravel().tolist()]
    return np.array(tails).reshape(z.shape) / 2


def _passing(chances: FloatArray, is_test: BoolArray) -> BoolArray:
    """Return which tests pass under Benjamini and Hochberg's rule."""
    ranked = np.sort(chances[is_test])
    bounds = FALSE_SHARE * np.arange(1, len(ranked) + 1) / max(len(ranked), 1)
    under = np.flatnonzero(ranked <= bounds)
    limit = ranked[under[-1]] if len(under) else -1.0
    passing: BoolArray = is_test & (chances <= limit)
    return passing
