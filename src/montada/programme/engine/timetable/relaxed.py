"""
The problem with its common constraints priced: what `bound` climbs on.

See `bound` for what is given up. Here every session chooses by itself, and every track
its sessions of a day, as cheaply as the prices let it; and each price learns by how
much its constraint is missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.crowds import Crowds
from montada.programme.engine.timetable.grid import Grid, Slot, Task
from montada.programme.engine.timetable.own_rooms import OwnRooms
from montada.programme.engine.timetable.room_classes import Length, RoomClasses, sums
from montada.programme.engine.timetable.ruin import bits_of
from montada.programme.engine.timetable.series_relaxed import SeriesChoice
from montada.programme.engine.timetable.track_days import Groups, Taken, TrackDays

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Prices = tuple[Floats, ...]
"""By unit of classes of rooms, of crowds, of a track's rooms; of places in tracks."""


class Paid(NamedTuple):
    """
    What sessions pay at some prices.

    Attributes
    ----------
    bases : rooms aside (n_sessions, n_starts)
    room_sums, own_sums : prices of rooms and of a track's rooms, summed along the units
    """

    bases: Floats
    room_sums: Floats
    own_sums: Floats


class Relaxed:
    """
    Parameters
    ----------
    groups : tracks that choose their days as a whole; other sessions choose for
        themselves, which is faster and lower

    Attributes
    ----------
    sizes : how large a price of each kind usually is: the mean of what may be missed,
        over the units of a session where a session pays for each
    """

    def __init__(self, grid: Grid, groups: Groups, crowds: Crowds) -> None:
        self.grid = grid
        tasks = grid.tasks
        every = 0
        for task in tasks:
            every |= task.starts
        self._starts = np.array(bits_of(every), np.int64)
        self._n_bits = grid.timeline.n_bits + 1
        self._lay_out_days()
        self._out = float(grid.prices["unplaced"])
        self._alone = np.array([self._alone_of(task) for task in tasks])
        self._rooms = RoomClasses(grid, self._starts, self._n_bits)
        self._lay_out_release()
        self._track_days = TrackDays(grid, groups, self._rooms.n_rooms)
        self._own = OwnRooms(grid, self._starts, self._rooms.open)
        self._crowds = crowds
        # Who pays for a place in a track must not pay for staying out as well.
        in_tracks = set(self._track_days.sessions.tolist())
        self._series = SeriesChoice(grid, self._starts, self._out, in_tracks)
        missed = [p for label, p in grid.prices.items() if p and label != "unplaced"]
        usual = sum(missed) / len(missed) if missed else 0.0
        per_unit = usual * len(tasks) / max(1, sum(task.n_units for task in tasks))
        longest = max(1, *(day.n_units for day in grid.timeline.days))
        self.sizes = (per_unit, per_unit, usual / longest, usual)
        self._lay_out_lengths()

    @property
    def n_slots(self) -> int:
        """How many numbers one look at all prices takes."""
        rooms = self._alone.size * max(1, len(self._rooms.n_rooms))
        return rooms + self._track_days.size

    def modest(
        self, rooms: Floats | None = None, crowds: Floats | None = None
    ) -> Prices:
        """Return prices that ask for no more; a place brings what it costs."""
        no_rooms, no_crowds, own = self._zero()
        rooms = no_rooms if rooms is None else rooms
        crowds = no_crowds if crowds is None else crowds
        cheapest = self._cheapest(self._paid((rooms, crowds, own)))
        return rooms, crowds, own, self._track_days.modest(cheapest)

    def scarce(self) -> Prices:
        """Return prices at which a session of usual length pays as if it stayed out."""
        _rooms, crowds, own = self._zero()
        lengths = [task.n_units for task in self.grid.tasks if task.n_choices]
        usual = sorted(lengths)[len(lengths) // 2] if lengths else 1
        rooms = self._rooms.open * self._out / usual
        return rooms, crowds, own, self._track_days.most

    def within(self, prices: Prices) -> Prices:
        """Return the nearest prices that are allowed: none below 0, some have tops."""
        rooms, crowds, own, places = prices
        return (
            np.maximum(rooms, 0) * self._rooms.open,
            self._crowds.within(crowds),
            self._own.within(own),
            self._track_days.within(places),
        )

    def value(self, prices: Prices) -> tuple[float, Prices]:
        """Return what the sessions choose at some prices, and where it would rise."""
        rooms, crowds, *_of_tracks = prices
        paid, usage = self._paid(prices), self._zero()
        at, alone = self._series.chosen(self._costs(paid))
        self._use_alone(usage, at, paid)
        in_tracks, places_left, n_own = self._take_days(usage, prices, paid)
        in_crowds, make_ups = self._crowds.value(crowds)
        in_rooms, running, in_own = (np.cumsum(part, axis=-1) for part in usage)
        n_rooms = self._rooms.n_rooms
        return alone + in_tracks + in_crowds - float((n_rooms @ rooms).sum()), (
            (in_rooms - n_rooms[:, np.newaxis]) * self._rooms.open,
            running - make_ups,
            self._own.missed(in_own, n_own),
            places_left,
        )

    def least_with(self, prices: Prices) -> Floats:
        """
        Return what no plan costs less than that has a session at a start.

        By session, class of rooms and start: the bound and the reduced cost of that
        choice; infinite where it cannot be. One of a series that goes with no track has
        no reduced cost.
        """
        paid = self._paid(prices)
        shape = len(paid.bases), len(paid.room_sums), len(self._starts)
        costs = np.full(shape, np.inf)
        for length in (*self._single, *self._gathered):
            for number, there in self._by_class(length, paid):
                costs[length.numbers, number] = paid.bases[length.numbers] + there
        chosen = np.minimum(costs.min(axis=(1, 2), initial=np.inf), self._out)
        more = costs - chosen[:, np.newaxis, np.newaxis]
        more[self._series.members] = np.where(
            np.isfinite(costs[self._series.members]), 0, np.inf
        )
        in_tracks = self._track_days.sessions
        # Whoever else a day takes costs no less than the best that it might take.
        beyond = costs[in_tracks] - prices[-1][: len(in_tracks), np.newaxis, np.newaxis]
        more[in_tracks] = np.maximum(beyond, 0)
        least: Floats = more + self.value(prices)[0]
        return least

    def slots(self, are_in: npt.NDArray[np.bool_]) -> list[set[Slot]]:
        """Return the slots of each session that are in, shaped as `least_with` is."""
        found: list[set[Slot]] = [set() for _task in self.grid.tasks]
        for number, kind, column in np.argwhere(are_in).tolist():
            start = int(self._starts[column])
            found[number].update((start, room) for room in self._rooms.rooms[kind])
        return found

    def _take_days(
        self, usage: Prices, prices: Prices, paid: Paid
    ) -> tuple[float, Floats, Floats]:
        """Return what days cost, who has no place, and who has what rooms."""
        _rooms, _crowds, own, places = prices
        cost, taken, places_left, n_own = self._track_days.value(
            self._cheapest(paid), places, self._own.brought(own)
        )
        self._use_taken(usage, taken, paid)
        return cost, places_left, n_own

    def _zero(self) -> Prices:
        """Return no prices of rooms, of crowds and of rooms of a track."""
        crowds = np.zeros((self._crowds.n_rows, self._n_bits))
        return np.zeros_like(self._rooms.open), crowds, self._own.none()

    def _paid(self, prices: Prices) -> Paid:
        rooms, crowds, own, *_places = prices
        return Paid(self._bases(crowds), sums(rooms), sums(own))

    def _bases(self, crowds: Floats) -> Floats:
        """Return what each start costs each session, rooms aside."""
        crowd_sums = sums(crowds)
        bases = self._alone.copy()
        for length in (*self._single, *self._gathered):
            windows = crowd_sums[:, length.last] - crowd_sums[:, self._starts]
            for column in self._crowds.rows[length.numbers].T:
                bases[length.numbers] += windows[column]
        return bases

    def _costs(self, paid: Paid) -> Floats:
        """Return what each start costs each session; nothing if its track chooses."""
        costs = np.full_like(paid.bases, np.inf)
        costs[self._track_days.sessions] = 0
        for length in self._single:
            cheapest = np.full((len(length.numbers), len(self._starts)), np.inf)
            for _number, there in self._in_classes(length, paid):
                np.minimum(cheapest, there, out=cheapest)
            costs[length.numbers] = paid.bases[length.numbers] + cheapest
        return costs

    def _cheapest(self, paid: Paid) -> Floats:
        """Return the least cost of who goes with a track, by day and class of rooms."""
        n_days, n_classes = len(self.grid.problem.days), len(paid.room_sums)
        found = np.full((len(self._track_days.sessions), n_days, n_classes), np.inf)
        for length in self._gathered:
            base, places = paid.bases[length.numbers], self._place_of[length.numbers]
            for number, there in self._by_class(length, paid):
                least = np.minimum.reduceat(base + there, self._day_firsts, axis=1)
                found[places[:, np.newaxis], self._days, number] = least
        return found

    def _by_class(self, length: Length, paid: Paid) -> Iterator[tuple[int, Floats]]:
        """Yield each class with what sessions of a length pay there from each start."""
        tracks = self._track_days.track_of[length.numbers]
        for number, there in self._in_classes(length, paid):
            by_track = self._own.of_class(paid.own_sums, number)
            yield number, self._own.windows(length, by_track)[tracks] + there

    def _in_classes(self, length: Length, paid: Paid) -> Iterator[tuple[int, Floats]]:
        """Yield the same without prices of a track's rooms."""
        windows = self._rooms.windows(length, paid.room_sums)
        for number, (over, window) in enumerate(
            zip(length.over.T, windows, strict=True)
        ):
            there = over[:, np.newaxis] + window
            self._charge_for_rooms(there, length.numbers, number)
            yield number, there

    def _charge_for_rooms(
        self, costs: Floats, numbers: Ints, classes: Ints | int
    ) -> None:
        """Have sessions pay that begin when they did in the release, elsewhere."""
        rows = np.nonzero(self._was_elsewhere(numbers, classes))[0]
        moved = numbers[rows]
        costs[rows, self._released_at[moved]] += self._moved[moved]

    def _was_elsewhere(
        self, numbers: Ints, classes: Ints | int
    ) -> npt.NDArray[np.bool_]:
        """Whether sessions were released in another class of rooms."""
        was_in = self._released_in[numbers]
        is_away: npt.NDArray[np.bool_] = (was_in >= 0) & (was_in != classes)
        return is_away

    def _use_alone(self, usage: Prices, at: Ints, paid: Paid) -> None:
        """Note where rooms and crowds begin and end; a choice below 0 is none."""
        for length in self._single:
            there = at[length.numbers] >= 0
            numbers = length.numbers[there]
            windows = self._rooms.windows(length, paid.room_sums)[:, at[numbers]]
            costs = length.over[there] + windows.T
            is_back = at[numbers] == self._released_at[numbers]
            every = np.arange(len(windows))
            is_away = self._was_elsewhere(numbers[:, np.newaxis], every)
            costs += (self._moved[numbers] * is_back)[:, np.newaxis] * is_away
            self._add(usage, length, numbers, costs.argmin(axis=1), at[numbers])

    def _use_taken(self, usage: Prices, taken: Taken, paid: Paid) -> None:
        """Note the same of what the tracks take."""
        numbers = self._track_days.sessions[taken.members]
        for length in self._gathered:
            which = np.nonzero(self._n_units[numbers] == length.n_units)[0]
            taken_there, rooms = numbers[which], taken.rooms[which]
            own = self._own.rows(self._track_days.track_of[taken_there], rooms)
            windows = self._rooms.windows(length, paid.room_sums)
            costs = paid.bases[taken_there] + windows[rooms]
            self._charge_for_rooms(costs, taken_there, rooms)
            costs += self._own.windows(length, paid.own_sums[own])
            costs[self._day_of != taken.days[which, np.newaxis]] = np.inf
            self._add(usage, length, taken_there, rooms, costs.argmin(axis=1))

    def _add(
        self,
        usage: Prices,
        length: Length,
        numbers: Ints,
        rooms: Ints,
        chosen: Ints,
    ) -> None:
        start, end = self._starts[chosen], length.last[chosen]
        for part, rows in (
            (usage[0], rooms),
            *((usage[1], column) for column in self._crowds.rows[numbers].T),
        ):
            np.add.at(part, (rows, start), 1)
            np.add.at(part, (rows, end), -1)
        own = self._own.rows(self._track_days.track_of[numbers], rooms)
        np.add.at(usage[2], (own, start), 1)
        np.add.at(usage[2], (own, np.minimum(end, self._own.ends[chosen])), -1)

    def _alone_of(self, task: Task) -> Floats:
        """Return what each start costs a session alone; infinite where it cannot."""
        row = np.full(len(self._starts), np.inf)
        for price, mask in task.levels:
            starts = mask & task.starts
            row[np.searchsorted(self._starts, bits_of(starts))] = price + task.moved
            if task.released is not None and starts >> task.released[0] & 1:
                row[np.searchsorted(self._starts, task.released[0])] = price
        return row

    def _lay_out_days(self) -> None:
        day_of = np.array(self.grid.timeline.days_of_bits(), np.int64)
        self._day_of = day_of[self._starts]
        self._days, self._day_firsts = np.unique(self._day_of, return_index=True)

    def _lay_out_release(self) -> None:
        """Note the start and the class of rooms that sessions had; -1 for none."""
        tasks, classes = self.grid.tasks, self._rooms.rooms
        class_of = {
            room: number for number, rooms in enumerate(classes) for room in rooms
        }
        # A start that was released may be none any more: a break came, a day ends.
        slots = [
            task.released
            if task.released and task.starts >> task.released[0] & 1
            else (0, -1)
            for task in tasks
        ]
        self._released_at = np.searchsorted(self._starts, [start for start, _ in slots])
        self._released_in = np.array(
            [class_of.get(room, -1) for _, room in slots], np.int64
        )
        self._moved = np.array([task.moved for task in tasks], float)

    def _lay_out_lengths(self) -> None:
        tasks, sessions = self.grid.tasks, self._track_days.sessions
        self._place_of = np.full(len(tasks), -1)
        self._place_of[sessions] = np.arange(len(sessions))
        self._n_units = np.array([task.n_units for task in tasks], np.int64)
        can_be = np.array([task.n_choices > 0 for task in tasks], bool)
        self._single = self._rooms.lengths(can_be & (self._place_of < 0))
        self._gathered = self._rooms.lengths(can_be & (self._place_of >= 0))
