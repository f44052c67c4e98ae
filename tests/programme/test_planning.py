"""An edition's rows as the problem of a timetable: checked by hand."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest

from montada.language.engine.text import LocalizedText
from montada.programme import queries
from montada.programme.engine.timetable.problem import Placement as Placed
from montada.programme.models import (
    Availability,
    Bookmark,
    Placement,
    ProgrammeRules,
    RoomDetails,
    Series,
)
from montada.programme.queries.hours import NoDays
from tests.factories.edition import make_edition, make_room
from tests.factories.participation import make_person
from tests.factories.planning import (
    an_edition_to_plan,
    clock,
    lines_of,
    make_speaker,
    seat,
    session_of,
)
from tests.factories.programme import make_kind, make_plan, make_planned, make_released

pytestmark = pytest.mark.django_db


def local(hour: int, minute: int = 0, day: int = 5) -> datetime:
    return datetime.combine(date(2027, 7, day), time(hour, minute))


def test_days_have_the_hours_and_breaks_of_the_edition() -> None:
    edition, _rooms, plan = an_edition_to_plan()
    ProgrammeRules.objects.create(
        edition=edition,
        opens=time(9, 30),
        closes=time(17),
        breaks=[["13:00", "14:00"]],
        hours={"2027-07-06": ["10:00", "12:00"], "2027-07-07": []},
        unit_minutes=30,
        weights={"seats_over": 2.5},
        levels={},
    )

    problem = queries.problem_of(plan)

    # Five days from Monday 5 to Friday 9 July, of which Wednesday is closed.
    assert [(day.on.day, day.opens, day.closes) for day in problem.days] == [
        (5, local(9, 30), local(17)),
        (6, local(10, day=6), local(12, day=6)),
        (8, local(9, 30, day=8), local(17, day=8)),
        (9, local(9, 30, day=9), local(17, day=9)),
    ]
    assert problem.days[0].breaks == ((local(13), local(14)),)
    assert problem.unit_minutes == 30
    assert problem.weights["seats_over"] == 2_500
    assert problem.weights["wrong_day"] == 4_000


def test_hours_that_the_clock_skips_are_a_break() -> None:
    edition = make_edition(
        starts_on=date(2027, 3, 28), ends_on=date(2027, 3, 28), timezone="Europe/Zurich"
    )
    ProgrammeRules.objects.create(edition=edition, opens=time(0), closes=time(6))

    (day,) = queries.problem_of(make_plan(edition)).days

    two, three = (datetime.combine(day.on, time(hour)) for hour in (2, 3))
    assert day.breaks == ((two, three),)


def test_an_edition_without_days_is_refused_in_words() -> None:
    plan = make_plan(make_edition(starts_on=None, ends_on=None))

    with pytest.raises(NoDays) as refused:
        queries.problem_of(plan)

    assert "set its first and last day" in str(refused.value)


def test_a_room_has_its_seats_its_features_its_hours_and_its_closed_times() -> None:
    edition, (large, _small), plan = an_edition_to_plan()
    link = make_room(edition, "Link", is_online=True, seats=5, order=3)
    RoomDetails.objects.create(
        room=large,
        features=["screen"],
        n_booths=2,
        hours={"2027-07-05": ["10:00", "16:00"], "2027-07-06": []},
        closed=[["2027-07-07T12:00", "2027-07-07T14:00"], ["broken"]],
    )

    first, second, third = queries.problem_of(plan).rooms

    assert (first.id, first.seats) == (str(large.pk), 100)
    assert first.features == {"screen", "interpretation", "on_site"}
    assert first.opens is not None
    assert first.opens[0] == (local(10), local(16))
    # Tuesday is closed; the other three days are as the edition's.
    assert [start.day for start, _end in first.opens] == [5, 7, 8, 9]
    assert first.closed == ((local(12, day=7), local(14, day=7)),)
    assert second.opens is None
    assert second.features == {"on_site"}
    assert (third.id, third.seats) == (str(link.pk), None)
    assert third.features == {"remote"}


def test_people_have_the_hours_in_which_they_can_come_on_the_forums_clock() -> None:
    edition, _rooms, plan = an_edition_to_plan()
    omar = make_speaker("Omar", timezone="Africa/Cairo")
    lina, adam = make_speaker("Lina", timezone="Nowhere/None"), make_speaker("Adam")
    seat(session_of(1), omar, lina, is_remote=True)
    seat(session_of(2), lina)
    seat(session_of(2), adam, state="declined")
    Availability.objects.create(
        edition=edition, speaker=omar, starts_at=clock(9), ends_at=clock(11)
    )

    people = {person.id: person for person in queries.problem_of(plan).people}

    assert people.keys() == {"omar", "lina"}
    assert people["omar"].available == ((local(9), local(11)),)
    assert (people["omar"].remote, str(people["omar"].zone)) == (True, "Africa/Cairo")
    # She is in Geneva for another session.
    assert (people["lina"].remote, people["lina"].zone) == (False, None)
    assert people["lina"].available is None


def test_a_session_brings_what_it_needs_and_wishes() -> None:
    edition, _rooms, plan = an_edition_to_plan(1)
    kind = make_kind(
        edition, "high_level", minutes=90, needs=["interpretation"], audience=200
    )
    session = make_planned(
        edition,
        "High level",
        slug="high",
        kind=kind,
        minutes=None,
        needs=["screen"],
        mode="virtual",
        wishes={"days": ["2027-07-06", "never"], "half": "morning"},
    )
    session.action_lines.set(lines_of("C2", "C7-ehealth"))

    made = {s.id: s for s in queries.problem_of(plan).sessions}["high"]

    assert (made.minutes, made.audience, made.kind) == (90, 200, "high_level")
    assert made.needs == {"interpretation", "screen"}
    assert made.tracks == {"C2", "C7-ehealth"}
    assert made.wanted_days == {date(2027, 7, 6)}
    assert made.wanted_half == "morning"


def test_what_has_no_hour_of_its_own_is_not_placed() -> None:
    edition, _rooms, plan = an_edition_to_plan(1)
    make_planned(edition, "Stand", kind=make_kind(edition, "stand", is_stand=True))
    make_planned(edition, "Gone", is_cancelled=True)

    assert [s.id for s in queries.problem_of(plan).sessions] == ["s1"]


def test_parts_of_a_series_follow_each_other_and_others_do_not_meet() -> None:
    edition, _rooms, plan = an_edition_to_plan(5)
    title = LocalizedText.of("en", "Series")
    ordered = Series.objects.create(edition=edition, title=title)
    loose = Series.objects.create(edition=edition, title=title, is_in_order=False)
    for number, part, series in (
        (1, 2, ordered),
        (2, 1, ordered),
        (3, 3, ordered),
        (4, 1, loose),
        (5, 2, loose),
    ):
        session = session_of(number)
        session.series, session.part = series, part
        session.save()

    made = {s.id: (s.after, s.not_with) for s in queries.problem_of(plan).sessions}

    assert made == {
        "s1": (("s2",), ("s3",)),
        "s2": ((), ("s1", "s3")),
        "s3": (("s1",), ("s2",)),
        "s4": ((), ("s5",)),
        "s5": ((), ("s4",)),
    }


def test_popularity_is_the_share_of_people_who_want_it() -> None:
    _edition, _rooms, plan = an_edition_to_plan(2)
    people = [make_person(email=f"p{n}@example.org") for n in range(10)]
    for number, person in enumerate(people):
        Bookmark.objects.create(person=person, session=session_of(1), made_at=clock(9))
        if number < 3:
            Bookmark.objects.create(
                person=person, session=session_of(2), made_at=clock(9)
            )

    # All ten of ten, and three of ten, in hundredths.
    assert [s.popular for s in queries.problem_of(plan).sessions] == [100, 30]

    people[9].bookmarks.all().delete()

    # Nine people say nothing of what many want.
    assert [s.popular for s in queries.problem_of(plan).sessions] == [0, 0]


def test_what_is_locked_is_fixed_and_what_was_released_is_known() -> None:
    edition, (large, small), plan = an_edition_to_plan(1)
    make_released(edition, "Opening", slug="opening", room=small)
    Placement.objects.create(
        plan=plan, session=session_of(1), room=large, starts_at=clock(10, 30)
    )

    assert queries.problem_of(plan).sessions[0].fixed_start is None

    Placement.objects.update(is_locked=True)
    problem = queries.problem_of(plan)

    assert problem.sessions[0].fixed_start == local(10, 30)
    assert problem.sessions[0].fixed_room == str(large.pk)
    assert problem.released == (Placed("opening", str(small.pk), local(9)),)
    assert queries.problem_of(plan, pins=False).sessions[0].fixed_start is None
    assert queries.placements_of_plan(plan, problem) == (
        Placed("s1", str(large.pk), local(10, 30)),
    )


@pytest.mark.parametrize("n_sessions", [1, 3])
def test_the_problem_takes_as_many_queries_for_many_sessions_as_for_one(
    n_sessions: int, django_assert_num_queries: Any
) -> None:
    _edition, _rooms, plan = an_edition_to_plan(n_sessions)
    for number in range(1, n_sessions + 1):
        seat(session_of(number), make_speaker(f"Speaker {number}"))
    plan = queries.plan_of(plan.edition, plan.pk)  # type: ignore[assignment]

    with django_assert_num_queries(12):
        queries.problem_of(plan)
