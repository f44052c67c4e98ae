"""
Sessions that should not or cannot overlap, counted unit by unit: for `relaxed`.

A crowd is a group of sessions of which each pair that overlaps costs: those of a track,
and the popular ones, where one's popularity times the other's counts. Two that overlap
share at most as many units as the shorter one has, so that in each unit in which both
run they are worth their price over that many units, and the sum over units is no more
than they cost.

Sessions of one length and one popularity are alike. What a unit costs depends only on
how many of each kind run in it, so that it can be looked up for each such make-up: the
prices of kinds in units, `bound` climbs on them, are compared with all make-ups, and
the bound is as good as the best convex function below the true one. Kinds too many to
look up are put together: a length counts as the longest, a popularity as the least of
its kind, which makes pairs no dearer.

Sessions that share a person cannot overlap: one of them runs in a unit at most. Where
any two of several share somebody, be it not the same person, they are one group.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.grid import Grid
from montada.programme.engine.timetable.ruin import bits_of

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Kind = tuple[int, int]
"""A length in units, and a popularity; of a track each counts 1."""

MOST_ALONE = 50
"""Groups of which one runs at a time: the longest bind most."""
MOST_MAKE_UPS = 6000
"""Of all tracks together, and of popularity."""
KINDS = ((4, 4), (3, 4), (3, 3), (2, 3), (2, 2), (1, 2), (1, 1))
"""Numbers of lengths and popularities that are told apart, the finest first."""


@dataclass(frozen=True, slots=True)
class _Crowd:
    """
    Attributes
    ----------
    first : row of its first kind; the others follow
    make_ups : how many of each kind run (n_make_ups, n_kinds), nobody first
    worth : what a unit with each make-up costs at least
    """

    first: int
    make_ups: Floats
    worth: Floats

    @property
    def rows(self) -> slice:
        return slice(self.first, self.first + self.make_ups.shape[1])


class Crowds:
    """
    Parameters
    ----------
    with_tracks : whether sessions of a track are crowds

    Attributes
    ----------
    n_rows : kinds of all crowds, groups of which one runs at a time, and one that asks
        for nothing
    rows : of each session, its rows (n_sessions, width), filled up with the last
    """

    def __init__(self, grid: Grid, *, with_tracks: bool = True) -> None:
        self._grid = grid
        self._crowds: list[_Crowd] = []
        self._tops: list[Floats] = []
        self._members: list[list[int]] = [[] for _task in grid.tasks]
        self._n_units = max(1, grid.timeline.open.bit_count())
        self.n_rows = 0
        if with_tracks:
            self._add_tracks()
        self._add_popular()
        self._first_alone = self.n_rows
        self._add_those_alone()
        self.rows = np.full(
            (len(grid.tasks), max(map(len, self._members), default=0)), self.n_rows
        )
        for number, rows in enumerate(self._members):
            self.rows[number, : len(rows)] = rows
        self._top = np.concatenate([*self._tops, np.zeros(1)])[:, np.newaxis]
        self.n_rows += 1

    def within(self, prices: Floats) -> Floats:
        """Return the nearest prices (n_rows, n_units) that are allowed."""
        return np.clip(prices, 0, self._top)

    def value(self, prices: Floats) -> tuple[float, Floats]:
        """Return what all units cost less their prices, and how many run in each."""
        alone = slice(self._first_alone, self.n_rows - 1)
        total = -float(prices[alone].sum())
        chosen = np.zeros_like(prices)
        chosen[alone] = 1
        for crowd in self._crowds:
            left = crowd.worth[:, np.newaxis] - crowd.make_ups @ prices[crowd.rows]
            at = left.argmin(axis=0)
            total += float(left[at, np.arange(left.shape[1])].sum())
            chosen[crowd.rows] = crowd.make_ups[at].T
        return total, chosen

    def _add_tracks(self) -> None:
        grid = self._grid
        on_track: list[list[int]] = [[] for _track in grid.shares]
        shared = [1] * len(grid.shares)
        for number, task in enumerate(grid.tasks):
            for track in task.tracks if task.n_choices else ():
                on_track[track].append(number)
                shared[track] = max(shared[track], len(task.tracks))
        price = grid.prices["same_track_parallel"]
        n_crowds = max(1, sum(len(numbers) > 1 for numbers in on_track))
        for numbers, n_shared in zip(on_track, shared, strict=True):
            kinds = [(grid.tasks[n].n_units, 1) for n in numbers]
            # Two that share several tracks are one pair: a part of it in each.
            self._add(numbers, kinds, price / n_shared, MOST_MAKE_UPS // n_crowds)

    def _add_popular(self) -> None:
        tasks = self._grid.tasks
        numbers = [n for n, task in enumerate(tasks) if task.popular and task.n_choices]
        kinds = [(tasks[n].n_units, tasks[n].popular) for n in numbers]
        price = self._grid.prices["popular_parallel"]
        self._add(numbers, kinds, float(price), MOST_MAKE_UPS)

    def _add_those_alone(self) -> None:
        """Add a row for each group of which one runs at a time, the longest first."""
        groups = _groups_of_one(self._grid)
        for numbers in groups[:MOST_ALONE]:
            for number in numbers:
                self._members[number].append(self.n_rows)
            self._tops.append(np.full(1, float(self._grid.prices["unplaced"])))
            self.n_rows += 1

    def _add(
        self, numbers: Sequence[int], kinds: Sequence[Kind], price: float, most: int
    ) -> None:
        if len(numbers) < 2 or not price:
            return
        n_rooms = len(self._grid.room_units)
        usual = sum(n_units for n_units, _popular in kinds) / self._n_units
        n_there = min(len(numbers), n_rooms, 2 + int(2 * usual))
        merged = _merged(kinds, n_there, most)
        counts = Counter(merged)
        names = sorted(counts)
        make_ups = np.array(list(_make_ups([counts[k] for k in names], n_there)), float)
        lengths = np.array([n_units for n_units, _popular in names], float)
        popular = np.array([popular for _n_units, popular in names], float)
        each = price * np.outer(popular, popular) / np.minimum.outer(lengths, lengths)
        worth = (make_ups @ each * make_ups).sum(axis=1) - make_ups @ each.diagonal()
        for number, kind in zip(numbers, merged, strict=True):
            self._members[number].append(self.n_rows + names.index(kind))
        self._crowds.append(_Crowd(self.n_rows, make_ups, worth / 2))
        # Up to here a session beside `n_there` others would cost more than its price:
        # larger make-ups need not be looked at.
        self._tops.append(price * n_there * popular * popular.min() / lengths.max())
        self.n_rows += len(names)


def _groups_of_one(grid: Grid) -> list[list[int]]:
    """Return sessions any two of which share a person, as many together as can be."""
    of_person: dict[int, int] = defaultdict(int)
    for number, task in enumerate(grid.tasks):
        for person in task.people if task.n_choices else ():
            of_person[person] |= 1 << number
    beside = [0] * len(grid.tasks)
    for sessions in of_person.values():
        for number in bits_of(sessions):
            beside[number] |= sessions
    found = {_grown(sessions, beside) for sessions in of_person.values()}
    groups = [bits_of(sessions) for sessions in found if sessions.bit_count() > 1]
    return sorted(groups, key=lambda g: (-sum(grid.tasks[n].n_units for n in g), g))


def _grown(sessions: int, beside: Sequence[int]) -> int:
    """Return some sessions with others that cannot run beside any of them."""
    others = ~sessions
    for number in bits_of(sessions):
        others &= beside[number]
    while others:
        one = others & -others
        sessions |= one
        others &= beside[one.bit_length() - 1] & ~one
    return sessions


def _make_ups(counts: Sequence[int], n_there: int) -> Iterator[tuple[int, ...]]:
    """Yield how many of each kind may run, `n_there` at most, nobody first."""
    if not counts:
        yield ()
        return
    for n in range(min(counts[0], n_there) + 1):
        for others in _make_ups(counts[1:], n_there - n):
            yield n, *others


def _merged(kinds: Sequence[Kind], n_there: int, most: int) -> list[Kind]:
    """Return kinds, put together until there are few enough make-ups."""
    for n_lengths, n_popular in KINDS:
        longest = _steps([n_units for n_units, _popular in kinds], n_lengths)
        least = _steps([-popular for _n_units, popular in kinds], n_popular)
        merged = [(longest[n_units], -least[-popular]) for n_units, popular in kinds]
        if comb(n_there + len(set(merged)), n_there) <= most:
            break
    return merged


def _steps(values: Sequence[int], n_steps: int) -> dict[int, int]:
    """Return for each value the largest of its part, of so many parts at most."""
    distinct = sorted(set(values))
    if len(distinct) <= n_steps:
        return {value: value for value in distinct}
    ordered = sorted(values)
    places = [len(ordered) * (n + 1) // n_steps - 1 for n in range(n_steps)]
    edges = sorted({ordered[place] for place in places})
    return {value: next(e for e in edges if e >= value) for value in distinct}
