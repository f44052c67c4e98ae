"""
Made-up forums of 60, 220, 600 and 1,500 sessions, for the timetable.

Each is feasible by construction: sessions are first put into rooms, then everything
else is said of them so that this plan holds; wishes are drawn anyhow. Starts are 30
minutes apart, weights the usual ones, some three quarters of the room hours taken. The
same name and seed make the same forum.

`world` has rooms that all differ, a break at noon, people on four clocks and popular
sessions: few wishes are missed in a good plan, and most of these are changes of room.
`region` has rooms of a few kinds, no break, sessions that some hours suit only (whoever
holds them works by another clock), some on certain days, some at a set hour: many
wishes are missed whatever one does.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from montada.programme.engine.timetable.problem import WEIGHTS

N_TRACKS = 18
ROOMS = {60: (3, 4), 220: (5, 6), 600: (5, 18), 1500: (5, 45)}
"""Days of each size, and rooms of `world`."""
HALVES = ((9 * 60, 13 * 60), (14 * 60, 18 * 60))
ZONES = ("Africa/Cairo", "America/New_York", "Asia/Tokyo", "Asia/Kolkata")
SEATS = (600, 300, 250, 150, 120, 100, 80, 60, 40, 30)

KINDS: Mapping[int, Sequence[tuple[int, int, Sequence[str]]]] = {
    60: ((1, 300, ("booths", "remote")), (1, 100, ("remote",)), (1, 40, ("remote",))),
    220: (
        (1, 600, ("booths", "remote")),
        (1, 250, ("booths", "remote")),
        (2, 120, ("remote",)),
        (1, 100, ("booths", "remote")),
        (1, 40, ("remote",)),
    ),
    600: (
        (1, 1200, ("booths", "remote")),
        (3, 300, ("booths", "remote")),
        (6, 120, ("remote",)),
        (3, 100, ("booths", "remote")),
        (4, 40, ("remote",)),
    ),
    1500: (
        (2, 2000, ("booths", "remote")),
        (6, 400, ("booths", "remote")),
        (15, 150, ("remote",)),
        (7, 100, ("booths", "remote")),
        (12, 40, ("remote",)),
    ),
}
"""Rooms of each size of `region`: how many of a kind, their seats and features."""
DAY = (9 * 60, 18 * 60)
HOURS = (DAY,) * 5 + ((840, 1080), (780, 1080), (540, 810), (540, 900), (660, 960))
"""Minutes of the day between which a session suits who holds it."""


def world(n_sessions: int, seed: int) -> dict[str, Any]:
    """Return a forum in which everything differs."""
    chance = random.Random(seed)
    n_days, n_rooms = ROOMS[n_sessions]
    dates = [f"2027-07-{5 + day:02d}" for day in range(n_days)]
    rooms: list[dict[str, Any]] = [
        {
            "id": f"r{n}",
            "seats": SEATS[n * len(SEATS) // n_rooms],
            "features": [f for f in ("remote", "captions") if chance.random() < 0.7],
        }
        for n in range(n_rooms)
    ]
    people: list[dict[str, Any]] = [
        {"id": f"p{n}"}
        | (
            {"timezone": chance.choice(ZONES), "remote": True}
            if chance.random() < 0.15
            else {}
        )
        for n in range(int(2.2 * n_sessions))
    ]
    sessions = _sessions(chance, n_sessions, rooms, [p["id"] for p in people], dates)
    return _problem(dates, [["13:00", "14:00"]], rooms, people, sessions)


def _sessions(
    chance: random.Random,
    n_sessions: int,
    rooms: list[dict[str, Any]],
    people: list[str],
    dates: list[str],
) -> list[dict[str, Any]]:
    often = [1 / (1 + n) ** 0.6 for n in range(len(people))]
    busy: dict[str, list[tuple[int, int]]] = {name: [] for name in people}
    sessions = []
    for number, (room, start, minutes) in enumerate(
        chance.sample(list(_lanes(chance, len(rooms), len(dates))), n_sessions)
    ):
        there: list[str] = []
        for name in dict.fromkeys(chance.choices(people, often, k=12)):
            free = all(b <= start or a >= start + minutes for a, b in busy[name])
            if free and len(there) < 1 + number % 5:
                there.append(name)
                busy[name].append((start, start + minutes))
        seats = rooms[room]["seats"]
        sessions.append(
            {
                "id": f"s{number}",
                "minutes": minutes,
                "people": there,
                "tracks": [f"C{chance.randrange(N_TRACKS)}"],
                "audience": int(seats * chance.uniform(0.25, 0.95)),
                "needs": [f for f in rooms[room]["features"] if chance.random() < 0.4],
                "popular": chance.choice([0] * 8 + [0.4, 0.8]),
                "prefers": {
                    "days": chance.sample(dates, int(chance.random() < 0.4)),
                    "half": chance.choice([None, None, "morning", "afternoon"]),
                },
            }
        )
    return sessions


def _lanes(
    chance: random.Random, n_rooms: int, n_days: int
) -> Iterator[tuple[int, int, int]]:
    """Yield room, start and length so that every room is full."""
    for room in range(n_rooms):
        for day in range(n_days):
            for opens, closes in HALVES:
                start = opens
                while start < closes:
                    minutes = min(chance.choice([30, 60, 60, 60, 90]), closes - start)
                    yield room, day * 24 * 60 + start, minutes
                    start += minutes


def region(n_sessions: int, seed: int) -> dict[str, Any]:
    """Return a forum whose sessions suit some days and hours only."""
    chance = random.Random(seed)
    dates = [f"2027-07-{5 + day:02d}" for day in range(ROOMS[n_sessions][0])]
    rooms: list[dict[str, Any]] = [
        {"id": f"r{kind}.{n}", "seats": seats, "features": list(features)}
        for kind, (count, seats, features) in enumerate(KINDS[n_sessions])
        for n in range(count)
    ]
    n_people = int(2.2 * n_sessions)
    often, busy = [1 / (1 + n) ** 0.6 for n in range(n_people)], set[tuple[int, int]]()
    hosts, sessions = [], []
    for number, (room, day, start, minutes) in enumerate(
        _filled(chance, n_sessions, len(rooms), len(dates))
    ):
        units = range(day * 48 + start // 30, day * 48 + (start + minutes) // 30)
        drawn = dict.fromkeys(chance.choices(range(n_people), often, k=20))
        free = [n for n in drawn if not any((n, unit) in busy for unit in units)]
        there = free[: chance.randint(2, 6)]
        busy.update((n, unit) for n in there for unit in units)
        suits = _suits(chance, dates, day, start, start + minutes)
        hosts.append({"id": f"host{number}", "available": suits})
        wanted_day = chance.choice([None, *dates])
        is_fixed = chance.random() < 0.05
        sessions.append(
            {
                "id": f"s{number}",
                "minutes": minutes,
                "people": [f"p{n}" for n in there] + [f"host{number}"],
                "tracks": [f"C{chance.randrange(N_TRACKS)}"],
                "audience": int(rooms[room]["seats"] * chance.uniform(0.25, 0.95)),
                "needs": [f for f in rooms[room]["features"] if chance.random() < 0.6],
                "prefers": {
                    "days": [wanted_day] if wanted_day else [],
                    "half": chance.choice([None, "morning", "afternoon"]),
                },
            }
            | ({"fixed": {"start": _moment(dates[day], start)}} if is_fixed else {})
        )
    people = [{"id": f"p{n}"} for n in range(n_people)]
    return _problem(dates, [], rooms, people + hosts, sessions)


def _filled(
    chance: random.Random, n_sessions: int, n_rooms: int, n_days: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield room, day, start and length, with a rest between some."""
    ends = {(room, day): DAY[0] for room in range(n_rooms) for day in range(n_days)}
    n_left = n_sessions
    while n_left:
        room, day = chance.choice(list(ends))
        minutes = chance.choice([30, 60, 60, 60, 60, 90])
        start = ends[room, day] + chance.choice([0] * 4 + [30])
        if start + minutes <= DAY[1]:
            ends[room, day] = start + minutes
            n_left -= 1
            yield room, day, start, minutes


def _suits(
    chance: random.Random, dates: Sequence[str], day: int, start: int, end: int
) -> list[list[str]]:
    """Return hours that a session suits, among which are those it has."""
    begins, ends = chance.choice([h for h in HOURS if h[0] <= start and end <= h[1]])
    is_choosy = chance.random() < 0.3
    return [
        [_moment(on, begins), _moment(on, ends)]
        for n, on in enumerate(dates)
        if n == day or not is_choosy or chance.random() < 0.75
    ]


def _moment(on: str, minutes: int) -> str:
    return f"{on}T{minutes // 60:02d}:{minutes % 60:02d}"


def _problem(
    dates: Sequence[str],
    breaks: Sequence[Sequence[str]],
    rooms: Sequence[dict[str, Any]],
    people: Sequence[dict[str, Any]],
    sessions: Sequence[dict[str, Any]],
) -> dict[str, Any]:
    return {
        "timezone": "Europe/Zurich",
        "unit_minutes": 30,
        "days": [
            {"date": on, "opens": "09:00", "closes": "18:00", "breaks": breaks}
            for on in dates
        ],
        "rooms": rooms,
        "people": people,
        "sessions": sessions,
        "weights": dict(WEIGHTS),
    }


FORUMS: Mapping[str, Callable[[int, int], dict[str, Any]]] = {
    "world": world,
    "region": region,
}
