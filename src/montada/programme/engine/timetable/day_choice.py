"""
What days take of tracks, exactly: branch and bound (Land & Doig 1960), by the hour.

A track's day is tried with one set of rooms after another. In each, sessions come in
turn, the one that may gain most first: it has every start in every room where it costs
less than it brings, or stays out. A branch ends where what is left to gain cannot bring
it below the best so far. A day takes some ten looks mostly, and sometimes ten thousand:
hence numba.
"""

from __future__ import annotations

from math import inf
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from montada.programme.engine.timetable.compiling import compiled, kept

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

MOST_LOOKS = 200_000
"""At all days together; what is not looked at counts as all that it might gain."""
OUT = -1
"""Option of a session that stays out, and the room before one that has none alike."""
BEST, OPEN, LOOKS = range(3)
"""What is found: least cost, least of what was not looked at, how many looks."""
ROOM, START, END, NUMBER = range(4)
"""Of each option: room in the set, units, place in what one session costs anywhere."""
FIRST, NEXT, NOW, IN_BEST, N_TAKEN, USED = range(6)
"""State of each session: its first option, the one that is next, that it has now and in
the best choice; how many before it are taken, and a bit for each room in use."""
LEAST, COST, LATER = range(3)
"""Gains of each session: cost of its first option; cost of those before it, and the
most that those behind it might gain."""


class Asked(NamedTuple):
    """
    Attributes
    ----------
    members, first_members : places in each track, and where each track begins
    n_units : of each place
    shares, parallel : of each track, how many a day takes, price of two at a time
    dearer, per_room : prices of each beyond the share, of each room beyond the first
    starts, first_starts : units where sessions begin, and which is the first of a day
    rooms, first_rooms : class of each room in each set, and where each set begins
    set_costs : of each set of rooms
    n_paid : how many rooms the cost of the last set pays for
    """

    members: Ints
    first_members: Ints
    n_units: Ints
    shares: Ints
    parallel: Floats
    dearer: float
    per_room: float
    starts: Ints
    first_starts: Ints
    rooms: Ints
    first_rooms: Ints
    set_costs: Floats
    n_paid: int


class _Day(NamedTuple):
    """
    A track's day with a set of rooms.

    Attributes
    ----------
    costs, options : of each option, of a session the cheapest first
    state, gains : of each session (n_rows, n_sessions + 1)
    twins : of each room, the one before it if they are alike
    """

    costs: Floats
    options: Ints
    state: Ints
    gains: Floats
    twins: Ints
    found: Floats
    share: int
    parallel: float
    dearer: float
    per_room: float
    n_paid: int


@kept
def choose(asked: Asked, left: Floats, taken: Ints) -> tuple[float, int]:
    """
    Return what all days of all tracks cost at least, and how many looks that took.

    Parameters
    ----------
    left : what each place costs beyond what it brings (n_places, n_classes, n_starts)
    taken : gets what days take: class and start, as one number, or `OUT`
        (n_places, n_days)
    """
    cost, found = 0.0, np.zeros(3)
    taken[:] = OUT
    for track in range(len(asked.shares)):
        first = asked.first_members[track]
        members = asked.members[first : asked.first_members[track + 1]]
        for on in range(len(asked.first_starts) - 1):
            found[BEST] = found[OPEN] = 0
            least = _least(asked, left, members, on)
            for rooms in range(len(asked.set_costs)):
                own = _least_in(asked, least, rooms)
                order = np.argsort(own, kind="mergesort")
                gains = _gains(own[order], 0, 0, asked.shares[track], asked.dearer)
                before = found[BEST]
                if asked.set_costs[rooms] + gains >= before:
                    continue
                order = members[order[: (own < 0).sum()]]
                day = _day(asked, left, order, (track, on, rooms), found)
                _look(day, asked.set_costs[rooms])
                if found[BEST] < before:
                    for member in members:
                        taken[member, on] = OUT
                    _note(day, order, taken[:, on])
            cost += min(found[BEST], found[OPEN])
    return cost, int(found[LOOKS])


@compiled
def _least(asked: Asked, left: Floats, members: Ints, on: int) -> Floats:
    """Return the least cost of each member on a day, by class of rooms; at most 0."""
    least = np.zeros((len(members), left.shape[1]))
    for n, member in enumerate(members):
        for kind in range(left.shape[1]):
            for column in range(asked.first_starts[on], asked.first_starts[on + 1]):
                least[n, kind] = min(least[n, kind], left[member, kind, column])
    return least


@compiled
def _least_in(asked: Asked, least: Floats, rooms: int) -> Floats:
    """Return the same in a set of rooms."""
    own = np.zeros(len(least))
    for room in range(asked.first_rooms[rooms], asked.first_rooms[rooms + 1]):
        for n in range(len(own)):
            own[n] = min(own[n], least[n, asked.rooms[room]])
    return own


@compiled
def _day(
    asked: Asked, left: Floats, order: Ints, of: tuple[int, int, int], found: Floats
) -> _Day:
    """Return whatever gains on a day."""
    track, on, in_set = of
    rooms = asked.rooms[asked.first_rooms[in_set] : asked.first_rooms[in_set + 1]]
    first, end = asked.first_starts[on], asked.first_starts[on + 1]
    n_most = len(order) * len(rooms) * (end - first)
    costs, options = np.empty(n_most), np.empty((4, n_most), np.int64)
    state, gains = (
        np.zeros((6, len(order) + 1), np.int64),
        np.zeros((3, len(order) + 1)),
    )
    n = 0
    for rank, member in enumerate(order):
        before = n
        for room, kind in enumerate(rooms):
            for column in range(first, end):
                if left[member, kind, column] < 0:
                    costs[n] = left[member, kind, column]
                    options[ROOM, n] = room
                    options[START, n] = asked.starts[column]
                    options[END, n] = asked.starts[column] + asked.n_units[member]
                    options[NUMBER, n] = kind * left.shape[2] + column
                    n += 1
        own = np.argsort(costs[before:n], kind="mergesort") + before
        costs[before:n] = costs[own]
        for row in options:
            row[before:n] = row[own]
        gains[LEAST, rank], state[FIRST, rank + 1] = costs[before], n
    twins = np.full(len(rooms), OUT)
    for room in range(1, len(rooms)):
        if rooms[room] == rooms[room - 1]:
            twins[room] = room - 1
    return _Day(
        costs,
        options,
        state,
        gains,
        twins,
        found,
        asked.shares[track],
        asked.parallel[track],
        asked.dearer,
        asked.per_room,
        asked.n_paid if in_set == len(asked.set_costs) - 1 else len(rooms),
    )


@compiled
def _note(day: _Day, order: Ints, taken: Ints) -> None:
    """Note the best choice."""
    for rank, member in enumerate(order):
        option = day.state[IN_BEST, rank]
        if option != OUT:
            taken[member] = day.options[NUMBER, option]


@compiled
def _look(day: _Day, cost: float) -> None:
    """Try what sessions might do, from what the rooms cost."""
    state, n, is_new = day.state, 0, True
    day.gains[COST, 0] = cost
    while n >= 0:
        if is_new and _ends(day, n):
            is_new, n = False, n - 1
            continue
        option, state[NOW, n] = state[NEXT, n], OUT
        state[NEXT, n] += 1
        end = state[FIRST, n + 1]
        is_new = option < end and _takes(day, n, option)
        if option == end:
            is_new = True
            day.gains[COST, n + 1] = day.gains[COST, n]
            state[USED, n + 1] = state[USED, n]
            state[N_TAKEN, n + 1] = state[N_TAKEN, n]
        if is_new:
            n += 1
        elif option > end:
            n -= 1


@compiled
def _ends(day: _Day, n: int) -> bool:
    """Note the choice if it is the best; return whether later ones cannot better it."""
    state, found, cost = day.state, day.found, day.gains[COST, n]
    found[LOOKS] += 1
    if cost < found[BEST]:
        found[BEST] = cost
        state[IN_BEST, n:] = OUT
        state[IN_BEST, :n] = state[NOW, :n]
    if n == state.shape[1] - 1:
        return True
    at_least = cost + _gains(
        day.gains[LEAST], n, state[N_TAKEN, n], day.share, day.dearer
    )
    if at_least >= found[BEST]:
        return True
    if found[LOOKS] > MOST_LOOKS:
        found[OPEN] = min(found[OPEN], at_least)
        return True
    day.gains[LATER, n] = _gains(
        day.gains[LEAST], n + 1, state[N_TAKEN, n] + 1, day.share, day.dearer
    )
    if state[N_TAKEN, n] >= day.share:
        day.gains[LATER, n] += day.dearer
    state[NEXT, n] = state[FIRST, n]
    return False


@compiled
def _takes(day: _Day, n: int, option: int) -> bool:
    """Return whether a session might gain with an option, and note it if so."""
    state, best = day.state, day.found[BEST] - day.gains[LATER, n]
    cost = day.gains[COST, n] + day.costs[option]
    if cost >= best:
        state[NEXT, n] = state[FIRST, n + 1]  # nor with a later one
        return False
    cost += _beside(day, n, option)
    if cost >= best:
        return False
    state[NOW, n] = option
    state[USED, n + 1] = state[USED, n] | 1 << day.options[ROOM, option]
    state[N_TAKEN, n + 1] = state[N_TAKEN, n] + 1
    if state[N_TAKEN, n] >= day.share:
        cost += day.dearer
    day.gains[COST, n + 1] = cost
    return True


@compiled
def _gains(least: Floats, n: int, n_taken: int, share: int, dearer: float) -> float:
    """Return the most that sessions from `n` on might gain, as a cost below 0."""
    cost = 0.0
    for later in range(n, len(least)):
        own = least[later]
        if n_taken >= share:
            own += dearer
        if own >= 0:
            break
        cost += own
        n_taken += 1
    return cost


@compiled
def _beside(day: _Day, n: int, option: int) -> float:
    """Return what an option costs beside who is in already; infinite if it cannot."""
    used, options = day.state[USED, n], day.options
    room = options[ROOM, option]
    # Of rooms that are alike the first is used first.
    if day.twins[room] != OUT and not used >> day.twins[room] & 1:
        return inf
    cost = 0.0
    if not used >> room & 1:
        n_used = 0
        while used:
            used &= used - 1
            n_used += 1
        if n_used >= day.n_paid:
            cost += day.per_room
    for earlier in range(n):
        there = day.state[NOW, earlier]
        if there == OUT or options[START, there] >= options[END, option]:
            continue
        if options[END, there] > options[START, option]:
            if options[ROOM, there] == room:
                return inf
            cost += day.parallel
    return cost
