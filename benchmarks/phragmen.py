"""
Sequential Phragmén: supporters save, and take a proposal once they have its cost.

Everybody earns at the speed of the own endowment, from nothing. As soon as the
supporters of a proposal together hold its cost, it is taken and their savings are gone.
With equal endowments this is Phragmén's rule of least maximal load: the moment of a
purchase is the load of each supporter.

It fills every place that somebody supports and needs no completion, but promises groups
less than equal shares does (PJR, not EJR). Here it is what equal shares is compared
with.

References
----------
Phragmén (1894), "Sur une méthode nouvelle pour réaliser, dans les élections, la
représentation proportionnelle des partis". Brill, Freeman, Janson & Lackner (2017),
"Phragmén's voting methods and justified representation", AAAI-17.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from montada.programme.engine.shares.election import Election
from montada.programme.engine.shares.frontier import Frontier, proposals_where


@dataclass(frozen=True, slots=True)
class Taken:
    """
    A proposal, and the moment at which its supporters had its cost.

    Time runs so that all voters together earn 1 in a unit of it: with places of cost
    1, a proposal that everybody supports is taken at 1.
    """

    proposal: int
    moment: float


def sequential_phragmen(election: Election) -> tuple[Taken, ...]:
    """
    Return the proposals in the order in which they are taken, while money lasts.

    Ends with the first that costs more than is left. Only whether a voter supports a
    proposal counts, not how much.
    """
    speed = election.shares
    gone = np.zeros(len(speed))
    owned = election.ballots.held_by_supporters(speed)
    may = election.open & (owned > 0)
    bounds = np.divide(election.costs, owned, out=np.zeros(len(owned)), where=may)

    def moment(proposal: int, _at_least: float, _enough: float) -> float:
        supporters, _utilities = election.ballots.cells_of(proposal)
        before = float(gone.take(supporters).sum())
        return (float(election.costs[proposal]) + before) / float(owned[proposal])

    frontier = Frontier(proposals_where(may), bounds, election.order)
    money, taken = election.money, list[Taken]()
    while found := frontier.take_cheapest(moment):
        if not election.fits(money)[found.proposal]:
            break
        money -= float(election.costs[found.proposal])
        supporters, _utilities = election.ballots.cells_of(found.proposal)
        gone[supporters] = found.price * speed[supporters]
        taken.append(Taken(found.proposal, found.price))
    return tuple(taken)
