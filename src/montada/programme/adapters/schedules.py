"""
Published programmes of other systems: a table, schedule.xml, or frab's JSON.

Which of the three a file is, its first character says. The table has the columns of
`COLUMNS` and may have more. schedule.xml is what pentabarf, frab and pretalx write; an
event's `date`, where there is one, holds over day and start, which otherwise say the
same: a start before the day's first hour is in the night that follows.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from montada.programme.engine.timetable.importing import Published

COLUMNS = ("id", "room", "start", "minutes")
MOST_EVENTS = 20_000
DAY_BEGINS = time(4)
"""Before this hour, where a programme names none, a start belongs to the day before."""
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")


class ScheduleBroken(ValueError):
    """
    A programme that cannot be read: where, and which fault.

    `name` is one of `no_columns`, `not_xml`, `no_events`, `too_many`, `not_json`,
    `not_a_start`, `not_a_length`, `not_text`.
    """

    def __init__(self, where: str, name: str) -> None:
        super().__init__(f"{where}: {name}")
        self.where = where
        self.name = name


@dataclass(frozen=True, slots=True)
class Schedule:
    """A programme: its sessions, its time zone if it says so, and what was left out."""

    sessions: tuple[Published, ...]
    timezone: str
    left_out: tuple[str, ...]


def schedule_of(content: bytes) -> Schedule:
    """
    Return the programme in a file.

    Raises
    ------
    ScheduleBroken
    """
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        read = _from_xml(content)
    elif first == b"{":
        read = _from_json(_text(content))
    else:
        read = _from_table(_text(content))
    sessions: list[Published] = []
    left_out: list[str] = []
    for session in read.events:
        if len(sessions) >= MOST_EVENTS:
            raise ScheduleBroken("", "too_many")
        # A row without a length is an announcement, not something that takes place.
        if session.minutes > 0 and session.room:
            sessions.append(session)
        else:
            left_out.append(session.id)
    if not sessions:
        raise ScheduleBroken("", "no_events")
    return Schedule(tuple(sessions), read.timezone, tuple(left_out))


@dataclass(frozen=True, slots=True)
class _Read:
    events: Iterator[Published]
    timezone: str = ""


class _Element(Protocol):
    """What is used of an element of XML."""

    @property
    def text(self) -> str | None: ...
    def get(self, key: str) -> str | None: ...
    def findtext(self, path: str) -> str | None: ...
    def find(self, path: str) -> Any: ...
    def findall(self, path: str) -> Any: ...


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScheduleBroken(f"byte {error.start + 1}", "not_text") from None


def _from_table(text: str) -> _Read:
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    try:
        head = rows.fieldnames or []
    except csv.Error:
        head = []
    if not set(COLUMNS) <= set(head):
        raise ScheduleBroken(", ".join(COLUMNS), "no_columns")
    return _Read(_rows(rows))


def _rows(rows: csv.DictReader[str]) -> Iterator[Published]:
    try:
        for number, row in enumerate(rows, start=2):
            where = f"row {number}"
            start = _moment(row["start"], where)
            yield Published(
                id=row["id"].strip() or f"row-{number}",
                day=_date(row.get("day") or "") or start.date(),
                room=row["room"].strip(),
                start=start,
                minutes=_minutes_written(row["minutes"], where),
                tracks=_some(row.get("track")),
                kind=(row.get("type") or "").strip(),
                people=_unique((row.get("speakers") or "").split("|")),
            )
    except csv.Error:
        raise ScheduleBroken(f"row {rows.line_num}", "no_columns") from None


def _minutes_written(value: str, where: str) -> int:
    digits = value.strip()
    if not re.fullmatch(r"\d{1,6}", digits, re.ASCII):
        raise ScheduleBroken(where, "not_a_length")
    return int(digits)


def _from_xml(content: bytes) -> _Read:
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ScheduleBroken("", "not_xml") from None
    change = root.findtext("conference/day_change") or ""
    zone = root.findtext("conference/time_zone_name") or ""
    return _Read(_xml_events(root, _clock(change) or DAY_BEGINS), zone.strip())


def _xml_events(root: _Element, begins: time) -> Iterator[Published]:
    for day in root.findall("day"):
        on = _date(day.get("date") or "")
        for room in day.findall("room"):
            for number, event in enumerate(room.findall("event"), start=1):
                facts = {
                    key: (event.findtext(key) or "").strip()
                    for key in ("date", "start", "duration", "room", "track", "type")
                }
                facts["room"] = (room.get("name") or "").strip() or facts["room"]
                name = (event.get("id") or event.get("guid") or "").strip()
                people = [
                    (person.get("id") or person.text or "").strip()
                    for person in event.findall("persons/person")
                ]
                where = f"event {name or number}"
                yield _event(where, name or f"{on}-{number}", on, facts, people, begins)


def _from_json(text: str) -> _Read:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise ScheduleBroken("", "not_json") from None
    conference = _object(_object(parsed.get("schedule")).get("conference"))
    zone = conference.get("time_zone_name")
    return _Read(_json_events(conference), zone if isinstance(zone, str) else "")


def _json_events(conference: Mapping[str, Any]) -> Iterator[Published]:
    for day in _objects(conference.get("days")):
        on = _date(str(day.get("date") or ""))
        for room, events in _object(day.get("rooms")).items():
            for number, event in enumerate(_objects(events), start=1):
                facts = {
                    key: str(event.get(key) or "").strip()
                    for key in ("date", "start", "duration", "track", "type")
                }
                facts["room"] = room.strip()
                name = str(event.get("id") or event.get("guid") or "").strip()
                people = [
                    str(p.get("id") or p.get("public_name") or p.get("name") or "")
                    for p in _objects(event.get("persons"))
                ]
                where = f"event {name or number}"
                yield _event(
                    where, name or f"{on}-{number}", on, facts, people, DAY_BEGINS
                )


def _event(
    where: str,
    name: str,
    on: date | None,
    facts: Mapping[str, str],
    people: list[str],
    begins: time,
) -> Published:
    start = _start(where, on, facts, begins)
    length = _DURATION.fullmatch(facts["duration"])
    if length is None:
        raise ScheduleBroken(where, "not_a_length")
    return Published(
        id=name,
        day=on or start.date(),
        room=facts["room"],
        start=start,
        minutes=int(length[1]) * 60 + int(length[2]),
        tracks=_some(facts["track"]),
        kind=facts["type"],
        people=_unique(people),
    )


def _start(
    where: str, on: date | None, facts: Mapping[str, str], begins: time
) -> datetime:
    if "T" in facts["date"]:
        return _moment(facts["date"], where)
    at = _clock(facts["start"])
    if on is None or at is None:
        raise ScheduleBroken(where, "not_a_start")
    return datetime.combine(on + timedelta(days=1 if at < begins else 0), at)


def _moment(value: str, where: str) -> datetime:
    """Return a local moment: an offset is that of the place, and is dropped."""
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ScheduleBroken(where, "not_a_start") from None
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None


def _clock(value: str) -> time | None:
    try:
        return time.fromisoformat(value.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return (
        [item for item in value if isinstance(item, dict)]
        if isinstance(value, list)
        else []
    )


def _some(value: str | None) -> tuple[str, ...]:
    return (value.strip(),) if value and value.strip() else ()


def _unique(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(v.strip() for v in values if v.strip()))
