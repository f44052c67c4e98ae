"""What a choice gives to whom: places, supported sessions, people with nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from montada.programme.engine.shares.ballots import Ballots, FloatArray
from montada.programme.engine.shares.completion import Selection


@dataclass(frozen=True, slots=True)
class GroupGain:
    """
    What one group has of a choice.

    Attributes
    ----------
    bought : float, in money of the election
        What the group's voters paid.
    mean_supported : float
        Chosen proposals that a voter of the group supports, on average.
    with_nothing : int
        Voters of the group who support none that was chosen.
    """

    group: str
    n_voters: int
    bought: float
    mean_supported: float
    with_nothing: int


def gains(choice: Selection) -> tuple[GroupGain, ...]:
    """Return what each group has of a choice, in the order of the groups."""
    ballots = choice.election.ballots
    n_chosen = n_chosen_supported(ballots, choice.chosen)
    sizes = ballots.by_group(np.ones(len(ballots.voters)))
    supported = ballots.by_group(n_chosen)
    nothing = ballots.by_group((n_chosen == 0).astype(np.float64))
    paid = ballots.by_group(paid_by_voters(choice))
    return tuple(
        GroupGain(
            group,
            int(sizes[place]),
            float(paid[place]),
            float(supported[place] / sizes[place]) if sizes[place] else 0.0,
            int(nothing[place]),
        )
        for place, group in enumerate(ballots.groups)
    )


def n_chosen_supported(ballots: Ballots, chosen: Sequence[int]) -> FloatArray:
    """Return for each voter how many of the chosen proposals they support."""
    count = np.zeros(len(ballots.voters))
    for proposal in chosen:
        count[ballots.cells_of(proposal)[0]] += 1
    return count


def paid_by_voters(choice: Selection) -> FloatArray:
    """Return what each voter paid, in money of the election."""
    return choice.run.money * choice.election.shares - choice.run.left
