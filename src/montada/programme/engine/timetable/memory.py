"""A grid and the plan that is searched in one row of numbers, for `annealing`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid, Slot, Task
from montada.programme.engine.timetable.ruin import bits_of

Ints = npt.NDArray[np.int64]

MOST_NUMBERS = 30_000_000
"""Of the row: a quarter of a gigabyte, and as much again while it is laid out."""
MOST_MOVING = 24
"""Sessions that change places in one move."""


class Layout(NamedTuple):
    """
    Where everything is in the row; of lists, where the addresses of their items are.

    List `n` has the items between the addresses at `n` and at `n + 1`.

    Attributes
    ----------
    n_sessions, n_bits, n_rooms, n_days, n_tracks : how many there are, not where
    most_moving : sessions that may change places in one move, not where
    per_rival, per_popular, per_crowding, per_room : prices of one count, not where
    n_units, popular, moved : of each session, as in `grid.Task`
    released : start and room of each session, -1 if there is none
    price_of_start : of each session and bit, -1 where it cannot begin
    price_of_room : of each session and room, -1 where it does not suit
    starts : lists, of each session and day
    rooms, people, tracks, rivals : lists, of each session
    doubles : lists, of each session: rivals for each track they share beyond the first
    earlier, later : lists of each session, whom it follows or precedes and the gap
    day_of : of each bit
    shares : of each track
    start, room : of each session, where it is; -1 if it has no place
    who : session in each room and bit, -1 if nobody, -2 if it is shut
    busy : sessions of each person and bit
    running, beginning : sessions of each track and bit, and behind them popularity
    n_on_day, rooms_on_day : sessions and rooms, of each track and day
    n_in_room : sessions, of each track, day and room
    now, best : sessions without a place that might have one, and price: of this plan,
        of the best one
    best_start : as `start`, with the rooms behind it, of the best plan
    luck : state of the generator of chance
    moving, old, new : of one move: sessions, and where each was and goes
    """

    n_sessions: int
    n_bits: int
    n_rooms: int
    n_days: int
    n_tracks: int
    most_moving: int
    per_rival: int
    per_popular: int
    per_crowding: int
    per_room: int
    n_units: int
    popular: int
    moved: int
    released: int
    price_of_start: int
    price_of_room: int
    starts: int
    rooms: int
    people: int
    tracks: int
    rivals: int
    doubles: int
    earlier: int
    later: int
    day_of: int
    shares: int
    start: int
    room: int
    who: int
    busy: int
    running: int
    beginning: int
    n_on_day: int
    rooms_on_day: int
    n_in_room: int
    now: int
    best: int
    best_start: int
    luck: int
    moving: int
    old: int
    new: int


def fits_memory(grid: Grid) -> bool:
    """Return whether a grid is small enough for a row."""
    n_rows = len(grid.tasks) + len(grid.room_units) + grid.n_people
    n_cells = len(grid.shares) * len(grid.problem.days) * len(grid.room_units)
    n_rivals = sum(len(task.rivals) for task in grid.tasks)
    return n_rows * grid.timeline.n_bits + n_cells + n_rivals <= MOST_NUMBERS


def laid_out(grid: Grid, seed: int) -> tuple[Layout, Ints]:
    """Return a grid as a row in which nobody has a place."""
    tasks, prices = grid.tasks, grid.prices
    n, n_rooms = len(tasks), len(grid.room_units)
    n_hopeful = sum(task.n_choices > 0 for task in tasks)
    n_bits, n_days = grid.timeline.n_bits + 1, len(grid.problem.days)
    # One bit more than there are: what ends with the last day ends there.
    day_of = [*grid.timeline.days_of_bits(), 0]
    row = _Row()
    layout = Layout(
        n_sessions=n,
        n_bits=n_bits,
        n_rooms=n_rooms,
        n_days=n_days,
        n_tracks=len(grid.shares),
        most_moving=MOST_MOVING,
        per_rival=prices["same_track_parallel"],
        per_popular=prices["popular_parallel"],
        per_crowding=prices["track_spread"],
        per_room=prices["room_change"],
        n_units=row.add([task.n_units for task in tasks]),
        popular=row.add([task.popular for task in tasks]),
        moved=row.add([task.moved for task in tasks]),
        released=row.add([_released(task) for task in tasks]),
        price_of_start=row.add(_prices_of_starts(grid, n_bits)),
        price_of_room=row.add(_prices_of_rooms(grid)),
        starts=row.add_lists(
            [bit for bit in starts if day_of[bit] == day]
            for starts in [bits_of(task.starts) for task in tasks]
            for day in range(n_days)
        ),
        rooms=row.add_lists([room for _price, room in task.rooms] for task in tasks),
        people=row.add_lists(task.people for task in tasks),
        tracks=row.add_lists(task.tracks for task in tasks),
        rivals=row.add_lists(task.rivals for task in tasks),
        doubles=row.add_lists(_doubles(task, tasks) for task in tasks),
        earlier=row.add_lists(_pairs(gaps) for gaps in grid.series.before),
        later=row.add_lists(_pairs(gaps) for gaps in grid.series.following),
        day_of=row.add(day_of),
        shares=row.add(grid.shares),
        start=row.add(np.full(n, -1)),
        room=row.add(np.full(n, -1)),
        who=row.add(_nobody(grid, n_bits)),
        busy=row.add(np.zeros((grid.n_people, n_bits))),
        running=row.add(np.zeros((len(grid.shares) + 1, n_bits))),
        beginning=row.add(np.zeros((len(grid.shares) + 1, n_bits))),
        n_on_day=row.add(np.zeros((len(grid.shares), n_days))),
        rooms_on_day=row.add(np.zeros((len(grid.shares), n_days))),
        n_in_room=row.add(np.zeros((len(grid.shares), n_days, n_rooms))),
        now=row.add([n_hopeful, 0]),
        best=row.add([n_hopeful, 0]),
        best_start=row.add(np.full((2, n), -1)),
        luck=row.add(np.random.SeedSequence(seed).generate_state(2, np.uint64)),
        moving=row.add(np.zeros(MOST_MOVING)),
        old=row.add(np.zeros((MOST_MOVING, 2))),
        new=row.add(np.zeros((MOST_MOVING, 2))),
    )
    return layout, row.numbers()


class _Row:
    """Parts behind one another; each is told where it begins."""

    def __init__(self) -> None:
        self._parts: list[Ints] = []
        self._n = 0

    def add(self, numbers: Any) -> int:
        part = np.asarray(numbers).astype(np.int64).ravel()
        self._parts.append(part)
        self._n += part.size
        return self._n - part.size

    def add_lists(self, lists: Iterable[Sequence[int]]) -> int:
        items, ends = list[int](), [0]
        for one in lists:
            items.extend(one)
            ends.append(len(items))
        return self.add(np.array(ends) + self.add(items))

    def numbers(self) -> Ints:
        return np.concatenate(self._parts)


def best_slots(at: Layout, m: Ints) -> list[Slot | None]:
    """Return where each session is in the best plan."""
    n = at.n_sessions
    places = m[at.best_start : at.best_start + 2 * n].reshape(2, n).T.tolist()
    return [(start, room) if start >= 0 else None for start, room in places]


def _prices_of_starts(grid: Grid, n_bits: int) -> Ints:
    found = np.full((len(grid.tasks), n_bits), -1, np.int64)
    for own, task in zip(found, grid.tasks, strict=True):
        for price, starts in task.levels:
            own[bits_of(starts)] = price
    return found


def _prices_of_rooms(grid: Grid) -> Ints:
    found = np.full((len(grid.tasks), len(grid.room_units)), -1, np.int64)
    for own, task in zip(found, grid.tasks, strict=True):
        for price, room in task.rooms:
            own[room] = price
    return found


def _nobody(grid: Grid, n_bits: int) -> Ints:
    who = np.full((len(grid.room_units), n_bits), -2, np.int64)
    for own, units in zip(who, grid.room_units, strict=True):
        own[bits_of(units)] = -1
    return who


def _doubles(task: Task, tasks: Sequence[Task]) -> list[int]:
    return [
        rival
        for rival in task.rivals
        for _double in range(len({*task.tracks} & {*tasks[rival].tracks}) - 1)
    ]


def _pairs(gaps: dict[int, int]) -> list[int]:
    return [number for pair in gaps.items() for number in pair]


def _released(task: Task) -> Slot:
    return (-1, -1) if task.released is None else task.released
