"""
A problem compiled for the solver: everything numbered, time as bits, prices as numbers.

Nothing in it changes while the solver runs; `board.Board` holds what does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from functools import cache
from itertools import chain, combinations
from math import gcd

from montada.programme.engine.timetable.costs import even_share
from montada.programme.engine.timetable.problem import (
    COUNT_UNIT,
    SOCIAL_HOURS,
    Interval,
    Person,
    Placement,
    Problem,
    Session,
)
from montada.programme.engine.timetable.series import Series, series_of
from montada.programme.engine.timetable.timeline import (
    DAY_MINUTES,
    Timeline,
    eroded,
    timeline_of,
)

Levels = list[tuple[int, int]]
"""Prices, and the bits that cost so much: disjoint, the cheapest first."""
Slot = tuple[int, int]
"""The bit of a start, and the number of a room."""


@dataclass(frozen=True, slots=True)
class Task:
    """
    One session, compiled.

    Attributes
    ----------
    n_units : how long
    starts : where it may begin, other sessions aside
    rooms : price of seats and number of each room that could do, best suited first
    levels : what its starts cost by themselves
    people : numbers of those who are in other sessions too, and of each `not_with`
    tracks : numbers
    rivals : numbers of sessions with a track in common
    popular : in a unit that makes a pair cost one price; 0 where nobody counts
    released : its released slot, where it may still be there
    moved : price of being anywhere else
    """

    n_units: int
    starts: int
    rooms: tuple[tuple[int, int], ...]
    levels: Levels
    people: tuple[int, ...]
    tracks: tuple[int, ...]
    rivals: tuple[int, ...]
    popular: int
    released: Slot | None
    moved: int

    @property
    def n_choices(self) -> int:
        """How many starts times rooms it has: few is hard to place."""
        return self.starts.bit_count() * len(self.rooms)

    def price_alone(self, slot: Slot) -> int:
        """Return what a slot costs whatever else is placed."""
        start, room = slot
        total = 0 if slot == self.released else self.moved
        for over, other in self.rooms:
            if other == room:
                total += over
                break
        for price, starts in self.levels:
            if starts >> start & 1:
                return total + price
        return total


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Attributes
    ----------
    prices : label -> price of one count, in `1 / scale` of `costs.PRICE_UNIT`
    scale : what all prices were divided by, so that numbers stay small
    shares : sessions of each track that a day holds before it is crowded
    by_person : numbers of the sessions of each person
    series : what must come before what
    """

    problem: Problem
    timeline: Timeline
    tasks: tuple[Task, ...]
    room_units: tuple[int, ...]
    n_people: int
    prices: Mapping[str, int]
    scale: int
    shares: tuple[int, ...]
    by_person: Mapping[int, Sequence[int]]
    series: Series

    def slots_of(self, placements: Sequence[Placement]) -> list[Slot | None]:
        """Return where each session is in a plan; None where no bit begins then."""
        rooms = {room.id: number for number, room in enumerate(self.problem.rooms)}
        slots: dict[str, Slot | None] = {}
        for placement in placements:
            bit = self.timeline.bit_of(placement.start)
            if bit is not None and placement.room in rooms:
                slots[placement.session] = bit, rooms[placement.room]
        return [slots.get(session.id) for session in self.problem.sessions]

    def placement(self, number: int, slot: Slot) -> Placement:
        """Return a slot of a session in the problem's words."""
        return Placement(
            self.problem.sessions[number].id,
            self.problem.rooms[slot[1]].id,
            self.timeline.moment_at(slot[0]),
        )


def grid_of(problem: Problem) -> Grid:
    """Return the compiled problem."""
    timeline = _timeline(problem)
    prices, scale = _prices(problem)
    compiler = _Compiler(problem, timeline, prices)
    tasks = tuple(compiler.task(n) for n in range(len(problem.sessions)))
    by_person: dict[int, list[int]] = defaultdict(list)
    for number, task in enumerate(tasks):
        for person in task.people:
            by_person[person].append(number)
    return Grid(
        problem=problem,
        timeline=timeline,
        tasks=tasks,
        room_units=tuple(room_units(problem, timeline)),
        n_people=compiler.n_people,
        prices=prices,
        scale=scale,
        shares=compiler.shares,
        by_person=by_person,
        series=series_of(
            [session.after for session in problem.sessions],
            [session.id for session in problem.sessions],
            [task.n_units for task in tasks],
        ),
    )


def room_units(problem: Problem, timeline: Timeline) -> Iterator[int]:
    """Yield the units in which each room is open."""
    for room in problem.rooms:
        own = timeline.open if room.opens is None else timeline.within(room.opens)
        yield timeline.open & own & ~timeline.touched(room.closed)


def social_hours(zone: tzinfo, edition: tzinfo, problem: Problem) -> list[Interval]:
    """Return the social hours of a zone in the edition's time, for all its days."""
    first = problem.days[0].on - timedelta(days=2)
    n_days = (problem.days[-1].on - first).days + 3
    local = [
        [
            datetime.combine(first + timedelta(days=n), time(hour), zone)
            for hour in SOCIAL_HOURS
        ]
        for n in range(n_days)
    ]
    return [
        (
            start.astimezone(edition).replace(tzinfo=None),
            end.astimezone(edition).replace(tzinfo=None),
        )
        for start, end in local
    ]


def _timeline(problem: Problem) -> Timeline:
    minutes = [session.minutes for session in problem.sessions]
    moments = [
        *(day.opens for day in problem.days),
        *(end for day in problem.days for _start, end in day.breaks),
        *(s.fixed_start for s in problem.sessions if s.fixed_start is not None),
        *(placement.start for placement in problem.released),
    ]
    unit = gcd(
        problem.unit_minutes, *minutes, *(m.hour * 60 + m.minute for m in moments)
    )
    # A session longer than all days has no start whatever the pad is.
    longest = max(minutes, default=unit)
    pad = min(longest, len(problem.days) * DAY_MINUTES) // unit
    return timeline_of(problem.days, unit, problem.unit_minutes, pad)


def _popular_unit(problem: Problem) -> int:
    """Return the hundredths of which every popularity is a multiple; 0 if all are 0."""
    return gcd(*(session.popular for session in problem.sessions))


def _prices(problem: Problem) -> tuple[dict[str, int], int]:
    raw = {label: weight * COUNT_UNIT for label, weight in problem.weights.items()}
    pair = _popular_unit(problem) ** 2
    raw["popular_parallel"] = problem.weights["popular_parallel"] * pair
    scale = gcd(*raw.values()) or 1
    return {label: price // scale for label, price in raw.items()}, scale


class _Compiler:
    """Numbers everything, then compiles session by session."""

    def __init__(
        self, problem: Problem, timeline: Timeline, prices: Mapping[str, int]
    ) -> None:
        self.problem, self.timeline, self.prices = problem, timeline, prices
        self.room_units = list(room_units(problem, timeline))
        self.rooms = {room.id: number for number, room in enumerate(problem.rooms)}
        self.people = {person.id: person for person in problem.people}
        self.released = {p.session: p for p in problem.released}
        self.masks = {
            person.id: timeline.within(person.available)
            for person in problem.people
            if person.available is not None
        }
        self.mornings = timeline.mornings()
        self.popular_unit = _popular_unit(problem)
        n_of_track = Counter(chain.from_iterable(s.tracks for s in problem.sessions))
        self.tracks = {track: n for n, track in enumerate(sorted(n_of_track))}
        self.shares = tuple(
            even_share(n_of_track[track], len(problem.days)) for track in self.tracks
        )
        self._number_people()
        self._find_rivals()
        self.social = cache(self._social)
        self.hours = cache(lambda zone: social_hours(zone, problem.zone, problem))

    def _number_people(self) -> None:
        """Number who may be needed twice; two that may not meet share a person."""
        counts = Counter(chain.from_iterable(s.people for s in self.problem.sessions))
        shared = [person for person, n in counts.items() if n > 1]
        number = {person: n for n, person in enumerate(shared)}
        pairs = {
            frozenset((session.id, other))
            for session in self.problem.sessions
            for other in session.not_with
            if other != session.id
        }
        self.needed: dict[str, list[int]] = defaultdict(list)
        for session in self.problem.sessions:
            self.needed[session.id] = [number[p] for p in session.people if p in number]
        for n, pair in enumerate(sorted(map(sorted, pairs)), start=len(shared)):
            for name in pair:
                self.needed[name].append(n)
        self.n_people = len(shared) + len(pairs)

    def _find_rivals(self) -> None:
        self.rivals: dict[int, set[int]] = defaultdict(set)
        if not self.prices["same_track_parallel"]:
            return
        on_track: dict[str, list[int]] = defaultdict(list)
        for number, session in enumerate(self.problem.sessions):
            for track in session.tracks:
                on_track[track].append(number)
        for numbers in on_track.values():
            for one, other in combinations(numbers, 2):
                self.rivals[one].add(other)
                self.rivals[other].add(one)

    def task(self, number: int) -> Task:
        session = self.problem.sessions[number]
        n_units = session.minutes // self.timeline.unit
        released = self._slot(self.released.get(session.id))
        starts = self._starts(session, n_units, released)
        rooms = self._rooms(session, n_units, starts)
        moved = 0
        if session.id in self.released:
            moved = self.prices["changed_since_release"] * max(1, len(session.people))
        return Task(
            n_units=n_units,
            starts=starts if rooms else 0,
            rooms=rooms,
            levels=self._levels(session, starts),
            people=tuple(self.needed[session.id]),
            tracks=tuple(self.tracks[track] for track in sorted(session.tracks)),
            rivals=tuple(sorted(self.rivals[number])),
            popular=session.popular // self.popular_unit
            if session.popular and self.prices["popular_parallel"]
            else 0,
            released=released if moved else None,
            moved=moved,
        )

    def _slot(self, placement: Placement | None) -> Slot | None:
        if placement is None or placement.room not in self.rooms:
            return None
        bit = self.timeline.bit_of(placement.start)
        return None if bit is None else (bit, self.rooms[placement.room])

    def _starts(self, session: Session, n_units: int, released: Slot | None) -> int:
        if session.id in session.after:
            return 0
        units = self.timeline.open
        for name in session.people:
            units &= self.masks.get(name, units)
        starts = eroded(units, n_units)
        if session.fixed_start is not None:
            bit = self.timeline.bit_of(session.fixed_start)
            return 0 if bit is None else starts & (1 << bit)
        where = 0 if released is None else 1 << released[0]
        return starts & (self.timeline.aligned | where)

    def _rooms(
        self, session: Session, n_units: int, starts: int
    ) -> tuple[tuple[int, int], ...]:
        suited = []
        for number, room in enumerate(self.problem.rooms):
            if session.fixed_room not in (None, room.id):
                continue
            if not session.needs <= room.features:
                continue
            if not eroded(self.room_units[number], n_units) & starts:
                continue
            seats = session.audience if room.seats is None else room.seats
            over = max(0, session.audience - seats) * self.prices["seats_over"]
            # Among rooms that cost the same, keep the larger and better equipped free.
            suited.append((over, seats, len(room.features), number))
        return tuple((over, number) for over, _s, _f, number in sorted(suited))

    def _levels(self, session: Session, starts: int) -> Levels:
        masks: list[tuple[int, int]] = []
        if session.wanted_days:
            wanted = sum(
                self.timeline.day_mask(number)
                for number, day in enumerate(self.problem.days)
                if day.on in session.wanted_days
            )
            masks.append((self.prices["wrong_day"], ~wanted))
        if session.wanted_half is not None:
            morning = session.wanted_half == "morning"
            wrong = ~self.mornings if morning else self.mornings
            masks.append((self.prices["wrong_day"], wrong))
        for name in session.people:
            person = self.people[name]
            if person.remote and person.zone is not None:
                social = self.social(person, session.minutes)
                masks.append((self.prices["unsocial_hours"], ~social))
        levels = {0: starts}
        for price, mask in masks:
            levels = split(levels, price, mask)
        return sorted(levels.items())

    def _social(self, person: Person, minutes: int) -> int:
        return self.timeline.starts_within(self.hours(person.zone), minutes)


def split(levels: Mapping[int, int], price: int, mask: int) -> dict[int, int]:
    """Return levels where the starts in `mask` cost `price` more."""
    if not price:
        return dict(levels)
    new: dict[int, int] = defaultdict(int)
    for cost, starts in levels.items():
        if kept := starts & ~mask:
            new[cost] |= kept
        if dearer := starts & mask:
            new[cost + price] |= dearer
    return new
