"""
The problem with its common constraints priced: what `bound` climbs on.

See `bound` for what is given up. Here every session chooses by itself, as cheaply as
the prices let it, and each price learns by how much its constraint is missed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.crowds import Crowds
from montada.programme.engine.timetable.grid import Grid, Task
from montada.programme.engine.timetable.ruin import bits_of
from montada.programme.engine.timetable.series_relaxed import SeriesChoice
from montada.programme.engine.timetable.timeline import ones

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Prices = tuple[Floats, ...]
"""Of classes of rooms and of crowds, by unit; of sessions and of hours of each track,
by day."""


@dataclass(frozen=True, slots=True)
class _Length:
    """Sessions of one length, and the prices of seats in each class of rooms."""

    numbers: Ints
    n_units: int
    over: Floats


class Relaxed:
    """
    Attributes
    ----------
    sizes : how large a price of each kind usually is: the mean of what may be missed,
        over the units of a session where a session pays for each
    """

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        tasks = grid.tasks
        every = 0
        for task in tasks:
            every |= task.starts
        self._starts = np.array(bits_of(every), np.int64)
        self._n_bits = grid.timeline.n_bits + 1
        self._day_of = np.array(
            [grid.timeline.day_of(int(bit)) for bit in self._starts], np.int64
        )
        self._out = float(grid.prices["unplaced"])
        self._alone = np.array([self._alone_of(task) for task in tasks])
        self._lay_out_rooms()
        self._lay_out_tracks()
        self._crowds = Crowds(grid)
        missed = [p for label, p in grid.prices.items() if p and label != "unplaced"]
        usual = sum(missed) / len(missed) if missed else 0.0
        per_unit = usual * len(tasks) / max(1, sum(task.n_units for task in tasks))
        self.sizes = (per_unit, per_unit, usual, usual / float(self._hours.max()))
        self._series = SeriesChoice(grid, self._starts, self._out)

    @property
    def n_slots(self) -> int:
        """How many numbers one look at all prices takes."""
        return self._alone.size * max(1, len(self._n_rooms))

    def zero(self) -> Prices:
        """Return prices that ask for nothing."""
        n_tracks, n_days = len(self._shares), len(self.grid.problem.days)
        return (
            np.zeros((len(self._n_rooms), self._n_bits)),
            np.zeros((self._crowds.n_rows, self._n_bits)),
            np.zeros((n_tracks, n_days)),
            np.zeros((n_tracks, n_days)),
        )

    def scarce(self) -> Prices:
        """Return prices at which a session of usual length pays as if it stayed out."""
        _rooms, *others = self.zero()
        lengths = [task.n_units for task in self.grid.tasks if task.n_choices]
        usual = sorted(lengths)[len(lengths) // 2] if lengths else 1
        return (self._open * self._out / usual, *others)

    def within(self, prices: Prices) -> Prices:
        """Return the nearest prices that are allowed: none below 0, some have tops."""
        rooms, crowds, days, loads = prices
        return (
            np.maximum(rooms, 0) * self._open,
            self._crowds.within(crowds),
            np.clip(days, 0, self._day_tops),
            np.clip(loads, 0, self._load_tops),
        )

    def value(self, prices: Prices) -> tuple[float, Prices]:
        """Return what the sessions choose at some prices, and where it would rise."""
        rooms, crowds, days, loads = prices
        cost = self._costs(prices)
        at, total = self._series.chosen(cost)
        total -= float((self._n_rooms @ rooms).sum())
        total -= float((self._shares * days).sum() + (self._hours * loads).sum())
        in_crowds, make_ups = self._crowds.value(crowds)
        usage = self._usage(at, sums(rooms))
        return total + in_crowds, (
            (usage[0] - self._n_rooms[:, np.newaxis]) * self._open,
            usage[1] - make_ups,
            usage[2] - self._shares,
            usage[3] - self._hours,
        )

    def _costs(self, prices: Prices) -> Floats:
        """Return what each start costs each session (n_sessions, n_starts)."""
        rooms, crowds, days, loads = prices
        room_sums, crowd_sums = sums(rooms), sums(crowds)
        cost = self._alone.copy()
        for length in self._lengths:
            first, last = self._span(length)
            windows = self._windows(length, room_sums)
            cheapest = np.full((len(length.numbers), len(first)), np.inf)
            for number, window in enumerate(windows):
                here = length.over[:, number, np.newaxis] + window
                np.minimum(cheapest, here, out=cheapest)
            crowd_windows = crowd_sums[:, last] - crowd_sums[:, first]
            for column in self._crowds.rows[length.numbers].T:
                cheapest += crowd_windows[column]
            on_days = (days + length.n_units * loads)[:, self._day_of]
            for column in self._tracks[length.numbers].T:
                cheapest += on_days[column]
            cost[length.numbers] += cheapest
        return cost

    def _usage(self, at: Ints, room_sums: Floats) -> Prices:
        """Return how much of everything the choices take; a choice below 0 is none."""
        usage = self.zero()
        for length in self._lengths:
            there = at[length.numbers] >= 0
            numbers = length.numbers[there]
            first, last = self._span(length)
            chosen = at[numbers]
            start, end = first[chosen], last[chosen]
            here = length.over[there] + self._windows(length, room_sums)[:, chosen].T
            _add_spans(usage[0], here.argmin(axis=1), start, end)
            for column in self._crowds.rows[numbers].T:
                _add_spans(usage[1], column, start, end)
            for column in self._tracks[numbers].T:
                on_day = column, self._day_of[chosen]
                np.add.at(usage[2], on_day, 1)
                np.add.at(usage[3], on_day, length.n_units)
        for part in usage[:2]:
            np.cumsum(part, axis=-1, out=part)
        return usage

    def _span(self, length: _Length) -> tuple[Ints, Ints]:
        last = np.minimum(self._starts + length.n_units, self._n_bits - 1)
        return self._starts, last

    def _windows(self, length: _Length, room_sums: Floats) -> Floats:
        """Return the price of each class of rooms from each start, infinite if shut."""
        first, last = self._span(length)
        windows = room_sums[:, last] - room_sums[:, first]
        n_open = self._open_sums[:, last] - self._open_sums[:, first]
        windows[n_open < length.n_units] = np.inf
        return windows

    def _alone_of(self, task: Task) -> Floats:
        """Return what each start costs a session alone; infinite where it cannot."""
        row = np.full(len(self._starts), np.inf)
        for price, mask in task.levels:
            starts = mask & task.starts
            row[np.searchsorted(self._starts, bits_of(starts))] = price + task.moved
            if task.released is not None and starts >> task.released[0] & 1:
                row[np.searchsorted(self._starts, task.released[0])] = price
        return row

    def _lay_out_rooms(self) -> None:
        """Put rooms together that are the same to every session."""
        tasks, units = self.grid.tasks, self.grid.room_units
        over = np.full((len(tasks), len(units)), np.inf)
        for number, task in enumerate(tasks):
            for price, room in task.rooms:
                over[number, room] = price
        classes: dict[tuple[int, bytes], list[int]] = defaultdict(list)
        for room, open_units in enumerate(units):
            classes[open_units, over[:, room].tobytes()].append(room)
        firsts = [rooms[0] for rooms in classes.values()]
        self._n_rooms = np.array([len(rooms) for rooms in classes.values()], float)
        self._open = np.zeros((len(firsts), self._n_bits))
        for number, room in enumerate(firsts):
            self._open[number, bits_of(units[room])] = 1
        self._open_sums = sums(self._open)
        by_length: dict[int, list[int]] = defaultdict(list)
        for number, task in enumerate(tasks):
            if task.n_choices:
                by_length[task.n_units].append(number)
        self._lengths = [
            _Length(np.array(numbers), n_units, over[numbers][:, firsts])
            for n_units, numbers in by_length.items()
        ]

    def _lay_out_tracks(self) -> None:
        grid = self.grid
        n_tracks = len(grid.shares)
        width = max((len(task.tracks) for task in grid.tasks), default=0)
        # Who has fewer tracks has some of the last, which asks for nothing.
        self._tracks = np.full((len(grid.tasks), width), n_tracks, np.int64)
        for number, task in enumerate(grid.tasks):
            self._tracks[number, : len(task.tracks)] = task.tracks
        self._shares = np.append(np.array(grid.shares, float), 0.0)[:, np.newaxis]
        hours = [
            max(((units & day).bit_count() for units in grid.room_units), default=0)
            for day in self._reaches()
        ]
        self._hours = np.maximum(np.array(hours, float), 1)[np.newaxis]
        self._day_tops = np.full((n_tracks + 1, 1), float(grid.prices["track_spread"]))
        self._load_tops = grid.prices["room_change"] / self._hours
        self._load_tops = np.repeat(self._load_tops, n_tracks + 1, axis=0)
        self._day_tops[-1] = self._load_tops[-1] = 0

    def _reaches(self) -> list[int]:
        """Return the units in which sessions that begin on each day may run."""
        days = self.grid.timeline.days
        longest = max((task.n_units for task in self.grid.tasks), default=1)
        edges = [day.first for day in days[1:]] + [-1]
        return [
            # Only where the next day begins at once may one run into it.
            ones(day.n_units + (longest - 1) * (day.first + day.n_units == edge))
            << day.first
            for day, edge in zip(days, edges, strict=True)
        ]


def sums(prices: Floats) -> Floats:
    """Return running sums along the units, with a 0 before the first."""
    return np.concatenate(
        [np.zeros((len(prices), 1)), np.cumsum(prices, axis=1)], axis=1
    )


def _add_spans(usage: Floats, rows: Ints, start: Ints, end: Ints) -> None:
    np.add.at(usage, (rows, start), 1)
    np.add.at(usage, (rows, end), -1)
