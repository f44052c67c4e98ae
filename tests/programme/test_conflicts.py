"""What is in the way of a plan: each rule by hand, its level, and its words."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.utils import translation

from montada.edition.models import Edition, Room
from montada.programme import queries
from montada.programme.engine.warnings import warnings_of
from montada.programme.models import (
    Availability,
    Bookmark,
    Placement,
    Plan,
    ProgrammeRules,
    RoomDetails,
    Session,
)
from tests.factories.participation import make_person
from tests.factories.planning import (
    an_edition_to_plan,
    clock,
    lines_of,
    make_speaker,
    seat,
    session_of,
)

pytestmark = pytest.mark.django_db

Forum = tuple[Edition, list[Room], Plan]


@pytest.fixture
def forum() -> Forum:
    return an_edition_to_plan(3)


def put(
    forum: Forum, number: int, room: int, hour: int, minute: int = 0, **when: Any
) -> None:
    _edition, rooms, plan = forum
    Placement.objects.update_or_create(
        plan=plan,
        session=session_of(number),
        defaults={
            "room": rooms[room - 1],
            "starts_at": clock(hour, minute, **when),
        },
    )


def told(plan: Plan) -> list[tuple[str, str]]:
    """Level and words, without the marks that keep titles apart."""
    return [
        (one.level, one.words.replace("\u2068", "").replace("\u2069", ""))
        for one in queries.conflicts_of(plan)
    ]


def change(number: int, **values: Any) -> None:
    Session.objects.filter(slug=f"s{number}").update(**values)


def test_a_plan_in_order_has_no_conflict(forum: Forum) -> None:
    put(forum, 1, 1, 9)
    put(forum, 2, 1, 10)
    put(forum, 3, 2, 9)

    assert told(forum[2]) == []


def test_rules_that_bind_are_told_by_level_the_heaviest_first(forum: Forum) -> None:
    edition, rooms, plan = forum
    omar = make_speaker("Omar")
    seat(session_of(1), omar)
    seat(session_of(2), omar)
    Availability.objects.create(
        edition=edition, speaker=omar, starts_at=clock(9), ends_at=clock(12)
    )
    RoomDetails.objects.create(
        room=rooms[1], closed=[["2027-07-05T11:00", "2027-07-05T12:00"]]
    )
    change(1, needs=["interpretation"])
    put(forum, 1, 1, 11, 30)
    put(forum, 2, 2, 11, 30)
    put(forum, 3, 1, 17, 30)

    assert told(plan) == [
        (
            "cannot",
            "The room Room 2 is not open all the time from Mon 5 Jul, 11:30 to 12:30, "
            "for Session 2.",
        ),
        (
            "cannot",
            "Session 3, from Mon 5 Jul, 17:30 to 18:30, is outside the hours of the "
            "day.",
        ),
        ("not_released", "The room Room 1 lacks what Session 1 needs: Interpretation."),
        (
            "not_released",
            "Omar is not available all the time from Mon 5 Jul, 11:30 to 12:30, for "
            "Session 1.",
        ),
        (
            "not_released",
            "Omar is not available all the time from Mon 5 Jul, 11:30 to 12:30, for "
            "Session 2.",
        ),
        ("not_released", "Omar would be in Session 1 and in Session 2 at one time."),
    ]


def test_what_should_not_be_is_a_warning(forum: Forum) -> None:
    _edition, _rooms, plan = forum
    change(1, audience=150, wishes={"days": ["2027-07-06"], "half": "afternoon"})
    for number in (1, 2):
        session_of(number).action_lines.set(lines_of("C2"))
    seat(session_of(2), make_speaker("Mei", timezone="Asia/Tokyo"), is_remote=True)
    put(forum, 1, 1, 9)
    put(forum, 2, 2, 9, 30)

    line = str(session_of(1).action_lines.get().title.shown_to("en").text)
    assert told(plan) == [
        (
            "warning",
            "150 people are expected at Session 1; the room Room 1 seats 100.",
        ),
        ("warning", "Session 1 is wanted on another day: Tue 6 Jul."),
        ("warning", "Session 1 is wanted at another time of day: Afternoon."),
        ("warning", f"Session 1 and Session 2 overlap, and are both about {line}."),
        # Two sessions over five days: evenly spread, one a day.
        (
            "warning",
            f"On Mon 5 Jul there are 2 sessions about {line}; evenly spread they "
            "would be 1 a day.",
        ),
        (
            "warning",
            f"On Mon 5 Jul the sessions about {line} are in several rooms: Room 1 and "
            "Room 2.",
        ),
    ]
    # 9:30 in Geneva is 16:30 in Tokyo; 16:00 there is 23:00.
    put(forum, 2, 2, 16)
    assert (
        "warning",
        "Session 2 is from Mon 5 Jul, 23:00 to Tue 6 Jul, 00:00 on the clock of Mei, "
        "who takes part from afar.",
    ) in told(plan)


def test_overlaps_are_named_where_many_want_both(forum: Forum) -> None:
    for number in range(10):
        person = make_person(email=f"p{number}@example.org")
        for session in (1, 2)[: 1 + (number < 2)]:
            Bookmark.objects.create(
                person=person, session=session_of(session), made_at=clock(9)
            )
    put(forum, 1, 1, 9)
    put(forum, 2, 2, 9)

    # All of ten want the one, two of ten the other: 0.2 of them both.
    assert told(forum[2]) == [
        ("warning", "Session 1 and Session 2 overlap; many want both.")
    ]


def test_what_was_released_elsewhere_is_said(forum: Forum) -> None:
    edition, rooms, plan = forum
    change(
        1,
        is_public=True,
        held_on=edition.starts_on,
        starts_at=time(14),
        room=rooms[1],
    )
    put(forum, 1, 1, 9)

    assert told(plan) == [
        (
            "warning",
            "Session 1 was released for Mon 5 Jul, 14:00, in the room Room 2.",
        )
    ]


def test_levels_are_the_editions_and_what_weighs_nothing_is_not_told(
    forum: Forum,
) -> None:
    edition, _rooms, plan = forum
    change(1, audience=150, wishes={"half": "afternoon"})
    ProgrammeRules.objects.create(
        edition=edition,
        levels={"seats_over": "cannot", "unheard_of": "cannot", "order": "?"},
        weights={"wrong_day": 0},
    )
    put(forum, 1, 1, 9)

    assert [one.level for one in queries.conflicts_of(plan)] == ["cannot"]
    assert queries.levels_of(edition)["order"] == "not_released"
    assert queries.conflicts_of(plan)[0].level_name == "Cannot be"


def test_a_move_is_told_what_it_would_meet_and_nothing_else(forum: Forum) -> None:
    _edition, rooms, plan = forum
    change(3, audience=150)
    put(forum, 1, 1, 9)
    put(forum, 2, 1, 11)
    put(forum, 3, 2, 9)

    def rules_met(hour: int, minute: int = 0) -> list[str]:
        found = queries.conflicts_of_move(
            plan, session_of(1), rooms[0], clock(hour, minute)
        )
        return [one.rule for one in found]

    assert rules_met(9) == []
    assert rules_met(10) == []
    assert rules_met(10, 30) == ["room_twice"]
    assert rules_met(17, 30) == ["outside_day"]


def test_why_a_session_has_no_place_is_told_from_the_plan_as_it_stands(
    forum: Forum,
) -> None:
    edition, rooms, plan = forum
    rooms[1].delete()
    put(forum, 2, 1, 9)
    omar = make_speaker("Omar")
    seat(session_of(1), omar)
    Availability.objects.create(
        edition=edition, speaker=omar, starts_at=clock(9), ends_at=clock(10)
    )

    # Session 3 fits in beside the other two.
    assert queries.reasons_in(queries.standing_of(plan)) == {
        "s1": ["\u2068Session 2\u2069 has the room \u2068Room 1\u2069."]
    }
    with translation.override("ar"):
        (words,) = queries.reasons_in(queries.standing_of(plan))["s1"]
    assert words != "\u2068Session 2\u2069 has the room \u2068Room 1\u2069."


def test_what_a_plan_is_worth_counts_conflicts_and_costs(forum: Forum) -> None:
    _edition, _rooms, plan = forum
    change(1, audience=150)
    put(forum, 1, 1, 9)
    put(forum, 2, 1, 9, 30)

    worth = queries.worth_of(plan)

    assert (worth.n_placed, worth.unplaced) == (2, ("s3",))
    assert worth.n_by_level == {"cannot": 1, "not_released": 0, "warning": 1}
    # 50 people without a seat at 1 each, and a session without a place at 1,000.
    assert (worth.cost, dict(worth.soft)) == (1_050, {"seats_over": 50})


def test_warnings_and_counts_are_of_the_same_misses(forum: Forum) -> None:
    _edition, _rooms, plan = forum
    change(1, audience=150, wishes={"days": ["2027-07-06"], "half": "afternoon"})
    put(forum, 1, 1, 9)
    problem = queries.problem_of(plan)
    placements = queries.placements_of_plan(plan, problem)

    rules = [finding.rule for finding in warnings_of(problem, placements)]

    assert rules == ["seats_over", "wrong_day", "wrong_half"]
    assert dict(queries.worth_of(plan).soft) == {"seats_over": 50, "wrong_day": 2}
