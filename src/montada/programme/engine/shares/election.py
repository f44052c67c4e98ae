"""What an election asks: which proposals, with how much money, and whose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from montada.programme.engine.shares.ballots import Ballots, FloatArray, IntArray
from montada.programme.engine.shares.endowments import Grouping, money_of_voters
from montada.programme.engine.shares.ties import TIE, tie_order


@dataclass(frozen=True, slots=True, eq=False)
class Election:
    """
    Ballots, and the rules by which they choose.

    Attributes
    ----------
    money : float
        All money: the number of places where every proposal costs one.
    costs : float array (n_proposals,)
        In the unit of `money`, above 0.
    shares : float array (n_voters,)
        Each voter's part of the money; together 1.
    order : int array (n_proposals,)
        Place of each proposal among equals (see `ties`).
    seed : int
        From which `order` was made.
    open : bool array (n_proposals,)
        Whether a proposal may be chosen.
    """

    ballots: Ballots
    money: float
    costs: FloatArray
    shares: FloatArray
    order: IntArray
    seed: int
    open: npt.NDArray[np.bool_]

    def without(self, proposals: Sequence[int], money: float) -> Election:
        """Return the election in which these proposals are closed, with this money."""
        still = self.open.copy()
        still[list(proposals)] = False
        return replace(self, open=still, money=money)

    def fits(self, money: float) -> npt.NDArray[np.bool_]:
        """Return for which proposals so much money, up to a tie, is enough."""
        return self.costs * (1 - TIE) <= money


def election(
    ballots: Ballots,
    places: float,
    divisions: Sequence[Grouping],
    *,
    seed: int = 1,
    costs: npt.ArrayLike | None = None,
) -> Election:
    """
    Return the election over `places` that cost one each, or over money and `costs`.

    Utilities are taken as they are. Where every proposal costs the same that is what a
    voter wants; where costs differ, a support of utility = cost says "an hour is worth
    an hour", a support of 1 says "a session is worth a session".

    Raises
    ------
    ValueError
        If `places` is negative or no number, a cost is not above 0, or a grouping does
        not fit the ballots.
    """
    n_proposals = len(ballots.proposals)
    prices = np.ones(n_proposals) if costs is None else np.asarray(costs, np.float64)
    if not 0 <= places < np.inf:
        raise ValueError("the number of places is 0 or more")
    if prices.shape != (n_proposals,) or not np.all((prices > 0) & (prices < np.inf)):
        raise ValueError("every proposal has a cost above 0")
    return Election(
        ballots,
        float(places),
        prices,
        money_of_voters(len(ballots.voters), divisions),
        tie_order(ballots.proposals, seed),
        seed,
        np.ones(n_proposals, dtype=np.bool_),
    )
