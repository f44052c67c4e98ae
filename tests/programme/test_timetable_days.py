"""What a track's day takes, by the hour: as good as trying everything."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from montada.programme.engine.timetable.day_choice import (
    MOST_LOOKS,
    OUT,
    Asked,
    choose,
)

N_STARTS, N_CLASSES = 4, 2
SETS = ([0], [1], [0, 1], [0, 0], [0, 0, 1])
"""Classes of rooms, of which there are two of the first and one of the second."""
SHARE, PARALLEL, DEARER, PER_ROOM = 2, 3.0, 1.0, 2.0


def asked(lengths: Sequence[int]) -> Asked:
    """Return one track on one day."""
    return Asked(
        members=np.arange(len(lengths)),
        first_members=np.array([0, len(lengths)]),
        n_units=np.array(lengths, np.int64),
        shares=np.array([SHARE]),
        parallel=np.array([PARALLEL]),
        dearer=DEARER,
        per_room=PER_ROOM,
        starts=np.arange(N_STARTS),
        first_starts=np.array([0, N_STARTS]),
        rooms=np.concatenate([np.array(rooms) for rooms in SETS]),
        first_rooms=np.cumsum([0, *map(len, SETS)]),
        set_costs=PER_ROOM * (np.array([len(rooms) for rooms in SETS]) - 1.0),
        n_paid=len(SETS[-1]),
    )


def every_cost(lengths: Sequence[int], left: np.ndarray) -> Iterator[float]:
    """Yield what whatever a day might do costs, said without any engine."""
    slots = [None, *product(range(len(SETS[-1])), range(N_STARTS))]
    for chosen in product(slots, repeat=len(lengths)):
        there = [(n, *slot) for n, slot in enumerate(chosen) if slot is not None]
        meeting = [
            one[1] == other[1]
            for one, other in combinations(there, 2)
            if one[2] < other[2] + lengths[other[0]]
            and other[2] < one[2] + lengths[one[0]]
        ]
        if any(meeting):
            continue
        n_rooms = len({room for _n, room, _start in there})
        yield (
            sum(left[n, SETS[-1][room], start] for n, room, start in there)
            + PARALLEL * len(meeting)
            + DEARER * max(0, len(there) - SHARE)
            + PER_ROOM * max(0, n_rooms - 1)
        )


@given(st.lists(st.integers(1, 3), max_size=3), st.integers(0, 2**32))
def test_no_other_choice_of_a_day_is_cheaper(lengths: list[int], seed: int) -> None:
    chance = random.Random(seed)
    shape = len(lengths), N_CLASSES, N_STARTS
    values = [chance.choice([-5, -4, -2, -2, -1, 0, 3]) for _ in range(np.prod(shape))]
    left = np.array(values, float).reshape(shape)
    taken = np.full((len(lengths), 1), OUT)

    cost, _n_looks = choose(asked(lengths), left, taken)

    assert cost == min(every_cost(lengths, left))


def test_what_a_day_takes_is_what_it_pays_for() -> None:
    # Of two hours each, both gain 5 at the first hour in the first class of rooms: the
    # second room costs 2 and the pair 3, so that one of them gains nothing.
    left = np.full((2, N_CLASSES, N_STARTS), np.inf)
    left[:, 0, 0] = -5, -5.5
    taken = np.full((2, 1), OUT)

    cost, _n_looks = choose(asked([2, 2]), left, taken)

    assert cost == -5.5
    assert taken.tolist() == [[OUT], [0]]


def test_what_is_not_looked_at_is_counted_as_gained() -> None:
    # Forty gain 2 each at any hour: too many ways for one room of four hours. Were all
    # there, thirty-eight would be beyond the share: 40 times 2 less 38.
    left = np.full((40, N_CLASSES, N_STARTS), -2.0)
    taken = np.full((40, 1), OUT)

    cost, n_looks = choose(asked([1] * 40), left, taken)

    assert n_looks > MOST_LOOKS
    assert cost == -42
    assert (taken != OUT).any()
