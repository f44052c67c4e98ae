"""
Rooms that a track has on a day, of which each holds one of its sessions at a time.

For `relaxed`. Each unit that a track's sessions take in a class of rooms is priced, and
a room that the track has on that day brings what all its units cost: half a room, say,
holds half a session at a time, and no two that want the same hour.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.room_classes import Length, sums

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class OwnRooms:
    """
    Prices stand in rows: of each track those of each class of rooms, and behind them as
    many that stay 0, for whoever goes with no track.

    Parameters
    ----------
    starts : bits at which sessions begin
    is_open : 1 in the units in which a class is open (n_classes, n_bits)

    Attributes
    ----------
    ends : of each start, where its day ends: what runs on is not priced
    """

    def __init__(self, grid: Grid, starts: Ints, is_open: Floats) -> None:
        self._starts = starts
        self._per_room = float(grid.prices["room_change"])
        days, n_tracks = grid.timeline.days, len(grid.shares)
        self._is_open = np.tile(is_open, (n_tracks + 1, 1))
        self._is_open[n_tracks * len(is_open) :] = 0
        self._shape = n_tracks + 1, len(is_open), len(days)
        self._firsts = np.array([day.first for day in days], np.int64)
        self._lasts = self._firsts + [day.n_units for day in days]
        day_of = np.array(grid.timeline.days_of_bits(), np.int64)
        self.ends = self._lasts[day_of[starts]]
        self._day_of = np.append(day_of, 0)

    def none(self) -> Floats:
        """Return prices of nothing."""
        return np.zeros_like(self._is_open)

    def within(self, prices: Floats) -> Floats:
        """Return the nearest prices that are allowed."""
        prices = np.maximum(prices, 0) * self._is_open
        # A room costs no less than it brings: more rooms are never cheaper.
        brought, share = self._by_row(prices), np.ones((len(prices), len(self._firsts)))
        is_over = brought > self._per_room
        np.divide(self._per_room, brought, out=share, where=is_over)
        return prices * share[:, self._day_of]

    def brought(self, prices: Floats) -> Floats:
        """Return what a room brings, by track, day and class."""
        return self._by_row(prices).reshape(self._shape).swapaxes(1, 2)

    def of_class(self, price_sums: Floats, number: int) -> Floats:
        """Return the rows of a class of rooms, by track."""
        return price_sums[number :: self._shape[1]]

    def rows(self, tracks: Ints, classes: Ints) -> Ints:
        """Return where the prices of tracks in classes of rooms stand."""
        return tracks * self._shape[1] + classes

    def windows(self, length: Length, price_sums: Floats) -> Floats:
        """Return what a session of this length pays from each start, in some rows."""
        ends = np.minimum(length.last, self.ends)
        return np.asarray(price_sums[:, ends] - price_sums[:, self._starts])

    def missed(self, running: Floats, n_rooms: Floats) -> Floats:
        """Return how many too many run, from who runs and what rooms tracks have."""
        rooms = n_rooms.swapaxes(1, 2).reshape(len(running), len(self._firsts))
        missed: Floats = (running - rooms[:, self._day_of]) * self._is_open
        return missed

    def _by_row(self, prices: Floats) -> Floats:
        """Return what the units of each day cost together."""
        price_sums = sums(prices)
        return price_sums[:, self._lasts] - price_sums[:, self._firsts]
