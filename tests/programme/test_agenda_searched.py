"""What the agenda of a day says of a search that other days answer."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.test import Client

from montada.edition.models import Edition
from tests.factories.programme import make_released, make_released_edition

NOT_HERE = "No session of this day matches all of this."
NOWHERE = "No session matches all of this."


@pytest.fixture
def edition(db: None) -> Edition:
    edition = make_released_edition()
    make_released(edition, "Opening")
    for n, day in ((1, 7), (2, 7), (3, 8)):
        make_released(
            edition, f"Tunisia {n}", held_on=date(2027, 7, day), starts_at=time(9)
        )
    return edition


def page(client: Client, query: str, language: str = "en") -> str:
    response = client.get(f"/{language}/programme/2027/{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.usefixtures("edition")
def test_a_search_opens_the_first_day_that_answers_it(client: Client) -> None:
    assert "<h1>Monday 5 July 2027</h1>" in page(client, "")
    found = page(client, "?text=Tunisia")
    assert "<h1>Wednesday 7 July 2027</h1>" in found
    assert "Tunisia 1</a>" in found
    assert NOT_HERE not in found


@pytest.mark.usefixtures("edition")
def test_a_day_without_an_answer_names_those_that_have_some(client: Client) -> None:
    empty = page(client, "?text=Tunisia&day=2027-07-05")
    assert "<h1>Monday 5 July 2027</h1>" in empty
    assert f"{NOT_HERE} Other days have some:" in empty
    wednesday = 'href="?text=Tunisia&amp;day=2027-07-07">Wed 7 Jul · 2 sessions</a>'
    thursday = 'href="?text=Tunisia&amp;day=2027-07-08">Thu 8 Jul · 1 session</a>'
    assert wednesday in empty
    assert thursday in empty
    assert NOWHERE not in empty


@pytest.mark.usefixtures("edition")
@pytest.mark.parametrize("query", ["?text=zzz", "?text=zzz&day=2027-07-05"])
def test_what_no_day_answers_is_said_once(client: Client, query: str) -> None:
    nothing = page(client, query)
    assert NOWHERE in nothing
    assert NOT_HERE not in nothing


def test_what_is_found_without_hours_is_no_answer_of_a_day(
    client: Client, edition: Edition
) -> None:
    make_released(edition, "Poster", held_on=None, starts_at=None, ends_at=None)
    found = page(client, "?text=Poster")
    assert f"{NOT_HERE}</p>" in found
    assert NOWHERE not in found
