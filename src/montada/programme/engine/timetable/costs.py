"""
What a timetable costs: each soft constraint counted, plainly, pair by pair.

The counts, of placed sessions only:

seats_over             people without a seat: expected audience above the room's seats
wrong_day              wishes missed: the day, and the half-day (morning before noon)
same_track_parallel    pairs of sessions that share a track and overlap
popular_parallel       over pairs that overlap, one's popularity times the other's
unsocial_hours         remote people in a session not wholly within 07:00-22:00 of
                       their own clock, once per person and session
track_spread           sessions of a track on a day beyond its even share, which is
                       its sessions over the days, rounded up
room_change            rooms of a track on a day, beyond the first
changed_since_release  people in sessions whose room or start is not the released one,
                       at least one a session

The solver prices moves with code of its own; tests hold that both agree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import chain

from montada.programme.engine.timetable.intervals import lasting, meeting_pairs
from montada.programme.engine.timetable.problem import (
    COUNT_UNIT,
    NOON,
    SOCIAL_HOURS,
    WEIGHT_UNIT,
    Interval,
    Person,
    Placement,
    Problem,
    Session,
)

PRICE_UNIT = COUNT_UNIT * WEIGHT_UNIT
"""A price is a count times a weight, both whole: so many make one."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A session of the problem where it stands."""

    session: Session
    placement: Placement

    @property
    def interval(self) -> Interval:
        return lasting(self.placement, self.session)

    @property
    def on(self) -> date:
        return self.placement.start.date()


def placed_of(problem: Problem, placements: Sequence[Placement]) -> list[Placed]:
    """Return the placements of known sessions, in their order."""
    sessions = {session.id: session for session in problem.sessions}
    return [
        Placed(sessions[placement.session], placement)
        for placement in placements
        if placement.session in sessions
    ]


def soft_counts(problem: Problem, placed: Sequence[Placed]) -> dict[str, int]:
    """
    Return how often each soft constraint is missed, in ten-thousandths.

    Only labels that weigh something and are missed stand in it.
    """
    counts = {
        label: count(problem, placed) * unit
        for label, (count, unit) in _COUNTS.items()
        if problem.weights[label]
    }
    return {label: count for label, count in counts.items() if count}


def price(problem: Problem, counts: Mapping[str, int], n_unplaced: int) -> int:
    """Return weight times count over all labels and the unplaced, in `PRICE_UNIT`."""
    soft = sum(problem.weights[label] * count for label, count in counts.items())
    return soft + problem.weights["unplaced"] * n_unplaced * COUNT_UNIT


def is_social(session: Interval, person: Person, edition: tzinfo) -> bool:
    """Whether a session lies within the social hours of the person's own clock."""
    if person.zone is None:
        return True
    start, end = (
        moment.replace(tzinfo=edition).astimezone(person.zone).replace(tzinfo=None)
        for moment in session
    )
    first, last = (
        datetime.combine(start.date(), time.min) + timedelta(hours=hour)
        for hour in SOCIAL_HOURS
    )
    return first <= start and end <= last


def even_share(n_sessions: int, n_days: int) -> int:
    """Return how many sessions of a track a day may hold before it is crowded."""
    return -(-n_sessions // n_days)


def _seats_over(problem: Problem, placed: Sequence[Placed]) -> int:
    seats = {room.id: room.seats for room in problem.rooms}
    return sum(
        max(0, one.session.audience - limit)
        for one in placed
        if (limit := seats.get(one.placement.room)) is not None
    )


def _wrong_day(problem: Problem, placed: Sequence[Placed]) -> int:
    del problem
    days = sum(
        bool(one.session.wanted_days) and one.on not in one.session.wanted_days
        for one in placed
    )
    halves = sum(
        one.session.wanted_half is not None
        and (one.session.wanted_half == "morning") != (one.placement.start.hour < NOON)
        for one in placed
    )
    return days + halves


def _same_track_parallel(problem: Problem, placed: Sequence[Placed]) -> int:
    del problem
    pairs = meeting_pairs(
        (track, one.interval, one.session.id)
        for one in placed
        for track in one.session.tracks
    )
    # Two sessions that share several tracks are one pair.
    return len({(one, other) for _track, one, other in pairs})


def _popular_parallel(problem: Problem, placed: Sequence[Placed]) -> int:
    del problem
    popular = [one for one in placed if one.session.popular]
    pairs = meeting_pairs(("", one.interval, one.session.popular) for one in popular)
    return sum(one * other for _key, one, other in pairs)


def _unsocial_hours(problem: Problem, placed: Sequence[Placed]) -> int:
    remote = {person.id: person for person in problem.people if person.remote}
    return sum(
        not is_social(one.interval, remote[name], problem.zone)
        for one in placed
        for name in one.session.people
        if name in remote
    )


def _track_spread(problem: Problem, placed: Sequence[Placed]) -> int:
    whole = Counter(chain.from_iterable(s.tracks for s in problem.sessions))
    by_day = Counter((track, one.on) for one in placed for track in one.session.tracks)
    n_days = len(problem.days)
    return sum(
        max(0, n - even_share(whole[track], n_days))
        for (track, _on), n in by_day.items()
    )


def _room_change(problem: Problem, placed: Sequence[Placed]) -> int:
    del problem
    rooms: dict[tuple[str, date], set[str]] = defaultdict(set)
    for one in placed:
        for track in one.session.tracks:
            rooms[track, one.on].add(one.placement.room)
    return sum(len(used) - 1 for used in rooms.values())


def _changed_since_release(problem: Problem, placed: Sequence[Placed]) -> int:
    released = {placement.session: placement for placement in problem.released}
    return sum(
        max(1, len(one.session.people))
        for one in placed
        if released.get(one.session.id, one.placement) != one.placement
    )


_COUNTS: Mapping[str, tuple[Callable[[Problem, Sequence[Placed]], int], int]] = {
    "seats_over": (_seats_over, COUNT_UNIT),
    "wrong_day": (_wrong_day, COUNT_UNIT),
    "same_track_parallel": (_same_track_parallel, COUNT_UNIT),
    "popular_parallel": (_popular_parallel, 1),
    "unsocial_hours": (_unsocial_hours, COUNT_UNIT),
    "track_spread": (_track_spread, COUNT_UNIT),
    "room_change": (_room_change, COUNT_UNIT),
    "changed_since_release": (_changed_since_release, COUNT_UNIT),
}
"""Each count, and in which unit it counts."""
