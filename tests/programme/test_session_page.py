"""The page of a planned session: everything that is known, by two clocks."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from montada.edition.models import Edition
from montada.language.engine.text import LocalizedText
from montada.programme.models import (
    Release,
    RoomDetails,
    Seat,
    Series,
    Session,
    Speaker,
)
from tests.factories.edition import make_room
from tests.factories.organisations import make_organisation
from tests.factories.programme import make_released

NOW = datetime(2027, 5, 1, 9, tzinfo=UTC)
PLACE: dict[str, Any] = {
    "title": LocalizedText.of("en", "Oases").as_json(),
    "room": 1,
    "room_name": LocalizedText.of("en", "Popov").as_json(),
    "starts": "2027-07-05T09:00",
    "ends": "2027-07-05T10:00",
}


@pytest.fixture
def session(edition: Edition) -> Session:
    room = make_room(edition, "Popov")
    RoomDetails.objects.create(room=room, building="CICG", floor="1")
    series = Series.objects.create(
        edition=edition, title=LocalizedText.of("en", "Water days")
    )
    session = make_released(
        edition,
        "Oases",
        number="12",
        room=room,
        series=series,
        part=1,
        mode="hybrid",
        needs=["interpretation", "captioning", "screen"],
        languages=["ar", "en"],
        description=LocalizedText.of("en", "Wells and wires"),
        agenda=LocalizedText.of("en", "First, then"),
        documents=[{"title": "Paper", "url": "https://example.org/paper"}],
        links=[{"title": "Trap", "url": "javascript:alert(1)"}],
        register_url="https://example.org/register",
        stream_url="https://example.org/live",
    )
    make_released(edition, "Rivers", series=series, part=2)
    Release.objects.create(
        edition=edition,
        number=1,
        released_at=NOW,
        changes=[
            {"session": session.slug, "kind": "added", "before": None, "after": PLACE}
        ],
    )
    return session


def seat(session: Session, name: str, **values: Any) -> Seat:
    n = Speaker.objects.count()
    facts = {
        "honorific": "Dr",
        "position": "Director",
        "organisation": make_organisation(f"Ministry {n}"),
        "country_id": "EGY",
    }
    speaker = Speaker.objects.create(slug=f"speaker-{n}", name=name, **facts)
    return Seat.objects.create(session=session, speaker=speaker, **values)


def page(client: Client, session: Session, query: str = "") -> str:
    response = client.get(f"/en/sessions/{session.slug}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_it_says_everything(client: Client, session: Session) -> None:
    seat(session, "Amina", state="confirmed", role="moderator", is_remote=True)
    seat(session, "Boris", state="asked")
    seat(session, "Chen", state="declined")
    english = page(client, session)
    for words in (
        "09:00–10:00",
        "(UTC+2)",
        "Popov",
        "CICG",
        "Hybrid",
        "Workshop",
        "Interpretation",
        "Captioning",
        "Arabic, English",
        "Wells and wires",
        "First, then",
        "Dr Amina",
        "Moderator",
        "from afar",
        "Director",
        "Egypt",
        "1 more has been asked to speak and has not answered.",
        "1 document",
        "https://example.org/register",
        "Live broadcast",
        "Part 1 of a series:",
        "Water days",
        "Rivers",
        "Release 1, published on 1 May 2027",
        "http://testserver/en/sessions/",
    ):
        assert words in english
    for words in ("Boris", "Chen", "Screen", "javascript:", "Source:"):
        assert words not in english


def test_it_tells_hours_by_the_readers_clock_too(
    client: Client, session: Session
) -> None:
    english = page(client, session, "?zone=Asia/Tokyo")
    assert "09:00–10:00" in english
    assert "16:00–17:00" in english
    assert "(UTC+9)" in english
    # Summer in Paris is as in Geneva: nothing is said twice.
    assert page(client, session, "?zone=Europe/Paris").count("10:00") == 1


def test_a_cancelled_one_says_so_and_cannot_be_kept(
    client: Client, session: Session
) -> None:
    Session.objects.filter(pk=session.pk).update(is_cancelled=True)
    english = page(client, session)
    assert '<h1 class="title"><s>' in english
    assert "This session does not take place." in english
    assert "Into an agenda" not in english


def test_three_speakers_need_as_many_queries_as_one(
    client: Client,
    session: Session,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for name in ("Amina", "Boris", "Chen"):
        seat(session, name, state="confirmed")
        with django_assert_max_num_queries(11):
            page(client, session)
