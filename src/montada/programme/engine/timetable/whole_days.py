"""
Days of tracks that know the hours: what `bound` climbs on in the end.

As in `relaxed`, but a track's day chooses sessions, rooms and hours as one, exactly
(`day_choice`): a room holds one session at a time, and two that overlap cost what they
cost, so that neither a track's rooms nor its pairs need prices. Parts of a series go
with their tracks, their order is given up.
"""

from __future__ import annotations

from collections.abc import Sequence, Sized
from itertools import chain

import numpy as np

from montada.programme.engine.timetable.crowds import Crowds
from montada.programme.engine.timetable.day_choice import OUT, Asked, choose
from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.own_rooms import OwnRooms
from montada.programme.engine.timetable.relaxed import (
    Floats,
    Ints,
    Paid,
    Prices,
    Relaxed,
)
from montada.programme.engine.timetable.track_days import groups_of

SLOTS_OF_A_LOOK = 15
"""Slots that are looked at in the time of one look."""


class WholeDays(Relaxed):
    """The problem with its common constraints priced, but for those within a track."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid, groups_of(grid), Crowds(grid, with_tracks=False))
        self._own = OwnRooms(grid, self._starts, np.zeros_like(self._rooms.open))
        self._asked = self._all_asked()
        self._n_looks = 0

    @property
    def n_slots(self) -> int:
        return super().n_slots + SLOTS_OF_A_LOOK * self._n_looks

    def after(self, prices: Prices) -> Prices:
        """Return prices of `relaxed` without those that nobody needs any more."""
        rooms, crowds, own, places = prices
        return rooms, crowds[-self._crowds.n_rows :], np.zeros_like(own), places

    def _take_days(
        self, usage: Prices, prices: Prices, paid: Paid
    ) -> tuple[float, Floats, Floats]:
        *_others, own, places = prices
        left = self._track_days.left(self._all_costs(paid), places)
        taken = np.full((len(places), len(self._days)), OUT)
        cost, self._n_looks = choose(self._asked, left, taken)
        member, day = np.nonzero(taken != OUT)
        is_first = member < len(self._track_days.sessions)
        numbers = self._track_days.sessions[member[is_first]]
        rooms, chosen = divmod(taken[member, day][is_first], left.shape[2])
        for length in self._gathered:
            which = self._n_units[numbers] == length.n_units
            self._add(usage, length, numbers[which], rooms[which], chosen[which])
        n_taken = (taken != OUT).sum(axis=1)
        return float(places.sum()) + cost, 1.0 - n_taken, self._own.brought(own)

    def _all_costs(self, paid: Paid) -> Floats:
        """Return what sessions of tracks pay, by class of rooms and start."""
        n_sessions = len(self._track_days.sessions)
        costs = np.full((n_sessions, len(paid.room_sums), len(self._starts)), np.inf)
        for length in self._gathered:
            base, places = paid.bases[length.numbers], self._place_of[length.numbers]
            for number, there in self._in_classes(length, paid):
                costs[places, number] = base + there
        return costs

    def _all_asked(self) -> Asked:
        grid, sets = self.grid, self._track_days.sets
        members: list[list[int]] = [[] for _track in grid.shares]
        for tracks in self._track_days.tracks:
            for track, places in zip(tracks.numbers, tracks.members, strict=True):
                members[track] = places[places < self._track_days.n_places].tolist()
        tasks = [grid.tasks[number] for number in self._track_days.sessions]
        of_places = [tasks[place] for place in self._track_days.session_of]
        # Two that share several tracks are one pair: a part of it in each.
        shared = [
            max((len(of_places[place].tracks) for place in places), default=1)
            for places in members
        ]
        kinds = self._rooms.n_rooms.astype(np.int64)
        rooms = [*sets.classes[:-1], np.repeat(np.arange(len(kinds)), kinds)]
        return Asked(
            members=np.array(list(chain.from_iterable(members)), np.int64),
            first_members=_firsts(members),
            n_units=np.array([task.n_units for task in of_places], np.int64),
            shares=np.array(grid.shares, np.int64),
            parallel=grid.prices["same_track_parallel"] / np.array(shared, float),
            dearer=float(grid.prices["track_spread"]),
            per_room=float(grid.prices["room_change"]),
            starts=self._starts,
            first_starts=np.append(self._day_firsts, len(self._starts)),
            rooms=np.concatenate(rooms),
            first_rooms=_firsts(rooms),
            set_costs=sets.costs,
            n_paid=sets.n_any,
        )


def _firsts(parts: Sequence[Sized]) -> Ints:
    """Return where each part begins if they follow one another, and the end."""
    return np.cumsum([0, *map(len, parts)], dtype=np.int64)
