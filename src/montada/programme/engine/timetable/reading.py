"""
A problem file into values: whole and sound, or refused with the path of a fault.

What is impossible but well said (a room that closes before it opens, a series in a
circle, a person never there) is no fault: it is placed as far as it can be, and named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from montada.programme.engine.timetable.fields import (
    Entry,
    Fault,
    date_of,
    entry_of,
    moment_of,
    on_day,
    pair_of,
    shown,
)
from montada.programme.engine.timetable.problem import (
    POPULAR_UNIT,
    WEIGHT_UNIT,
    WEIGHTS,
    Day,
    Half,
    Interval,
    Person,
    Placement,
    Problem,
    Room,
    Session,
)

MOST_SESSIONS = 20_000
MOST_ROOMS = 1_000
MOST_PEOPLE = 200_000
MOST_DAYS = 100
"""Well above any forum; more is a mistake, and would only fill the memory."""
MOST_SEATS = 1_000_000
HEAVIEST = 1_000_000
DEFAULT_UNIT = 5
"""Minutes between possible starts, where the file does not say."""

ZoneNamed = Callable[[str], tzinfo]
"""Gives the time zone of a name; raises KeyError for an unknown one."""


def problem_from(value: Any, zone_named: ZoneNamed) -> Problem:
    """
    Return the problem that a parsed JSON file states.

    Raises
    ------
    Fault
        Naming the path of the first field that is wrong, missing or unknown.
    """
    file = entry_of(value, "")
    zone = _zone(file, zone_named) or zone_named("UTC")
    days = _days(file, zone)
    rooms = tuple(_room(entry) for entry in _limited(file, "rooms", MOST_ROOMS))
    people = tuple(
        _person(entry, zone_named) for entry in _limited(file, "people", MOST_PEOPLE)
    )
    sessions = tuple(
        _session(entry) for entry in _limited(file, "sessions", MOST_SESSIONS)
    )
    for key, ids in (
        ("rooms", [room.id for room in rooms]),
        ("people", [person.id for person in people]),
        ("sessions", [session.id for session in sessions]),
    ):
        _refuse_repeated(key, ids)
    if not file.has("people"):
        named = dict.fromkeys(p for session in sessions for p in session.people)
        people = tuple(Person(name) for name in named)
    _refuse_unknown(sessions, rooms, people)
    return Problem(
        zone=zone,
        unit_minutes=file.whole("unit_minutes", 1, 24 * 60)
        if file.has("unit_minutes")
        else DEFAULT_UNIT,
        days=days,
        rooms=rooms,
        people=people,
        sessions=sessions,
        weights=_weights(file),
        released=placements_of(file, "released"),
    )


def placements_of(file: Entry, key: str) -> tuple[Placement, ...]:
    """Return a list of placements; a session stands in it once."""
    placements = tuple(
        Placement(
            entry.text("session"),
            entry.text("room"),
            moment_of(entry.values.get("start"), entry.at("start")),
        )
        for entry in _limited(file, key, MOST_SESSIONS)
    )
    _refuse_repeated(key, [p.session for p in placements], "session")
    return placements


def _limited(file: Entry, key: str, most: int) -> Iterator[Entry]:
    value = file.values.get(key)
    if isinstance(value, list) and len(value) > most:
        raise Fault(file.at(key), "too_many", found=len(value), most=most)
    return file.entries(key)


def _refuse_repeated(key: str, ids: list[str], field: str = "id") -> None:
    seen: set[str] = set()
    for number, name in enumerate(ids):
        if name in seen:
            raise Fault(f"{key}[{number}].{field}", "repeated", found=shown(name))
        seen.add(name)


def _refuse_unknown(
    sessions: tuple[Session, ...], rooms: tuple[Room, ...], people: tuple[Person, ...]
) -> None:
    known_rooms = {room.id for room in rooms}
    known_people = {person.id for person in people}
    known = {session.id for session in sessions}
    for number, session in enumerate(sessions):
        path = f"sessions[{number}]"
        fixed = [] if session.fixed_room is None else [session.fixed_room]
        for key, ids, among, where in (
            ("people", session.people, known_people, "people"),
            ("fixed.room", fixed, known_rooms, "rooms"),
            ("after", session.after, known, "sessions"),
            ("not_with", session.not_with, known, "sessions"),
        ):
            _refuse_unknown_ids(f"{path}.{key}", ids, among, where)


def _refuse_unknown_ids(
    path: str, ids: Collection[str], known: Collection[str], where: str
) -> None:
    for name in ids:
        if name not in known:
            raise Fault(path, "unknown_id", found=shown(name), where=where)


def _zone(entry: Entry, zone_named: ZoneNamed) -> tzinfo | None:
    if not entry.has("timezone"):
        return None
    name = entry.text("timezone")
    try:
        return zone_named(name)
    except KeyError:
        raise Fault(entry.at("timezone"), "unknown_zone", found=shown(name)) from None


def _weights(file: Entry) -> Mapping[str, int]:
    if not file.has("weights"):
        return {label: weight * WEIGHT_UNIT for label, weight in WEIGHTS.items()}
    entry = file.entry("weights")
    for label in entry.values:
        if label not in WEIGHTS:
            raise Fault(
                "weights", "unknown_label", found=shown(label), known=", ".join(WEIGHTS)
            )
    # Leaving a session out is never for nothing; else a label unnamed costs nothing.
    given = {
        label: round(entry.number(label, 0, HEAVIEST) * WEIGHT_UNIT)
        for label in WEIGHTS
        if entry.has(label)
    }
    left_out = {"unplaced": WEIGHTS["unplaced"] * WEIGHT_UNIT}
    return dict.fromkeys(WEIGHTS, 0) | left_out | given


def _days(file: Entry, zone: tzinfo) -> tuple[Day, ...]:
    days: list[Day] = []
    for entry in _limited(file, "days", MOST_DAYS):
        on = date_of(entry.values.get("date"), entry.at("date"))
        opens = on_day(on, entry.values.get("opens", "00:00"), entry.at("opens"))
        closes = on_day(on, entry.values.get("closes", "24:00"), entry.at("closes"))
        breaks = tuple(
            (on_day(on, start, at), on_day(on, end, at))
            for at, value in entry.items("breaks")
            for start, end in [pair_of(value, at)]
        )
        days.append(Day(on, opens, closes, breaks + clock_changes(on, zone)))
    for number, day in enumerate(days):
        if day.on in [other.on for other in days[:number]]:
            raise Fault(f"days[{number}].date", "repeated", found=shown(f"{day.on}"))
    if not days:
        raise Fault("days", "no_days")
    return tuple(sorted(days, key=lambda day: day.on))


def clock_changes(on: date, zone: tzinfo) -> tuple[Interval, ...]:
    """
    Return the local hours of a date that do not exist, or exist twice.

    No session can be told to anybody there, and none that lasts over it takes as long
    as the clock says (PEP 495: both folds of such a moment have different offsets).
    """
    midnight = datetime.combine(on, time.min, zone)
    if midnight.utcoffset() == (midnight + timedelta(days=1)).utcoffset():
        return ()
    step = timedelta(minutes=5)
    odd = [
        moment.replace(tzinfo=None)
        for moment in (midnight + n * step for n in range(24 * 12))
        if moment.utcoffset() != moment.replace(fold=1).utcoffset()
    ]
    return ((odd[0], odd[-1] + step),) if odd else ()


def _room(entry: Entry) -> Room:
    opens = entry.entry("opens")
    return Room(
        id=entry.text("id"),
        seats=entry.whole("seats", 0, MOST_SEATS) if entry.has("seats") else None,
        features=frozenset(entry.texts("features")),
        closed=_intervals(entry, "closed"),
        opens=tuple(_hours(opens)) if opens.values else None,
    )


def _hours(opens: Entry) -> Iterator[Interval]:
    for key, value in opens.values.items():
        at = opens.at(key)
        on = date_of(key, at)
        start, end = pair_of(value, at)
        yield on_day(on, start, at), on_day(on, end, at)


def _intervals(entry: Entry, key: str) -> tuple[Interval, ...]:
    return tuple(
        (moment_of(start, at), moment_of(end, at))
        for at, value in entry.items(key)
        for start, end in [pair_of(value, at)]
    )


def _person(entry: Entry, zone_named: ZoneNamed) -> Person:
    return Person(
        id=entry.text("id"),
        zone=_zone(entry, zone_named),
        remote=entry.truth("remote"),
        available=_intervals(entry, "available") if entry.has("available") else None,
    )


def _session(entry: Entry) -> Session:
    fixed, prefers = entry.entry("fixed"), entry.entry("prefers")
    return Session(
        id=entry.text("id"),
        minutes=entry.whole("minutes", 1),
        people=entry.texts("people"),
        tracks=frozenset(entry.texts("tracks")),
        kind=entry.text("type") if entry.values.get("type") else "",
        audience=entry.whole("audience", 0, MOST_SEATS) if entry.has("audience") else 0,
        needs=frozenset(entry.texts("needs")),
        fixed_room=fixed.text("room") if fixed.has("room") else None,
        fixed_start=moment_of(fixed.values["start"], fixed.at("start"))
        if fixed.has("start")
        else None,
        wanted_days=frozenset(date_of(v, at) for at, v in prefers.items("days")),
        wanted_half=_half(prefers),
        after=entry.texts("after"),
        not_with=entry.texts("not_with"),
        popular=round(entry.number("popular", 0, 1) * POPULAR_UNIT)
        if entry.has("popular")
        else 0,
    )


def _half(prefers: Entry) -> Half | None:
    half = prefers.values.get("half")
    match half:
        case None | "morning" | "afternoon":
            return half
        case _:
            raise Fault(prefers.at("half"), "not_a_half", found=shown(half))
