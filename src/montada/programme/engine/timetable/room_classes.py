"""Rooms that are alike to all sessions, and sessions of one length: for `relaxed`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.ruin import bits_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Length:
    """
    Sessions of one length.

    Attributes
    ----------
    numbers : of the sessions
    over : prices of seats in each class of rooms (n_sessions, n_classes)
    last : the unit before which it ends, for each start
    shut : infinite where a class is not open so long (n_classes, n_starts)
    """

    numbers: Ints
    n_units: int
    over: Floats
    last: Ints
    shut: Floats


class RoomClasses:
    """
    Attributes
    ----------
    rooms : numbers of those of each class
    n_rooms : how many these are
    open : 1 in the units in which a class is open (n_classes, n_bits)
    """

    def __init__(self, grid: Grid, starts: Ints, n_bits: int) -> None:
        self._starts, self._n_bits = starts, n_bits
        tasks, units = grid.tasks, grid.room_units
        over = np.full((len(tasks), len(units)), np.inf)
        for number, task in enumerate(tasks):
            for price, room in task.rooms:
                over[number, room] = price
        classes: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for room, open_units in enumerate(units):
            classes[open_units, over[:, room].tobytes()].append(room)
        self.rooms = tuple(classes.values())
        firsts = [rooms[0] for rooms in self.rooms]
        self.n_rooms = np.array([len(rooms) for rooms in self.rooms], float)
        self.open = np.zeros((len(firsts), n_bits))
        for number, room in enumerate(firsts):
            self.open[number, bits_of(units[room])] = 1
        self._over = over[:, firsts]
        self._n_units = np.array([task.n_units for task in tasks], np.int64)

    def lengths(self, which: Bools) -> list[Length]:
        """Return some of the sessions, by length."""
        return list(self._lengths(which))

    def windows(self, length: Length, price_sums: Floats) -> Floats:
        """Return the price of each class from each start, infinite if shut."""
        spans = price_sums[:, length.last] - price_sums[:, self._starts]
        return np.asarray(spans + length.shut)

    def _lengths(self, which: Bools) -> Iterator[Length]:
        open_sums = sums(self.open)
        for n_units in np.unique(self._n_units[which]):
            numbers = np.nonzero(which & (self._n_units == n_units))[0]
            last = np.minimum(self._starts + n_units, self._n_bits - 1)
            n_open = open_sums[:, last] - open_sums[:, self._starts]
            shut = np.where(n_open < n_units, np.inf, 0.0)
            yield Length(numbers, int(n_units), self._over[numbers], last, shut)


def sums(prices: Floats) -> Floats:
    """Return running sums along the units, with a 0 before the first."""
    return np.concatenate(
        [np.zeros((len(prices), 1)), np.cumsum(prices, axis=1)], axis=1
    )
