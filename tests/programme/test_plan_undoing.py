"""The button that undoes says what it undoes."""

from __future__ import annotations

import pytest
from django.test import Client

from montada.programme.models import Plan
from montada.programme.tasks import solve_plans
from tests.factories.edition import make_secretary
from tests.factories.planning import an_edition_to_plan

pytestmark = pytest.mark.django_db

PLANS = "/en/programme/2027/timetable/"


@pytest.fixture
def plan(client: Client) -> Plan:
    client.force_login(make_secretary())
    return an_edition_to_plan(2)[2]


def press(client: Client, plan: Plan, action: str, **values: object) -> str:
    """Press a button, and return what the one that undoes says then."""
    plan.refresh_from_db()
    sent = {"action": action, "revision": plan.revision, **values}
    client.post(f"{PLANS}{plan.pk}/change/?day=2027-07-05", sent)
    board = client.get(f"{PLANS}{plan.pk}/").content.decode()
    button = board.split('value="undo"')[1].split("</button>")[0]
    return button.split(">")[1].translate({0x2068: None, 0x2069: None})


def test_it_names_the_change_of_one_session(client: Client, plan: Plan) -> None:
    room = plan.edition.rooms.all()[0].pk
    place = {"session": "s1", "room": room, "start": "2027-07-05T10:00"}
    moving = press(client, plan, "place", **place)
    title = moving.removeprefix("Undo: moving “").removesuffix("”")
    assert moving == f"Undo: moving “{title}”"
    assert press(client, plan, "lock", session="s1") == f"Undo: locking “{title}”"
    assert press(client, plan, "unlock", session="s1") == f"Undo: unlocking “{title}”"
    assert press(client, plan, "unplace", session="s1") == f"Undo: taking out “{title}”"
    assert press(client, plan, "undo") == f"Undo: unlocking “{title}”"
    swap = {"session": "s1", "other": "s2"}
    assert press(client, plan, "swap", **swap) == "Undo: moving 2 sessions"


def test_it_counts_what_the_solver_placed(client: Client, plan: Plan) -> None:
    press(client, plan, "solve", seconds=5, seed=1, iterations=10)
    solve_plans.func()
    board = client.get(f"{PLANS}{plan.pk}/").content.decode()
    assert ">Undo: solving (2 sessions)</button>" in board
    assert press(client, plan, "undo") == "Undo my last change"
