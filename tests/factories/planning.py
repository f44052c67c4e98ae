"""An edition ready to be put on a timetable: two rooms, a few sessions, speakers."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from montada.edition.models import Edition, Room
from montada.framework.models import ActionLine
from montada.programme.models import Plan, Seat, Session, Speaker
from tests.factories.edition import make_edition, make_room
from tests.factories.programme import make_plan, make_planned

GENEVA = ZoneInfo("Europe/Zurich")


def clock(hour: int, minute: int = 0, day: int = 5) -> datetime:
    """A moment of the forum in July 2027, in Geneva, where it is UTC+2 then."""
    return datetime(2027, 7, day, hour, minute, tzinfo=GENEVA)


def make_speaker(name: str = "Omar", **values: Any) -> Speaker:
    usual: dict[str, Any] = {"slug": name.casefold().replace(" ", "-")}
    return Speaker.objects.create(name=name, **(usual | values))


def seat(session: Session, *speakers: Speaker, **values: Any) -> None:
    for speaker in speakers:
        usual: dict[str, Any] = {"state": "confirmed"}
        Seat.objects.create(session=session, speaker=speaker, **(usual | values))


def an_edition_to_plan(n_sessions: int = 2) -> tuple[Edition, list[Room], Plan]:
    """Two rooms, an hour's sessions named "Session 1" and so on, and an empty plan."""
    edition = make_edition()
    rooms = [make_room(edition, f"Room {n}", seats=100, order=n) for n in (1, 2)]
    for number in range(1, n_sessions + 1):
        make_planned(edition, f"Session {number}", slug=f"s{number}")
    return edition, rooms, make_plan(edition)


def lines_of(*codes: str) -> list[ActionLine]:
    return list(ActionLine.objects.filter(code__in=codes))


def session_of(number: int) -> Session:
    return Session.objects.get(slug=f"s{number}")
