"""
Sets of rooms that a track may have on a day, and what they cost: for `track_days`.

Single rooms are tried, and pairs where classes of rooms are few; a set of more, which
comes last, may be any rooms. The first room is free, and each brings what `own_rooms`
says, no more than another one costs: a larger set is never cheaper than the last one
with those of its rooms that bring most.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations_with_replacement

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

MOST_SETS = 64
"""Sets of rooms up to which pairs are tried, too."""


class RoomSets:
    """
    Parameters
    ----------
    n_rooms : of each class
    per_room : price of every room after the first

    Attributes
    ----------
    classes : of each set
    costs : of each set, what its rooms bring aside
    n_any : rooms that the cost of the last set pays for
    is_in : whether a class is in a set (n_sets, n_classes)
    """

    def __init__(self, n_rooms: Floats, per_room: float) -> None:
        every = range(len(n_rooms))
        sets: list[Sequence[int]] = [[one] for one in every] if per_room else []
        if len(sets) > 1 and len(sets) * (len(sets) + 1) // 2 <= MOST_SETS:
            sets += [
                (one, other)
                for one, other in combinations_with_replacement(every, 2)
                if one != other or n_rooms[one] > 1
            ]
        sizes = [len(rooms) for rooms in sets]
        self.n_any = 1 + max(sizes, default=0)
        sets.append(every)
        self.classes = [np.array(rooms, np.int64) for rooms in sets]
        self.costs = per_room * (np.array([*sizes, self.n_any], float) - 1)
        n_classes = len(n_rooms)
        counts = [np.bincount(rooms, minlength=n_classes) for rooms in self.classes]
        self._counts = np.array(counts, float)
        self.is_in: Bools = self._counts > 0
        n_each = np.minimum(n_rooms, self.n_any).astype(np.int64)
        self._repeated = np.repeat(np.arange(n_classes), n_each)

    def fees(self, brought: Floats) -> Floats:
        """Return what sets cost less what they bring, from what each class brings."""
        fees: Floats = self.costs - brought @ self._counts.T
        best = np.take_along_axis(brought, self._best(brought), axis=-1)
        fees[..., -1] = self.costs[-1] - best.sum(axis=-1)
        return fees

    def rooms_of(self, chosen: Ints, brought: Floats) -> Floats:
        """Return how many rooms of each class are in sets that were chosen."""
        rooms: Floats = self._counts[chosen]
        is_any = chosen == len(self.classes) - 1
        best = self._best(brought)[is_any][..., np.newaxis]
        rooms[is_any] = (best == np.arange(rooms.shape[-1])).sum(axis=-2)
        return rooms

    def _best(self, brought: Floats) -> Ints:
        """Return the classes of the rooms that bring most, as many as the last has."""
        order = np.argsort(-brought[..., self._repeated], axis=-1, kind="stable")
        best: Ints = self._repeated[order[..., : self.n_any]]
        return best
