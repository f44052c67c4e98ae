"""
Evidence that there are opinion groups: against chance, and against a few lost votes.

k-means always finds groups, in noise too. So votes are permuted within each statement:
how many agree with it and who saw it stays, only that anybody votes alike is gone. Real
groups must have a better silhouette than every permutation; with 99 of them, noise does
in one consultation of a hundred. And groups must be found again when a fifth of the
votes is dropped.

What neither test tells apart is two camps and one broad, even range of opinion that is
cut in the middle: both are far from chance, and both are found again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from montada.consultation.engine.axes import Axes, opinion_axes
from montada.consultation.engine.groups import Grouping, best_grouping, rand_index
from montada.consultation.engine.votes import BoolArray, VoteMatrix

KeepGoing = Callable[[], bool]

PERMUTATIONS = 99
"""The best of 99: noise is as good in one case of a hundred."""

DROPS = 20
DROPPED = 0.2
"""Of the votes, each drawn by itself."""

STABLE = 0.8
"""
Adjusted Rand index of groups found again, mean of 20.

With two equal groups it is (1 - 2e)², e the share of people who change sides: .8 lets
one person in nineteen do so. Recovery that Steinley (2004,
doi:10.1037/1082-989X.9.3.386) calls good.
"""


class Stopped(Exception):
    """The caller asked to stop; nothing was decided."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What speaks for and against groups.

    Attributes
    ----------
    silhouette : float, -1 to 1
        Of the groups found.
    null_best : float, -1 to 1
        The best silhouette of the permutations. They end with the first one that is as
        good as the real one, since no later one can change the answer: then it is the
        best only of those made.
    n_permutations : int
        How many were made, at most 99.
    stability : float, -1 to 1
        Mean adjusted Rand index between the groups and those found when a fifth of the
        votes is dropped. A run that finds none counts 0.
    width : float
        Spread of opinion along both axes, against the mean of the permutations: 1 is
        what chance gives.
    """

    silhouette: float
    null_best: float
    n_permutations: int
    stability: float
    width: float

    @property
    def beats_chance(self) -> bool:
        return self.silhouette > self.null_best

    @property
    def is_stable(self) -> bool:
        return self.stability >= STABLE


def evidence_for(
    votes: VoteMatrix,
    grouped: BoolArray,
    axes: Axes,
    found: Grouping,
    seed: int,
    keep_going: KeepGoing,
) -> Evidence:
    """
    Return the evidence for groups found among the people marked `grouped`.

    Each permutation and each drop has its own random numbers, drawn from `seed`.

    Raises
    ------
    Stopped
        If `keep_going`, asked before each of them, says no.
    """
    null, drops = np.random.SeedSequence(seed).spawn(2)
    stability = _stability(votes, grouped, found, drops, keep_going)
    best, spreads = -1.0, []
    for child in null.spawn(PERMUTATIONS):
        _ask(keep_going)
        rng = np.random.default_rng(child)
        shuffled = opinion_axes(permuted(votes, rng))
        spreads.append(shuffled.spread.sum())
        chance = best_grouping(shuffled.places[grouped], rng)
        best = max(best, chance.silhouette if chance else -1.0)
        if best >= found.silhouette:
            break
    return Evidence(
        silhouette=found.silhouette,
        null_best=best,
        n_permutations=len(spreads),
        stability=stability,
        width=float(axes.spread.sum() / max(np.mean(spreads), 1e-12)),
    )


def permuted(votes: VoteMatrix, rng: np.random.Generator) -> VoteMatrix:
    """Return the votes dealt anew among those who voted on each statement."""
    dealt = votes.values.copy()
    ends = np.cumsum(votes.n_votes_by_statement())
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        rng.shuffle(dealt[start:end])
    return votes.with_values(dealt)


def _stability(
    votes: VoteMatrix,
    grouped: BoolArray,
    found: Grouping,
    seeds: np.random.SeedSequence,
    keep_going: KeepGoing,
) -> float:
    scores = []
    for child in seeds.spawn(DROPS):
        _ask(keep_going)
        rng = np.random.default_rng(child)
        fewer = votes.of(rng.random(len(votes.values)) >= DROPPED)
        again = best_grouping(opinion_axes(fewer).places[grouped], rng)
        scores.append(rand_index(found.groups, again.groups) if again else 0.0)
    return float(np.mean(scores))


def _ask(keep_going: KeepGoing) -> None:
    if not keep_going():
        raise Stopped
