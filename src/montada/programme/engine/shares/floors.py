"""
Floors: places that the rules guarantee, whatever the voters say.

Only for what rules demand. A floor that the voters' own choice meets changes nothing.
For each place that is missing one place is taken from everybody's money in equal
proportion, and given to the best supported proposal of the floor that was not chosen;
the voters choose anew with what is left. So the price of a floor is borne by all, and
its effect can be read: which proposals came in, which went out for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from montada.programme.engine.shares.completion import (
    Selection,
    most_supported,
    selection,
)
from montada.programme.engine.shares.election import Election


@dataclass(frozen=True, slots=True)
class Floor:
    """At least so many of these proposals are chosen, because a rule says so."""

    name: str
    proposals: frozenset[int]
    at_least: int


@dataclass(frozen=True, slots=True)
class Reserved:
    """A proposal that is chosen because of a floor, not by the voters' money."""

    proposal: int
    floor: str


@dataclass(frozen=True, slots=True)
class Unmet:
    """A floor for which there are too few proposals, or too little money."""

    floor: str
    missing: int


@dataclass(frozen=True, slots=True, eq=False)
class Floored:
    """
    A choice with floors, beside the choice without.

    Attributes
    ----------
    choice : Selection
        What the voters chose with the money that the floors left.
    reserved : proposals that floors brought in, in the order in which they were taken
    without : Selection
        What the voters would have chosen.
    unmet : floors that could not be kept
    """

    choice: Selection
    reserved: tuple[Reserved, ...]
    without: Selection
    unmet: tuple[Unmet, ...]

    @property
    def chosen(self) -> tuple[int, ...]:
        return (*(one.proposal for one in self.reserved), *self.choice.chosen)

    @property
    def gained(self) -> tuple[int, ...]:
        """Chosen with floors, and not without: indices in ascending order."""
        return tuple(sorted(set(self.chosen) - set(self.without.chosen)))

    @property
    def lost(self) -> tuple[int, ...]:
        """Chosen without floors, and not with: indices in ascending order."""
        return tuple(sorted(set(self.without.chosen) - set(self.chosen)))


def with_floors(election: Election, floors: Sequence[Floor]) -> Floored:
    """
    Return the choice that keeps the floors, as far as proposals and money allow.

    Floors are kept in their given order. A proposal counts for every floor that names
    it; nobody need support one for a floor to bring it in.
    """
    without = choice = selection(election)
    reserved: list[Reserved] = []
    given_up: set[str] = set()
    while floor := _first_missed(floors, reserved, choice, given_up):
        proposal = _best_of(floor, election, reserved, choice)
        if proposal is None:
            given_up.add(floor.name)
            continue
        reserved.append(Reserved(proposal, floor.name))
        choice = selection(_rest(election, reserved))
    unmet = tuple(
        Unmet(floor.name, n)
        for floor in floors
        if (n := _n_missing(floor, reserved, choice)) > 0
    )
    return Floored(choice, tuple(reserved), without, unmet)


def _rest(election: Election, reserved: Sequence[Reserved]) -> Election:
    taken = [one.proposal for one in reserved]
    return election.without(taken, election.money - float(election.costs[taken].sum()))


def _n_missing(floor: Floor, reserved: Sequence[Reserved], choice: Selection) -> int:
    chosen = {one.proposal for one in reserved} | set(choice.chosen)
    return floor.at_least - len(floor.proposals & chosen)


def _first_missed(
    floors: Sequence[Floor],
    reserved: Sequence[Reserved],
    choice: Selection,
    given_up: set[str],
) -> Floor | None:
    missed = (
        floor
        for floor in floors
        if floor.name not in given_up and _n_missing(floor, reserved, choice) > 0
    )
    return next(missed, None)


def _best_of(
    floor: Floor, election: Election, reserved: Sequence[Reserved], choice: Selection
) -> int | None:
    rest = _rest(election, reserved)
    others = set(range(len(rest.open))) - floor.proposals | set(choice.chosen)
    return most_supported(rest.without(sorted(others), rest.money))
