"""
Published programmes of other systems: a table, schedule.xml, or frab's JSON.

Which of them a file is, its first characters say. A table has the columns of `COLUMNS`
and may have more. schedule.xml is what pentabarf, frab and pretalx write; an event's
`date`, where there is one, holds over day and start, which otherwise say the same: a
start before the day's first hour is in the night that follows.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from montada.djangokit.spreadsheets import (
    is_spreadsheet,
    rows_of_sheet,
    without_quote,
)
from montada.programme.adapters.schedule_files import GENERATOR, ORGANISERS_APART
from montada.programme.adapters.schedule_values import (
    clock_in,
    day_in,
    object_in,
    objects_in,
    said,
    unique,
)
from montada.programme.engine.timetable.fields import FIRST_YEAR, LAST_YEAR
from montada.programme.engine.timetable.importing import Published

COLUMNS = ("id", "room", "start", "minutes")
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
MOST_EVENTS = 20_000
MOST_BYTES = 50_000_000
"""Of a file that is taken in: the largest programmes have a tenth of it."""
DAY_BEGINS = time(4)
"""Before this hour, where a programme names none, a start belongs to the day before."""
_DURATION = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")


class ScheduleBroken(ValueError):
    """
    A programme that cannot be read: where, and which fault.

    `name` is one of `no_columns`, `not_xml`, `no_events`, `too_many`, `not_json`,
    `not_a_start`, `not_a_length`, `not_text`, `too_large`.
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


@dataclass(frozen=True, slots=True)
class Row:
    """
    One row or event of a programme.

    Without `session` it does not take place anywhere (an announcement, a stand, a
    cancelled session), or, with `fault`, cannot be read.
    """

    number: int
    id: str
    session: Published | None = None
    fault: ScheduleBroken | None = None


@dataclass(frozen=True, slots=True)
class ScheduleRows:
    """A programme row by row, and its time zone if it says so."""

    rows: Iterator[Row]
    timezone: str = ""


def schedule_of(content: bytes) -> Schedule:
    """
    Return the programme in a file.

    Raises
    ------
    ScheduleBroken
        If it, or any row of it, cannot be read.
    """
    read = _read(content)
    sessions: list[Published] = []
    left_out: list[str] = []
    for row in read.rows:
        if row.fault is not None:
            raise row.fault
        if row.session is not None:
            sessions.append(row.session)
        else:
            left_out.append(row.id)
    if not sessions:
        raise ScheduleBroken("", "no_events")
    return Schedule(tuple(sessions), read.timezone, tuple(left_out))


def rows_of_schedule(path: Path) -> ScheduleRows:
    """
    Return the programme in a file row by row, also those that cannot be read.

    Raises
    ------
    OSError, ScheduleBroken
    montada.djangokit.spreadsheets.NotASpreadsheet and the refusals beside it
        While rows are taken, too.
    """
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ScheduleBroken("", "too_large")
    if is_spreadsheet(content):
        return ScheduleRows(_limited(_table_rows(iter(rows_of_sheet(path)))))
    return _read(content)


def _read(content: bytes) -> ScheduleRows:
    first = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        read = _from_xml(content)
    elif first == b"{":
        read = _from_json(_text(content))
    else:
        read = ScheduleRows(_table_rows(_cells(_text(content))))
    return replace(read, rows=_limited(read.rows))


def _limited(rows: Iterator[Row]) -> Iterator[Row]:
    for n, row in enumerate(rows):
        if n >= MOST_EVENTS:
            raise ScheduleBroken("", "too_many")
        yield row


def _row(number: int, name: str, read: Callable[[], Published | None]) -> Row:
    try:
        session = read()
    except ScheduleBroken as fault:
        return Row(number, name, fault=fault)
    # A row without a length is an announcement, not something that takes place.
    if session is None or session.minutes <= 0 or not session.room:
        return Row(number, name)
    return Row(number, name, replace(session, row=number))


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


def _cells(text: str) -> Iterator[list[str]]:
    """Yield the cells of a table; where commas mark decimals, ";" parts them."""
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in rows:
            yield [without_quote(value.strip()) for value in row]
    except csv.Error:
        raise ScheduleBroken(f"row {rows.line_num}", "no_columns") from None


def _table_rows(rows: Iterator[Sequence[str]]) -> Iterator[Row]:
    head = next(rows, [])
    if not set(COLUMNS) <= set(head):
        raise ScheduleBroken(", ".join(COLUMNS), "no_columns")
    for number, values in enumerate(rows, start=2):
        if not any(values):
            continue
        whole = [*values, *[""] * (len(head) - len(values))]
        told = dict(zip(head, whole, strict=False))
        name = told["id"] or f"row-{number}"
        yield _row(number, name, _reading_row(told, name, f"row {number}"))


def _reading_row(
    row: Mapping[str, str], name: str, where: str
) -> Callable[[], Published | None]:
    def read() -> Published | None:
        has_time = row["start"] or row["minutes"] not in ("", "0")
        if row.get("status") == "cancelled" or not has_time:
            return None
        start = _moment(row["start"], where)
        people = unique(row.get("speakers", "").split("|"))
        return Published(
            id=name,
            day=day_in(row.get("day", "")) or start.date(),
            room=row["room"],
            start=start,
            minutes=_minutes_written(row["minutes"], where),
            tracks=unique((row.get("lines") or row.get("track", "")).split("|")),
            kind=row.get("type", ""),
            people=people,
            names=people,
            number=row.get("number", name),
            title=row.get("title", ""),
            summary=row.get("summary", ""),
            language=row.get("title_language", ""),
            organisers=unique(row.get("organisers", "").split("|")),
        )

    return read


def _minutes_written(value: str, where: str) -> int:
    if not re.fullmatch(r"\d{1,6}", value.strip(), re.ASCII):
        raise ScheduleBroken(where, "not_a_length")
    return int(value)


def _from_xml(content: bytes) -> ScheduleRows:
    try:
        root = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise ScheduleBroken("", "not_xml") from None
    change = root.findtext("conference/day_change") or ""
    zone = root.findtext("conference/time_zone_name") or ""
    events = _xml_events(root, clock_in(change) or DAY_BEGINS)
    return ScheduleRows(_event_rows(events), zone.strip())


@dataclass(frozen=True, slots=True)
class _Event:
    """
    An event as either file tells of it; `people` are (id, name).

    `is_ours`: we wrote the file; others have ids to be read, and other subtitles.
    """

    name: str
    on: date | None
    facts: Mapping[str, str]
    people: Sequence[tuple[str, str]]
    begins: time
    is_ours: bool


def _xml_events(root: _Element, begins: time) -> Iterator[_Event]:
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
                yield _Event(name, on, facts, people, begins, is_ours)


def _from_json(text: str) -> ScheduleRows:
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        raise ScheduleBroken("", "not_json") from None
    schedule = object_in(parsed.get("schedule"))
    is_ours = object_in(schedule.get("generator")).get("name") == GENERATOR
    conference = object_in(schedule.get("conference"))
    zone = conference.get("time_zone_name")
    return ScheduleRows(
        _event_rows(_json_events(conference, is_ours=is_ours)),
        zone if isinstance(zone, str) else "",
    )


def _json_events(conference: Mapping[str, Any], *, is_ours: bool) -> Iterator[_Event]:
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
                yield _Event(name, on, facts, people, DAY_BEGINS, is_ours)


def _event_rows(events: Iterable[_Event]) -> Iterator[Row]:
    for number, event in enumerate(events, start=1):
        name = event.name or f"{event.on}-{number}"
        where = f"event {event.name or number}"
        yield _row(number, name, _reading_event(event, name, where))


def _reading_event(event: _Event, name: str, where: str) -> Callable[[], Published]:
    def read() -> Published:
        facts = event.facts
        start = _start(where, event.on, facts, event.begins)
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


def _start(
    where: str, on: date | None, facts: Mapping[str, str], begins: time
) -> datetime:
    if "T" in facts["date"]:
        return _moment(facts["date"], where)
    at = clock_in(facts["start"])
    if on is None or at is None:
        raise ScheduleBroken(where, "not_a_start")
    on = _in_time(datetime.combine(on, at), where).date()
    return datetime.combine(on + timedelta(days=1 if at < begins else 0), at)


def _moment(value: str, where: str) -> datetime:
    """Return a local moment: an offset is that of the place, and is dropped."""
    try:
        moment = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ScheduleBroken(where, "not_a_start") from None
    return _in_time(moment, where).replace(tzinfo=None, second=0, microsecond=0)


def _in_time(moment: datetime, where: str) -> datetime:
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ScheduleBroken(where, "not_a_start")
    return moment
