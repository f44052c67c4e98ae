"""
Small moves, a million a second: one goes elsewhere, who was there takes its place.

Simulated annealing (Kirkpatrick, Gelatt & Vecchi 1983). Who cannot be where the other
was is tried in a few other places. Compiled by numba: in plain Python the same moves
take a hundred times as long. `m` is the row of `memory`, `at` says what is where: of a
dozen arrays compiled code counts at each look who holds them, which takes longer than
all else.
"""

from __future__ import annotations

from math import inf, log

import numpy as np

from montada.programme.engine.timetable.compiling import compiled, kept
from montada.programme.engine.timetable.memory import Ints, Layout

PLACE_OF_ANOTHER, ANYWHERE, IN_ROOM, BY_TRACK = 0.15, 0.35, 0.6, 0.8
"""Up to which luck a session goes where another is, anywhere, to another room at its
time, to a room and day of its track; else to another time in its room."""
TRIES = 6
"""Places that are tried for somebody who had to go."""
TOO_MANY = -1


@compiled
def _draw(at: Layout, m: Ints) -> int:
    """Return 32 bits of chance (xorshift128+, Vigna 2017)."""
    one, other = np.uint64(m[at.luck]), np.uint64(m[at.luck + 1])
    m[at.luck] = np.int64(other)
    one ^= one << np.uint64(23)
    one ^= one >> np.uint64(17)
    one ^= other ^ (other >> np.uint64(26))
    m[at.luck + 1] = np.int64(one)
    return np.int64((one + other) >> np.uint64(32))  # type: ignore[return-value]


@compiled
def _below(at: Layout, m: Ints, n: int) -> int:
    return (_draw(at, m) * n) >> 32


@compiled
def _share(at: Layout, m: Ints) -> float:
    """Return a number above 0 and at most 1."""
    return (_draw(at, m) + 1) / 4294967296.0


@compiled
def _one_of(at: Layout, m: Ints, address: int, n_lists: int) -> int:
    """Return an item of some lists that follow one another, -1 if they are empty."""
    first, last = m[address], m[address + n_lists]
    return m[first + _below(at, m, last - first)] if last > first else -1


@compiled
def _overlaps(at: Layout, m: Ints, i: int, start: int, end: int) -> bool:
    there = m[at.start + i]
    return bool(there >= 0 and there < end and there + m[at.n_units + i] > start)


@compiled
def _beside(at: Layout, m: Ints, group: int, start: int, end: int) -> int:
    """Return how many of a group run in some of these units."""
    n: int = m[at.running + group * at.n_bits + start]
    for unit in range(start + 1, end):
        n += m[at.beginning + group * at.n_bits + unit]
    return n


@compiled
def _price(at: Layout, m: Ints, i: int, start: int, room: int, is_in: int) -> int:
    """
    Return what a session that has no place would cost there, as `Board.price`.

    If it is there (`is_in` is 1): no less than is saved if it and others are taken out.
    """
    end = start + m[at.n_units + i]
    price: int = m[at.price_of_start + i * at.n_bits + start]
    price += m[at.price_of_room + i * at.n_rooms + room]
    was = at.released + 2 * i
    if m[was] != start or m[was + 1] != room:
        price += m[at.moved + i]
    popular = m[at.popular + i]
    beside = _beside(at, m, at.n_tracks, start, end) - is_in * popular
    price += at.per_popular * popular * beside
    for k in range(m[at.doubles + i], m[at.doubles + i + 1]):
        if _overlaps(at, m, m[k], start, end):
            price -= at.per_rival
    day = m[at.day_of + start]
    for k in range(m[at.tracks + i], m[at.tracks + i + 1]):
        price += at.per_rival * (_beside(at, m, m[k], start, end) - is_in)
        on = m[k] * at.n_days + day
        if m[at.n_on_day + on] - is_in >= m[at.shares + m[k]]:
            price += at.per_crowding
        is_new = is_in or not m[at.n_in_room + on * at.n_rooms + room]
        if m[at.rooms_on_day + on] > is_in and is_new:
            price += at.per_room
    return price


@compiled
def _put(at: Layout, m: Ints, i: int, start: int, room: int) -> None:
    m[at.start + i], m[at.room + i] = start, room
    _mark(at, m, i, start, room, 1)


@compiled
def _take(at: Layout, m: Ints, i: int) -> None:
    _mark(at, m, i, m[at.start + i], m[at.room + i], -1)
    m[at.start + i] = m[at.room + i] = -1


@compiled
def _mark(at: Layout, m: Ints, i: int, start: int, room: int, more: int) -> None:
    """Count a session in where it is (`more` is 1) or out (-1)."""
    end = start + m[at.n_units + i]
    row = at.who + room * at.n_bits
    for unit in range(start, end):
        m[row + unit] = i if more > 0 else -1
    for k in range(m[at.people + i], m[at.people + i + 1]):
        row = at.busy + m[k] * at.n_bits
        for unit in range(start, end):
            m[row + unit] += more
    day = m[at.day_of + start]
    _run(at, m, at.n_tracks, start, end, more * m[at.popular + i])
    for k in range(m[at.tracks + i], m[at.tracks + i + 1]):
        _run(at, m, m[k], start, end, more)
        on = m[k] * at.n_days + day
        m[at.n_on_day + on] += more
        there = at.n_in_room + on * at.n_rooms + room
        m[there] += more
        if m[there] == (1 if more > 0 else 0):
            m[at.rooms_on_day + on] += more
    m[at.now] -= more


@compiled
def _run(at: Layout, m: Ints, group: int, start: int, end: int, more: int) -> None:
    """Count so many more of a group in these units."""
    row = group * at.n_bits
    m[at.beginning + row + start] += more
    for unit in range(row + start, row + end):
        m[at.running + unit] += more


@compiled
def _fits(at: Layout, m: Ints, i: int, start: int, room: int) -> bool:
    """Whether a session that has no place can be there, others being where they are."""
    # Whoever goes where another was may be sent beyond all days.
    if not 0 <= start < at.n_bits:
        return False
    if m[at.price_of_start + i * at.n_bits + start] < 0:
        return False
    if m[at.price_of_room + i * at.n_rooms + room] < 0:
        return False
    end = start + m[at.n_units + i]
    row = at.who + room * at.n_bits
    for unit in range(start, end):
        if m[row + unit] != -1:
            return False
    for k in range(m[at.people + i], m[at.people + i + 1]):
        row = at.busy + m[k] * at.n_bits
        for unit in range(start, end):
            if m[row + unit]:
                return False
    return _in_order(at, m, i, start)


@compiled
def _in_order(at: Layout, m: Ints, i: int, start: int) -> bool:
    for k in range(m[at.earlier + i], m[at.earlier + i + 1], 2):
        other = m[at.start + m[k]]
        if other >= 0 and start < other + m[k + 1]:
            return False
    for k in range(m[at.later + i], m[at.later + i + 1], 2):
        other = m[at.start + m[k]]
        if other >= 0 and other < start + m[k + 1]:
            return False
    return True


@compiled
def _cheaper(at: Layout, m: Ints, lists: int, n_lists: int, prices: int) -> int:
    """Return the cheaper of two items by chance, -1 if there is none."""
    one, other = _one_of(at, m, lists, n_lists), _one_of(at, m, lists, n_lists)
    return other if m[prices + other] < m[prices + one] else one


@compiled
def _any_start(at: Layout, m: Ints, i: int) -> int:
    prices = at.price_of_start + i * at.n_bits
    return _cheaper(at, m, at.starts + i * at.n_days, at.n_days, prices)


@compiled
def _any_room(at: Layout, m: Ints, i: int) -> int:
    return _cheaper(at, m, at.rooms + i, 1, at.price_of_room + i * at.n_rooms)


@compiled
def _goal(at: Layout, m: Ints, i: int) -> tuple[int, int]:
    """Return a start and a room to try, -1 for none; it may be no start of its own."""
    luck, start, room = _share(at, m), m[at.start + i], m[at.room + i]
    if luck < PLACE_OF_ANOTHER:
        other = _below(at, m, at.n_sessions)
        return m[at.start + other], m[at.room + other]
    if start < 0 or luck < ANYWHERE:
        return _any_start(at, m, i), _any_room(at, m, i)
    if luck < IN_ROOM:
        return start, _any_room(at, m, i)
    mate = _one_of(at, m, at.rivals + i, 1)
    if luck >= BY_TRACK or mate < 0:
        return _any_start(at, m, i), room
    return _beside_mate(at, m, i, mate), m[at.room + mate]


@compiled
def _beside_mate(at: Layout, m: Ints, i: int, mate: int) -> int:
    """Return a start just before or after a session of its track, or that day."""
    begins: int = m[at.start + mate]
    before: int = begins - m[at.n_units + i]
    after: int = begins + m[at.n_units + mate]
    luck = _below(at, m, 4)
    if begins < 0:
        return -1
    if luck < 2:
        return before if luck == 0 else after
    return _one_of(at, m, at.starts + i * at.n_days + m[at.day_of + begins], 1)


@compiled
def _join(at: Layout, m: Ints, n: int, i: int, start: int, room: int) -> int:
    """Have one more session move, if there are not too many; return how many do."""
    if n == at.most_moving:
        return TOO_MANY
    m[at.moving + n] = i
    m[at.old + 2 * n], m[at.old + 2 * n + 1] = m[at.start + i], m[at.room + i]
    m[at.new + 2 * n], m[at.new + 2 * n + 1] = start, room
    return n + 1


@compiled
def _chain(at: Layout, m: Ints, i: int, start: int, room: int) -> int:
    """Return how many move if one does; those in its way go where it was."""
    was, was_in = m[at.start + i], m[at.room + i]
    n = _join(at, m, 0, i, start, room)
    row = at.who + room * at.n_bits
    unit, end = start, start + m[at.n_units + i]
    while unit < end:
        other = m[row + unit]
        if other == -2:
            return TOO_MANY
        unit += 1
        if other >= 0 and other != i:
            begins = m[at.start + other]
            n = _join(at, m, n, other, was + begins - start if was >= 0 else -1, was_in)
            if n == TOO_MANY:
                return n
            unit = begins + m[at.n_units + other]
    return n


@compiled
def _somewhere(at: Layout, m: Ints, i: int, k: int) -> bool:
    """Have a session go to the cheapest of a few free places; whether there is one."""
    least, is_found = 0, False
    for _try in range(TRIES):
        start, room = _any_start(at, m, i), _any_room(at, m, i)
        if _fits(at, m, i, start, room):
            price = _price(at, m, i, start, room, 0)
            if not is_found or price < least:
                least, is_found = price, True
                m[at.new + 2 * k], m[at.new + 2 * k + 1] = start, room
    return is_found


@compiled
def _place(at: Layout, m: Ints, n: int, most: float) -> int:
    """
    Place those that move one after another; return how many could be.

    Fewer than `n` where one finds no place, or all would cost more than `most`: whoever
    is placed later makes no plan cheaper. A session more is worth any price.
    """
    may_stay_out = m[at.old] < 0
    limit = inf if may_stay_out else most
    for k in range(n):
        i, new = m[at.moving + k], at.new + 2 * k
        if not _fits(at, m, i, m[new], m[new + 1]) and (
            k == 0 or not _somewhere(at, m, i, k)
        ):
            if k == 0 or not may_stay_out or m[at.now + 1] > most:
                return k
            may_stay_out, limit, m[new] = False, most, -1
            continue
        price = m[at.now + 1] + _price(at, m, i, m[new], m[new + 1], 0)
        if price > limit:
            return k
        m[at.now + 1] = price
        _put(at, m, i, m[new], m[new + 1])
    return n


@compiled
def _is_vain(at: Layout, m: Ints, n: int, most: float) -> bool:
    """Whether all would cost too much, whatever else, where the first is to go."""
    i, price = m[at.moving], m[at.now + 1]
    price += m[at.price_of_start + i * at.n_bits + m[at.new]]
    price += m[at.price_of_room + i * at.n_rooms + m[at.new + 1]]
    for k in range(n):
        old = at.old + 2 * k
        if m[old] >= 0:
            price -= _price(at, m, m[at.moving + k], m[old], m[old + 1], 1)
    return bool(price > most and m[at.old] >= 0)


@compiled
def _take_out(at: Layout, m: Ints, n: int) -> None:
    """Take those that move out of their places, with what they cost there."""
    for k in range(n):
        i, old = m[at.moving + k], at.old + 2 * k
        if m[old] >= 0:
            _take(at, m, i)
            m[at.now + 1] -= _price(at, m, i, m[old], m[old + 1], 0)


@compiled
def _undo(at: Layout, m: Ints, n_placed: int, n: int) -> None:
    for k in range(n_placed):
        if m[at.new + 2 * k] >= 0:
            _take(at, m, m[at.moving + k])
    for k in range(n):
        if m[at.old + 2 * k] >= 0:
            _put(at, m, m[at.moving + k], m[at.old + 2 * k], m[at.old + 2 * k + 1])


@compiled
def _move(at: Layout, m: Ints, temperature: float) -> None:
    """Try one move, and undo it if it is not taken."""
    i = _below(at, m, at.n_sessions)
    start, room = _goal(at, m, i)
    if not (0 <= start < at.n_bits and room >= 0):
        return
    if m[at.price_of_start + i * at.n_bits + start] < 0:
        return
    if m[at.price_of_room + i * at.n_rooms + room] < 0:
        return
    if start == m[at.start + i] and room == m[at.room + i]:
        return
    price = m[at.now + 1]
    n = _chain(at, m, i, start, room)
    # Metropolis' rule, drawn beforehand.
    most = price - temperature * log(_share(at, m))
    if n == TOO_MANY or _is_vain(at, m, n, most):
        return
    _take_out(at, m, n)
    n_placed = _place(at, m, n, most)
    if n_placed < n:
        _undo(at, m, n_placed, n)
        m[at.now + 1] = price


@kept
def anneal(at: Layout, m: Ints, n_moves: int, temperature: float) -> None:
    """
    Try so many moves at one temperature, and keep the best plan.

    Parameters
    ----------
    temperature : at least 0; a plan dearer by this much is taken once in e = 2.7 times
    """
    for _n in range(n_moves if at.n_sessions else 0):
        _move(at, m, temperature)
        is_fewer = m[at.now] < m[at.best]
        if is_fewer or (m[at.now] == m[at.best] and m[at.now + 1] < m[at.best + 1]):
            _keep(at, m)


@compiled
def _keep(at: Layout, m: Ints) -> None:
    m[at.best], m[at.best + 1] = m[at.now], m[at.now + 1]
    for k in range(2 * at.n_sessions):
        m[at.best_start + k] = m[at.start + k]


@kept
def begin_at(at: Layout, m: Ints, starts: Ints, rooms: Ints) -> None:
    """Take up a plan: who has no place in it has a start of -1."""
    for i in range(at.n_sessions):
        if m[at.start + i] >= 0:
            _take(at, m, i)
    m[at.now + 1] = 0
    for i in range(at.n_sessions):
        if starts[i] >= 0:
            m[at.now + 1] += _price(at, m, i, starts[i], rooms[i], 0)
            _put(at, m, i, starts[i], rooms[i])
    _keep(at, m)
