"""In which order indexes on paper and on pages name people and rooms."""

from __future__ import annotations

import pytest
from django.test import Client

from montada.edition.models import Edition
from montada.programme import queries
from montada.programme.models import Seat, Speaker
from tests.factories.edition import make_room
from tests.factories.programme import make_released, make_released_edition

SITE = queries.Site(programme="https://example.org/", sessions="https://example.org/s/")


@pytest.fixture
def edition(db: None) -> Edition:
    return make_released_edition()


def speaks(edition: Edition, slug: str, name: str, honorific: str = "") -> str:
    """Let somebody speak in a session of their own; return its key."""
    session = make_released(edition, f"Of {slug}", room=make_room(edition, slug))
    speaker = Speaker.objects.create(slug=slug, name=name, honorific=honorific)
    Seat.objects.create(session=session, speaker=speaker, state="confirmed")
    return f"{session.pk}"


def printed(edition: Edition, index: str) -> list[tuple[str, list[str]]]:
    programme = queries.outgoing_programme(edition, None, SITE)
    told = queries.printed_programme(edition, programme)
    return [(entry["name"], entry["keys"]) for entry in told[index]["entries"]]


def test_people_are_sorted_by_name_whatever_stands_before_it(edition: Edition) -> None:
    speaks(edition, "z", "Zoë Adams")
    speaks(edition, "e", "Éva Kiss", "Prof.")
    speaks(edition, "d", "Dina Haddad", "Ms")
    speaks(edition, "b", "basel Omar", "Dr")
    speaks(edition, "h", "هدى سالم")
    speaks(edition, "y", "ياسر علي")
    speaks(edition, "i", "إبراهيم نور", "د.")
    speaks(edition, "a", "احمد زيد")
    assert [name for name, _keys in printed(edition, "people")] == [
        "Dr basel Omar",
        "Ms Dina Haddad",
        "Prof. Éva Kiss",
        "Zoë Adams",
        "د. إبراهيم نور",
        "احمد زيد",
        "هدى سالم",
        "ياسر علي",
    ]


@pytest.mark.parametrize("view", ["?view=people", "speakers/"])
def test_pages_sort_people_as_paper_does(
    client: Client, edition: Edition, view: str
) -> None:
    sorted_names = ["basel Omar", "Éva Kiss", "Zoë Adams", "إبراهيم نور", "هدى سالم"]
    for n, name in enumerate(reversed(sorted_names)):
        speaks(edition, f"p{n}", name)

    page = client.get(f"/ar/programme/2027/{view}").content.decode()

    assert sorted(sorted_names, key=page.index) == sorted_names


def test_two_people_of_one_name_have_an_entry_each(edition: Edition) -> None:
    first = speaks(edition, "one", "Amina Haddad")
    second = speaks(edition, "two", "Amina Haddad")
    assert printed(edition, "people") == [
        ("Amina Haddad", [first]),
        ("Amina Haddad", [second]),
    ]


def test_rooms_are_sorted_by_their_words_and_numbers(edition: Edition) -> None:
    names = ["قاعة ٢", "القاعة ١", "Étage", "Room 10", "room 2", "Foyer"]
    for n, name in enumerate(names):
        make_released(edition, f"In {n}", room=make_room(edition, name))
    assert [name for name, _keys in printed(edition, "rooms")] == [
        "Étage",
        "Foyer",
        "room 2",
        "Room 10",
        "القاعة ١",
        "قاعة ٢",
    ]
