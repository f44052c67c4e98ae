"""
Stability: would other voters, or one voter less, have chosen the same?

Two questions about a choice. *Resampled*: draw as many voters as each group has, with
repetition (bootstrap, Efron 1979), choose anew, and count how often each proposal is
chosen: one that has a place in 55 of 100 draws had luck. *One less*: leave out each
voter in turn: a choice that hangs on one person is worth a second look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from montada.programme.engine.shares.ballots import FloatArray, IntArray
from montada.programme.engine.shares.completion import selection
from montada.programme.engine.shares.election import Election
from montada.programme.engine.shares.endowments import Grouping, money_of_voters


@dataclass(frozen=True, slots=True)
class OneLess:
    """What changes without one voter: indices in ascending order."""

    voter: int
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def chosen_how_often(
    election: Election,
    divisions: Sequence[Grouping],
    *,
    n_draws: int,
    rng: np.random.Generator,
) -> FloatArray:
    """
    Return in which part of the draws each proposal is chosen: (n_proposals,), 0 to 1.

    `divisions` are those of the election: money is divided anew in each draw.

    Raises
    ------
    ValueError
        If there is nothing to draw: no draws.
    """
    if n_draws < 1:
        raise ValueError("at least one draw")
    count = np.zeros(len(election.ballots.proposals))
    members = [
        np.flatnonzero(election.ballots.group_of == group)
        for group in range(len(election.ballots.groups))
    ]
    for _draw in range(n_draws):
        drawn = [rng.choice(group, len(group)) for group in members if len(group)]
        voters = np.concatenate(drawn) if drawn else np.zeros(0, dtype=np.intp)
        count[list(selection(_among(election, divisions, voters)).chosen)] += 1
    return count / n_draws


def without_each(
    election: Election, divisions: Sequence[Grouping]
) -> tuple[OneLess, ...]:
    """
    Return the voters without whom another choice is made, in order, and the difference.

    Takes one choice for every voter: of thousands, ask `chosen_how_often`.
    """
    everybody = np.arange(len(election.ballots.voters))
    as_it_is = set(selection(_among(election, divisions, everybody)).chosen)
    changed = []
    for voter in everybody:
        others = everybody[everybody != voter]
        now = set(selection(_among(election, divisions, others)).chosen)
        if now != as_it_is:
            gained, lost = sorted(now - as_it_is), sorted(as_it_is - now)
            changed.append(OneLess(int(voter), tuple(gained), tuple(lost)))
    return tuple(changed)


def _among(
    election: Election, divisions: Sequence[Grouping], voters: IntArray
) -> Election:
    """Return the election among these voters, each as often as named."""
    kept = np.sort(voters)
    there = [replace(one, group_of=one.group_of[kept]) for one in divisions]
    return replace(
        election,
        ballots=election.ballots.of_voters(kept),
        shares=money_of_voters(len(kept), there),
    )
