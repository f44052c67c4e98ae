"""
A published programme as a problem: the same sessions, people, rooms and days.

Rooms are open on each day from their first start to their last end. A programme that
runs past midnight is open until then and anew from there; the night, when nothing runs
anywhere, is a break. Without the times, `track_spread` weighs nothing: many programmes
give a track one day, and none says that it should be on all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from math import gcd
from typing import Any

from montada.programme.engine.timetable.plan import written
from montada.programme.engine.timetable.problem import WEIGHTS, Interval

WHOLE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Published:
    """
    One session as a programme tells of it.

    Attributes
    ----------
    day : as the programme counts it; may begin the evening before
    people, names : of each who speaks what they are known by, and what they are called
    row : of the table, or number of the event, counted from 1
    guid : name that stays, "" where the programme gives none
    language : BCP 47, "" where it does not say
    mode, languages, goals : as it writes them, which may be anything
    """

    id: str
    day: date
    room: str
    start: datetime
    minutes: int
    tracks: tuple[str, ...] = ()
    kind: str = ""
    people: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    row: int = 0
    guid: str = ""
    number: str = ""
    title: str = ""
    summary: str = ""
    language: str = ""
    organisers: tuple[str, ...] = ()
    mode: str = ""
    languages: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()

    @property
    def interval(self) -> Interval:
        return self.start, self.start + timedelta(minutes=self.minutes)


def problem_of(
    programme: Sequence[Published], *, timezone: str, drop_times: bool
) -> dict[str, Any]:
    """Return a problem file's content; sessions keep their times unless dropped."""
    programme = _named_apart(programme)
    rooms = list(dict.fromkeys(session.room for session in programme))
    people = dict.fromkeys(p for session in programme for p in session.people)
    weights = dict(WEIGHTS) | ({"track_spread": 0} if drop_times else {})
    return {
        "timezone": timezone,
        "unit_minutes": _unit(programme),
        "days": list(_days(programme)),
        "rooms": [_room(room, programme) for room in rooms],
        "people": [{"id": name} for name in people],
        "sessions": [_session(session, drop_times) for session in programme],
        "weights": weights,
    }


def plan_of(programme: Sequence[Published]) -> dict[str, Any]:
    """Return the published times as a plan file's content."""
    placements = [
        {"session": s.id, "room": s.room, "start": written(s.start)}
        for s in _named_apart(programme)
    ]
    return {"placements": placements, "unplaced": []}


def _named_apart(programme: Sequence[Published]) -> list[Published]:
    """Return the sessions with an id each: a second 7 is 7-2."""
    taken = {session.id for session in programme}
    seen: set[str] = set()
    apart = []
    for session in programme:
        name, n = session.id, 1
        while name in seen or (n > 1 and name in taken):
            n += 1
            name = f"{session.id}-{n}"
        seen.add(name)
        apart.append(replace(session, id=name))
    return apart


def _unit(programme: Sequence[Published]) -> int:
    minutes = [s.start.hour * 60 + s.start.minute for s in programme]
    return gcd(*minutes, *(s.minutes for s in programme)) or 1


def _session(session: Published, drop_times: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {"id": session.id, "minutes": session.minutes}
    if session.people:
        facts["people"] = list(session.people)
    if session.tracks:
        facts["tracks"] = list(session.tracks)
    if session.kind:
        facts["type"] = session.kind
    if not drop_times:
        facts["fixed"] = {"room": session.room, "start": written(session.start)}
    return facts


def _days(programme: Sequence[Published]) -> Iterator[dict[str, Any]]:
    for on, pieces in _by_date(_spans(programme)).items():
        yield {
            "date": on.isoformat(),
            "opens": _clock(pieces[0][0], on),
            "closes": _clock(pieces[-1][1], on),
            "breaks": [[_clock(a, on), _clock(b, on)] for a, b in _gaps(pieces)],
        }


def _room(name: str, programme: Sequence[Published]) -> dict[str, Any]:
    own = _by_date(_spans([s for s in programme if s.room == name]))
    closed = [
        [written(start), written(end)]
        for on in _by_date(_spans(programme))
        for start, end in (_gaps(own[on]) if on in own else [_whole(on)])
    ]
    opens = {
        on.isoformat(): [_clock(pieces[0][0], on), _clock(pieces[-1][1], on)]
        for on, pieces in own.items()
    }
    return {"id": name, "opens": opens} | ({"closed": closed} if closed else {})


def _spans(programme: Sequence[Published]) -> list[Interval]:
    """Return, for each day as the programme counts it, from when to when it runs."""
    by_day: dict[date, list[Interval]] = defaultdict(list)
    for session in programme:
        by_day[session.day].append(session.interval)
    return [
        (min(start for start, _end in of), max(end for _start, end in of))
        for _day, of in sorted(by_day.items())
    ]


def _by_date(spans: Sequence[Interval]) -> dict[date, list[Interval]]:
    """Return the parts of some spans that lie on each date, united and in order."""
    parts: dict[date, list[Interval]] = defaultdict(list)
    for start, end in sorted(spans):
        on = start.date()
        while datetime.combine(on, time.min) < end:
            midnight, next_midnight = _whole(on)
            piece = max(start, midnight), min(end, next_midnight)
            last = parts[on][-1] if parts[on] else None
            if last is not None and piece[0] <= last[1]:
                parts[on][-1] = last[0], max(last[1], piece[1])
            else:
                parts[on].append(piece)
            on += WHOLE_DAY
    return dict(sorted(parts.items()))


def _whole(on: date) -> Interval:
    midnight = datetime.combine(on, time.min)
    return midnight, midnight + WHOLE_DAY


def _gaps(pieces: Sequence[Interval]) -> list[Interval]:
    return [(one[1], other[0]) for one, other in pairwise(pieces)]


def _clock(moment: datetime, on: date) -> str:
    return "24:00" if moment.date() > on else f"{moment:%H:%M}"
