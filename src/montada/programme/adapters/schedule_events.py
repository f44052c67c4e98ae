"""
Published programmes that tell of events: schedule.xml, and frab's JSON.

schedule.xml is what pentabarf, frab and pretalx write; an event's `date`, where there
is one, holds over day and start, which otherwise say the same: a start before the day's
first hour is in the night that follows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from montada.programme.adapters.schedule_files import GENERATOR, ORGANISERS_APART
from montada.programme.adapters.schedule_values import (
    Row,
    ScheduleBroken,
    ScheduleRows,
    clock_in,
    day_in,
    in_time,
    moment_in,
    object_in,
    objects_in,
    row_of,
    said,
    unique,
)
from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable.importing import Published

FACTS = (
    "date",
    "start",
    "duration",
    "room",
    "track",
    "type",
    "title",
    "abstract",
    "description",
    "language",
    "subtitle",
)
"""What is read of an event beside who speaks."""
DAY_BEGINS = time(4)
"""Before this hour, where a programme names none, a start belongs to the day before."""
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")


class _Element(Protocol):
    """What is used of an element of XML."""

    @property
    def text(self) -> str | None: ...
    def get(self, key: str) -> str | None: ...
    def findtext(self, path: str) -> str | None: ...
    def find(self, path: str) -> Any: ...
    def findall(self, path: str) -> Any: ...


def rows_of_xml(content: bytes) -> ScheduleRows:
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ScheduleBroken("", "not_xml") from None
    change = root.findtext("conference/day_change") or ""
    zone = root.findtext("conference/time_zone_name") or ""
    events = _xml_events(root, clock_in(change) or DAY_BEGINS, _zone(zone.strip()))
    return ScheduleRows(_event_rows(events), zone.strip())


def _zone(name: str) -> tzinfo | None:
    try:
        return zone_named(name)
    except KeyError:
        return None


@dataclass(frozen=True, slots=True)
class _Event:
    """
    An event as either file tells of it; `people` are (id, name).

    `is_ours`: we wrote the file; others have ids to be read, and other subtitles.
    `zone` is what the file says of its place, if it is known.
    """

    name: str
    on: date | None
    facts: Mapping[str, str]
    people: Sequence[tuple[str, str]]
    begins: time
    is_ours: bool
    zone: tzinfo | None


def _xml_events(root: _Element, begins: time, zone: tzinfo | None) -> Iterator[_Event]:
    generator = root.find("generator")
    is_ours = generator is not None and generator.get("name") == GENERATOR
    for day in root.findall("day"):
        on = day_in(day.get("date") or "")
        for room in day.findall("room"):
            for event in room.findall("event"):
                facts = {key: (event.findtext(key) or "").strip() for key in FACTS}
                facts["guid"] = (event.get("guid") or "").strip()
                facts["room"] = (room.get("name") or "").strip() or facts["room"]
                name = (event.get("id") or "").strip() or facts["guid"]
                people = [
                    ((person.get("id") or "").strip(), (person.text or "").strip())
                    for person in event.findall("persons/person")
                ]
                yield _Event(name, on, facts, people, begins, is_ours, zone)


def parsed_json(text: str) -> Mapping[str, Any]:
    """Return what a text that begins with "{" says."""
    try:
        parsed: Mapping[str, Any] = json.loads(text)
    except (ValueError, RecursionError):
        raise ScheduleBroken("", "not_json") from None
    return parsed


def rows_of_events(parsed: Mapping[str, Any]) -> ScheduleRows:
    """Return a programme in frab's JSON event by event."""
    schedule = object_in(parsed.get("schedule"))
    is_ours = object_in(schedule.get("generator")).get("name") == GENERATOR
    conference = object_in(schedule.get("conference"))
    named = conference.get("time_zone_name")
    zone = named if isinstance(named, str) else ""
    events = _json_events(conference, _zone(zone), is_ours=is_ours)
    return ScheduleRows(_event_rows(events), zone)


def _json_events(
    conference: Mapping[str, Any], zone: tzinfo | None, *, is_ours: bool
) -> Iterator[_Event]:
    for day in objects_in(conference.get("days")):
        on = day_in(str(day.get("date") or ""))
        for room, events in object_in(day.get("rooms")).items():
            for event in objects_in(events):
                facts = {key: said(event.get(key)) for key in (*FACTS, "guid")}
                facts["room"] = said(room)
                name = said(event.get("id")) or facts["guid"]
                people = [
                    (
                        said(one.get("id")),
                        said(one.get("public_name") or one.get("name")),
                    )
                    for one in objects_in(event.get("persons"))
                ]
                yield _Event(name, on, facts, people, DAY_BEGINS, is_ours, zone)


def _event_rows(events: Iterable[_Event]) -> Iterator[Row]:
    for number, event in enumerate(events, start=1):
        name = event.name or f"{event.on}-{number}"
        where = f"event {event.name or number}"
        yield row_of(number, name, _reading_event(event, name, where))


def _reading_event(event: _Event, name: str, where: str) -> Callable[[], Published]:
    def read() -> Published:
        facts = event.facts
        start = _start(where, event)
        length = _DURATION.fullmatch(facts["duration"])
        if length is None:
            raise ScheduleBroken(where, "not_a_length")
        people = {key or name: name or key for key, name in event.people if key or name}
        return Published(
            id=name,
            day=event.on or start.date(),
            room=facts["room"],
            start=start,
            minutes=int(length[1]) * 60 + int(length[2]),
            tracks=unique([facts["track"]]),
            kind=facts["type"],
            people=tuple(people),
            names=tuple(people.values()),
            guid=facts["guid"],
            number="" if event.is_ours else name,
            title=facts["title"],
            summary=facts["abstract"] or facts["description"],
            language=facts["language"],
            organisers=unique(facts["subtitle"].split(ORGANISERS_APART))
            if event.is_ours
            else (),
        )

    return read


def _start(where: str, event: _Event) -> datetime:
    facts, on = event.facts, event.on
    if "T" in facts["date"]:
        return moment_in(facts["date"], where, event.zone)
    at = clock_in(facts["start"])
    if on is None or at is None:
        raise ScheduleBroken(where, "not_a_start")
    on = in_time(datetime.combine(on, at), where).date()
    return datetime.combine(on + timedelta(days=1 if at < event.begins else 0), at)
