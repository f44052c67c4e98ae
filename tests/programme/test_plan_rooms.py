"""Rooms as the programme sees them: listed, set by a form, refused in words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from montada.edition import operations as editions
from montada.edition.engine.values import RoomPlan
from montada.edition.models import Edition, Room
from montada.programme.models import Plan, RoomDetails
from tests.factories.edition import make_secretary
from tests.factories.planning import an_edition_to_plan

pytestmark = pytest.mark.django_db

LIST = "/en/programme/2027/timetable/rooms/"


@pytest.fixture
def forum() -> tuple[Edition, list[Room], Plan]:
    return an_edition_to_plan(0)


@pytest.fixture
def secretary(client: Client) -> Client:
    client.force_login(make_secretary())
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


def test_rooms_are_listed_and_set(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    _edition, rooms, _plan = forum
    address = f"/en/programme/2027/rooms/{rooms[0].pk}/"
    facts = {
        "seats": "80",
        "layout": "theatre",
        "features": ["screen", "interpretation"],
        "n_booths": "3",
        "building": "Montbrillant",
        "floor": "2",
        "equipment": "Lectern\nTwo screens",
        "closed": "2027-07-06 16:00-18:00\n2027-07-05 12:30 – 13:30",
        "opens_2027-07-05": "10:00",
        "closes_2027-07-05": "17:00",
        "shut_2027-07-07": "on",
    }
    assert secretary.get(address).status_code == 200

    assert secretary.post(address, facts)["Location"] == LIST

    details = RoomDetails.objects.get()
    rooms[0].refresh_from_db()
    assert rooms[0].seats == 80
    assert (details.layout, details.n_booths, details.floor) == ("theatre", 3, "2")
    assert details.hours == {"2027-07-05": ["10:00", "17:00"], "2027-07-07": []}
    assert details.closed == [
        ["2027-07-05T12:30", "2027-07-05T13:30"],
        ["2027-07-06T16:00", "2027-07-06T18:00"],
    ]
    page = text(secretary.get(LIST))
    assert "Montbrillant" in page
    assert "Interpretation" in page
    form = text(secretary.get(address))
    assert "2027-07-05 12:30-13:30" in form
    assert 'value="10:00"' in form


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("seats", "-1", "greater than or equal to 0"),
        ("seats", "9" * 30, "less than or equal to"),
        ("n_booths", "many", "whole number"),
        ("layout", "swing", "Select a valid choice"),
        ("features", "<b>", "Select a valid choice"),
        ("building", "x" * 121, "at most 120 characters"),
        ("closed", "tomorrow", "is no date with two times"),
        ("closed", "9999-12-31 16:00-00:00", "is no date with two times"),
        ("closed", "2027-07-06 18:00-16:00", "would end before it begins"),
        ("closed", "2026-07-06 16:00-18:00", "is no day of this edition"),
        ("closes_2027-07-05", "08:00", "would close before it opens"),
        ("closes_2027-07-05", "", "Say both"),
    ],
)
def test_rooms_that_cannot_be_are_refused_in_words(
    secretary: Client,
    forum: tuple[Edition, list[Room], Plan],
    field: str,
    value: str,
    words: str,
) -> None:
    _edition, rooms, _plan = forum
    facts = {"n_booths": "0", "opens_2027-07-05": "09:00", "closes_2027-07-05": "17:00"}

    response = secretary.post(
        f"/en/programme/2027/rooms/{rooms[0].pk}/", facts | {field: value}
    )

    assert words in text(response)
    assert not RoomDetails.objects.exists()
    assert secretary.get("/en/programme/2027/rooms/999999/").status_code == 404


def test_an_old_page_does_not_open_what_a_colleague_closed(
    secretary: Client, forum: tuple[Edition, list[Room], Plan]
) -> None:
    address = f"/en/programme/2027/rooms/{forum[1][0].pk}/"
    (old,) = re.findall(r'name="seen" value="(\d+)"', text(secretary.get(address)))
    closed = {"n_booths": "0", "closed": "2027-07-06 16:00-18:00", "seen": old}
    assert secretary.post(address, closed).status_code == 302

    response = secretary.post(address, {"n_booths": "0", "seats": "80", "seen": old})

    assert response.status_code == 409
    assert "Somebody has changed this room meanwhile." in text(response)
    assert len(RoomDetails.objects.get().closed) == 1
    # Nor one that first came back with a mistake in it.
    wrong = secretary.post(address, {"n_booths": "many", "seen": old})
    assert f'name="seen" value="{old}"' in text(wrong)


def test_an_old_page_does_not_take_seats_away_that_the_edition_gave(
    secretary: Client, forum: tuple[Edition, list[Room], Plan], now: datetime
) -> None:
    edition, rooms, _plan = forum
    address = f"/en/programme/2027/rooms/{rooms[0].pk}/"
    (old,) = re.findall(r'name="seen" value="(\d+)"', text(secretary.get(address)))
    larger = RoomPlan(name=rooms[0].name, seats=300)
    editions.set_room(
        edition_id=edition.pk, room=larger, room_id=rooms[0].pk, set_by=None, at=now
    )
    facts = {"n_booths": "0", "seats": "100", "equipment": "Lectern"}

    response = secretary.post(address, facts | {"seen": old})

    assert response.status_code == 409
    rooms[0].refresh_from_db()
    assert rooms[0].seats == 300
    (new,) = re.findall(r'name="seen" value="(\d+)"', text(secretary.get(address)))
    facts["seats"] = "300"
    assert secretary.post(address, facts | {"seen": new}).status_code == 302
