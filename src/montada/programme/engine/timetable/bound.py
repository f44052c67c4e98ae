"""
What no plan can cost less than: a Lagrangian bound, raised step by step.

The constraints that bind sessions together are given up and priced instead: each unit
of each class of rooms, each unit of each kind of session in a track or among the
popular ones (`crowds`), each session's place, each hour of a track on a day beyond what
its rooms hold. For any prices, each track then chooses by itself which sessions a day
takes and in which rooms (`track_days`); whoever has no track chooses its cheapest slot
(or stays out), parts of a series together; and the sum of all choices, less what the
prices ask for what is allowed anyway, is below the cost of every plan. People in two
places, and what whole weeks of a track or full rooms force upon a day, are left out:
the bound stays true, and may be lower than it need be.

The prices climb along the subgradient, each by a step of its own (Kingma & Ba 2015,
"Adam: a method for stochastic optimization"): rooms, tracks and days differ too much in
size for one common step.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, sqrt

import numpy as np

from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.relaxed import Prices, Relaxed

WORK = 150_000_000
"""Slots looked at in one climb: a second or two."""
FIRST_STEPS, MOST_STEPS = 30, 240
"""Steps of the first climb, each next one having twice as many, and of the longest."""
STEP_SIZES = (0.2, 0.05, 0.01)
"""Of a price's usual size: a climb tries each, from the best prices so far."""
CALMER = 0.8
"""Size of a climb's steps, in those of the climb before."""
SLOW = 0.02
"""Part of itself that a climb adds at least, while sessions choose for themselves:
where it adds less, tracks begin to choose."""
SLOWING = 10
"""Steps after which steps become shorter, as roots do."""
MEMORY, SQUARE_MEMORY = 0.8, 0.95
"""Share of the past in the mean direction, and in its mean square."""
TOLERANCE = 1e-9
"""Share of a bound that rounding of floats may have added."""


class Bound:
    """
    Attributes
    ----------
    price : the highest bound so far, in prices of the grid
    """

    def __init__(self, grid: Grid) -> None:
        self._grid, self._in_tracks = grid, False
        self._relaxed = Relaxed(grid, in_tracks=False)
        self._n_steps = FIRST_STEPS
        self.price = 0
        # Where there is room for all, prices begin at nothing; where there is not, at
        # what leaving a session out costs.
        self._begin_at(self._relaxed.modest(), self._relaxed.scarce())

    def climb(self, target: int) -> Iterator[int]:
        """Raise the bound by some steps or up to `target`; yield it after each."""
        n_steps = min(self._n_steps, 1 + WORK // max(1, self._relaxed.n_slots))
        self._n_steps = min(2 * self._n_steps, MOST_STEPS)
        if not any(self._relaxed.sizes):
            return
        self._calm *= CALMER
        before = self._value
        for size in STEP_SIZES:
            for _price in self._climb(
                size * self._calm, -(-n_steps // len(STEP_SIZES))
            ):
                if self.price >= target:
                    return
                yield self.price
        if not self._in_tracks and self._value <= before + SLOW * abs(before):
            self._in_tracks = True
            self._relaxed = Relaxed(self._grid, in_tracks=True)
            self._begin_at(self._relaxed.modest(*self._prices[:2]))
            yield from self.climb(target)

    def _begin_at(self, *prices: Prices) -> None:
        """Take the best of some prices."""
        found = [(one, *self._relaxed.value(one)) for one in prices]
        self._prices, self._value, self._gradient = max(found, key=lambda one: one[1])
        self.price = max(self.price, self._sure(self._value))
        self._calm = 1 / CALMER

    def _climb(self, size: float, n_steps: int) -> Iterator[int]:
        prices, gradient = self._prices, self._gradient
        mean, square = ([np.zeros_like(part) for part in prices] for _part in range(2))
        for step in range(1, n_steps + 1):
            length = size / sqrt(1 + step / SLOWING)
            for old, part in zip(mean, gradient, strict=True):
                np.add(old, (1 - MEMORY) * (part - old), out=old)
            for old, part in zip(square, gradient, strict=True):
                np.add(old, (1 - SQUARE_MEMORY) * (part**2 - old), out=old)
            prices = self._relaxed.within(
                tuple(
                    price
                    + length
                    * scale
                    * way
                    / (1 - MEMORY**step)
                    / (np.sqrt(force / (1 - SQUARE_MEMORY**step)) + 1e-9)
                    for price, scale, way, force in zip(
                        prices, self._relaxed.sizes, mean, square, strict=True
                    )
                )
            )
            value, gradient = self._relaxed.value(prices)
            if value > self._value:
                self._value, self._prices, self._gradient = value, prices, gradient
                self.price = max(self.price, self._sure(value))
            yield self.price

    @staticmethod
    def _sure(value: float) -> int:
        """Return the least whole price that is not below a value."""
        return max(0, ceil(value - TOLERANCE * (1 + abs(value))))
