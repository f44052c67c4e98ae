"""
Why a session has no place: the fewest things that, were they dropped, would let it in.

Everything that keeps a session out forbids some slots (a start in a room): the hours, a
room's hours, features it lacks, a person's availability, another session that has the
room or a person, an order. The slot that fewest things forbid is sought, and these are
named. A session that nothing could help (it is longer than any day) is told so. What a
session is fixed to is somebody's decision, and stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from montada.programme.engine.timetable.grid import Grid, Slot, grid_of
from montada.programme.engine.timetable.plan import Finding, written
from montada.programme.engine.timetable.problem import Placement, Problem, Session
from montada.programme.engine.timetable.timeline import eroded, ones

MOST_BARS = 40
"""Things in the way that are counted; more in one slot make it no better choice."""


@dataclass(frozen=True, slots=True)
class _Bar:
    """Something in the way, and the starts it forbids."""

    finding: Finding
    starts: int


def reasons_of(
    problem: Problem, placements: Sequence[Placement]
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Yield each session that any plan leaves out, and what keeps it out."""
    # Its starts may lie between the problem's own; as released ones they get bits.
    grid = grid_of(replace(problem, released=tuple(placements)))
    placed = {placement.session for placement in placements}
    left_out = [n for n, s in enumerate(problem.sessions) if s.id not in placed]
    yield from reasons_for(grid, grid.slots_of(placements), left_out)


def reasons_for(
    grid: Grid, slots: Sequence[Slot | None], left_out: Sequence[int]
) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """
    Yield each session left out and the smallest set of things that keep it out.

    Parameters
    ----------
    slots : the plan; slot of each session, None where it has none
    left_out : numbers of sessions that have none
    """
    explainer = _Explainer(grid, slots)
    for number in left_out:
        yield grid.problem.sessions[number].id, explainer.reasons(number)


class _Explainer:
    """A plan, looked up by rooms and by people."""

    def __init__(self, grid: Grid, slots: Sequence[Slot | None]) -> None:
        self.grid = grid
        self.placed = {n: slot for n, slot in enumerate(slots) if slot is not None}
        self.people = {person.id: person for person in grid.problem.people}
        self.in_room: dict[int, list[int]] = defaultdict(list)
        self.with_person: dict[str, list[int]] = defaultdict(list)
        self.not_with: dict[str, set[str]] = defaultdict(set)
        self.numbers = {s.id: n for n, s in enumerate(grid.problem.sessions)}
        for number, (_start, room) in self.placed.items():
            self.in_room[room].append(number)
            for name in grid.problem.sessions[number].people:
                self.with_person[name].append(number)
        for session in grid.problem.sessions:
            for name in session.not_with:
                self.not_with[session.id].add(name)
                self.not_with[name].add(session.id)

    def reasons(self, number: int) -> tuple[Finding, ...]:
        session = self.grid.problem.sessions[number]
        for circle in self.grid.series.circles:
            if session.id in circle:
                return (Finding("circle", circle, {}),)
        starts = possible_starts(self.grid, session)
        if not starts:
            return (_hopeless(session),)
        shared = [*self._hours_bars(session), *self._session_bars(number)]
        best: tuple[int, list[_Bar], int] | None = None
        for room_number, room in enumerate(self.grid.problem.rooms):
            if session.fixed_room not in (None, room.id):
                continue
            bars = [*self._room_bars(session, room_number), *shared]
            n_bars, start = _least_barred(starts, bars)
            if best is None or n_bars < best[0]:
                best = n_bars, bars, start
            if n_bars <= 1:
                break
        if best is None:
            return (Finding("no_rooms", (session.id,), {}),)
        _n_bars, bars, start = best
        found = tuple(bar.finding for bar in bars if bar.starts >> start & 1)
        return found or (Finding("not_found", (session.id,), {}),)

    def _room_bars(self, session: Session, room_number: int) -> Iterator[_Bar]:
        grid = self.grid
        room = grid.problem.rooms[room_number]
        n_units = session.minutes // grid.timeline.unit
        everywhere = ones(grid.timeline.n_bits)
        for feature in sorted(session.needs - room.features):
            lacks = {"room": room.id, "features": (feature,)}
            yield _Bar(Finding("room_lacks", (session.id,), lacks), everywhere)
        shut = everywhere & ~eroded(grid.room_units[room_number], n_units)
        yield _Bar(Finding("room_shut", (session.id,), {"room": room.id}), shut)
        for other in self.in_room[room_number]:
            taken = Finding("room_taken", (self._id(other),), {"room": room.id})
            yield _Bar(taken, self._beside(other, n_units))

    def _hours_bars(self, session: Session) -> Iterator[_Bar]:
        timeline = self.grid.timeline
        for name in session.people:
            available = self.people[name].available
            if available is None:
                continue
            units = timeline.within(available)
            there = eroded(units, session.minutes // timeline.unit)
            times = tuple((written(start), written(end)) for start, end in available)
            details = {"person": name, "available": times}
            only = Finding("person_only", (session.id,), details)
            yield _Bar(only, ones(timeline.n_bits) & ~there)

    def _session_bars(self, number: int) -> Iterator[_Bar]:
        """Yield the sessions that are in the way in every room."""
        grid = self.grid
        session = grid.problem.sessions[number]
        n_units = session.minutes // grid.timeline.unit
        busy: dict[int, list[str]] = defaultdict(list)
        for name in session.people:
            for other in self.with_person[name]:
                busy[other].append(name)
        for other, names in busy.items():
            taken = Finding("person_busy", (self._id(other),), {"people": tuple(names)})
            yield _Bar(taken, self._beside(other, n_units))
        for name in sorted(self.not_with[session.id] - {session.id}):
            if self.numbers[name] in self.placed:
                apart = Finding("not_with", (session.id, name), {})
                yield _Bar(apart, self._beside(self.numbers[name], n_units))
        for other, gap in grid.series.before[number].items():
            if other in self.placed:
                after = Finding("after", (session.id, self._id(other)), {})
                yield _Bar(after, ones(self.placed[other][0] + gap))
        for other, gap in grid.series.following[number].items():
            if other in self.placed:
                before = Finding("before", (session.id, self._id(other)), {})
                early = ones(self.placed[other][0] - gap + 1)
                yield _Bar(before, ones(grid.timeline.n_bits) & ~early)

    def _beside(self, other: int, n_units: int) -> int:
        """Return the starts at which something so long would overlap a session."""
        start, _room = self.placed[other]
        first = max(0, start - n_units + 1)
        return ones(start + self.grid.tasks[other].n_units - first) << first

    def _id(self, number: int) -> str:
        return self.grid.problem.sessions[number].id


def possible_starts(grid: Grid, session: Session) -> int:
    """Return where it would fit into the hours, were nothing else there."""
    timeline = grid.timeline
    n_units = session.minutes // timeline.unit
    starts = eroded(timeline.open, n_units)
    if session.fixed_start is None:
        return starts & timeline.aligned
    bit = timeline.bit_of(session.fixed_start)
    return 0 if bit is None else starts & (1 << bit)


def _hopeless(session: Session) -> Finding:
    if session.fixed_start is not None:
        end = session.fixed_start + session.length
        hours = {"start": written(session.fixed_start), "end": written(end)}
        return Finding("outside_day", (session.id,), hours)
    return Finding("too_long", (session.id,), {"minutes": session.minutes})


def _least_barred(starts: int, bars: Sequence[_Bar]) -> tuple[int, int]:
    """Return the least number of bars at any of the starts, and the first of these."""
    by_count = [starts]
    for bar in bars:
        moved = 0
        for n, kept in enumerate(by_count):
            by_count[n] = (kept & ~bar.starts) | moved
            moved = kept & bar.starts
        if moved and len(by_count) < MOST_BARS:
            by_count.append(moved)
        elif moved:
            by_count[-1] |= moved
    n_bars = next(n for n, left in enumerate(by_count) if left)
    left = by_count[n_bars]
    return n_bars, (left & -left).bit_length() - 1
