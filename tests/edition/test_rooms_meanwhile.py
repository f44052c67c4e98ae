"""Old pages of a room: what a colleague changed meanwhile is not undone unsaid."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.edition import operations
from montada.edition.engine.values import RoomPlan
from montada.edition.models import Edition, Room
from tests.factories.edition import make_edition, make_room, make_secretary, text

pytestmark = pytest.mark.django_db

TOLD = "Somebody has changed this room meanwhile."


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def room(edition: Edition) -> Room:
    return make_room(edition, "Popov room", seats=90)


@pytest.fixture
def salma(client: Client) -> Client:
    """The secretariat's browser."""
    client.force_login(make_secretary())
    return client


def seen_on(response: Any) -> str:
    (number,) = re.findall(r'name="seen" value="(\d+)"', response.content.decode())
    return str(number)


def known(room: Room) -> tuple[str, int | None, bool]:
    room.refresh_from_db()
    return str(room.name), room.seats, room.is_online


def it_is_called_otherwise(room: Room, at: datetime) -> None:
    operations.set_room(
        edition_id=room.edition_id,
        room=RoomPlan(name=text("Room A"), seats=90),
        room_id=room.pk,
        set_by=None,
        at=at,
    )


def the_edition_moves_online(room: Room, at: datetime) -> None:
    operations.move_online(edition_id=room.edition_id, moved_by=make_mover(), at=at)


def make_mover() -> Any:
    return make_secretary("mover@example.org")


@pytest.mark.parametrize(
    "meanwhile", [it_is_called_otherwise, the_edition_moves_online]
)
def test_an_old_page_does_not_undo_what_was_changed_since(
    salma: Client,
    room: Room,
    now: datetime,
    meanwhile: Callable[[Room, datetime], None],
) -> None:
    address = f"/en/editions/2027/manage/rooms/{room.pk}/"
    old = seen_on(salma.get(address))
    meanwhile(room, now)
    after_theirs = known(room)
    mine = {"name_en": "Popov room", "seats": "120", "order": "0"}

    refused = salma.post(address, mine | {"seen": old})

    assert refused.status_code == 409
    assert TOLD in refused.content.decode()
    assert known(room) == after_theirs
    # Whoever was told, and presses once more, means it.
    assert salma.post(address, mine | {"seen": seen_on(refused)}).status_code == 302
    assert known(room) == ("Popov room", 120, False)


def test_another_room_is_in_nobodys_way_and_a_new_one_asks_for_no_number(
    salma: Client, edition: Edition, room: Room, now: datetime
) -> None:
    other = make_room(edition, "Other")
    address = f"/en/editions/2027/manage/rooms/{room.pk}/"
    old = seen_on(salma.get(address))
    it_is_called_otherwise(other, now)

    mine = {"name_en": "Popov room", "seats": "120", "order": "0"}
    assert salma.post(address, mine | {"seen": old}).status_code == 302
    adding = salma.get("/en/editions/2027/manage/rooms/").content.decode()
    assert 'name="seen"' not in adding
