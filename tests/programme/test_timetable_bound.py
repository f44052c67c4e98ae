"""What no timetable costs less than, by hand."""

from __future__ import annotations

import pytest
from benchmarks.forums import world

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.plan import plain_cost
from montada.programme.engine.timetable.reading import problem_from
from tests.programme.timetable_problems import MONDAY, TUESDAY, plan_of, problem

CLIMBS_TO_THE_HOURS = 5
"""After as many, tracks choose by the hour."""


def test_the_bound_counts_what_time_forces_upon_a_track() -> None:
    # Six hours of one track in three hours: at 3 a pair, and each hour takes two.
    asked = problem(
        unit_minutes=60,
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[{"id": f"s{n}", "minutes": 60, "tracks": ["C1"]} for n in range(6)],
        weights={"same_track_parallel": 3},
    )

    plan = plan_of(asked, 300)

    assert plain_cost(plan.price) == 9
    assert plain_cost(plan.bound) == 9


def test_the_bound_counts_the_rooms_that_a_track_cannot_do_without() -> None:
    # Six hours of one track on a day of three: a second room, however they lie.
    asked = problem(
        unit_minutes=60,
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[{"id": f"s{n}", "minutes": 60, "tracks": ["C1"]} for n in range(6)],
        weights={"same_track_parallel": 0, "room_change": 5},
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (5, 5)


@pytest.mark.parametrize(
    "after",
    [pytest.param([], id="alone"), pytest.param(["s0"], id="parts of a series")],
)
def test_the_bound_counts_the_rooms_that_needs_and_wishes_force_upon_a_day(
    after: list[str],
) -> None:
    # Both want Monday, each in the only room for it: a second room costs 5, the other
    # day 4. Either session by itself would have its wish and its room.
    asked = problem(
        days=[
            {"date": on, "opens": "09:00", "closes": "12:00"}
            for on in (MONDAY, TUESDAY)
        ],
        rooms=[
            {"id": feature, "features": [feature]} for feature in ("captions", "remote")
        ],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": 60,
                "tracks": ["C1"],
                "needs": [feature],
                "after": after[:n],
                "prefers": {"days": [MONDAY]},
            }
            for n, feature in enumerate(("captions", "remote"))
        ],
        weights={"room_change": 5, "wrong_day": 4, "track_spread": 0},
    )

    plan = plan_of(asked, 300)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (4, 4)


def test_the_bound_counts_that_a_room_holds_one_session_of_a_track_at_a_time() -> None:
    # Both want the only hour before noon: a second room costs 5, another hour 4. One
    # room is open long enough for both, and each by itself would have its wish.
    asked = problem(
        unit_minutes=60,
        days=[{"date": MONDAY, "opens": "11:00", "closes": "14:00"}],
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[
            {
                "id": name,
                "minutes": 60,
                "tracks": ["C1"],
                "prefers": {"half": "morning"},
            }
            for name in ("a", "b")
        ],
        weights={"room_change": 5, "wrong_day": 4, "same_track_parallel": 0},
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (4, 4)


def test_the_bound_counts_hours_in_which_a_track_cannot_but_overlap() -> None:
    # Two of two hours want Monday, which has three: they share one hour at least, and a
    # pair costs 3 however long it lasts; the other day costs 4. Counted hour by hour an
    # hour of two would be worth half a pair.
    asked = problem(
        unit_minutes=60,
        days=[
            {"date": on, "opens": "09:00", "closes": "12:00"}
            for on in (MONDAY, TUESDAY)
        ],
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[
            {
                "id": name,
                "minutes": 120,
                "tracks": ["C1"],
                "prefers": {"days": [MONDAY]},
            }
            for name in ("a", "b")
        ],
        weights={"same_track_parallel": 3, "wrong_day": 4, "room_change": 0},
    )

    plan = plan_of(asked, 300)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (3, 3)


def test_who_stays_out_of_a_series_and_of_its_track_is_counted_once() -> None:
    # Four hours in order on a day of three: one of two stays out, at 1000.
    asked = problem(
        sessions=[
            {"id": f"s{n}", "minutes": 120, "tracks": ["C1"], "after": ["s0"][:n]}
            for n in range(2)
        ],
    )
    bound = Bound(grid_of(asked))

    for _climb in range(CLIMBS_TO_THE_HOURS):
        for _price in bound.climb(10**18):
            pass

    assert plain_cost(bound.price * grid_of(asked).scale) == 1000


@pytest.mark.parametrize(
    "people",
    [
        pytest.param([["hana"], ["hana"], ["hana"]], id="one person"),
        pytest.param(
            [["hana", "jon"], ["jon", "mei"], ["mei", "hana"]],
            id="pairs share somebody",
        ),
    ],
)
def test_the_bound_counts_who_cannot_be_in_two_places(people: list[list[str]]) -> None:
    # Three hours want the morning, which has two before noon, and rooms for all.
    asked = problem(
        unit_minutes=60,
        days=[{"date": MONDAY, "opens": "10:00", "closes": "14:00"}],
        rooms=[{"id": "popov"}, {"id": "siemens"}, {"id": "shannon"}],
        people=[{"id": name} for name in ("hana", "jon", "mei")],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": 60,
                "people": own,
                "prefers": {"half": "morning"},
            }
            for n, own in enumerate(people)
        ],
        weights={"wrong_day": 4},
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (4, 4)


def test_the_bound_counts_that_a_released_session_keeps_its_room() -> None:
    # Both could have one room at the hours that they have: it would save 5 for the
    # second room, and cost 10 to move somebody. Who needs captions makes rooms differ.
    asked = problem(
        rooms=[{"id": "popov", "features": ["captions"]}, {"id": "siemens"}],
        sessions=[
            {"id": "a", "minutes": 60, "tracks": ["C1"]},
            {"id": "b", "minutes": 60, "tracks": ["C1"]},
            {"id": "c", "minutes": 60, "needs": ["captions"]},
        ],
        released=[
            {"session": name, "room": room, "start": f"{MONDAY}T{hour}:00"}
            for name, room, hour in (("a", "popov", "09"), ("b", "siemens", "10"))
        ],
        weights={"room_change": 5, "changed_since_release": 10},
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (5, 5)


def test_the_bound_counts_who_is_beyond_the_even_share() -> None:
    # Four of one track want Monday, where two may be: two more cost 1 each, the other
    # day 4 each.
    asked = problem(
        days=[
            {"date": on, "opens": "09:00", "closes": "13:00"}
            for on in (MONDAY, TUESDAY)
        ],
        sessions=[
            {
                "id": f"s{n}",
                "minutes": 60,
                "tracks": ["C1", "C2"][: 1 + n % 2],
                "prefers": {"days": [MONDAY]},
            }
            for n in range(4)
        ],
        weights={"wrong_day": 4, "track_spread": 1, "room_change": 0},
    )

    plan = plan_of(asked, 50)

    # The two that have C2 as well are beyond its share of one, too.
    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (3, 2)


def test_the_bound_counts_who_cannot_have_a_place() -> None:
    # Ten hours for a room that is open for three: seven stay out, at 1000 each.
    sessions = [{"id": f"s{n}", "minutes": 60} for n in range(10)]

    plan = plan_of(problem(sessions=sessions), 10)

    assert plain_cost(plan.price) == 7000
    assert plain_cost(plan.bound) == 7000


def test_the_bound_soon_comes_near_the_highest_of_its_kind() -> None:
    # Column generation over half-days, solved to its end by another's linear programme,
    # says 27.34 of this forum.
    grid = grid_of(problem_from(world(220, seed=1), zone_named))
    bound = Bound(grid)
    for _climb in range(3):
        for _price in bound.climb(10**15):
            pass

    assert plain_cost(bound.price * grid.scale) > 0.98 * 27.34


def test_a_released_hour_that_is_no_more_is_no_other_hour() -> None:
    # The day became shorter: 10:30 is no start any more, all others cost a change.
    asked = problem(
        days=[{"date": MONDAY, "opens": "09:00", "closes": "11:30"}],
        rooms=[{"id": "popov", "opens": {MONDAY: ["09:00", "10:00"]}}, {"id": "b"}],
        sessions=[{"id": "a", "minutes": 120}],
        released=[{"session": "a", "room": "popov", "start": f"{MONDAY}T10:30"}],
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (10, 10)


def test_a_change_that_must_be_is_counted_once() -> None:
    # Only 11:30 suits; the break has taken the hour of the release.
    asked = problem(
        unit_minutes=60,
        days=[
            {
                "date": MONDAY,
                "opens": "09:00",
                "closes": "12:30",
                "breaks": [["11:00", "11:30"]],
            }
        ],
        rooms=[{"id": "popov", "opens": {MONDAY: ["09:00", "11:30"]}}, {"id": "b"}],
        people=[{"id": "amina", "available": [[f"{MONDAY}T11:30", f"{MONDAY}T12:30"]]}],
        sessions=[{"id": "a", "minutes": 60, "people": ["amina"]}],
        released=[{"session": "a", "room": "popov", "start": f"{MONDAY}T10:30"}],
    )

    plan = plan_of(asked, 50)

    assert (plain_cost(plan.price), plain_cost(plan.bound)) == (10, 10)
