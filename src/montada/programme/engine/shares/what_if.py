"""What if the endowment were another: choices side by side, and what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from montada.programme.engine.shares.completion import Selection, selection
from montada.programme.engine.shares.election import Election
from montada.programme.engine.shares.endowments import Grouping, money_of_voters
from montada.programme.engine.shares.measures import GroupGain, gains


@dataclass(frozen=True, slots=True, eq=False)
class Supposed:
    """
    A choice under one endowment.

    Attributes
    ----------
    gains : what each group has of it
    gained, lost : indices in ascending order
        Against the choice under the first endowment.
    """

    name: str
    choice: Selection
    gains: tuple[GroupGain, ...]
    gained: tuple[int, ...]
    lost: tuple[int, ...]


def what_if(
    election: Election, endowments: Mapping[str, Sequence[Grouping]]
) -> tuple[Supposed, ...]:
    """
    Return the choice under each named endowment, all else being equal.

    The first is what the others are compared with. The election's own endowment is not
    used.

    Raises
    ------
    ValueError
        If a grouping does not fit the ballots.
    """
    n_voters = len(election.ballots.voters)
    choices = {
        name: selection(replace(election, shares=money_of_voters(n_voters, divisions)))
        for name, divisions in endowments.items()
    }
    first = set(next(iter(choices.values())).chosen) if choices else set()
    return tuple(
        Supposed(
            name,
            choice,
            gains(choice),
            tuple(sorted(set(choice.chosen) - first)),
            tuple(sorted(first - set(choice.chosen))),
        )
        for name, choice in choices.items()
    )
