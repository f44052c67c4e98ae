"""The exact solver: the best plan and its proof, why not all fit, one day anew."""

from __future__ import annotations

import itertools
import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings

from montada.programme import queries
from montada.programme.adapters.exact.causes import Undecided, cause_of
from montada.programme.adapters.exact.solving import ExactSolver
from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.plan import Plan
from montada.programme.engine.timetable.problem import Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.solving import Solver
from tests.programme.test_timetable_command import PROBLEM, told, written
from tests.programme.test_timetable_solving import tiny
from tests.programme.timetable_problems import (
    MONDAY,
    TUESDAY,
    every_plan,
    least_price,
    place,
    plan_of,
    problem,
    problems,
)

HOUR: dict[str, Any] = {"minutes": 60}


def proved(asked: Problem, seed: int = 1) -> tuple[Plan, bool]:
    """Return the best plan, found from an empty one, and whether it is proved."""
    solver = ExactSolver(grid_of(asked), [None] * len(asked.sessions), seed=seed)
    for _progress in itertools.islice(solver.steps(), 500):
        pass
    return solver.plan(), solver.is_proved


@pytest.mark.parametrize("seed", range(2))
def test_the_proved_plan_is_the_best_of_all(seed: int) -> None:
    asked = tiny(seed)

    plan, is_proved = proved(asked)

    assert is_proved
    assert plan.price == plan.bound == least_price(asked)
    assert checked(asked, plan.placements).hard == ()


@given(content=problems())
@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_the_engine_is_never_better_and_both_price_alike(
    content: dict[str, Any],
) -> None:
    asked = problem_from(content, zone_named)

    plan, is_proved = proved(asked)
    searched = plan_of(asked, 100)

    report = checked(asked, plan.placements)
    assert (report.hard, report.price) == ((), plan.price)
    assert not is_proved or (len(plan.unplaced), plan.price) <= (
        len(searched.unplaced),
        searched.price,
    )
    assert searched.bound <= plan.price


def test_the_same_seed_gives_the_same_plan() -> None:
    assert proved(tiny(2)) == proved(tiny(2))


def test_as_many_as_can_have_places_whatever_it_costs() -> None:
    # Two fit; leaving one out is worth 1, the missed wish 4, and yet both are placed.
    asked = problem(
        sessions=[
            {"id": "a", "minutes": 90},
            {"id": "b", "minutes": 90, "prefers": {"half": "afternoon"}},
        ],
        weights={"wrong_day": 4, "unplaced": 1},
    )

    plan, is_proved = proved(asked)

    assert is_proved
    assert [p.session for p in plan.placements if p] != []
    assert plan.unplaced == {}


def crowded(n_sessions: int, popular: Sequence[float] = (0,)) -> Problem:
    """Return sessions of one track, a half-hour and an hour by turns, in five rooms."""
    return problem(
        days=[{"date": MONDAY, "opens": "09:00", "closes": "11:00"}],
        rooms=[{"id": f"r{n}"} for n in range(5)],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": 30 + 30 * (n % 2),
                "tracks": ["C1"],
                "popular": popular[n % len(popular)],
            }
            for n in range(n_sessions)
        ],
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_plan_that_is_known_is_proved_or_made_the_best(seed: int) -> None:
    asked = tiny(seed)
    solver = Solver(asked, seed=1)
    for _progress in itertools.islice(solver.steps(), 20 * seed):
        pass

    exact = ExactSolver(solver.grid, solver.slots, seed=1, bound=solver.bound)
    for _progress in itertools.islice(exact.steps(), 500):
        pass

    assert exact.is_proved
    assert exact.plan().price == exact.plan().bound == least_price(asked)


@pytest.mark.parametrize("popular", [(0,), (0.5, 1, 0.3)])
def test_the_engine_s_bound_is_never_above_the_proved_price(
    popular: tuple[float, ...],
) -> None:
    asked = crowded(5, popular)
    bound = Bound(grid_of(asked))
    for _climb in range(4):
        for _price in bound.climb(10**18):
            pass

    plan, is_proved = proved(asked)

    # 210 minutes of one track in 120: it cannot but overlap, and the bound knows.
    assert is_proved
    assert 0 < bound.price * grid_of(asked).scale <= plan.price


def why(asked: Problem) -> list[str]:
    found = queries.impossible_timetable(asked, queries.Effort(), time.monotonic)
    return list(found.reasons) if found else []


def test_the_fewest_rules_that_forbid_a_plan_are_named() -> None:
    # Amina's hour and a half in the only hall holds one of her two sessions.
    morning = [[f"{MONDAY}T09:00", f"{MONDAY}T10:30"]]
    asked = problem(
        rooms=[{"id": "popov", "features": ["hall"]}, {"id": "siemens"}],
        people=[{"id": "amina", "available": morning}, {"id": "boris"}],
        sessions=[
            HOUR | {"id": "a", "people": ["amina"], "needs": ["hall"]},
            HOUR | {"id": "b", "people": ["boris"], "needs": ["hall"]},
            HOUR | {"id": "c", "people": ["amina", "boris"]},
        ],
    )

    assert why(asked) == [
        "These sessions cannot all have a place: a, c.",
        "amina is needed in each of these: a, c.",
        "amina is available only 2027-07-05T09:00 to 2027-07-05T10:30.",
    ]


def test_whatever_the_reason_it_can_be_said() -> None:
    series = [HOUR | {"id": f"s{n}", "after": [f"s{(n + 1) % 3}"]} for n in range(3)]
    apart = [HOUR | {"id": "a", "fixed": {"start": f"{MONDAY}T09:00"}}]
    apart += [apart[0] | {"id": "b", "not_with": ["a"]}]
    shut = {"id": "popov", "opens": {MONDAY: ["09:00", "10:00"]}}

    assert why(problem(sessions=series)) == [
        "These sessions cannot all have a place: s0, s1, s2.",
        "s0 has to come after s1.",
        "s1 has to come after s2.",
        "s2 has to come after s0.",
    ]
    assert why(problem(rooms=[{"id": "x"}, {"id": "y"}], sessions=apart))[1:] == [
        "b and a must not overlap."
    ]
    assert why(problem(sessions=[HOUR | {"id": "a", "needs": ["hall"]}]))[1:] == [
        "No room has what a needs: hall."
    ]
    assert why(problem(sessions=[HOUR | {"id": f"s{n}"} for n in range(4)]))[1:] == [
        "A room holds one session at a time."
    ]
    assert why(problem(rooms=[shut], sessions=[{"id": "a", "minutes": 90}]))[1:] == [
        "The room popov is open only during its hours."
    ]
    assert why(problem(sessions=[HOUR | {"id": f"s{n}"} for n in range(3)])) == []


def test_a_search_for_the_reason_can_be_stopped() -> None:
    # Nobody knows at the first look: to lay it out takes longer.
    rooms = [{"id": f"r{n}"} for n in range(12)]
    sessions = [HOUR | {"id": f"s{n}", "people": [f"p{n % 9}"]} for n in range(60)]
    grid = grid_of(problem(rooms=rooms, sessions=sessions))

    with pytest.raises(Undecided):
        cause_of(grid, seed=1, keep_going=lambda: False)


def two_days() -> Problem:
    return problem(
        days=[
            {"date": MONDAY, "opens": "09:00", "closes": "10:00"},
            {"date": TUESDAY, "opens": "09:00", "closes": "11:00"},
        ],
        sessions=[
            HOUR | {"id": "a"},
            HOUR | {"id": "b", "prefers": {"days": [MONDAY]}},
            HOUR | {"id": "c"},
        ],
    )


def repaired(asked: Problem, placements: Sequence[Any], on: str) -> dict[str, Any]:
    return queries.repaired_timetable(
        asked,
        placements,
        date.fromisoformat(on),
        queries.Effort(iterations=0),
        time.monotonic,
    )


def test_one_day_is_made_anew_and_the_others_stay() -> None:
    # On the whole b would take Monday; with Monday kept, c only finds the hour left.
    asked = two_days()
    before = [place("a", "09:00"), place("b", "09:30", on=TUESDAY)]

    plan = repaired(asked, before, TUESDAY)

    monday, *tuesday = plan["placements"]
    assert monday == {"session": "a", "room": "popov", "start": f"{MONDAY}T09:00"}
    assert {p["session"] for p in tuesday} == {"b", "c"}
    assert plan["cost"] == 4
    # Of all plans, those that change Monday too: b has its wish there at no cost.
    assert plan["bound"] == 0
    kept = [p for p in every_plan(asked) if before[0] in p and len(p) == 3]
    prices = [r.price for p in kept if not (r := checked(asked, p)).hard]
    assert plan["cost"] * 10_000_000 == min(prices)


def test_a_day_that_is_not_there_or_a_plan_that_is_broken_is_refused() -> None:
    twice = [place("a", "09:00"), place("b", "09:00")]

    with pytest.raises(Exception, match=r"The forum has no day 2027-07-08\."):
        repaired(two_days(), [], "2027-07-08")
    with pytest.raises(Exception, match=r"The plan breaks rules on other days"):
        repaired(two_days(), twice, TUESDAY)


def test_the_terminal_proves_repairs_and_explains(tmp_path: Path) -> None:
    asked, plan = written(tmp_path, PROBLEM), tmp_path / "plan.json"

    told("solve", asked, "--exact", "--iterations", 0, "-o", plan)
    found = json.loads(plan.read_text(encoding="utf-8"))
    again = json.loads(told("repair", asked, plan, "--day", MONDAY))
    explained = json.loads(told("explain", asked, plan, "--exact", "--json"))

    # Three hours hold a and c, or one of them and b in its wrong half.
    assert found["cost"] == found["bound"] == 1000
    assert (again["cost"], again["bound"]) == (1000, 1000)
    assert explained["impossible"] == {
        "sessions": ["a", "b", "c"],
        "reasons": [
            "These sessions cannot all have a place: a, b, c.",
            "A room holds one session at a time.",
        ],
    }
    assert told("explain", asked, plan, "--exact").startswith("These sessions cannot")


def test_without_the_package_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    asked = written(tmp_path, PROBLEM)

    with pytest.raises(CommandError, match=r"install montada\[exact\]"):
        told("solve", asked, "--exact", "--seconds", 1)

    # Without asking for it, nothing is missed but the proof.
    found = json.loads(told("solve", asked, "--seconds", 0.3))
    assert found["cost"] == 1000


def test_too_many_sessions_are_not_proved(tmp_path: Path) -> None:
    sessions = [{"id": f"s{n}", "minutes": 30} for n in range(61)]
    asked = written(tmp_path, PROBLEM | {"sessions": sessions})

    with pytest.raises(CommandError, match="free: 61, of at most 60"):
        told("solve", asked, "--exact", "--iterations", 1)


def test_whoever_watches_may_stop_it() -> None:
    seen = []

    def watch(progress: Any) -> bool:
        seen.append(progress.iterations)
        return len(seen) < 3

    plan = queries.solved_timetable(
        tiny(0), queries.Effort(), time.monotonic, exact=False, watch=watch
    )

    assert len(seen) == 3
    assert len(plan["placements"]) + len(plan["unplaced"]) == 3


def test_a_repair_leaves_other_days_as_they_are() -> None:
    # On the whole one more could have a place: pinned has hers, kept the other day.
    asked = problem(
        unit_minutes=60,
        days=[
            {"date": on, "opens": "09:00", "closes": "10:00"}
            for on in (MONDAY, TUESDAY)
        ],
        sessions=[
            {"id": "kept", "minutes": 60},
            {"id": "pinned", "minutes": 60, "fixed": {"start": f"{MONDAY}T09:00"}},
        ],
    )

    plan = repaired(asked, [place("kept", "09:00")], TUESDAY)

    assert [p["session"] for p in plan["placements"]] == ["kept"]
    assert plan["bound"] < plan["cost"]


def test_a_repair_lets_nobody_run_into_the_next_day() -> None:
    asked = problem(
        unit_minutes=60,
        days=[
            {"date": MONDAY, "opens": "21:00", "closes": "24:00"},
            {"date": TUESDAY, "opens": "00:00", "closes": "02:00"},
        ],
        people=[
            {"id": "amina", "available": [[f"{MONDAY}T23:00", f"{TUESDAY}T01:00"]]}
        ],
        sessions=[
            {"id": "kept", "minutes": 60},
            {"id": "a", "minutes": 120, "people": ["amina"]},
        ],
    )

    plan = repaired(asked, [place("kept", "00:00", on=TUESDAY)], MONDAY)

    assert [p["session"] for p in plan["placements"]] == ["kept"]


def test_a_session_that_must_not_meet_itself_is_no_cause() -> None:
    alone = problem(sessions=[HOUR | {"id": "a", "not_with": ["a"]}])

    assert queries.impossible_timetable(alone, queries.Effort(), time.monotonic) is None
