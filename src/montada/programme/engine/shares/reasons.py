"""
Why each proposal was chosen or not, as facts that a page puts into words.

A chosen one was paid for: by how many, of which groups, how much each. One that was not
chosen lacked money at the end: its supporters had spent theirs on others, which are
named, or never owned its cost together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from montada.programme.engine.shares.ballots import FloatArray
from montada.programme.engine.shares.completion import Selection
from montada.programme.engine.shares.equal_shares import Purchase
from montada.programme.engine.shares.ties import TIE

MOST_NAMED = 3
"""Purchases named in a reason; the ledger has all."""


@dataclass(frozen=True, slots=True)
class GroupPart:
    """How many of a group paid, and their part of the cost, 0 to 1."""

    group: str
    n_payers: int
    share: float


@dataclass(frozen=True, slots=True)
class PaidFor:
    """
    A proposal that its supporters bought in this round.

    `least` and `most` are what one payer paid, in money of the election; who paid less
    than the most had nothing left afterwards. `parts` names groups that paid, largest
    part first.
    """

    proposal: str
    round: int
    rho: float
    cost: float
    n_supporters: int
    n_payers: int
    least: float
    most: float
    parts: tuple[GroupPart, ...]


@dataclass(frozen=True, slots=True)
class MostSupported:
    """
    A proposal that took a free place for its support, after nobody could buy more.

    `support` is the part of all endowments that its supporters own.
    """

    proposal: str
    round: int
    cost: float
    n_supporters: int
    support: float


@dataclass(frozen=True, slots=True)
class SpentOn:
    """What supporters of one proposal paid for another."""

    proposal: str
    paid: float


@dataclass(frozen=True, slots=True)
class NotChosen:
    """
    A proposal without a place.

    Attributes
    ----------
    owned, left : float
        What its supporters had together at first and at the end; `missing` is the rest
        of the cost.
    more : float or None
        By what part larger the supporters' endowment would have had to be, all else
        being as it was. None where nobody supports the proposal.
    spent_on : the purchases on which they spent most, most first
    is_above : whether more voters support it than some chosen proposal
    """

    proposal: str
    cost: float
    n_supporters: int
    owned: float
    left: float
    missing: float
    more: float | None
    spent_on: tuple[SpentOn, ...]
    is_above: bool


@dataclass(frozen=True, slots=True)
class Reasons:
    paid_for: tuple[PaidFor, ...]
    most_supported: tuple[MostSupported, ...]
    not_chosen: tuple[NotChosen, ...]
    """Nearest to a place first: least `more`."""


def reasons(choice: Selection) -> Reasons:
    """Return why each proposal that was open to choice has a place, or none."""
    bought = [
        _paid_for(choice, number, purchase)
        for number, purchase in enumerate(choice.run.purchases, start=1)
    ]
    owned = choice.election.ballots.held_by_supporters(choice.election.shares)
    n_supporters = choice.election.ballots.n_supporters()
    taken = [
        MostSupported(
            choice.election.ballots.proposals[proposal],
            number,
            float(choice.election.costs[proposal]),
            int(n_supporters[proposal]),
            float(owned[proposal]),
        )
        for number, proposal in enumerate(choice.by_support, start=len(bought) + 1)
    ]
    return Reasons(tuple(bought), tuple(taken), _not_chosen(choice))


def parts_of(choice: Selection, purchase: Purchase) -> tuple[GroupPart, ...]:
    """Return the groups that paid for a purchase, largest part first."""
    ballots = choice.election.ballots
    payers = ballots.group_of[purchase.voters]
    paid = np.bincount(payers, purchase.paid, len(ballots.groups))
    counts = np.bincount(payers, minlength=len(ballots.groups))
    return tuple(
        GroupPart(
            ballots.groups[group], int(counts[group]), float(paid[group] / paid.sum())
        )
        for group in sorted(np.flatnonzero(counts), key=lambda g: (-paid[g], g))
    )


def _paid_for(choice: Selection, number: int, purchase: Purchase) -> PaidFor:
    election = choice.election
    return PaidFor(
        proposal=election.ballots.proposals[purchase.proposal],
        round=number,
        rho=purchase.rho,
        cost=float(election.costs[purchase.proposal]),
        n_supporters=int(election.ballots.n_supporters()[purchase.proposal]),
        n_payers=len(purchase.voters),
        least=float(purchase.paid.min()),
        most=float(purchase.paid.max()),
        parts=parts_of(choice, purchase),
    )


def _not_chosen(choice: Selection) -> tuple[NotChosen, ...]:
    election = choice.election
    ballots = election.ballots
    n_supporters = ballots.n_supporters()
    owned = choice.run.money * ballots.held_by_supporters(election.shares)
    left = ballots.held_by_supporters(choice.run.left)
    spent = _spent_by_supporters(choice)
    refused = election.without(choice.chosen, election.money).open
    least = min((n_supporters[proposal] for proposal in choice.chosen), default=None)
    told = [
        NotChosen(
            ballots.proposals[proposal],
            float(election.costs[proposal]),
            int(n_supporters[proposal]),
            float(owned[proposal]),
            float(left[proposal]),
            missing := max(0.0, float(election.costs[proposal] - left[proposal])),
            missing / float(owned[proposal]) if owned[proposal] else None,
            _named(choice, spent[:, proposal]),
            least is not None and bool(n_supporters[proposal] > least),
        )
        for proposal in np.flatnonzero(refused)
    ]
    return tuple(
        sorted(told, key=lambda one: (one.more is None, one.more, one.proposal))
    )


def _spent_by_supporters(choice: Selection) -> FloatArray:
    """Return (n_purchases, n_proposals): what each one's supporters paid for each."""
    ballots = choice.election.ballots
    spent = np.zeros((len(choice.run.purchases), len(ballots.proposals)))
    for number, purchase in enumerate(choice.run.purchases):
        paid = np.zeros(len(ballots.voters))
        paid[purchase.voters] = purchase.paid
        spent[number] = ballots.held_by_supporters(paid)
    return spent


def _named(choice: Selection, spent: FloatArray) -> tuple[SpentOn, ...]:
    most = np.argsort(-spent, kind="stable")[:MOST_NAMED]
    return tuple(
        SpentOn(
            choice.election.ballots.proposals[choice.bought[number]],
            float(spent[number]),
        )
        for number in most
        if spent[number] > TIE * choice.election.money
    )
