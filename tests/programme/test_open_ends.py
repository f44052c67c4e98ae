"""Sessions whose end nobody says, or that end on the next day: in every file."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
from django.test import Client
from icalendar import Calendar

from montada.edition.models import Edition
from montada.programme import queries
from montada.programme.adapters.schedules import schedule_of
from montada.programme.models import Session
from tests.factories.edition import make_room
from tests.factories.programme import make_released

SITE = queries.Site(programme="https://example.org/", sessions="https://example.org/s/")


@pytest.fixture
def open_end(edition: Edition) -> Session:
    """Beside one that ends on the next day."""
    room = make_room(edition, "Popov")
    make_released(
        edition, "Night", room=room, starts_at=time(23), ends_at=time(0, 30), number="2"
    )
    return make_released(edition, "Open end", room=room, ends_at=None, number="1")


def test_a_calendar_says_when_it_begins(
    client: Client, edition: Edition, open_end: Session
) -> None:
    answer = client.get("/en/programme/2027/out/programme.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    first = next(e for e in events if e["summary"] == "Open end")
    assert len(events) == 2
    assert first.decoded("dtstart").hour == 9
    assert "dtend" not in first


def test_what_was_printed_of_them(edition: Edition, open_end: Session) -> None:
    programme = queries.outgoing_programme(edition, None, SITE)
    told = queries.printed_programme(edition, programme)
    ((room,),) = [day["rooms"] for day in told["days"]]
    assert [(one["hours"], one["next_day"]) for one in room["sessions"]] == [
        ("09:00", ""),
        ("23:00\N{EN DASH}00:30", "(the next day)"),
    ]


@pytest.mark.parametrize("name", ["programme.csv", "programme.xlsx"])
def test_our_own_table_can_be_read_and_who_has_no_length_is_named(
    client: Client, edition: Edition, open_end: Session, tmp_path: Path, name: str
) -> None:
    table = tmp_path / name
    table.write_bytes(client.get(f"/en/programme/2027/out/{name}").content)
    read = schedule_of(table)
    assert [session.title for session in read.sessions] == ["Night"]
    assert read.left_out == (open_end.slug,)


def test_what_the_schedule_cannot_say_is_not_in_it(
    client: Client, edition: Edition, open_end: Session, tmp_path: Path
) -> None:
    schedule = tmp_path / "schedule.xml"
    schedule.write_bytes(client.get("/en/programme/2027/out/schedule.xml").content)
    assert [session.title for session in schedule_of(schedule).sessions] == ["Night"]
