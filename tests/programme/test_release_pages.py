"""Releasing on its page: what is published is what was read there."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from montada.language.engine.text import LocalizedText
from montada.programme import operations, queries
from montada.programme.models import Placement, Plan, Release, Session
from tests.factories.edition import make_secretary
from tests.factories.planning import an_edition_to_plan, clock, session_of

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
PAGE = "/en/programme/2027/release/"
TOLD = "This is not the release you read"


@pytest.fixture
def plan() -> Plan:
    """Two sessions, one of which has a place."""
    _edition, rooms, plan = an_edition_to_plan(2)
    put(plan, 1, rooms[0], 9)
    return plan


@pytest.fixture
def salma(client: Client) -> Client:
    """The secretariat's browser."""
    client.force_login(make_secretary())
    return client


def put(plan: Plan, number: int, room: Any, hour: int) -> None:
    session = session_of(number)
    Placement.objects.create(
        plan=plan, session=session, room=room, starts_at=clock(hour)
    )


def text(response: Any) -> str:
    words: str = response.content.decode()
    return words


def seen_on(page: str) -> str:
    (number,) = re.findall(r'name="seen" value="(\d+)"', page)
    return str(number)


def another_plan_is_current(plan: Plan) -> None:
    other = operations.begin_plan(
        edition=plan.edition, name="Other", copy_of=plan, made_by=None, at=NOW
    )
    operations.make_current(plan=other, made_by=None, at=NOW)


def another_session_is_placed(plan: Plan) -> None:
    put(plan, 2, plan.edition.rooms.all()[1], 11)


def a_session_is_called_otherwise(_plan: Plan) -> None:
    Session.objects.filter(slug="s1").update(title=LocalizedText.of("en", "Wells"))


def it_was_released(plan: Plan) -> None:
    operations.release_plan(plan=plan, released_by=None, at=NOW)
    another_session_is_placed(plan)


@pytest.mark.parametrize(
    "meanwhile",
    [
        another_plan_is_current,
        another_session_is_placed,
        a_session_is_called_otherwise,
        it_was_released,
    ],
)
def test_what_nobody_read_is_not_released(
    plan: Plan, salma: Client, meanwhile: Callable[[Plan], None]
) -> None:
    old = seen_on(text(salma.get(PAGE)))
    meanwhile(plan)
    n_before = Release.objects.count()

    refused = salma.post(PAGE, {"note": "At last", "seen": old})

    assert refused.status_code == 409
    assert TOLD in text(refused)
    assert Release.objects.count() == n_before
    # The page shows what would be released now, and keeps the note.
    assert "At last" in text(refused)
    again = {"note": "At last", "seen": seen_on(text(refused))}
    assert salma.post(PAGE, again).status_code == 302
    assert Release.objects.count() == n_before + 1


def test_what_was_read_is_released_whatever_happens_elsewhere(
    plan: Plan, salma: Client
) -> None:
    read = seen_on(text(salma.get(PAGE)))
    operations.begin_plan(edition=plan.edition, name="B", made_by=None, at=NOW)

    assert salma.post(PAGE, {"note": "", "seen": read}).status_code == 302
    assert len(queries.releases_of(plan.edition)) == 1


def test_a_session_that_only_ends_later_is_not_called_moved(
    plan: Plan, client: Client
) -> None:
    operations.release_plan(plan=plan, released_by=None, at=NOW)
    Session.objects.filter(slug="s1").update(minutes=90)
    another_session_is_placed(plan)
    operations.release_plan(plan=plan, released_by=None, at=NOW)
    Placement.objects.filter(session__slug="s1").update(starts_at=clock(10))
    operations.release_plan(plan=plan, released_by=None, at=NOW)

    longer, moved = (
        re.findall(
            r'class="tag">([^<]+)<',
            text(client.get(f"/en/programme/2027/releases/{n}/")),
        )
        for n in (2, 3)
    )

    assert (longer, moved) == (["ends at another hour", "new"], ["moved"])
