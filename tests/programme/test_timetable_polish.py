"""Small moves: they exchange, chain, make room; what they count is what is there."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable import memory
from montada.programme.engine.timetable.annealing import anneal, begin_at
from montada.programme.engine.timetable.board import Board
from montada.programme.engine.timetable.chance import Chance
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.construct import construct
from montada.programme.engine.timetable.grid import Slot, grid_of
from montada.programme.engine.timetable.improve import Search
from montada.programme.engine.timetable.memory import laid_out
from montada.programme.engine.timetable.plan import plain_cost
from montada.programme.engine.timetable.polish import Polish
from montada.programme.engine.timetable.problem import Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.engine.timetable.solving import plan_of
from tests.programme.timetable_problems import plan_of as solved
from tests.programme.timetable_problems import problem, problems


def polished(
    asked: Problem, slots: list[Slot | None] | None = None, length: int = 30
) -> Search:
    """Return a search after a round of small moves, from some slots or a first plan."""
    board = Board(grid_of(asked))
    if slots is None:
        construct(board, Chance(1))
    for number, slot in enumerate(slots or ()):
        if slot is not None:
            board.put(number, slot)
    search = Search(board, Chance(1))
    for _key in Polish(board.grid, seed=1).round(search, length, 1.0):
        pass
    return search


def rooms_of(asked: Problem, search: Search) -> list[str | None]:
    return [slot and asked.rooms[slot[1]].id for slot in search.slots]


@given(content=problems(), length=st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_rule_is_broken_and_the_price_is_the_checkers(
    content: dict[str, Any], length: int
) -> None:
    asked = problem_from(content, zone_named)
    board = Board(grid_of(asked))
    construct(board, Chance(1))
    first = Search(board, Chance(1)).key

    search = polished(asked, length=length)

    grid = search.board.grid
    plan = plan_of(grid, search.slots, bound=0, seed=1, iterations=length)
    report = checked(asked, plan.placements)
    assert report.hard == ()
    hopeless = sum(not task.n_choices for task in grid.tasks)
    n_out = search.key[0] + hopeless
    assert len(report.unplaced) == n_out
    out = n_out * grid.prices["unplaced"]
    assert report.price == (search.key[1] + out) * grid.scale
    assert search.key <= first


@given(content=problems(), temperature=st.sampled_from([1e-9, 1e4, 1e9]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_all_that_is_counted_on_the_way_is_what_a_fresh_count_finds(
    content: dict[str, Any], temperature: float
) -> None:
    # Compiled code may write anywhere in its row: what does not change has not.
    grid = grid_of(problem_from(content, zone_named))
    at, row = laid_out(grid, seed=1)
    _at, fresh = laid_out(grid, seed=1)
    n, before = at.n_sessions, row[: at.start].copy()
    begin_at(at, row, *np.full((2, n), -1))

    anneal(at, row, 3000, temperature)

    assert np.array_equal(row[: at.start], before)
    starts, rooms = row[at.start :][:n].copy(), row[at.room :][:n].copy()
    begin_at(at, fresh, starts, rooms)
    assert np.array_equal(row[at.start : at.best], fresh[at.start : at.best])
    # Where it is hot nothing is avoided: all that can cost anything does.
    pairs = zip(starts.tolist(), rooms.tolist(), strict=True)
    slots = [pair if pair[0] >= 0 else None for pair in pairs]
    plan = plan_of(grid, slots, bound=0, seed=1, iterations=1)
    out = slots.count(None) * grid.prices["unplaced"]
    assert plan.price == (row[at.now + 1] + out) * grid.scale


def test_a_pair_that_shares_two_tracks_and_is_popular_counts_once() -> None:
    # One hour, three rooms. Two share both tracks: one pair, 3. The third shares one
    # track with each: two pairs, 6. Popular are the first two: 0.5 x 0.8 x 2 = 0.8.
    asked = problem(
        days=[{"date": "2027-07-05", "opens": "09:00", "closes": "10:00"}],
        rooms=[{"id": name} for name in ("popov", "siemens", "shannon")],
        sessions=[
            {"id": "a", "minutes": 60, "tracks": ["C1", "C2"], "popular": 0.5},
            {"id": "b", "minutes": 60, "tracks": ["C1", "C2"], "popular": 0.8},
            {"id": "c", "minutes": 60, "tracks": ["C2"]},
        ],
        weights={"same_track_parallel": 3, "popular_parallel": 2},
    )
    grid = grid_of(asked)
    at, row = laid_out(grid, seed=1)
    first = grid.timeline.days[0].first

    begin_at(at, row, np.full(3, first), np.arange(3))

    assert plain_cost(int(row[at.now + 1]) * grid.scale) == 9.8


@given(content=problems())
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_seed_gives_the_same_moves(content: dict[str, Any]) -> None:
    asked = problem_from(content, zone_named)

    assert polished(asked, length=4).slots == polished(asked, length=4).slots


FULL_ROOMS: dict[str, Any] = {
    "days": [{"date": "2027-07-05", "opens": "09:00", "closes": "10:00"}],
    "rooms": [{"id": "large", "seats": 100}, {"id": "small", "seats": 10}],
}


def test_two_full_rooms_exchange_what_hangs_together() -> None:
    # "big" is an hour and sits in the small room, 40 without a seat; two halves of an
    # hour are in the large one. Nobody has another place: all three must go at once.
    asked = problem(
        **FULL_ROOMS,
        sessions=[
            {"id": "big", "minutes": 60, "audience": 50},
            {"id": "early", "minutes": 30, "audience": 5},
            {"id": "late", "minutes": 30, "audience": 5},
        ],
    )
    first = grid_of(asked).timeline.days[0].first

    search = polished(asked, [(first, 1), (first, 0), (first + 1, 0)])

    assert rooms_of(asked, search) == ["large", "small", "small"]
    assert search.key == (0, 0)


def test_whoever_waits_takes_a_place_and_another_one_makes_room() -> None:
    # The hall alone has captions; "any" sits there and would fit into the other room.
    asked = problem(
        days=[{"date": "2027-07-05", "opens": "09:00", "closes": "10:00"}],
        rooms=[{"id": "hall", "features": ["captions"]}, {"id": "other"}],
        sessions=[
            {"id": "any", "minutes": 60},
            {"id": "captioned", "minutes": 60, "needs": ["captions"]},
        ],
    )
    first = grid_of(asked).timeline.days[0].first

    search = polished(asked, [(first, 0), None])

    assert rooms_of(asked, search) == ["other", "hall"]


def test_of_two_that_want_one_place_one_stays_out() -> None:
    asked = problem(
        days=[{"date": "2027-07-05", "opens": "09:00", "closes": "10:00"}],
        sessions=[{"id": "one", "minutes": 60}, {"id": "other", "minutes": 60}],
    )

    search = polished(asked)

    assert search.key[0] == 1


def test_who_stays_out_is_exchanged_at_no_price_that_a_plan_may_not_have() -> None:
    # One place; "large" costs 40 seats there, "small" nothing. Without any heat nobody
    # takes the place of "small", though of two that want it one must stay out.
    asked = problem(
        days=[{"date": "2027-07-05", "opens": "09:00", "closes": "10:00"}],
        rooms=[{"id": "popov", "seats": 10}],
        sessions=[
            {"id": "small", "minutes": 60, "audience": 10},
            {"id": "large", "minutes": 60, "audience": 50},
        ],
    )
    grid = grid_of(asked)
    at, row = laid_out(grid, seed=1)
    first = grid.timeline.days[0].first
    begin_at(at, row, np.array([first, -1]), np.array([0, -1]))

    for _move in range(50):
        anneal(at, row, 1, 0.0)
        assert row[at.start : at.start + 2].tolist() == [first, -1]


def test_what_is_too_large_for_the_memory_is_solved_without_small_moves(
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(memory, "MOST_NUMBERS", 0)
    asked = problem(
        rooms=[{"id": "large", "seats": 100}, {"id": "small", "seats": 10}],
        sessions=[
            {"id": name, "minutes": 60, "audience": people}
            for name, people in (("a", 50), ("b", 5), ("c", 50), ("d", 5), ("e", 50))
        ],
    )

    plan = solved(asked, 400)

    assert (plan.unplaced, plan.price) == ({}, 0)
