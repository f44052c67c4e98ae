"""
The method of equal shares: supporters buy what they agree on, each with own money.

Everybody owns a part of the money. In each round every proposal has a price per unit of
utility, rho: the smallest number for which its supporters together pay the cost if each
pays rho times the own utility, or all that is left if that is less. The proposal of the
smallest rho is bought: it asks least of each supporter. The method ends when nobody's
supporters together own a cost. With equal money and costs the result satisfies extended
justified representation: a group of share s that agrees on enough proposals decides
over s of the programme.

rho solves sum(min(money, rho * utility)) = cost. The left side is concave and piecewise
linear in rho, so Newton's steps from a lower bound rise to the solution and end in it.

References
----------
Peters & Skowron (2020), "Proportionality and the limits of welfarism", EC '20.
Peters, Pierczyński & Skowron (2021), "Proportional participatory budgeting with
additive utilities", NeurIPS 34.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

import numpy as np

from montada.programme.engine.shares.ballots import FloatArray, IntArray
from montada.programme.engine.shares.election import Election
from montada.programme.engine.shares.frontier import Frontier, proposals_where
from montada.programme.engine.shares.ties import TIE

ROUNDING = 1e-12
"""Relative: a rest of a voter's first money, or a step towards rho, that is none."""


@dataclass(frozen=True, slots=True, eq=False)
class Purchase:
    """
    One round: a proposal was bought.

    Attributes
    ----------
    rho : float
        Money per unit of utility; nobody paid more.
    tied : indices of all proposals of this rho, the bought one among them
    voters : int array (n_payers,)
        All supporters who had money left: who could pay.
    paid : float array (n_payers,)
        Together the cost.
    """

    proposal: int
    rho: float
    tied: tuple[int, ...]
    voters: IntArray
    paid: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All purchases with one endowment, and what each voter has left."""

    money: float
    purchases: tuple[Purchase, ...]
    left: FloatArray
    spent: float


def equal_shares(election: Election, money: float, most: float = inf) -> Run:
    """
    Return what the voters buy when they own `money` together.

    Stops as soon as more than `most` is spent.
    """
    own = money * election.shares
    left = own.copy()
    spent = 0.0
    purchases: list[Purchase] = []
    frontier = _frontier(election)

    def price(proposal: int, at_least: float, enough: float) -> float:
        supporters, utilities = election.ballots.cells_of(proposal)
        cost = float(election.costs[proposal])
        return _rho(left.take(supporters), utilities, cost, (at_least, enough))

    while spent <= most and (found := frontier.take_cheapest(price)):
        supporters, utilities = election.ballots.cells_of(found.proposal)
        had = left[supporters]
        pays = np.minimum(had, found.price * utilities)
        after = had - pays
        after[after <= ROUNDING * own[supporters]] = 0
        left[supporters] = after
        can = had > 0
        purchases.append(
            Purchase(
                found.proposal, found.price, found.tied, supporters[can], pays[can]
            )
        )
        spent += float(election.costs[found.proposal])
    return Run(money, tuple(purchases), left, spent)


def _frontier(election: Election) -> Frontier:
    """Return what is open and supported; if all pay in full, rho is cost by support."""
    support = election.ballots.support(np.ones(len(election.shares)))
    may = election.open & (support > 0)
    bounds = np.divide(
        election.costs, support, out=np.full(len(support), inf), where=may
    )
    return Frontier(proposals_where(may), bounds * (1 - TIE), election.order)


def _rho(
    money: FloatArray, utilities: FloatArray, cost: float, bounds: tuple[float, float]
) -> float:
    """
    Return rho from a lower bound of it: infinite if the money is not there.

    Past the second bound the answer is another lower bound.
    """
    rho, enough = bounds
    while rho <= enough:
        full = rho * utilities
        missing = cost - float(np.minimum(money, full).sum())
        slope = float(utilities @ (money > full))
        if slope == 0:
            return rho if missing <= TIE * cost else inf
        step = missing / slope
        rho += step
        if step <= ROUNDING * rho:
            break
    return rho
