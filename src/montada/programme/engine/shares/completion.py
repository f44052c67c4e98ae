"""
The whole choice: equal shares, more money for all until places run out, then support.

With the money that there is, supporters rarely can spend all of it. *Add1* raises all
endowments by one place's money at a time and lets everybody buy anew, until more would
be bought than there is room for; the last result before that stands, and the factor by
which money was raised is part of it. What is still free goes to the proposals of most
support for their cost, each voter's support counting as much as the voter owns: with
equal money that is plain counting, with equal money for groups the largest does not
take all that is left.

After every `RAISES` raises the step doubles, so that even an election in which nobody
agrees ends after a few hundred runs.

References
----------
Peters, Pierczyński & Skowron (2021), section 3.4 (Add1); equalshares.net, "Completion".
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np

from montada.programme.engine.shares.election import Election
from montada.programme.engine.shares.equal_shares import Run, equal_shares
from montada.programme.engine.shares.ties import TIE

RAISES = 100
"""Raises of one step; with 100 places money has doubled by then."""

MOST_STEPS_TO_DOUBLE = 1_000
"""With costs, the step is the least cost, but no smaller than money over this."""


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """
    What was chosen: bought with own money first, then by support.

    Attributes
    ----------
    run : Run
        The purchases that stand, with raised money.
    factor : float, 1 or more
        Money of `run` against the money that there is.
    by_support : indices of proposals, in the order in which they were taken
    n_runs : int
        How often everybody bought anew.
    """

    election: Election
    run: Run
    factor: float
    by_support: tuple[int, ...]
    n_runs: int

    @property
    def bought(self) -> tuple[int, ...]:
        return tuple(purchase.proposal for purchase in self.run.purchases)

    @property
    def chosen(self) -> tuple[int, ...]:
        """All chosen proposals, in the order in which they were."""
        return (*self.bought, *self.by_support)

    @property
    def unspent(self) -> float:
        """Money, or places, that nobody's support could fill."""
        costs = self.election.costs[list(self.chosen)]
        return max(0.0, self.election.money - float(costs.sum()))


def selection(election: Election) -> Selection:
    """Return the choice of an election: equal shares, Add1, then most support."""
    run, n_runs = _raised(election)
    bought = [purchase.proposal for purchase in run.purchases]
    factor = run.money / election.money if election.money else 1.0
    by_support = _filled(election.without(bought, election.money - run.spent))
    return Selection(election, run, factor, by_support, n_runs)


def most_supported(election: Election) -> int | None:
    """
    Return the open proposal that fits and has most support for its cost.

    Each voter's support counts as much as the voter owns. Proposals that nobody
    supports come last, and are proposals still: the caller says if they may win.
    """
    fitting = np.flatnonzero(election.open & election.fits(election.money))
    if not len(fitting):
        return None
    support = election.ballots.support(election.shares) / election.costs
    score = support[fitting]
    equal = fitting[score >= score.max() * (1 - TIE)]
    return int(equal[np.argmin(election.order[equal])])


def _raised(election: Election) -> tuple[Run, int]:
    """Return the last run that does not overspend, and the number of runs."""
    most = election.money * (1 + TIE)
    step = _step(election)
    run, n_runs = equal_shares(election, election.money, most), 1
    while (wakes := _least_money(election, run)) is not None:
        # Before its supporters own a cost together no other proposal can be bought, so
        # the steps until then spend no more than this one did.
        steps = max(1, ceil((wakes - run.money) / step - TIE) - 1)
        raised = equal_shares(election, run.money + steps * step, most)
        if raised.spent > most:
            break
        run, n_runs = raised, n_runs + 1
        if n_runs % RAISES == 0:
            step *= 2
    return run, n_runs


def _least_money(election: Election, run: Run) -> float | None:
    """
    Return the least money with which another proposal can be bought.

    None if all that is supported and fits was bought.
    """
    closed = election.without(
        [purchase.proposal for purchase in run.purchases], election.money - run.spent
    )
    owned = election.ballots.held_by_supporters(election.shares)
    waiting = closed.open & (owned > 0)
    if not np.any(waiting & closed.fits(closed.money)):
        return None
    return float((election.costs[waiting] / owned[waiting]).min())


def _step(election: Election) -> float:
    if not len(election.costs):
        return 1.0
    return max(float(election.costs.min()), election.money / MOST_STEPS_TO_DOUBLE)


def _filled(election: Election) -> tuple[int, ...]:
    """Return what is taken by support alone until nothing supported fits."""
    supported = election.ballots.n_supporters() > 0
    rest = election.without(np.flatnonzero(~supported).tolist(), election.money)
    taken: list[int] = []
    while (proposal := most_supported(rest)) is not None:
        taken.append(proposal)
        rest = rest.without([proposal], rest.money - float(rest.costs[proposal]))
    return tuple(taken)
