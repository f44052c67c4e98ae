"""
Conferences of CoSPLib: an instance out of its workbook, and its published objective.

The objective is counted from a finished plan as their own checker counts it: a
submission of several time slots pays its penalties for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from montada.programme.engine.timetable.grid import Slot

Table = list[list[int]]
WEIGHTS = (
    "tracks|sessions",
    "tracks|rooms",
    "sessions|rooms",
    "similar",
    "rooms",
    "parallel",
    "consecutive",
    "timezones",
    "order",
    "submissions|sessions",
    "submissions|rooms",
    "presenters",
    "attendees",
    "chairs",
)
"""In the order of the workbooks."""


@dataclass(frozen=True)
class Conference:
    """An instance: everything numbered, penalties without their weights."""

    weights: dict[str, int]
    n_slots: list[int]
    dates: list[Any]
    n_rooms: int
    track_of: list[int]
    length: list[int]
    order: list[int]
    penalties: dict[str, Table]
    presenters: list[set[int]]
    attendees: list[set[int]]
    chairs: list[set[int]]


def conference_in(path: Path) -> Conference:
    """Return the instance in a workbook."""
    book = load_workbook(path, data_only=True, read_only=True)
    sheets: dict[str, list[list[Any]]] = {
        sheet.title: [
            list(row) for row in sheet.iter_rows(values_only=True) if any(row)
        ]
        for sheet in book
    }
    settings: list[list[Any]] = [
        list(row) for row in book["parameters"].iter_rows(values_only=True)
    ]
    weights = dict(
        zip(WEIGHTS, (int(row[4] or 0) for row in settings[1:]), strict=False)
    )
    if any(int(row[4] or 0) for row in settings[15:17]):
        raise ValueError("conflicts at the level of time slots are not priced here")
    sessions, rooms = sheets["sessions"][1:], sheets["rooms"][1:]
    tracks, submissions = sheets["tracks"][1:], sheets["submissions"][1:]
    numbers = {str(row[0]): n for n, row in enumerate(tracks)}
    track_of = [numbers[str(row[1])] for row in submissions]
    length = [int(row[2]) for row in submissions]
    penalties = _tables(sheets) | {
        "submissions|sessions": _columns(submissions, 7, len(sessions)),
        "submissions|rooms": _columns(submissions, 7 + len(sessions), len(rooms)),
        "timezones": _zone_penalties(settings, sessions, submissions),
    }
    return Conference(
        weights=weights,
        n_slots=[int(row[1]) for row in sessions],
        dates=[row[2] for row in sessions],
        n_rooms=len(rooms),
        track_of=track_of,
        length=length,
        order=[int(row[3] or 0) for row in submissions],
        penalties=penalties,
        **_conflicts(tracks, submissions, track_of),
    )


def _table(rows: Sequence[Sequence[Any]], height: int, width: int) -> Table:
    return [[int(v or 0) for v in row[1 : width + 1]] for row in rows[1 : height + 1]]


def _columns(rows: Sequence[Sequence[Any]], first: int, n: int) -> Table:
    return [[int(v or 0) for v in row[first : first + n]] for row in rows]


def _tables(sheets: dict[str, list[list[Any]]]) -> dict[str, Table]:
    """Return the penalties of tracks, and of rooms in sessions."""
    n_tracks, n_sessions, n_rooms = (
        len(sheets[name]) - 1 for name in ("tracks", "sessions", "rooms")
    )
    similar = _table(sheets["similar tracks"], n_tracks, n_tracks)
    return {
        "tracks|sessions": _table(
            sheets["tracks_sessions|penalty"], n_tracks, n_sessions
        ),
        "tracks|rooms": _table(sheets["tracks_rooms|penalty"], n_tracks, n_rooms),
        "sessions|rooms": _table(sheets["sessions_rooms|penalty"], n_sessions, n_rooms),
        # A pair stands in either half of the table.
        "similar": [
            [max(similar[a][b], similar[b][a]) for b in range(n_tracks)]
            for a in range(n_tracks)
        ],
    }


def _zone_penalties(
    settings: Sequence[Sequence[Any]],
    sessions: Sequence[Sequence[Any]],
    submissions: Sequence[Sequence[Any]],
) -> Table:
    def offset(name: str) -> timedelta:
        return timedelta(hours=int(name.removeprefix("GMT")))

    local = offset(settings[1][1])
    suits, ends = settings[3][1], settings[4][1]
    first, last = settings[6][1], settings[7][1]
    small, big = int(settings[8][1]), int(settings[10][1])

    def penalty(session: Sequence[Any], zone: str) -> int:
        begin, end = (
            (datetime.combine(session[2], clock) - local + offset(zone)).time()
            for clock in session[3:5]
        )
        if begin < first or end > last or end < first:
            return big
        return small if first <= begin < suits or ends < end <= last else 0

    return [[penalty(s, str(row[4])) for s in sessions] for row in submissions]


def _conflicts(
    tracks: Sequence[Sequence[Any]],
    submissions: Sequence[Sequence[Any]],
    track_of: Sequence[int],
) -> dict[str, list[set[int]]]:
    """Return who cannot, or would rather not, be parallel to whom."""

    def names(cell: Any) -> set[str]:
        return {name for name in str(cell or "").split(", ") if name}

    chairing = [names(row[1] if len(row) > 1 else None) for row in tracks]
    presenting = [names(row[5]) for row in submissions]
    attending = [names(row[6]) for row in submissions]
    presenters: list[set[int]] = [set() for _row in submissions]
    attendees: list[set[int]] = [set() for _row in submissions]
    for one, other in combinations(range(len(submissions)), 2):
        pairs = ((one, other), (other, one))
        apart = track_of[one] != track_of[other]
        if presenting[one] & presenting[other] or (
            apart and any(presenting[a] & chairing[track_of[b]] for a, b in pairs)
        ):
            presenters[one].add(other)
            presenters[other].add(one)
        if attending[one] & attending[other] or any(
            attending[a] & presenting[b]
            or (apart and attending[a] & chairing[track_of[b]])
            for a, b in pairs
        ):
            attendees[one].add(other)
            attendees[other].add(one)
    chairs = [
        {b for b, there in enumerate(chairing) if a != b and here & there}
        for a, here in enumerate(chairing)
    ]
    return {"presenters": presenters, "attendees": attendees, "chairs": chairs}


def counted(conference: Conference, slots: Sequence[Slot | None]) -> dict[str, int]:
    """Return each part of their objective, without its weight, from a plan alone."""
    c, p = conference, conference.penalties
    held: dict[Slot, int] = {
        slot: c.track_of[n] for n, slot in enumerate(slots) if slot is not None
    }
    in_session: dict[int, list[int]] = defaultdict(list)
    rooms_of: dict[int, set[int]] = defaultdict(set)
    sessions_of: dict[int, set[int]] = defaultdict(set)
    for (session, room), track in sorted(held.items()):
        in_session[session].append(track)
        rooms_of[track].add(room)
        sessions_of[track].add(session)
    parts: Counter[str] = Counter(dict.fromkeys(WEIGHTS, 0))
    for (session, room), track in held.items():
        parts["tracks|sessions"] += p["tracks|sessions"][track][session]
        parts["tracks|rooms"] += p["tracks|rooms"][track][room]
        parts["sessions|rooms"] += p["sessions|rooms"][session][room]
    for there in in_session.values():
        parts["parallel"] += len(there) - len(set(there))
        for one, other in combinations(there, 2):
            parts["similar"] += p["similar"][one][other] if one != other else 0
            parts["chairs"] += other in c.chairs[one]
    parts["rooms"] = sum(len(rooms) - 1 for rooms in rooms_of.values())
    parts["consecutive"] = sum(
        len(s) != max(s) - min(s) + 1 for s in sessions_of.values()
    )
    for n, slot in enumerate(slots):
        if slot is not None:
            for part in ("timezones", "submissions|sessions"):
                parts[part] += p[part][n][slot[0]] * c.length[n]
            parts["submissions|rooms"] += (
                p["submissions|rooms"][n][slot[1]] * c.length[n]
            )
    for part, conflicts in (("presenters", c.presenters), ("attendees", c.attendees)):
        parts[part] = sum(
            is_parallel(slots[one], slots[other])
            for one, others in enumerate(conflicts)
            for other in others
            if one < other
        )
    parts["order"] = _out_of_order(c, slots)
    return dict(parts)


def is_parallel(one: Slot | None, other: Slot | None) -> bool:
    if one is None or other is None:
        return False
    return one[0] == other[0] and one[1] != other[1]


def _out_of_order(c: Conference, slots: Sequence[Slot | None]) -> int:
    """
    Return how many do not have the place in their track that they ask for.

    Within a room we are free to give each its place. Two of a track that ask for
    places in two rooms at one time count too, at most so often as there are pairs.
    """
    cells: dict[int, dict[Slot, list[int]]] = defaultdict(lambda: defaultdict(list))
    for n, slot in enumerate(slots):
        if slot is not None:
            cells[c.track_of[n]][slot].append(c.order[n])
    wrong = 0
    for held in cells.values():
        place = 1
        for _slot, orders in sorted(held.items()):
            asking = [order for order in orders if order]
            here = range(place, place + len(orders))
            wrong += len(asking) - len({order for order in asking if order in here})
            place += len(orders)
        for (slot, orders), (other, others) in combinations(held.items(), 2):
            if slot[0] == other[0]:
                wrong += sum(map(bool, orders)) * sum(map(bool, others))
    return wrong


def price_of(conference: Conference, parts: dict[str, int]) -> int:
    """Return their objective."""
    return sum(conference.weights[part] * n for part, n in parts.items())
