"""Problem files: absent fields, and every fault named by its path."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.fields import Fault
from montada.programme.engine.timetable.plan import placements_from
from montada.programme.engine.timetable.problem import (
    WEIGHT_UNIT,
    WEIGHTS,
    Day,
    Person,
    Room,
    Session,
)
from montada.programme.engine.timetable.reading import problem_from
from tests.programme.timetable_problems import MONDAY, at

WHOLE: dict[str, Any] = {
    "timezone": "Europe/Zurich",
    "unit_minutes": 5,
    "days": [
        {
            "date": MONDAY,
            "opens": "09:00",
            "closes": "18:00",
            "breaks": [["13:00", "14:30"]],
        }
    ],
    "rooms": [
        {
            "id": "popov",
            "seats": 300,
            "features": ["interpretation", "remote"],
            "closed": [[f"{MONDAY}T16:00", f"{MONDAY}T18:00"]],
            "opens": {MONDAY: ["09:00", "18:00"]},
        }
    ],
    "people": [
        {
            "id": "p1",
            "timezone": "Africa/Cairo",
            "remote": True,
            "available": [[f"{MONDAY}T09:00", f"{MONDAY}T13:00"]],
        }
    ],
    "sessions": [
        {"id": "s0", "minutes": 30},
        {
            "id": "s1",
            "minutes": 60,
            "people": ["p1"],
            "tracks": ["C2"],
            "type": "workshop",
            "audience": 80,
            "needs": ["remote"],
            "fixed": {"room": "popov", "start": f"{MONDAY}T09:00"},
            "prefers": {"days": [MONDAY], "half": "morning"},
            "after": ["s0"],
            "not_with": ["s0"],
            "popular": 0.4,
        },
    ],
    "weights": dict(WEIGHTS),
    "released": [{"session": "s1", "room": "popov", "start": f"{MONDAY}T09:00"}],
}


def test_a_whole_problem_is_read_field_by_field() -> None:
    asked = problem_from(WHOLE, zone_named)

    assert asked.days == (
        Day(
            at("00:00").date(),
            at("09:00"),
            at("18:00"),
            ((at("13:00"), at("14:30")),),
        ),
    )
    assert asked.rooms == (
        Room(
            id="popov",
            seats=300,
            features=frozenset({"interpretation", "remote"}),
            closed=((at("16:00"), at("18:00")),),
            opens=((at("09:00"), at("18:00")),),
        ),
    )
    assert asked.people == (
        Person("p1", zone_named("Africa/Cairo"), True, ((at("09:00"), at("13:00")),)),
    )
    assert asked.sessions[1] == Session(
        id="s1",
        minutes=60,
        people=("p1",),
        tracks=frozenset({"C2"}),
        kind="workshop",
        audience=80,
        needs=frozenset({"remote"}),
        fixed_room="popov",
        fixed_start=at("09:00"),
        wanted_days=frozenset({at("00:00").date()}),
        wanted_half="morning",
        after=("s0",),
        not_with=("s0",),
        popular=40,
    )
    assert asked.weights == {label: w * WEIGHT_UNIT for label, w in WEIGHTS.items()}


def test_absent_fields_mean_no_limit() -> None:
    asked = problem_from(
        {
            "days": [{"date": MONDAY}],
            "rooms": [{"id": "r"}],
            "sessions": [{"id": "s", "minutes": 5, "people": ["anybody"]}],
        },
        zone_named,
    )

    assert asked.days[0].opens, asked.days[0].closes == (at("00:00"), at("24:00"))
    assert asked.rooms == (Room("r"),)
    assert asked.people == (Person("anybody"),)
    assert asked.weights == {label: w * WEIGHT_UNIT for label, w in WEIGHTS.items()}


def test_a_label_left_out_of_the_weights_costs_nothing_but_leaving_out_does() -> None:
    asked = problem_from(WHOLE | {"weights": {"wrong_day": 0.5}}, zone_named)

    assert {label: w for label, w in asked.weights.items() if w} == {
        "wrong_day": 500,
        "unplaced": 1_000_000,
    }


def changed(path: list[str | int], value: Any) -> Any:
    """Return the whole problem with one value changed."""
    content = deepcopy(WHOLE)
    at: Any = content
    for key in path[:-1]:
        at = at[key]
    if isinstance(at, list) and path[-1] == len(at):
        at.append(value)
    else:
        at[path[-1]] = value
    return content


FAULTS: list[tuple[list[str | int], Any, str, str]] = [
    (["timezone"], "Mars/Olympus", "timezone", "unknown_zone"),
    (["timezone"], "../etc/passwd", "timezone", "unknown_zone"),
    (["timezone"], "Europe", "timezone", "unknown_zone"),
    (["timezone"], "Eu\0rope", "timezone", "unknown_zone"),
    (["unit_minutes"], 0, "unit_minutes", "out_of_range"),
    (["unit_minutes"], "5", "unit_minutes", "not_a_number"),
    (["days"], [], "days", "no_days"),
    (["days"], {}, "days", "not_a_list"),
    (["days"], [{"date": MONDAY}] * 101, "days", "too_many"),
    (["days", 1], {"date": MONDAY}, "days[1].date", "repeated"),
    (["days", 0], 7, "days[0]", "not_an_object"),
    (["days", 0, "date"], "5 July", "days[0].date", "not_a_date"),
    (["days", 0, "date"], "0001-01-01", "days[0].date", "year"),
    (["days", 0, "opens"], "9 h", "days[0].opens", "not_a_time"),
    (["days", 0, "closes"], "24:05", "days[0].closes", "not_a_time"),
    (["days", 0, "breaks"], [["13:00"]], "days[0].breaks[0]", "not_a_pair"),
    (["rooms", 1], {"id": "popov"}, "rooms[1].id", "repeated"),
    (["rooms", 0, "seats"], -1, "rooms[0].seats", "out_of_range"),
    (["rooms", 0, "seats"], 10**400, "rooms[0].seats", "out_of_range"),
    (["rooms", 0, "opens"], {"Monday": []}, "rooms[0].opens.Monday", "not_a_date"),
    (["rooms", 0, "closed"], [["x", "y"]], "rooms[0].closed[0]", "not_a_moment"),
    (["people", 0, "remote"], "yes", "people[0].remote", "not_true_or_false"),
    (["people", 0, "timezone"], "Cairo", "people[0].timezone", "unknown_zone"),
    (["people", 0, "id"], "", "people[0].id", "empty"),
    (["sessions", 0, "id"], 7, "sessions[0].id", "not_a_text"),
    (["sessions", 0, "id"], "\ud800", "sessions[0].id", "broken_characters"),
    (["sessions", 0, "id"], "x" * 201, "sessions[0].id", "too_long"),
    (["sessions", 0, "id"], "s1", "sessions[1].id", "repeated"),
    (["sessions", 0, "minutes"], -30, "sessions[0].minutes", "out_of_range"),
    (["sessions", 0, "minutes"], None, "sessions[0].minutes", "not_a_number"),
    (["sessions", 0, "minutes"], True, "sessions[0].minutes", "not_a_number"),
    (["sessions", 0, "minutes"], 7.5, "sessions[0].minutes", "not_whole"),
    (["sessions", 1, "popular"], float("nan"), "sessions[1].popular", "not_a_number"),
    (["sessions", 1, "popular"], 1.1, "sessions[1].popular", "out_of_range"),
    (["sessions", 1, "people"], ["p9"], "sessions[1].people", "unknown_id"),
    (["sessions", 1, "people"], "p1", "sessions[1].people", "not_a_list"),
    (["sessions", 1, "after"], ["s9"], "sessions[1].after", "unknown_id"),
    (["sessions", 1, "not_with"], ["s9"], "sessions[1].not_with", "unknown_id"),
    (["sessions", 1, "fixed"], {"room": "x"}, "sessions[1].fixed.room", "unknown_id"),
    (
        ["sessions", 1, "fixed"],
        {"start": f"{MONDAY}T09:00+02:00"},
        "sessions[1].fixed.start",
        "not_a_moment",
    ),
    (
        ["sessions", 1, "prefers"],
        {"half": "night"},
        "sessions[1].prefers.half",
        "not_a_half",
    ),
    (["weights"], {"colour": 1}, "weights", "unknown_label"),
    (["weights", "wrong_day"], -1, "weights.wrong_day", "out_of_range"),
    (["released", 1], WHOLE["released"][0], "released[1].session", "repeated"),
    (["released", 0, "start"], MONDAY, "released[0].start", "not_a_moment"),
]


@pytest.mark.parametrize(("path", "value", "where", "name"), FAULTS)
def test_a_fault_is_named_by_its_path(
    path: list[str | int], value: Any, where: str, name: str
) -> None:
    with pytest.raises(Fault) as caught:
        problem_from(changed(path, value), zone_named)

    assert (caught.value.path, caught.value.name) == (where, name)


@pytest.mark.parametrize("value", [None, [], 7, "problem"])
def test_something_else_is_no_problem(value: Any) -> None:
    with pytest.raises(Fault) as caught:
        problem_from(value, zone_named)

    assert caught.value.name == "not_an_object"


def test_a_plan_without_placements_is_no_plan() -> None:
    with pytest.raises(Fault) as caught:
        placements_from({"sessions": []})

    assert (caught.value.path, caught.value.name) == ("placements", "not_a_list")


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(list(WHOLE)), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(key=st.sampled_from(list(WHOLE)), value=anything)
def test_whatever_stands_in_a_field_is_read_or_refused(key: str, value: Any) -> None:
    try:
        problem_from(WHOLE | {key: value}, zone_named)
    except Fault as fault:
        assert fault.name  # noqa: PT017 - either is right, a crash is not


def test_a_path_stays_on_one_line() -> None:
    room = {"id": "r", "opens": {"a\nb": ["09:00", "10:00"]}}
    with pytest.raises(Fault) as caught:
        problem_from(WHOLE | {"rooms": [room]}, zone_named)

    assert "\n" not in str(caught.value)
    assert r"rooms[0].opens.'a\nb'" in str(caught.value)
