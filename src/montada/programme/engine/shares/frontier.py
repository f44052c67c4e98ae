"""
The cheapest of many, where prices only rise.

A price once computed stays a lower bound, so only those are computed again whose bound
is not above the cheapest price found (lazy evaluation: Minoux, 1978, "Accelerated
greedy algorithms for maximizing submodular set functions").
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heapify, heappop, heappush
from math import inf, isfinite
from typing import NamedTuple

import numpy as np

from montada.programme.engine.shares.ballots import FloatArray, IntArray
from montada.programme.engine.shares.ties import TIE

Price = Callable[[int, float, float], float]
"""(proposal, at least, enough) → its price; past `enough` any lower bound will do."""


class Cheapest(NamedTuple):
    """The proposal, its price, and all that cost the same (itself among them)."""

    proposal: int
    price: float
    tied: tuple[int, ...]


class Frontier:
    """Proposals that may still be chosen, with a lower bound of each one's price."""

    def __init__(
        self, proposals: Iterable[int], bounds: FloatArray, order: IntArray
    ) -> None:
        self._order = order
        self._heap = [(float(bounds[proposal]), proposal) for proposal in proposals]
        heapify(self._heap)

    def take_cheapest(self, price: Price) -> Cheapest | None:
        """
        Take out the cheapest proposal; of equal ones the first in the order of ties.

        What has no finite price is left out for good. None if nothing remains.
        """
        priced: list[tuple[float, int]] = []
        enough = inf
        while self._heap and self._heap[0][0] <= enough:
            bound, proposal = heappop(self._heap)
            found = price(proposal, bound, enough)
            if isfinite(found):
                priced.append((found, proposal))
                enough = min(enough, found * (1 + TIE))
        if not priced:
            return None
        tied = [pair for pair in priced if pair[0] <= enough]
        chosen = min(tied, key=lambda pair: int(self._order[pair[1]]))
        for pair in priced:
            if pair is not chosen:
                heappush(self._heap, pair)
        return Cheapest(chosen[1], chosen[0], tuple(sorted(p for _price, p in tied)))


def proposals_where(may: np.ndarray) -> list[int]:
    """Return the indices at which the answer is yes."""
    return [int(index) for index in np.flatnonzero(may)]
