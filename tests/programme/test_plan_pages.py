"""The timetable's pages: plans side by side, a day of one, what is pressed there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from montada.edition.models import Edition, Room
from montada.programme import operations
from montada.programme.models import (
    Placement,
    Plan,
    ProgrammeRules,
    SolverRun,
)
from montada.programme.tasks import solve_plans
from tests.factories.edition import make_outsider, make_secretary
from tests.factories.planning import an_edition_to_plan, clock, session_of

pytestmark = pytest.mark.django_db

PLANS = "/en/programme/2027/timetable/"


@pytest.fixture
def forum() -> tuple[Edition, list[Room], Plan]:
    return an_edition_to_plan(2)


@pytest.fixture
def plan(forum: tuple[Edition, list[Room], Plan]) -> Plan:
    return forum[2]


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(make_secretary())
    return client


def put(plan: Plan, number: int, hour: int = 9, **values: Any) -> None:
    Placement.objects.create(
        plan=plan,
        session=session_of(number),
        room=plan.edition.rooms.all()[0],
        starts_at=clock(hour),
        **values,
    )


def press(client: Client, plan: Plan, action: str, **values: Any) -> Any:
    """Press a button as the page sends it; with `script=True` as its script does."""
    headers = {"X-Timetable": "1"} if values.pop("script", False) else {}
    return client.post(
        f"{PLANS}{plan.pk}/change/?day=2027-07-05",
        {"action": action, "revision": plan.revision, **values},
        headers=headers,
    )


def text(response: Any) -> str:
    return str(response.content.decode())


def test_only_the_secretariat_sees_plans(client: Client, plan: Plan) -> None:
    assert client.get(PLANS).status_code == 302
    client.force_login(make_outsider())
    for address in (
        PLANS,
        f"{PLANS}{plan.pk}/",
        f"{PLANS}{plan.pk}/state/",
        f"{PLANS}rooms/",
    ):
        assert client.get(address).status_code == 403
    assert press(client, plan, "undo").status_code == 403


def test_what_is_not_there_is_not_found(secretary: Client, plan: Plan) -> None:
    other = f"{PLANS}{plan.pk + 1}/"
    for address in (
        other,
        f"{other}state/",
        f"{other}conflicts/",
        f"{PLANS}99999999999999999999/",
    ):
        assert secretary.get(address).status_code == 404
    assert secretary.get(f"{PLANS}{plan.pk}/conflicts/?session=none").status_code == 404
    assert press(secretary, plan, "explode").status_code == 404
    assert press(secretary, plan, "unplace", session="none").status_code == 404


def test_plans_lie_side_by_side_with_what_each_costs(
    secretary: Client, plan: Plan
) -> None:
    put(plan, 1)
    response = secretary.post(PLANS, {"name": "Second try", "copy_of": plan.pk})
    second = Plan.objects.get(name="Second try")
    assert response["Location"] == f"{PLANS}{second.pk}/"

    page = text(secretary.get(PLANS))

    assert "Second try" in page
    # One of two sessions is left out of both: 1,000 each.
    assert page.count("<strong>1,000</strong>") == 2
    assert secretary.post(PLANS, {"name": "\x00"}).status_code == 200
    assert secretary.post(PLANS, {"name": "A", "copy_of": "x"}).status_code == 200
    secretary.post(f"{PLANS}{second.pk}/remove/")
    secretary.post(f"{PLANS}{plan.pk}/remove/")
    assert list(Plan.objects.all()) == [plan]


def test_a_day_of_a_plan_shows_its_sessions_and_who_has_no_place(
    secretary: Client, plan: Plan
) -> None:
    put(plan, 1)

    first = text(secretary.get(f"{PLANS}{plan.pk}/"))
    other = text(secretary.get(f"{PLANS}{plan.pk}/?day=2027-07-06&room_shown=junk"))

    # From 9 to 18 in quarters: 36 rows, of which an hour's session takes four.
    assert first.count("<tr data-at=") == 36
    assert 'rowspan="4"' in first
    assert first.index('data-session="s1"') < first.index('id="unplaced"')
    assert first.index('data-session="s2"') > first.index('id="unplaced"')
    assert 'data-session="s1"' not in other
    assert "1 of 2 sessions have a place." in first
    assert "Nothing keeps it out." in first


def test_sessions_that_overlap_in_a_room_share_a_stretch(
    secretary: Client, plan: Plan
) -> None:
    put(plan, 1)
    Placement.objects.create(
        plan=plan,
        session=session_of(2),
        room=plan.edition.rooms.all()[0],
        starts_at=clock(9, 30),
    )

    page = text(secretary.get(f"{PLANS}{plan.pk}/"))

    # 9:00 to 10:30 in quarters.
    assert 'rowspan="6"' in page
    assert "Cannot be" in page


def test_hours_beyond_the_day_are_shown_where_something_is_there(
    secretary: Client, plan: Plan
) -> None:
    ProgrammeRules.objects.create(edition=plan.edition, unit_minutes=30)
    Placement.objects.create(
        plan=plan,
        session=session_of(1),
        room=plan.edition.rooms.all()[0],
        starts_at=clock(7, 45),
    )

    page = text(secretary.get(f"{PLANS}{plan.pk}/"))

    # From 7:30 on; 7:45 to 8:45 lies in three half hours.
    assert 'data-at="2027-07-05T07:30"' in page
    assert 'data-at="2027-07-05T07:00"' not in page
    assert 'rowspan="3"' in page


def test_one_room_alone_can_be_shown(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    _edition, rooms, plan = forum

    page = text(secretary.get(f"{PLANS}{plan.pk}/?room_shown={rooms[1].pk}"))

    assert page.count('<th scope="col" data-room=') == 1
    assert f'data-room="{rooms[1].pk}"' in page


def test_without_a_script_a_session_is_placed_by_its_form(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    _edition, rooms, plan = forum
    form = text(secretary.get(f"{PLANS}{plan.pk}/?session=s1"))
    assert 'name="start"' in form
    # Its own form, and those to undo, to solve, and to rename.
    assert form.count(f'action="{PLANS}{plan.pk}/change/?day=2027-07-05"') == 4

    response = press(
        secretary,
        plan,
        "place",
        session="s1",
        room=rooms[1].pk,
        start="2027-07-05T10:00",
    )

    assert response["Location"] == f"{PLANS}{plan.pk}/?day=2027-07-05"
    row = plan.placements.get()
    assert (row.room, row.starts_at) == (rooms[1], clock(10))
    page = text(secretary.get(response["Location"]))
    assert "is in its new place" in page

    for action, words in (
        ("lock", "is locked"),
        ("unlock", "is unlocked"),
        ("unplace", "has no place now"),
        ("undo", "is undone"),
    ):
        response = press(secretary, plan, action, session="s1")
        assert words in text(secretary.get(response["Location"]))


def test_sessions_change_places_by_a_button(secretary: Client, plan: Plan) -> None:
    put(plan, 1)

    press(secretary, plan, "swap", session="s1", other="s2")

    assert plan.placements.get().session == session_of(2)


def test_a_script_is_handed_the_table_anew_or_the_refusal(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    _edition, rooms, plan = forum
    put(plan, 1)
    where = {"room": rooms[0].pk, "start": "2027-07-05T09:30", "script": True}

    refused = press(secretary, plan, "place", session="s2", **where)
    unread = press(secretary, plan, "place", session="s2", room="x", script=True)
    moved = press(
        secretary, plan, "place", session="s1", **where | {"room": rooms[1].pk}
    )

    assert refused.status_code == 409
    assert "It cannot be there." in text(refused)
    assert (unread.status_code, "could not be read" in text(unread)) == (409, True)
    assert moved.status_code == 200
    assert 'data-revision="1"' in text(moved)
    assert "<html" not in text(moved)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("start", "yesterday"),
        ("start", "9999999-01-01T00:00"),
        ("start", "\x00"),
        ("room", "99999999999999999999"),
        ("room", ""),
        ("revision", "9" * 40),
        ("revision", "-1"),
        ("session", "\x00"),
        ("session", "\u202e" * 1_000),
    ],
)
def test_whatever_is_sent_is_answered_in_words(
    secretary: Client,
    forum: tuple[Edition, list[Room], Plan],
    name: str,
    value: str,
) -> None:
    _edition, rooms, plan = forum
    sent = {"session": "s1", "room": rooms[0].pk, "start": "2027-07-05T10:00"}

    response = press(secretary, plan, "place", **(sent | {name: value}))

    assert response.status_code == (
        404 if name == "session" else 302 if name == "revision" else 409
    )


def test_what_a_place_would_mean_is_asked_while_one_moves(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    _edition, rooms, plan = forum
    put(plan, 1)
    asked = (
        f"{PLANS}{plan.pk}/conflicts/?session=s2&room={rooms[0].pk}&start=2027-07-05T"
    )

    met = secretary.get(f"{asked}09:30").json()
    free = secretary.get(f"{asked}10:00").json()

    nowhere = secretary.get(asked.replace("2027-07-05T", "9999-12-31T23:55"))

    assert nowhere.status_code == 400
    assert [one["level"] for one in met["conflicts"]] == ["cannot"]
    assert met["conflicts"][0]["words"].startswith("Cannot be: ")
    assert (free["conflicts"], free["none"]) == ([], "No conflict.")
    assert free["place"] == (
        "“\u2068Session 2\u2069”: \u2068Room 1\u2069, Mon 5 Jul, 10:00."
    )
    assert secretary.get(f"{asked}25:00").status_code == 400


def test_others_see_what_was_changed_since_they_looked(
    secretary: Client, forum: tuple[Edition, list[Room], Plan], now: datetime
) -> None:
    _edition, rooms, plan = forum
    tarek = make_secretary("tarek@example.org")
    operations.place(
        plan=plan,
        session=session_of(1),
        room=rooms[0],
        starts_at=clock(9),
        revision=0,
        changed_by=tarek,
        at=now,
    )

    state = secretary.get(f"{PLANS}{plan.pk}/state/?revision=0").json()

    assert state == {
        "revision": 1,
        "changes": [
            "\u2068Salma\u2069: “\u2068Session 1\u2069” was put here: "
            "\u2068Room 1\u2069, Mon 5 Jul, 09:00."
        ],
        "solving": False,
    }
    for seen in ("1", "", "x", "9" * 50):
        state = secretary.get(f"{PLANS}{plan.pk}/state/?revision={seen}").json()
        assert state["changes"] == []
    client = Client()
    client.force_login(tarek)
    assert client.get(f"{PLANS}{plan.pk}/state/?revision=0").json()["changes"] == []


def test_the_worker_solves_what_the_page_asks_for(
    secretary: Client, plan: Plan, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        press(secretary, plan, "solve", seconds=5, seed=1, iterations=10)

    assert DBTaskResult.objects.get().task_path == "montada.programme.tasks.solve_plans"
    page = text(secretary.get(f"{PLANS}{plan.pk}/"))
    assert "The solver is at work on this plan" in page
    assert press(secretary, plan, "undo").status_code == 409

    solve_plans.func()

    assert SolverRun.objects.get().fault == ""
    assert "2 of 2 sessions have a place." in text(secretary.get(f"{PLANS}{plan.pk}/"))
    assert press(secretary, plan, "solve", seconds=0, seed=1).status_code == 409
    assert press(secretary, plan, "solve", seconds="x", seed="").status_code == 409


def test_a_run_is_stopped_by_a_button(secretary: Client, plan: Plan) -> None:
    press(secretary, plan, "solve", seconds=5, seed=1)

    press(secretary, plan, "stop")

    assert SolverRun.objects.get().done_at is not None


def test_a_plan_is_renamed_and_made_current(secretary: Client, plan: Plan) -> None:
    other = Plan.objects.create(
        edition=plan.edition, name="Other", made_at=plan.made_at
    )

    press(secretary, other, "rename", name="\u202eBetter")
    press(secretary, other, "make_current")

    assert Plan.objects.get(is_current=True).name == "Better"
    assert press(secretary, other, "rename", name=" ").status_code == 409


def test_an_edition_without_days_or_rooms_says_so(
    secretary: Client, plan: Plan
) -> None:
    plan.edition.rooms.all().delete()
    assert "This edition has no room yet." in text(secretary.get(f"{PLANS}{plan.pk}/"))

    Edition.objects.update(starts_on=None, ends_on=None)
    response = secretary.get(f"{PLANS}{plan.pk}/")
    assert response.status_code == 409
    assert "set its first and last day" in text(response)


@pytest.mark.parametrize("n_sessions", [1, 3])
def test_pages_take_as_many_queries_for_many_sessions_as_for_one(
    client: Client, n_sessions: int, django_assert_num_queries: Any
) -> None:
    _edition, _rooms, plan = an_edition_to_plan(n_sessions + 1)
    for number in range(1, n_sessions + 1):
        put(plan, number, hour=8 + number)
    client.force_login(make_secretary())
    client.get(f"{PLANS}{plan.pk}/")

    # Nothing is remembered inside the transaction of a test.
    with django_assert_num_queries(26):
        client.get(f"{PLANS}{plan.pk}/")
    with django_assert_num_queries(25):
        client.get(
            f"{PLANS}{plan.pk}/conflicts/?session=s1&room=1&start=2027-07-05T09:00"
        )
