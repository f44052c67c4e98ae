"""What no timetable costs less than, beside what is proved by another's solver."""

from __future__ import annotations

import random

import pytest

from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.costs import PRICE_UNIT
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.problem import Problem
from tests.programme.test_timetable_bound import CLIMBS_TO_THE_HOURS
from tests.programme.test_timetable_exact import proved
from tests.programme.timetable_problems import MONDAY, TUESDAY, problem


def rooms_wanted(seed: int) -> Problem:
    """Return sessions that compete for few rooms, each change of which weighs much."""
    chance = random.Random(seed)
    dates = (MONDAY, TUESDAY)[: chance.randint(1, 2)]
    return problem(
        days=[{"date": on, "opens": "09:00", "closes": "12:00"} for on in dates],
        rooms=[
            {
                "id": f"r{n}",
                "seats": chance.choice([20, 50, 50]),
                "features": chance.choice([[], ["captions"]]),
            }
            for n in range(chance.randint(1, 3))
        ],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": chance.choice([30, 60, 90]),
                "tracks": chance.sample(["C1", "C2"], chance.choice([0, 1, 1, 2])),
                "audience": chance.choice([10, 40]),
                "needs": chance.choice([[], [], ["captions"]]),
                "prefers": {"days": chance.sample(dates, chance.randint(0, 1))},
                "after": [f"s{n - 1}"] if n and chance.random() < 0.15 else [],
            }
            for n in range(chance.randint(3, 7))
        ],
        weights={
            "room_change": chance.choice([1, 2, 5]),
            "track_spread": chance.choice([0, 1, 3]),
            "same_track_parallel": chance.choice([0, 1, 3]),
            "seats_over": 0.05,
        },
    )


@pytest.mark.parametrize("seed", range(12))
def test_the_bound_never_exceeds_the_proved_price_of_rooms(seed: int) -> None:
    asked = rooms_wanted(seed)

    plan, is_proved = proved(asked)
    bound = Bound(grid_of(asked))
    for _climb in range(CLIMBS_TO_THE_HOURS):
        for _price in bound.climb(10**18):
            pass

    assert is_proved
    assert bound.price * grid_of(asked).scale <= plan.price


@pytest.mark.parametrize("n_climbs", [0, 1, CLIMBS_TO_THE_HOURS])
@pytest.mark.parametrize("seed", range(8))
def test_a_slot_of_the_best_plan_is_never_ruled_out(seed: int, n_climbs: int) -> None:
    asked = rooms_wanted(seed)
    grid = grid_of(asked)
    plan, _is_proved = proved(asked)
    bound = Bound(grid)
    for _climb in range(n_climbs):
        for _price in bound.climb(10**18):
            pass

    within = bound.slots_within(plan.price // grid.scale)

    for slot, slots in zip(grid.slots_of(plan.placements), within, strict=True):
        assert slot is None or slot in slots


def test_what_costs_more_than_the_best_plan_is_ruled_out() -> None:
    # Monday is wished for at 4, and there is room for both.
    asked = problem(
        days=[
            {"date": on, "opens": "09:00", "closes": "12:00"}
            for on in (MONDAY, TUESDAY)
        ],
        sessions=[
            {"id": name, "minutes": 60, "tracks": ["C1"], "prefers": {"days": [MONDAY]}}
            for name in ("a", "b")
        ],
        weights={"wrong_day": 4, "track_spread": 0, "room_change": 1},
    )
    grid = grid_of(asked)
    first, last = (grid.timeline.days[0].first, grid.timeline.days[1].first)

    below, up_to = (
        Bound(grid).slots_within(price // grid.scale)
        for price in (3 * PRICE_UNIT, 4 * PRICE_UNIT)
    )

    assert all((first, 0) in slots and (last, 0) not in slots for slots in below)
    assert all((last, 0) in slots for slots in up_to)
