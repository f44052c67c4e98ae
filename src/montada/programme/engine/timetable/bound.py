"""
What no plan can cost less than: a Lagrangian bound, raised step by step.

The constraints that bind sessions together are given up and priced instead: each unit
of each class of rooms, each unit of each kind of session in a track or among the
popular ones and of whoever is needed most (`crowds`), each session's place, each unit
of a room that a track has on a day (`own_rooms`). For any prices, each track then
chooses by itself which sessions a day takes and in which rooms (`track_days`); whoever
has no track chooses its cheapest slot (or stays out), parts of a series together; and
the sum of all choices, less what the prices ask for what is allowed anyway, is below
the cost of every plan. In the end tracks choose by the hour (`whole_days`), where there
is not too much to look at. Who is in few sessions, and what whole weeks of a track or
full rooms force upon a day, are left out: the bound stays true, and may be lower than
it need be.

The prices climb along the subgradient, each by a step of its own (Kingma & Ba 2015,
"Adam: a method for stochastic optimization"): rooms, tracks and days differ too much in
size for one common step. In each climb the steps become very short, since only then do
the prices settle.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

import numpy as np

from montada.programme.engine.timetable.crowds import Crowds
from montada.programme.engine.timetable.grid import Grid, Slot
from montada.programme.engine.timetable.relaxed import Prices, Relaxed
from montada.programme.engine.timetable.track_days import groups_of

WORK = 150_000_000
"""Slots looked at in one climb: a second or two."""
MOST_SLOTS, MOST_ROOMS = 2_000_000, 62
"""That days are chosen by the hour with; of rooms as many as a number has bits."""
ALONE, IN_TRACKS, BY_THE_HOUR = range(3)
"""Who chooses: each session; tracks, days without the hours; tracks, with the hours."""
N_STEPS, FIRST_STEPS = (150, 300, 300), (0.05, 0.05, 0.02)
"""Steps of a climb of each kind; size of the first, in a price's usual size."""
CALMEST = 0.002
"""Least size of the first step of a later climb."""
LAST_STEP = 0.006
"""Of a climb, in its first one."""
SLOW = 0.02
"""A climb that adds less than this part of the bound is slow."""
CALMER, HOTTER = 0.5, 2.0
"""First step of the next climb, in that of one that was slow, or was not."""
MEMORY, SQUARE_MEMORY = 0.95, 0.99
"""Share of the past in the mean direction, and in its mean square."""
TOLERANCE = 1e-9
"""Share of a bound that rounding of floats may have added."""


class Bound:
    """
    Attributes
    ----------
    price : the highest bound so far, in prices of the grid
    is_slow : whether the last climb brought little
    """

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._relaxed = Relaxed(grid, {}, Crowds(grid))
        self._level, self._step = ALONE, FIRST_STEPS[ALONE]
        self.price, self.is_slow = 0, False
        # Where there is room for all, prices begin at nothing; where there is not, at
        # what leaving a session out costs.
        self._begin_at(self._relaxed.modest(), self._relaxed.scarce())

    def climb(self, target: int) -> Iterator[int]:
        """Raise the bound by some steps or up to `target`; yield it after each."""
        if self.is_slow and self._level == IN_TRACKS:
            self._look_at_hours()
        n_steps = min(N_STEPS[self._level], 1 + WORK // max(1, self._relaxed.n_slots))
        if not any(self._relaxed.sizes):
            return
        before = self._value
        for _price in self._climb(n_steps):
            if self.price >= target:
                return
            yield self.price
        self.is_slow = self._value <= before + SLOW * abs(before)
        self._step = max(CALMEST, self._step * (CALMER if self.is_slow else HOTTER))
        if self.is_slow and self._level == ALONE:
            self._level, self.is_slow = IN_TRACKS, False
            self._relaxed = Relaxed(
                self._grid, groups_of(self._grid), Crowds(self._grid)
            )
            self._begin_at(self._relaxed.modest(*self._prices[:2]))
            yield from self.climb(target)

    def slots_within(self, price: int) -> list[set[Slot]]:
        """Return where each session may be in plans that cost no more than a price."""
        least = self._relaxed.least_with(self._prices)
        return self._relaxed.slots(least <= price + TOLERANCE * (1 + abs(price)))

    def _look_at_hours(self) -> None:
        """Have tracks choose by the hour, if there is not too much to look at."""
        is_large = self._relaxed.n_slots > MOST_SLOTS
        if is_large or len(self._grid.room_units) > MOST_ROOMS:
            return
        # numba takes half a second to load: not where the plan is proved before.
        from montada.programme.engine.timetable.whole_days import (  # noqa: PLC0415
            WholeDays,
        )

        by_the_hour = WholeDays(self._grid)
        prices = by_the_hour.after(self._prices)
        if by_the_hour.value(prices)[0] >= self._value:
            self._level, self._relaxed = BY_THE_HOUR, by_the_hour
            self._begin_at(prices)

    def _begin_at(self, *prices: Prices) -> None:
        """Take the best of some prices."""
        found = [(one, *self._relaxed.value(one)) for one in prices]
        self._prices, self._value, self._gradient = max(found, key=lambda one: one[1])
        self.price = max(self.price, self._sure(self._value))
        self._step = FIRST_STEPS[self._level]

    def _climb(self, n_steps: int) -> Iterator[int]:
        prices, gradient = self._prices, self._gradient
        mean, square = ([np.zeros_like(part) for part in prices] for _part in range(2))
        for step in range(1, n_steps + 1):
            length = self._step * LAST_STEP ** (step / n_steps)
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
