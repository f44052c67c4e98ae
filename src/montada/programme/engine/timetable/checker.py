"""
Is a plan possible, and what does it cost: told without the solver.

It reads the same values and works with plain intervals of moments, so that a mistake
in the solver's bits shows here. Overlaps are counted as pairs of sessions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from montada.programme.engine.timetable.costs import (
    Placed,
    placed_of,
    price,
    soft_counts,
)
from montada.programme.engine.timetable.intervals import covered, meeting_pairs, meets
from montada.programme.engine.timetable.plan import Finding, written
from montada.programme.engine.timetable.problem import (
    Interval,
    Person,
    Placement,
    Problem,
    Room,
)


@dataclass(frozen=True, slots=True)
class Report:
    """
    What the checker says of a plan.

    Attributes
    ----------
    hard : what makes it impossible
    soft : label -> count, in `problem.COUNT_UNIT`
    price : in `costs.PRICE_UNIT`
    unplaced : ids of sessions that have no place, in the problem's order
    """

    hard: tuple[Finding, ...]
    soft: dict[str, int]
    price: int
    unplaced: tuple[str, ...]


def checked(problem: Problem, placements: Sequence[Placement]) -> Report:
    """Return everything that is wrong with a plan, and its cost."""
    placed = placed_of(problem, placements)
    there = {placement.session for placement in placements}
    unplaced = tuple(s.id for s in problem.sessions if s.id not in there)
    counts = soft_counts(problem, placed)
    return Report(
        hard=tuple(_impossible(problem, placements, placed)),
        soft=counts,
        price=price(problem, counts, len(unplaced)),
        unplaced=unplaced,
    )


def _impossible(
    problem: Problem, placements: Sequence[Placement], placed: Sequence[Placed]
) -> Iterator[Finding]:
    yield from _unknown(problem, placements)
    rooms = {room.id: room for room in problem.rooms}
    people = {person.id: person for person in problem.people}
    for one in placed:
        yield from _outside_day(problem, one)
        room = rooms.get(one.placement.room)
        if room is not None:
            yield from _in_room(room, one)
        for name in one.session.people:
            yield from _person_away(people[name], one)
        yield from _fixed_moved(one)
    yield from _room_twice(placed)
    yield from _person_twice(placed)
    yield from _order(placed)
    yield from _not_with(placed)


def _unknown(problem: Problem, placements: Sequence[Placement]) -> Iterator[Finding]:
    sessions = {session.id for session in problem.sessions}
    rooms = {room.id for room in problem.rooms}
    for placement in placements:
        for kind, name, known in (
            ("session", placement.session, sessions),
            ("room", placement.room, rooms),
        ):
            if name not in known:
                yield Finding(
                    "unknown_id", (placement.session,), {"kind": kind, "id": name}
                )


def _hours(interval: Interval) -> dict[str, object]:
    return {"start": written(interval[0]), "end": written(interval[1])}


def _outside_day(problem: Problem, one: Placed) -> Iterator[Finding]:
    days = [(day.opens, day.closes) for day in problem.days]
    if not covered(one.interval, days):
        yield Finding("outside_day", (one.session.id,), _hours(one.interval))
        return
    for day in problem.days:
        for pause in day.breaks:
            if meets(one.interval, pause):
                yield Finding(
                    "outside_day",
                    (one.session.id,),
                    _hours(one.interval) | {"break": _hours(pause)},
                )


def _in_room(room: Room, one: Placed) -> Iterator[Finding]:
    shut = room.opens is not None and not covered(one.interval, room.opens)
    if shut or any(meets(one.interval, closed) for closed in room.closed):
        yield Finding(
            "room_closed", (one.session.id,), _hours(one.interval) | {"room": room.id}
        )
    lacking = sorted(one.session.needs - room.features)
    if lacking:
        yield Finding(
            "room_lacks",
            (one.session.id,),
            {"room": room.id, "features": tuple(lacking)},
        )


def _person_away(person: Person, one: Placed) -> Iterator[Finding]:
    if person.available is not None and not covered(one.interval, person.available):
        yield Finding(
            "person_away",
            (one.session.id,),
            _hours(one.interval) | {"person": person.id},
        )


def _fixed_moved(one: Placed) -> Iterator[Finding]:
    room = one.session.fixed_room or one.placement.room
    start = one.session.fixed_start or one.placement.start
    if (room, start) != (one.placement.room, one.placement.start):
        yield Finding(
            "fixed_moved", (one.session.id,), {"room": room, "start": written(start)}
        )


def _room_twice(placed: Sequence[Placed]) -> Iterator[Finding]:
    pairs = meeting_pairs((one.placement.room, one.interval, one) for one in placed)
    for room, one, other in pairs:
        yield Finding("room_twice", _ids(one, other), {"room": room})


def _person_twice(placed: Sequence[Placed]) -> Iterator[Finding]:
    pairs = meeting_pairs(
        (name, one.interval, one) for one in placed for name in one.session.people
    )
    people: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, one, other in pairs:
        people[_ids(one, other)].append(name)
    for ids, names in people.items():
        yield Finding("person_twice", ids, {"people": tuple(names)})


def _order(placed: Sequence[Placed]) -> Iterator[Finding]:
    by_id = {one.session.id: one for one in placed}
    for one in placed:
        for name in one.session.after:
            before = by_id.get(name)
            if before is not None and one.interval[0] < before.interval[1]:
                yield Finding("order", _ids(before, one), {})


def _not_with(placed: Sequence[Placed]) -> Iterator[Finding]:
    by_id = {one.session.id: one for one in placed}
    seen: set[frozenset[str]] = set()
    for one in placed:
        for name in one.session.not_with:
            other = by_id.get(name)
            pair = frozenset((one.session.id, name))
            if other is None or len(pair) == 1 or pair in seen:
                continue
            seen.add(pair)
            if meets(one.interval, other.interval):
                yield Finding("not_with", _ids(one, other), {})


def _ids(one: Placed, other: Placed) -> tuple[str, str]:
    return one.session.id, other.session.id
