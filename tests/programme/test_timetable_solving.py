"""The solver: never a clash, everything placed or explained, repeatable, the best."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.plan import plain_counts
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.engine.timetable.reading import problem_from
from tests.programme.timetable_problems import (
    MONDAY,
    TUESDAY,
    at,
    every_plan,
    least_price,
    place,
    plan_of,
    problem,
    problems,
)

few = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@given(content=problems(), seed=st.integers(0, 3))
@few
def test_no_plan_has_a_clash_and_whoever_is_left_out_is_told_why(
    content: dict[str, Any], seed: int
) -> None:
    asked = problem_from(content, zone_named)

    plan = plan_of(asked, 60, seed)

    report = checked(asked, plan.placements)
    assert report.hard == ()
    assert (report.price, report.soft) == (plan.price, plan.soft)
    assert set(report.unplaced) == set(plan.unplaced)
    assert all(plan.unplaced.values())
    assert plan.bound <= plan.price


@given(content=problems())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_seed_gives_the_same_plan_and_more_is_never_worse(
    content: dict[str, Any],
) -> None:
    asked = problem_from(content, zone_named)

    short, again, longer = (plan_of(asked, n) for n in (40, 40, 80))

    assert short == again
    assert (len(longer.unplaced), longer.price) <= (len(short.unplaced), short.price)


def tiny(seed: int) -> Problem:
    """Return three sessions in few slots, with all that can be said of them."""
    chance = random.Random(seed)
    sessions = [
        {
            "id": f"s{n}",
            "minutes": chance.choice([30, 60]),
            "people": chance.sample(["amina", "boris", "chen"], chance.randint(0, 2)),
            "tracks": chance.sample(["C1", "C2"], chance.randint(0, 2)),
            "audience": chance.choice([0, 20, 60]),
            "popular": chance.choice([0, 0.5, 1]),
            "after": chance.sample(["s0", "s1"], 1) if n == 2 else [],
            "prefers": {
                "days": chance.sample([MONDAY, TUESDAY], chance.randint(0, 1)),
                "half": chance.choice([None, "morning", "afternoon"]),
            },
        }
        for n in range(3)
    ]
    return problem(
        days=[
            {"date": MONDAY, "opens": "11:00", "closes": "13:00"},
            {"date": TUESDAY, "opens": "11:30", "closes": "12:30"},
        ],
        rooms=[{"id": "popov", "seats": 50}, {"id": "siemens", "seats": 10}],
        people=[
            {"id": "amina", "available": [[f"{MONDAY}T11:00", f"{MONDAY}T12:00"]]},
            {"id": "boris", "remote": True, "timezone": "America/Los_Angeles"},
            {"id": "chen", "remote": True, "timezone": "Asia/Tokyo"},
        ],
        sessions=sessions,
        released=[{"session": "s0", "room": "siemens", "start": f"{MONDAY}T11:30"}]
        if chance.random() < 0.3
        else [],
    )


def test_the_best_plan_is_found_and_the_bound_is_below_it() -> None:
    n_best, seeds = 0, range(4)
    for seed in seeds:
        asked = tiny(seed)
        best = least_price(asked)

        plan = plan_of(asked, 200)

        assert plan.bound <= best <= plan.price
        n_best += plan.price == best

    assert n_best == len(seeds)


def test_a_pin_after_a_release_moves_no_more_people_than_it_must() -> None:
    # Three sessions fill the room; a must go to 11:00, where c is. To swap a and c is
    # two moves, of one and three people; every other way moves b too.
    sessions = [
        {"id": name, "minutes": 60, "people": people}
        for name, people in (("a", ["amina"]), ("b", ["boris"]), ("c", ["d", "e", "f"]))
    ]
    released = [
        {"session": name, "room": "popov", "start": f"{MONDAY}T{hour}:00"}
        for name, hour in (("a", "09"), ("b", "10"), ("c", "11"))
    ]
    sessions[0]["fixed"] = {"start": f"{MONDAY}T11:00"}
    asked = problem(sessions=sessions, released=released)

    plan = plan_of(asked)

    assert list(plan.placements) == [
        place("c", "09:00"),
        place("b", "10:00"),
        place("a", "11:00"),
    ]
    assert plain_counts(plan.soft) == {"changed_since_release": 4}
    assert plan.price == least_price(asked)


@pytest.mark.parametrize("seed", range(4))
def test_a_change_is_the_smallest_that_an_exhaustive_search_finds(seed: int) -> None:
    first = plan_of(tiny(seed), 200)
    moved = first.placements[0]
    others = {place(moved.session, clock) for clock in ("11:00", "12:00")} - {moved}
    pin = min(others, key=lambda other: other.start)
    asked = tiny(seed)
    pinned = dataclasses.replace(
        asked,
        released=first.placements,
        sessions=tuple(
            dataclasses.replace(session, fixed_start=pin.start)
            if session.id == pin.session
            else session
            for session in asked.sessions
        ),
        weights={label: 0 for label in asked.weights}
        | {"changed_since_release": 10_000, "unplaced": 1_000_000},
    )

    assert plan_of(pinned, 400).price == least_price(pinned)


def test_without_a_cause_nothing_moves() -> None:
    asked = tiny(1)
    first = plan_of(asked, 200)

    again = plan_of(dataclasses.replace(asked, released=first.placements), 200)

    assert again.placements == first.placements


def test_a_full_room_is_packed_without_a_gap() -> None:
    # 12 sessions of 50, 40 and 30 minutes fill 480 minutes on the minute: 4 x 120.
    lengths = [50, 40, 30] * 4
    asked = problem(
        unit_minutes=10,
        days=[{"date": MONDAY, "opens": "09:00", "closes": "17:00"}],
        sessions=[{"id": f"s{n}", "minutes": m} for n, m in enumerate(lengths)],
    )

    plan = plan_of(asked, 2000)

    assert plan.unplaced == {}
    assert checked(asked, plan.placements).hard == ()


def test_an_interlocked_plan_is_unlocked() -> None:
    # b may be anywhere and is placed where only a can be, unless it makes room.
    asked = problem(
        people=[{"id": "amina", "available": [[f"{MONDAY}T10:00", f"{MONDAY}T11:00"]]}],
        sessions=[
            {"id": "b", "minutes": 60},
            {"id": "c", "minutes": 60},
            {"id": "a", "minutes": 60, "people": ["amina"]},
        ],
    )

    plan = plan_of(asked, 200)

    assert plan.unplaced == {}
    assert place("a", "10:00") in plan.placements


def test_a_session_that_runs_past_midnight_needs_no_second_room() -> None:
    # Two hours before midnight hold a, and the first hour of b.
    asked = problem(
        unit_minutes=60,
        days=[
            {"date": MONDAY, "opens": "22:00", "closes": "24:00"},
            {"date": TUESDAY, "opens": "00:00", "closes": "01:00"},
        ],
        sessions=[
            {"id": "a", "minutes": 60, "tracks": ["C1"]},
            {"id": "b", "minutes": 120, "tracks": ["C1"]},
        ],
        weights={"room_change": 5, "track_spread": 0},
    )

    plan = plan_of(asked, 50)

    assert (plan.unplaced, plan.price, plan.bound) == ({}, 0, 0)


def test_a_session_may_be_as_long_as_the_day_and_no_longer() -> None:
    asked = problem(
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[{"id": "day", "minutes": 180}, {"id": "longer", "minutes": 185}],
    )

    plan = plan_of(asked, 50)

    assert [(p.session, p.start) for p in plan.placements] == [("day", at("09:00"))]
    assert [f.rule for f in plan.unplaced["longer"]] == ["too_long"]


def test_lengths_that_are_no_multiple_of_the_unit_do_not_waste_time() -> None:
    # 52 + 52 + 52 = 156 of 180 minutes; starts every 26, so that 0, 52, 104 are starts.
    asked = problem(
        unit_minutes=26,
        sessions=[{"id": f"s{n}", "minutes": 52} for n in range(3)],
    )

    plan = plan_of(asked, 50)

    assert [p.start for p in plan.placements] == [at("09:00"), at("09:52"), at("10:44")]


def test_starts_are_counted_from_the_opening_and_anew_after_a_break() -> None:
    asked = problem(
        unit_minutes=60,
        days=[
            {
                "date": MONDAY,
                "opens": "09:20",
                "closes": "12:50",
                "breaks": [["10:20", "10:50"]],
            }
        ],
        sessions=[{"id": f"s{n}", "minutes": 60} for n in range(3)],
    )

    plan = plan_of(asked, 50)

    assert [p.start for p in plan.placements] == [at("09:20"), at("10:50"), at("11:50")]


def test_nothing_to_place_is_a_plan_too() -> None:
    for asked in (problem(), problem(rooms=[], sessions=[{"id": "a", "minutes": 30}])):
        plan = plan_of(asked, 10)

        assert plan.placements == ()
        assert [f.rule for why in plan.unplaced.values() for f in why] in (
            [],
            ["no_rooms"],
        )


def test_two_hundred_sessions_have_places_at_once() -> None:
    chance = random.Random(1)
    asked = problem(
        days=[
            {"date": f"2027-07-0{n}", "opens": "09:00", "closes": "18:00"}
            for n in range(5, 10)
        ],
        rooms=[{"id": f"r{n}", "seats": 40 + 20 * n} for n in range(7)],
        people=[{"id": f"p{n}"} for n in range(300)],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": 60,
                "people": [f"p{p}" for p in chance.sample(range(300), 3)],
                "tracks": [f"C{n % 18}"],
                "audience": chance.randint(10, 120),
            }
            for n in range(220)
        ],
    )

    # 220 of 315 hours are taken: the first plan has them all, before any iteration.
    assert plan_of(asked, 0).unplaced == {}


def test_every_plan_of_the_slow_way_is_one() -> None:
    asked = problem(unit_minutes=90, sessions=[{"id": "a", "minutes": 60}])

    assert list(every_plan(asked)) == [
        [],
        [Placement("a", "popov", at("09:00"))],
        [Placement("a", "popov", at("10:30"))],
    ]


def test_a_break_that_ends_before_it_begins_shifts_no_start() -> None:
    asked = problem(
        unit_minutes=60,
        days=[
            {
                "date": MONDAY,
                "opens": "09:00",
                "closes": "12:00",
                "breaks": [["11:30", "10:15"]],
            }
        ],
        sessions=[{"id": name, "minutes": 60} for name in "abc"],
    )

    assert plan_of(asked, 50).unplaced == {}
