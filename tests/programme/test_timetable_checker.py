"""What is wrong with a plan, and what it costs: by hand."""

from __future__ import annotations

from typing import Any

from montada.programme.engine.timetable.checker import Report, checked
from montada.programme.engine.timetable.plan import plain_cost, plain_counts
from montada.programme.engine.timetable.problem import Placement
from tests.programme.timetable_problems import (
    MONDAY,
    THURSDAY,
    TUESDAY,
    place,
    problem,
)

HOUR: dict[str, Any] = {"minutes": 60}
TWO_DAYS = [
    {"date": on, "opens": "09:00", "closes": "18:00", "breaks": [["13:00", "14:00"]]}
    for on in (MONDAY, TUESDAY)
]
TWO_ROOMS = [{"id": "popov"}, {"id": "siemens"}]


def rules(report: Report) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.rule, finding.sessions) for finding in report.hard]


def test_a_plan_that_keeps_to_everything_has_nothing_wrong() -> None:
    asked = problem(sessions=[HOUR | {"id": "a"}, HOUR | {"id": "b"}])

    report = checked(asked, [place("a", "09:00"), place("b", "10:00")])

    assert report == Report(hard=(), soft={}, price=0, unplaced=())


def test_overlaps_are_counted_as_pairs() -> None:
    # a holds the whole morning; b and c lie inside it and beside one another.
    asked = problem(
        people=[{"id": "amina"}, {"id": "boris"}],
        sessions=[
            {"id": "a", "minutes": 180, "people": ["amina", "boris"]},
            HOUR | {"id": "b", "people": ["amina", "boris"]},
            HOUR | {"id": "c"},
        ],
    )

    report = checked(
        asked, [place("a", "09:00"), place("b", "09:00"), place("c", "10:00")]
    )

    assert rules(report) == [
        ("room_twice", ("b", "a")),
        ("room_twice", ("a", "c")),
        ("person_twice", ("b", "a")),
    ]
    assert report.hard[2].details == {"people": ("amina", "boris")}


def test_hours_of_day_room_and_person_are_kept() -> None:
    asked = problem(
        days=TWO_DAYS,
        rooms=[
            {"id": "popov", "closed": [[f"{MONDAY}T16:00", f"{MONDAY}T17:00"]]},
            {"id": "siemens", "opens": {MONDAY: ["10:00", "12:00"]}},
        ],
        people=[{"id": "amina", "available": [[f"{MONDAY}T09:00", f"{MONDAY}T11:30"]]}],
        sessions=[
            HOUR | {"id": name, "people": ["amina"] if name == "away" else []}
            for name in ("early", "pause", "shut", "other_day", "away", "unopened")
        ],
    )

    report = checked(
        asked,
        [
            place("early", "08:30"),
            place("pause", "12:30"),
            place("shut", "15:30"),
            # The room is open on Monday alone, and not before ten.
            place("other_day", "10:00", "siemens", TUESDAY),
            place("unopened", "09:00", "siemens"),
            place("away", "11:00"),
        ],
    )

    assert rules(report) == [
        ("outside_day", ("early",)),
        ("outside_day", ("pause",)),
        ("room_closed", ("shut",)),
        ("room_closed", ("other_day",)),
        ("room_closed", ("unopened",)),
        ("person_away", ("away",)),
    ]


def test_hours_that_touch_are_one_stretch() -> None:
    asked = problem(
        days=[
            {"date": MONDAY, "opens": "20:00", "closes": "24:00"},
            {"date": TUESDAY, "opens": "00:00", "closes": "02:00"},
        ],
        people=[
            {
                "id": "amina",
                "available": [
                    [f"{MONDAY}T20:00", f"{MONDAY}T24:00"],
                    [f"{TUESDAY}T00:00", f"{TUESDAY}T02:00"],
                ],
            }
        ],
        sessions=[HOUR | {"id": "midnight", "people": ["amina"]}],
    )

    assert checked(asked, [place("midnight", "23:30")]).hard == ()


def test_features_order_pins_and_what_may_not_meet() -> None:
    asked = problem(
        rooms=[{"id": "popov", "features": ["remote"]}, {"id": "siemens"}],
        sessions=[
            HOUR | {"id": "a", "needs": ["remote", "captions"], "not_with": ["b"]},
            HOUR | {"id": "b", "not_with": ["a"]},
            HOUR | {"id": "c", "after": ["b"], "fixed": {"start": f"{MONDAY}T11:00"}},
        ],
    )

    report = checked(
        asked,
        [place("a", "09:00"), place("b", "09:30", "siemens"), place("c", "10:00")],
    )

    assert rules(report) == [
        ("room_lacks", ("a",)),
        ("fixed_moved", ("c",)),
        ("order", ("b", "c")),
        ("not_with", ("a", "b")),
    ]
    assert report.hard[0].details == {"room": "popov", "features": ("captions",)}


def test_unknown_ids_are_named_and_the_rest_is_checked() -> None:
    asked = problem(sessions=[HOUR | {"id": "a"}])

    report = checked(
        asked,
        [Placement("x", "popov", place("a", "09:00").start), place("a", "08:00", "y")],
    )

    assert rules(report) == [
        ("unknown_id", ("x",)),
        ("unknown_id", ("a",)),
        ("outside_day", ("a",)),
    ]


def test_what_is_left_out_is_listed_and_costs() -> None:
    asked = problem(sessions=[HOUR | {"id": "a"}, HOUR | {"id": "b"}])

    report = checked(asked, [place("b", "09:00")])

    assert report.unplaced == ("a",)
    assert plain_cost(report.price) == 1000


def test_costs_by_hand() -> None:
    asked = problem(
        days=TWO_DAYS,
        rooms=[{"id": "popov", "seats": 50}, {"id": "siemens"}],
        people=[{"id": "amina"}, {"id": "boris"}],
        sessions=[
            HOUR
            | {
                "id": "a",
                "tracks": ["C1", "C2"],
                "audience": 80,
                "popular": 0.5,
                "prefers": {"days": [TUESDAY], "half": "afternoon"},
            },
            HOUR | {"id": "b", "tracks": ["C1", "C2"], "popular": 0.3},
            HOUR | {"id": "c", "tracks": ["C1"], "people": ["amina", "boris"]},
        ],
        released=[
            {"session": "c", "room": "siemens", "start": f"{MONDAY}T11:00"},
            {"session": "gone", "room": "siemens", "start": f"{MONDAY}T11:00"},
        ],
    )

    report = checked(
        asked,
        [
            place("a", "09:00"),
            place("b", "09:30", "siemens"),
            place("c", "15:00", "siemens"),
        ],
    )

    assert plain_counts(report.soft) == {
        "seats_over": 30,  # 80 people, 50 seats
        "wrong_day": 2,  # a: neither Tuesday nor afternoon
        "same_track_parallel": 1,  # a and b, one pair though two tracks
        "popular_parallel": 0.15,  # 0.5 x 0.3
        # C1: 3 sessions over 2 days, 2 a day, 3 on Monday; C2: 2 over 2, 1 a day, 2
        "track_spread": 2,
        "room_change": 2,  # C1 and C2 on Monday: two rooms each
        "changed_since_release": 2,  # amina and boris
    }
    # 30 + 2 x 4 + 3 + 0.15 x 2 + 2 + 2 + 2 x 10
    assert plain_cost(report.price) == 65.3


def test_a_weight_of_nothing_switches_a_constraint_off() -> None:
    asked = problem(
        sessions=[HOUR | {"id": "a", "prefers": {"half": "afternoon"}}],
        weights={"wrong_day": 0},
    )

    report = checked(asked, [place("a", "09:00")])

    assert (report.soft, report.price) == ({}, 0)


def test_remote_people_are_counted_by_their_own_clock() -> None:
    # Zurich 09:00 in July is 07:00 UTC: 16:00 in Tokyo, 12:45 in Kathmandu, 00:00 in
    # Los Angeles. 15:00-16:00 is 22:00-23:00 in Tokyo, 06:00-07:00 in Los Angeles.
    people: list[dict[str, Any]] = [
        {"id": "tokyo", "timezone": "Asia/Tokyo", "remote": True},
        {"id": "kathmandu", "timezone": "Asia/Kathmandu", "remote": True},
        {"id": "angeles", "timezone": "America/Los_Angeles", "remote": True},
        {"id": "here", "timezone": "America/Los_Angeles"},
        {"id": "nowhere", "remote": True},
    ]
    everybody = [person["id"] for person in people]
    asked = problem(
        days=TWO_DAYS, people=people, sessions=[HOUR | {"id": "a", "people": everybody}]
    )

    counts = {
        clock: plain_counts(checked(asked, [place("a", clock)]).soft)
        for clock in ("09:00", "14:00", "15:00", "16:00")
    }

    assert counts == {
        "09:00": {"unsocial_hours": 1},
        "14:00": {"unsocial_hours": 1},
        "15:00": {"unsocial_hours": 2},
        "16:00": {"unsocial_hours": 1},
    }


def test_the_clock_of_a_remote_person_may_change_during_the_forum() -> None:
    # New York leaves summer time on 7 November 2027, Cairo on 28 October, Zurich on 31
    # October: 13:00 in Zurich is 08:00 on 5 November and 07:00 on 8 November.
    asked = problem(
        days=[
            {"date": on, "opens": "09:00", "closes": "18:00"}
            for on in ("2027-11-05", "2027-11-08")
        ],
        people=[{"id": "p", "timezone": "America/New_York", "remote": True}],
        sessions=[HOUR | {"id": "a", "people": ["p"]}],
    )

    def count(on: str) -> dict[str, Any]:
        return plain_counts(checked(asked, [place("a", "12:00", on=on)]).soft)

    assert (count("2027-11-05"), count("2027-11-08")) == ({}, {"unsocial_hours": 1})


def test_hours_that_the_clock_leaves_out_or_repeats_are_no_hours() -> None:
    # Zurich: 28 March 2027, 02:00 to 03:00 does not exist; 31 October, it is twice.
    for on in ("2027-03-28", "2027-10-31"):
        asked = problem(
            days=[{"date": on, "opens": "00:00", "closes": "06:00"}],
            sessions=[HOUR | {"id": "a"}],
        )

        found = {
            clock: rules(checked(asked, [place("a", clock, on=on)]))
            for clock in ("01:00", "01:30", "02:00", "03:00")
        }

        assert found == {
            "01:00": [],
            "01:30": [("outside_day", ("a",))],
            "02:00": [("outside_day", ("a",))],
            "03:00": [],
        }


def test_a_day_that_is_named_nowhere_is_outside() -> None:
    asked = problem(sessions=[HOUR | {"id": "a"}])

    assert rules(checked(asked, [place("a", "10:00", on=THURSDAY)])) == [
        ("outside_day", ("a",))
    ]
