"""Why a session has no place: the fewest things in its way, no more and no others."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.explain import reasons_of
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.engine.timetable.reading import problem_from
from montada.programme.queries.timetable_sentences import sentence_of
from tests.programme.timetable_problems import (
    MONDAY,
    place,
    plan_of,
    problem,
    problems,
)

HOUR: dict[str, Any] = {"minutes": 60}


def words(asked: Problem, *placements: Placement) -> dict[str, list[str]]:
    return {
        name: [sentence_of(reason) for reason in reasons]
        for name, reasons in reasons_of(asked, placements)
    }


def test_a_person_who_is_there_only_while_the_room_is_taken() -> None:
    asked = problem(
        people=[{"id": "amina", "available": [[f"{MONDAY}T09:00", f"{MONDAY}T10:00"]]}],
        sessions=[
            HOUR | {"id": "a", "people": ["amina"]},
            HOUR | {"id": "b", "people": ["amina"]},
        ],
    )

    # At nine, a has the room and amina: two things. Later it is her hours alone.
    assert words(asked, place("a", "09:00")) == {
        "b": ["amina is available only 2027-07-05T09:00 to 2027-07-05T10:00."]
    }


def test_a_room_that_lacks_something_is_named() -> None:
    asked = problem(
        rooms=[{"id": "popov", "features": ["remote"]}, {"id": "siemens"}],
        sessions=[HOUR | {"id": "a", "needs": ["remote", "captions"]}],
    )

    assert words(asked) == {"a": ["The room popov lacks what a needs: captions."]}


def test_a_day_that_is_full_names_who_has_the_room() -> None:
    asked = problem(
        sessions=[{"id": "a", "minutes": 180}, HOUR | {"id": "b"}],
    )

    assert words(asked, place("a", "09:00")) == {"b": ["a has the room popov."]}


def test_a_series_in_a_circle_is_told_as_one() -> None:
    asked = problem(
        sessions=[
            HOUR | {"id": "a", "after": ["c"]},
            HOUR | {"id": "b", "after": ["a"]},
            HOUR | {"id": "c", "after": ["b"]},
        ]
    )

    plan = plan_of(asked, 100)

    # Two of the three can be placed; the third would close the circle.
    assert len(plan.placements) == 2
    assert [f.sessions for why in plan.unplaced.values() for f in why] == [
        ("a", "b", "c")
    ]


def test_a_session_that_waits_for_itself_has_no_place() -> None:
    asked = problem(sessions=[HOUR | {"id": "a", "after": ["a"]}])

    assert [f.rule for f in plan_of(asked, 10).unplaced["a"]] == ["circle"]


def test_impossible_wishes_are_named_and_the_rest_is_placed() -> None:
    asked = problem(
        rooms=[
            {"id": "popov"},
            {"id": "siemens", "opens": {MONDAY: ["12:00", "09:00"]}},
        ],
        people=[
            {"id": "gone", "available": [[f"{MONDAY}T18:00", f"{MONDAY}T20:00"]]},
            {"id": "never", "available": []},
        ],
        sessions=[
            HOUR | {"id": "fits"},
            HOUR | {"id": "with_gone", "people": ["gone"]},
            HOUR | {"id": "with_never", "people": ["never"]},
            HOUR | {"id": "night", "fixed": {"start": f"{MONDAY}T23:00"}},
            HOUR | {"id": "shut", "fixed": {"room": "siemens"}},
        ],
    )

    plan = plan_of(asked, 100)

    assert [p.session for p in plan.placements] == ["fits"]
    assert {
        name: [sentence_of(finding) for finding in why]
        for name, why in plan.unplaced.items()
    } == {
        "with_gone": ["gone is available only 2027-07-05T18:00 to 2027-07-05T20:00."],
        "with_never": ["never is never available."],
        "night": [
            "night, from 2027-07-05T23:00 to 2027-07-06T00:00, is outside the hours of "
            "the day."
        ],
        "shut": ["The room siemens is closed."],
    }


def test_two_sessions_fixed_for_one_person_at_one_time() -> None:
    fixed = {"fixed": {"start": f"{MONDAY}T09:00"}, "people": ["amina"]}
    asked = problem(
        rooms=[{"id": "popov"}, {"id": "siemens"}],
        sessions=[HOUR | {"id": "a"} | fixed, HOUR | {"id": "b"} | fixed],
    )

    plan = plan_of(asked, 50)

    ((left_out, reasons),) = plan.unplaced.items()
    other = "b" if left_out == "a" else "a"
    assert [sentence_of(reason) for reason in reasons] == [f"amina is in {other}."]


@given(content=problems())
@settings(max_examples=15, deadline=None)
def test_whoever_is_left_out_is_told_something_that_can_be_said(
    content: dict[str, Any],
) -> None:
    asked = problem_from(content, zone_named)

    for reasons in plan_of(asked, 0).unplaced.values():
        assert all(sentence_of(reason) for reason in reasons)
